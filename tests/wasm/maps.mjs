// SPDX-License-Identifier: GPL-3.0-or-later
// node maps.mjs PALIER CALLS.js: tests of 1, 5 and 16 scales with a statement about oneself, questions in an order, by
// what they tell a minute, a profile and next steps are the same by `palier call`, by `palier next` and in WebAssembly,
// to the last digit, and so are their stories, checks and studies. A shadow test without a solver, too.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';

import {caller} from '../scorm/support/engine.mjs';

const [palier, script] = process.argv.slice(2);
const module = await createRequire(import.meta.url)(resolve(script))();
const wasm = caller(module, module._palier_call);
const folder = mkdtempSync(join(tmpdir(), 'palier-maps-'));
process.on('exit', () => rmSync(folder, {recursive: true, force: true}));

const run = (args, input) => {
    const done = spawnSync(palier, args, {input, maxBuffer: 1 << 28});
    assert.equal(done.status, 0, done.stderr.toString('utf8'));
    return done.stdout.toString('utf8').trim();
};
const same = (request) => {
    const answer = wasm(request);
    assert.equal(answer, run(['call'], JSON.stringify(request)), JSON.stringify(request).slice(0, 300));
    const value = JSON.parse(answer);
    assert.ok(!value.error, answer);
    return value;
};
const file = (name, value) => {
    writeFileSync(join(folder, name), JSON.stringify(value));
    return join(folder, name);
};

// What `palier next` says of a log, as long as the session goes on.
const next = (bank, plan, log) => JSON.parse(run(['next', '--bank', bank, '--plan', file('plan.json', plan),
    '--log', file('log.json', log), '--format', 'json']));

const items = (scales) => Array.from({length: 12 * scales}, (_, i) => {
    const own = `c${(i % scales) + 1}`, b = ((i * 37) % 41) / 10 - 2, a = 0.8 + (i % 7) / 6;
    const item = {item: `q${i}`, content: i % 3 ? 'A' : 'B', 'num.seconds': 20 + ((i * 13) % 50)};
    if (scales > 1 && i % 6 === 5) {
        return {...item, model: '2pl', [`a.${own}`]: a, [`a.c${((i + 1) % scales) + 1}`]: 0.4, intercept: -a * b};
    }
    return {...item, scale: own, ...[
        {model: '2pl', a, b}, {model: '3pl', a, b, c: 0.2}, {model: 'grm', a, b1: b - 0.5, b2: b + 0.6},
        {model: 'gpcm', a, b1: b, b2: b + 0.3}, {model: 'rasch', b, se_b: 0.4},
    ][i % 5]};
});
const levels = {cuts: [-1.4, -0.7, 0, 0.7, 1.4], first: 1, names: ['N', 'N', 'I', 'I', 'A', 'A']};
const steps = [
    {scale: 'c1', to: 3, text: {fr: 'Cours 1', en: 'Course 1'}},
    {from: 2, text: {fr: 'Atelier', en: 'Workshop'}},
];

const planOf = (scales, more) => {
    const list = Array.from({length: scales}, (_, s) =>
        ({id: `c${s + 1}`, ...(scales > 1 && {domain: `d${s % 2}`, required_theta: 0.35})}));
    const stop = {standard_error: 0.5, max_items: scales === 1 ? 10 : 30};
    return {palier_plan: 1, scales: list, levels, next_steps: steps, stop, ...more,
        ...(scales > 1 && {map: {correlation: 0.5, domains: [{id: 'd0'}, {id: 'd1'}], ...more.map}})};
};
const conditions = (scales) => [
    {time: true, placement: 4},
    {order: true, placement: scales === 1 ? {scales: {c1: 1}} : {overall: 2, domains: {d1: 5}, scales: {c1: 6}}},
    {shadow: true, placement: 6},
];

let played = 0, steered = 0;
for (const scales of [1, 5, 16]) {
    const bank = items(scales), compiled = join(folder, `bank-${scales}`);
    run(['call'], JSON.stringify({call: 'compile', items: bank, output: compiled}));
    for (const estimator of scales === 1 ? ['eap'] : ['eap', 'map']) {
        for (const condition of conditions(scales)) {
            const constraints = condition.order ? {order: scales === 1 ? {by: 'content', run: 2} : {by: 'domain'}}
                : condition.shadow ? {method: 'shadow', bounds: [{attribute: 'content', value: 'A', min: 3}]}
                    : undefined;
            const plan = planOf(scales, {estimation: {estimator}, ...(constraints && {constraints}),
                ...(condition.time && scales === 1 && {selection: {time: 'seconds'}}),
                ...(condition.time && scales > 1 && {map: {time: 'seconds'}})});
            const test = {items: bank, plan};
            const context = {self_placement: condition.placement};
            let answer = same({call: 'step', ...test, seed: 7, context, time: 1000});
            const plain = JSON.parse(wasm({call: 'step', ...test, seed: 7, context: {}, time: 1000}));
            steered += plain.next === answer.next ? 0 : 1;
            const log = {...answer.log, events: []};
            const keep = () => log.events.push(...answer.events.map(({data}) => JSON.parse(data)));
            for (keep(); answer.next; keep()) {
                const k = log.events.length;
                if (k < 12) {
                    const asked = log.events.pop(); // `next` decides what the step has asked
                    assert.equal(next(compiled, plan, log).next, answer.next);
                    log.events.push(asked);
                }
                const answered = {type: 'answered', item: answer.next, fraction: k % 3 ? 1 : 0, time: 1000 * k};
                answer = same({call: 'step', ...test, log, events: [answered], time: 1000 * k});
            }
            assert.equal(same({call: 'verify', ...test, log}).same, true);
            const result = same({call: 'replay', ...test, log});
            assert.ok(result.next_steps.length > 0, JSON.stringify(result.next_steps));
            if (scales > 1) {
                const {decision} = result.profile;
                assert.ok(['reached', 'not_reached', 'undecided'].includes(decision), JSON.stringify(result.profile));
            }
            same({call: 'explain', ...test, log, lang: played % 2 ? 'fr' : 'en'});
            played++;
        }
    }
    // Each study and check of a map simulates some hundreds of persons more, who are not as the plan has them.
    const study = {items: bank, plan: planOf(scales, {estimation: {estimator: 'map'}})};
    const options = {persons: 20, seed: 3, lang: 'fr'};
    for (const self_placement of scales === 5 ? [1, {error: 0.5, of: 'scales'}] : [1]) {
        assert.equal(same({call: 'simulate', ...study, options: {...options, self_placement}}).persons, 20);
    }
    if (scales < 16) same({call: 'feasibility', ...study, options});
}
assert.ok(steered > 0, 'a statement about oneself changes some first question');
console.log(`${played} tests of 1, 5 and 16 scales, the same by every way`);
