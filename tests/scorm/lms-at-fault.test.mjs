// SPDX-License-Identifier: GPL-3.0-or-later
// What LMS do wrong, one by one: the learner reads what becomes of the answers, and nothing is lost in silence.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join, normalize} from 'node:path';
import {after, before, test} from 'node:test';
import {accessibilityProblems, answer, context, itemOnScreen, launch, layoutProblems, open, play, press, screen, shot} from './support/browser.mjs';
import {answersOf, makeBundle, makePackage, seed, work} from './support/fixture.mjs';

/**
 * An LMS of one page that keeps what it is told in its own window's storage, by the words of SCORM 1.2 and 2004. `mode`
 * is its fault: it refuses sessions, has no functions or has them late, answers by booleans or null, cuts suspend_data
 * or refuses a long one, or only shows what is over. `place` is where the package stands: in a frame, in one 12 windows
 * below, in a window of its own, in a frame of another site.
 */
const page = `<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>LMS</title><body><script>
const asked = new URLSearchParams(location.search), mode = asked.get('mode');
window.most = Number(asked.get('most') ?? 4096);
const data = JSON.parse(localStorage.getItem('lms') ?? '{}');
window.data = data;
window.commits = 0;
const said = (value) => (mode === 'booleans' ? value : String(value));
const is = {
    Initialize: () => said(mode !== 'refuses'),
    Terminate: () => { localStorage.setItem('lms', JSON.stringify(data)); return said(true); },
    GetValue: (name) => {
        if (['cmi.core.lesson_mode', 'cmi.mode'].includes(name)) { return mode === 'review' ? 'review' : 'normal'; }
        if (name.endsWith('._count')) { let n = 0; while (Object.keys(data).some((one) => one.startsWith(name.replace('_count', n + '.')))) { n++; } return String(n); }
        return data[name] ?? (mode === 'null' ? null : '');
    },
    SetValue: (name, value) => {
        if (name === 'cmi.suspend_data' && mode === 'short' && value.length > window.most) { return said(false); }
        data[name] = name === 'cmi.suspend_data' ? value.slice(0, window.most) : value;
        return said(true);
    },
    Commit: () => { window.commits++; localStorage.setItem('lms', JSON.stringify(data)); return said(true); },
    GetLastError: () => '0', GetErrorString: () => '', GetDiagnostic: () => '',
};
const give = () => {
    window.API_1484_11 = is;
    window.API = Object.fromEntries(Object.entries(is).map(([name, does]) => [name === 'Terminate' ? 'LMSFinish' : 'LMS' + name, does]));
};
if (mode === 'late') { setTimeout(give, 700); } else if (mode !== 'none') { give(); }
const places = {far: '/up?11', foreign: location.origin.replace('127.0.0.1', 'localhost') + '/package/index.html'};
const show = () => {
    const frame = document.createElement('iframe');
    if (asked.get('sandbox')) { frame.setAttribute('sandbox', asked.get('sandbox')); }
    Object.assign(frame, {name: 'lms', title: 'Package', src: places[asked.get('place')] ?? '/package/index.html', style: 'border:0;width:100%;height:98vh'});
    document.body.append(frame);
};
if (asked.get('place') === 'opener') { window.open('/package/index.html'); } else { show(); }
</script></body></html>`;
/** A window between the LMS and the package; `n` more of them follow. */
const between = (n) => `<!DOCTYPE html><html lang="fr"><title>Frame</title><body style="margin:0"><iframe title="Frame" src="${n > 1 ? `/up?${n - 1}` : '/package/index.html'}" style="border:0;width:100%;height:96vh"></iframe></body></html>`;
const types = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.txt': 'text/plain'};

