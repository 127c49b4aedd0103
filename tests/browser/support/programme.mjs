// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of every page of the organisation's programme.
import assert from 'node:assert/strict';
import {accessibilityProblems} from './axe.mjs';
import {shot} from './learner.mjs';

/** What axe finds, and what sticks out of 320 pixels; the page said nothing in English alone and has one first heading. */
export async function good(page, name) {
    assert.deepEqual(page.problems, [], name);
    assert.deepEqual(await accessibilityProblems(page), [], name);
    assert.equal(await page.locator('h1').count(), 1, `${name} has one first heading`);
    const said = await page.locator('#region-main').innerText();
    assert.doesNotMatch(said, /\[\[|\{\$a|\{\{|\}\}/, `${name}: a string is missing, or a template shows its marks`);
    const size = page.viewportSize();
    await page.setViewportSize({...size, width: 320});
    assert.equal(await page.locator('.debuggingmessage').count(), 0, `${name}: a warning for developers`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth + 1), `${name} is wider than 320 pixels`);
    await shot(page, `programme-${name}-320`);
    await page.setViewportSize(size);
    await shot(page, `programme-${name}`);
}
