// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong while a package is played in Moodle's own SCORM activity: a session that is over, a network that is
// lost, a window that is closed, also at the last question, two tabs, another version of the package, a record that is
// full. Whatever happens, Moodle has each answer once, the result, the grade and the completion in the end.
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {answer, itemOnScreen, kill, launch, open, play, press, screen} from './support/browser.mjs';
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
async function allIsIn(of, before = []) {
    const {tracks, grade, completion} = heldOf(of);
    assert.deepEqual(toldTo(tracks), [...before, ...interactions]);
    const {session, over} = suspended(tracks['cmi.suspend_data']);
    assert.equal(over, true);
    const call = await engine(join(build, 'player/engine.js'));
    call({call: 'open', bundle: of.bundle ?? bundle});
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

    test(`${standard}: a network that is lost and the window closed, and closed again at the last answer`, {timeout: 600000}, async () => {
        const of = activity(standard);
        const {where, page} = await signedIn(browser, of);
        let frame = await visit(page, of);
        await press(frame, 'Commencer');
        await answer(frame, answers);
        await said(frame, 'enregistrée');
        await where.setOffline(true);
        await answer(frame, answers);
        await said(frame, 'Non enregistré');
        assert.deepEqual(toldTo(heldOf(of).tracks), interactions.slice(0, 1), 'Moodle has what came before');
        await page.close();
        await where.setOffline(false);

        const second = await open(where);
        frame = await again(second, of);
        assert.equal(await itemOnScreen(frame, answers), asked[2]);
        await answer(frame, answers);
        await answer(frame, answers);
        await answer(frame, answers);
        await second.close();

        const third = await open(where);
        frame = await again(third, of);
        assert.equal(await screen(frame), 'result');
        await third.goto(`${address}/my/`);
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

    test(`${standard}: another version of the package in the middle: told, and Moodle has the new result after the old answers`, {timeout: 600000}, async () => {
        const of = activity(standard);
        let {where, page} = await signedIn(browser, of);
        let frame = await visit(page, of);
        await press(frame, 'Commencer');
        await answer(frame, answers);
        await said(frame, 'enregistrée');
        await page.goto(`${address}/my/`);
        const other = made.map((given) => given === 'demo' ? 'version-2' : given);
        const zip = join(work, `moodle-second-${standard}.zip`);
        packageOf(other, zip, '--seed', String(seed), '--format', standard);
        script('activity.php', '--scorm', String(of.scorm), '--update', zip);
        frame = await visit(page, of);
        assert.equal(await screen(frame), 'before');
        assert.match(await frame.textContent('[role=alert]'), /ne peut pas être reprise/);
        await press(frame, 'Commencer');
        await play(frame, answers);
        await said(frame, 'enregistrée');
        await page.goto(`${address}/my/`);
        await allIsIn({...of, bundle: makeBundle(other)}, interactions.slice(0, 1));
        await where.close();
    });
}

test('a record that is full, where Moodle holds no more than SCORM 1.2 asks for: taken up again, the marks of all answers are there', {timeout: 600000}, async () => {
    const names = Array.from({length: 24}, (_, n) => `mot-${n + 1}`);
    const [bank, questions, short] = ['full.csv', 'full.xml', 'full-plan.json'].map((name) => join(work, name));
    writeFileSync(bank, `item,b\n${names.map((name, n) => `${name},${n / 10 - 1}`).join('\n')}\n`);
    writeFileSync(questions, `<quiz>${names.map((name) => `<question type="shortanswer"><name><text>${name}</text></name><questiontext format="html"><text>Question ${name} ?</text></questiontext>
        <idnumber>${name}</idnumber><usecase>0</usecase><answer fraction="100"><text>oui*</text></answer></question>`).join('')}</quiz>`);
    writeFileSync(short, JSON.stringify({palier_plan: 1, stop: {max_items: names.length}}));
    const test = ['--bank', bank, '--plan', short, '--questions', `fr=${questions}`, '--id', 'full', '--title', 'fr=Longs textes'];
    const zip = join(work, 'moodle-full.zip');
    packageOf(test, zip, '--seed', String(seed));
    script('activity.php', '--limits', '1');
    try {
        const of = activityOf(zip);
        let {where, page} = await signedIn(browser, of);
        let frame = await visit(page, of);
        await press(frame, 'Commencer');
        const typed = async (n) => {
            await frame.fill('.entry input[type=text]', `oui ${Array.from({length: 60}, (_, place) => (place + 7) * (n + 13)).join(' ')}`.slice(0, 200));
            await press(frame, 'Valider');
        };
        for (let n = 0; n < names.length - 1; n++) {
            await typed(n);
        }
        await said(frame, 'enregistrée');
        await kill(page);
        const {tracks} = heldOf(of);
        assert.ok(tracks['cmi.suspend_data'].length <= 4096, `${tracks['cmi.suspend_data'].length}`);
        assert.ok(tracks['cmi.suspend_data'].length > 3000, 'the record is full');

        // Another browser has no copy.
        ({where, page} = await signedIn(browser, of));
        frame = await visit(page, of);
        assert.equal(await frame.textContent('#number'), `Question ${names.length}`);
        await typed(names.length);
        assert.equal(await screen(frame), 'result');
        await said(frame, 'enregistrée');
        await page.goto(`${address}/my/`);
        const end = heldOf(of);
        assert.deepEqual([...toldTo(end.tracks)].slice(0, -2).sort(), [...names].sort(), 'each answer once');
        const call = await engine(join(build, 'player/engine.js'));
        call({call: 'open', bundle: makeBundle(test)});
        call({call: 'resume', saved: suspended(end.tracks['cmi.suspend_data']).session});
        const {record} = call({call: 'record'});
        assert.deepEqual(record.steps.map(({fraction}) => fraction), names.map(() => 1));
        assert.equal(end.completion, 1);
        await where.close();
    } finally {
        script('activity.php', '--limits', '0');
    }
});
