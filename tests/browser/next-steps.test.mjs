// SPDX-License-Identifier: GPL-3.0-or-later
// What a result leads to, in French: the catalogue comes in by a file; whoever is below a level reads which training is for it and why, and is
// in its course by one click; a level opens an activity to one person, and tells the other why not and where to begin.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {accessibilityProblems} from './support/axe.mjs';
import {launch} from './support/browser.mjs';
import {go, learner, shot} from './support/learner.mjs';
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

test('a level opens an activity to one, and tells the other why not and where to begin', {timeout: 300000}, async () => {
    const teacher = await learner(browser, 'admin');
    await teacher.goto(`/course/modedit.php?update=${made.next}`);
    await teacher.evaluate(() => document.querySelectorAll('#id_availabilityconditionsheader .collapse, .fcontainer.collapse')
        .forEach((one) => one.classList.add('show')));
    await teacher.click('.availability-button button');
    await teacher.click('.availability-dialogue button >> text=Niveau dans une compétence');
    const field = (name) => teacher.locator(`.availability_palier [name=${name}]`);
    // Nothing is chosen yet: what is missing is said.
    assert.equal(await field('chance').inputValue(), '80');
    await field('competence').selectOption(made.competence);
    await field('level').fill('3');
    await field('cm').selectOption(String(made.test));
    await field('prepare').selectOption(String(made.prepare));
    await field('prepare').dispatchEvent('change');
    assert.deepEqual(await accessibilityProblems(teacher), []);
    assert.ok(await teacher.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth + 1), 'the form is too wide');
    await shot(teacher, 'condition-form');
    await go(teacher, () => teacher.click('#id_submitbutton2'));
    await teacher.goto(`/course/modedit.php?update=${made.next}`);
    assert.equal(await field('level').inputValue(), '3', 'it is kept');
    assert.equal(await field('competence').inputValue(), made.competence);
    await teacher.context().close();

    const above = await learner(browser, made.above);
    await above.goto(`/mod/page/view.php?id=${made.next}`);
    assert.match(await above.textContent('h1'), /Formation avancée/);
    await above.context().close();

    const below = await learner(browser, made.below, {width: 360, height: 740});
    await below.goto(`/course/view.php?id=${made.course}`);
    const reason = below.locator(`#module-${made.next} .availabilityinfo, [data-id="${made.next}"] .availabilityinfo`).first();
    assert.match(await reason.textContent(), /niveau 3 ou plus en «\s.*80 chances sur cent\)\. Avant cela\s:/s);
    assert.deepEqual(await accessibilityProblems(below), []);
    assert.ok(await below.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth + 1), 'not wider than 360 pixels');
    await shot(below, 'condition-360');
    // What is longer than a line or two Moodle folds.
    const prepare = reason.locator(`a[href*="id=${made.prepare}"]`);
    if (!await prepare.first().isVisible()) {
        await reason.locator('[data-action=toggle-content]').click();
    }
    await go(below, () => prepare.locator('visible=true').click());
    assert.match(await below.textContent('h1'), /Formation de préparation/);
    assert.deepEqual(below.problems, []);
    await below.context().close();
});
