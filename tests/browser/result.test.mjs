// SPDX-License-Identifier: GPL-3.0-or-later
// What a learner gets: an end when it is known, a result that leads on, its story, sharing, and a practice that trains.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {accessibilityProblems} from './support/axe.mjs';
import {demo, launch, open} from './support/browser.mjs';
import {answerWith, begin, fresh, go, learner, press, questionNumber, shot, stopHere} from './support/learner.mjs';
import {settings} from './support/teacher.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const [first, second] = demo.newlearners ?? demo.learners.slice(-2);
const cmid = demo.tests.fr.cmid;

/** No violation, and nothing wider than the screen: at this width, and at 320 pixels. */
async function good(page, name) {
    assert.deepEqual(await accessibilityProblems(page), [], name);
    await shot(page, name);
    const size = page.viewportSize();
    for (const width of [size.width, 320]) {
        await page.setViewportSize({...size, width});
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth + 1),
            `${name} is wider than ${width} pixels`);
    }
    await page.setViewportSize(size);
}

/** "I do not know" until the test ends. */
async function knowNothing(page) {
    let asked = 0;
    for (; page.url().includes('attempt.php') && asked < 40;) {
        if (await page.locator('.palier-calm').count()) {
            await press(page, 'resume');
            continue;
        }
        asked++;
        await press(page, 'unknown');
    }
    return asked;
}

test('what comes next is written in a form and read below the result', {timeout: 300000}, async () => {
    const teacher = await open(browser, 'admin', {lang: 'en', width: 1280});
    await teacher.goto(`/mod/palier/nextsteps.php?id=${cmid}`);
    await teacher.evaluate(() => document.querySelectorAll('.collapse').forEach((one) => one.classList.add('show')));
    await teacher.fill('[name="description[0]"]', 'On découvre l’écran et la souris.');
    await teacher.fill('[name="text[0]"]', 'Venez à l’atelier du mardi.');
    await teacher.selectOption('[name="kind[1]"]', 'person');
    await teacher.fill('[name="text[1]"]', 'Parlez-en à');
    await teacher.selectOption('[name="userid[1]"]', {index: 1});
    await go(teacher, () => teacher.click('#id_submitbutton'));
    assert.match(await teacher.textContent('body'), /Changes saved/);
    assert.equal(await teacher.inputValue('[name="text[0]"]'), 'Venez à l’atelier du mardi.');
    await teacher.context().close();

    const page = await learner(browser, first, {width: 360, height: 740});
    await fresh(page);
    await good(page, '360-fr-retake');
    const again = await page.locator('.palier-results li').count();
    if (again) {
        assert.match(await page.textContent('.palier-about'), /meilleur résultat compte/);
    }
    await begin(page);
    const asked = await knowNothing(page);
    assert.ok(asked >= 6 && asked <= 10, `a beginner was asked ${asked} questions`);
    assert.match(page.url(), /result\.php/);
    await good(page, '360-fr-result-beginner');
    const text = await page.textContent('.palier-result');
    assert.match(text, /Premiers pas/);
    assert.match(text, /On découvre l’écran et la souris\./);
    assert.match(text, /Venez à l’atelier du mardi\./);
    assert.match(text, /Parlez-en à/);
    const bars = await page.locator('.palier-map li').evaluateAll((all) => all.map((bar) =>
        [bar.classList.contains('mine'), Number(bar.querySelector('.palier-percent').textContent.match(/\d+/)[0])]));
    const most = Math.max(...bars.map(([, percent]) => percent));
    assert.deepEqual(bars.filter(([mine]) => mine).map(([, percent]) => percent), [most]);
    // By keyboard: what the levels mean opens.
    await page.focus('.palier-levels summary');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.palier-levels[open] li').count(), 9);

    await go(page, () => page.click('.palier-result .btn-primary'));
    await page.waitForLoadState('networkidle');
    await good(page, '360-fr-story-beginner');
    const story = await page.textContent('.palier-story');
    assert.doesNotMatch(story, /sur 8/, 'level 0 is no mark');
    assert.equal(story.match(/s’est arrêté/g).length, 1, 'one reason');
    assert.doesNotMatch(story, /\d,\d/, 'levels, not parts of levels');
    const box = await page.locator('.palier-curve svg').boundingBox();
    assert.ok(box.height >= 40 && box.width >= 250, `the curve is ${box.width} × ${box.height}`);
    assert.equal(await page.locator('.palier-curve circle').count(), await page.locator('.palier-curve tbody tr').count());
    await page.emulateMedia({media: 'print'});
    assert.equal(await page.locator('.palier-actions').first().isVisible(), false);
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('saved is said of the question that it is about', {timeout: 120000}, async () => {
    const page = await learner(browser, second, {width: 360, height: 740});
    await fresh(page);
    await begin(page);
    assert.equal((await page.textContent('#palier-status')).trim(), '');
    await press(page, 'unknown');
    assert.match(await page.textContent('#palier-status'), /Réponse à la question 1 enregistrée/);
    const status = await page.locator('#palier-status').boundingBox();
    const heading = await page.locator('.palier-number').boundingBox();
    assert.ok(status.y < heading.y, 'above the next question');
    await stopHere(page);
    await page.context().close();
});

test('a result is shared after a page that says what that means, and taken back', {timeout: 300000}, async () => {
    await settings(browser, cmid, {visibility: 'after_sharing'});
    const page = await learner(browser, second, {width: 360, height: 740});
    await fresh(page);
    await begin(page);
    await knowNothing(page);
    await go(page, () => page.click('a[href*="share.php"]'));
    await good(page, '360-fr-share');
    assert.match(await page.textContent('.palier-share'), /Les formateurs de ce cours verront votre résultat/);
    await press(page, 'share');
    assert.match(await page.textContent('.palier-result'), /Partagé le/);
    await go(page, () => page.click('a[href*="share.php"]'));
    await good(page, '360-fr-withdraw');
    await press(page, 'withdraw');
    assert.doesNotMatch(await page.textContent('.palier-result'), /Partagé le/);
    assert.deepEqual(page.problems, []);
    await page.context().close();
    await settings(browser, cmid, {visibility: 'course'});
});

test('a practice shows what was right after each answer', {timeout: 300000}, async () => {
    await settings(browser, cmid, {purpose: 'practice'});
    const page = await learner(browser, second, {width: 360, height: 740});
    await fresh(page);
    assert.match(await page.textContent('.palier-about'), /Ceci est un entraînement\. Après chaque réponse/);
    await go(page, () => page.click('.palier-home .btn-primary'));
    for (let n = 1; n <= 3; n++) {
        assert.equal(await questionNumber(page), n);
        await (n === 2 ? press(page, 'unknown') : answerWith(page, n));
        assert.match(page.url(), /feedback\.php/);
        await good(page, `360-fr-practice-${n}`);
        assert.match(await page.textContent('.palier-outcome'), /Réponse (juste|en partie juste|pas juste)|Vous ne saviez pas/);
        await page.focus('.palier-feedback .btn-primary');
        await go(page, () => page.keyboard.press('Enter'));
        if (await page.locator('.palier-calm').count()) {
            await press(page, 'resume');
        }
    }
    await stopHere(page);
    assert.deepEqual(page.problems, []);
    await page.context().close();
    await settings(browser, cmid, {purpose: 'positioning'});
});
