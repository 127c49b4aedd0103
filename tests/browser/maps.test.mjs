// SPDX-License-Identifier: GPL-3.0-or-later
// The map of a campaign, in French: human resources read it as a table whose bars say what stands beside them, choose among what
// is published, take it away, have another one made and delete it; nobody else does.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {launch} from './support/browser.mjs';
import {go, learner} from './support/learner.mjs';
import {good} from './support/programme.mjs';

const made = JSON.parse(process.env.PALIER_MAP);
const map = `/local/palier/map.php?id=${made.map}`;
const maps = `/local/palier/maps.php?contextid=${made.context}`;

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

test('a map tells counts of k people or more, each bar as its figure', async () => {
    assert.equal(made.state, 'made');
    const page = await learner(browser, made.hr);
    await page.goto(maps);
    await good(page, 'maps');
    await go(page, () => page.click('#region-main li a'));
    await good(page, 'map');
    const words = await page.textContent('#region-main');
    assert.match(words, /Tout le monde\s: 40 personnes sont comptées, sur 60/);
    assert.doesNotMatch(words, /Inconnue/);
    const cells = await page.locator('#region-main td').evaluateAll((all) => all.map((cell) => ({
        text: cell.textContent, width: cell.querySelector('.progress-bar')?.style.width,
    })));
    assert.ok(cells.length > 16);
    for (const {text, width} of cells) {
        assert.ok(Number(text.match(/(\d+) personnes/)[1]) >= 10, text);
        assert.equal(width, text.includes('%') ? `${text.match(/(\d+) %/)[1]}%` : undefined, text);
    }
    await page.selectOption('#local_palier-row', '0');
    await page.selectOption('#local_palier-line', '-1');
    await go(page, () => page.click('#region-main form button'));
    const groups = await page.locator('#region-main th[scope=row]').allTextContents();
    assert.deepEqual(groups, ['Accueil', 'Voirie', 'Tout le monde']);
    await good(page, 'map-competence');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Tout télécharger')]);
    const csv = readFileSync(await file.path(), 'utf8');
    assert.ok(csv.startsWith('\ufeffGroupe;'), csv.slice(0, 60));
    for (const row of csv.trim().split('\r\n').slice(1)) {
        assert.ok(Number(row.match(/;(\d+);[^;]*;[^;]*;[^;]*$/)[1]) >= 10, row);
    }
});

test('another map is asked for, and says how far it is', async () => {
    const page = await learner(browser, made.hr);
    await page.goto(`/local/palier/makemap.php?id=${made.campaign}`);
    await good(page, 'makemap');
    await go(page, () => page.click('#id_submitbutton'));
    assert.match(await page.textContent('#region-main'), /en préparation\s: 0\s%/);
    // Once a month.
    await page.goto(`/local/palier/makemap.php?id=${made.campaign}`);
    assert.match(page.url(), /maps\.php/);
});

test('nobody else opens a map, and only whoever makes them deletes one', async () => {
    const stranger = await learner(browser, made.stranger);
    for (const url of [maps, map, `${map}&download=1`, `${map}&delete=1`, `/local/palier/makemap.php?id=${made.campaign}`]) {
        await stranger.goto(url);
        assert.match(await stranger.textContent('#region-main'), /Lire les cartes|Faire et supprimer/, url);
    }
    const page = await learner(browser, made.hr);
    await page.goto(map);
    await go(page, () => page.click('text=Supprimer cette carte'));
    assert.match(await page.textContent('#region-main, .modal-body'), /ne le seront dans aucune autre carte/);
    await go(page, () => page.click('form button.btn-primary, form input.btn-primary'));
    assert.doesNotMatch(await page.textContent('#region-main'), /40 personnes/);
    await page.goto(map);
    assert.match(await page.textContent('body'), /Cette carte n’existe plus/);
});