const standards = ['scorm12', 'scorm2004'];
const folders = ['one', 'two'].map((name) => join(work, `fault-${name}`));
const other = join(work, 'fault-scorm2004');
/** What a standard calls the learner's answer, the status, the way it was left, and whether it is over. */
const names = {
    scorm12: {folder: folders[0], status: 'cmi.core.lesson_status', raw: 'cmi.core.score.raw', exit: 'cmi.core.exit', time: 'cmi.core.session_time'},
    scorm2004: {folder: other, status: 'cmi.completion_status', raw: 'cmi.score.raw', exit: 'cmi.exit', time: 'cmi.session_time'},
};
const answers = answersOf(makeBundle());
const lms = {folder: folders[0], probe: 200, policy: null};
let browser;
let server;
let url;
before(async () => {
    const versions = folders.map((folder, n) => [folder, '--title', `fr=Version ${n + 1}`]);
    for (const [folder, ...options] of [...versions, [other, '--format', 'scorm2004']]) {
        makePackage(`${folder}.zip`, '--seed', String(seed), ...options);
        rmSync(folder, {recursive: true, force: true});
        mkdirSync(folder, {recursive: true});
        execFileSync('unzip', ['-q', `${folder}.zip`, '-d', folder]);
    }
    server = createServer((request, response) => {
        const path = decodeURIComponent(request.url.split('?')[0]);
        const file = normalize(join(lms.folder, path.replace('/package/', '')));
        const send = (status, type, body, more = {}) => { response.writeHead(status, {'Content-Type': type, ...more}); response.end(body); };
        const policy = lms.policy ? {'Content-Security-Policy': lms.policy} : {};
        if (path === '/') {
            send(200, types['.html'], page);
        } else if (path === '/up') {
            send(200, types['.html'], between(Number(request.url.split('?')[1])));
        } else if (path.endsWith('/probe.txt') && lms.probe !== 200) {
            send(lms.probe, 'text/plain', 'no', lms.probe === 302 ? {Location: '/'} : {});
        } else if (file.startsWith(lms.folder) && statSync(file, {throwIfNoEntry: false})?.isFile()) {
            send(200, types[extname(file)] ?? 'application/octet-stream', readFileSync(file), policy);
        } else {
            send(404, 'text/plain', 'no such file');
        }
    });
    await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
    url = `http://127.0.0.1:${server.address().port}/`;
    browser = await launch();
});
after(async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((done) => { server.close(done); });
});

/** The frame of the package, as far below as it is. */
async function packageIn(tab) {
    let frame = tab.mainFrame();
    do {
        frame = await (await frame.waitForSelector('iframe')).contentFrame();
        await frame.waitForSelector('iframe, main');
    } while (!await frame.$('main'));
    return frame;
}

/** The package in this LMS; what the LMS holds and how often it was asked to keep it. */
async function visit(where, asked = {}) {
    const tab = await open(where);
    const popup = asked.place === 'opener' ? where.waitForEvent('page', (one) => one !== tab) : null;
    await tab.goto(`${url}?${new URLSearchParams(asked)}`);
    const frame = popup ? await popup : await packageIn(tab);
    await screen(frame);
    return {tab, frame, held: () => tab.evaluate(() => window.data), commits: () => tab.evaluate(() => window.commits)};
}

const said = (frame, text) => frame.waitForFunction((wanted) => document.querySelector('.message')?.textContent.includes(wanted), text);

/** Fresh people, each with a browser of their own, and the package of a standard. */
async function learner(then, {standard = 'scorm12', ...more} = {}) {
    lms.folder = names[standard].folder;
    const where = await context(browser, more);
    try {
        await then(where, names[standard]);
    } finally {
        await where.close();
        Object.assign(lms, {folder: folders[0], probe: 200, policy: null});
    }
}

/** Before the first question: the result will be in this browser alone. */
async function warnedOfNoLms(frame) {
    assert.match(await frame.textContent('[role=alert]'), /votre résultat ne lui parviendra pas/);
    assert.doesNotMatch(await frame.textContent('main'), /vos formateurs voyez/);
    assert.match(await frame.textContent('main'), /Personne d’autre que vous ne voit votre résultat/);
}

/** The items of the answers that the LMS was told, in order. */
const interactionsOf = (held) => Object.entries(held).filter(([name]) => /^cmi\.interactions\.\d+\.id$/.test(name)).map(([, id]) => id);

/** The first answer is in the LMS, with the record to go on from. */
async function takesAnAnswer(frame, held) {
    await press(frame, 'Commencer');
    const item = await answer(frame, answers);
    await said(frame, 'enregistrée');
    const data = await held();
    assert.match(data['cmi.suspend_data'], /^palier-1 \S+ \d+ open /);
    assert.deepEqual(interactionsOf(data), [item.replaceAll('.', '_')]);
}

