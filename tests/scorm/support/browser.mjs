// SPDX-License-Identifier: GPL-3.0-or-later
// A learner at the player, in Debian's Chromium.
import assert from 'node:assert/strict';
import {mkdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {chromium} from 'playwright-core';
import {words} from './fixture.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launch() {
    return chromium.launch({
        executablePath: process.env.PALIER_CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync'],
    });
}

/** A page; page.problems: errors of scripts and of the policy, and requests to anywhere but this machine. */
export async function open(context) {
    const page = await context.newPage();
    page.setDefaultTimeout(45000);
    page.problems = [];
    page.on('pageerror', (error) => page.problems.push(`script: ${error.message}`));
    page.on('console', (message) => {
        if (message.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|favicon|403/.test(message.text() + message.location().url)) {
            page.problems.push(`console: ${message.text()}`);
        }
    });
    page.on('request', (request) => {
        if (!/^(http:\/\/127\.0\.0\.1|file:|data:|about:|blob:)/.test(request.url())) {
            page.problems.push(`external request: ${request.url()}`);
        }
    });
    return page;
}

export function context(browser, {width = 1280, height = 900, lang = 'fr', ...more} = {}) {
    return browser.newContext({viewport: {width, height}, locale: lang === 'fr' ? 'fr-FR' : 'en-GB', reducedMotion: 'reduce', ...more});
}

/** Which screen is shown, once nothing is under way. */
export async function screen(frame) {
    await frame.waitForSelector('main button');
    return frame.evaluate(() => (document.querySelector('form') ? 'question' : document.querySelectorAll('ul.calm button').length === 4 ? 'calm' : document.querySelector('.headline') ? 'result'
        : document.querySelector('.story') ? 'story' : document.querySelector('.languages') ? 'before' : 'other'));
}

/** Presses a button by its words, and waits for another screen. */
export async function press(frame, name) {
    await frame.waitForSelector('main > div > *');
    const shown = await frame.evaluate(() => { document.querySelector('main > div').firstElementChild.dataset.old = '1'; return true; });
    assert.ok(shown);
    await frame.getByRole('button', {name, exact: true}).click();
    await frame.waitForFunction(() => !document.querySelector('main > div')?.firstElementChild?.dataset.old);
}

/** The item on screen, by its text. */
export async function itemOnScreen(frame, answers) {
    const text = words(await frame.evaluate(() => {
        const prompt = document.querySelector('.prompt').cloneNode(true);
        prompt.querySelectorAll('select').forEach((select) => select.remove());
        return prompt.textContent;
    }));
    const found = Object.entries(answers).filter(([, {prompt}]) => prompt === text).map(([item]) => item);
    assert.equal(found.length, 1, `one question has this text: ${text}`);
    return found[0];
}

/** Fills the question on screen in. */
export async function fill(frame, response) {
    const {choices, choice, pairs, order, text} = response;
    for (const id of choices ?? (choice ? [choice] : [])) {
        await frame.check(`.choice input[value="${id}"]`);
    }
    for (const [place, id] of Object.entries(pairs ?? {})) {
        if (await frame.locator(`select[name="${place}"]`).count()) {
            await frame.selectOption(`select[name="${place}"]`, {value: id});
        } else if (await frame.locator(`input[type=text][name="${place}"]`).count()) {
            await frame.fill(`input[type=text][name="${place}"]`, id);
        } else {
            for (const one of id.split(',')) {
                await frame.check(`input[name="${place}"][value="${one}"]`);
            }
        }
    }
    for (const [place, id] of (order ?? []).entries()) {
        await frame.selectOption(`select[name="${id}"]`, {value: String(place)});
    }
    if (text !== undefined) {
        await frame.fill('.entry input[type=text]', text);
    }
}

/** Answers the question on screen; its item. */
export async function answer(frame, answers, submit = 'Valider') {
    const item = await itemOnScreen(frame, answers);
    await fill(frame, answers[item].response);
    await press(frame, submit);
    return item;
}

/** Answers until the result; the items that came. */
export async function play(frame, answers, {most = 40, each = async () => {}} = {}) {
    const items = [];
    for (let now = await screen(frame); ['question', 'calm'].includes(now) && items.length < most; now = await screen(frame)) {
        if (now === 'calm') {
            await press(frame, (await frame.evaluate(() => document.documentElement.lang)) === 'fr' ? 'Continuer' : 'Go on');
            continue;
        }
        await each(items.length);
        items.push(await answer(frame, answers));
    }
    return items;
}

/** The process of the page is killed: no event, no last word. Its context cannot be closed any more. */
export async function kill(page) {
    const crashed = new Promise((done) => { page.once('crash', done); });
    const session = await page.context().newCDPSession(page);
    session.send('Page.crash').catch(() => {});
    await crashed;
}

/** What axe finds against WCAG 2.2 A and AA. */
export async function accessibilityProblems(frame) {
    await frame.evaluate(axe);
    const result = await frame.evaluate(() => window.axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}));
    return result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help} — ${node.html}`));
}

/** Controls that are smaller than 24 pixels (WCAG 2.5.8), and whether the page is wider than the screen. */
export function layoutProblems(frame) {
    return frame.evaluate(() => {
        const problems = [...document.querySelectorAll('button, select, summary, .choice, input[type=text]')]
            .map((control) => [control, control.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
            .map(([control, box]) => `${control.outerHTML.slice(0, 80)}: ${Math.round(box.width)} × ${Math.round(box.height)}`);
        if (document.documentElement.scrollWidth > window.innerWidth + 1) {
            problems.push(`the page is ${document.documentElement.scrollWidth} pixels wide on a screen of ${window.innerWidth}`);
        }
        return problems;
    });
}

/** A picture of the page, where PALIER_SHOTS names a folder. */
export async function shot(page, name) {
    if (process.env.PALIER_SHOTS) {
        mkdirSync(process.env.PALIER_SHOTS, {recursive: true});
        await page.screenshot({path: `${process.env.PALIER_SHOTS}/${name}.png`, fullPage: true});
    }
}
