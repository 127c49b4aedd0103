// SPDX-License-Identifier: GPL-3.0-or-later
// The same plan, bank, seed and answers: the same items and the same theta in a package under scorm-again and on the
// command line. A suspended test goes on where it was, after a killed tab too; a commit that lies is not believed.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {accessibilityProblems, answer, context, fill, itemOnScreen, kill, launch, layoutProblems, open, play, press, screen, shot} from './support/browser.mjs';
import {engine} from './support/engine.mjs';
import {answersOf, commandLinePath, files, madeBy, makeBundle, makePackage, packageOf, seed, work} from './support/fixture.mjs';
import {serve, suspended} from './support/lms.mjs';

const folder = join(work, 'hosts');
const bundle = makeBundle();
const answers = answersOf(bundle);
const expected = commandLinePath(bundle, answers);
/** What the LMS is told in all, in order. */
const interactions = [...expected.steps.map(({item}) => item.replaceAll('.', '_')), 'palier-theta', 'palier-standard-error'];
let browser;
let lms;
function unpack(zip, place) {
    rmSync(place, {recursive: true, force: true});
    mkdirSync(place, {recursive: true});
    execFileSync('unzip', ['-q', zip, '-d', place]);
}
before(async () => {
    makePackage(join(work, 'hosts.zip'), '--seed', String(seed));
    unpack(join(work, 'hosts.zip'), folder);
    lms = await serve(folder);
    browser = await launch();
});
after(async () => {
    await browser.close();
    await lms.close();
});

/** The package in its frame. */
async function visit(where, host = lms) {
    const page = await open(where);
    await page.goto(host.url);
    const frame = page.frame('package') ?? await (await page.waitForSelector('iframe')).contentFrame().then((outer) => outer.waitForSelector('iframe')).then((inner) => inner.contentFrame());
    await screen(frame);
    return {page, frame};
}

/** The record that the LMS holds, read by the engine of the package. */
async function recordOf(cmi) {
    const call = await engine(join(folder, 'engine.js'));
    call({call: 'open', bundle});
    const {session} = suspended(cmi.suspend_data);
    const view = call({call: 'resume', saved: session});
    assert.ok(!view.error, JSON.stringify(view.error));
    return call({call: 'record'});
}

/** Waits for what is said below the question. */
function said(frame, text) {
    return frame.waitForFunction((wanted) => document.querySelector('.message')?.textContent.includes(wanted), text);
}

test('command line, engine in node: the same items, the same theta to the last bit', async () => {
    const call = await engine(join(folder, 'engine.js'));
    call({call: 'open', bundle});
    let view = call({call: 'start', lang: 'fr', seed, context: {}, time: 0});
    const prompts = new Map(bundle.variants.fr.contents.map(({presentation}, i) => [i, presentation]));
    assert.ok(prompts.size > 0);
    while (['question', 'calm'].includes(view.screen)) {
        const {record: {steps}} = call({call: 'record'});
        const item = expected.steps[steps.length].item;
        view = call({call: 'answer', sequence: view.sequence, response: answers[item].response, ms: 1000, time: 0});
        assert.equal(view.invalid, null, item);
    }
    const {record} = call({call: 'record'});
    assert.deepEqual(record.steps.map(({item, theta}) => ({item, theta})), expected.steps);
    assert.equal(record.stop, expected.stop);
});

