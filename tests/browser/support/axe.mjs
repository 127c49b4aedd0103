// SPDX-License-Identifier: GPL-3.0-or-later
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Moodle's own "clear my choice" hides a control of its own from assistive technology until its script has run.
// Its autocomplete calls a list that is still empty a listbox. Its editor names an element that may have no name.
const OF_CORE = ['.qtype_multichoice_clearchoice', '.form-autocomplete-selection', '.tox-tinymce'];

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe finds against WCAG 2.2 A and AA, or against some rules of its own, below a selector: one string a finding, so that
 * deepEqual(…, []) reads well.
 */
export async function accessibilityProblems(page, selector = '#region-main', rules = WCAG) {
    // Moodle counts the scripts of a page that are still to run.
    await page.waitForFunction(() => !window.M?.util?.pending_js?.length);
    await page.evaluate(source);
    const result = await page.evaluate(([where, ofCore, runOnly]) => window.axe.run({include: [[where]],
        exclude: ofCore.map((one) => [one])}, {runOnly}), [selector, OF_CORE, rules]);
    return result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help} — ${node.html}`));
}
