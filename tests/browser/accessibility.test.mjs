// SPDX-License-Identifier: GPL-3.0-or-later
// Every page of the plugin, as docs/accessibility.md tells it: axe, forced colours, 320 pixels, 200 % zoom, the keyboard.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {accessibilityProblems} from './support/axe.mjs';
import {demo, launch} from './support/browser.mjs';
import {begin, fresh, go, learner as signedIn, press, shot, stopHere} from './support/learner.mjs';
import {made, settings} from './support/teacher.mjs';

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
const CORES = {'/course/modedit.php': 'mod_form.php', '/admin/settings.php': 'settings.php'};
const fileOf = (address) => {
    const {pathname} = new URL(address, PLUGIN);
    return CORES[pathname] ?? pathname.match(/\/mod\/palier\/(\w+\.php)$/)?.[1];
};
const visited = new Set();

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

/** What the focus came to, written down by the page: to ask it after each key would take a minute on a long table. */
const WATCH = () => {
    window.reached = {};
    document.addEventListener('focusin', ({target}) => {
        if (target.dataset?.reach) {
            const style = getComputedStyle(target);
            window.reached[target.dataset.reach] ??= {html: target.outerHTML.slice(0, 120),
                seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none'};
        }
    });
};

/** Tab, held down until it has come so often. */
async function tab(page, times) {
    await Promise.all(Array.from({length: times}, () => page.keyboard.down('Tab')));
    await page.keyboard.up('Tab');
}

/** From where the page's own begins Tab goes to all of it, is caught nowhere, and is seen. */
async function keyboard(page, name) {
    const count = await page.evaluate(`(${REACHABLE})().map((one, i) => { one.dataset.reach = i; }).length`);
    await page.evaluate(WATCH);
    await page.evaluate(() => {
        const main = document.querySelector('#region-main');
        main.tabIndex = -1;
        main.focus();
        main.removeAttribute('tabindex');
        window.scrollTo(0, 0);
    });
    let reached = {};
    // Something that is no control of ours may take the focus too, an editor's frame for one.
    for (let before = -1; Object.keys(reached).length < count && Object.keys(reached).length > before;) {
        before = Object.keys(reached).length;
        await tab(page, Math.max(60, count - before));
        reached = await page.evaluate(() => window.reached);
    }
    for (const {html, seen} of Object.values(reached)) {
        assert.ok(seen, `${name}: nothing shows that the focus is on ${html}`);
    }
    const missed = await page.evaluate((keys) => [...document.querySelectorAll('[data-reach]')]
        .filter((one) => !keys.includes(one.dataset.reach)).map((one) => one.outerHTML.slice(0, 120)), Object.keys(reached));
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
    assert.deepEqual(await accessibilityProblems(page, '#region-main', ['color-contrast']), [], `${name}, forced colours`);
    assert.deepEqual(await page.evaluate((bars) => [...document.querySelectorAll(bars)]
        .filter((bar) => getComputedStyle(bar).backgroundColor === getComputedStyle(document.body).backgroundColor)
        .map((bar) => bar.className), BARS), [], `${name}: bars that forced colours take away`);
    await shot(page, `${name}-forced-colours`);
    await page.emulateMedia({forcedColors: null});
    await contrasts(page, name);
    const size = page.viewportSize();
    // The rows of core's pages of settings stick out by 7 pixels.
    const out = page.url().includes('/admin/settings.php') ? 7 : 1;
    // 640 pixels is what 1280 have at 200 %, 320 at 400 %.
    for (const width of [640, 320]) {
        await page.setViewportSize({...size, width});
        assert.ok(await page.evaluate((more) => document.documentElement.scrollWidth <= window.innerWidth + more, out),
            `${name} is wider than ${width} pixels`);
        await shot(page, `${name}-${width}`);
    }
    await page.setViewportSize(size);
    assert.equal(await page.locator('h1').count(), 1, `${name} has one first heading`);
    assert.ok((await page.title()).length > 5, `${name} has a title`);
    // Titles that core makes are in the English of its colons; so may be the name of a test, which comes second, or first on
    // its own page.
    if (/\/(mod|local)\/palier\/(?!view\.php)/.test(page.url())) {
        assert.doesNotMatch((await page.title()).split(' | ')[0], /\S: /, `${name}: French has a space before a colon`);
    }
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
    package: of('package'),
    records: of('records'),
    calibrate: of('calibrate'),
    guide: of('guide'),
    list: `/mod/palier/index.php?id=${demo.course}`,
};

/** Pages that a link of another page leads to: name, page that has the link (none: the last one), link. */
const LINKED = [
    ['story-of', of('report'), 'a[href*="story.php"]'],
    ['result-of', null, '#region-main a[href*="result.php"]'],
    ['statement', of('statements'), '#region-main a[href*="statements.php"][href*="detail"], #region-main a[href*="statement="]'],
    ['history', of('parameters', '&q=palier-1.1-L0'), 'a[href*="history.php"]'],
    ['calibration', of('calibrate'), '#region-main a[href*="calibration.php"]'],
    ['answers', of('questions'), '#region-main a[href*="entry="]'],
    ['rescore', null, '#region-main a[href*="rescore.php"]'],
    ['delete', of('report'), 'a[href*="deleteattempt.php"]'],
];

for (const [role, account] of [['teacher', demo.trainer], ['manager', made?.manager]]) {
    test(`what a ${role} finds is for everybody`, {timeout: 1200000, skip: account ? false : `the site has no ${role} of ours`}, async (t) => {
        const page = await signedIn(browser, account);
        for (const [name, address] of Object.entries(MENU)) {
            await t.test(name, async () => {
                await visit(page, address, `a11y-${role}-${name}`);
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
                await visit(page, href, `a11y-${role}-${name}`);
                assert.deepEqual(page.problems.splice(0), []);
            });
        }
        await page.context().close();
    });
}

test("a test that is being made and what its teacher previews are for everybody", {timeout: 300000}, async () => {
    const page = await signedIn(browser, demo.trainer);
    await visit(page, `/course/modedit.php?add=palier&course=${demo.course}&section=1`, 'a11y-new');
    await page.goto(of('view'));
    await go(page, () => page.click('.palier-home button:has-text("Prévisualiser")'));
    await good(page, 'a11y-preview');
    await press(page, 'unknown');
    await page.goto(`${page.url().split('&')[0]}&calm=1`);
    await press(page, 'stop');
    await good(page, 'a11y-preview-result');
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('a package that was made is for everybody, with what became of its questions', {timeout: 300000}, async () => {
    const page = await signedIn(browser, demo.trainer);
    await page.goto(of('package'));
    await go(page, () => page.click('#id_make'));
    await page.waitForURL(/package=\d+/);
    await good(page, 'a11y-package-made');
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('parameters that are read from a file are for everybody before they are taken', {timeout: 300000}, async () => {
    const page = await signedIn(browser, demo.trainer);
    await page.goto(of('parameters'));
    const [item] = (await page.locator('.mod_palier-parameters th .small').first().textContent()).split(' ');
    await page.goto(of('import'));
    await page.click('#fitem_id_file .fp-btn-choose');
    await page.click('.fp-repo:has(img[src*="repository_upload"])');
    await page.setInputFiles('.fp-upload-form input[type=file]', {name: 'parametres.csv', mimeType: 'text/csv',
        buffer: Buffer.from(`item,b\n${item},-1.23\nnobody-knows,1\n`)});
    await page.click('.fp-upload-form .fp-upload-btn');
    await page.waitForSelector('#fitem_id_file :text("parametres.csv")');
    await go(page, () => page.click('#id_submitbutton'));
    assert.deepEqual(await page.locator('.mod_palier-import .badge').allTextContents(), ['Erreur', 'Modifiée']);
    await good(page, 'a11y-import-preview');
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test("the learner's pages are for everybody", {timeout: 300000}, async () => {
    const page = await signedIn(browser, learned);
    await visit(page, of('trial'), 'a11y-trial');
    await page.check('#palier-trial-a');
    await press(page, 'answer');
    assert.match(await page.textContent('#palier-trial-said'), /C’est bien ainsi qu’on répond/);
    await good(page, 'a11y-trial-said');
    await visit(page, of('trial', '&number=3'), 'a11y-trial-typed');
    await visit(page, of('view'), 'a11y-home');
    await visit(page, await page.locator('.palier-results a').first().getAttribute('href'), 'a11y-result');
    await visit(page, await page.locator('a[href*="story.php"]').first().getAttribute('href'), 'a11y-own-story');
    await visit(page, demo.tests.map.view, 'a11y-map-home');
    await visit(page, await page.locator('.palier-results a').first().getAttribute('href'), 'a11y-map-result');
    await page.locator('.palier-result details').evaluateAll((all) => all.forEach((one) => { one.open = true; }));
    assert.ok(await page.locator('.palier-correspondence h4').first().isVisible(), 'the result is read by the other framework, too');
    await good(page, 'a11y-map-result-open');
    await visit(page, await page.locator('a[href*="story.php"]').first().getAttribute('href'), 'a11y-map-story');
    await visit(page, `/mod/palier/index.php?id=${demo.course}`, 'a11y-own-list');
    await visit(page, '/mod/palier/guide.php?page=learner', 'a11y-own-guide');
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('a question under way is for everybody', {timeout: 600000}, async () => {
    const page = await signedIn(browser, beginner);
    const trainer = await signedIn(browser, demo.trainer);
    await fresh(page);
    await begin(page);
    await good(page, 'a11y-question');
    const attempt = new URL(page.url()).searchParams.get('attempt');
    await visit(page, `/mod/palier/attempt.php?attempt=${attempt}&calm=1`, 'a11y-calm');
    await press(page, 'paper');
    await visit(trainer, `/mod/palier/paper.php?attempt=${attempt}`, 'a11y-paper');
    await begin(page);
    await go(page, () => page.locator('button[name=do][value=pause]').click());
    await stopHere(page);
    // Who stopped may be let in again: by a page that asks why.
    await trainer.goto(of('report'));
    await visit(trainer, await trainer.locator('a[href*="reopenattempt.php"]').first().getAttribute('href'), 'a11y-reopen');
    assert.deepEqual([page.problems, trainer.problems], [[], []]);
    await page.context().close();
    await trainer.context().close();
});

test('a practice, a result that is shared and a disagreement are for everybody', {timeout: 600000}, async () => {
    const {cmid: practice, view} = demo.tests.en;
    await settings(browser, practice, {purpose: 'practice', visibility: 'after_sharing'});
    const page = await signedIn(browser, beginner);
    await fresh(page, view);
    await begin(page);
    await press(page, 'unknown');
    await good(page, 'a11y-feedback');
    await stopHere(page, view);
    await good(page, 'a11y-private-result');
    const result = page.url();
    await visit(page, await page.locator('a[href*="share.php"]').getAttribute('href'), 'a11y-share');
    await press(page, 'share');
    await visit(page, await page.locator('a[href*="share.php"]').getAttribute('href'), 'a11y-withdraw');
    await page.goto(result);
    await visit(page, await page.locator('.palier-contest a').first().getAttribute('href'), 'a11y-disagree');
    await page.fill('#palier-message', 'Ce n’est pas mon niveau.');
    await go(page, () => page.click('button[value=open]'));
    await good(page, 'a11y-thread');
    const trainer = await signedIn(browser, demo.trainer);
    await visit(trainer, page.url(), 'a11y-decide');
    assert.deepEqual([page.problems, trainer.problems], [[], []]);
    await page.context().close();
    await trainer.context().close();
    await settings(browser, practice, {purpose: 'positioning', visibility: 'course'});
});

test("the administrator's pages are for everybody", {timeout: 300000}, async () => {
    const page = await signedIn(browser, 'admin');
    await visit(page, '/admin/settings.php?section=modsettingpalier', 'a11y-settings');
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
    assert.deepEqual(FILES.filter((file) => !visited.has(file)), [], 'give these a visit above');
});
