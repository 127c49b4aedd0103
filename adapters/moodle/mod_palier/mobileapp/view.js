// SPDX-License-Identifier: GPL-3.0-or-later
// The activity in Moodle's app. The app runs this with its component as `this`; each step is one web service.
const that = this;

const told = this.CONTENT_OTHERDATA.palier;
this.palier = typeof told === 'string' ? JSON.parse(told) : told;
this.password = '';
this.placement = {};
this.comment = '';

/**
 * Shows the page anew.
 *
 * @param {Object} what result: an attempt whose result is wanted; feedback: a slot that was answered; calm: 1 for a choice
 * @returns {Promise}
 */
const show = what => that.updateContent({cmid: that.palier.cmid, courseid: that.courseId, ...what});

/**
 * Does something while the app says that it works, and tells what went wrong.
 *
 * @param {Function} work
 * @returns {Promise}
 */
const busy = async work => {
    const modal = await that.CoreDomUtilsProvider.showModalLoading();
    try {
        await work(that.CoreSitesProvider.getCurrentSite());
    } catch (error) {
        that.CoreDomUtilsProvider.showErrorModal(error);
    } finally {
        modal.dismiss();
    }
};

this.begin = () => busy(async site => {
    if (that.palier.attempt) {
        await site.write('mod_palier_process_step', {attempt: that.palier.attempt, action: 'resume', slot: 0});
    } else {
        await site.write('mod_palier_start_attempt', {
            cmid: that.palier.cmid,
            password: that.password,
            placement: Object.entries(that.placement).filter(([, level]) => level !== '')
                .map(([place, level]) => ({place: Number(place), level: Number(level)})),
        });
    }
    await show({});
});

this.step = action => busy(async site => {
    const form = document.forms['palier-question'];
    let data = [];
    if (form && action === 'answer') {
        const helper = that.CoreQuestionHelperProvider;
        const answers = await helper.prepareAnswers(
            [that.palier.question], helper.getAnswersFromForm(form), false, 'mod_palier', that.palier.cmid
        );
        data = Object.entries(answers).map(([name, value]) => ({name, value: String(value)}));
    }
    const result = await site.write('mod_palier_process_step', {
        attempt: that.palier.attempt, action, slot: that.palier.slot, data,
    });
    if (result.message) {
        that.CoreDomUtilsProvider.showToast(result.message);
    }
    await show({
        result: result.open ? 0 : that.palier.attempt,
        feedback: result.feedback ? that.palier.slot : 0,
        calm: result.open && result.calm ? 1 : 0,
    });
});

// After what was right in a practice: the calm choice, the next question or the result.
this.next = () => busy(() => show({result: that.palier.then, calm: that.palier.calm ? 1 : 0}));

// A report is sent and the question stays as it is, with what was typed.
this.flag = () => busy(async site => {
    const result = await site.write('mod_palier_process_step', {
        attempt: that.palier.attempt, action: 'flag', slot: that.palier.slot, data: [{name: 'palier_comment', value: that.comment}],
    });
    that.comment = '';
    that.CoreDomUtilsProvider.showToast(result.message);
});
