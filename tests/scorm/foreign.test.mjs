// SPDX-License-Identifier: GPL-3.0-or-later
// A package of questions that others wrote, opened from the disk: formulas, gaps of several kinds, sounds and documents are
// there, no policy stands against them, and a learner of a third language gets the questions in it.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {accessibilityProblems, context, launch, layoutProblems, open, screen} from './support/browser.mjs';
import {palier, work} from './support/fixture.mjs';
import {serve} from './support/lms.mjs';

const folder = join(work, 'foreign');
const question = (type, id, text, rest, files = '') => `<question type="${type}"><name><text>${id}</text></name><questiontext format="html"><text><![CDATA[${text}]]></text>${files}</questiontext><idnumber>${id}</idnumber>${rest}</question>\n`;
const truth = '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>';
const file = (name, base64) => `<file name="${name}" path="/" encoding="base64">${base64}</file>`;
// A wave of 800 silent samples.
const wave = Buffer.concat([Buffer.from('RIFF\x44\x03\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x20\x03\0\0', 'latin1'), Buffer.alloc(800, 128)]);
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const picture = '<p><img src="@@PLUGINFILE@@/dot.png" alt="A dot"/></p>';
const texts = {
    en: question('cloze', 'gaps', '<p>\\(\\frac{x}{2}=3\\), so x = {1:NM:=6:0}, it is {1:MCV:odd~=even}, and {1:SA:=six}.</p>' + picture, '', file('dot.png', dot))
        + question('truefalse', 'sound', '<p>Listen to <a href="@@PLUGINFILE@@/a.wav">the message</a>, then read <a href="@@PLUGINFILE@@/a.pdf">the leaflet</a>. <u>Go</u>.</p>' + picture, truth,
            file('dot.png', dot) + file('a.wav', wave.toString('base64')) + file('a.pdf', 'JVBERi0xLjQKJSVFT0YK')),
    'pt-BR': question('truefalse', 'gaps', '<p>O gelo é frio.</p>', truth) + question('truefalse', 'sound', '<p>O fogo é quente.</p>', truth),
};
let browser;
before(async () => {
    rmSync(folder, {recursive: true, force: true});
    mkdirSync(folder, {recursive: true});
    writeFileSync(join(folder, 'bank.csv'), 'item,b\ngaps,-1\nsound,3\n');
    writeFileSync(join(folder, 'plan.json'), '{"palier_plan": 1, "stop": {"max_items": 2}}');
    for (const [language, xml] of Object.entries(texts)) {
        writeFileSync(join(folder, `${language}.xml`), `<quiz>\n${xml}</quiz>`);
    }
    palier(['package', '--bank', join(folder, 'bank.csv'), '--plan', join(folder, 'plan.json'), '--seed', '1', '--title', 'en=Ice', '--title', 'pt-BR=Gelo',
        ...Object.keys(texts).flatMap((language) => ['--questions', `${language}=${join(folder, `${language}.xml`)}`]), join(folder, 'test.zip')]);
    execFileSync('unzip', ['-q', join(folder, 'test.zip'), '-d', join(folder, 'package')]);
    browser = await launch();
});
after(() => browser.close());

async function begun(more) {
    const where = await context(browser, {lang: 'en', ...more});
    const page = await open(where);
    await page.goto(`file://${folder}/package/index.html`);
    await screen(page);
    await page.click('button.main');
    await page.waitForSelector('.prompt');
    return {page, close: () => where.close()};
}

for (const width of [1280, 320]) {
    test(`formulas, gaps, sounds and documents are on the page at ${width} pixels`, async () => {
        const {page, close} = await begun({width});
        await page.waitForSelector('.prompt math mfrac');
        assert.deepEqual(await accessibilityProblems(page), []);
        assert.deepEqual(await layoutProblems(page), []);
        await page.fill('input.gap.number', '6');
        await page.check('.gap-choices label:nth-child(2) input');
        await page.fill('input.gap.line', 'Six');
        await page.click('form button.main');
        await page.waitForSelector('.prompt audio');
        const audio = page.locator('.prompt audio');
        await audio.evaluate((element) => new Promise((done, fail) => {
            element.addEventListener('loadedmetadata', done);
            element.addEventListener('error', () => fail(element.error));
            element.load();
        }));
        assert.equal(await page.textContent('.prompt u'), 'Go');
        // The document opens beside the test, which stays where it is.
        const link = page.locator('.prompt a[target=_blank]');
        assert.match(await link.getAttribute('href'), /^media\/[0-9a-f]{20}\.pdf$/);
        const other = page.context().waitForEvent('page');
        await link.click();
        await (await other).close();
        assert.equal(await page.locator('.prompt audio').count(), 1);
        assert.deepEqual(await accessibilityProblems(page), []);
        // axe asks for the style sheet again, which a page from the disk may not.
        assert.deepEqual(page.problems.filter((problem) => !/player\.css|net::ERR_FAILED/.test(problem)), []);
        await close();
    });
}

test('files of questions are files of the package, each once, and shown where a policy allows no data in addresses', async () => {
    const media = readdirSync(join(folder, 'package/media'));
    assert.deepEqual(media.map((name) => name.replace(/^[0-9a-f]{20}/, '')).sort(), ['.pdf', '.png', '.wav']);
    assert.ok(readFileSync(join(folder, 'package/media', media.find((name) => name.endsWith('.png')))).equals(Buffer.from(dot, 'base64')));
    assert.doesNotMatch(readFileSync(join(folder, 'package/test.js'), 'utf8'), /"base64"/);
    const manifest = readFileSync(join(folder, 'package/imsmanifest.xml'), 'utf8');
    media.forEach((name) => assert.ok(manifest.includes(`<file href="media/${name}"/>`), name));
    const lms = await serve(join(folder, 'package'));
    const where = await context(browser, {lang: 'en'});
    const page = await open(where);
    await page.goto(`${lms.url}package/index.html`);
    await screen(page);
    await page.click('button.main');
    const image = await page.waitForSelector('.prompt img');
    assert.ok(await image.evaluate((element) => element.decode().then(() => element.naturalWidth)) > 0);
    assert.deepEqual(page.problems, []);
    await where.close();
    await lms.close();
});

test('a learner of a third language has the questions in it, with the nearest words', async () => {
    const {page, close} = await begun({locale: 'pt-PT'});
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    assert.equal(await page.getAttribute('.prompt', 'lang'), 'pt-BR');
    assert.match(await page.textContent('.prompt'), /O (gelo|fogo)/);
    await close();
});

test('questions are in the first language of the test for whoever has none of it', async () => {
    const {page, close} = await begun({locale: 'de-DE'});
    assert.equal(await page.getAttribute('.prompt', 'lang'), 'en');
    await close();
});
