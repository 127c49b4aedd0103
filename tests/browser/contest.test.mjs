// SPDX-License-Identifier: GPL-3.0-or-later
// A learner disagrees, a trainer decides, the result follows; and nothing that was typed is lost on the way.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {accessibilityProblems} from './support/axe.mjs';
import {demo, demoPassword, launch} from './support/browser.mjs';
import {answerWith, begin, fresh, go, learner, log, press, questionNumber, shot, stopHere} from './support/learner.mjs';
import {settled, signIn, watch} from './support/signin.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const [first, second] = demo.newlearners ?? demo.learners.slice(-2);

/** No finding of axe, and nothing wider than the screen. */
async function good(page, name) {
    assert.deepEqual(await accessibilityProblems(page), [], name);
    await shot(page, name);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth + 1), `${name} is wider than the screen`);
}

/** What the fields of the question on screen hold, as one text. */
function fields(page) {
    return page.evaluate(() => JSON.stringify([...document.querySelectorAll('.que .formulation :is(input:not([type=hidden]), select)')]
        .map((field) => (['radio', 'checkbox'].includes(field.type) ? field.checked : field.value))));
}

/** Goes to a question whose fields are the browser's own: menus, text, choices. Items to order are core's script's. */
async function toFields(page) {
    for (let i = 0; i < 12 && page.url().includes('attempt.php'); i++) {
        if (await page.locator('.palier-calm').count()) {
            await press(page, 'resume');
        } else if (await page.locator('.que :is(select, input[type=text], input[type=radio], input[type=checkbox])').count()) {
            return;
        } else {
            await press(page, 'unknown');
        }
    }
    assert.fail('the demonstration test asks no question with fields');
}

/** Gives an answer, and does not send it. */
async function fillIn(page) {
    const selects = page.locator('.que select');
    const texts = page.locator('.que input[type=text]');
    const choices = page.locator('.que :is(input[type=radio], input[type=checkbox])');
    for (let i = 0; i < await selects.count(); i++) {
        await selects.nth(i).selectOption({index: 2});
    }
    for (let i = 0; i < await texts.count(); i++) {
        await texts.nth(i).fill('12');
    }
    if (!await selects.count() && !await texts.count()) {
        await choices.nth(1).check();
    }
    return fields(page);
}

for (const width of [360, 320]) {
    test(`a disagreement reaches a trainer, who drops the question; both results are there (${width} pixels)`, {timeout: 240000}, async () => {
        const page = await learner(browser, first, {width, height: 740});
        await fresh(page);
        await begin(page);
        for (let i = 0; i < 8 && page.url().includes('attempt.php'); i++) {
            await answerWith(page, 0);
            if (await page.locator('.palier-calm').count()) {
                await press(page, 'resume');
            }
        }
        if (page.url().includes('attempt.php')) {
            await stopHere(page);
        }
        const result = page.url();
        const events = (await log(page)).length;
        await page.goto(result.replace('result.php', 'story.php'));
        await go(page, () => page.locator('.palier-lines a', {hasText: 'Je ne suis pas d’accord'}).nth(1).click());
        await good(page, `${width}-disagree`);
        await page.fill('#palier-message', 'La réponse attendue est fausse.\n<img src=x onerror=alert(1)>');
        await go(page, () => page.click('button[value=open]'));
        assert.match(await page.textContent('body'), /Votre message est envoyé/);
        assert.equal(await page.locator('.palier-thread img').count(), 0);
        await good(page, `${width}-thread`);
        const thread = page.url();

        const other = await learner(browser, second);
        await other.goto(thread);
        assert.match(await other.textContent('body'), /Cette page appartient à une autre personne/);
        await other.context().close();

        const trainer = await learner(browser, demo.trainer, {width, height: 740});
        await trainer.goto(`${demo.tests.fr.view.replace('view.php', 'contests.php')}`);
        await good(trainer, `${width}-list`);
        await go(trainer, () => trainer.locator('.palier-thread a').first().click());
        assert.match(await trainer.textContent('.palier-contest'), /Réponse attendue/);
        await trainer.check('#palier-decide-dropped');
        await good(trainer, `${width}-decide`);
        // Without a reason nothing is decided.
        await go(trainer, () => trainer.click('button[value=decide]'));
        assert.match(await trainer.textContent('#palier-contest-error'), /Écrivez quelques mots/);
        await trainer.check('#palier-decide-dropped');
        await trainer.fill('#palier-message', 'Vous avez raison : je la retire.');
        await go(trainer, () => trainer.click('button[value=decide]'));
        assert.match(await trainer.textContent('body'), /La décision est enregistrée/);
        assert.deepEqual(trainer.problems, []);
        await trainer.context().close();

        await page.goto(result);
        assert.match(await page.textContent('.palier-versions'), /je la retire/);
        assert.equal(await page.locator('.palier-versions li').count(), 2);
        await good(page, `${width}-both-results`);
        const now = await log(page);
        assert.equal(now.length, events + 1);
        assert.equal(now.at(-1).type, 'dropped');
        assert.deepEqual(page.problems, []);
        await page.context().close();
    });
}

