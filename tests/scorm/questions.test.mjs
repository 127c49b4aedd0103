// SPDX-License-Identifier: GPL-3.0-or-later
// The questions of the graders' table (tests/formats) as the player draws them from QTI 3: each kind is drawn, can be
// answered, gives the response that the grader reads, and fits a narrow screen.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {accessibilityProblems, context, fill, launch, layoutProblems, open, shot} from './support/browser.mjs';
import {build} from './support/fixture.mjs';

const items = JSON.parse(execFileSync(process.env.PALIER_FORMATS_ITEMS ?? join(build, 'tests/formats/formats_items'), {encoding: 'utf8', maxBuffer: 64 << 20}));
const player = readFileSync(join(build, 'player/player.js'), 'utf8');
const style = readFileSync(join(build, 'player/player.css'), 'utf8');
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** A response that fills the interaction in; the first choice of each list. */
function some(interaction) {
    switch (interaction.type) {
        case 'choice': return {choices: interaction.choices.slice(0, interaction.multiple ? 2 : 1).map(({id}) => id)};
        case 'true_false': return {choice: 'false'};
        case 'match': return {pairs: Object.fromEntries(interaction.stems.map(({id}, i) => [id, interaction.choices[i % interaction.choices.length].id]))};
        case 'gap_select': return {pairs: Object.fromEntries(interaction.gaps.map(({id, group}) => [id, interaction.groups[group][0].id]))};
        case 'order': return {order: interaction.items.map(({id}) => id).reverse()};
        case 'numerical': return interaction.units.length ? {text: '3,14', unit: interaction.units.at(-1)} : {text: '3,14'};
        case 'cloze': return {pairs: Object.fromEntries(interaction.fields.map(({id, entry, choices}) => [id,
            entry.startsWith('boxes') ? choices.slice(0, 2).map((choice) => choice.id).join(',') : choices ? choices.at(-1).id : '3,14']))};
        default: return {text: ' la Loire '};
    }
}

async function gallery(width, more = {}) {
    const where = await context(browser, {width, height: 900, ...more});
    const page = await open(where);
    await page.setContent('<!DOCTYPE html><html lang="fr"><head><title>Questions</title></head><body><main id="place"></main></body></html>');
    await page.addStyleTag({content: style});
    await page.addScriptTag({content: player});
    const draw = (id, saved = null) => page.evaluate(([qti, assets, response]) => {
        window.item = new window.PalierPlayer.Item(window.PalierPlayer.wordsFor('fr'), () => {});
        window.item.load(qti, response, (path) => {
            const asset = assets.find((candidate) => candidate.path === path);
            return asset ? `data:${asset.media_type};base64,${asset.base64}` : '';
        });
        document.getElementById('place').replaceChildren(Object.assign(document.createElement('h1'), {textContent: 'Question'}), window.item.element);
    }, [items[id].qti, items[id].presentation.assets ?? [], saved]);
    return {page, draw, response: () => page.evaluate(() => window.item.getResponse()), close: () => where.close()};
}

for (const width of [1280, 320]) {
    test(`every question of the table is drawn, answered and read back at ${width} pixels`, {timeout: 300000}, async () => {
        const {page, draw, response, close} = await gallery(width);
        const seen = new Set();
        const first = new Map();
        for (const [id, {presentation}] of Object.entries(items)) {
            const {interaction} = presentation;
            seen.add(interaction.type);
            const given = some(interaction);
            await draw(id);
            if (interaction.type === 'numerical' && given.unit && interaction.unit_entry === 'radio') {
                await page.check(`.units input[value="${given.unit}"]`);
            } else if (given.unit) {
                await page.selectOption('select[name=unit]', {value: given.unit});
            }
            await fill(page, given);
            assert.deepEqual(normal(await response()), normal(given), id);
            // Shown again with the response, it gives the response again.
            await draw(id, given);
            assert.deepEqual(normal(await response()), normal(given), `${id}, shown again`);
            const number = first.get(interaction.type) ?? 0;
            first.set(interaction.type, number + 1);
            if (number < 4) {
                assert.deepEqual(await layoutProblems(page), [], id);
                assert.deepEqual(await accessibilityProblems(page), [], id);
                await shot(page, `item-${width}-${interaction.type}-${number}`);
            }
        }
        assert.deepEqual([...seen].sort(), ['choice', 'cloze', 'gap_select', 'match', 'numerical', 'order', 'short_answer', 'true_false']);
        assert.deepEqual(page.problems, []);
        await close();
    });
}

