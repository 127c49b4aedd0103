// SPDX-License-Identifier: GPL-3.0-or-later
// A map of 16 competences as a package: the items and estimates of the command line, to the last bit; 60 questions in an
// LMS whose record is that of SCORM 1.2, taken up again in the middle; what the LMS is told of each competence; and the
// map itself on a small phone, where some competences were not assessed.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {accessibilityProblems, context, itemOnScreen, kill, launch, layoutProblems, open, play, press, screen, shot} from './support/browser.mjs';
import {engine} from './support/engine.mjs';
import {answersOf, build, commandLinePath, makeBundle, mapTest, packageOf, palier, seed, work} from './support/fixture.mjs';
import {serve, suspended} from './support/lms.mjs';

/** A map of so many questions, its bundle, its person and the command line's path. */
function mapOf(id, stop) {
    const made = mapTest(id, stop);
    const bundle = makeBundle(made.made);
    const answers = answersOf(bundle);
    return {id, bundle, answers, ...made, expected: commandLinePath(bundle, answers, seed, made.plan)};
}

const demo = mapOf('map');
const long = mapOf('map-60', {standard_error: 0.01, min_items: 60, max_items: 60});
const short = mapOf('map-10', {min_items: 10, max_items: 10});
const path = ({steps}) => steps.map(({item, scale, thetas, ses}) => ({item, scale, thetas, ses}));

let browser;
before(async () => {
    browser = await launch();
});
after(() => browser?.close());

/** The unpacked package of one of them, served by an LMS. */
async function lmsWith({id, made}) {
    const zip = join(work, `${id}.zip`);
    const folder = join(work, id);
    packageOf(made, zip, '--seed', String(seed));
    rmSync(folder, {recursive: true, force: true});
    mkdirSync(folder, {recursive: true});
    execFileSync('unzip', ['-q', zip, '-d', folder]);
    return serve(folder);
}

async function visit(lms, where) {
    const page = await open(where);
    await page.goto(lms.url);
    const frame = await (await (await (await page.waitForSelector('iframe')).contentFrame()).waitForSelector('iframe')).contentFrame();
    await screen(frame);
    return {page, frame};
}

const said = (frame, text) => frame.waitForFunction((wanted) => document.querySelector('.message')?.textContent.includes(wanted), text);

/** What the engine of a package says of the record that an LMS holds. */
async function readBy(ask, bundle, cmi) {
    const call = await engine(join(build, 'player/engine.js'));
    call({call: 'open', bundle});
    const view = call({call: 'resume', saved: suspended(cmi.suspend_data).session});
    assert.ok(!view.error, JSON.stringify(view.error));
    return call({call: ask})[ask];
}

const recordOf = (bundle, cmi) => readBy('record', bundle, cmi);
const resultOf = (bundle, cmi) => readBy('result', bundle, cmi);

/** Objectives as the LMS holds them: id to status and score. */
function objectivesIn(cmi) {
    const list = Array.isArray(cmi.objectives) ? cmi.objectives : Object.values(cmi.objectives.childArray ?? cmi.objectives);
    return Object.fromEntries(list.filter((one) => one?.id).map(({id, status, score}) => [id, {status, raw: score.raw, max: score.max}]));
}

/** What they should be of a record: docs/player.md. */
function objectivesOf({composites, scales, levels}) {
    const told = {};
    const add = (id, {state, level, level_interval: interval}) => {
        const own = state === 'measured';
        const status = state === 'not_assessed' ? 'not attempted' : own && level ? 'completed' : 'incomplete';
        const score = (value) => ({status, raw: String(value), max: String(levels.last)});
        told[id] = own && level ? score(level.number) : {status, raw: '', max: '100'};
        if (own && interval) {
            told[`${id}-low`] = score(interval[0]);
            told[`${id}-high`] = score(interval[1]);
        }
    };
    add('level', composites.find(({kind}) => kind === 'overall'));
    composites.filter(({kind}) => kind === 'domain').forEach((one) => add(`domain-${one.id}`, one));
    scales.forEach((one) => add(`scale-${one.id.replace('.', '_')}`, one));
    return told;
}

