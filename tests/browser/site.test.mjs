// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {demo, launch, open, site} from './support/browser.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test('the administrator signs in, and the plugin is installed', async () => {
    const page = await open(browser, 'admin', {lang: 'en'});
    page.problems.length = 0; // Of the page where a sign-in leads, which is Moodle's own and left while it loads.
    await page.goto('/admin/modules.php');
    assert.match(await page.textContent('#page'), /palier/i);
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('the list of a course leads to its tests', async () => {
    const page = await open(browser, demo.trainer, {lang: 'en'});
    await page.goto(`/mod/palier/index.php?id=${demo.course}`);
    // From Moodle 5.0 on it is a part of the course's overview.
    await page.locator(`#region-main a[href*="/mod/palier/view.php?id=${new URL(demo.tests.fr.view).searchParams.get('id')}"]`).first().waitFor();
    await page.context().close();
});

test('files are served by address with slashes and dots', async () => {
    const page = await open(browser, 'admin', {lang: 'en'});
    const answer = await page.request.get(`${site}/theme/image.php/boost/core/-1/i/course`);
    assert.equal(answer.status(), 200);
    assert.match(answer.headers()['content-type'], /^image\//);
    assert.equal((await page.request.get(`${site}/pluginfile.php/1/core_admin/logocompact/1/no.such.png`)).status(), 404);
    await page.context().close();
});
