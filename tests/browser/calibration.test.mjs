// SPDX-License-Identifier: GPL-3.0-or-later
// A keeper calibrates from the answers of a course: counts first, then proposals to accept and to take back.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {accessibilityProblems} from './support/axe.mjs';
import {demo, launch} from './support/browser.mjs';
import {go, learner as signedIn, shot} from './support/learner.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const {cmid} = demo.tests.fr;

/** A page that everybody can use: accessible, and no wider than a phone. */
async function good(page, name) {
    assert.deepEqual(await accessibilityProblems(page), [], name);
    await shot(page, name);
    const size = page.viewportSize();
    await page.setViewportSize({width: 320, height: 740});
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth + 1), `${name} is wider than 320 pixels`);
    await shot(page, `${name}-320`);
    await page.setViewportSize(size);
}

test('the answers are counted before anything is computed, and a task computes', {timeout: 240000}, async () => {
    const page = await signedIn(browser, demo.trainer);
    await page.goto(`/mod/palier/parameters.php?id=${cmid}`);
    await go(page, () => page.locator('a:has-text("Calibrer d’après les réponses")').click());
    const before = await page.locator('a[href*="calibration.php"]').count();
    assert.equal(await page.locator('button[name=start]').count(), 0);
    await go(page, () => page.locator('#id_submitbutton').click());
    assert.match(await page.textContent('#region-main'), /\d+ personnes, \d+ réponses, \d+ questions\./);
    await page.locator('details summary').first().click();
    await good(page, 'calibrate-counts');
    await go(page, () => page.locator('button[name=start]').click());
    assert.match(await page.textContent('#region-main'), /attend le prochain passage des tâches/);
    await good(page, 'calibration-waiting');
    await go(page, () => page.locator('button[value=delete]').click());
    assert.equal(await page.locator('a[href*="calibration.php"]').count(), before);
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('a proposal is accepted, is a version of the question’s parameters, and is taken back', {timeout: 240000}, async () => {
    const page = await signedIn(browser, demo.trainer);
    await page.goto(`/mod/palier/calibrate.php?id=${cmid}`);
    await go(page, () => page.locator('a[href*="calibration.php"]').first().click());
    const row = page.locator('tr:has(input[name="items[]"])').first();
    await row.locator('details summary').click();
    assert.ok(await row.locator('svg polyline.proposed').isVisible());
    assert.match(await row.locator('details').innerText(), /Autour de la capacité .* note moyenne/);
    const information = page.locator('details:has(summary:has-text("Ce que disent toutes les questions"))');
    await information.locator('summary').click();
    assert.ok(await information.locator('svg polyline.proposed').isVisible());
    assert.equal(await information.locator('tbody tr').count(), 7);
    await good(page, 'calibration-proposals');
    const name = (await row.locator('th').first().innerText()).split('\n')[0].trim();
    const box = page.locator('input[name="items[]"]').first();
    const id = await box.getAttribute('id');
    await box.check();
    await go(page, () => page.locator('button[value=accept]').click());
    assert.match(await page.textContent('#user-notifications, .alert-success'), /1 proposition acceptée/);
    assert.match(await page.locator(`tr:has(#${id})`).innerText(), /Accepté/);
    await page.goto(`/mod/palier/parameters.php?id=${cmid}&q=${encodeURIComponent(name)}`);
    assert.match(await page.locator('.mod_palier-table tbody').innerText(), /Réponses/);
    await page.goBack();
    await page.locator(`#${id}`).check();
    await go(page, () => page.locator('button[value=takeback]').click());
    assert.doesNotMatch(await page.locator(`tr:has(#${id})`).innerText(), /Accepté/);
    assert.deepEqual(page.problems, []);
    await page.context().close();
});
