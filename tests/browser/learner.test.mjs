// SPDX-License-Identifier: GPL-3.0-or-later
// A learner takes the test: on a desk, on a phone, by keyboard alone, on two devices.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {accessibilityProblems} from './support/axe.mjs';
import {demo, launch} from './support/browser.mjs';
import {answerWith, begin, fresh, go, learner, log, press, questionNumber, shot, stopHere} from './support/learner.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const [first, second] = demo.newlearners ?? demo.learners.slice(-2);

for (const [width, height, lang] of [[1280, 800, 'fr'], [360, 740, 'fr'], [360, 740, 'en']]) {
    test(`a whole test at ${width} pixels in ${lang}, from the first page to the story`, {timeout: 240000}, async () => {
        const page = await learner(browser, first, {width, height, lang});
        const good = async (name) => {
            assert.deepEqual(await accessibilityProblems(page), [], name);
            await shot(page, `${width}-${lang}-${name}`);
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth + 1),
                `${name} is wider than the screen`);
        };
        await fresh(page);
        await good('before');
        await begin(page);
        assert.equal(await questionNumber(page), 1);
        await good('question');
        assert.equal(await page.locator('.que .correct, .que .incorrect, .que .feedback, .que .outcome').count(), 0);

        // An ordering has an order from the start: there is nothing incomplete about it.
        if (await page.locator('.que.multichoice, .que.truefalse, .que.shortanswer, .que.numerical, .que.match').count()) {
            await press(page, 'answer');
            assert.equal(await questionNumber(page), 1);
            await good('incomplete');
            assert.equal(await page.locator('#palier-invalid[role=alert]').count(), 1);
        }

        let doubt = 0;
        let steps = 0;
        let saved = false;
        for (; page.url().includes('attempt.php') && steps < 60; steps++) {
            if (await page.locator('.palier-calm').count()) {
                await good('calm');
                await press(page, 'resume');
                saved = false;
                continue;
            }
            const now = Number(await page.getAttribute('.palier-doubt [role=progressbar]', 'aria-valuenow'));
            assert.ok(now >= doubt, `the bar went back from ${doubt} to ${now}`);
            doubt = now;
            if (saved) {
                assert.match(await page.textContent('[role=status]#palier-status'), lang === 'fr' ? /Réponse à la question \d+ enregistrée/ : /Answer to question \d+ saved/);
            }
            if (steps < 3) {
                await good(`question-${steps}`);
            }
            await answerWith(page, steps % 3);
            saved = true;
        }
        assert.match(page.url(), /result\.php/);
        await good('result');
        const headline = await page.textContent('.palier-headline');
        assert.match(headline, lang === 'fr' ? /^Votre niveau\s: / : /^Your level: /);
        assert.match(await page.textContent('.palier-margin'), lang === 'fr' ? /chances sur dix/ : /chances in ten/);
        assert.match(await page.textContent('.palier-result'), lang === 'fr' ? /Provisoire/ : /Provisional/);
        const events = await log(page);
        await go(page, () => page.click('.palier-result .btn-primary'));
        await page.waitForLoadState('networkidle');
        await good('story');
        const answered = events.filter((event) => ['answered', 'unknown'].includes(event.type)).length;
        assert.equal(await page.locator('.palier-lines li').count(), answered);
        assert.doesNotMatch(await page.textContent('.palier-story'), /theta|échec|faible|failed/i);
        assert.deepEqual(page.problems, []);
        await page.context().close();
    });
}

test('the keyboard is enough', {timeout: 120000}, async () => {
    const page = await learner(browser, second);
    await fresh(page);
    const focus = async (selector) => {
        const passed = [];
        for (let i = 0; i < 120; i++) {
            await page.keyboard.press('Tab');
            passed.push(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 60)));
            if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
                const outline = await page.evaluate(() => {
                    const style = getComputedStyle(document.activeElement);
                    return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
                });
                assert.ok(outline, `no visible focus on ${selector}`);
                return;
            }
        }
        assert.fail(`the keyboard does not reach ${selector}, but ${passed.join(' ')}`);
    };
    await focus('.palier-home .btn-primary');
    await go(page, () => page.keyboard.press('Enter'));
    const number = await questionNumber(page);
    // Items to put in order are moved by what core's script makes of them.
    await focus('.que .formulation :is(input:not([type=hidden]), select, textarea, button, [tabindex="0"])');
    const type = await page.evaluate(() => document.activeElement.type);
    await (type === 'text' ? page.keyboard.type('12') : page.keyboard.press('Space'));
    await focus('button[value=unknown]');
    await go(page, () => page.keyboard.press('Enter'));
    assert.equal(await questionNumber(page), number + 1);
    await focus('button[value=pause]');
    await go(page, () => page.keyboard.press('Enter'));
    assert.match(page.url(), /view\.php/);
    await stopHere(page);
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('controls are at least 24 pixels', async () => {
    const page = await learner(browser, second, {width: 360, height: 740});
    await fresh(page);
    await begin(page);
    for (const control of await page.locator('.palier button, .palier input:not([type=hidden]):not([aria-hidden=true]), .palier select').all()) {
        const box = await control.boundingBox();
        assert.ok(box.width >= 24 && box.height >= 24, `${await control.evaluate((e) => e.outerHTML)}: ${JSON.stringify(box)}`);
    }
    await stopHere(page);
    await page.context().close();
});

