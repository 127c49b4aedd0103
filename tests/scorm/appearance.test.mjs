// SPDX-License-Identifier: GPL-3.0-or-later
// The player as readers set their browser: in colours of their own (WCAG 1.4.1, 1.4.11, 2.4.7), at 200 % (1.4.4), on a
// screen of 320 pixels (1.4.10), and with questions that run from right to left. A page of its own from the disk.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {accessibilityProblems, context, launch, layoutProblems, open, play, press, screen, shot} from './support/browser.mjs';
import {answersOf, files, madeBy, makeBundle, mapTest, packageOf, seed, work} from './support/fixture.mjs';

/** The address of a test's page. */
function pageOf(id, made) {
    const folder = join(work, `appearance-${id}`);
    packageOf(made, `${folder}.zip`, '--seed', String(seed), '--format', 'web');
    rmSync(folder, {recursive: true, force: true});
    mkdirSync(folder, {recursive: true});
    execFileSync('unzip', ['-q', `${folder}.zip`, '-d', folder]);
    return `file://${folder}/index.html`;
}

async function begun(where, address) {
    const page = await open(where);
    await page.goto(address);
    await screen(page);
    return page;
}

/** A plan of a few questions, among them choices, lists and typed answers. */
function short(id, more) {
    const plan = join(work, `appearance-${id}-plan.json`);
    writeFileSync(plan, JSON.stringify({...JSON.parse(readFileSync(files.plan, 'utf8')), ...more}));
    return madeBy(plan);
}

const level = short('level', {stop: {min_items: 6, max_items: 6}});
const map = mapTest('appearance-map', {min_items: 8, max_items: 8});

let browser;
let addresses;
before(async () => {
    addresses = {level: pageOf('level', level), map: pageOf('map', map.made)};
    browser = await launch();
});
after(() => browser?.close());

/** Parts of drawings that do not stand out from the page, by 3 : 1 (WCAG 1.4.11). */
function faint(page, parts) {
    return page.evaluate((selectors) => {
        const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
        const light = (colour) => numbers(colour).slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
            .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
        const probe = Object.assign(document.createElement('i'), {style: 'background-color: Canvas'});
        document.body.append(probe);
        const ground = light(getComputedStyle(probe).backgroundColor);
        probe.remove();
        return selectors.flatMap((selector) => {
            const found = [...document.querySelectorAll(selector)];
            return found.length ? found.flatMap((part) => {
                const {fill, stroke} = getComputedStyle(part);
                const seen = [fill, stroke].filter((colour) => /^rgb/.test(colour) && numbers(colour)[3] !== 0).map(light)
                    .map((colour) => (Math.max(colour, ground) + 0.05) / (Math.min(colour, ground) + 0.05));
                return Math.max(0, ...seen) < 3 ? [`${selector}: ${fill}, ${stroke}`] : [];
            }) : [`${selector}: none`];
        });
    }, parts);
}

/** Whether the element with the focus shows it. */
const focusSeen = (page) => page.evaluate(() => {
    const style = getComputedStyle(document.activeElement.closest('.choice') ?? document.activeElement);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
});

/** What is chosen looks otherwise than what is not. */
async function choiceSeen(page, name) {
    const choice = page.locator('.choice').first();
    const before = await choice.screenshot();
    const border = await choice.evaluate((element) => getComputedStyle(element).borderTopColor);
    await choice.locator('input').check();
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.activeElement.blur());
    assert.notEqual(Buffer.compare(before, await choice.screenshot()), 0, name);
    assert.notEqual(await choice.evaluate((element) => getComputedStyle(element).borderTopColor), border, `${name}: the frame of what is chosen`);
    await choice.locator('input').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    assert.ok(await focusSeen(page), `${name}: the focus on a choice`);
}