for (const standard of standards) {
    for (const mode of ['refuses', 'none']) {
        test(`${standard}: the LMS ${mode === 'none' ? 'is not there' : 'refuses the session'}: said before the first question`, {timeout: 240000}, () => learner(async (where) => {
            const {tab, frame, held} = await visit(where, {mode});
            await warnedOfNoLms(frame);
            assert.equal(await frame.getByRole('button', {name: 'Recharger la page'}).count(), 1);
            assert.deepEqual(await accessibilityProblems(frame), []);
            assert.deepEqual(await layoutProblems(frame), []);
            await shot(tab, `no-lms-${mode}`);
            await press(frame, 'Commencer');
            await answer(frame, answers);
            await said(frame, 'gardée dans ce navigateur');
            assert.deepEqual(await held(), {}, 'nothing goes to an LMS that has no session');
        }, {standard, width: 320, height: 640}));
    }

    for (const mode of ['booleans', 'null', 'late']) {
        test(`${standard}: an LMS with ${mode}: the answer is in it`, {timeout: 240000}, () => learner(async (where) => {
            const {frame, held} = await visit(where, {mode});
            assert.equal(await frame.locator('[role=alert]').count(), 0);
            await takesAnAnswer(frame, held);
        }, {standard}));
    }

    for (const [place, words] of [['far', '12 windows below the LMS'], ['opener', 'in a window that the LMS has opened']]) {
        test(`${standard}: the package ${words}: the answer is in it`, {timeout: 240000}, () => learner(async (where) => {
            const {frame, held} = await visit(where, {place});
            await takesAnAnswer(frame, held);
        }, {standard}));
    }

    test(`${standard}: the package in a frame of another site: said before the first question`, {timeout: 240000}, () => learner(async (where) => {
        const {frame, held} = await visit(where, {place: 'foreign'});
        await warnedOfNoLms(frame);
        await press(frame, 'Commencer');
        await answer(frame, answers);
        assert.deepEqual(await held(), {});
    }, {standard}));

    for (const status of [302, 403, 404]) {
        test(`${standard}: the package's small file answers ${status}: commits are sent and believed`, {timeout: 240000}, () => learner(async (where) => {
            lms.probe = status;
            const {frame, held, commits} = await visit(where);
            await takesAnAnswer(frame, held);
            assert.ok(await commits() >= 2);
        }, {standard}));
    }

    test(`${standard}: an LMS that cuts the record says "true": the learner is told, and this browser goes on where it was`, {timeout: 240000}, () => learner(async (where) => {
        const {tab, frame} = await visit(where, {most: 120});
        await press(frame, 'Commencer');
        for (let n = 0; n < 3; n++) {
            await answer(frame, answers);
        }
        await said(frame, 'Non enregistré en entier');
        const item = await itemOnScreen(frame, answers);
        await tab.close();
        const again = await visit(where, {most: 120});
        assert.equal(await screen(again.frame), 'question');
        assert.equal(await itemOnScreen(again.frame, answers), item);
        // Another machine has the LMS's piece alone.
        const data = await again.held();
        const elsewhere = await context(browser);
        await elsewhere.addInitScript((kept) => { if (top === window) { localStorage.setItem('lms', kept); } }, JSON.stringify(data));
        const far = await visit(elsewhere, {most: 120});
        assert.equal(await screen(far.frame), 'before');
        assert.match(await far.frame.textContent('[role=alert]'), /ne peut pas être reprise/);
        await elsewhere.close();
    }, {standard}));

    test(`${standard}: an LMS that refuses a longer record: told, all else arrives, and another machine goes on from what it has`, {timeout: 240000}, () => learner(async (where) => {
        const {tab, frame, held} = await visit(where, {mode: 'short'});
        await press(frame, 'Commencer');
        const first = await answer(frame, answers);
        await said(frame, 'enregistrée');
        const most = (await held())['cmi.suspend_data'].length;
        await tab.evaluate((length) => { window.most = length; }, most);
        for (let n = 0; n < 3; n++) {
            await answer(frame, answers);
        }
        await said(frame, 'Non enregistré en entier');
        const data = await held();
        assert.equal(interactionsOf(data).length, 4, 'the LMS has the answers of which the record has no room');
        const item = await itemOnScreen(frame, answers);
        await tab.close();
        const again = await visit(where, {mode: 'short', most});
        assert.equal(await itemOnScreen(again.frame, answers), item, 'the browser has all of them');
        await again.tab.close();
        const elsewhere = await context(browser);
        await elsewhere.addInitScript((kept) => { if (top === window && !localStorage.getItem('lms')) { localStorage.setItem('lms', kept); } }, JSON.stringify(data));
        const far = await visit(elsewhere, {});
        assert.equal(await screen(far.frame), 'question');
        const next = [await answer(far.frame, answers), await answer(far.frame, answers)];
        await said(far.frame, 'enregistrée');
        const told = interactionsOf(await far.held());
        assert.deepEqual([told[0], ...told.slice(-2)], [first, ...next].map((name) => name.replaceAll('.', '_')), 'what is answered now is told, too');
        await elsewhere.close();
    }, {standard}));

    test(`${standard}: a frame without forms: the answer goes, by the button and by the Enter key`, {timeout: 240000}, () => learner(async (where) => {
        const {tab, frame} = await visit(where, {sandbox: 'allow-scripts allow-same-origin'});
        await press(frame, 'Commencer');
        await answer(frame, answers);
        for (let n = 0; n < 40 && await screen(frame) === 'question' && !await frame.locator('.entry input[type=text]').count(); n++) {
            await answer(frame, answers);
        }
        if (await screen(frame) === 'question') {
            const number = await frame.textContent('#number');
            await frame.fill('.entry input[type=text]', answers[await itemOnScreen(frame, answers)].response.text);
            await frame.press('.entry input[type=text]', 'Enter');
            await frame.waitForFunction((old) => document.querySelector('#number')?.textContent !== old, number);
        }
        assert.deepEqual(tab.problems, []);
    }, {standard}));

    test(`${standard}: a frame that may keep nothing: the LMS has the answer`, {timeout: 240000}, () => learner(async (where) => {
        await where.addInitScript(() => {
            if (top !== window) {
                Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('refused', 'SecurityError'); }});
            }
        });
        const {frame, held} = await visit(where);
        await takesAnAnswer(frame, held);
        const alone = await visit(where, {mode: 'none'});
        await press(alone.frame, 'Commencer');
        await said(alone.frame, 'Non gardé');
    }, {standard}));

    test(`${standard}: back from another page: the test is where it was, and the LMS has the answers`, {timeout: 240000}, () => learner(async (where, {exit}) => {
        const {tab, frame} = await visit(where);
        await press(frame, 'Commencer');
        await answer(frame, answers);
        await said(frame, 'enregistrée');
        const item = await itemOnScreen(frame, answers);
        await tab.goto('about:blank');
        await tab.goBack();
        const again = await packageIn(tab);
        assert.equal(await screen(again), 'question');
        assert.equal(await itemOnScreen(again, answers), item);
        assert.equal((await tab.evaluate(() => window.data))[exit], 'suspend');
        await answer(again, answers);
        await said(again, 'enregistrée');
        assert.equal(interactionsOf(await tab.evaluate(() => window.data)).length, 2);
    }, {standard}));
}

