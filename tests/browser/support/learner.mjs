// SPDX-License-Identifier: GPL-3.0-or-later
// What a learner does on the pages of a test.
import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import {demo, open} from './browser.mjs';

/** A page of a learner, in the language asked for. */
export async function learner(browser, username, options = {}) {
    const page = await open(browser, username, options);
    await page.goto(`/?lang=${options.lang ?? 'fr'}`);
    return page;
}

/** Does something that loads another page. */
export async function go(page, action) {
    await Promise.all([page.waitForNavigation({waitUntil: 'load'}), action()]);
}

/** Presses one of the buttons of the form on screen. */
export async function press(page, what) {
    await go(page, () => page.locator(`button[name=do][value=${what}]`).first().click());
}

/** Begins a test, or takes it up again. */
export async function begin(page) {
    await go(page, () => page.click('.palier-home .btn-primary'));
    assert.match(page.url(), /attempt\.php/);
}

/** Number of the question on screen. */
export async function questionNumber(page) {
    return Number((await page.textContent('.palier-number')).match(/\d+/)[0]);
}

/** Answers the question on screen somehow, whatever its type is. */
export async function answerWith(page, choice) {
    const radios = page.locator('.que input[type=radio]');
    const boxes = page.locator('.que input[type=checkbox]');
    const texts = page.locator('.que input[type=text]');
    const selects = page.locator('.que select');
    for (let i = 0; i < await selects.count(); i++) {
        await selects.nth(i).selectOption({index: 1 + (choice % 2)});
    }
    if (await radios.count()) {
        await radios.nth(choice % await radios.count()).check();
    } else if (await boxes.count()) {
        await boxes.nth(choice % await boxes.count()).check();
    }
    for (let i = 0; i < await texts.count(); i++) {
        await texts.nth(i).fill('12');
    }
    await press(page, 'answer');
    if (await page.locator('#palier-invalid').count()) {
        await press(page, 'unknown');
    }
}

/** Stops the test under way, from its first page. */
export async function stopHere(page, view = demo.tests.fr.view) {
    await page.goto(view);
    await press(page, 'stop');
    assert.match(page.url(), /result\.php/);
}

/** The test's first page, with no test under way. */
export async function fresh(page, view = demo.tests.fr.view) {
    await page.goto(view);
    if (await page.locator('button[value=stop]').count()) {
        await press(page, 'stop');
        await page.goto(view);
    }
}

/** The events of the session whose result is on screen. */
export async function log(page) {
    const answer = await page.request.get(`${page.url()}&download=data`);
    assert.equal(answer.status(), 200);
    return (await answer.json()).log.events;
}

/** A picture of the page, where PALIER_SHOTS names a folder. */
export async function shot(page, name) {
    if (process.env.PALIER_SHOTS) {
        mkdirSync(process.env.PALIER_SHOTS, {recursive: true});
        await page.screenshot({path: `${process.env.PALIER_SHOTS}/${name}.png`, fullPage: true});
    }
}