test('package under scorm-again: the same items, theta, score and grammar', {timeout: 180000}, async () => {
    const where = await context(browser);
    const {page, frame} = await visit(where);
    assert.equal(await screen(frame), 'before');
    await press(frame, 'Commencer');
    const items = await play(frame, answers);
    assert.deepEqual(items, expected.steps.map(({item}) => item));
    assert.equal(await screen(frame), 'result');
    await said(frame, 'enregistrée');
    const {cmi} = lms.commits.at(-1);
    const record = await recordOf(cmi);
    assert.deepEqual(record.record.steps.map(({item, theta}) => ({item, theta})), expected.steps);
    assert.equal(cmi.core.lesson_status, 'completed', 'no threshold: neither passed nor failed');
    assert.equal(Number(cmi.core.score.raw), Math.round(100 * record.record.score.value) / 100);
    assert.equal(cmi.core.score.min + cmi.core.score.max, '0100');

    // Every value that was set is in the grammar of SCORM 1.2, and was taken.
    const calls = await page.evaluate(() => window.calls);
    const set = calls.filter(([name]) => name === 'LMSSetValue');
    assert.deepEqual(set.filter(([, , , answered]) => answered !== 'true'), []);
    const grammar = [
        [/^cmi\.core\.session_time$/, /^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/],
        [/\.latency$/, /^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/],
        [/^cmi\.interactions\.\d+\.time$/, /^\d\d:\d\d:\d\d(\.\d{1,2})?$/],
        [/\.id$/, /^[A-Za-z0-9_-]{1,255}$/],
        [/\.result$/, /^(correct|wrong|unanticipated|neutral|\d+(\.\d+)?)$/],
        [/score\.raw$/, /^\d{1,3}(\.\d{1,2})?$/],
        [/\.type$/, /^(true-false|choice|fill-in|matching|performance|likert|sequencing|numeric)$/],
    ];
    for (const [, element, value] of set) {
        grammar.filter(([name]) => name.test(element)).forEach(([, form]) => assert.match(value, form, element));
    }
    const byIndex = {};
    for (const [, element, value] of set) {
        const match = element.match(/^cmi\.interactions\.(\d+)\.(\w+)$/);
        if (match) {
            (byIndex[match[1]] ??= {})[match[2]] = value;
        }
    }
    const told = Object.values(byIndex);
    assert.deepEqual(told.map(({id}) => id), interactions);
    const forms = {choice: /^[0-9a-z](,[0-9a-z])*$/, 'true-false': /^[tf]$/, matching: /^([0-9a-z]\.[0-9a-z])(,[0-9a-z]\.[0-9a-z])*$/,
        sequencing: /^[0-9a-z](,[0-9a-z])*$/, numeric: /^-?\d+(\.\d+)?$/};
    for (const {type, student_response: given} of told) {
        assert.match(given, forms[type] ?? /^.{1,255}$/, type);
    }
    assert.ok(Math.abs(Number(told.at(-2).student_response) - expected.steps.at(-1).theta) <= 0.00005);

    // One commit for each step, each with another counter, suspend_data below the limit of every LMS.
    const counters = lms.commits.map(({values}) => values['cmi.suspend_data']).filter(Boolean).map((text) => suspended(text).counter);
    assert.equal(new Set(counters).size, counters.length);
    assert.ok(counters.length >= expected.steps.length + 1);
    const longest = Math.max(...lms.commits.map(({cmi: {suspend_data: text}}) => text.length));
    console.log(`suspend_data: ${longest} characters after ${expected.steps.length} answers; commits: ${lms.commits.length}`);
    assert.ok(longest < 4096);
    assert.deepEqual(page.problems, []);
    await where.close();
});

test('a test that is over shows its result again, and nothing new is scored', async () => {
    const before = lms.commits.length;
    const where = await context(browser);
    const {page, frame} = await visit(where);
    assert.equal(await screen(frame), 'result');
    await press(frame, 'Comprendre ce résultat');
    assert.equal(await frame.locator('.story ol > li').count(), expected.steps.length);
    await press(frame, 'Retour au résultat');
    await page.goto('about:blank');
    assert.equal(lms.commits.slice(before).filter(({values}) => values['cmi.core.score.raw'] !== undefined).length, 0);
    await where.close();
    lms.forget();
});