function normal(response) {
    return response.choices ? {choices: [...response.choices].sort()} : response;
}

test('each kind by keyboard alone, in a reader’s own colours at 320 pixels: the focus can be seen on every control, and the answer is whole', {timeout: 300000}, async () => {
    const {page, draw, close} = await gallery(320, {forcedColors: 'active'});
    const kinds = new Map(Object.entries(items).map(([id, {presentation: {interaction}}]) => [[interaction.type, interaction.multiple, interaction.unit_entry].join(' '), id]));
    assert.ok(kinds.size >= 10, [...kinds.keys()].join(', '));
    for (const [kind, id] of kinds) {
        await draw(id);
        await page.evaluate(() => document.activeElement.blur());
        const controls = await page.locator('.item input[type=radio]').evaluateAll((all) => new Set(all.map(({name}) => name)).size)
            + await page.locator('.item :is(input:not([type=radio]), select, button)').count();
        let reached = 0;
        for (let stop = 0; stop < 100 && reached < controls; stop++) {
            await page.keyboard.press('Tab');
            const [control, seen] = await page.evaluate(() => {
                const focus = document.activeElement;
                const style = getComputedStyle(focus.closest('.choice') ?? focus);
                return [focus.closest('.item') && (focus.localName === 'input' ? focus.type : focus.localName), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];
            });
            if (control !== null) {
                assert.ok(seen, `${kind} (${id}): the focus on ${control} ${stop + 1}`);
                reached += control === 'div' ? 0 : 1;
            }
            if (control === 'radio' || control === 'checkbox') {
                await page.keyboard.press('Space');
            } else if (control === 'text') {
                await page.keyboard.type('3');
            } else if (control === 'select' && !kind.startsWith('order')) {
                await page.keyboard.press('ArrowDown');
            }
        }
        assert.equal(reached, controls, `${kind} (${id}): every control is reached`);
        assert.ok(await page.evaluate(() => window.item.complete()), `${kind} (${id}) is answered`);
        assert.deepEqual(await layoutProblems(page), [], id);
    }
    await close();
});

test('an order is made by the keyboard: buttons keep the focus, and each move is said', async () => {
    const {page, close} = await gallery(320);
    const [id, {presentation}] = Object.entries(items).find(([, {presentation: {interaction}}]) => interaction.type === 'order');
    await page.evaluate(([qti]) => {
        window.said = [];
        window.item = new window.PalierPlayer.Item(window.PalierPlayer.wordsFor('fr'), (text) => window.said.push(text));
        window.item.load(qti, null, () => '');
        document.getElementById('place').replaceChildren(window.item.element);
    }, [items[id].qti]);
    const ids = presentation.interaction.items.map((item) => item.id);
    await page.locator('button.move').nth(1).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    assert.deepEqual((await page.evaluate(() => window.item.getResponse())).order, [ids[1], ids[2], ids[0], ...ids.slice(3)]);
    assert.ok(await page.evaluate(() => document.activeElement.matches('button.move')));
    assert.match((await page.evaluate(() => window.said)).at(-1), /est maintenant à la place 3 sur \d/);
    await close();
});

test('nothing of an item runs: script, handler, style and addresses of elsewhere are left out', async () => {
    const {page, close} = await gallery(1280);
    await page.evaluate(() => {
        const qti = `<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="x" title="x"><qti-item-body>
            <qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt><p onclick="window.ran=1" style="color:red">Text
            <script>window.ran = 1;</script><img src="http://127.0.0.1:9/x.png" onerror="window.ran=1" alt="x"/><a href="javascript:window.ran=1">a</a>
            <iframe src="http://127.0.0.1:9/"/></p></qti-prompt><qti-simple-choice identifier="a">A</qti-simple-choice></qti-choice-interaction>
            </qti-item-body></qti-assessment-item>`;
        window.item = new window.PalierPlayer.Item(window.PalierPlayer.wordsFor('en'), () => {});
        window.item.load(qti, null, (path) => path);
        document.getElementById('place').replaceChildren(window.item.element);
    });
    const html = await page.evaluate(() => document.querySelector('.prompt').innerHTML);
    assert.doesNotMatch(html, /<script|onclick|onerror|style=|javascript:|iframe|http:/);
    assert.equal(await page.evaluate(() => window.ran), undefined);
    await assert.rejects(page.evaluate(() => window.item.load('<a', null, () => '')), /not an item of QTI 3/);
    await close();
});

