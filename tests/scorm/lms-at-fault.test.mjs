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
 * An LMS of one page that keeps what it is told in its own window's storage. `mode` is its fault: it refuses sessions,
 * has no functions, answers by booleans or null, cuts suspend_data, or only shows what is over.
 */
const page = `<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>LMS</title><body><script>
const asked = new URLSearchParams(location.search), mode = asked.get('mode'), most = Number(asked.get('most') ?? 4096);
const data = JSON.parse(localStorage.getItem('lms') ?? '{}');
window.data = data;
window.commits = 0;
const said = (value) => (mode === 'booleans' ? value : String(value));
const functions = {
    LMSInitialize: () => said(mode !== 'refuses'),
    LMSFinish: () => { localStorage.setItem('lms', JSON.stringify(data)); return said(true); },
    LMSGetValue: (name) => {
        if (name === 'cmi.core.lesson_mode') { return mode === 'review' ? 'review' : 'normal'; }
        if (name === 'cmi.interactions._count') { let n = 0; while ('cmi.interactions.' + n + '.id' in data) { n++; } return String(n); }
        return data[name] ?? (mode === 'null' ? null : '');
    },
    LMSSetValue: (name, value) => { data[name] = name === 'cmi.suspend_data' ? value.slice(0, most) : value; return said(true); },
    LMSCommit: () => { window.commits++; localStorage.setItem('lms', JSON.stringify(data)); return said(true); },
    LMSGetLastError: () => '0', LMSGetErrorString: () => '', LMSGetDiagnostic: () => '',
};
if (mode === 'late') { setTimeout(() => { window.API = functions; }, 700); } else if (mode !== 'none') { window.API = functions; }
const frame = document.createElement('iframe');
if (asked.get('sandbox')) { frame.setAttribute('sandbox', asked.get('sandbox')); }
Object.assign(frame, {name: 'package', title: 'Package', src: '/package/index.html', style: 'border:0;width:100%;height:98vh'});
document.body.append(frame);
</script></body></html>`;
const types = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.txt': 'text/plain'};

const folders = ['one', 'two'].map((name) => join(work, `fault-${name}`));
const answers = answersOf(makeBundle());
const lms = {folder: folders[0], probe: 200};
let browser;
let server;
let url;
before(async () => {
    for (const [n, folder] of folders.entries()) {
        makePackage(`${folder}.zip`, '--seed', String(seed), '--title', `fr=Version ${n + 1}`);
        rmSync(folder, {recursive: true, force: true});
        mkdirSync(folder, {recursive: true});
        execFileSync('unzip', ['-q', `${folder}.zip`, '-d', folder]);
    }
    server = createServer((request, response) => {
        const path = decodeURIComponent(request.url.split('?')[0]);
        const file = normalize(join(lms.folder, path.replace('/package/', '')));
        const send = (status, type, body, more = {}) => { response.writeHead(status, {'Content-Type': type, ...more}); response.end(body); };
        if (path === '/') {
            send(200, types['.html'], page);
        } else if (path.endsWith('/probe.txt') && lms.probe !== 200) {
            send(lms.probe, 'text/plain', 'no', lms.probe === 302 ? {Location: '/'} : {});
        } else if (file.startsWith(lms.folder) && statSync(file, {throwIfNoEntry: false})?.isFile()) {
            send(200, types[extname(file)] ?? 'application/octet-stream', readFileSync(file));
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

/** The package in this LMS; what the LMS holds and how often it was asked to keep it. */
async function visit(where, asked = {}) {
    const tab = await open(where);
    await tab.goto(`${url}?${new URLSearchParams(asked)}`);
    const frame = await (await tab.waitForSelector('iframe')).contentFrame();
    await screen(frame);
    return {tab, frame, held: () => tab.evaluate(() => window.data), commits: () => tab.evaluate(() => window.commits)};
}

const said = (frame, text) => frame.waitForFunction((wanted) => document.querySelector('.message')?.textContent.includes(wanted), text);

/** Fresh people, each with a browser of their own. */
async function learner(then, more = {}) {
    const where = await context(browser, more);
    try {
        await then(where);
    } finally {
        await where.close();
    }
}

for (const mode of ['refuses', 'none']) {
    test(`the LMS ${mode === 'none' ? 'is not there' : 'refuses the session'}: said before the first question`, {timeout: 60000}, () => learner(async (where) => {
        const {tab, frame, held} = await visit(where, {mode});
        assert.match(await frame.textContent('[role=alert]'), /votre résultat ne lui parviendra pas/);
        assert.doesNotMatch(await frame.textContent('main'), /vos formateurs voyez/);
        assert.match(await frame.textContent('main'), /Personne d’autre que vous ne voit votre résultat/);
        assert.equal(await frame.getByRole('button', {name: 'Recharger la page'}).count(), 1);
        assert.deepEqual(await accessibilityProblems(frame), []);
        assert.deepEqual(await layoutProblems(frame), []);
        await shot(tab, `no-lms-${mode}`);
        await press(frame, 'Commencer');
        await answer(frame, answers);
        await said(frame, 'gardée dans ce navigateur');
        assert.deepEqual(await held(), {}, 'nothing goes to an LMS that has no session');
    }, {width: 320, height: 640}));
}

for (const mode of ['booleans', 'null', 'late']) {
    test(`an LMS with ${mode}: the answer is in it`, {timeout: 60000}, () => learner(async (where) => {
        const {frame, held} = await visit(where, {mode});
        assert.equal(await frame.locator('[role=alert]').count(), 0);
        await press(frame, 'Commencer');
        await answer(frame, answers);
        await said(frame, 'enregistrée');
        assert.match((await held())['cmi.suspend_data'], /^palier-1 \S+ \d+ open /);
        assert.ok((await held())['cmi.interactions.0.id']);
    }));
}

for (const status of [302, 403, 404]) {
    test(`the package's small file answers ${status}: commits are sent and believed`, {timeout: 60000}, () => learner(async (where) => {
        lms.probe = status;
        try {
            const {frame, commits} = await visit(where);
            await press(frame, 'Commencer');
            await answer(frame, answers);
            await said(frame, 'enregistrée');
            assert.ok(await commits() >= 2);
        } finally {
            lms.probe = 200;
        }
    }));
}

test('an LMS that cuts the record says "true": the learner is told, and this browser goes on where it was', {timeout: 60000}, () => learner(async (where) => {
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
    await learner(async (other) => {
        await other.addInitScript((kept) => { if (top === window) { localStorage.setItem('lms', kept); } }, JSON.stringify(data));
        const elsewhere = await visit(other, {most: 120});
        assert.equal(await screen(elsewhere.frame), 'before');
        assert.match(await elsewhere.frame.textContent('[role=alert]'), /ne peut pas être reprise/);
    });
}));

test('a frame without forms: the answer goes, by the button and by the Enter key', {timeout: 60000}, () => learner(async (where) => {
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
}));

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
        const count = Object.keys(held).filter((name) => /^cmi\.interactions\.\d+\.id$/.test(name)).length;
        assert.equal(count, played.length + 2 + asked + 2, 'all interactions of both, each with theta and its error');
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
