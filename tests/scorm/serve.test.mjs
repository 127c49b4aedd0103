// SPDX-License-Identifier: GPL-3.0-or-later
// `palier serve --demo` with the player as its remote host: the learner's way in a browser; then the path of the server,
// with the seed that it drew, against the command line and the engine of a package.
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {accessibilityProblems, context, launch, layoutProblems, open, play, press, screen, shot} from './support/browser.mjs';
import {engine} from './support/engine.mjs';
import {answersOf, build, commandLinePath, makeBundle} from './support/fixture.mjs';
import {palierServe} from './support/serve.mjs';

const bundle = makeBundle();
const answers = answersOf(bundle);
let server;
let browser;
before(async () => {
    server = await palierServe('serve', 'level');
    browser = await launch();
});
after(async () => {
    await browser?.close();
    server?.stop();
});

test('a learner at palier serve: the same items and theta as on the command line and in a package', {timeout: 300000}, async () => {
    const where = await context(browser);
    const page = await open(where);
    await page.goto(`${server.address}/player/?lang=fr`);
    assert.equal(await screen(page), 'before');
    assert.deepEqual(await accessibilityProblems(page), []);
    await press(page, 'Commencer');
    const items = await play(page, answers, {each: async (n) => {
        if (n === 1) {
            await page.waitForFunction(() => document.querySelector('.message').textContent.includes('enregistrée'));
            assert.deepEqual(await accessibilityProblems(page), []);
            await shot(page, 'serve-question');
            await page.reload();
            await screen(page);
        }
    }});
    assert.equal(await screen(page), 'result');
    await shot(page, 'serve-result');
    assert.deepEqual(await accessibilityProblems(page), []);
    await press(page, 'Comprendre ce résultat');
    await shot(page, 'serve-story');
    assert.deepEqual(await layoutProblems(page), []);
    // No attempt yet is the one failed answer.
    assert.deepEqual(page.problems.filter((problem) => !problem.includes('404')), []);
    await where.close();

    const seed = server.seed();
    const expected = commandLinePath(bundle, answers, seed);
    assert.deepEqual(items, expected.steps.map(({item}) => item));
    // The server's own theta is in its statements.
    assert.deepEqual(server.thetas(), expected.steps.map(({theta}) => theta));
    // The engine of a package takes the same way with this seed.
    const call = await engine(join(build, 'player/engine.js'));
    call({call: 'open', bundle});
    let view = call({call: 'start', lang: 'fr', seed, context: {}, time: 0});
    for (const item of items) {
        view = call({call: 'answer', sequence: view.sequence, response: answers[item].response, ms: 1000, time: 0});
    }
    const {record} = call({call: 'record'});
    assert.deepEqual(record.steps.map(({item, theta}) => ({item, theta})), expected.steps);
    console.log(`palier serve, seed ${seed}: ${items.length} questions, theta ${record.theta}`);
});