test('a forged post neither decides nor writes', {timeout: 240000}, async () => {
    const page = await learner(browser, first);
    await fresh(page);
    await begin(page);
    await press(page, 'unknown');
    await stopHere(page);
    await go(page, () => page.click('.palier-contest a:has-text("Je ne suis pas d’accord avec ce résultat")'));
    await page.fill('#palier-message', 'Non.');
    await go(page, () => page.click('button[value=open]'));
    const thread = page.url();
    const id = new URL(thread).searchParams.get('id');
    const where = thread.split('?')[0];
    const sesskey = await page.evaluate(() => M.cfg.sesskey);
    const decision = {id, do: 'decide', decision: 'kept', message: 'Décidé.'};

    // The learner decides nothing; nor does anybody without the key of the session.
    assert.match(await (await page.request.post(where, {form: {...decision, sesskey}})).text(), /Cette page appartient à une autre personne/);
    const trainer = await learner(browser, demo.trainer);
    await trainer.request.post(where, {form: decision});
    await trainer.request.post(where, {form: {...decision, sesskey: 'forged'}});
    const other = await learner(browser, second);
    const key = await other.evaluate(() => M.cfg.sesskey);
    await other.request.post(where, {form: {id, do: 'reply', message: 'Je m’en mêle.', sesskey: key}});
    await other.request.post(where, {form: {id, do: 'takeback', sesskey: key}});
    await page.goto(thread);
    assert.equal(await page.locator('.palier-thread li').count(), 1);
    assert.match(await page.textContent('.palier-contest'), /En attente d’une réponse/);
    for (const one of [page, trainer, other]) {
        await one.context().close();
    }
});

test('what is typed comes back after the session is over, with scripts and without', {timeout: 240000}, async () => {
    for (const javaScriptEnabled of [true, false]) {
        const setup = await learner(browser, second);
        await fresh(setup);
        await begin(setup);
        await toFields(setup);
        const number = await questionNumber(setup);
        const address = setup.url().replace(/&.*/, '');
        const cookies = await setup.context().storageState();

        const context = await browser.newContext({javaScriptEnabled, storageState: cookies, viewport: {width: 360, height: 740}, baseURL: new URL(address).origin});
        const page = watch(await context.newPage());
        await page.goto(address);
        await settled(page);
        const given = await fillIn(page);
        // The session ends on the server, as it does after hours away.
        const key = await setup.evaluate(() => M.cfg.sesskey);
        await setup.goto(`/login/logout.php?sesskey=${key}`);
        await Promise.all([page.waitForURL(/login\/index\.php/), page.click('.palier-validate')]);
        await signIn(page, second, demoPassword, () => page.waitForURL(/attempt\.php/));
        assert.equal(await questionNumber(page), number);
        assert.equal(await fields(page), given);
        // A new session speaks the language of the account.
        assert.match(await page.textContent('body'), /Votre réponse est revenue|Your answer is back/);
        await shot(page, `360-back-${javaScriptEnabled}`);
        await context.close();
        await setup.context().close();
    }
    const page = await learner(browser, second);
    await stopHere(page);
    await page.context().close();
});

