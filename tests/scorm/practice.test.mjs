// SPDX-License-Identifier: GPL-3.0-or-later
// A package of a practice, with a theme: what was right is told after each answer, and the page looks as its maker wants.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {accessibilityProblems, answer, context, launch, layoutProblems, open, press, screen} from './support/browser.mjs';
import {answersOf, build, files, madeBy, makeBundle, packageOf, seed, work} from './support/fixture.mjs';

const folder = join(work, 'practice');
const theme = join(work, 'theme.json');
const plan = join(work, 'practice-plan.json');
writeFileSync(plan, JSON.stringify({...JSON.parse(readFileSync(files.plan, 'utf8')), purpose: 'practice'}));
// One pixel.
writeFileSync(join(work, 'logo.png'), Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));
const look = {palier_theme: 1, title: {fr: 'S’entraîner au numérique', en: 'Digital practice'}, description: {fr: 'Pour les agents de la ville.', en: 'For the town’s staff.'},
    logo: 'logo.png', logo_text: {fr: 'Ville', en: 'Town'}, accent: '#7a1fa2', ground: '#fdf6ff'};
const themed = (changes = {}) => {
    writeFileSync(theme, JSON.stringify({...look, ...changes}));
    return ['--theme', theme];
};
const answers = answersOf(makeBundle(madeBy(plan)));
let browser;
before(async () => {
    const zip = join(work, 'practice.zip');
    packageOf(madeBy(plan), zip, '--seed', String(seed), ...themed());
    rmSync(folder, {recursive: true, force: true});
    mkdirSync(folder, {recursive: true});
    execFileSync('unzip', ['-q', zip, '-d', folder]);
    browser = await launch();
});
after(async () => { await browser?.close(); });

test('title, description and logo are on the first screen and in the manifest, colours on the page', async () => {
    const page = await open(await context(browser, {width: 320, height: 700}));
    await page.goto(`file://${folder}/index.html`);
    await page.waitForSelector('.logo');
    assert.equal(await page.textContent('h1'), look.title.fr);
    assert.equal(await page.getAttribute('.logo', 'alt'), 'Ville');
    assert.ok(await page.evaluate(() => document.querySelector('.logo').naturalWidth > 0), 'the picture is there');
    assert.match(await page.textContent('main'), /Pour les agents de la ville\./);
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('button.main')).backgroundColor), 'rgb(122, 31, 162)');
    assert.deepEqual(await accessibilityProblems(page), []);
    assert.deepEqual(await layoutProblems(page), []);
    const manifest = readFileSync(join(folder, 'imsmanifest.xml'), 'utf8');
    assert.match(manifest, /S’entraîner au numérique/);
    assert.match(manifest, /Pour les agents de la ville\./);
    await page.close();
});

test('after each answer what was right is told, by keyboard too, and then the next question comes', async () => {
    const page = await open(await context(browser, {width: 320, height: 700}));
    await page.goto(`file://${folder}/index.html`);
    await press(page, 'Commencer');
    const seen = new Set();
    for (let n = 1; n <= 60; n++) {
        if (await screen(page) === 'calm') {
            await press(page, 'Continuer');
        }
        assert.equal(await screen(page), 'question');
        const item = await answer(page, answers);
        await page.waitForSelector('.verdict');
        const verdict = await page.getAttribute('.verdict', 'class');
        seen.add(verdict);
        assert.equal(verdict.includes(' right'), answers[item].right, `${item}: ${verdict}`);
        assert.match(await page.textContent('h1'), new RegExp(`^Question ${n}\\s: la réponse$`));
        assert.equal(await page.locator('dt', {hasText: 'La bonne réponse'}).count(), answers[item].right ? 0 : 1);
        assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'the focus is on what is told');
        if (seen.size <= 2) {
            assert.deepEqual(await accessibilityProblems(page), []);
            assert.deepEqual(await layoutProblems(page), []);
        }
        const next = page.locator('button.main');
        const last = await next.textContent() === 'Voir le résultat';
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        if (last) {
            assert.equal(await screen(page), 'result');
            break;
        }
    }
    assert.ok(seen.size >= 2, [...seen].join());
    await page.close();
});

test('a theme that cannot be read, or that readers could not read, is refused by its key', () => {
    const refused = (changes, words) => {
        const {status, stderr} = spawnSync(join(build, 'palier'), ['package', ...madeBy(plan), ...themed(changes), join(work, 'no.zip')], {encoding: 'utf8'});
        assert.equal(status, 1);
        assert.match(stderr, words);
    };
    // Yellow on white has 1.07, grey #949494 3.03 (WCAG 2.1, the formula of relative luminance).
    refused({accent: '#ffff00'}, /'accent'.*4\.5 at least against #ffffff; #ffff00 has 1\.1/);
    refused({accent: '#949494'}, /'accent'.*has 3\.0/);
    refused({ground: '#202020'}, /'ground'/);
    refused({accent: 'red'}, /'accent' should be a colour such as/);
    refused({logo: '../logo.png'}, /'logo'/);
    refused({logo: 'theme.json'}, /'logo' should be a PNG/);
    refused({logo_text: null}, /'logo_text'/);
    refused({colour: 'red'}, /unknown key 'colour'/);
    refused({palier_theme: 2}, /palier_theme/);
});
