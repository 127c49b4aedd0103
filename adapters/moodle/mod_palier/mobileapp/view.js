// SPDX-License-Identifier: GPL-3.0-or-later
// The activity in Moodle's app. The app runs this with its component as `this`; each step is one web service.
const that = this;

const told = this.CONTENT_OTHERDATA.palier;
this.palier = typeof told === 'string' ? JSON.parse(told) : told;
this.password = '';

/**
 * Shows the page anew.
 *
 * @param {Number} result an attempt whose result is wanted, 0 for none
 * @returns {Promise}
 */
const show = result => that.updateContent({cmid: that.palier.cmid, courseid: that.courseId, result});

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
        await site.write('mod_palier_start_attempt', {cmid: that.palier.cmid, password: that.password});
    }
    await show(0);
});

this.step = action => busy(async site => {
    const form = document.forms['palier-question'];
    let data = [];
    if (form && action !== 'unknown') {
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
    await show(result.open ? 0 : that.palier.attempt);
});
