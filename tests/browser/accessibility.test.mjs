// SPDX-License-Identifier: GPL-3.0-or-later
// Every page of the plugin, as docs/accessibility.md tells it: axe, forced colours, 320 pixels, 200 % zoom, the keyboard.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {accessibilityProblems} from './support/axe.mjs';
import {demo, launch} from './support/browser.mjs';
import {begin, fresh, go, learner as signedIn, shot, stopHere} from './support/learner.mjs';

let browser;
let trainer;
before(async () => {
    browser = await launch();
    trainer = await signedIn(browser, demo.trainer);
});
after(() => browser.close());

const {cmid} = demo.tests.fr;
const [learned] = demo.learners;
const beginner = (demo.newlearners ?? demo.learners).at(-1);
const of = (page, more = '') => `/mod/palier/${page}.php?id=${cmid}${more}`;

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

async function good(page, name, {tab = true} = {}) {
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
    if (tab) {
        await keyboard(page, name);
    }
}

const PAGES = {
    view: of('view'),
    check: of('check'),
    walk: of('walk', '&level=3'),
    // 200 rows with a list each: the keyboard's way is that of the first page of the parameters.
    levels: [of('levels'), {tab: false}],
    nextsteps: of('nextsteps'),
    report: of('report'),
    questions: of('questions'),
    contests: of('contests'),
    statements: of('statements'),
    overrides: of('overrides'),
    override: of('overrides', '&edit=0'),
    parameters: [of('parameters'), {tab: false}],
    'parameters-found': of('parameters', '&q=palier-1.1-L0'),
    import: of('import'),
    guide: of('guide'),
};
for (const [name, page] of Object.entries(PAGES)) {
    test(`the trainer's page ${name} is for everybody`, {timeout: 300000}, async () => {
        const [url, options] = [page].flat();
        await trainer.goto(url);
        await good(trainer, `a11y-${name}`, options);
        assert.deepEqual(trainer.problems.splice(0), []);
    });
}

test("the trainer's way to a story, a history and the answers to a question is for everybody", {timeout: 300000}, async () => {
    for (const [name, from, link] of [
        ['story-of', of('report'), 'a[href*="story.php"]'],
        ['statement', of('statements'), '#region-main a[href*="statements.php"][href*="detail"], #region-main a[href*="statement="]'],
        ['history', of('parameters', '&q=palier-1.1-L0'), 'a[href*="history.php"]'],
        ['answers', of('questions'), '#region-main a[href*="entry="]'],
        ['rescore', null, '#region-main a[href*="rescore.php"]'],
        ['delete', of('report'), 'a[href*="deleteattempt.php"]'],
    ]) {
        if (from) {
            await trainer.goto(from);
        }
        const href = await trainer.locator(link).first().getAttribute('href', {timeout: 20000}).catch(() => null);
        assert.ok(href, `no way from ${from} to ${name}`);
        await trainer.goto(href);
        await good(trainer, `a11y-${name}`, {tab: name !== 'answers'});
    }
    assert.deepEqual(trainer.problems.splice(0), []);
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
    await trainer.goto(of('report'));
    await trainer.goto(await trainer.locator('a[href*="reopenattempt.php"]').first().getAttribute('href'));
    await good(trainer, 'a11y-reopen');
    assert.deepEqual(trainer.problems.splice(0), []);
});

test("the administrator's pages are for everybody", {timeout: 300000}, async () => {
    const page = await signedIn(browser, 'admin');
    for (const [name, url] of [
        ['frameworks', '/mod/palier/frameworks.php'],
        ['destinations', '/mod/palier/destinations.php'],
        ['list', `/mod/palier/index.php?id=${demo.course}`],
    ]) {
        await page.goto(url);
        await good(page, `a11y-${name}`);
    }
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('the pages of one destination are for everybody, from adding it to removing it', {timeout: 300000}, async () => {
    const page = await signedIn(browser, 'admin');
    await page.goto('/mod/palier/destinations.php?edit=1');
    await good(page, 'a11y-destination-add');
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
