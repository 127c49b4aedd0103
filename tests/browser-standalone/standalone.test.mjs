// SPDX-License-Identifier: GPL-3.0-or-later
// The stand-alone mode: a learner takes the test, with the player and without scripts; a trainer reads it.
import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {accessibilityProblems} from '../browser/support/axe.mjs';
import {launch, open, site} from '../browser/support/browser.mjs';

let browser;
let hasPlayer = false;
before(async () => {
    browser = await launch();
    hasPlayer = (await fetch(`${site}/player/`)).status === 200;
});
after(() => browser.close());

/** A person's page that may ask this site alone. */
async function person(options = {}) {
    const page = await open(browser, null, options);
    page.on('request', (request) => {
        if (!request.url().startsWith(site) && !request.url().startsWith('data:')) {
            page.problems.push(`asked ${request.url()}`);
        }
    });
    page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('status of 404')) {
            page.problems.push(`console: ${message.text()}`);
        }
    });
    return page;
}

async function good(page, name, {axe = true} = {}) {
    if (process.env.PALIER_SHOTS) {
        mkdirSync(process.env.PALIER_SHOTS, {recursive: true});
        await page.screenshot({path: `${process.env.PALIER_SHOTS}/${name}.png`, fullPage: true});
    }
    if (axe) {
        assert.deepEqual(await accessibilityProblems(page, 'body'), [], name);
    }
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth + 1), `${name} is wider than the screen`);
}

/** Text of a page, its unbreakable spaces as plain ones. */
async function words(page, selector) {
    return (await page.textContent(selector)).replaceAll('\u00a0', ' ');
}

/** Answers the question on screen with the first or second of everything. */
async function fill(page, choice) {
    const form = page.locator('main form');
    const selects = form.locator('select');
    const ordered = await form.locator('select[name^="order."]').count();
    for (let i = 0; i < await selects.count(); i++) {
        await selects.nth(i).selectOption({index: ordered ? 1 + i : 1 + (choice % 2)});
    }
    const ticks = form.locator('input[type=radio], input[type=checkbox]');
    if (await ticks.count()) {
        await ticks.nth(choice % await ticks.count()).check();
    }
    const texts = form.locator('input[type=text]');
    if (await texts.count()) {
        await texts.first().fill('12');
    }
}

async function press(page, what) {
    await Promise.all([page.waitForNavigation(), page.locator(`button[name=do][value=${what}]`).click()]);
}

/** Where it goes badly there is a calm choice: four equal ways. Goes on; whether it was there. */
async function calmly(page, look = async () => {}) {
    if (!await page.locator('ul.choices').count()) {
        return false;
    }
    assert.equal(await page.locator('ul.choices button').count(), 4);
    await look();
    await press(page, 'go_on');
    return true;
}

for (const [width, height, lang] of [[1280, 800, 'fr'], [320, 640, 'fr'], [320, 640, 'en']]) {
    test(`without scripts: a whole test at ${width} pixels in ${lang}`, {timeout: 240000}, async () => {
        // axe needs scripts to run in the page: the pages have none, so that drawing them is the same.
        const page = await person({width, height, lang});
        const shot = (name) => good(page, `${width}-${lang}-${name}`);
        await page.goto(`/?lang=${lang}`);
        assert.match(await words(page, 'main'), lang === 'fr' ? /sans Moodle/ : /without Moodle/);
        assert.match(await words(page, 'main'), /packaging\/demo --download/);
        await shot('start');
        await page.goto(`/test?lang=${lang}`);
        await shot('before');
        await page.fill('#name', 'Noé');
        await press(page, 'begin');
        await press(page, 'answer');
        assert.equal(await page.locator('[role=alert]').count() + await page.locator('select[name^="order."]').count() > 0, true);
        await shot('incomplete');
        await press(page, 'pause');
        await shot('pause');
        await press(page, 'go_on');
        let progress = 0;
        const kinds = new Set();
        let steps = 0;
        for (; await page.locator('button[value=unknown]').count() && steps < 60; steps++) {
            const now = Number(await page.getAttribute('progress', 'value'));
            assert.ok(now >= progress, 'the bar never goes back');
            progress = now;
            const kind = await page.evaluate(() => [...document.querySelectorAll('main form select, main form input:not([type=hidden])')].map((e) => e.type + (e.name || '').split('.')[0])[0]);
            if (!kinds.has(kind)) {
                kinds.add(kind);
                await shot(`question-${kind}`);
            }
            await fill(page, steps % 3);
            await press(page, 'answer');
            if (await page.locator('[role=alert]').count()) {
                await press(page, 'unknown');
            }
            if (await calmly(page, () => shot('calm'))) {
                continue;
            }
            if (!await page.locator('[role=alert]').count() && await page.locator('button[value=unknown]').count()) {
                assert.match(await words(page, '.saved'), lang === 'fr' ? /Réponse enregistrée/ : /Answer saved/);
            }
        }
        assert.match(await words(page, 'h1'), lang === 'fr' ? /^Votre niveau d’ensemble : / : /^Your overall level: /);
        assert.match(await words(page, 'main'), lang === 'fr' ? /chances sur dix/ : /chances in ten/);
        await shot('result');
        await Promise.all([page.waitForNavigation(), page.click('main a.button')]);
        await shot('story');
        assert.ok(await page.locator('.story li').count() >= 6);
        assert.doesNotMatch(await words(page, 'main'), /theta|échec|faible|failed/i);
        assert.deepEqual(page.problems, []);
        await page.context().close();
    });
}

