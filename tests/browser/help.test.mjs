// SPDX-License-Identifier: GPL-3.0-or-later
// People who help, in French: an adviser opens times, an agent books one, cancels it and asks to be called, asks for a workshop; the
// adviser closes the one and makes the other; human resources see nothing of it.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {launch} from './support/browser.mjs';
import {go, learner} from './support/learner.mjs';
import {good} from './support/programme.mjs';

const made = JSON.parse(process.env.PALIER_PROGRAMME);
const town = new URL(made.authorities.find(({name}) => name === 'Ville').campaigns).searchParams.get('contextid');
const queue = `/local/palier/advice.php?contextid=${town}`;
const agents = ['agent01', 'agent02'];

let browser, adviser;
before(async () => {
    browser = await launch();
    adviser = await learner(browser, 'conseil-ville');
});
after(() => browser.close());

const main = (page) => page.textContent('#region-main');

test('an adviser opens times', async () => {
    await adviser.goto(queue);
    assert.match(await main(adviser), /Personne n’attend/);
    await go(adviser, () => adviser.click('text=Ouvrir des créneaux'));
    await adviser.fill('#id_place', 'Mairie, salle 12');
    await adviser.selectOption('#id_times', '3');
    await good(adviser, 'slots');
    await go(adviser, () => adviser.click('#id_submitbutton'));
    assert.equal(await adviser.locator('button[name=withdraw]').count(), 3);
    await good(adviser, 'advice-slots');
});

test('an agent books, cancels and asks to be called, and says what is shown', async () => {
    const page = await learner(browser, agents[0], {width: 360, height: 740});
    await page.goto('/local/palier/mine.php');
    await good(page, 'mine-help');
    await go(page, () => page.click('text=Choisir un rendez-vous'));
    await good(page, 'meetings');
    await page.locator('input[name=choice][value^=slot]').first().check();
    await page.locator('input[name=show]').nth(1).check();
    await go(page, () => page.click('button[value=ask]'));
    assert.match(await main(page), /Mairie, salle 12/);
    assert.match(await main(page), /Vous montrez ce résultat/);
    await page.click('summary');
    await good(page, 'meetings-booked');
    await adviser.goto(queue);
    assert.match(await main(adviser), /Agent 01/);
    await go(page, () => page.click('button[value=cancel]'));
    await adviser.goto(queue);
    assert.doesNotMatch(await main(adviser), /Agent 01/);
    await page.locator('input[name=choice][value^=call]').check();
    await go(page, () => page.click('button[value=ask]'));
    assert.match(await main(page), /Tapez le numéro/);
    await page.fill('#local_palier-phone', '02 99 00 00 00');
    await page.fill('#local_palier-hours', 'le matin');
    await page.locator('input[name=show]').nth(1).check();
    await go(page, () => page.click('button[value=ask]'));
    assert.match(await main(page), /vous appellera au 02 99 00 00 00/);
    await good(page, 'meetings-call');
});

test('the adviser sees the queue and what is shown, closes it, and the agent reads what came of it', async () => {
    await adviser.goto(queue);
    await good(adviser, 'advice-queue');
    await go(adviser, () => adviser.click('text=Ouvrir Agent 01'));
    assert.match(await main(adviser), /02 99 00 00 00/);
    assert.match(await main(adviser), /1\.1/);
    await good(adviser, 'meeting');
    await adviser.fill('#local_palier-note', 'Un atelier en janvier.');
    await go(adviser, () => adviser.click('button[name=close]'));
    await good(adviser, 'advice-closed');
    const page = await learner(browser, agents[0], {width: 360, height: 740});
    await page.goto('/local/palier/meetings.php');
    assert.match(await main(page), /Un atelier en janvier/);
    await good(page, 'meetings-after');
});

test('human resources and whoever manages campaigns see nothing of it', async () => {
    for (const username of ['rh-ville', 'campagnes-ville', 'conseil-agglo']) {
        const page = await learner(browser, username);
        for (const name of ['advice', 'workshops', 'openslots']) {
            await page.goto(`/local/palier/${name}.php?contextid=${town}`);
            assert.match(await page.textContent('body'), /Recevoir en rendez-vous et faire des ateliers/, `${username} ${name}`);
            assert.doesNotMatch(await page.textContent('body'), /Agent 01/);
        }
    }
});

test('agents ask for a workshop, and the adviser makes its groups', async () => {
    let asked;
    for (const username of agents) {
        const page = await learner(browser, username, {width: 360, height: 740});
        await page.goto('/local/palier/mine.php');
        const wish = page.locator('form', {has: page.locator('button[value=workshop]')}).last();
        asked = await wish.locator('input[name=competence]').inputValue();
        await go(page, () => wish.locator('button').click());
        assert.equal(await page.locator('button[value=noworkshop]').count(), 1);
        await good(page, 'mine-workshop');
    }
    const page = adviser;
    await page.goto(queue);
    await go(page, () => page.locator('#region-main a', {hasText: 'Ateliers'}).click());
    await good(page, 'workshops');
    await page.selectOption('#local_palier-one', {value: JSON.stringify(['CRCN-2019', asked])});
    await page.fill('#local_palier-level', '3');
    await page.fill('#local_palier-least', '9');
    await page.fill('#local_palier-most', '9');
    await go(page, () => page.click('text=Proposer des groupes'));
    assert.match(await page.textContent('#region-main [role=status]'), /souhaite/);
    await page.fill('#local_palier-least', '1');
    await go(page, () => page.click('text=Proposer des groupes'));
    assert.match(await main(page), /Agent 0[12]/);
    await page.fill('#local_palier-time1', '2027-01-12T14:00');
    await page.fill('#local_palier-place1', 'Médiathèque');
    await good(page, 'workshops-proposal');
    await page.selectOption('#local_palier-course', {label: 'Ville : tests'});
    await go(page, () => page.click('button[name=make]'));
    assert.match(page.url(), /workshop\.php/);
    assert.match(await main(page), /12 janvier 2027.*Médiathèque/s);
    await good(page, 'workshop');
});