test('a message that is being written comes back after the session is over', {timeout: 240000}, async () => {
    const page = await learner(browser, first, {width: 360, height: 740});
    await fresh(page);
    await begin(page);
    await press(page, 'unknown');
    await stopHere(page);
    await go(page, () => page.click('.palier-contest a:has-text("Je ne suis pas d’accord avec ce résultat")'));
    await page.fill('#palier-message', 'Mon message, écrit longtemps.');
    await settled(page);
    await page.context().clearCookies();
    await Promise.all([page.waitForURL(/login\/index\.php/), page.click('button[value=open]')]);
    await signIn(page, first, demoPassword, () => page.waitForURL(/contest\.php/));
    assert.equal(await page.inputValue('#palier-message'), 'Mon message, écrit longtemps.');
    await go(page, () => page.click('button[value=open]'));
    assert.equal(await page.locator('.palier-thread li').count(), 1);
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('another person who signs in on the same tablet meets nothing of it', {timeout: 240000}, async () => {
    const page = await learner(browser, second);
    await fresh(page);
    await begin(page);
    await toFields(page);
    await fillIn(page);
    const name = await page.locator('.que .formulation [name^="q"]').first().getAttribute('name');
    const address = page.url();
    await settled(page);
    await page.context().clearCookies();
    await Promise.all([page.waitForURL(/login\/index\.php/), page.click('.palier-validate')]);
    await signIn(page, first, demoPassword);
    assert.match(await page.textContent('body'), /Cette page appartient à une autre personne|belongs to another person/);
    assert.equal(await page.evaluate((field) => JSON.stringify({...localStorage, ...sessionStorage}).includes(field), name), false);
    const owner = await learner(browser, second);
    await owner.goto(address);
    await stopHere(owner);
    await owner.context().close();
    await page.context().close();
});

test('a draft is on the server before the answer is sent', {timeout: 240000}, async () => {
    const page = await learner(browser, second);
    await fresh(page);
    await begin(page);
    await toFields(page);
    const number = await questionNumber(page);
    const draft = page.waitForResponse((answer) => answer.url().includes('step.php'), {timeout: 60000});
    const given = await fillIn(page);
    assert.equal((await (await draft).json()).outcome, 'kept');
    const phone = await learner(browser, second, {width: 360, height: 740});
    await phone.goto(demo.tests.fr.view);
    await begin(phone);
    assert.equal(await questionNumber(phone), number);
    assert.equal(await fields(phone), given);
    await press(phone, 'answer');
    await stopHere(phone);
    assert.equal((await log(phone)).filter((event) => event.type === 'answered').length, 1);
    await phone.context().close();
    await page.context().close();
});

test('what is typed before the scripts are there is kept as well, and a page that nobody touched sends nothing', {timeout: 240000}, async () => {
    const page = await learner(browser, second);
    await fresh(page);
    await begin(page);
    await toFields(page);
    await settled(page);
    const sent = [];
    page.on('request', (request) => request.url().includes('step.php') && sent.push(request.postData()));
    // As when another window comes before it.
    await page.evaluate(() => {
        Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});
        document.dispatchEvent(new Event('visibilitychange'));
    });
    await settled(page);
    assert.deepEqual(sent, []);

    let goOn;
    const held = new Promise((resolve) => { goOn = resolve; });
    await page.route('**/requirejs.php/**', async (route) => { await held; await route.continue(); });
    await page.goto(page.url(), {waitUntil: 'domcontentloaded'});
    const given = await fillIn(page);
    const draft = page.waitForResponse((answer) => answer.url().includes('step.php'), {timeout: 60000});
    goOn();
    assert.equal((await (await draft).json()).outcome, 'kept');
    await page.goto(page.url());
    assert.equal(await fields(page), given);
    await stopHere(page);
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('without a connection an answer waits, and is sent once when it is back', {timeout: 240000}, async () => {
    const page = await learner(browser, second, {width: 360, height: 740});
    await fresh(page);
    await begin(page);
    const number = await questionNumber(page);
    await page.context().setOffline(true);
    await page.locator('button[value=unknown]').click();
    await page.waitForSelector('#palier-offline:not([hidden])');
    assert.match(await page.textContent('#palier-offline'), /Pas de connexion/);
    await shot(page, '360-offline');
    const next = page.waitForURL(/saved=1/);
    await page.context().setOffline(false);
    await next;
    assert.equal(await questionNumber(page), number + 1);
    await stopHere(page);
    assert.equal((await log(page)).filter((event) => event.type === 'unknown').length, 1);
    await page.context().close();
});

test('the button to begin is not covered on a phone, nor are words', async () => {
    for (const width of [320, 360]) {
        const page = await learner(browser, second, {width, height: 740});
        await fresh(page);
        for (const element of await page.locator('.palier-home .btn-primary, .palier-home dd').all()) {
            await element.scrollIntoViewIfNeeded();
            const covered = await element.evaluate((it) => {
                const toggle = document.querySelector('.drawer-left-toggle')?.getBoundingClientRect();
                const range = document.createRange();
                range.selectNodeContents(it);
                return toggle && toggle.width > 0 && [...range.getClientRects()].some((box) =>
                    box.left < toggle.right && box.right > toggle.left && box.top < toggle.bottom && box.bottom > toggle.top);
            });
            assert.ok(!covered, `${await element.textContent()} is covered at ${width} pixels`);
        }
        await shot(page, `${width}-before`);
        await page.context().close();
    }
});

test('the number of questions left never goes up, and the calm choice comes once at most', {timeout: 240000}, async () => {
    const page = await learner(browser, second, {width: 360, height: 740});
    await fresh(page);
    await begin(page);
    let left = Infinity;
    let calm = 0;
    for (let i = 0; i < 40 && page.url().includes('attempt.php'); i++) {
        if (await page.locator('.palier-calm').count()) {
            calm++;
            await press(page, 'resume');
            continue;
        }
        const text = await page.textContent('#palier-doubt-text');
        const now = /\d+/.test(text) ? Number(text.match(/\d+/)[0]) : 1;
        assert.ok(now <= left, `${left} questions were left, and now ${now}`);
        left = now;
        await press(page, 'unknown');
    }
    assert.ok(calm <= 1, `the calm choice came ${calm} times`);
    if (page.url().includes('attempt.php')) {
        await stopHere(page);
    }
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('who asks for a person or for paper is told whom the request went to, and a trainer finds it', {timeout: 240000}, async () => {
    const page = await learner(browser, second, {width: 360, height: 740});
    await fresh(page);
    await begin(page);
    for (const way of ['together', 'paper']) {
        await page.goto(`${page.url().split('&')[0]}&calm=1`);
        assert.equal(await page.locator('.palier-calm button').count(), 4);
        assert.match(await page.textContent('.palier-calm'), /Un message part à (?!votre)[^,]+,/);
        await good(page, `360-calm-${way}`);
        await press(page, way);
        assert.match(await page.textContent('body'), /Votre (demande|demande de questions sur papier) est partie\s: [^.]+\./);
        await good(page, `360-asked-${way}`);
        await begin(page);
    }
    const trainer = await learner(browser, demo.trainer);
    await trainer.goto(demo.tests.fr.view.replace('view.php', 'contests.php'));
    assert.match(await trainer.textContent('.palier-contests'), /Demandes d’accompagnement/);
    assert.match(await trainer.textContent('.palier-contests'), /Demandes de questions sur papier/);
    await go(trainer, () => trainer.locator('section', {hasText: 'papier'}).locator('.palier-thread a').first().click());
    const [paper] = await Promise.all([trainer.waitForEvent('popup'), trainer.click('a[href*="paper.php"]')]);
    await paper.waitForLoadState();
    assert.ok(await paper.locator('.palier-paper-question').count() >= 10);
    assert.equal(await paper.locator('.palier-paper select, .palier-paper img[src=""]').count(), 0);
    await good(paper, 'paper');
    await paper.emulateMedia({media: 'print'});
    await shot(paper, 'paper-print');
    await paper.close();
    await trainer.fill('#palier-message', 'Demain à 10 h, salle 3.');
    await go(trainer, () => trainer.click('button[value=reply]'));
    assert.match(await trainer.textContent('body'), /Votre message est envoyé/);
    await trainer.context().close();
    await page.goto(demo.tests.fr.view);
    await go(page, () => page.locator('.palier-contest a', {hasText: 'papier'}).first().click());
    assert.match(await page.textContent('.palier-thread'), /salle 3/);
    await stopHere(page);
    assert.deepEqual(page.problems, []);
    await page.context().close();
});

test('without scripts items are put in order by menus, each place once', {timeout: 240000}, async () => {
    const setup = await learner(browser, second);
    await fresh(setup);
    await begin(setup);
    let found = false;
    for (let i = 0; i < 30 && setup.url().includes('attempt.php') && !found; i++) {
        if (await setup.locator('.palier-calm').count()) {
            await press(setup, 'resume');
        }
        found = await setup.locator('.que.ordering').count() > 0;
        if (!found) {
            await press(setup, 'unknown');
        }
    }
    if (!found) {
        return;
    }
    const address = setup.url().replace(/&.*/, '');
    const context = await browser.newContext({javaScriptEnabled: false, storageState: await setup.context().storageState(), viewport: {width: 360, height: 740}});
    const page = await context.newPage();
    await page.goto(address);
    const number = await questionNumber(page);
    const selects = page.locator('select[name^=palier_place_]');
    const count = await selects.count();
    assert.ok(count > 1);
    await shot(page, '360-order-without-scripts');
    await selects.nth(0).selectOption('1');
    await selects.nth(1).selectOption('1');
    await Promise.all([page.waitForNavigation(), page.click('.palier-validate')]);
    assert.match(await page.textContent('body'), /Chaque place sert une seule fois/);
    for (let i = 0; i < count; i++) {
        await page.locator('select[name^=palier_place_]').nth(i).selectOption(String(count - i));
    }
    const wanted = (await page.locator('.palier-places label').allTextContents()).reverse().map((text) => text.trim());
    await Promise.all([page.waitForNavigation(), page.click('.palier-validate')]);
    if (page.url().includes('attempt.php')) {
        assert.equal(await questionNumber(page), number + 1);
    }
    await setup.goto(demo.tests.fr.view);
    await stopHere(setup);
    const answered = (await log(setup)).filter((event) => event.type === 'answered').at(-1);
    assert.equal(answered.response, wanted.map((text, i) => `${i + 1}. ${text.replace(/\s+/g, ' ')}`).join('; '));
    await context.close();
    await setup.context().close();
});
