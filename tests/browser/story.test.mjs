// SPDX-License-Identifier: GPL-3.0-or-later
// The programme from end to end, in French: HR defines a common base; an authority launches T0 by a link; agents take the map on a
// phone and share or not; one is recommended a course and enrolled, another contests a question and is recomputed; HR reads the map
// of many, and T1, six months later, tells the change with its interval. What no browser does in minutes, the two waves of thirty
// agents, the demonstration site has done.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {launch} from './support/browser.mjs';
import {answerWith, begin, go, learner, press} from './support/learner.mjs';
import {good} from './support/programme.mjs';

const made = JSON.parse(process.env.PALIER_PROGRAMME);
const centre = new URL(made.maps).searchParams.get('contextid');
const phone = {width: 360, height: 740};
const [first, second] = ['agent01', 'agent02'];

let browser, link;
before(async () => { browser = await launch(); });
after(() => browser.close());

const main = (page) => page.textContent('#region-main');
const next = (page) => go(page, () => page.click('#id_submitbutton'));

/** Begins the campaign of the link and takes its test to the end. */
async function take(page, answer) {
    await page.goto(link);
    await go(page, () => page.click('button[value=begin]'));
    await begin(page);
    for (let i = 0; i < 60 && page.url().includes('attempt.php'); i++) {
        await (await page.locator('.palier-calm').count() ? press(page, 'resume') : answer(i));
    }
    assert.match(page.url(), /result\.php/);
    return page.url();
}

test('HR defines a common base', async () => {
    const page = await learner(browser, 'rh-centre');
    await page.goto(`/local/palier/import.php?contextid=${centre}`);
    await go(page, async () => {
        await page.click('.fp-btn-choose');
        await page.click('.fp-repo-area >> text=/Déposer|Upload/');
        await page.setInputFiles('input[name=repo_upload_file]', {
            name: 'socle.csv',
            mimeType: 'text/csv',
            buffer: Buffer.from('profile;kind;name_fr;framework;competence;level;weight\n'
                + ['1.1', '2.1', '3.1', '4.1'].map((number) => `demain;socle;Socle de demain;CRCN-2019;${number};3;5\n`).join('')),
        });
        await page.click('.fp-upload-btn');
        await page.waitForSelector('.filepicker-filename a');
        await page.click('#id_submitbutton');
    });
    await go(page, () => page.click('button[name=apply]'));
    assert.match(await main(page), /Socle de demain/);
    await page.context().close();
});

test('an authority launches T0 with the test that the centre lends, in its own course', {timeout: 240000}, async () => {
    const page = await learner(browser, 'campagnes-ville');
    const [url] = made.authorities.filter(({name}) => name === 'Ville').map(({campaigns}) => campaigns);
    await page.goto(url);
    await go(page, () => page.click('text=Nouvelle campagne'));
    await page.fill('#id_name', 'Nos compétences');
    await page.fill('#id_purpose', 'Choisir ensemble nos formations.');
    await page.selectOption('#id_cohortid', {label: 'Ville'});
    await next(page);
    await go(page, () => page.click('#region-main form[method=get] button'));
    await page.selectOption('#id_course', {index: 1});
    const boxes = page.locator('input[type=checkbox][name^="scale"]');
    for (let i = 0; i < await boxes.count(); i++) {
        const name = await boxes.nth(i).evaluate((box) => box.closest('.fitem').textContent);
        await boxes.nth(i).setChecked(/^\s*[1-4]\.1\b/.test(name));
    }
    await page.selectOption('#id_short', '1');
    await next(page);
    await next(page);
    await go(page, () => page.click('button[name=launch]'));
    link = await page.getAttribute('#region-main a[href*="join.php"]', 'href');
    await good(page, 'story-launched');
    await go(page, () => page.click('text=Affiche à imprimer'));
    assert.ok(await page.locator('img[alt^="Code QR"]').evaluate((img) => img.naturalWidth > 0), 'the QR code is a picture');
    await page.context().close();
});