/** The lines of the map on screen. */
const lines = (frame) => frame.locator('.map-domain li').evaluateAll((list) => list.map((line) => ({
    name: line.querySelector('.name').textContent, text: line.querySelector('.told').textContent, bar: line.querySelector('svg') !== null})));

/** The table twin, opened by keyboard. */
async function table(page, frame) {
    await frame.locator('.map-table summary').focus();
    await page.keyboard.press('Enter');
    return frame.locator('.map-table tbody tr:has(th[scope=row])').evaluateAll((list) => list.map((line) => ({
        name: line.children[0].textContent, text: line.children[1].textContent})));
}

test('a package’s engine takes the way of the command line over 16 competences, and palier next and palier score say the same', {timeout: 300000}, async () => {
    const call = await engine(join(build, 'player/engine.js'));
    call({call: 'open', bundle: demo.bundle});
    let view = call({call: 'start', lang: 'fr', seed, context: {}, time: 0});
    for (const {item} of demo.expected.steps) {
        view = view.screen === 'calm' ? call({call: 'go_on', sequence: view.sequence, time: 0}) : view;
        view = call({call: 'answer', sequence: view.sequence, response: demo.answers[item].response, ms: 1000, time: 0});
        assert.equal(view.invalid, null, item);
    }
    assert.equal(view.screen, 'result');
    const {record} = call({call: 'record'});
    assert.deepEqual(path(record), path(demo.expected.record));
    assert.deepEqual(record.scales, demo.expected.record.scales);
    assert.equal(record.stop, demo.expected.stop);

    // palier next, from a log that was cut before a question.
    const {log, steps} = {log: demo.expected.log, steps: demo.expected.steps};
    for (const n of [0, 17]) {
        const asked = log.events.map(({type}, i) => (type === 'asked' ? i : -1)).filter((i) => i >= 0)[n];
        const file = join(work, 'map-log.json');
        writeFileSync(file, JSON.stringify({...log, events: log.events.slice(0, asked)}));
        const next = JSON.parse(palier(['next', ...demo.scored, '--log', file, '--format', 'json']));
        assert.equal(next.next, steps[n].item);
    }
    // palier score, from the answers alone.
    const responses = join(work, 'map-responses.csv');
    writeFileSync(responses, `person,item,response\n${record.steps.map(({item, category}) => `p,${item},${category}\n`).join('')}`);
    const [person] = JSON.parse(palier(['score', ...demo.scored, '--responses', responses, '--format', 'json']));
    for (const {id, theta, se} of record.scales) {
        const scored = person.scales[id];
        assert.ok(Math.abs(scored.theta - theta) < 1e-9, `${id}: ${scored.theta}, ${theta}`);
        assert.ok(Math.abs(scored.se - se) < 1e-9, `${id}: ${scored.se}, ${se}`);
    }
});

