// SPDX-License-Identifier: GPL-3.0-or-later
// A campaign, in French: made in four steps and launched; a person would rather not, then takes part, shares and takes that back;
// whoever manages it reads the same before and after.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {demo, launch} from './support/browser.mjs';
import {answerWith, begin, go, learner, press} from './support/learner.mjs';
import {good} from './support/programme.mjs';

let browser, manager, campaign, link;
before(async () => {
    browser = await launch();
    manager = await learner(browser, 'admin');
});
after(() => browser.close());

const next = (page) => go(page, () => page.click('#id_submitbutton'));
const told = async () => {
    await manager.goto(campaign);
    return manager.textContent('#region-main');
};

test('a campaign is made in four steps, and a test that is too thin is refused', async () => {
    const page = manager;
    await page.goto('/local/palier/campaigns.php');
    await good(page, 'campaigns');
    await go(page, () => page.click('text=Nouvelle campagne'));
    await page.fill('#id_name', 'Où nous en sommes');
    await page.fill('#id_purpose', 'Choisir ensemble les formations de l’an prochain.');
    await good(page, 'campaign-whom');
    await next(page);
    await page.selectOption('#local_palier-template', String(demo.tests.map.cmid));
    await go(page, () => page.click('#region-main form[method=get] button'));
    const boxes = page.locator('input[type=checkbox][name^="scale"]');
    const count = await boxes.count();
    for (let i = 1; i < count; i++) {
        await boxes.nth(i).uncheck();
    }
    await next(page);
    assert.match(await page.textContent('#region-main'), /Choisissez au moins deux compétences/);
    for (let i = 1; i < 4; i++) {
        await boxes.nth(i).check();
    }
    await page.selectOption('#id_short', '1');
    await go(page, () => page.click('#id_look'));
    assert.match(await page.textContent('#region-main [role=status]'), /\d+ questions.*min.*± [\d,.]+ niveau/);
    await good(page, 'campaign-what');
    await next(page);
    await page.selectOption('#id_level_0', '1');
    await page.fill('#id_learner_0', 'Un atelier peut vous aider.');
    await page.fill('#id_manager_0', 'Prévoir des ateliers.');
    await good(page, 'campaign-words');
    await next(page);
    await good(page, 'campaign-launch');
    await go(page, () => page.click('button[name=launch]'));
    campaign = page.url();
    link = await page.getAttribute('#region-main a[href*="join.php"]', 'href');
    assert.match(await page.textContent('#region-main'), /Il n’y a encore rien à dire/);
    await good(page, 'campaign');
    await go(page, () => page.click('text=Affiche à imprimer'));
    const picture = page.locator('img[alt^="Code QR"]');
    assert.ok(await picture.evaluate((img) => img.complete && img.naturalWidth > 0), 'the QR code is a picture');
    await good(page, 'campaign-poster');
});

test('who would rather not is told to nobody, and may still take part, share and take that back', async () => {
    const before = await told();
    const page = await learner(browser, demo.learners[1], {width: 360, height: 740});
    await page.goto(link);
    assert.match(await page.textContent('#region-main'), /Choisir ensemble les formations/);
    await good(page, 'join');
    await go(page, () => page.click('button[value=refuse]'));
    assert.match(await page.textContent('#region-main'), /Vous préférez ne pas participer/);
    await good(page, 'mycampaigns');
    assert.equal(await told(), before);
    await go(page, () => page.click('text=Lire de quoi il s’agit'));
    await go(page, () => page.click('button[value=begin]'));
    await begin(page);
    for (let i = 0; i < 30 && page.url().includes('attempt.php'); i++) {
        await (await page.locator('.palier-calm').count() ? press(page, 'resume') : answerWith(page, i));
    }
    assert.match(page.url(), /result\.php/);
    await page.goto('/local/palier/mycampaigns.php');
    assert.match(await page.textContent('#region-main'), /Terminé, non partagé/);
    await page.check('input[name=clear][value=yes]');
    await page.check('input[name=next][value=partly]');
    await good(page, 'mycampaigns-useful');
    await go(page, () => page.click('text=Envoyer mes réponses'));
    assert.match(await page.textContent('#region-main'), /Vous avez dit si c’était utile/);
    assert.equal(await page.locator('input[name=clear]').count(), 0, 'it is asked once');
    await go(page, () => page.click('text=Partager mon résultat'));
    await press(page, 'share');
    await page.goto('/local/palier/mycampaigns.php');
    assert.match(await page.textContent('#region-main strong'), /^Partagé$/);
    await good(page, 'mycampaigns-shared');
    await go(page, () => page.click('text=Ne plus partager'));
    await press(page, 'withdraw');
    await page.goto('/local/palier/mycampaigns.php');
    assert.match(await page.textContent('#region-main'), /Terminé, non partagé/);
    // By the end of the day before, nobody did anything.
    assert.equal(await told(), before);
});

