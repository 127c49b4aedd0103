// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of the plugin, as docs/accessibility.md tells it: axe, forced colours, 320 pixels, 200 % zoom, the keyboard.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {accessibilityProblems} from './support/axe.mjs';
import {demo, launch} from './support/browser.mjs';
import {begin, fresh, go, learner as signedIn, shot, stopHere} from './support/learner.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const {cmid} = demo.tests.fr;
const [learned] = demo.learners;
const beginner = (demo.newlearners ?? demo.learners).at(-1);
const of = (page, more = '') => `/mod/palier/${page}.php?id=${cmid}${more}`;

/** Files of the plugin that make a page, or a part of one of core's. */
const PLUGIN = new URL('../../adapters/moodle/mod_palier/', import.meta.url);
const FILES = readdirSync(PLUGIN).filter((file) => file.endsWith('.php')
    && /OUTPUT->header\(\)|extends moodleform_mod|\$settings->add\(/.test(readFileSync(new URL(file, PLUGIN), 'utf8')));

/** The file that an address shows. */
const CORES = {'/course/modedit.php': 'mod_form.php'};
const fileOf = (address) => {
    const {pathname} = new URL(address, PLUGIN);
    return CORES[pathname] ?? pathname.match(/\/mod\/palier\/(\w+\.php)$/)?.[1];
};
const visited = new Set();

/** Not visited here so far. The tests contest and result see four of them, with axe alone; nobody the page of settings. */
const TO_COME = ['contest.php', 'feedback.php', 'paper.php', 'settings.php', 'share.php'];

/** Goes to an address and sees whether the page is for everybody. */
async function visit(page, address, name) {
    await page.goto(address);
    visited.add(fileOf(address));
    await good(page, name);
}

/** Drawings that are backgrounds of elements. */
const BARS = '#region-main :is(.palier-bar, .palier-sumbar, .progress-bar)';

/** What a page has that the keyboard has to reach: of a group of radio buttons one, and nothing that is folded away. */
const REACHABLE = () => {
    const groups = new Set();
    return [...document.querySelectorAll('#region-main :is(a[href], button, input, select, textarea, summary, [tabindex="0"])')]
        .filter((one) => !one.disabled && one.tabIndex >= 0 && one.type !== 'hidden' && one.checkVisibility({visibilityProperty: true})
            && !one.closest('[aria-hidden=true], details:not([open]) > :not(summary)')
            && one.getBoundingClientRect().width > 0)
        .filter((one) => {
            const group = one.type === 'radio' ? one.name : null;
            const seen = group && groups.has(group);
            groups.add(group);
            return !seen;
        });
};

/** Tab goes to all of it, is caught nowhere, and is seen. */
async function keyboard(page, name) {
    const count = await page.evaluate(`(${REACHABLE})().map((one, i) => { one.dataset.reach = i; }).length`);
    await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
    const reached = new Set();
    for (let i = 0, since = 0; reached.size < count && since < 150; i++, since++) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
            const one = document.activeElement;
            if (!one || one === document.body || !one.dataset.reach) {
                return null;
            }
            const style = getComputedStyle(one);
            return {key: one.dataset.reach, html: one.outerHTML.slice(0, 120),
                seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none'};
        });
        if (at && !reached.has(at.key)) {
            reached.add(at.key);
            since = 0;
            assert.ok(at.seen, `${name}: nothing shows that the focus is on ${at.html}`);
        }
    }
    const missed = await page.evaluate((keys) => [...document.querySelectorAll('[data-reach]')]
        .filter((one) => !keys.includes(one.dataset.reach)).map((one) => one.outerHTML.slice(0, 120)), [...reached]);
    assert.deepEqual(missed, [], `${name}: Tab does not reach these`);
}

/** A theme's dark colours by the names that Bootstrap gives them; Moodle 4.5's themes have none of these. */
const DARK = `:root {--bs-body-bg: #212529; --bs-link-color: #6fa6d9; --bs-secondary-color: rgba(222, 226, 230, 0.75);
    --bs-border-color: #495057}
    body, body :is(#page, #page-wrapper, #page-content, #topofscroll, #region-main, .main-inner, table, tr, th, td) {
        background-color: #212529 !important; color: #dee2e6 !important}`;

/**
 * What the plugin draws and says in small print against the ground, on a light one and on a dark one: 3 to 1 for
 * drawings, 4.5 to 1 for words (WCAG 2.2, 1.4.11 and 1.4.3). Returns what has less.
 */