test('suspended by leaving, and by a killed tab: the same path to the end', {timeout: 180000}, async () => {
    lms.forget();
    const where = await context(browser);
    let {page, frame} = await visit(where);
    await press(frame, 'Commencer');
    const items = [await answer(frame, answers), await answer(frame, answers)];
    await said(frame, 'enregistrée');
    await page.goto('about:blank');
    assert.equal(lms.commits.at(-1).cmi.core.exit, 'suspend');
    assert.equal(lms.commits.at(-1).cmi.core.lesson_status, 'incomplete');

    ({page, frame} = await visit(where));
    assert.equal(await screen(frame), 'question');
    items.push(await answer(frame, answers));
    await said(frame, 'enregistrée');
    await kill(page);

    // Another browser, without the copy of the first.
    const other = await context(browser);
    ({page, frame} = await visit(other));
    assert.equal(await screen(frame), 'question');
    items.push(...await play(frame, answers));
    assert.deepEqual(items, expected.steps.map(({item}) => item));
    await said(frame, 'enregistrée');
    const {cmi} = lms.commits.at(-1);
    assert.deepEqual((await recordOf(cmi)).record.steps.map(({item, theta}) => ({item, theta})), expected.steps);
    assert.equal(cmi.core.lesson_status, 'completed');
    await other.close();
});

test('offline, where LMSCommit says "true": the learner is told, and all of it arrives later', {timeout: 180000}, async () => {
    lms.forget();
    const where = await context(browser);
    const {page, frame} = await visit(where);
    await press(frame, 'Commencer');
    await answer(frame, answers);
    await said(frame, 'enregistrée');
    const kept = suspended(lms.commits.at(-1).cmi.suspend_data).counter;
    await where.setOffline(true);
    const items = [await answer(frame, answers), await answer(frame, answers)];
    await said(frame, 'Non enregistré');
    await shot(page, 'not-saved');
    assert.deepEqual(await accessibilityProblems(frame), []);
    assert.equal(suspended(lms.commits.at(-1).cmi.suspend_data).counter, kept);
    await where.setOffline(false);
    await said(frame, 'La connexion est revenue');
    const {record} = await recordOf(lms.commits.at(-1).cmi);
    assert.deepEqual(record.steps.map(({item}) => item).slice(1), items);
    await where.close();
});

test('offline and then killed: the browser has the copy, and the next visit sends it', {timeout: 180000}, async () => {
    lms.forget();
    const where = await context(browser);
    let {page, frame} = await visit(where);
    await press(frame, 'Commencer');
    const items = [await answer(frame, answers)];
    await said(frame, 'enregistrée');
    lms.down = true;
    items.push(await answer(frame, answers));
    await said(frame, 'Non enregistré');
    await kill(page);
    lms.down = false;
    ({page, frame} = await visit(where));
    if (await screen(frame) === 'other') {
        await press(frame, 'Reprendre ici');
    }
    assert.equal(await itemOnScreen(frame, answers), expected.steps[2].item);
    await page.goto('about:blank');
    const {record} = await recordOf(lms.commits.at(-1).cmi);
    assert.deepEqual(record.steps.map(({item}) => item), items);
});

test('the last answer without a network, and then killed: the next visit tells the LMS the result', {timeout: 180000}, async () => {
    lms.forget();
    const where = await context(browser);
    let {page, frame} = await visit(where);
    await press(frame, 'Commencer');
    for (let n = 1; n < expected.steps.length; n++) {
        await answer(frame, answers);
    }
    await said(frame, 'enregistrée');
    lms.down = true;
    await answer(frame, answers);
    await said(frame, 'Non enregistré');
    await kill(page);
    lms.down = false;
    assert.equal(lms.commits.at(-1).cmi.core.lesson_status, 'incomplete');
    ({page, frame} = await visit(where));
    if (await screen(frame) === 'other') {
        await press(frame, 'Reprendre ici');
    }
    assert.equal(await screen(frame), 'result');
    await page.goto('about:blank');
    const {cmi} = lms.commits.at(-1);
    assert.equal(cmi.core.lesson_status, 'completed');
    assert.equal(Number(cmi.core.score.raw), Math.round(100 * expected.record.score.value) / 100);
    assert.deepEqual(Object.values(cmi.interactions).map(({id}) => id), interactions, 'each answer once, the last one too');
    await where.close();
});

test('a session that the LMS has ended: the learner is told', async () => {
    lms.forget();
    const where = await context(browser);
    const {frame} = await visit(where);
    await press(frame, 'Commencer');
    await said(frame, '');
    lms.refuse = true;
    await answer(frame, answers);
    await said(frame, 'Non enregistré');
    lms.refuse = false;
    await answer(frame, answers);
    await said(frame, 'enregistrée');
    assert.equal((await recordOf(lms.commits.at(-1).cmi)).record.steps.length, 2);
    await where.close();
});