/** Draws the body of an item by the player's own file, so that what it loads stands beside it. */
async function drawn(body, assets = {}) {
    const where = await context(browser, {width: 1280, height: 900});
    const page = await open(where);
    await page.route('http://palier.example/**', (route) => {
        const name = new URL(route.request().url()).pathname.slice(1);
        return name === '' ? route.fulfill({contentType: 'text/html', body: '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Q</title></head><body><main id="place"></main><script src="player.js"></script></body></html>'})
            : route.fulfill({path: join(build, 'player', name)});
    });
    await page.goto('http://palier.example/');
    await page.evaluate(async ([xml, files]) => {
        window.item = new window.PalierPlayer.Item(window.PalierPlayer.wordsFor('en'), () => {});
        window.item.load(`<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="x" title="x"><qti-item-body>
            <qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>${xml}</qti-prompt><qti-simple-choice
            identifier="a">\\(x=6\\)</qti-simple-choice></qti-choice-interaction></qti-item-body></qti-assessment-item>`, null, (path) => files[path] ?? '');
        document.getElementById('place').replaceChildren(window.item.element);
        await window.item.typeset;
    }, [body, assets]);
    const problems = page.problems.filter((problem) => !problem.includes('//palier.example/'));
    const html = await page.evaluate(() => document.querySelector('.prompt').innerHTML);
    const choice = await page.evaluate(() => document.querySelector('.choice-text').innerHTML);
    await where.close();
    return {html, choice, problems};
}

test('underlining, strike-through, subtitles, documents, the numbers of a list and signs before a base reach the page', async () => {
    const {html} = await drawn('<p><span class="qti-underline">a</span><span class="qti-line-through">b</span><a href="assets/a.pdf">c</a></p>'
        + '<video controls="controls"><source src="assets/a.mp4"/><track kind="captions" src="assets/a.vtt" srclang="en"/></video>',
    {'assets/a.pdf': 'data:application/pdf;base64,JVBERg==', 'assets/a.mp4': 'data:video/mp4;base64,AAAA', 'assets/a.vtt': 'data:text/vtt;base64,V0VCVlRU'});
    assert.match(html, /<u>a<\/u><s>b<\/s>/);
    assert.match(html, /<a href="data:application\/pdf;base64,JVBERg==" download="a.pdf">c<\/a>/);
    assert.match(html, /<track kind="captions" src="data:text\/vtt[^"]*" srclang="en">/);
    const kept = '<ol type="a" start="3" reversed="reversed"><li value="7">x</li></ol>'
        + '<math><mmultiscripts><mi>C</mi><none></none><none></none><mprescripts></mprescripts><mn>6</mn><mn>14</mn></mmultiscripts></math>';
    assert.equal((await drawn(kept)).html, kept);
});

test('formulas between the marks of MathJax are drawn as MathML, where Temml can read them', async () => {
    const {html, choice, problems} = await drawn('Solve \\(\\frac{x}{2}=3\\). $$2+2\\cdot 3$$ \\[\\sqrt{2}\\] \\(\\frac{1\\) $5 and $6 <code>\\(a\\)</code> [tex]y^2[/tex] \\begin{matrix} 1 &amp; 2 \\end{matrix}');
    assert.match(html, /^Solve <math><mrow>.*<mfrac><mi>x<\/mi><mn>2<\/mn><\/mfrac>.*<\/math>\. <math display="block"/s);
    assert.match(html, /<msqrt>/);
    assert.equal((html.match(/<math/g) ?? []).length, 5);
    assert.match(html, /<msup><mi>y<\/mi><mn>2<\/mn><\/msup>/);
    assert.match(html, /<mtable/);
    assert.ok(html.includes('\\(\\frac{1\\) $5 and $6 <code>\\(a\\)</code>'), html);
    assert.match(choice, /<math>/);
    assert.doesNotMatch(html + choice, /style=|class="t/);
    assert.deepEqual(problems, []);
});

test('a formula fetches nothing and runs nothing', async () => {
    const {html, problems} = await drawn('\\(\\href{javascript:alert(1)}{a}\\) \\(\\includegraphics{http://127.0.0.1:9/x.png}\\) \\(\\class{x}{b}\\) \\(\\def\\a{\\a\\a}\\a\\)');
    assert.doesNotMatch(html, /<a |href=|<img|src=|class=/);
    assert.deepEqual(problems, []);
});
