// SPDX-License-Identifier: GPL-3.0-or-later
// A package in Moodle's own SCORM activity, as a student plays it.
// PALIER_SITE_FOLDER: folder of a disposable site; PALIER_SITE_URL: its address.
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {signIn, watch} from '../../browser/support/signin.mjs';
import {context, open} from './browser.mjs';
import {root} from './fixture.mjs';

const site = process.env.PALIER_SITE_FOLDER;
export const address = process.env.PALIER_SITE_URL;
const password = `P${Math.random().toString(36).slice(2)}-1a`;

/** A script of tests/scorm/moodle in the site; what it prints. */
export function script(name, ...options) {
    const out = execFileSync('php', [join(root, 'tests/scorm/moodle', name), '--moodle', join(site, 'moodle'), ...options],
        {encoding: 'utf8', env: {...process.env, PHP_INI_SCAN_DIR: `:${join(site, 'php')}`}});
    return JSON.parse(out.trim().split('\n').at(-1));
}

/** A course with this package as an activity, and a student. */
export const activityOf = (zip) => script('activity.php', '--package', zip, '--password', password);

/** What Moodle holds of the student. */
export const heldOf = ({scorm, username}) => script('activity.php', '--scorm', String(scorm), '--user', username);

/** The student in a browser. */
export async function signedIn(browser, of) {
    const where = await context(browser);
    const page = watch(await open(where));
    page.setDefaultTimeout(150000);
    await signInAgain(page, of);
    return {where, page};
}

/** The same in a page that Moodle does not know any more. */
export async function signInAgain(page, of) {
    await page.goto(`${address}/login/index.php?lang=fr`);
    await signIn(page, of.username, password);
}

/** The activity's player with the package in it. */
export async function visit(page, of) {
    await page.goto(`${address}${of.player}`);
    for (let i = 0; i < 300; i++) {
        const frame = page.frames().find((candidate) => candidate.url().includes('/mod_scorm/content/'));
        if (frame && await frame.$('main button').catch(() => null)) {
            return frame;
        }
        await page.waitForTimeout(200);
    }
    throw new Error(`the package does not come up: ${page.frames().map((frame) => frame.url())}`);
}

/** Waits for what is said below the question. */
export const said = (frame, text) => frame.waitForFunction((wanted) => document.querySelector('.message')?.textContent.includes(wanted), text, {timeout: 150000});
