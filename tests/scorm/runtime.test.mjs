// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the player that talk to an LMS, alone: the standards' grammar, where its functions are looked for, which
// record counts, and what is believed of a commit.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hosts} from './support/hosts.mjs';

const {awaitApi, candidates, decimal, duration, findApi, identifier, AttemptStorage, interactionsBefore, objectivesOf, launchOf, parseSuspendData, readableResponse, Scorm12, Scorm2004, shortResponse, Storage, suspendData, timespan, timestamp} = hosts;

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
    assert.equal(findApi(withApi(), 'API'), api);
    assert.equal(findApi(chain(12, withApi()), 'API'), api);
    assert.equal(findApi(chain(13, withApi()), 'API'), null);
    assert.equal(findApi(alone(), 'API'), null);
    assert.equal(findApi(Object.assign(alone(), {opener: chain(2, withApi())}), 'API'), api);
    const foreign = {get API() { throw new Error('SecurityError'); }};
    assert.equal(findApi({parent: foreign, opener: withApi()}, 'API'), api);
    // A player of the LMS's in a window of its own, with the package in a frame; a frame of another site between.
    assert.equal(findApi(chain(2, Object.assign(alone(), {opener: chain(1, withApi())})), 'API'), api);
    assert.equal(findApi({parent: Object.assign(Object.create(foreign), {parent: withApi()})}, 'API'), api);
});

test('an attempt is incomplete from its start, and a finished one stays as it is', () => {
    for (const [had, has] of [['not attempted', 'incomplete'], ['', 'incomplete'], ['browsed', 'incomplete'], ['completed', 'completed'], ['passed', 'passed']]) {
        const api = lms({'cmi.core.lesson_status': had});
        new Scorm12(api).initialise();
        assert.equal(api.values['cmi.core.lesson_status'], has, had);
    }
    const refuses = {...lms(), LMSInitialize: () => 'false'};
    assert.equal(new Scorm12(refuses).initialise(), false);
});

test('interactions go on after those that the LMS has', () => {
    const api = lms({'cmi.interactions._count': '4'});
    const runtime = new Scorm12(api, () => 0);
    runtime.initialise();
    runtime.interaction({id: 'q.1', language: 'fr', item: {type: 'choice', interaction: 'choice', description: '', choices: ['a', 'b', 'c'].map((id) => ({id, description: id}))}, response: {choices: ['c']}, fraction: 0.5, milliseconds: 1500, at: new Date(2026, 0, 1, 9, 5, 7)});
    assert.deepEqual(Object.entries(api.values).filter(([name]) => name.startsWith('cmi.interactions.4')), [
        ['cmi.interactions.4.id', 'q_1'], ['cmi.interactions.4.time', '09:05:07'], ['cmi.interactions.4.type', 'choice'],
        ['cmi.interactions.4.student_response', '2'], ['cmi.interactions.4.result', '0.5'], ['cmi.interactions.4.latency', '0000:00:01.50']]);
    assert.equal(runtime.count(), 5);
});

/** What a record says of questions of every kind, in another order than that of their identifiers. */
const component = (id, description = id) => ({id, description});
const kinds = {
    one: {type: 'choice', interaction: 'choice', description: '', choices: [component('cb', 'L’été, à midi'), component('ca', 'L’ete a midi !')]},
    pairs: {type: 'match', interaction: 'matching', description: '', source: [component('s2', 'Deux'), component('s1', 'Un')], target: [component('x', 'Oui'), component('a', 'Non')]},
    gaps: {type: 'gap_select', interaction: 'performance', description: '', steps: [component('1', '[1]')]},
    order: {type: 'order', interaction: 'sequencing', description: '', choices: [component('c', 'Trois'), component('a', ''), component('b', 'Deux')]},
    number: {type: 'numerical', interaction: 'numeric', description: ''},
    text: {type: 'short_answer', interaction: 'fill-in', description: ''},
    truth: {type: 'true_false', interaction: 'true-false', description: ''},
};

