// SPDX-License-Identifier: GPL-3.0-or-later
// Who has never seen it takes a test on a phone and can say what the result means; a trainer finds those who need help
// in three clicks. That a teacher makes a working test in five minutes is teacher.test.mjs.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {demo, launch} from './support/browser.mjs';
import {begin, go, learner, press, shot} from './support/learner.mjs';
import {made, mouse} from './support/teacher.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const skip = made?.newcomers.length ? false : 'the site has nobody who never saw the test';
const PHONE = {width: 360, height: 740, isMobile: true, hasTouch: true};

const read = (file) => readFileSync(new URL(`../../adapters/moodle/mod_palier/${file}`, import.meta.url), 'utf8');

/** The plugin's strings of a language that say something by themselves. */
const strings = (lang) => new Map([...read(`lang/${lang}/palier.php`)
    .matchAll(/^\$string\['([^']+)'\] = '(.*)';$/gm)].map(([, key, text]) => [key, text.replaceAll("\\'", "'")]));
const french = strings('fr');
const ENGLISH = [...strings('en')].filter(([key, text]) => text !== french.get(key) && text.length > 15 && !text.includes('{$a'))
    .map(([, text]) => text);

/** What is right among the choices of the demonstration's questions. */
const plain = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim();
const RIGHT = new Set([...read('demo/palier-demo-fr.xml').matchAll(/<answer fraction="100"[^>]*><text><!\[CDATA\[(.*?)\]\]>/gs)]
    .map(([, html]) => plain(html)));

/** Who knows which of some choices is right, and says of all else not to know. */
async function answerRight(page) {
    const choices = page.locator('.que.multichoice .answer > div');
    const place = (await choices.allTextContents()).findIndex((text) => RIGHT.has(plain(text)));
    if (place >= 0) {
        await choices.nth(place).locator('input:not([type=hidden])').check();
    }
    await press(page, place >= 0 ? 'answer' : 'unknown');
}

/** A screen of a phone: French, one column, one thing to do, no word that judges. */
async function screen(page, name) {
    await shot(page, `experience-${name}`);
    assert.equal(await page.locator('html').getAttribute('lang'), 'fr', name);
    const text = await page.locator('#region-main').innerText();
    assert.deepEqual(ENGLISH.filter((english) => text.includes(english)), [], `${name} is not in French`);
    assert.doesNotMatch(text, /échec|échoué|faible|illettr|score|theta/i, name);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name} is wider than the phone`);
    assert.ok(await page.locator('#region-main .btn-primary:visible').count() <= 1, `${name} has one way on`);
}

/** What stands on the phone before anybody scrolls. */
async function atOnce(page, selector) {
    const box = await page.locator(selector).first().boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= PHONE.height, `${selector} is not on the first screen: ${JSON.stringify(box)}`);
}

/** Takes the test that is on screen to its end. */
async function take(page, name, step) {
    await page.goto(demo.tests.fr.view);
    await screen(page, `${name}-before`);
    await atOnce(page, '.palier-home .btn-primary');
    const told = await page.textContent('.palier-home');
    for (const what of [/Ce test situe votre niveau/, /\d+ à \d+ questions, (environ )?\d+ minutes/, /vous arrêter et reprendre/,
        /voyez votre résultat et vos réponses/, /«\sJe ne sais pas\s» est une vraie réponse/]) {
        assert.match(told, what);
    }
    await begin(page);
    for (let i = 0; page.url().includes('attempt.php') && i < 60; i++) {
        await screen(page, `${name}-question`);
        await (await page.locator('.palier-calm').count() ? press(page, 'resume') : step(i));
    }
    assert.match(page.url(), /result\.php/);
    await screen(page, `${name}-result`);
}

/** Level and margin in words on the first screen, as the data have them; what was seen; what comes next. */
async function understood(page) {
    await atOnce(page, '.palier-headline');
    await atOnce(page, '.palier-margin');
    const {result} = await (await page.request.get(`${page.url()}&download=data`)).json();
    const said = async (selector) => plain(await page.textContent(selector));
    const headline = await said('.palier-headline');
    const {number, last, name} = result.level;
    assert.ok(headline.endsWith(number > 0 ? `(${number} sur ${last})` : name.fr ?? name), headline);
    const [low, high] = result.level_interval;
    const share = (level) => result.p_level_at_least[level - result.level.first] ?? 0;
    const chances = Math.round(10 * (share(low) - share(high + 1)));
    const [, how, of] = (await said('.palier-margin')).match(/^(Plus de neuf|\p{Lu}\p{L}+) chances? sur dix (.*)\.$/u);
    assert.equal(how, ['Une', 'Deux', 'Trois', 'Quatre', 'Cinq', 'Six', 'Sept', 'Huit', 'Neuf', 'Plus de neuf'][chances - 1]);
    assert.equal(of, low === high ? 'que ce soit ce niveau' : low > 0 ? `qu’il soit entre ${low} et ${high}` : `qu’il soit au plus ${high}`);
    assert.match(await page.textContent('.palier-result'), /Provisoire/);
    const below = (heading) => page.locator(`.palier-result h3:has-text("${heading}") + *`);
    assert.match(await below('Ce que montrent les réponses').textContent(), /\p{L}/u);
    const actions = await below('Pour aller plus loin').locator('li').count();
    assert.ok(actions >= 1 && actions <= 3, `${actions} actions`);
    assert.match(await page.textContent('.palier-actions .btn-primary'), /Comprendre ce résultat/);
}

test('who has never seen it takes the test on a phone, and reads what the result means and how sure it is', {timeout: 600000, skip}, async () => {
    const page = await learner(browser, made.newcomers[0], PHONE);
    await take(page, 'phone', () => answerRight(page));
    await understood(page);
    await go(page, () => page.click('.palier-actions .btn-primary'));
    await screen(page, 'phone-story');
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('who knows none of it reads where to begin, and no word that judges', {timeout: 600000, skip}, async () => {
    const page = await learner(browser, made.newcomers[1], PHONE);
    await take(page, 'beginner', () => press(page, 'unknown'));
    await understood(page);
    assert.match(await page.textContent('.palier-result'), /Les réponses montrent par où commencer/);
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('a trainer finds those of a group who are below level 2 in a competence in three clicks', {timeout: 240000}, async () => {
    const page = await learner(browser, demo.trainer);
    await page.goto(demo.tests.map.view);
    const hand = mouse(page);
    const choose = async (filter, text) => {
        await hand.click(`#palier-filter-${filter}`);
        await page.keyboard.type(text);
        await page.keyboard.press('Enter');
        assert.match(await page.locator(`#palier-filter-${filter} option:checked`).textContent(), new RegExp(`^${text}`));
    };
    await hand.load('.secondary-navigation a:has-text("Résultats")');
    await choose('group', 'Accueil');
    await choose('competence', '4.1');
    await page.keyboard.press('Tab');
    await page.keyboard.type('2');
    await go(page, () => page.keyboard.press('Enter'));
    await shot(page, 'experience-trainer');
    assert.ok(hand.clicks <= 3, `${hand.clicks} clicks`);
});
