// SPDX-License-Identifier: GPL-3.0-or-later
// Opens pages of the site under test in Debian's Chromium. One browser for a test file: launch() in before(),
// its close() in after(); one context (its own cookies) for each person.
import assert from 'node:assert/strict';
import {chromium} from 'playwright-core';
import {signIn, watch} from './signin.mjs';

export const site = process.env.PALIER_SITE_URL;
export const demo = process.env.PALIER_DEMO ? JSON.parse(process.env.PALIER_DEMO) : null;
export const demoPassword = process.env.PALIER_DEMO_PASSWORD;
export const adminPassword = process.env.PALIER_ADMIN_PASSWORD;

if (!site) {
    throw new Error('PALIER_SITE_URL is not set: run packaging/test --only browser, or source tests/browser/environment');
}

export function launch() {
    return chromium.launch({
        executablePath: process.env.PALIER_CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync'],
    });
}

/**
 * A page of its own for one person, who is signed in unless username is null.
 * page.problems collects script errors and failed answers (400 and above) of the pages that it opens.
 */
export async function open(browser, username, {password = demoPassword, lang = 'fr', width = 1280, height = 800, ...options} = {}) {
    const context = await browser.newContext({
        viewport: {width, height}, baseURL: site, locale: lang === 'fr' ? 'fr-FR' : 'en-GB', reducedMotion: 'reduce', ...options,
    });
    const page = watch(await context.newPage());
    page.setDefaultTimeout(60000);
    page.problems = [];
    // A block of IOMAD's own declares this for all scripts: read a second time, it is an error.
    page.on('pageerror', ({message}) => message.includes('selectors_dropdownSelectors') || page.problems.push(`script: ${message}`));
    page.on('response', (response) => {
        if (response.status() >= 400) {
            page.problems.push(`${response.status()} ${response.url()}`);
        }
    });
    if (username !== null) {
        await page.goto(`/login/index.php?lang=${lang}`);
        await signIn(page, username, username === 'admin' && password === demoPassword ? adminPassword : password);
        assert.ok(!page.url().includes('/login/index.php'), `${username} could not sign in: ${await page.textContent('body')}`);
    }
    return page;
}