test('a code leads to its campaign, and a wrong one nowhere', async () => {
    const page = await learner(browser, demo.learners[2]);
    await page.goto('/local/palier/join.php');
    await good(page, 'join-code');
    await page.fill('#local_palier-code', new URL(link).searchParams.get('code').toLowerCase());
    await go(page, () => page.click('#region-main form button'));
    assert.match(await page.textContent('#region-main'), /Choisir ensemble les formations/);
    await page.goto('/local/palier/join.php?code=AAAAAAAA');
    assert.match(await page.textContent('body'), /Il n’y a pas de campagne avec ce code/);
});

test('what was launched is not changed; its next wave is by the same test', async () => {
    const page = manager;
    const id = new URL(campaign).searchParams.get('id');
    await page.goto(`/local/palier/editcampaign.php?id=${id}`);
    assert.match(page.url(), /\/campaign\.php/);
    await go(page, () => page.click('button[name=next]'));
    // For the same people, by the same test, for as long from now on: nothing has to be typed.
    assert.match(page.url(), /step=launch/);
    assert.match(await page.textContent('h2'), /Où nous en sommes – T1/);
    await go(page, () => page.click('button[name=launch]'));
    assert.match(page.url(), /\/campaign\.php/);
    assert.ok(!(await page.textContent('#region-main')).includes(new URL(link).searchParams.get('code')), 'T1 has its own code');
    await page.goto(campaign);
    await go(page, () => page.click('button[name=close]'));
    assert.match(await page.textContent('#region-main'), /Terminée/);
});

test('it may ask whether a level is reached, and whoever does not reach it reads whom to talk to', async () => {
    const page = manager;
    await page.goto('/local/palier/campaigns.php');
    await go(page, () => page.click('text=Nouvelle campagne'));
    await page.fill('#id_name', 'Pour bien démarrer');
    await page.fill('#id_purpose', 'Proposer de l’aide à qui en veut.');
    await next(page);
    await page.selectOption('#local_palier-template', String(demo.tests.fr.cmid));
    await go(page, () => page.click('#region-main form[method=get] button'));
    await page.selectOption('#id_floor', '3');
    assert.ok(await page.locator('#id_short').isHidden(), 'such a test has its own length');
    await go(page, () => page.click('#id_look'));
    assert.match(await page.textContent('#region-main [role=status]'), /\d+ questions/);
    await good(page, 'campaign-what-floor');
    await next(page);
    // Without anybody to talk to it is not launched.
    await next(page);
    assert.match(await page.textContent('#region-main'), /Dites qui aide/);
    await page.fill('#id_help', 'La conseillère numérique, bureau 12, le mardi');
    await next(page);
    assert.match(await page.textContent('#region-main'), /Si le niveau 3 est atteint, et rien d’autre/);
    await good(page, 'campaign-launch-floor');
    await go(page, () => page.click('button[name=launch]'));
    await good(page, 'campaign-floor');
    const there = await page.getAttribute('#region-main a[href*="join.php"]', 'href');
    const person = await learner(browser, demo.learners[3], {width: 360, height: 740});
    await person.goto(there);
    assert.match(await person.textContent('#region-main'), /Si le niveau 3 est atteint, et rien d’autre/);
    await go(person, () => person.click('button[value=begin]'));
    await begin(person);
    let asked = 0;
    for (; asked < 30 && person.url().includes('attempt.php'); asked++) {
        await press(person, await person.locator('.palier-calm').count() ? 'resume' : 'unknown');
    }
    assert.match(person.url(), /result\.php/);
    assert.ok(asked < 15, `${asked} questions`);
    const read = await person.textContent('#region-main');
    assert.match(read, /pas encore atteint/);
    assert.match(read, /La conseillère numérique, bureau 12, le mardi/);
    assert.doesNotMatch(read, /échec|échou|illettr|illectron|insuffisant/i);
    await good(person, 'campaign-floor-result');
    await person.goto('/local/palier/mycampaigns.php');
    assert.match(await person.textContent('#region-main'), /À qui parler/);
    await good(person, 'mycampaigns-floor');
});

test('a test is lent to the organisations below, and lent no more', async () => {
    const page = manager;
    await page.goto('/local/palier/campaigns.php');
    await go(page, () => page.click('text=Tests à prêter'));
    await good(page, 'templates');
    const row = page.locator('#region-main li').filter({has: page.locator(`input[name=cmid][value="${demo.tests.map.cmid}"]`)});
    assert.match(await row.textContent(), /Utilisé ici seulement/);
    await go(page, () => row.locator('button').click());
    assert.match(await row.textContent(), /Prêté/);
    await good(page, 'templates-lent');
    await go(page, () => row.locator('button').click());
    assert.match(await row.textContent(), /Utilisé ici seulement/);
});
