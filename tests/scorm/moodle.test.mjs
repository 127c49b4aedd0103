// SPDX-License-Identifier: GPL-3.0-or-later
// The package in Moodle's own SCORM activity: imported, played, suspended by a killed tab, resumed, graded.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {answer, context, itemOnScreen, kill, launch, open, play, press, screen, shot} from './support/browser.mjs';
import {engine} from './support/engine.mjs';
import {serve, suspended} from './support/lms.mjs';
import {activityOf, address, heldOf, said, script, signedIn, visit} from './support/moodle.mjs';
import {palierServe} from './support/serve.mjs';
import {answersOf, commandLinePath, files, makeBundle, makePackage, mapTest, packageOf, seed, work} from './support/fixture.mjs';

const bundle = makeBundle();
const answers = answersOf(bundle);
const expected = commandLinePath(bundle, answers);
const folder = join(work, 'moodle');
let browser;
let made;

before(async () => {
    const zip = join(work, 'moodle.zip');
    makePackage(zip, '--seed', String(seed));
    rmSync(folder, {recursive: true, force: true});
    mkdirSync(folder, {recursive: true});
    execFileSync('unzip', ['-q', zip, '-d', folder]);
    made = activityOf(zip);
    browser = await launch();
});
after(() => browser?.close());

test('Moodle takes the package as SCORM 1.2', () => {
    assert.equal(made.version, 'SCORM_1.2');
});

test('played, its tab killed, resumed: the same items and theta as on the command line; graded', {timeout: 600000}, async () => {
    let {where, page} = await signedIn(browser, made);
    let frame = await visit(page, made);
    await shot(page, 'moodle-before');
    await press(frame, 'Commencer');
    const items = [await answer(frame, answers), await answer(frame, answers), await answer(frame, answers)];
    await said(frame, 'enregistrée');
    await shot(page, 'moodle-question');
    assert.deepEqual(items, expected.steps.slice(0, 3).map(({item}) => item));
    await kill(page);

    const middle = heldOf(made);
    assert.equal(middle.tracks['cmi.core.lesson_status'], 'incomplete');
    assert.equal(middle.grade === null || Number(middle.grade) === 0, true, 'no grade before the end');

    ({where, page} = await signedIn(browser, made));
    frame = await visit(page, made);
    assert.equal(await screen(frame), 'question');
    assert.equal(await itemOnScreen(frame, answers), expected.steps[3].item);
    items.push(...await play(frame, answers));
    await said(frame, 'enregistrée');
    await shot(page, 'moodle-result');
    await page.goto(`${address}/my/`);
    assert.deepEqual(items, expected.steps.map(({item}) => item));
    await where.close();

    const end = heldOf(made);
    const call = await engine(join(folder, 'engine.js'));
    call({call: 'open', bundle});
    call({call: 'resume', saved: suspended(end.tracks['cmi.suspend_data']).session});
    const record = call({call: 'record'});
    assert.deepEqual(record.record.steps.map(({item, theta}) => ({item, theta})), expected.steps);
    assert.equal(end.tracks['cmi.core.lesson_status'], 'completed');
    assert.equal(Number(end.tracks['cmi.core.score.raw']), Math.round(100 * record.record.score.value) / 100);
    assert.ok(Math.abs(Number(end.grade) - record.record.score.value) < 0.01, `gradebook ${end.grade}, score ${record.record.score.value}`);
    assert.equal(end.completion, 1);
    const told = Object.entries(end.tracks).filter(([name]) => /^cmi\.interactions_\d+\.id$/.test(name)).map(([, id]) => id);
    assert.equal(told.length, expected.steps.length + 2);
    console.log(`Moodle: grade ${end.grade}, theta ${expected.steps.at(-1).theta}, ${items.length} questions`);
});

test('SCORM 2004 in Moodle: taken, played, left, resumed, graded; the level and the answers in words', {timeout: 600000}, async () => {
    const zip = join(work, 'moodle-2004.zip');
    makePackage(zip, '--seed', String(seed), '--format', 'scorm2004');
    const activity = activityOf(zip);
    assert.equal(activity.version, 'SCORM_1.3');
    let {where, page} = await signedIn(browser, activity);
    let frame = await visit(page, activity);
    await press(frame, 'Commencer');
    const items = [await answer(frame, answers), await answer(frame, answers), await answer(frame, answers)];
    await said(frame, 'enregistrée');
    await kill(page);
    ({where, page} = await signedIn(browser, activity));
    frame = await visit(page, activity);
    assert.equal(await screen(frame), 'question');
    items.push(...await play(frame, answers));
    await said(frame, 'enregistrée');
    await page.goto(`${address}/my/`);
    await where.close();
    assert.deepEqual(items, expected.steps.map(({item}) => item));

    const {tracks, grade, completion} = heldOf(activity);
    const call = await engine(join(folder, 'engine.js'));
    call({call: 'open', bundle});
    call({call: 'resume', saved: suspended(tracks['cmi.suspend_data']).session});
    const {record} = call({call: 'record'});
    assert.deepEqual(record.steps.map(({item, theta}) => ({item, theta})), expected.steps);
    assert.deepEqual([tracks['cmi.completion_status'], tracks['cmi.success_status'] ?? 'unknown', completion], ['completed', 'unknown', 1]);
    assert.equal(Number(tracks['cmi.score.raw']), Math.round(100 * record.score.value) / 100);
    assert.ok(Math.abs(Number(grade) - record.score.value) < 0.01, `gradebook ${grade}, score ${record.score.value}`);
    const told = (of) => Object.entries(tracks).filter(([name]) => new RegExp(`^cmi\\.${of}_?\\.?\\d+\\.id$`).test(name)).map(([name, id]) => [id, name.replace(/id$/, '')]);
    assert.equal(told('interactions').length, expected.steps.length + 2, 'each answer once, then theta and its error');
    const level = told('objectives').find(([id]) => id === 'level');
    assert.equal(Number(tracks[`${level[1]}score.raw`]), record.level.number);
    const answered = told('interactions').map(([, base]) => [tracks[`${base}type`], tracks[`${base}learner_response`]]);
    assert.ok(answered.every(([type, text]) => type === 'performance' || text), JSON.stringify(answered));
    assert.ok(answered.some(([type, text]) => type === 'choice' && /^[A-Z][a-z]*_\w+/.test(text)), JSON.stringify(answered));
});

