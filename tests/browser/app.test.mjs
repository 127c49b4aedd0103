// SPDX-License-Identifier: GPL-3.0-or-later
// What the page in Moodle's app asks of the site, with a stand-in for the app: the app itself is not run.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';

const source = readFileSync(new URL('../../adapters/moodle/mod_palier/mobileapp/view.js', import.meta.url), 'utf8');

/** The page with what mobile_view tells it, and what it asks for. */
function page(told, answers = {}) {
    const asked = [];
    const self = {
        CONTENT_OTHERDATA: {palier: JSON.stringify({cmid: 7, attempt: 0, slot: 0, ...told})},
        courseId: 3,
        updateContent: async (args) => { asked.push(['show', args]); },
        CoreDomUtilsProvider: {
            showModalLoading: async () => ({dismiss() {}}),
            showErrorModal: (error) => { throw error; },
            showToast: (text) => asked.push(['toast', text]),
        },
        CoreSitesProvider: {getCurrentSite: () => ({write: async (name, data) => {
            asked.push([name.replace('mod_palier_', ''), data]);
            return answers[data.action] ?? {};
        }})},
        CoreQuestionHelperProvider: {getAnswersFromForm: (form) => form, prepareAnswers: async (questions, form) => form},
    };
    new Function('document', source).call(self, {forms: {'palier-question': {'q1:1_answer': '2'}}});
    return {self, asked};
}

test('a test begins with the password and where the learner believes to be', async () => {
    const {self, asked} = page({});
    self.password = 'sésame';
    self.placement = {0: '', 1: 6};
    await self.begin();
    assert.deepEqual(asked, [['start_attempt', {cmid: 7, password: 'sésame', placement: [{place: 1, level: 6}]}], ['show', {cmid: 7, courseid: 3}]]);
});

test('after an answer comes what was right, then the calm choice, then the question', async () => {
    const {self, asked} = page({attempt: 5, slot: 4}, {answer: {open: true, calm: true, feedback: '<p>Juste</p>', message: ''}});
    await self.step('answer');
    assert.deepEqual(asked, [['process_step', {attempt: 5, action: 'answer', slot: 4, data: [{name: 'q1:1_answer', value: '2'}]}],
        ['show', {cmid: 7, courseid: 3, result: 0, feedback: 4, calm: 1}]]);
    const next = page({attempt: 5, slot: 5, feedback: '<p>Juste</p>', calm: true, then: 0});
    await next.self.next();
    assert.deepEqual(next.asked, [['show', {cmid: 7, courseid: 3, result: 0, calm: 1}]]);
    const calm = page({attempt: 5, slot: 5, calm: true}, {together: {open: true, calm: false, feedback: '', message: 'Demandé.'}});
    await calm.self.step('together');
    assert.deepEqual(calm.asked, [['process_step', {attempt: 5, action: 'together', slot: 5, data: []}], ['toast', 'Demandé.'],
        ['show', {cmid: 7, courseid: 3, result: 0, feedback: 0, calm: 0}]]);
});

test('the end leads to the result; a report leaves the question as it is', async () => {
    const {self, asked} = page({attempt: 5, slot: 4}, {unknown: {open: false, calm: false, feedback: '', message: ''}, flag: {message: 'Merci.'}});
    self.comment = 'Deux réponses sont justes.';
    await self.flag();
    assert.deepEqual(asked.splice(0), [['process_step', {attempt: 5, action: 'flag', slot: 4,
        data: [{name: 'palier_comment', value: 'Deux réponses sont justes.'}]}], ['toast', 'Merci.']]);
    assert.equal(self.comment, '');
    await self.step('unknown');
    assert.deepEqual(asked, [['process_step', {attempt: 5, action: 'unknown', slot: 4, data: []}],
        ['show', {cmid: 7, courseid: 3, result: 5, feedback: 0, calm: 0}]]);
});