test('without scripts means without: a test is taken with JavaScript off', {timeout: 120000}, async () => {
    const page = await person({javaScriptEnabled: false});
    await page.goto('/test?lang=fr');
    await press(page, 'begin');
    let calm = 0;
    for (let steps = 0; await page.locator('button[value=unknown]').count() && steps < 60; steps++) {
        await press(page, 'unknown');
        calm += await calmly(page);
    }
    assert.ok(calm > 0, 'nothing was known, and no calm choice came');
    assert.match(await words(page, 'h1'), /Votre niveau/);
    await page.context().close();
});

test('the keyboard is enough', {timeout: 120000}, async () => {
    const page = await person();
    await page.goto('/test?lang=fr');
    await page.focus('button[value=begin]');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    for (let i = 0; i < 40 && !await page.evaluate(() => document.activeElement?.value === 'unknown'); i++) {
        await page.keyboard.press('Tab');
    }
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.match(await words(page, 'h1'), /Question 2/);
    await page.context().close();
});

for (const [width, height, lang] of [[1280, 800, 'fr'], [320, 640, 'en']]) {
    test(`the trainer reads what happened at ${width} pixels in ${lang}`, {timeout: 120000}, async () => {
        const page = await person({width, height, lang});
        await page.goto(`/trainer?lang=${lang}`);
        await good(page, `${width}-${lang}-trainer-key`);
        await page.fill('#key', 'not the key');
        await Promise.all([page.waitForNavigation(), page.click('main button')]);
        assert.equal(await page.locator('[role=alert]').count(), 1);
        page.problems.length = 0;
        await page.fill('#key', process.env.PALIER_TRAINER_KEY);
        await Promise.all([page.waitForNavigation(), page.click('main button')]);
        await good(page, `${width}-${lang}-trainer`);
        const text = await words(page, 'main');
        assert.match(text, lang === 'fr' ? /Noé a répondu («\s[^»]+\s» )?à «\s/ : /Noé answered (“[^”]+” to )?“/);
        assert.match(text, lang === 'fr' ? /Niveau estimé : \d/ : /Estimated level: \d/);
        await page.check('input[name=final]');
        await Promise.all([page.waitForNavigation(), page.click('.filters button')]);
        assert.match(page.url(), /final=1/);
        assert.match(await words(page, '.attempt'), lang === 'fr' ? /a un résultat : niveau/ : /has a result: level/);
        await good(page, `${width}-${lang}-trainer-results`);
        await Promise.all([page.waitForNavigation(), page.locator('.attempt a').first().click()]);
        assert.match(await words(page, 'pre'), /"actor"/);
        await good(page, `${width}-${lang}-trainer-json`);
        assert.deepEqual(page.problems, []);
        await page.context().close();
    });
}

for (const [width, height, lang] of [[1280, 800, 'fr'], [320, 640, 'en']]) {
    test(`with the player: from the first page to the story at ${width} pixels in ${lang}`, {timeout: 240000}, async (t) => {
        if (!hasPlayer) {
            t.skip('the player was not built');
            return;
        }
        const page = await person({width, height, lang});
        await page.goto(`/?lang=${lang}`);
        await Promise.all([page.waitForNavigation(), page.locator('.card a.button').first().click()]);
        assert.match(page.url(), /\/player\//);
        const word = (fr, en) => page.getByRole('button', {name: lang === 'fr' ? fr : en, exact: true});
        await word('Commencer', 'Begin').waitFor();
        await good(page, `${width}-${lang}-player-before`);
        await word('Commencer', 'Begin').click();
        const unknown = word('Je ne sais pas', 'I don’t know');
        const end = word('Comprendre ce résultat', 'Understand this result');
        await unknown.waitFor();
        await good(page, `${width}-${lang}-player-question`);
        let steps = 0;
        const goOn = word('Continuer', 'Go on');
        for (; steps < 60; steps++) {
            await unknown.or(goOn).or(end).first().waitFor();
            if (await end.count()) {
                break;
            }
            const before = await page.textContent('main');
            // The answer before may just have come in: then another screen takes the place of the button.
            await (await goOn.count() ? goOn : unknown).click({timeout: 5000}).catch(() => {});
            await page.waitForFunction((old) => document.querySelector('main').textContent !== old && !document.querySelector('[aria-busy=true]'), before);
        }
        await end.waitFor();
        assert.match(await words(page, 'main'), lang === 'fr' ? /Votre niveau d’ensemble : / : /Your overall level: /);
        await good(page, `${width}-${lang}-player-result`);
        await end.click();
        await page.waitForFunction((sentence) => document.querySelector('main').textContent.includes(sentence), lang === 'fr' ? 'Une ligne par question' : 'One line for each question');
        await good(page, `${width}-${lang}-player-story`);
        // The way back after closing the page: the attempt is the server's.
        await page.goto('/player/');
        await end.waitFor();
        assert.deepEqual(page.problems.filter((problem) => !/404 .*attempts\/current/.test(problem)), []);
        await page.context().close();
    });
}
