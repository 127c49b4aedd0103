// SPDX-License-Identifier: GPL-3.0-or-later
// How long a learner waits for the first question, in Chromium with its processor slowed down 4 times, from a server on
// this machine, caches empty: from the address to the first screen, and from "Commencer" to the question.
// node first_question.mjs [--rounds N] NAME=URL…   e.g. server=http://127.0.0.1:8080/player/?lang=fr
import {createRequire} from 'node:module';
import {join} from 'node:path';

const {chromium} = createRequire(join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../scorm/package.json'))('playwright-core');
const given = process.argv.slice(2);
const rounds = given[0] === '--rounds' ? Number(given.splice(0, 2)[1]) : 7;

const browser = await chromium.launch({executablePath: process.env.PALIER_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']});

/** Milliseconds from one moment to the first frame in which a selector is there, by the page's own clock. */
const watch = `window.seen = {};
const look = () => {
    if (document.querySelector('main .languages') && !window.seen.first) { window.seen.first = performance.now(); }
    if (document.querySelector('main form') && !window.seen.question) { window.seen.question = performance.now(); }
    requestAnimationFrame(look);
};
requestAnimationFrame(look);
addEventListener('click', () => { window.seen.click = performance.now(); }, true);`;

const median = (list) => list.sort((x, y) => x - y)[Math.floor(list.length / 2)];
for (const [name, url] of given.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)])) {
    const first = [];
    const question = [];
    for (let round = 0; round < rounds; ++round) {
        const context = await browser.newContext({locale: 'fr-FR', viewport: {width: 1280, height: 900}});
        const page = await context.newPage();
        await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', {rate: 4});
        await page.addInitScript(watch);
        await page.goto(url);
        await page.waitForFunction(() => window.seen.first);
        await page.getByRole('button', {name: 'Commencer', exact: true}).click();
        await page.waitForFunction(() => window.seen.question);
        const seen = await page.evaluate(() => window.seen);
        first.push(seen.first);
        question.push(seen.question - seen.click);
        await context.close();
    }
    console.log(`${name}: first screen ${Math.round(median(first))} ms, question ${Math.round(median(question))} ms after "Commencer" (medians of ${rounds}, 4 × slower)`);
}
await browser.close();
