// SPDX-License-Identifier: GPL-3.0-or-later
// The stand-alone mode: a learner takes the test, with the player and without scripts; a trainer reads it.
import assert from 'node:assert/strict';
import {mkdirSync, readFileSync} from 'node:fs';
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

        // An attempt that ended, as a story: the curve, and its table that says the same.
        await page.goto(`/trainer?lang=${lang}&final=1`);
        await Promise.all([page.waitForNavigation(), page.locator('.attempt > p a').first().click()]);
        assert.match(page.url(), /\/trainer\/attempt\?/);
        assert.match(await words(page, '.notice'), lang === 'fr' ? /^Le test s’est arrêté/ : /^The test stopped/);
        const points = await page.locator('.curve .dot').count();
        assert.ok(points > 2);
        assert.equal(await page.locator('.scroll tbody tr').count(), points);
        assert.match(await words(page, '.scroll tbody'), lang === 'fr' ? /\d,\d\d/ : /\d\.\d\d/);
        await good(page, `${width}-${lang}-trainer-story`);

        // By the keyboard alone: a filter is chosen, and the page has what it lets through.
        await page.goto(`/trainer?lang=${lang}`);
        await page.focus('#question');
        await page.keyboard.press('ArrowDown');
        const question = await page.locator('#question option:checked').textContent();
        await page.focus('#level');
        await page.keyboard.type('20');
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
        assert.match(page.url(), /question=.+level=20/);
        // A statement names a question in the language of its attempt; what it is about is the same.
        const about = await page.locator('#question option:checked').getAttribute('value');
        const rows = await (await page.request.get(await page.locator('a[href*="statements.json"]').getAttribute('href'))).json();
        assert.ok(rows.length > 0);
        assert.equal(await page.locator('.sentence').count(), rows.length);
        assert.deepEqual([...new Set(rows.map((row) => row.object.id))], [about]);
        assert.equal(await page.locator('#question option:checked').textContent(), question);
        await good(page, `${width}-${lang}-trainer-question`);
        assert.deepEqual(page.problems, []);
        await page.context().close();
    });
}