const FAINT = () => {
    const colour = (text) => text.match(/[\d.]+/g).map(Number);
    const over = ([r, g, b, a = 1], ground) => [r, g, b].map((one, i) => one * a + ground[i] * (1 - a));
    const luminance = (rgb) => rgb.map((one) => one / 255)
        .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
        .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
    const contrast = (one, other) => {
        const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const page = colour(getComputedStyle(document.body).backgroundColor);
    const ground = page[3] === 0 ? [255, 255, 255] : page.slice(0, 3);
    return [
        ['.palier-bar', 'backgroundColor', 3], ['.palier-sumbar', 'backgroundColor', 3],
        ['.palier-doubt .progress', 'borderTopColor', 3], ['.palier-bar-line', 'borderTopColor', 3],
        ['.palier-bar-line .mark', 'fill', 3], ['.palier-bar-line .margin', 'stroke', 3],
        ['.palier-curve .line', 'stroke', 3], ['.palier-curve .margin', 'stroke', 3], ['.palier-curve text', 'fill', 4.5],
        ['.palier-lines li', 'borderLeftColor', 3], ['.palier-thread li', 'borderLeftColor', 3],
        ['.palier-note', 'color', 4.5],
    ].flatMap(([what, property, least]) => [...document.querySelectorAll(`#region-main ${what}`)]
        .filter((one) => one.checkVisibility() && getComputedStyle(one)[property] !== 'none')
        .map((one) => ({what, property, seen: contrast(over(colour(getComputedStyle(one)[property]), ground), ground), least}))
        .filter(({seen}) => seen < least));
};

async function contrasts(page, name) {
    assert.deepEqual(await page.evaluate(FAINT), [], `${name}: too faint`);
    const style = await page.addStyleTag({content: DARK});
    assert.deepEqual(await page.evaluate(FAINT), [], `${name}: too faint where the theme is dark`);
    await shot(page, `${name}-dark`);
    await style.evaluate((one) => one.remove());
}

async function good(page, name) {
    visited.add(fileOf(page.url()));
    assert.deepEqual(await accessibilityProblems(page), [], name);
    await page.emulateMedia({forcedColors: 'active'});
    assert.deepEqual(await accessibilityProblems(page), [], `${name}, forced colours`);
    assert.deepEqual(await page.evaluate((bars) => [...document.querySelectorAll(bars)]
        .filter((bar) => getComputedStyle(bar).backgroundColor === getComputedStyle(document.body).backgroundColor)
        .map((bar) => bar.className), BARS), [], `${name}: bars that forced colours take away`);
    await shot(page, `${name}-forced-colours`);
    await page.emulateMedia({forcedColors: null});
    await contrasts(page, name);
    const size = page.viewportSize();
    // 640 pixels is what 1280 have at 200 %, 320 at 400 %.
    for (const width of [640, 320]) {
        await page.setViewportSize({...size, width});
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth + 1), `${name} is wider than ${width} pixels`);
        await shot(page, `${name}-${width}`);
    }
    await page.setViewportSize(size);
    assert.equal(await page.locator('h1').count(), 1, `${name} has one first heading`);
    assert.ok((await page.title()).length > 5, `${name} has a title`);
    assert.equal(await page.locator('html').getAttribute('lang'), 'fr', `${name} says its language`);
    await keyboard(page, name);
}

/** Pages of a test that who looks after it finds in its menus, by name of the visit. */
const MENU = {
    view: of('view'),
    form: `/course/modedit.php?update=${cmid}`,
    check: of('check'),
    walk: of('walk', '&level=3'),
    levels: of('levels'),
    map: `/mod/palier/map.php?id=${demo.tests.map.cmid}`,
    nextsteps: of('nextsteps'),
    report: of('report'),
    'report-map': `/mod/palier/report.php?id=${demo.tests.map.cmid}&below=3`,
    questions: of('questions'),
    contests: of('contests'),
    statements: of('statements'),
    overrides: of('overrides'),
    override: of('overrides', '&edit=0'),
    parameters: of('parameters'),
    'parameters-found': of('parameters', '&q=palier-1.1-L0'),
    import: of('import'),
    guide: of('guide'),
    list: `/mod/palier/index.php?id=${demo.course}`,
};

