// SPDX-License-Identifier: GPL-3.0-or-later
// The duties of an assignable unit, without a browser: what is sent to the LMS, and what is not, whatever happens to
// the network, the page and the session (cmi5 1.0; the LMS of support/cmi5.mjs holds every statement to it).
import assert from 'node:assert/strict';
import {after, before, beforeEach, test} from 'node:test';
import {serveCmi5, short} from './support/cmi5.mjs';
import {hosts} from './support/hosts.mjs';

const {Cmi5, launchOf, SessionOver} = hosts;
const record = 'palier-1 1-2 1 over P1;x';
const mastery = 'https://w3id.org/xapi/cmi5/context/extensions/masteryscore';
let lms;
before(async () => { lms = await serveCmi5('/nowhere'); });
after(() => lms.close());
beforeEach(() => Object.assign(lms, {refuse: 0, down: false, deaf: false, slow: 0, statements: [], documents: new Map(), problems: [], repeats: []}));

/** A tab: what it keeps of its sessions. */
function tab() {
    const notes = new Map();
    return {read: (name) => notes.get(name) ?? null, write: (name, note) => { notes.set(name, note); }};
}

const unit = (launched, notes = tab()) => new Cmi5(launchOf(new URL(launched.url).search), notes);
const item = {type: 'true_false', interaction: 'true-false', description: '1 + 1 = 2', response: 'true', answer: 'Vrai'};
const answered = (cmi5, id = 'q1') => cmi5.interaction({id, language: 'fr', item, response: {choice: 'true'}, fraction: 1, outcome: 'answered', milliseconds: 900, at: new Date()});
const result = (cmi5, {score = 62.5, status = 'completed', threshold = false} = {}) => cmi5.result({language: 'fr', score, margin: score === null ? null : [50, 75], status, threshold,
    numbers: [['palier-theta', 0.5]], objectives: [], sentence: 'Votre niveau', record: 'P1;x'});
const judged = (launched) => lms.verbs(launched).filter((verb) => ['completed', 'passed', 'failed'].includes(verb));

test('passed and failed: by the plan’s threshold, by the mastery score of the launch where there is none, and never against either', async () => {
    const table = [
        // threshold, status, score, mastery score: what is judged besides completed
        [true, 'passed', 62.5, undefined, 'passed'], [true, 'failed', 62.5, undefined, 'failed'], [true, 'completed', 62.5, undefined, null],
        [true, 'passed', 62.5, 0.6, 'passed'], [true, 'passed', 62.5, 0.7, null], [true, 'failed', 62.5, 0.7, 'failed'], [true, 'failed', 62.5, 0.6, null],
        [true, 'completed', 62.5, 0.6, null],
        [false, 'completed', 62.5, undefined, null], [false, 'completed', 62.5, 0.625, 'passed'], [false, 'completed', 62.5, 0.6251, 'failed'], [false, 'completed', null, 0.5, null],
    ];
    for (const [threshold, status, score, wanted, verb] of table) {
        const launched = lms.launch({mastery: wanted});
        const cmi5 = unit(launched);
        assert.equal(await cmi5.initialise(), true);
        answered(cmi5);
        result(cmi5, {score, status, threshold});
        assert.equal(await cmi5.commit(record), 'kept');
        await cmi5.finish();
        assert.deepEqual(judged(launched), ['completed', ...(verb ? [verb] : [])], JSON.stringify([threshold, status, score, wanted]));
        const last = lms.statements.find(({verb: {id}, context}) => short(id) === verb && context.registration === launched.registration);
        assert.equal(last?.context.extensions[mastery], verb ? wanted : undefined);
    }
    assert.deepEqual(lms.problems, []);
});

test('each moveOn and launchMode: what is said is the same for every moveOn, and nothing is said of satisfaction in Browse and Review', async () => {
    for (const moveOn of ['Passed', 'Completed', 'CompletedAndPassed', 'CompletedOrPassed', 'NotApplicable']) {
        for (const mode of ['Normal', 'Browse', 'Review']) {
            const launched = lms.launch({mode, mastery: 0.5, data: {moveOn, entitlementKey: {courseStructure: 'k', alternate: 'l'}, launchParameters: 'any="thing"'}});
            const cmi5 = unit(launched);
            assert.equal(await cmi5.initialise(), true);
            assert.equal(cmi5.reviews(), mode !== 'Normal');
            if (!cmi5.reviews()) {
                answered(cmi5);
                result(cmi5);
                await cmi5.commit(record);
            }
            await cmi5.finish();
            assert.deepEqual(lms.verbs(launched), mode === 'Normal' ? ['initialized', 'answered', 'scored', 'completed', 'passed', 'terminated'] : ['initialized', 'terminated'], `${moveOn}, ${mode}`);
        }
    }
    assert.deepEqual(lms.problems, []);
});

test('the whole attempt stands beside the score, or with the completion where there is none: once', async () => {
    for (const [score, verb] of [[62.5, 'scored'], [null, 'completed']]) {
        const launched = lms.launch();
        const cmi5 = unit(launched);
        await cmi5.initialise();
        result(cmi5, {score});
        await cmi5.commit(record);
        const having = lms.statements.filter(({context, result: of}) => context.registration === launched.registration
            && Object.entries(of?.extensions ?? {}).some(([iri, value]) => iri.endsWith('#extensions/record') && value === 'P1;x'));
        assert.deepEqual(having.map(({verb: {id}}) => short(id)), [verb]);
        await cmi5.finish();
    }
    assert.deepEqual(lms.problems, []);
});