test('reload, back and two tabs leave one answer for each question', {timeout: 120000}, async () => {
    const page = await learner(browser, second);
    await fresh(page);
    await begin(page);
    const text = await page.textContent('.que');
    await page.reload();
    await page.reload();
    assert.equal(await page.textContent('.que'), text, 'a reload shows the same question in the same order');

    const tab = await page.context().newPage();
    await tab.goto(page.url());
    await press(page, 'unknown');
    assert.equal(await questionNumber(page), 2);
    await press(tab, 'unknown');
    assert.equal(await questionNumber(tab), 2);
    assert.match(await tab.textContent('body'), /Cette réponse était déjà enregistrée/);
    await tab.close();

    await press(page, 'unknown');
    assert.equal(await questionNumber(page), 3);
    await page.goBack();
    if (await page.locator('button[value=unknown]').count() && await questionNumber(page) < 3) {
        await press(page, 'unknown');
        assert.match(await page.textContent('body'), /Cette réponse était déjà enregistrée/);
    }
    await page.goto(page.url());
    assert.equal(await questionNumber(page), 3);
    await page.reload();
    await stopHere(page);
    const events = await log(page);
    assert.deepEqual(events.map((event) => event.type), ['started', 'asked', 'unknown', 'asked', 'unknown', 'asked', 'stopped']);
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('a pause here, the rest on another device', {timeout: 120000}, async () => {
    const desk = await learner(browser, second);
    await fresh(desk);
    await begin(desk);
    await press(desk, 'unknown');
    const item = await desk.textContent('.que .qtext');
    await press(desk, 'pause');
    assert.match(desk.url(), /view\.php/);
    assert.match(await desk.textContent('body'), /Vos réponses sont gardées/);

    const phone = await learner(browser, second, {width: 360, height: 740});
    await phone.goto(demo.tests.fr.view);
    await begin(phone);
    assert.equal(await phone.textContent('.que .qtext'), item);
    await press(phone, 'unknown');
    assert.equal(await questionNumber(phone), 3);

    await desk.goto(demo.tests.fr.view);
    await begin(desk);
    assert.equal(await questionNumber(desk), 3);
    await stopHere(desk);
    const types = (await log(desk)).map((event) => event.type);
    assert.deepEqual(types.filter((type) => ['paused', 'resumed'].includes(type)), ['paused', 'resumed']);
    await phone.reload();
    assert.match(phone.url(), /result\.php/);
    await desk.context().close();
    await phone.context().close();
});

test('a question is reported without leaving it, and taken back', async () => {
    const page = await learner(browser, second, {width: 360, height: 740});
    await fresh(page);
    await begin(page);
    const question = await page.textContent('.que .qtext');
    await page.click('.palier-flag summary');
    await page.fill('#palier-comment', '<b>Deux</b> réponses sont justes.');
    assert.deepEqual(await accessibilityProblems(page), []);
    await shot(page, '360-fr-report');
    await press(page, 'flag');
    assert.match(await page.textContent('body'), /Les formateurs verront ce signalement/);
    assert.equal(await page.textContent('.que .qtext'), question);
    assert.match(await page.textContent('.palier-flag summary'), /Signalée/);
    await page.click('.palier-flag summary');
    await press(page, 'unflag');
    assert.match(await page.textContent('body'), /Le signalement est retiré/);
    assert.match(await page.textContent('.palier-flag summary'), /Signaler/);
    await stopHere(page);
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('nobody opens the page of another person', async () => {
    const page = await learner(browser, second);
    await fresh(page);
    await begin(page);
    const address = page.url();
    const other = await learner(browser, first);
    await other.goto(address);
    assert.match(await other.textContent('body'), /Cette page appartient à une autre personne/);
    await stopHere(page);
    const result = page.url();
    await other.goto(result);
    assert.match(await other.textContent('body'), /Cette page appartient à une autre personne/);
    await page.context().close();
    await other.context().close();
});