test('two tabs: the second asks first, and the first stops when it is taken over', async () => {
    lms.forget();
    const where = await context(browser);
    const first = await visit(where);
    await press(first.frame, 'Commencer');
    const second = await visit(where);
    assert.equal(await screen(second.frame), 'other');
    assert.match(await second.frame.textContent('h1'), /ouvert dans un autre onglet/);
    assert.deepEqual(await accessibilityProblems(second.frame), []);
    await press(second.frame, 'Reprendre ici');
    await first.frame.waitForFunction(() => document.querySelector('h1')?.textContent.includes('autre onglet'));
    assert.equal(await first.frame.locator('form').count(), 0);
    await answer(second.frame, answers);
    await said(second.frame, 'enregistrée');
    await first.page.goto(`${lms.url}elsewhere`);
    assert.equal((await recordOf(lms.commits.at(-1).cmi)).record.steps.length, 1, 'the first tab takes nothing back when it goes');
    await where.close();
});

test('"I don’t know", an open answer, a pause: by keyboard alone, in English, with the focus where it belongs', {timeout: 120000}, async () => {
    lms.forget();
    const where = await context(browser, {lang: 'en', width: 320, height: 640});
    const {page, frame} = await visit(where);
    await press(frame, 'English').catch(() => {});
    const tabTo = async (name) => {
        for (let i = 0; i < 60; i++) {
            await page.keyboard.press('Tab');
            if (await frame.evaluate((wanted) => document.activeElement?.textContent?.trim() === wanted, name)) {
                const seen = await frame.evaluate(() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; });
                assert.ok(seen, `no visible focus on ${name}`);
                return;
            }
        }
        assert.fail(`the keyboard does not reach ${name}`);
    };
    await tabTo('Begin');
    await page.keyboard.press('Enter');
    await frame.waitForSelector('form');
    assert.equal(await frame.evaluate(() => document.activeElement.id), 'number', 'the focus is at the new question');
    assert.equal(await frame.evaluate(() => document.documentElement.lang), 'en');
    assert.equal(await frame.evaluate(() => document.querySelector('.prompt').lang), 'en', 'the questions are English too');
    const choice = await frame.locator('.choice input').count();
    if (choice) {
        await tabTo('Submit my answer');
        await page.keyboard.press('Enter');
        await frame.waitForSelector('[role=alert]');
        assert.deepEqual(await accessibilityProblems(frame), []);
    }
    await tabTo('I don’t know');
    await page.keyboard.press('Enter');
    await frame.waitForFunction(() => document.querySelector('#number')?.textContent === 'Question 2');
    assert.equal(await frame.evaluate(() => document.activeElement.id), 'number');
    await tabTo('Pause');
    await page.keyboard.press('Enter');
    await frame.waitForSelector('ul.calm');
    assert.deepEqual(await accessibilityProblems(frame), []);
    assert.deepEqual(await layoutProblems(frame), []);
    await shot(page, 'pause-320');
    await tabTo('Take up the test again');
    await page.keyboard.press('Enter');
    await frame.waitForSelector('form');
    assert.deepEqual(page.problems, []);
    await where.close();
});

test('where it goes badly: a calm screen with four equal choices, which a pause and a visit later do not show again', {timeout: 120000}, async () => {
    // Without the rule that ends a test whose level is decided, after six questions here.
    const plan = JSON.parse(readFileSync(files.plan, 'utf8'));
    delete plan.stop.rules;
    writeFileSync(join(work, 'long-plan.json'), JSON.stringify(plan));
    packageOf(madeBy(join(work, 'long-plan.json')), join(work, 'long.zip'), '--seed', String(seed));
    unpack(join(work, 'long.zip'), join(work, 'long'));
    const host = await serve(join(work, 'long'));
    const where = await context(browser, {width: 320, height: 640});
    const {page, frame} = await visit(where, host);
    await press(frame, 'Commencer');
    let misses = 0;
    for (; misses < 12 && !await frame.locator('ul.calm').count(); misses++) {
        await press(frame, 'Je ne sais pas');
        await said(frame, 'enregistrée');
    }
    assert.ok(misses >= 3, `after ${misses} questions`);
    assert.equal(await frame.locator('ul.calm button').count(), 4);
    await shot(page, 'calm-320');
    assert.deepEqual(await accessibilityProblems(frame), []);
    assert.deepEqual(await layoutProblems(frame), []);
    const text = await frame.textContent('main');
    assert.doesNotMatch(text, /échec|faible|faux|raté/i);
    await press(frame, 'Continuer avec quelqu’un');
    await press(frame, 'Reprendre le test');
    assert.equal(await screen(frame), 'question');
    assert.deepEqual(page.problems, []);
    await where.close();
    await host.close();
});