for (const [what, policy, script] of [
    ['a policy that allows no WebAssembly', "default-src 'self'", undefined],
    ['a browser without WebAssembly', null, () => { delete window.WebAssembly; }],
]) {
    test(`${what}: said in the reader's language, with a way to try again`, {timeout: 240000}, () => learner(async (where) => {
        lms.policy = policy;
        if (script) {
            await where.addInitScript(script);
        }
        const tab = await open(where);
        await tab.goto(url);
        const frame = await packageIn(tab);
        await frame.getByRole('heading', {name: 'Un problème empêche de continuer.'}).waitFor();
        assert.equal(await frame.getByRole('button', {name: 'Recharger la page'}).count(), 1);
        assert.equal(await frame.evaluate(() => [...document.querySelectorAll('main p')].every(({lang}) => lang === 'en')), true, 'the browser’s own words are marked as English');
        assert.deepEqual(await accessibilityProblems(frame), []);
    }));
}

test('a new version of the package: the LMS gets the new result, from its first answer', {timeout: 180000}, () => learner(async (where) => {
    const first = await visit(where);
    await press(first.frame, 'Commencer');
    const played = await play(first.frame, answers);
    await said(first.frame, 'Vous pouvez fermer cette fenêtre');
    const old = await first.held();
    assert.match(old['cmi.comments'], /\d/);
    assert.equal(old['cmi.objectives.0.id'], 'level');
    await first.tab.close();
    lms.folder = folders[1];
    try {
        const second = await visit(where);
        assert.equal(await screen(second.frame), 'before');
        await press(second.frame, 'Commencer');
        await press(second.frame, 'Je ne sais pas');
        await said(second.frame, 'enregistrée');
        await second.tab.close();
        // Half done, and taken up again.
        const third = await visit(where);
        assert.equal(await screen(third.frame), 'question');
        let asked = 1;
        for (let now = 'question'; ['question', 'calm'].includes(now); now = await screen(third.frame)) {
            await press(third.frame, now === 'calm' ? 'Continuer' : 'Je ne sais pas');
            asked += now === 'calm' ? 0 : 1;
        }
        await said(third.frame, 'Vous pouvez fermer cette fenêtre');
        const held = await third.held();
        assert.notEqual(held['cmi.core.score.raw'], old['cmi.core.score.raw']);
        assert.equal(interactionsOf(held).length, played.length + 2 + asked + 2, 'all interactions of both, each with theta and its error');
    } finally {
        lms.folder = folders[0];
    }
}));

test('who looks again at what is over is told that nothing is recorded, and nothing is', {timeout: 180000}, () => learner(async (where) => {
    const {frame, tab, held} = await visit(where);
    await press(frame, 'Commencer');
    await press(frame, 'Je ne sais pas');
    await said(frame, 'enregistrée');
    const before = await held();
    await tab.close();
    const again = await visit(where, {mode: 'review'});
    await said(again.frame, 'rien n’est enregistré');
    await press(again.frame, 'Je ne sais pas');
    await said(again.frame, 'rien n’est enregistré');
    const {'cmi.core.session_time': was, 'cmi.core.exit': left, ...rest} = await again.held();
    const {'cmi.core.session_time': had, 'cmi.core.exit': gone, ...kept} = {...before, ...JSON.parse(await again.tab.evaluate(() => localStorage.getItem('lms')))};
    assert.deepEqual(rest, kept);
    assert.equal(was, had);
    assert.equal(left, gone);
}));
