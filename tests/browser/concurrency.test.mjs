// SPDX-License-Identifier: GPL-3.0-or-later
// Two browsers of one learner, at the same moment: real posts to real processes.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {demo, launch} from './support/browser.mjs';
import {begin, fresh, learner, log, stopHere} from './support/learner.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const name = (demo.newlearners ?? demo.learners).at(-1);

/** The fields of the question on screen, an answer with them. */
async function fields(page, choice) {
    return page.evaluate((pick) => {
        const form = document.getElementById('responseform');
        const radios = [...form.querySelectorAll('.que input[type=radio]')].filter((radio) => radio.value !== '-1');
        if (radios.length) {
            radios[pick % radios.length].checked = true;
        }
        for (const box of form.querySelectorAll('.que input[type=checkbox]')) {
            box.checked = true;
        }
        for (const text of form.querySelectorAll('.que input[type=text]')) {
            text.value = String(12 + pick);
        }
        for (const select of form.querySelectorAll('.que select')) {
            select.selectedIndex = 1;
        }
        return Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
    }, choice);
}

/** Two browsers of the learner. They sign in one after the other: Moodle itself trips over two first visits at once. */
async function both() {
    return [await learner(browser, name), await learner(browser, name)];
}

/** Posts without following the answer. */
function post(page, form) {
    return page.request.post('/mod/palier/step.php', {form, maxRedirects: 0});
}

test('two begin at once: one attempt', {timeout: 60000}, async () => {
    const pages = await both();
    await fresh(pages[0]);
    await Promise.all(pages.map((page) => page.goto(demo.tests.fr.view)));
    const answers = await Promise.all(pages.map(async (page) => {
        const form = await page.evaluate(() => Object.fromEntries(new FormData(document.querySelector('.palier-home form'))));
        return page.request.post('/mod/palier/start.php', {form, maxRedirects: 0});
    }));
    assert.deepEqual(answers.map((answer) => answer.status()), [303, 303]);
    const places = answers.map((answer) => answer.headers().location);
    assert.equal(places[0], places[1]);
    await pages[0].goto(places[0]);
    await stopHere(pages[0]);
    for (const page of pages) {
        assert.deepEqual(page.problems, []);
        await page.context().close();
    }
});

test('two answer at once, ten times: each question has one answer, and none is lost', {timeout: 180000}, async () => {
    const pages = await both();
    await fresh(pages[0]);
    await begin(pages[0]);
    const address = pages[0].url();
    let stale = 0;
    let open = true;
    for (let round = 0; round < 10 && open; round++) {
        await Promise.all(pages.map((page) => page.goto(address)));
        const forms = await Promise.all(pages.map((page, i) => fields(page, i)));
        assert.equal(forms[0].slot, forms[1].slot);
        const answers = await Promise.all(pages.map((page, i) => post(page, {...forms[i], do: i === 0 ? 'answer' : 'unknown'})));
        assert.deepEqual(answers.map((answer) => answer.status()), [303, 303]);
        const saved = answers.filter((answer) => /saved=1|result\.php/.test(answer.headers().location));
        assert.ok(saved.length >= 1, answers.map((answer) => answer.headers().location).join(' '));
        stale += 2 - saved.length;
        open = answers.every((answer) => !answer.headers().location.includes('result.php'));
    }
    assert.ok(stale >= 9 || !open, `${stale} posts were refused`);
    await pages[0].goto(address);
    if (open) {
        assert.match(await pages[0].textContent('body'), /Cette réponse était déjà enregistrée|Valider/);
        await stopHere(pages[0]);
    }
    const events = await log(pages[0]);
    const asked = events.filter((event) => event.type === 'asked').map((event) => event.item);
    const answered = events.filter((event) => ['answered', 'unknown'].includes(event.type)).map((event) => event.item);
    assert.equal(new Set(asked).size, asked.length, 'no question is asked twice');
    assert.equal(new Set(answered).size, answered.length, 'no question is answered twice');
    assert.deepEqual(answered, asked.slice(0, answered.length));
    for (const page of pages) {
        assert.deepEqual(page.problems, []);
        await page.context().close();
    }
});

test('one form sent five times in one session: one answer', {timeout: 60000}, async () => {
    const page = await learner(browser, name);
    await fresh(page);
    await begin(page);
    const form = {...await fields(page, 0), do: 'unknown'};
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => post(page, form)));
    assert.deepEqual(answers.map((answer) => answer.status()), [303, 303, 303, 303, 303]);
    assert.equal(answers.filter((answer) => answer.headers().location.includes('saved=1')).length, 1);
    await page.reload();
    await stopHere(page);
    assert.deepEqual((await log(page)).map((event) => event.type), ['started', 'asked', 'unknown', 'asked', 'stopped']);
    await page.context().close();
});

test('a form of an ended session is asked for again, and nothing is written', {timeout: 60000}, async () => {
    const page = await learner(browser, name);
    await fresh(page);
    await begin(page);
    const form = {...await fields(page, 0), do: 'unknown', sesskey: 'abcdefghij'};
    const answer = await post(page, form);
    assert.equal(answer.status(), 303);
    await page.goto(answer.headers().location);
    assert.match(await page.textContent('body'), /Répondez de nouveau/);
    await stopHere(page);
    assert.deepEqual((await log(page)).map((event) => event.type), ['started', 'asked', 'stopped']);
    await page.context().close();
});
