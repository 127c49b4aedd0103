// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the player that talk to an LMS, alone: SCORM 1.2's grammar, where its functions are looked for, which
// record counts, and what is believed of a commit.
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {test} from 'node:test';
import {root} from './support/fixture.mjs';

const player = join(root, 'scorm/player');
const {build} = createRequire(join(player, 'package.json'))(createRequire(createRequire(join(player, 'package.json')).resolve('vite')).resolve('esbuild'));
const made = await build({
    stdin: {contents: ['scorm12', 'attempt-storage', 'response-text', 'objectives'].map((name) => `export * from './src/host/${name}';`).join('\n'), resolveDir: player, loader: 'ts'},
    bundle: true, format: 'esm', write: false,
});
const {awaitApi, candidates, decimal, findApi, identifier, identifiersOf, AttemptStorage, interactionsBefore, objectivesOf, parseSuspendData, responseText, Runtime, suspendData, timespan} =
    await import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].contents).toString('base64')}`);

/** An LMS that keeps what it is told, by the words of SCORM 1.2. */
function lms(values = {}, {commit = () => 'true'} = {}) {
    const calls = [];
    return {
        values, calls,
        LMSInitialize: () => 'true',
        LMSFinish: () => { calls.push('finish'); return 'true'; },
        LMSGetValue: (element) => values[element] ?? '',
        LMSSetValue: (element, value) => { values[element] = value; return 'true'; },
        LMSCommit: () => { calls.push('commit'); return commit(); },
        LMSGetLastError: () => '0',
    };
}

test('a time span is HHHH:MM:SS.SS, a number has no exponent, an identifier no space', () => {
    assert.deepEqual([0, 999, 59999, 3600000, 3661230, -5].map(timespan),
        ['0000:00:00.00', '0000:00:01.00', '0000:01:00.00', '0001:00:00.00', '0001:01:01.23', '0000:00:00.00']);
    assert.match(timespan(1e15), /^\d{4}:\d\d:\d\d\.\d\d$/);
    assert.deepEqual([0.01, 99.99, 50, 12.5, 1e-9, -0.001].map((value) => decimal(value)), ['0.01', '99.99', '50', '12.5', '0', '0']);
    assert.equal(decimal(-1.23456, 4), '-1.2346');
    assert.equal(identifier('palier 1.1/é'), 'palier_1_1__');
    assert.equal(identifier('x'.repeat(300)).length, 255);
});

test('the functions of the LMS are found 12 windows up, in the opener, and not behind a foreign window', () => {
    const api = lms();
    const chain = (levels, top) => {
        let window = top;
        for (let i = 0; i < levels; i++) {
            window = {parent: window};
        }
        return window;
    };
    const alone = () => { const window = {}; window.parent = window; return window; };
    const withApi = () => { const window = {API: api}; window.parent = window; return window; };
    assert.equal(findApi(withApi()), api);
    assert.equal(findApi(chain(12, withApi())), api);
    assert.equal(findApi(chain(13, withApi())), null);
    assert.equal(findApi(alone()), null);
    assert.equal(findApi(Object.assign(alone(), {opener: chain(2, withApi())})), api);
    const foreign = {get API() { throw new Error('SecurityError'); }};
    assert.equal(findApi({parent: foreign, opener: withApi()}), api);
});

test('an attempt is incomplete from its start, and a finished one stays as it is', () => {
    for (const [had, has] of [['not attempted', 'incomplete'], ['', 'incomplete'], ['browsed', 'incomplete'], ['completed', 'completed'], ['passed', 'passed']]) {
        const api = lms({'cmi.core.lesson_status': had});
        new Runtime(api).initialise();
        assert.equal(api.values['cmi.core.lesson_status'], has, had);
    }
    const refuses = {...lms(), LMSInitialize: () => 'false'};
    assert.equal(new Runtime(refuses).initialise(), false);
});

test('interactions go on after those that the LMS has', () => {
    const api = lms({'cmi.interactions._count': '4'});
    const runtime = new Runtime(api, () => 0);
    runtime.initialise();
    runtime.interaction({id: 'q.1', type: 'choice', response: '2', fraction: 0.5, milliseconds: 1500, at: new Date(2026, 0, 1, 9, 5, 7)});
    assert.deepEqual(Object.entries(api.values).filter(([name]) => name.startsWith('cmi.interactions.4')), [
        ['cmi.interactions.4.id', 'q_1'], ['cmi.interactions.4.time', '09:05:07'], ['cmi.interactions.4.type', 'choice'],
        ['cmi.interactions.4.student_response', '2'], ['cmi.interactions.4.result', '0.5'], ['cmi.interactions.4.latency', '0000:00:01.50']]);
    assert.equal(runtime.count(), 5);
});

test('a response is written in one character a choice, whatever order the learner saw', () => {
    const bundle = {id: 'x', variants: {fr: {
        items: [{item: 'one'}, {item: 'pairs'}, {item: 'gaps'}, {item: 'order'}, {item: 'number'}, {item: 'truth'}],
        contents: [
            {type: 'choice', choices: [{id: 'cb'}, {id: 'ca'}]}, {type: 'match', stems: [{id: 's2'}, {id: 's1'}], choices: [{id: 'x'}, {id: 'a'}]},
            {type: 'gap_select', gaps: [{id: '1', group: 'g'}], groups: {g: [{id: 'p'}, {id: 'o'}]}},
            {type: 'order', items: [{id: 'c'}, {id: 'a'}, {id: 'b'}]}, {type: 'numerical'}, {type: 'true_false'}].map((interaction) => ({presentation: {interaction}})),
    }}};
    const text = (item, response) => responseText(response, identifiersOf(bundle, 'fr', item));
    assert.deepEqual(text('one', {choices: ['cb']}), {type: 'choice', response: '1'});
    assert.deepEqual(text('one', {choices: ['cb', 'ca']}), {type: 'choice', response: '0,1'});
    assert.deepEqual(text('pairs', {pairs: {s2: 'a', s1: 'x'}}), {type: 'matching', response: '0.1,1.0'});
    assert.deepEqual(text('gaps', {pairs: {1: 'p'}}), {type: 'matching', response: '0.1'});
    assert.deepEqual(text('order', {order: ['c', 'a', 'b']}), {type: 'sequencing', response: '2,0,1'});
    assert.deepEqual(text('number', {text: ' 3,14 '}), {type: 'numeric', response: '3.14'});
    assert.deepEqual(text('number', {text: 'trois'}), {type: 'fill-in', response: 'trois'});
    assert.deepEqual(text('truth', {choice: 'true'}), {type: 'true-false', response: 't'});
    assert.deepEqual(text('one', null), {type: 'choice', response: ''});
    assert.deepEqual(identifiersOf(bundle, 'en', 'order').choices, ['c', 'a', 'b'], 'a language without a variant has the first');
});

test('suspend_data is read back, and what is none of ours is not', () => {
    const saved = {attempt: '1-2', counter: 7, session: 'abc {"x": 1}', over: true};
    assert.deepEqual(parseSuspendData(suspendData(saved)), saved);
    for (const text of ['', 'null', '{"a":1}', 'palier-1 a b open x', 'palier-2 1 1 open x']) {
        assert.equal(parseSuspendData(text), null, text);
    }
});

test('which records may count, what to try first before: the newer one of the same attempt, or one that the LMS never had', () => {
    const of = (attempt, counter, more = {}) => ({attempt, counter, session: 's', over: false, ...more});
    const table = [
        ['nothing anywhere', null, null, []],
        ['the LMS alone', of('a', 3), null, [of('a', 3)]],
        ['a newer copy', of('a', 3), of('a', 5, {known: true}), [of('a', 5, {known: true}), of('a', 3)]],
        ['an older copy', of('a', 3), of('a', 2, {known: true}), [of('a', 3), of('a', 2, {known: true})]],
        ['the same counter, another text: the LMS has cut it', of('a', 3), of('a', 3, {session: 'some'}), [of('a', 3, {session: 'some'}), of('a', 3)]],
        ['a copy of an earlier attempt', of('b', 1), of('a', 9, {known: true}), [of('b', 1)]],
        ['a new attempt in the LMS, a copy of the last', null, of('a', 9, {known: true}), []],
        ['a copy that the LMS never had', null, of('a', 2, {known: false}), [of('a', 2, {known: false})]],
        ['the same, but over', null, of('a', 2, {known: false, over: true}), []],
        ['a copy that somebody wrote', null, {attempt: 1, counter: 'x'}, []],
    ];
    for (const [name, inLms, copy, counts] of table) {
        assert.deepEqual(candidates(inLms ? suspendData(inLms) : '', copy), counts, name);
    }
    // What the LMS holds begins as ours and ends too soon to be read: the copy counts although it was there.
    assert.deepEqual(candidates('palier-1 a', of('a', 9, {known: true})), [of('a', 9, {known: true})]);
    assert.deepEqual([interactionsBefore('1-2'), interactionsBefore('1-2@14')], [0, 14]);
});

/** A browser's storage in memory. */
function shelf(value = null) {
    return {value, read() { return this.value; }, write(next) { this.value = next; return true; }};
}

test('a commit is believed when the package can be reached before and after it; the next one sends all of it', async () => {
    const api = lms({'cmi.core.lesson_status': 'not attempted'});
    const runtime = new Runtime(api);
    runtime.initialise();
    let reached = 'yes';
    const copy = shelf();
    const storage = new AttemptStorage(runtime, copy, async () => reached);
    assert.deepEqual(storage.start(), []);
    assert.equal(await storage.keep('one', false), 'kept');
    reached = 'no';
    const commits = api.calls.length;
    assert.equal(await storage.keep('two', false), 'offline');
    assert.equal(api.calls.length, commits, 'no commit into the void');
    assert.equal(copy.value.session, 'two', 'the browser has it');
    assert.equal(await storage.again(), 'offline');
    reached = 'yes';
    assert.equal(await storage.again(), 'kept');
    const first = parseSuspendData(api.values['cmi.suspend_data']);
    assert.equal(first.session, 'two');
    assert.equal(await storage.keep('three', true), 'kept');
    assert.ok(parseSuspendData(api.values['cmi.suspend_data']).counter > first.counter);
    storage.leave();
    assert.equal(api.values['cmi.core.exit'], '', 'a test that is over is not suspended');
    assert.equal(api.calls.at(-1), 'finish');
});

/** What becomes of a record in an LMS, where the file of the package answers so. */
async function becomes(api, reach) {
    const runtime = new Runtime(api);
    assert.ok(runtime.initialise());
    const storage = new AttemptStorage(runtime, shelf(), reach);
    storage.start();
    return {kept: await storage.keep('one', false), storage};
}

test('the network that goes during a commit, an LMS that refuses or cuts: not believed, and the reason is told', async () => {
    let reached = 'yes';
    const reach = async () => reached;
    assert.equal((await becomes(lms({}, {commit: () => { reached = 'no'; return 'true'; }}), reach)).kept, 'offline');
    reached = 'yes';
    const refused = await becomes(lms({}, {commit: () => 'false'}), reach);
    assert.equal(refused.kept, 'refused');
    assert.equal(refused.storage.certain, false);
    const short = lms();
    short.LMSSetValue = (element, value) => { short.values[element] = value.slice(0, 20); return 'true'; };
    assert.equal((await becomes(short, reach)).kept, 'cut');
});

test('a file that is not served says nothing of the network: commits go, and are believed by their answer', async () => {
    for (const never of ['foreign', 'no']) {
        const api = lms();
        assert.equal((await becomes(api, async () => never)).kept, 'kept', never);
        assert.ok(api.calls.includes('commit'));
        assert.equal((await becomes(lms({}, {commit: () => 'false'}), async () => never)).kept, 'refused');
    }
    // It was served and is not any more: another page answers, as where a session is over. The commit goes all the same.
    let reached = 'yes';
    const api = lms();
    const {storage} = await becomes(api, async () => reached);
    reached = 'foreign';
    const before = api.calls.length;
    assert.equal(await storage.keep('two', false), 'refused');
    assert.ok(api.calls.length > before);
});

test('an LMS that answers by booleans, by null or by nothing is understood', async () => {
    for (const [said, nothing] of [[true, null], ['true', undefined], [1, null]]) {
        const api = lms();
        const of = (name) => { const inner = api[name]; api[name] = (...given) => (inner(...given) === 'true' ? said : false); };
        ['LMSInitialize', 'LMSFinish', 'LMSSetValue', 'LMSCommit'].forEach(of);
        api.LMSGetValue = (element) => api.values[element] ?? nothing;
        const {kept} = await becomes(api, async () => 'yes');
        assert.equal(kept, 'kept');
        const runtime = new Runtime(api);
        runtime.initialise();
        assert.deepEqual(runtime.learner(), {id: '', language: ''});
    }
    assert.equal(new Runtime({...lms(), LMSInitialize: () => false}).initialise(), false);
});

test('functions that the LMS puts there late are waited for, alone no page waits', async () => {
    const top = {};
    top.parent = top;
    const waiting = awaitApi({parent: top}, 2000, 5);
    setTimeout(() => { top.API = 'late'; }, 20);
    assert.equal(await waiting, 'late');
    const alone = {};
    alone.parent = alone;
    assert.equal(await awaitApi(alone, 1e9, 1e9), null);
    assert.equal(await awaitApi({parent: {parent: alone}}, 10, 5), null);
});

test('who looks again writes nothing; a result has its level, its margin and a sentence', () => {
    const api = lms({'cmi.core.lesson_mode': 'review', 'cmi.core.lesson_status': 'not attempted'});
    const before = {...api.values};
    const review = new Runtime(api);
    assert.ok(review.initialise());
    assert.ok(review.reviews());
    review.finish(true);
    assert.deepEqual(api.values, before);
    const other = lms();
    const runtime = new Runtime(other);
    runtime.initialise();
    runtime.told([{id: 'level', status: 'completed', level: 3, low: 3, high: 4, most: 8}], `Independent (3 of 8). ${'x'.repeat(5000)}`);
    assert.deepEqual(['level', 'level-low', 'level-high'].map((id, n) => [other.values[`cmi.objectives.${n}.id`], other.values[`cmi.objectives.${n}.score.raw`]]),
        [['level', '3'], ['level-low', '3'], ['level-high', '4']]);
    assert.equal(other.values['cmi.objectives.0.score.max'], '8');
    assert.equal(other.values['cmi.comments'].length, 4096);
});

test('a map is an objective for all, each domain and each competence: without a level it has no score, and never a zero', () => {
    const other = lms();
    const runtime = new Runtime(other);
    runtime.initialise();
    const scale = (id, state, number, interval, kind) => ({id, state, kind, level: number === null ? null : {number}, level_interval: interval});
    const record = {known: true, level: null, level_interval: null, levels: {first: 0, last: 8},
        composites: [scale('1', 'measured', 0, [0, 1], 'domain'), scale('overall', 'measured', null, [2, 5], 'overall')],
        scales: [scale('1.1', 'measured', 5, [4, 6]), scale('1_1', 'measured', null, [1, 4]), scale('1.2', 'not_assessed', null, null),
            scale('1.3', 'reported_as_domain', 0, [0, 1])]};
    runtime.told(objectivesOf(record), 'x');
    const objectives = {};
    for (let n = 0; `cmi.objectives.${n}.id` in other.values; n++) {
        const of = (name) => other.values[`cmi.objectives.${n}.${name}`];
        assert.equal(of('score.min'), of('score.raw') === undefined ? undefined : '0');
        objectives[of('id')] = [of('status'), of('score.raw'), of('score.max')];
    }
    assert.deepEqual(objectives, {
        level: ['incomplete', undefined, undefined], 'level-low': ['incomplete', '2', '8'], 'level-high': ['incomplete', '5', '8'],
        'domain-1': ['completed', '0', '8'], 'domain-1-low': ['completed', '0', '8'], 'domain-1-high': ['completed', '1', '8'],
        'scale-1_1': ['completed', '5', '8'], 'scale-1_1-low': ['completed', '4', '8'], 'scale-1_1-high': ['completed', '6', '8'],
        'scale-1_1_2': ['incomplete', undefined, undefined], 'scale-1_1_2-low': ['incomplete', '1', '8'], 'scale-1_1_2-high': ['incomplete', '4', '8'],
        'scale-1_2': ['not attempted', undefined, undefined], 'scale-1_3': ['incomplete', undefined, undefined]});
    // One level, and a result that is not known.
    assert.deepEqual(objectivesOf({level: {number: 3, last: 8}, level_interval: [3, 4], scales: []}), [{id: 'level', status: 'completed', level: 3, low: 3, high: 4, most: 8}]);
    assert.deepEqual(objectivesOf({level: null, level_interval: null, scales: []}), []);
    // Without levels there is nothing that 0 to 100 can hold.
    assert.deepEqual(objectivesOf({...record, levels: null}).filter(({level, low, high}) => [level, low, high].some((value) => value !== null)), []);
});