test('the adaptive activity, a package, palier serve and the command line: the same items and theta', {timeout: 600000}, async () => {
    const given = join(work, 'answers.json');
    writeFileSync(given, JSON.stringify(answers));
    // The activity draws its own seed: the others take it.
    const activity = script('path.php', '--plan', files.plan, '--answers', given);
    const line = commandLinePath(bundle, answers, activity.seed);
    assert.deepEqual(activity.steps, line.steps);
    assert.equal(activity.stop, line.stop);
    assert.deepEqual(await packagePath(activity.seed), line.steps);
    assert.deepEqual(await servedPath(activity.seed), line.steps);
    console.log(`four hosts, seed ${activity.seed}: ${line.steps.length} questions, theta ${line.steps.at(-1).theta}`);
});

test('a map of 16 competences in Moodle’s SCORM activity: its competences are objectives there, and not assessed is no zero', {timeout: 600000}, async () => {
    // Fewer questions than competences: some are not assessed.
    const map = mapTest('moodle-map', {min_items: 10, max_items: 10});
    const of = makeBundle(map.made);
    const person = answersOf(of);
    const path = commandLinePath(of, person, seed, map.plan);
    const zip = join(work, 'moodle-map.zip');
    packageOf(map.made, zip, '--seed', String(seed));
    const activity = activityOf(zip);
    const {where, page} = await signedIn(browser, activity);
    const frame = await visit(page, activity);
    await press(frame, 'Commencer');
    assert.deepEqual(await play(frame, person), path.steps.map(({item}) => item));
    assert.equal(await screen(frame), 'result');
    assert.equal(await frame.locator('.map-domain li').count(), 16);
    await said(frame, 'enregistrée');
    await page.goto(`${address}/my/`);
    await where.close();

    const {tracks, grade} = heldOf(activity);
    assert.ok(Math.abs(Number(grade) - path.record.score.value) < 0.01, `gradebook ${grade}, score ${path.record.score.value}`);
    const objectives = Object.fromEntries(Object.entries(tracks).filter(([name]) => /^cmi\.objectives_\d+\.id$/.test(name)).map(([name, id]) =>
        [id, {status: tracks[name.replace(/id$/, 'status')], raw: tracks[name.replace(/id$/, 'score.raw')]}]));
    for (const {id, state, level} of path.record.scales) {
        const told = objectives[`scale-${id.replace('.', '_')}`];
        assert.equal(told.status, state === 'not_assessed' ? 'not attempted' : state === 'measured' && level ? 'completed' : 'incomplete', id);
        assert.equal(told.raw, state === 'measured' && level ? String(level.number) : undefined, id);
    }
    assert.ok(path.record.scales.some(({state}) => state === 'not_assessed'));
});

/** A package made with this seed, played in the browser under scorm-again. */
async function packagePath(from) {
    const zip = join(work, 'four.zip');
    const unpacked = join(work, 'four');
    makePackage(zip, '--seed', String(from));
    rmSync(unpacked, {recursive: true, force: true});
    execFileSync('unzip', ['-q', zip, '-d', unpacked]);
    const lms = await serve(unpacked);
    const where = await context(browser);
    const page = await open(where);
    await page.goto(lms.url);
    const frame = await (await (await (await page.waitForSelector('iframe')).contentFrame()).waitForSelector('iframe')).contentFrame();
    await screen(frame);
    await press(frame, 'Commencer');
    const items = await play(frame, answers);
    await said(frame, 'enregistrée');
    const call = await engine(join(unpacked, 'engine.js'));
    call({call: 'open', bundle});
    call({call: 'resume', saved: suspended(lms.commits.at(-1).cmi.suspend_data).session});
    const {record: {steps}} = call({call: 'record'});
    await where.close();
    await lms.close();
    assert.deepEqual(steps.map(({item}) => item), items);
    return steps.map(({item, theta}) => ({item, theta}));
}

/** `palier serve --demo` with this seed, in the browser; thetas from its statements. */
async function servedPath(from) {
    const server = await palierServe('four', 'level', '--seed', String(from));
    const where = await context(browser);
    const page = await open(where);
    await page.goto(`${server.address}/player/?lang=fr`);
    await screen(page);
    await press(page, 'Commencer');
    const items = await play(page, answers);
    await where.close();
    server.stop();
    const thetas = server.thetas();
    assert.equal(thetas.length, items.length);
    return items.map((item, i) => ({item, theta: thetas[i]}));
}