test('60 questions in an LMS, a killed tab in the middle: the same items and estimates, a record below 4,096 characters, each competence told', {timeout: 600000}, async () => {
    const lms = await lmsWith(long);
    try {
        let where = await context(browser);
        let {page, frame} = await visit(lms, where);
        await press(frame, 'Commencer');
        const items = await play(frame, long.answers, {most: 30});
        await said(frame, 'enregistrée');
        await kill(page);

        where = await context(browser);
        ({page, frame} = await visit(lms, where));
        assert.equal(await screen(frame), 'question');
        assert.equal(await itemOnScreen(frame, long.answers), long.expected.steps[30].item);
        items.push(...await play(frame, long.answers, {most: 40}));
        assert.equal(await screen(frame), 'result');
        await said(frame, 'enregistrée');
        assert.equal(items.length, 60);
        assert.deepEqual(items, long.expected.steps.map(({item}) => item));

        const {cmi} = lms.commits.at(-1);
        const record = await recordOf(long.bundle, cmi);
        assert.deepEqual(path(record), path(long.expected.record));
        // With every response: nothing had to be left out.
        assert.equal(record.steps.filter(({response}) => response !== null).length, 60);
        const longest = Math.max(...lms.commits.map(({cmi: {suspend_data: text}}) => text.length));
        console.log(`a map of 16 competences: suspend_data ${longest} characters after 60 answers`);
        assert.ok(longest < 4096, `${longest}`);

        assert.deepEqual(objectivesIn(cmi), objectivesOf(record));
        assert.equal(Object.keys(objectivesIn(cmi)).filter((id) => /^scale-\d_\d$/.test(id)).length, 16);
        assert.equal(cmi.core.lesson_status, 'completed');
        assert.equal(Number(cmi.core.score.raw), Math.round(100 * record.score.value) / 100);
        const calls = await page.evaluate(() => window.calls);
        assert.deepEqual(calls.filter(([name, , , answered]) => name === 'LMSSetValue' && answered !== 'true'), []);
        // The sentence of the LMS has the whole map in words, as the page's table says it.
        const shown = await lines(frame);
        assert.equal(shown.length, 16);
        const comment = calls.findLast(([name, element]) => name === 'LMSSetValue' && element === 'cmi.comments')[2];
        const {headline, map} = await resultOf(long.bundle, cmi);
        assert.ok(map.text.length > 0 && comment.startsWith(`${headline}.`) && comment.endsWith(map.text), comment);
        assert.ok(comment.length <= 4096);
        assert.ok(await frame.locator('h2 + ul li').count() > 0, 'what the learner can do now');
        assert.deepEqual(page.problems, []);
        await where.close();

        // A visit later: the same map, its story with 60 lines, and nothing new in the LMS.
        const before = lms.commits.length;
        where = await context(browser);
        ({page, frame} = await visit(lms, where));
        assert.equal(await screen(frame), 'result');
        assert.deepEqual(await lines(frame), shown);
        await press(frame, 'Comprendre ce résultat');
        assert.equal(await frame.locator('.story ol > li').count(), 60);
        await page.goto('about:blank');
        const written = lms.commits.slice(before).flatMap(({values}) => Object.keys(values));
        assert.deepEqual(written.filter((name) => /objectives|interactions|score|comments/.test(name)), []);
        await where.close();
    } finally {
        await lms.close();
    }
});

test('10 questions over 16 competences at 320 pixels: what was not assessed says so, in bars, table and LMS', {timeout: 300000}, async () => {
    const lms = await lmsWith(short);
    try {
        const where = await context(browser, {width: 320, height: 640});
        const {page, frame} = await visit(lms, where);
        await press(frame, 'Commencer');
        assert.deepEqual(await play(frame, short.answers), short.expected.steps.map(({item}) => item));
        assert.equal(await screen(frame), 'result');
        await said(frame, 'enregistrée');
        const good = async (name) => {
            await shot(page, name);
            assert.deepEqual(await accessibilityProblems(frame), [], name);
            assert.deepEqual(await layoutProblems(frame), [], name);
        };
        await good('map-phone');
        const shown = await lines(frame);
        assert.equal(await frame.locator('.map-domain').count(), 5);
        assert.equal(shown.length, 16);
        // A bar for each that has a level, and none for what was not assessed.
        shown.forEach(({text, bar}) => assert.equal(bar, text !== 'non évalué', text));
        assert.deepEqual(await table(page, frame), shown.map(({name, text}) => ({name, text})));
        await good('map-phone-table');

        const {cmi} = lms.commits.at(-1);
        const record = await recordOf(short.bundle, cmi);
        const missing = record.scales.filter(({state}) => state === 'not_assessed').map(({id}) => `scale-${id.replace('.', '_')}`);
        assert.equal(missing.length, shown.filter(({bar}) => !bar).length);
        assert.ok(missing.length > 0 && record.scales.some(({state}) => state === 'reported_as_domain'), `${missing}`);
        const told = objectivesIn(cmi);
        assert.deepEqual(told, objectivesOf(record));
        for (const id of missing) {
            assert.deepEqual([told[id].status, told[id].raw, told[`${id}-low`], told[`${id}-high`]], ['not attempted', '', undefined, undefined], id);
        }
        await press(frame, 'Comprendre ce résultat');
        assert.match(await frame.textContent('figcaption'), /Niveau d’ensemble/);
        await good('map-phone-story');
        assert.deepEqual(page.problems, []);
        await where.close();
    } finally {
        await lms.close();
    }
});