test('an agent takes the map on a phone, shares, is recommended a course and enrolled', {timeout: 300000}, async () => {
    const page = await learner(browser, first, phone);
    await take(page, () => press(page, 'unknown'));
    await page.goto('/local/palier/mycampaigns.php');
    await go(page, () => page.locator('section', {hasText: 'Nos compétences'}).first().locator('text=Partager mon résultat').click());
    await press(page, 'share');
    await page.goto('/local/palier/mine.php');
    await page.selectOption('#local_palier-profile', {label: 'Socle de demain (Socle commun)'});
    await go(page, () => page.click('#region-main form[method=get] button'));
    assert.match(await page.textContent('[aria-labelledby=local_palier-next]'), /Premiers pas/);
    await good(page, 'story-next');
    await go(page, () => page.locator('button[name=do][value=enrol]', {hasText: 'Premiers pas'}).first().click());
    assert.match(page.url(), /course\/view\.php/);
    assert.match(await page.textContent('h1'), /Premiers pas numériques/);
    await page.context().close();
});

test('another one contests a question, is recomputed, and shares nothing', {timeout: 600000}, async () => {
    const page = await learner(browser, second, phone);
    const result = await take(page, (i) => (i < 5 ? answerWith(page, i) : press(page, 'unknown')));
    await page.goto(result.replace('result.php', 'story.php'));
    await go(page, () => page.locator('.palier-lines a', {hasText: 'Je ne suis pas d’accord'}).nth(1).click());
    await page.fill('#palier-message', 'Deux réponses sont justes.');
    await go(page, () => page.click('button[value=open]'));
    const thread = page.url();

    const admin = await learner(browser, 'admin');
    await admin.goto(thread);
    await admin.check('#palier-decide-dropped');
    await admin.fill('#palier-message', 'Vous avez raison : je la retire.');
    await go(admin, () => admin.click('button[value=decide]'));
    // The log is a file; what was not shared is not in it.
    const list = await admin.locator('a[href*="contests.php"]').first().getAttribute('href');
    await admin.goto(list);
    const [file] = await Promise.all([admin.waitForEvent('download'), admin.click('a[href*="spreadsheet=1"]')]);
    const csv = readFileSync(await file.path(), 'utf8');
    assert.ok(csv.startsWith('\ufeffSujet;Question;'), csv.slice(0, 60));
    assert.match(csv, /Deux réponses sont justes\./);
    assert.match(csv, /je la retire/);
    assert.match(csv, /Pas partagé avec vous/);
    await admin.context().close();

    await page.goto(result);
    assert.equal(await page.locator('.palier-versions li').count(), 2);
    assert.match(await page.textContent('.palier-versions'), /je la retire/);
    await page.goto('/local/palier/mycampaigns.php');
    assert.match(await page.locator('section', {hasText: 'Nos compétences'}).first().textContent(), /Terminé, non partagé/);
    await page.context().close();
});

test('HR reads the map of T0, and T1 tells the change with its interval; nobody is named', {timeout: 600000}, async () => {
    const page = await learner(browser, 'rh-centre');
    await page.goto(made.maps);
    const maps = await page.locator('#region-main a[href*="/map.php?id="]').evaluateAll((all) => all.map((one) => one.href));
    assert.equal(maps.length, 2);
    const told = [];
    for (const map of maps) {
        await page.goto(map);
        await good(page, 'story-map');
        told.push(await main(page));
    }
    const [before, after] = told[0].includes('Évolution depuis T0') ? told.reverse() : told;
    assert.doesNotMatch(before, /Évolution depuis T0/);
    assert.match(after, /\d,\d+ \(entre .+? et .+?\), au moins \d+ personnes/);
    assert.doesNotMatch(told.join(), /agent\d\d|Agent \d\d/);
    // HR of an authority opens neither.
    const other = await learner(browser, 'rh-ville');
    await other.goto(maps[0]);
    assert.match(await main(other), /Lire les cartes/);
    await other.context().close();
    await page.context().close();
});
