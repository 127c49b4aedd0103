// SPDX-License-Identifier: GPL-3.0-or-later
// The organisation's programme, in French: profiles come in, a person reads their own results beside one, HR sees counts or why not.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {demo, launch} from './support/browser.mjs';
import {go, learner} from './support/learner.mjs';
import {good} from './support/programme.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test('six sample jobs are looked at, stored and read', async () => {
    const page = await learner(browser, 'admin');
    await page.goto('/local/palier/index.php');
    const before = await page.locator('#region-main tbody tr').count();
    await go(page, () => page.click('text=Voir les six métiers d’exemple'));
    assert.match(await page.textContent('#region-main p[role=status]'), /Rien n’a encore été changé/);
    await good(page, 'import');
    await go(page, () => page.click('button[name=apply]'));
    assert.equal(await page.locator('#region-main tbody tr').count(), before + 6);
    await good(page, 'profiles');
    await go(page, () => page.click('text=Secrétaire de mairie'));
    assert.equal(await page.locator('#region-main tbody tr').count(), 8);
    await good(page, 'profile');
    await page.goto('/local/palier/import.php');
    await good(page, 'upload');
    // The same again makes no new version.
    await page.goto('/local/palier/import.php?samples=1');
    assert.equal(await page.locator('button[name=apply]').count(), 0);
});

test('a person reads where they are, without any level of their own made here', async () => {
    const page = await learner(browser, demo.learners[0]);
    await page.goto('/user/profile.php');
    await go(page, () => page.click('text=Mes compétences face à un profil'));
    await page.selectOption('select[name=id]', {label: 'Agent d’accueil (Métier)'});
    await go(page, () => page.click('#region-main form button[type=submit]'));
    const words = await page.textContent('#region-main table');
    for (const decision of await page.locator('#region-main td strong').allTextContents()) {
        assert.match(decision, /^(Atteint|Pas encore certain|Pas encore atteint|Non évalué)$/);
    }
    assert.doesNotMatch(words, /échec|faible/i);
    await good(page, 'mine');
});

test('pages are for those who may open them', async () => {
    const page = await learner(browser, demo.learners[0]);
    for (const name of ['index', 'import', 'gaps', 'campaigns', 'maps']) {
        await page.goto(`/local/palier/${name}.php`);
        assert.match(await page.textContent('#region-main'), /Gérer les profils|Voir combien de personnes|Préparer des campagnes|Lire les cartes/, name);
    }
});

test('HR reads counts, or why there are none', async () => {
    const page = await learner(browser, 'admin');
    await page.goto('/local/palier/gaps.php');
    assert.match(await page.textContent('#region-main'), /moins de 10 personnes/);
    await good(page, 'gaps');
});

test('what a page tells is taken away as a file', async () => {
    const page = await learner(browser, 'admin');
    for (const [name, title] of [['index', 'profile'], ['gaps', 'Métier']]) {
        await page.goto(`/local/palier/${name}.php`);
        const [file] = await Promise.all([
            page.waitForEvent('download'),
            page.goto(`/local/palier/${name}.php?download=1`).catch(() => null),
        ]);
        assert.ok(readFileSync(await file.path(), 'utf8').replace('\ufeff', '').startsWith(title), name);
    }
});