/** Pages that a link of another page leads to: name, page that has the link (none: the last one), link. */
const LINKED = [
    ['story-of', of('report'), 'a[href*="story.php"]'],
    ['result-of', null, '#region-main a[href*="result.php"]'],
    ['statement', of('statements'), '#region-main a[href*="statements.php"][href*="detail"], #region-main a[href*="statement="]'],
    ['history', of('parameters', '&q=palier-1.1-L0'), 'a[href*="history.php"]'],
    ['answers', of('questions'), '#region-main a[href*="entry="]'],
    ['rescore', null, '#region-main a[href*="rescore.php"]'],
    ['delete', of('report'), 'a[href*="deleteattempt.php"]'],
];

test('what a teacher finds is for everybody', {timeout: 1200000}, async (t) => {
    const page = await signedIn(browser, demo.trainer);
    for (const [name, address] of Object.entries(MENU)) {
        await t.test(name, async () => {
            await visit(page, address, `a11y-teacher-${name}`);
            assert.deepEqual(page.problems.splice(0), []);
        });
    }
    for (const [name, from, link] of LINKED) {
        await t.test(name, async () => {
            if (from) {
                await page.goto(from);
            }
            const href = await page.locator(link).first().getAttribute('href', {timeout: 20000}).catch(() => null);
            assert.ok(href, `no way from ${page.url()} to ${name}`);
            await visit(page, href, `a11y-teacher-${name}`);
            assert.deepEqual(page.problems.splice(0), []);
        });
    }
    await page.context().close();
});

test("the learner's pages are for everybody", {timeout: 300000}, async () => {
    const page = await signedIn(browser, learned);
    await page.goto(of('view'));
    await good(page, 'a11y-home');
    await page.goto(await page.locator('.palier-results a').first().getAttribute('href'));
    await good(page, 'a11y-result');
    await page.goto(await page.locator('a[href*="story.php"]').first().getAttribute('href'));
    await good(page, 'a11y-own-story');
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('a question under way is for everybody', {timeout: 300000}, async () => {
    const page = await signedIn(browser, beginner);
    await fresh(page);
    await begin(page);
    await good(page, 'a11y-question');
    await go(page, () => page.locator('button[name=do][value=pause]').click());
    await stopHere(page);
    assert.deepEqual(page.problems, []);
    await page.context().close();
    // Who stopped may be let in again: by a page that asks why.
    const trainer = await signedIn(browser, demo.trainer);
    await trainer.goto(of('report'));
    await trainer.goto(await trainer.locator('a[href*="reopenattempt.php"]').first().getAttribute('href'));
    await good(trainer, 'a11y-reopen');
    assert.deepEqual(trainer.problems, []);
    await trainer.context().close();
});

test("the administrator's pages are for everybody", {timeout: 300000}, async () => {
    const page = await signedIn(browser, 'admin');
    await visit(page, '/mod/palier/frameworks.php', 'a11y-frameworks');
    await visit(page, '/mod/palier/destinations.php', 'a11y-destinations');
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('the pages of one destination are for everybody, from adding it to removing it', {timeout: 300000}, async () => {
    const page = await signedIn(browser, 'admin');
    await visit(page, '/mod/palier/destinations.php?edit=1', 'a11y-destination-add');
    const name = `Entrepôt ${Date.now()}`;
    await page.fill('#id_name', name);
    // Nobody listens there: what a try says has to be readable, too.
    await page.fill('#id_endpoint', 'http://127.0.0.1:9/xapi');
    await page.fill('#id_lrskey', 'palier');
    await page.evaluate(() => {
        document.querySelector('input[name=secret]').value = 'mot de passe';
    });
    await go(page, () => page.locator('#id_submitbutton').click());
    const id = new URL(page.url()).searchParams.get('id');
    assert.ok(Number(id) > 0, page.url());
    await good(page, 'a11y-destination');
    for (const act of ['test', 'dryrun', 'remove']) {
        await go(page, () => page.locator(`button[name=do][value=${act}]`).click());
        await good(page, `a11y-destination-${act}`);
    }
    await go(page, () => page.locator('#region-main [role=dialog] button, #region-main .modal-footer button, #notice button', {hasText: 'Retirer'}).first().click());
    await page.goto('/mod/palier/destinations.php');
    const [present, removed] = (await page.textContent('#region-main')).split('Retirées');
    assert.ok(!present.includes(name) && removed.includes(name));
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('no page of the plugin was left out', () => {
    assert.deepEqual(FILES.filter((file) => !visited.has(file)), TO_COME, 'give what is new a visit above');
});
