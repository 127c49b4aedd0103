// SPDX-License-Identifier: GPL-3.0-or-later
// node calls.mjs PALIER CALLS.js: the calls of docs/host-calls.md give the same text in WebAssembly as by `palier call`,
// for tests by every criterion, and explain them.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {createRequire} from 'node:module';
import {resolve} from 'node:path';

import {caller} from '../scorm/support/engine.mjs';

const [palier, script] = process.argv.slice(2);
const module = await createRequire(import.meta.url)(resolve(script))();

const native = (request) => {
    const run = spawnSync(palier, ['call'], {input: JSON.stringify(request), maxBuffer: 1 << 28});
    return run.stdout.toString('utf8').trim();
};
const wasm = caller(module, module._palier_call);
const same = (request) => {
    const answer = wasm(request);
    assert.equal(answer, native(request), JSON.stringify(request).slice(0, 300));
    const value = JSON.parse(answer);
    assert.ok(!value.error, answer);
    return value;
};

const items = [];
for (let i = 0; i < 60; i++) {
    const b = ((i * 37) % 60) / 10 - 3;
    const item = {item: `q${i}`, content: i % 3 ? 'A' : 'B', 'num.words': 10 + (i % 7)};
    items.push({...item, ...[
        {model: 'rasch', b}, {model: '2pl', a: 0.8 + (i % 5) / 5, b}, {model: '3pl', a: 1.2, b, c: 0.2},
        {model: 'grm', a: 1.1, b1: b - 0.5, b2: b + 0.6}, {model: 'gpcm', a: 0.9, b1: b, b2: b + 0.3},
        {model: 'nrm', a1: 0.7, a2: 1.5, c1: b, c2: -b},
    ][i % 6]});
}
const plan = (more) => ({palier_plan: 1, stop: {max_items: 12}, ...more});

const criteria = ['mfi', 'random', 'b_match', 'optimal_theta', 'interval_information', 'mlwi', 'mpwi', 'kl', 'klp', 'gdi', 'gdip',
    'mei', 'mepv', 'mepv_predictive', 'a_stratified', 'target_information'];
for (const criterion of criteria) {
    const selection = criterion === 'target_information' ? {criterion, target: 6} : {criterion};
    const test = {items, plan: plan({selection})};
    let answer = same({call: 'step', ...test, seed: 7, context: {}, time: 1000});
    const log = {...answer.log, events: []};
    const keep = () => log.events.push(...answer.events.map(({data}) => JSON.parse(data)));
    for (keep(); answer.next; keep()) {
        const k = log.events.length;
        const answered = {type: 'answered', item: answer.next, fraction: k % 3 ? 1 : 0, time: 1000 * k};
        answer = JSON.parse(wasm({call: 'step', ...test, log, events: [answered], time: 1000 * k}));
    }
    assert.equal(answer.result.stop, 'max_items');
    assert.equal(same({call: 'verify', ...test, log}).same, true);
    for (const lang of ['fr', 'en']) {
        const story = same({call: 'explain', ...test, log, lang});
        assert.equal(story.steps.length, 12);
        for (const step of story.steps) assert.ok(step.why && step.changed && step.choice && step.candidates.length > 0, criterion);
    }
}

// What a form that a trainer moves a slider in asks for.
for (const length of [5, 10, 20]) {
    const options = {persons: 100, seed: 3, lang: 'fr'};
    const answer = same({call: 'feasibility', items, plan: plan({stop: {max_items: length}}), options});
    assert.equal(answer.expected_items, length);
    assert.equal(same({call: 'simulate', items, plan: plan({stop: {max_items: length}}), options}).length.mean, length);
}

// Bounds that need no solver hold; those that need one are refused in words where there is none.
const bounds = (list) => ({items, plan: plan({constraints: {method: 'shadow', bounds: list}}), seed: 1, context: {}, time: 0});
same({call: 'step', ...bounds([{attribute: 'content', value: 'A', min: 5, max: 7}])});
const refused = JSON.parse(wasm({call: 'step', ...bounds([{sum: 'words', min: 100, max: 200}])}));
assert.equal(refused.error.type, 'PlanError');
assert.match(refused.error.message, /solver/);
const unknown = JSON.parse(wasm({call: 'nothing'}));
assert.equal(unknown.error.type, 'ArgumentError');
console.log(`${criteria.length} criteria, the same text by every call`);
