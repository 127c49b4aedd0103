// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong while a package is played in Moodle's own SCORM activity: a session that is over, two tabs. Whatever
// happens, Moodle has each answer once, the result, the grade and the completion in the end.
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {answer, itemOnScreen, launch, open, play, press, screen} from './support/browser.mjs';
import {engine} from './support/engine.mjs';
import {answersOf, build, commandLinePath, files, madeBy, makeBundle, packageOf, seed, work} from './support/fixture.mjs';
import {suspended} from './support/lms.mjs';
import {activityOf, address, heldOf, said, script, signedIn, signInAgain, visit} from './support/moodle.mjs';

// Five questions: what goes wrong does so at any length.
const plan = join(work, 'short-plan.json');
const demo = JSON.parse(readFileSync(files.plan, 'utf8'));
writeFileSync(plan, JSON.stringify({...demo, stop: {min_items: 5, max_items: 5}}));
const made = madeBy(plan);
const bundle = makeBundle(made);
const answers = answersOf(bundle);
const expected = commandLinePath(bundle, answers, seed, plan);
const asked = expected.steps.map(({item}) => item);
/** What a platform is told in all, in order. */
const interactions = [...asked.map((item) => item.replaceAll('.', '_')), 'palier-theta', 'palier-standard-error'];

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** A new activity with a student of its own. */
function activity(standard, ...options) {
    const zip = join(work, `moodle-short-${standard}.zip`);
    packageOf(made, zip, '--seed', String(seed), '--format', standard, ...options);
    return activityOf(zip);
}

/** The package once more in this browser; a tab that was killed may still seem to hold it. */
async function again(page, of) {
    const frame = await visit(page, of);
    if (await screen(frame) === 'other') {
        await press(frame, 'Reprendre ici');
    }
    return frame;
}

/** The identifiers of what Moodle was told, in order of their places. */
function toldTo(tracks) {
    const places = Object.entries(tracks).map(([name, id]) => [/^cmi\.interactions[_.](\d+)\.id$/.exec(name)?.[1], id]).filter(([place]) => place !== undefined);
    return places.sort(([a], [b]) => Number(a) - Number(b)).map(([, id]) => id);
}

/** Moodle has all of this test: each answer once, the record, the score, the grade, the completion. */
async function allIsIn(of) {
    const {tracks, grade, completion} = heldOf(of);
    assert.deepEqual(toldTo(tracks), interactions);
    const {session, over} = suspended(tracks['cmi.suspend_data']);
    assert.equal(over, true);
    const call = await engine(join(build, 'player/engine.js'));
    call({call: 'open', bundle: bundle});
    assert.ok(!call({call: 'resume', saved: session}).error);
    const {record} = call({call: 'record'});
    assert.deepEqual(record.steps.map(({item, theta}) => ({item, theta})), expected.steps);
    assert.equal(tracks['cmi.core.lesson_status'] ?? tracks['cmi.completion_status'], 'completed');
    assert.ok(Math.abs(Number(grade) - record.score.value) < 0.01, `gradebook ${grade}, score ${record.score.value}`);
    assert.equal(completion, 1);
}

for (const standard of ['scorm12', 'scorm2004']) {
    test(`${standard}: a session that is over: told, and once signed in again the test goes on with all answers`, {timeout: 600000}, async () => {
        const of = activity(standard);
        const {where, page} = await signedIn(browser, of);
        let frame = await visit(page, of);
        await press(frame, 'Commencer');
        await answer(frame, answers);
        await said(frame, 'enregistrée');
        // Without Moodle's own pages asking for anything, which leads to the sign-in page at some moment.
        await where.route('**/lib/ajax/**', (asked) => asked.abort());
        script('activity.php', '--sign-out', of.username);
        await answer(frame, answers);
        await said(frame, 'connectez-vous de nouveau');
        // As the sentence says: signed in again, and the test opened once more. Moodle empties the browser's storage then.
        await where.unroute('**/lib/ajax/**');
        await signInAgain(page, of);
        frame = await again(page, of);
        assert.equal(await itemOnScreen(frame, answers), asked[2]);
        await play(frame, answers);
        await said(frame, 'enregistrée');
        await page.goto(`${address}/my/`);
        await allIsIn(of);
        await where.close();
    });

    test(`${standard}: two tabs: the one that took over has told all, whenever the other one goes`, {timeout: 600000}, async () => {
        const of = activity(standard);
        const {where, page} = await signedIn(browser, of);
        const first = await visit(page, of);
        await press(first, 'Commencer');
        await answer(first, answers);
        await said(first, 'enregistrée');
        const tab = await open(where);
        const second = await visit(tab, of);
        assert.equal(await screen(second), 'other');
        await press(second, 'Reprendre ici');
        await first.waitForFunction(() => document.querySelector('h1')?.textContent.includes('autre onglet'));
        assert.equal(await itemOnScreen(second, answers), asked[1]);
        await play(second, answers);
        await said(second, 'enregistrée');
        await tab.goto(`${address}/my/`);
        await page.goto(`${address}/my/`);
        await allIsIn(of);
        await where.close();
    });
}