for (const [width, height, lang] of [[1280, 800, 'en'], [320, 640, 'fr']]) {
    test(`an administrator reads who read, and sends statements on, at ${width} pixels in ${lang}`, {timeout: 120000}, async () => {
        const page = await person({width, height, lang});
        const enter = async (address) => {
            await page.goto(`${address}?lang=${lang}`);
            await page.fill('input[name=key]', process.env.PALIER_XAPI_KEY);
            await page.fill('input[name=secret]', process.env.PALIER_XAPI_SECRET);
            await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
        };
        await enter('/trainer');
        await Promise.all([page.waitForNavigation(), page.locator('a[href^="/trainer/readings"]').click()]);
        assert.match(await words(page, '.scroll'), /\/trainer\/attempt/);
        await good(page, `${width}-${lang}-trainer-readings`);

        await enter('/keys');
        await good(page, `${width}-${lang}-keys`);
        await page.goto(`/keys/forwarding?lang=${lang}`);
        await page.fill('input[name=name]', `ministry-${width}`);
        await page.fill('input[name=to]', 'http://127.0.0.1:9/xapi');
        await page.fill('input[name=key]', 'there');
        await page.fill('input[name=secret]', 'not to be seen');
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
        assert.match(await words(page, 'table'), new RegExp(`ministry-${width}`));
        assert.doesNotMatch(await page.content(), /not to be seen/);
        await good(page, `${width}-${lang}-forwarding`);
        // The button may have to be pressed again where the store was sending at that moment, which the page says.
        const paused = /est en pause|is paused/;
        for (const [what, isPaused] of [['pause', true], ['go-on', false]]) {
            for (let tries = 0; tries < 20 && await page.locator(`form[action*="forwarding/${what}"]`).count(); tries++) {
                await Promise.all([page.waitForNavigation(), page.locator(`form[action*="forwarding/${what}"] button`).click()]);
            }
            await page.goto(`/keys/forwarding?lang=${lang}`);
            assert.equal(paused.test(await words(page, 'table')), isPaused, what);
            assert.equal(await page.locator('form[action*="forwarding/go-on"]').count(), isPaused ? 1 : 0);
            assert.equal(await page.locator('form[action*="forwarding/pause"]').count(), isPaused ? 0 : 1);
        }
        await Promise.all([page.waitForNavigation(), page.locator('form[action*="forwarding/remove"] button').click()]);

        await page.goto(`/keys/retention?lang=${lang}`);
        await page.fill('input[name=days]', '730');
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
        assert.match(await words(page, 'table'), /730/);
        await good(page, `${width}-${lang}-retention`);
        await Promise.all([page.waitForNavigation(), page.locator('form[action*="retention/remove"] button').click()]);
        assert.equal(await page.locator('table').count(), 0);

        // A store of an organisation: its first key opens its page of keys, and it goes again.
        const store = `north-${width}`;
        page.problems.length = 0;
        await page.goto(`/keys/stores?lang=${lang}`);
        await good(page, `${width}-${lang}-stores-none`);
        await page.fill('input[name=name]', store);
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
        await good(page, `${width}-${lang}-stores`);
        const [key, secret] = [await page.textContent('#key'), await page.textContent('#secret')];
        await page.goto(`/stores/${store}/keys?lang=${lang}`);
        await page.fill('input[name=key]', key);
        await page.fill('input[name=secret]', secret);
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
        assert.match(await words(page, 'table'), new RegExp(key));
        assert.equal(await page.locator('a[href*="/stores?"]').count(), 0);
        await page.goto(`/keys/stores?lang=${lang}`);
        await Promise.all([page.waitForNavigation(), page.locator(`form[action*="stores/remove"] button[value="${store}"]`).click()]);
        assert.equal(await page.locator('[role=status]').count(), 1);
        assert.equal(await page.locator(`button[value="${store}"]`).count(), 0);
        assert.deepEqual(page.problems, []);
        await page.context().close();
    });
}

for (const [width, height, lang] of [[1280, 800, 'en'], [320, 640, 'fr']]) {
    test(`the trainer makes a package of the test at ${width} pixels in ${lang}`, {timeout: 240000}, async () => {
        const page = await person({width, height, lang});
        const said = (fr, en) => lang === 'fr' ? fr : en;
        await page.goto(`/trainer/packages?lang=${lang}`);
        assert.equal(await page.locator('#standard').count(), 0, 'without the key there is nothing to choose');
        page.problems.length = 0;
        await page.fill('#key', process.env.PALIER_TRAINER_KEY);
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
        await Promise.all([page.waitForNavigation(), page.locator('a[href^="/trainer/packages"]').click()]);
        assert.match(await words(page, 'h1'), said(/^Paquets pour d’autres plateformes$/, /^Packages for other platforms$/));
        assert.match(await words(page, '.notice'), said(/peut lire les questions et leurs réponses/, /can read the questions and their answers/));
        await good(page, `${width}-${lang}-packages`);
        if (!await page.locator('main form').count()) {
            assert.match(await words(page, '.invalid'), /--player/, 'only a server without the whole player makes none');
            return;
        }
        assert.match(await words(page, '#standard'), said(/Page web \(un site, une clé USB\)/, /Web page \(a site, a USB stick\)/));
        // By the keyboard alone: the last of the standards, then the button.
        await page.focus('#standard');
        await page.keyboard.press('End');
        await page.keyboard.press('Tab');
        const [download] = await Promise.all([page.waitForEvent('download', {timeout: 200000}), page.keyboard.press('Enter')]);
        assert.equal(download.suggestedFilename(), 'demo-map-web.zip');
        const bytes = readFileSync(await download.path());
        assert.equal(bytes.subarray(0, 4).toString('latin1'), 'PK\u0003\u0004');
        assert.ok(bytes.includes('test.js') && bytes.includes('index.html') && !bytes.includes('imsmanifest.xml'));
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