test('SCORM 1.2: a response is written in one character a choice, whatever order the learner saw', () => {
    const text = (kind, response, answer) => shortResponse(response, {...kinds[kind], answer});
    assert.deepEqual(text('one', {choices: ['cb']}), {type: 'choice', response: '1'});
    assert.deepEqual(text('one', {choices: ['cb', 'ca']}), {type: 'choice', response: '0,1'});
    assert.deepEqual(text('pairs', {pairs: {s2: 'a', s1: 'x'}}), {type: 'matching', response: '0.1,1.0'});
    assert.deepEqual(text('gaps', {pairs: {1: 'p'}}, 'Flux RSS'), {type: 'performance', response: 'Flux RSS'});
    assert.deepEqual(text('order', {order: ['c', 'a', 'b']}), {type: 'sequencing', response: '2,0,1'});
    assert.deepEqual(text('number', {text: ' 3,14 '}), {type: 'numeric', response: '3.14'});
    assert.deepEqual(text('number', {text: 'trois'}), {type: 'fill-in', response: 'trois'});
    assert.deepEqual(text('truth', {choice: 'true'}), {type: 'true-false', response: 't'});
    assert.deepEqual(text('one', null), {type: 'choice', response: ''});
});

test('SCORM 2004: what is chosen is called by its words in letters, digits and underscores, no two alike', () => {
    const text = (kind, response) => readableResponse({...kinds[kind], response});
    assert.deepEqual(text('one', 'cb[,]ca'), {type: 'choice', response: 'L_ete_a_midi_2[,]L_ete_a_midi'});
    assert.deepEqual(text('pairs', 's2[.]a[,]s1[.]x'), {type: 'matching', response: 'Deux[.]Non[,]Un[.]Oui'});
    assert.deepEqual(text('order', 'c[,]a[,]b'), {type: 'sequencing', response: 'Trois[,]a[,]Deux'});
    assert.deepEqual(text('gaps', '1[.]3,5[,]2[.]un mot ?'), {type: 'performance', response: '1[.]3_5[,]2[.]un_mot'});
    assert.deepEqual(text('number', ' 3,14 '), {type: 'numeric', response: '3.14'});
    assert.deepEqual(text('number', 'trois'), {type: 'fill-in', response: 'trois'});
    assert.equal(text('text', 'x'.repeat(251)).type, 'long-fill-in');
    assert.deepEqual(text('truth', 'false'), {type: 'true-false', response: 'false'});
    assert.deepEqual(text('one', undefined), {type: 'choice', response: ''});
});

test('SCORM 2004: times without three decimals, an objective is found by its identifier, one that the LMS has put there stays', () => {
    assert.deepEqual([0, 5123, 61000, 3661230, -5].map(duration), ['PT0S', 'PT5.12S', 'PT1M1S', 'PT1H1M1.23S', 'PT0S']);
    assert.equal(timestamp(new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678))), '2026-01-02T03:04:05.67Z');
    const values = {'cmi.objectives._count': '1', 'cmi.objectives.0.id': 'PRIMARY', 'cmi.completion_status': 'unknown'};
    const api = {values, Initialize: () => 'true', Terminate: () => 'true', GetValue: (name) => values[name] ?? '', Commit: () => 'true',
        SetValue: (name, value) => {
            values[name] = value;
            const place = /^cmi\.(objectives|interactions)\.(\d+)\.id$/.exec(name);
            if (place) {
                values[`cmi.${place[1]}._count`] = String(Math.max(Number(values[`cmi.${place[1]}._count`] ?? 0), Number(place[2]) + 1));
            }
            return 'true';
        }};
    const runtime = new Scorm2004(api, () => 0);
    assert.equal(runtime.initialise(), true);
    assert.deepEqual([values['cmi.completion_status'], values['cmi.exit']], ['incomplete', 'suspend']);
    const objectives = [{id: 'level', name: '', status: 'completed', level: 3, low: 2, high: 4, most: 8}, {id: 'scale-1.1', name: '{1.1} Chercher', status: 'not attempted', level: null, low: null, high: null, most: 8}];
    const result = {language: 'fr', score: 62.5, status: 'passed', numbers: [['palier-theta', 1e-7]], objectives, sentence: 'Niveau 3.'};
    runtime.result(result);
    assert.equal(values['cmi.objectives.0.id'], 'PRIMARY');
    assert.deepEqual([1, 2, 3, 4].map((n) => [values[`cmi.objectives.${n}.id`], values[`cmi.objectives.${n}.score.raw`], values[`cmi.objectives.${n}.completion_status`]]),
        [['level', '3', 'completed'], ['level-low', '2', 'completed'], ['level-high', '4', 'completed'], ['scale-1_1', undefined, 'not attempted']]);
    assert.equal(values['cmi.objectives.4.description'], '( 1.1} Chercher');
    assert.deepEqual([values['cmi.score.raw'], values['cmi.score.scaled'], values['cmi.success_status'], values['cmi.completion_status']], ['62.5', '0.625', 'passed', 'completed']);
    assert.equal(values['cmi.interactions.0.learner_response'], '0', 'no exponent');
    runtime.result(result);
    assert.equal(values['cmi.objectives._count'], '5', 'told again, they stay where they were');
    runtime.finish(true);
    assert.equal(values['cmi.exit'], 'suspend', 'the LMS keeps the result for who looks at it again');
});

