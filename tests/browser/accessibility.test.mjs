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

async function good(page, name, {tab = true} = {}) {
    assert.deepEqual(await accessibilityProblems(page), [], name);
    await page.emulateMedia({forcedColors: 'active'});
    assert.deepEqual(await accessibilityProblems(page), [], `${name}, forced colours`);
    assert.deepEqual(await page.evaluate((bars) => [...document.querySelectorAll(bars)]
        .filter((bar) => getComputedStyle(bar).backgroundColor === getComputedStyle(document.body).backgroundColor)
        .map((bar) => bar.className), BARS), [], `${name}: bars that forced colours take away`);
    await shot(page, `${name}-forced-colours`);
    await page.emulateMedia({forcedColors: null});
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
        ['delete', of('report'), 'a[href*="deleteattempt.php"]'],
    ]) {
        await trainer.goto(from);
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
