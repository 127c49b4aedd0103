// SPDX-License-Identifier: GPL-3.0-or-later
// What a result leads to, in French: the catalogue comes in by a file; whoever is below a level reads which training is for it and why, and is
// in its course by one click.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {launch} from './support/browser.mjs';
import {go, learner} from './support/learner.mjs';
import {good} from './support/programme.mjs';

const made = JSON.parse(process.env.PALIER_STEPS);

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const mine = async (who) => {
    const page = await learner(browser, who, {width: 360, height: 740});
    await page.goto('/local/palier/mine.php');
    await page.selectOption('#local_palier-profile', {label: `${made.profile} (Socle commun)`});
    await go(page, () => page.click('#region-main form[method=get] button'));
    return page;
};

test('a file of trainings is looked at, its faulty line told, the others stored', async () => {
    const page = await learner(browser, 'admin');
    await page.goto('/local/palier/catalogue.php');
    await good(page, 'catalogue');
    await go(page, () => page.click('text=Importer des formations'));
    await good(page, 'catalogue-upload');
    await go(page, async () => {
        await page.click('.fp-btn-choose');
        await page.click('.fp-repo-area >> text=/Déposer|Upload/');
        await page.setInputFiles('input[name=repo_upload_file]', {
            name: 'catalogue.csv',
            mimeType: 'text/csv',
            buffer: Buffer.from('code;title;framework;competences;from_level;to_level;days\n'
                + `A-${made.mark};Écrire;CRCN-2019;2.1;2;4;1,5\nB-${made.mark};Trop haut;CRCN-2019;2.1;2;9;1\n`),
        });
        await page.click('.fp-upload-btn');
        await page.waitForSelector('.filepicker-filename a');
        await page.click('#id_submitbutton');
    });
    assert.match(await page.textContent('#region-main [role=status]'), /Nouvelles\s: 1\. .*laissées de côté\s: 1\./s);
    assert.match(await page.textContent('#region-main tbody tr'), /3\s+to_level/);
    await good(page, 'catalogue-import');
    await go(page, () => page.click('button[name=apply]'));
    assert.match(await page.textContent('#region-main'), new RegExp(`A-${made.mark}`));
    await page.context().close();
});

test('whoever is below reads which training is for it and why, and is in its course by one click', async () => {
    const page = await mine(made.below);
    const words = await page.textContent('[aria-labelledby=local_palier-next]');
    assert.match(words, /Ranger et retrouver/);
    assert.match(words, /97 chances sur cent que le niveau 3, qui est demandé, ne soit pas encore atteint\s; son poids est de 4 sur 10/);
    assert.match(words, /Quelqu’un à qui en parler/);
    await good(page, 'next');
    await go(page, () => page.click('button[name=do][value=enrol]'));
    assert.match(page.url(), new RegExp(`/course/view\\.php\\?id=${made.training}`));
    // Who is in it is led there, and enrolled no second time.
    await page.goto('/local/palier/mine.php');
    await page.selectOption('#local_palier-profile', {label: `${made.profile} (Socle commun)`});
    await go(page, () => page.click('#region-main form[method=get] button'));
    assert.equal(await page.locator('button[value=enrol]').count(), 0);
    assert.ok(await page.locator('text=Aller au cours').count());
    await page.context().close();
});

test('who is at the target gets no training, and still somebody to talk to', async () => {
    const page = await mine(made.above);
    const words = await page.textContent('[aria-labelledby=local_palier-next]');
    assert.doesNotMatch(words, /Ranger et retrouver/);
    assert.match(words, /Quelqu’un à qui en parler/);
    await good(page, 'next-none');
    await page.context().close();
});
