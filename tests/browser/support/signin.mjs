// SPDX-License-Identifier: GPL-3.0-or-later
// Signing in where other work keeps the machine busy.
const underWay = new WeakMap();

/** Counts the requests of a page that have no answer yet, for settled(). Before its first address. */
export function watch(page) {
    const requests = new Set();
    page.on('request', (request) => requests.add(request));
    page.on('requestfinished', (request) => requests.delete(request));
    page.on('requestfailed', (request) => requests.delete(request));
    underWay.set(page, requests);
    return page;
}

/**
 * Waits until the scripts of a page have run and all that they asked for has come. "networkidle" is reached before on a busy
 * machine: half a second may pass between two of them.
 */
export async function settled(page) {
    await page.waitForLoadState('load');
    for (let quiet = 0; quiet < 3; quiet++) {
        await page.waitForTimeout(100);
        if (underWay.get(page).size || await page.evaluate(() => window.M?.util?.pending_js?.length)) {
            quiet = -1;
        }
    }
}

/**
 * Signs in on the sign-in page that is on screen; done is a promise of what comes then.
 *
 * Moodle gives a session another id when somebody signs in. Its sign-in page asks for the words of the video player with the
 * old one: an answer to that which comes late starts a third session, and the browser keeps that one ("Your session has
 * timed out").
 */
export async function signIn(page, username, password, done = () => page.waitForNavigation()) {
    await settled(page);
    await page.fill('#username', username);
    await page.fill('#password', password);
    await Promise.all([done(), page.click('#loginbtn')]);
}
