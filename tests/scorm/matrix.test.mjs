// SPDX-License-Identifier: GPL-3.0-or-later
// The public response matrix that mod_palier's path_test plays in Moodle (tests/reference/paths_*_2PL*, by catR), in the
// engine of a package: the same items and answers as catR, theta to 1e-12, and to the last digit that of the command line.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {engine} from './support/engine.mjs';
import {build, palier, root, work} from './support/fixture.mjs';

const reference = join(root, 'tests/reference');
const rows = (file) => readFileSync(join(reference, file), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').map((cell) => cell.trim()));
const item = (number) => `ref-${String(number).padStart(3, '0')}`;
const folder = join(work, 'matrix');
mkdirSync(folder, {recursive: true});

test('five persons of the matrix: catR, command line, package', {timeout: 300000}, async () => {
    const bank = rows('paths_bank_2PL.csv');
    const matrix = rows('paths_responses_2PL.csv');
    const plan = {palier_plan: 1, estimation: {estimator: 'eap', range: [-4, 4], nodes: 33}, stop: {max_items: 20}};
    const questions = bank.map((_, i) => `<question type="truefalse"><name><text>${item(i + 1)}</text></name>
        <questiontext format="html"><text>Question ${item(i + 1)}</text></questiontext><defaultgrade>1</defaultgrade><idnumber>${item(i + 1)}</idnumber>
        <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>`);
    const file = (name, text) => { writeFileSync(join(folder, name), text); return join(folder, name); };
    const files = {
        bank: file('bank.csv', `item,model,a,b\n${bank.map(([a, b], i) => `${item(i + 1)},2pl,${a},${b}`).join('\n')}\n`),
        plan: file('plan.json', JSON.stringify(plan)),
        questions: file('questions.xml', `<?xml version="1.0" encoding="UTF-8"?><quiz>${questions.join('\n')}</quiz>`),
        responses: file('responses.csv', `person,${bank.map((_, i) => item(i + 1)).join(',')}\n${matrix.map((row, i) => [i + 1, ...row.slice(1)].join(',')).join('\n')}\n`),
    };
    const posthoc = JSON.parse(palier(['posthoc', '--bank', files.bank, '--plan', files.plan, '--responses', files.responses, '--format', 'json']));
    const {runs} = JSON.parse(readFileSync(join(reference, 'paths_2PL_MFI.json'), 'utf8'));
    const bundle = JSON.parse(execFileSync(join(build, 'palier'), ['bundle', '--bank', files.bank, '--plan', files.plan, '--questions', `fr=${files.questions}`, '-'],
        {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 << 20}));
    const call = await engine(join(build, 'player/engine.js'));
    assert.equal(call({call: 'open', bundle}).error, undefined);

    for (const person of [1, 6, 11, 16, 20]) {
        const catr = runs.find((run) => run.person === person);
        let view = call({call: 'start', lang: 'fr', seed: 1, context: {}, time: 0});
        while (view.screen !== 'result') {
            if (view.screen === 'calm') {
                view = call({call: 'go_on', sequence: view.sequence});
            }
            const shown = view.item.qti.match(/Question (ref-\d{3})/)[1];
            const right = matrix[person - 1][Number(shown.slice(4))] === '1';
            view = call({call: 'answer', sequence: view.sequence, response: {choice: String(right)}, ms: 1000, time: 0});
        }
        const {record: {steps}} = call({call: 'record'});
        assert.deepEqual(steps.map((step) => step.item), catr.items.map(item), `person ${person}`);
        assert.deepEqual(steps.map((step) => step.category), catr.x);
        const known = posthoc.find((run) => Number(run.person) === person).steps;
        assert.deepEqual(steps.map(({theta, se}) => [theta, se]), known.map(({theta, se}) => [theta, se]));
        steps.forEach(({theta}, i) => assert.ok(Math.abs(theta - catr.theta_provisional[i]) <= 1e-12, `person ${person}, step ${i + 1}`));
    }
});