for (const width of [1280, 320]) {
    test(`no accessibility problem at ${width} pixels, from the first screen to the story; the bar never goes back`, {timeout: 240000}, async () => {
        lms.forget();
        const where = await context(browser, {width, height: width === 320 ? 640 : 900});
        const {page, frame} = await visit(where);
        const good = async (name) => {
            await shot(page, `${width}-${name}`);
            assert.deepEqual(await accessibilityProblems(frame), [], name);
            assert.deepEqual(await layoutProblems(frame), [], name);
        };
        await frame.click('summary');
        assert.match(await frame.textContent('details'), /sont envoyés à la plateforme .* Une copie reste dans ce navigateur/);
        await good('before');
        await press(frame, 'Commencer');
        let doubt = 0;
        await play(frame, answers, {each: async (n) => {
            const now = Number(await frame.getAttribute('[role=progressbar]', 'aria-valuenow'));
            assert.ok(now >= doubt, `the bar went back from ${doubt} to ${now}`);
            doubt = now;
            await good(`question-${n + 1}`);
        }});
        await good('result');
        await press(frame, 'Comprendre ce résultat');
        await good('story');
        assert.deepEqual(page.problems, []);
        await where.close();
    });
}

test('a question in Arabic runs from right to left, one in French from left to right', async () => {
    lms.forget();
    const where = await context(browser);
    const {frame} = await visit(where);
    await press(frame, 'Commencer');
    const directions = (text) => frame.evaluate((written) => [...document.querySelectorAll('.prompt, .choice-text[lang], .stem, .order-text')].map((place) => {
        place.textContent = written;
        return getComputedStyle(place).direction;
    }), text);
    assert.deepEqual([...new Set(await directions('أي ملف تفتح أولا؟'))], ['rtl']);
    assert.deepEqual([...new Set(await directions('Quel fichier ouvrir ?'))], ['ltr']);
    await where.close();
    lms.forget();
});

test('from the disk, without any server: it plays, and goes on after it was closed', {timeout: 120000}, async () => {
    const where = await context(browser);
    let page = await open(where);
    await page.goto(`file://${folder}/index.html`);
    assert.equal(await screen(page), 'before');
    await press(page, 'Commencer');
    assert.equal(await answer(page, answers), expected.steps[0].item);
    await page.close();
    page = await open(where);
    await page.goto(`file://${folder}/index.html`);
    if (await screen(page) === 'other') {
        await press(page, 'Reprendre ici');
    }
    assert.equal(await itemOnScreen(page, answers), expected.steps[1].item);
    await fill(page, answers[expected.steps[1].item].response);
    assert.deepEqual(page.problems, []);
    await where.close();
});

test('the first question at a quarter of the processor’s speed: measured, not judged', async () => {
    lms.forget();
    const where = await context(browser);
    const page = await open(where);
    const session = await where.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', {rate: 4});
    await page.goto(lms.url, {waitUntil: 'commit'});
    const frame = await (await (await (await page.waitForSelector('iframe')).contentFrame()).waitForSelector('iframe')).contentFrame();
    await frame.waitForSelector('.languages');
    const began = await frame.evaluate(() => performance.now());
    const pressed = Date.now();
    await frame.click('button.main');
    await frame.waitForSelector('form');
    console.log(`at 4 times slower: first screen ${Math.round(began)} ms after navigation, first question ${Date.now() - pressed} ms after "Commencer"`);
    await where.close();
});
