// SPDX-License-Identifier: GPL-3.0-or-later
// A map of competences: what its teacher says of them on one page, and what a learner meets of it.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {accessibilityProblems} from './support/axe.mjs';
import {demo, launch, open} from './support/browser.mjs';
import {answerWith, begin, go, learner, press, shot} from './support/learner.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const {cmid, view} = demo.tests.map;
const beginner = (demo.newlearners ?? demo.learners).at(-1);

/** No violation, and nothing wider than the screen. */
async function good(page, name) {
    assert.deepEqual(await accessibilityProblems(page), [], name);
    await shot(page, name);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth + 1), `${name} is too wide`);
}

test('a teacher says what is wanted of each competence, and proposes what comes next', {timeout: 300000}, async () => {
    const teacher = await open(browser, 'admin', {lang: 'fr'});
    await teacher.goto(`/mod/palier/map.php?id=${cmid}&lang=fr`);
    await good(teacher, 'fr-map-settings');
    await teacher.selectOption('[name=profileall]', '');
    assert.equal(await teacher.locator('[name="profile[0]"]').isVisible(), false, 'one field where one suffices');
    await teacher.selectOption('[name=profileall]', 'each');
    await teacher.selectOption('[name="profile[0]"]', '3');
    await teacher.selectOption('[name="profile[1]"]', '1');
    await teacher.selectOption('[name=selfplacement]', 'domain');
    await teacher.check('[type=checkbox][name=fromlast]');
    await good(teacher, 'fr-map-settings-each');
    await go(teacher, () => teacher.click('#id_submitbutton'));
    assert.ok(await teacher.isChecked('[type=checkbox][name=fromlast]'));
    assert.equal(await teacher.inputValue('[name="profile[0]"]'), '3');
    assert.equal(await teacher.inputValue('[name="profile[2]"]'), '');
    await teacher.setViewportSize({width: 360, height: 740});
    await good(teacher, '360-fr-map-settings');

    await teacher.goto(`/mod/palier/nextsteps.php?id=${cmid}`);
    await teacher.evaluate(() => document.querySelectorAll('.collapse').forEach((one) => one.classList.add('show')));
    await teacher.selectOption('[name="scale[0]"]', {index: 1});
    await teacher.fill('[name="text[0]"]', 'Venez à l’atelier « Chercher ».');
    await good(teacher, '360-fr-map-nextsteps');
    await go(teacher, () => teacher.click('#id_submitbutton'));
    assert.notEqual(await teacher.inputValue('[name="scale[0]"]'), '');
    assert.deepEqual(teacher.problems, []);
    await teacher.context().close();
});

test('a learner says where to begin, and reads what was found, domain by domain, on a phone', {timeout: 600000}, async () => {
    const page = await learner(browser, beginner, {width: 360, height: 740});
    await page.goto(view);
    const questions = page.locator('.palier-placement select');
    assert.equal(await questions.count(), 5, 'one for each domain');
    await good(page, '360-fr-map-before');
    await questions.first().selectOption('1');
    await begin(page);
    for (let i = 0; page.url().includes('attempt.php') && i < 16; i++) {
        if (await page.locator('.palier-calm').count()) {
            await press(page, 'resume');
        } else if (i % 4) {
            await answerWith(page, i);
        } else {
            await press(page, 'unknown');
        }
    }
    if (!page.url().includes('result.php')) {
        await page.goto(view);
        await press(page, 'stop');
    }
    assert.match(page.url(), /result\.php/);
    await good(page, '360-fr-map-result');
    const told = await page.textContent('.palier-result');
    assert.match(told, /ce qui est demandé/i, 'where a level is wanted the result says whether it is reached');
    assert.match(told, /Pour aller plus loin/);
    await go(page, () => page.click('.palier-actions .btn-primary'));
    await page.locator('details').evaluateAll((all) => all.forEach((one) => { one.open = true; }));
    await good(page, '360-fr-map-story');
    const curves = page.locator('.palier-small-curve');
    assert.ok(await curves.count() >= 2, 'a curve for each domain that was asked about');
    for (const curve of await curves.all()) {
        // The drawing and its table say the same.
        assert.equal(await curve.locator('rect.margin').count(), await curve.locator('tbody tr').count());
        const levels = (await curve.locator('tbody td:first-of-type').allTextContents()).filter((text) => /^\d+$/.test(text.trim()));
        assert.equal(await curve.locator('circle').count(), levels.length);
        const box = await curve.locator('svg').boundingBox();
        assert.ok(box.width <= 360 && box.height <= 200, `a small drawing: ${box.width} by ${box.height}`);
    }
    // Whoever takes it again reads that this result counts.
    await page.setViewportSize({width: 320, height: 740});
    await page.goto(view);
    assert.match(await page.textContent('.palier-about'), /compte comme départ/);
    await good(page, '320-fr-map-again');
    assert.deepEqual(page.problems, []);
    await page.context().close();
});