test('an answer of the LMS that is lost: what it has already is not sent again', async () => {
    const launched = lms.launch();
    const cmi5 = unit(launched);
    await cmi5.initialise();
    lms.deaf = true;
    answered(cmi5);
    result(cmi5);
    assert.equal(await cmi5.commit(record), 'offline');
    assert.deepEqual(judged(launched), ['completed'], 'it arrived');
    lms.deaf = false;
    assert.equal(await cmi5.commit(record), 'kept');
    lms.down = true;
    answered(cmi5, 'q2');
    assert.equal(await cmi5.commit(record), 'offline');
    lms.down = false;
    assert.equal(await cmi5.commit(record), 'kept');
    assert.equal(lms.statements.filter(({verb: {id}}) => short(id) === 'answered').length, 2);
    await cmi5.finish();
    assert.deepEqual([lms.repeats, lms.problems], [[], []]);
});

test('a page that is closed while statements are under way sends the last word alone, and its record', async () => {
    const launched = lms.launch();
    const cmi5 = unit(launched);
    await cmi5.initialise();
    lms.slow = 300;
    answered(cmi5);
    result(cmi5);
    const committed = cmi5.commit(record);
    await new Promise((done) => { setTimeout(done, 100); });
    await cmi5.finish();
    await committed;
    assert.deepEqual(lms.verbs(launched), ['initialized', 'answered', 'scored', 'completed', 'terminated']);
    assert.equal(JSON.parse(lms.documents.get(`${launched.registration} palier`)).record, record);
    assert.deepEqual([lms.repeats, lms.problems], [[], []]);
});

test('statements and no record of them: what may come once in a registration is not said again', async () => {
    const first = lms.launch();
    const cmi5 = unit(first);
    await cmi5.initialise();
    result(cmi5, {status: 'passed', threshold: true});
    await cmi5.commit(record);
    await cmi5.finish();
    lms.documents.clear();
    const second = lms.launch({registration: first.registration});
    const again = unit(second);
    await again.initialise();
    result(again, {status: 'passed', threshold: true});
    await again.commit(record);
    await again.finish();
    assert.deepEqual(lms.verbs(second), ['initialized', 'scored', 'terminated']);
    assert.deepEqual(lms.problems, []);
});

test('a session that the LMS has abandoned, or whose token is too old, is over for good: nothing more is sent', async () => {
    for (const end of [(launched) => { launched.session.abandoned = true; }, (launched) => { launched.session.token = 'another'; }]) {
        const launched = lms.launch();
        const cmi5 = unit(launched);
        await cmi5.initialise();
        end(launched);
        answered(cmi5);
        assert.equal(await cmi5.commit(record), 'ended');
        const before = lms.statements.length;
        assert.equal(await cmi5.commit(record), 'ended');
        await cmi5.finish();
        assert.equal(lms.statements.length, before);
        // The next launch of the same registration.
        const next = unit(lms.launch({registration: launched.registration}));
        assert.equal(await next.initialise(), true);
        assert.equal(next.suspended(), '');
        await next.finish();
    }
    assert.deepEqual(lms.problems, []);
});

test('a statement that the LMS refuses does not keep it from the last word', async () => {
    const launched = lms.launch();
    const cmi5 = unit(launched);
    await cmi5.initialise();
    lms.refuse = 400;
    answered(cmi5);
    assert.equal(await cmi5.commit(record), 'refused');
    lms.refuse = 0;
    await cmi5.finish();
    assert.deepEqual(lms.verbs(launched), ['initialized', 'terminated']);
    assert.equal(lms.documents.size, 0, 'a record that says that it was sent');
});

test('a token is asked for once, also where the session could not begin: the next try of the same tab begins it', async () => {
    const launched = lms.launch({returnURL: '/back'});
    const notes = tab();
    lms.refuse = 500;
    assert.equal(await unit(launched, notes).initialise(), false);
    lms.refuse = 0;
    const cmi5 = unit(launched, notes);
    assert.equal(await cmi5.initialise(), true);
    assert.deepEqual(lms.verbs(launched), ['initialized']);
    assert.equal(launched.session.fetched, 1);
    await cmi5.finish();
    await assert.rejects(unit(launched, notes).initialise(), (error) => error instanceof SessionOver && error.next.endsWith('/back'), 'after the last word, which no request follows');
    await assert.rejects(unit(launched).initialise(), SessionOver, 'in another tab');
    const launch = launchOf(new URL(launched.url).search);
    await assert.rejects(new Cmi5(launch, tab(), async () => new Response('{"error-code": 1}')).initialise(), SessionOver, 'the code as a number');
    assert.deepEqual(lms.problems, []);
});

test('a store that does not give the record is none: an attempt from the beginning would take its place', async () => {
    const launched = lms.launch();
    const cmi5 = new Cmi5(launchOf(new URL(launched.url).search), tab(),
        (input, init) => String(input).includes('stateId=palier') ? Promise.resolve(new Response('', {status: 503})) : fetch(input, init));
    await assert.rejects(cmi5.initialise(), /503/);
    assert.deepEqual(lms.verbs(launched), []);
});

test('the learner’s languages come in their order, and whether sound is wanted; without preferences nothing is known', async () => {
    for (const [preferences, languages, muted] of [
        [{languagePreference: 'de-DE,fr-FR', audioPreference: 'off'}, ['de-DE', 'fr-FR'], true],
        [{languagePreference: 'en-GB', audioPreference: 'on'}, ['en-GB'], false], [null, [], false]]) {
        lms.preferences = preferences;
        const cmi5 = unit(lms.launch());
        await cmi5.initialise();
        assert.deepEqual([cmi5.learner().languages, cmi5.learner().muted], [languages, muted]);
        await cmi5.finish();
    }
    assert.deepEqual(lms.problems, []);
});