test('a launch of cmi5 is whole or none: its addresses are of the web, its actor an agent', () => {
    const asked = {endpoint: 'https://lms.example/xapi', fetch: 'https://lms.example/token', actor: '{"account":{"homePage":"https://lms.example","name":"1"}}', registration: 'r', activityId: 'https://lms.example/a'};
    const of = (more) => launchOf(`?${new URLSearchParams({...asked, ...more})}`);
    assert.equal(of({}).endpoint, 'https://lms.example/xapi/');
    for (const more of [{endpoint: 'javascript:alert(1)'}, {fetch: ''}, {actor: 'nobody'}, {actor: '"text"'}, {registration: ''}, {activityId: ''}]) {
        assert.equal(of(more), null, JSON.stringify(more));
    }
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

test('the copy is in the tab, too: a platform that empties the browser’s storage at a sign-in leaves it there', () => {
    const place = () => { const held = new Map(); return {getItem: (name) => held.get(name) ?? null, setItem: (name, value) => held.set(name, value), clear: () => held.clear()}; };
    globalThis.window = {localStorage: place(), sessionStorage: place()};
    try {
        const saved = (attempt, counter) => ({attempt, counter, session: 's', over: false});
        const storage = new Storage('palier:a');
        assert.equal(storage.read(), null);
        assert.equal(storage.write(saved('a', 2)), true);
        window.localStorage.clear();
        assert.deepEqual(storage.read(), saved('a', 2));
        // Written by another tab: newer there, and another attempt, count before this tab's.
        for (const other of [saved('a', 3), saved('b', 1)]) {
            window.localStorage.setItem('palier:a', JSON.stringify(other));
            assert.deepEqual(storage.read(), other);
        }
        window.localStorage.setItem('palier:a', JSON.stringify(saved('a', 1)));
        assert.deepEqual(storage.read(), saved('a', 2), 'the newer one of the same attempt');
        window.localStorage.setItem = () => { throw new Error('refused'); };
        assert.equal(storage.write(saved('a', 4)), false, 'not in this browser');
        assert.equal(storage.read().counter, 4);
    } finally {
        delete globalThis.window;
    }
});

/** A browser's storage in memory. */
function shelf(value = null) {
    return {value, read() { return this.value; }, write(next) { this.value = next; return true; }};
}

test('a commit is believed when the package can be reached before and after it; the next one sends all of it', async () => {
    const api = lms({'cmi.core.lesson_status': 'not attempted'});
    const runtime = new Scorm12(api);
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
    const runtime = new Scorm12(api);
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
    for (const [said, nothing] of [[true, null], ['true', undefined], [1, null], ['True', null]]) {
        const api = lms();
        const of = (name) => { const inner = api[name]; api[name] = (...given) => (inner(...given) === 'true' ? said : false); };
        ['LMSInitialize', 'LMSFinish', 'LMSSetValue', 'LMSCommit'].forEach(of);
        api.LMSGetValue = (element) => api.values[element] ?? nothing;
        const {kept} = await becomes(api, async () => 'yes');
        assert.equal(kept, 'kept');
        const runtime = new Scorm12(api);
        runtime.initialise();
        assert.deepEqual(runtime.learner(), {id: '', languages: ['']});
    }
    assert.equal(new Scorm12({...lms(), LMSInitialize: () => false}).initialise(), false);
});

test('a function of the LMS that fails is a no: the answer is in the browser, and arrives once it works again', async () => {
    const gone = () => { throw new Error('NetworkError'); };
    const [works, item] = [lms(), {type: 'true_false', interaction: 'true-false', description: ''}];
    const api = {...works};
    const runtime = new Scorm12(api);
    assert.ok(runtime.initialise());
    const copy = shelf();
    const storage = new AttemptStorage(runtime, copy, async () => 'yes');
    storage.start();
    Object.assign(api, {LMSGetValue: gone, LMSSetValue: gone, LMSCommit: gone, LMSFinish: gone});
    runtime.interaction({id: 'q', language: 'en', item, response: {choice: 'true'}, fraction: 1, milliseconds: 5, at: new Date(0)});
    assert.equal(await storage.keep('one', false), 'refused');
    assert.equal(copy.value.session, 'one');
    Object.assign(api, works);
    assert.equal(await storage.again(), 'kept');
    assert.equal(parseSuspendData(api.values['cmi.suspend_data']).session, 'one');
    Object.assign(api, {LMSFinish: gone});
    storage.leave();
    assert.equal(new Scorm12({...works, LMSInitialize: gone}).initialise(), false);
});

test('functions that the LMS puts there late are waited for, alone no page waits', async () => {
    const top = {};
    top.parent = top;
    const waiting = awaitApi({parent: top}, 'API', 2000, 5);
    setTimeout(() => { top.API = 'late'; }, 20);
    assert.equal(await waiting, 'late');
    const alone = {};
    alone.parent = alone;
    assert.equal(await awaitApi(alone, 'API', 1e9, 1e9), null);
    assert.equal(await awaitApi({parent: {parent: alone}}, 'API', 10, 5), null);
});

test('who looks again or around writes nothing; a result has its level, its margin and a sentence', () => {
    for (const mode of ['review', 'browse']) {
        const api = lms({'cmi.core.lesson_mode': mode, 'cmi.core.lesson_status': 'not attempted'});
        const before = {...api.values};
        const review = new Scorm12(api);
        assert.ok(review.initialise());
        assert.ok(review.reviews());
        review.finish(true);
        assert.deepEqual(api.values, before);
    }
    const other = lms();
    const runtime = new Scorm12(other);
    runtime.initialise();
    runtime.result({language: 'en', score: null, status: 'completed', numbers: [], objectives: [{id: 'level', name: '', status: 'completed', level: 3, low: 3, high: 4, most: 8}], sentence: `Independent (3 of 8). ${'x'.repeat(5000)}`});
    assert.deepEqual(['level', 'level-low', 'level-high'].map((id, n) => [other.values[`cmi.objectives.${n}.id`], other.values[`cmi.objectives.${n}.score.raw`]]),
        [['level', '3'], ['level-low', '3'], ['level-high', '4']]);
    assert.equal(other.values['cmi.objectives.0.score.max'], '8');
    assert.equal(other.values['cmi.comments'].length, 4096);
});

test('a map is an objective for all, each domain and each competence: without a level it has no score, and never a zero', () => {
    const other = lms();
    const runtime = new Scorm12(other);
    runtime.initialise();
    const scale = (id, state, number, interval, kind) => ({id, state, kind, level: number === null ? null : {number}, level_interval: interval});
    const record = {known: true, level: null, level_interval: null, levels: {first: 0, last: 8},
        composites: [scale('1', 'measured', 0, [0, 1], 'domain'), scale('overall', 'measured', null, [2, 5], 'overall')],
        scales: [scale('1.1', 'measured', 5, [4, 6]), scale('1_1', 'measured', null, [1, 4]), scale('1.2', 'not_assessed', null, null),
            scale('1.3', 'reported_as_domain', 0, [0, 1])]};
    runtime.result({language: 'en', score: null, status: 'completed', numbers: [], objectives: objectivesOf(record), sentence: 'x'});
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
    assert.deepEqual(objectivesOf({level: {number: 3, last: 8}, level_interval: [3, 4], scales: []}), [{id: 'level', name: '', status: 'completed', level: 3, low: 3, high: 4, most: 8}]);
    assert.deepEqual(objectivesOf({level: null, level_interval: null, scales: []}), []);
    // Without levels there is nothing that 0 to 100 can hold.
    assert.deepEqual(objectivesOf({...record, levels: null}).filter(({level, low, high}) => [level, low, high].some((value) => value !== null)), []);
});
