// SPDX-License-Identifier: GPL-3.0-or-later
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds against WCAG 2.2 A and AA below a selector: one string a finding, so that deepEqual(…, []) reads well. */
export async function accessibilityProblems(page, selector = '#region-main') {
    await page.evaluate(source);
    const result = await page.evaluate((where) => window.axe.run(where, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    }), selector);
    return result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help} — ${node.html}`));
}
