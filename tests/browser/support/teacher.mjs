// SPDX-License-Identifier: GPL-3.0-or-later
// What a teacher does to a test.
import assert from 'node:assert/strict';
import {open} from './browser.mjs';
import {go} from './learner.mjs';

/**
 * A teacher with an own course and own questions, a learner, a manager, and newcomers to the demonstration; null where the
 * site has none.
 */
export const made = process.env.PALIER_TEACHER ? JSON.parse(process.env.PALIER_TEACHER) : null;

/** A person with a mouse: each press is counted. Typing and the tabulator are not presses. */
export function mouse(page) {
    let clicks = 0;
    return {
        click: async (where, options) => { clicks++; await page.locator(where).first().click(options); },
        load: async (where) => { clicks++; await go(page, () => page.locator(where).first().click()); },
        get clicks() { return clicks; },
    };
}

/** Changes fields of an activity's form. */
export async function settings(browser, cmid, fields) {
    const page = await open(browser, 'admin', {lang: 'en'});
    await page.goto(`/course/modedit.php?update=${cmid}`);
    for (const [name, value] of Object.entries(fields)) {
        const field = page.locator(`[name="${name}"]:not([type=hidden])`);
        await field.evaluate((element, wanted) => {
            if (element.type === 'checkbox') {
                element.checked = wanted;
            } else {
                element.value = wanted;
            }
            element.dispatchEvent(new Event('change', {bubbles: true}));
        }, value);
    }
    await go(page, () => page.locator('#id_submitbutton2').click());
    assert.ok(!page.url().includes('modedit'), await page.locator('body').textContent());
    await page.context().close();
}
