// SPDX-License-Identifier: GPL-3.0-or-later
// The report of `palier simulate --adjustable`, opened from the disk: its sliders ask the engine that it carries.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {accessibilityProblems, context, launch, layoutProblems, open, shot} from './support/browser.mjs';
import {build, files, palier, work} from './support/fixture.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

const precise = JSON.parse(readFileSync(files.plan, 'utf8'));
precise.stop = {...precise.stop, standard_error: 0.5, max_items: 30};
const plan = join(work, 'adjustable-plan.json');
writeFileSync(plan, JSON.stringify(precise));

for (const lang of ['fr', 'en']) {
    test(`moving a slider redraws length and margin, in ${lang}`, {timeout: 120000}, async () => {
        const report = join(work, `adjustable-${lang}.html`);
        palier(['simulate', '--bank', files.bank, '--plan', plan, '--persons', '200', '--report', report, '--adjustable', '--lang', lang]);
        const data = JSON.parse(/id="palier-data">(.*)<\/script>/.exec(readFileSync(report, 'utf8'))[1]);
        const expected = (stop) => JSON.parse(execFileSync(join(build, 'palier'), ['call'], {
            encoding: 'utf8',
            input: JSON.stringify({call: 'feasibility', items: data.items, plan: {...data.plan, stop: {...data.plan.stop, ...stop}},
                options: {persons: 400, seed: 1, lang}}),
        }));

        const page = await open(await context(browser, {lang, width: 360, height: 740}));
        await page.goto(`file://${report}`);
        const settled = () => page.waitForSelector('#palier-adjustable[aria-busy=false]');
        const shown = async (stop) => {
            await settled();
            const answer = expected(stop);
            const number = (value, digits) => value.toLocaleString(lang, {minimumFractionDigits: digits, maximumFractionDigits: digits});
            const said = await page.textContent('[data-is=summary]');
            assert.ok(said.includes(number(answer.expected_items, 0)) && said.includes(`± ${number(answer.margin_levels ?? answer.margin, 1)}`), said);
            // Two ends that are one number are told as one.
            const ends = [...new Set(answer.items_interval)];
            assert.match(await page.textContent('[data-is=interval]'), new RegExp(`\\b${ends.join('\\b.*\\b')}\\b`));
            const rows = await page.locator('#palier-adjustable tbody tr').allTextContents();
            assert.equal(rows.length, answer.by_level.length);
            answer.by_level.forEach((level, i) => assert.ok(rows[i].includes(number(level.se, 2)), rows[i]));
            return answer;
        };
        const before = await shown({});
        await page.focus('#palier-standard_error');
        for (let i = 0; i < 3; i++) {
            await page.keyboard.press('ArrowRight');
        }
        assert.match(await page.getAttribute('#palier-standard_error', 'aria-valuetext'), lang === 'fr' ? /0,35/ : /0\.35/);
        const after = await shown({standard_error: 0.35});
        assert.ok(after.expected_items > before.expected_items + 3);
        await page.focus('#palier-max_items');
        await page.keyboard.press('Home');
        const shortest = await shown({standard_error: 0.35, max_items: 1, min_items: 1});
        assert.equal(shortest.expected_items, 1);
        assert.ok(await page.locator('[data-is=notes] li').count() > 0, 'a test of one question keeps no promise');
        await shot(page, `adjustable-${lang}`);
        assert.deepEqual(await accessibilityProblems(page), []);
        assert.deepEqual(await layoutProblems(page), []);
        for (const slider of await page.locator('input[type=range]').all()) {
            assert.ok((await slider.boundingBox()).height >= 24);
        }
        assert.deepEqual(page.problems, []);
        await page.context().close();
    });
}

test('a report without sliders has no script', () => {
    const report = join(work, 'plain.html');
    palier(['simulate', '--bank', files.bank, '--plan', plan, '--persons', '50', '--report', report]);
    assert.doesNotMatch(readFileSync(report, 'utf8'), /<script/);
});

for (const lang of ['fr', 'en']) {
    test(`the report of a map says for each competence what will be shown, in ${lang}`, {timeout: 120000}, async () => {
        const report = join(work, `map-${lang}.html`);
        const study = JSON.parse(palier(['simulate', '--bank', files.bank, '--scales-by', 'content', '--plan', files.mapPlan, '--anyway',
            '--persons', '60', '--format', 'json', '--report', report, '--lang', lang]));
        const page = await open(await context(browser, {lang, width: 360, height: 740}));
        await page.goto(`file://${report}`);
        const table = (caption) => page.locator('table', {has: page.locator('caption', {hasText: new RegExp(`^${caption}$`)})});
        const cells = await table(lang === 'fr' ? 'Par compétence' : 'By competence').locator('tbody tr').evaluateAll((rows) =>
            rows.map((row) => [...row.children].map(({textContent}) => textContent)));
        // As rounded to so many digits, in the reader's way.
        const says = (cell, value, digits) => {
            assert.match(cell, lang === 'fr' ? /^-?[\d ]+(,\d+)?/ : /^-?\d+(\.\d+)?/);
            assert.ok(Math.abs(parseFloat(cell.replace(',', '.')) - value) <= 0.5 * 10 ** -digits + 1e-9, `${cell} for ${value}`);
        };
        assert.equal(cells.length, study.scales.length);
        study.scales.forEach((scale, i) => {
            const [name, own, , rmse, se, coverage, , prmse, told] = cells[i];
            assert.equal(name, scale.name[lang]);
            says(own, scale.own, 1);
            says(rmse, scale.rmse, 2);
            says(se, scale.se, 2);
            says(coverage, 100 * scale.coverage, 1);
            says(prmse, 100 * scale.prmse, 1);
            says(told, 100 * scale.level.told, 1);
        });
        // Every drawing has its table: three of shares by competence, one of errors by level, stops and exposure.
        assert.equal(await page.locator('figure').count(), 6);
        await shot(page, `map-report-${lang}`);
        assert.deepEqual(await accessibilityProblems(page), []);
        assert.deepEqual(await layoutProblems(page), []);
        assert.deepEqual(page.problems, []);
        await page.context().close();
    });
}