for (const colorScheme of ['light', 'dark']) {
    test(`in a reader’s own colours, ${colorScheme}: the focus, what is chosen, bars and margins can be seen`, {timeout: 900000}, async () => {
        const where = await context(browser, {forcedColors: 'active', colorScheme});
        const answers = answersOf(makeBundle(level));
        const page = await begun(where, addresses.level);
        assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches));
        await shot(page, `forced-${colorScheme}-before`);
        await press(page, 'Commencer');
        let chosen = 0;
        await play(page, answers, {each: async (n) => {
            assert.deepEqual(await faint(page, n ? ['.doubt rect'] : []), []);
            if (await page.locator('.choice').count()) {
                await choiceSeen(page, `question ${n + 1}`);
                if (await page.locator('.choice input[type=checkbox]').count()) {
                    await page.locator('.choice input').first().uncheck();
                }
                chosen += 1;
            }
            await shot(page, `forced-${colorScheme}-question-${n + 1}`);
            await page.locator('button.main').focus();
            await page.keyboard.press('Shift+Tab');
            await page.keyboard.press('Tab');
            assert.ok(await focusSeen(page), 'the focus on the button');
        }});
        assert.ok(chosen > 0);
        assert.deepEqual(await faint(page, ['.level-map rect[height]:not([height="0"])', '.level-map .mine rect']), []);
        assert.ok(await page.evaluate(() => {
            const [mine, other] = ['.level-map .mine rect', '.level-map li:not(.mine) rect'].map((one) => getComputedStyle(document.querySelector(one)).fill);
            return mine !== other && getComputedStyle(document.querySelector('.level-map .mine .number')).textDecorationLine === 'underline';
        }), 'the own level by its colour, and by more');
        await shot(page, `forced-${colorScheme}-result`);
        await press(page, 'Comprendre ce résultat');
        assert.deepEqual(await faint(page, ['.curve .line', '.curve .margin']), []);
        await shot(page, `forced-${colorScheme}-story`);
        assert.deepEqual(page.problems, []);
        await where.close();
    });

    test(`a map in a reader’s own colours, ${colorScheme}: each margin can be seen, and has its words`, {timeout: 900000}, async () => {
        const where = await context(browser, {forcedColors: 'active', colorScheme});
        const page = await begun(where, addresses.map);
        await press(page, 'Commencer');
        await play(page, answersOf(makeBundle(map.made)));
        assert.deepEqual(await faint(page, ['.map .margin, .map .borrowed, .map .mark']), []);
        assert.equal(await page.evaluate(() => [...document.querySelectorAll('.map .bar')].filter((bar) => !bar.parentElement.querySelector('.told').textContent.trim()
            || getComputedStyle(bar).borderTopStyle === 'none').length), 0, 'each bar has a frame, and its words');
        await shot(page, `forced-${colorScheme}-map`);
        await where.close();
    });
}

// 1280 × 900 at 200 % is a screen of 640 × 450; text alone at 200 % leaves the screen as it is.
for (const [name, options, text] of [['the page at 200 %', {width: 640, height: 450, deviceScaleFactor: 2}], ['the text at 200 %', {}, true], ['the text at 200 % on 320 pixels', {width: 320, height: 640}, true]]) {
    test(`${name}: nothing is cut, nothing is wider than the screen`, {timeout: 900000}, async () => {
        const where = await context(browser, options);
        const answers = answersOf(makeBundle(level));
        const page = await begun(where, addresses.level);
        const id = name.replace(/\W+/g, '-');
        const good = async (at) => {
            // As a browser does it that makes the text alone larger.
            await page.evaluate((larger) => { if (larger) { document.documentElement.style.setProperty('font-size', '200%', 'important'); } }, text);
            await shot(page, `${id}-${at}`);
            assert.deepEqual(await layoutProblems(page), [], at);
            assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('button, .choice-text, p, h1, h2, li, summary, label')]
                .filter((element) => !element.closest('.hidden-text') && element.getClientRects().length && element.scrollWidth > element.clientWidth + 2
                    && getComputedStyle(element).display !== 'inline').map((element) => element.outerHTML.slice(0, 90))), [], `${at}: text that is cut`);
        };
        await good('before');
        await press(page, 'Commencer');
        await play(page, answers, {each: (n) => good(`question-${n + 1}`)});
        await good('result');
        await press(page, 'Comprendre ce résultat');
        await good('story');
        await where.close();
    });
}

test('questions from right to left: their words, choices, lists and gaps run so, at 320 pixels too', {timeout: 900000}, async () => {
    const [bank, questions, plan] = ['rtl.csv', 'rtl.xml', 'rtl-plan.json'].map((name) => join(work, name));
    const text = (words) => `<questiontext format="html"><text><![CDATA[<p>${words}</p>]]></text></questiontext>`;
    const head = (id, words) => `<name><text>${id}</text></name>${text(words)}<idnumber>${id}</idnumber>`;
    writeFileSync(questions, `<quiz>
<question type="multichoice">${head('one', 'أي ملف تفتح أولا؟')}<single>true</single><shuffleanswers>0</shuffleanswers><answernumbering>abc</answernumbering>
 <answer fraction="100" format="html"><text>ملف النص</text></answer><answer fraction="0" format="html"><text>ملف الصورة</text></answer></question>
<question type="matching">${head('pairs', 'اربط كل كلمة بمعناها')}<shuffleanswers>1</shuffleanswers>
 <subquestion format="html"><text>بريد</text><answer><text>رسالة</text></answer></subquestion><subquestion format="html"><text>متصفح</text><answer><text>موقع</text></answer></subquestion></question>
<question type="shortanswer">${head('typed', 'اكتب كلمة نعم')}<usecase>0</usecase><answer fraction="100"><text>نعم</text></answer></question>
<question type="multichoice">${head('several', 'أي الكلمات ألوان؟')}<single>false</single><shuffleanswers>0</shuffleanswers><answernumbering>none</answernumbering>
 <answer fraction="50" format="html"><text>أحمر</text></answer><answer fraction="50" format="html"><text>أزرق</text></answer><answer fraction="-50" format="html"><text>كتاب</text></answer></question>
<question type="ddwtos">${head('gaps', 'السماء [[1]] والعشب [[2]] في الربيع')}<shuffleanswers>0</shuffleanswers><dragbox><text>زرقاء</text><group>1</group></dragbox><dragbox><text>أخضر</text><group>1</group></dragbox></question>
<question type="ordering">${head('order', 'رتب الأعداد من الصغير إلى الكبير')}<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><gradingtype>ABSOLUTE_POSITION</gradingtype>
 <answer fraction="1" format="html"><text>واحد</text></answer><answer fraction="1" format="html"><text>اثنان</text></answer><answer fraction="1" format="html"><text>ثلاثة</text></answer></question>
<question type="cloze">${head('cloze', 'اكتب {1:SA:=نعم} واختر {1:MC:=صحيح~خطأ} ثم {1:MCV:=ليل~نهار}')}</question>
<question type="numerical">${head('number', 'كم ساعة في اليوم؟')}<answer fraction="100"><text>24</text><tolerance>0</tolerance></answer></question>
</quiz>`);
    const all = ['one', 'pairs', 'typed', 'several', 'gaps', 'order', 'cloze', 'number'];
    writeFileSync(bank, `item,b\n${all.map((item, n) => `${item},${n / 10}\n`).join('')}`);
    writeFileSync(plan, JSON.stringify({palier_plan: 1, stop: {max_items: all.length}}));
    const address = pageOf('rtl', ['--bank', bank, '--plan', plan, '--questions', `ar=${questions}`, '--id', 'rtl', '--title', 'ar=اختبار']);
    for (const width of [1280, 320]) {
        const where = await context(browser, {width, height: 640, lang: 'ar'});
        const page = await begun(where, `${address}?lang=ar`);
        await page.locator('button.main').click();
        for (let n = 0; n < all.length; n++) {
            if (await screen(page) === 'calm') {
                await page.getByRole('button', {name: /^(Continuer|Go on)$/}).click();
            }
            await page.waitForSelector('form');
            const wrong = await page.evaluate(() => [...document.querySelectorAll('.prompt, .choice-text, .stem, select, input[type=text]')].filter((element) => getComputedStyle(element).direction !== 'rtl').map((element) => element.outerHTML.slice(0, 90)));
            assert.deepEqual(wrong, []);
            // A choice stands where its text begins: at the right.
            const places = await page.evaluate(() => [...document.querySelectorAll('.choice')].map((choice) => [choice.querySelector('input').getBoundingClientRect().left, choice.querySelector('.choice-text').getBoundingClientRect().left]));
            assert.ok(places.every(([button, words]) => button > words), JSON.stringify(places));
            assert.deepEqual(await layoutProblems(page), []);
            assert.deepEqual(await accessibilityProblems(page), []);
            await shot(page, `rtl-${width}-${n + 1}`);
            const number = await page.textContent('#number');
            await page.locator('form .actions button').nth(1).click();
            await page.waitForFunction((old) => document.querySelector('#number')?.textContent !== old, number);
        }
        await where.close();
    }
});
