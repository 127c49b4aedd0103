// SPDX-License-Identifier: GPL-3.0-or-later
// Of web-nodes.sh: people by HTTP. Prints "ok: …" or "not ok: …" for each thing that must hold.
//   web_nodes.mjs SITE nodes MADE ADMIN_PASSWORD      MADE: the JSON of moodle_load.php make
//   web_nodes.mjs SITE kills MADE FPM_PID OUT         workers of that PHP-FPM are killed while a test ends
import {readFileSync, writeFileSync} from 'node:fs';
import {client, fields, plain} from './http.mjs';

const [site, action, made, ...more] = process.argv.slice(2);
const {cmid, password, learners} = JSON.parse(made);
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const clients = new Map();
/** A node by its name; without one the balancer chooses. */
function via(node = '') {
    if (!clients.has(node)) { clients.set(node, client(site, node ? {'X-Node': node} : {})); }
    return clients.get(node);
}
function check(what, holds, found = '') { console.log(holds ? `ok: ${what}` : `not ok: ${what} ${found}`); }
const words = (page) => plain(page.text.replace(/<(script|style)[^]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');

/** A learner with a test that is begun. */
async function begin(name, node) {
    const web = via(node);
    const cookies = await web.signIn(name, password);
    const home = await web.ask(cookies, `/mod/palier/view.php?id=${cmid}`);
    const ready = fields(home.text, '[^>]*start.php');
    if (!ready) { throw new Error(`${name} may not begin: ${home.status} ${words(home).slice(0, 400)}`); }
    return {cookies, page: await web.follow(cookies, await web.ask(cookies, '/mod/palier/start.php', ready))};
}

/** Sends what is on screen, and reads what comes; kinds of answers in turn. */
async function answer(one, web, number, action) {
    const form = fields(one.page.text, 'id="responseform"');
    const choice = Object.keys(form).some((field) => /^q\d+:\d+_answer$/.test(field));
    one.sent = await web.ask(one.cookies, '/mod/palier/step.php', {...form, do: action ?? (choice && number % 3 ? 'answer' : 'unknown')});
    one.page = await web.follow(one.cookies, one.sent);
    return one;
}
const question = (page) => fields(page.text, 'id="responseform"');
const calm = (page) => /palier-calm/.test(page.text);

/** From a calm choice to the next question, where one is on screen. */
async function goOn(one, web) {
    if (!calm(one.page)) { return false; }
    one.page = await web.follow(one.cookies, await web.ask(one.cookies, '/mod/palier/step.php', {...fields(one.page.text, '[^>]*step.php'), do: 'resume'}));
    return true;
}

/** To the end; which nodes answered, and what went wrong. */
async function take(name, node) {
    const one = await begin(name, node);
    const web = via(node);
    const found = {nodes: new Set(), posts: 0, wrong: []};
    for (let number = 0; number < 80 && (question(one.page) || calm(one.page)); number++) {
        if (await goOn(one, web)) { continue; }
        const before = question(one.page).slot;
        await answer(one, web, number);
        found.nodes.add(one.sent.node);
        found.posts++;
        if (one.sent.status >= 400 || one.page.status >= 400 || question(one.page)?.slot === before) {
            // An answer that was not complete is asked for again, which is right: then it is not known.
            if (one.sent.status < 400 && /palier-invalid/.test(one.page.text)) {
                await answer(one, web, number, 'unknown');
                continue;
            }
            found.wrong.push(`${one.sent.status} ${one.page.status} ${words(one.page).slice(0, 200)}`);
            break;
        }
    }
    found.ended = /palier-result/.test(one.page.text);
    return found;
}

async function nodes(adminPassword) {
    const together = await Promise.all(learners.slice(0, 4).map((name) => take(name, '')));
    check('four learners at once come to a result', together.every((one) => one.ended && !one.wrong.length), JSON.stringify(together.map((one) => one.wrong)));
    // Requests go to the nodes in turn, an answer is two of them: whose answers fall to one node alone is chance.
    check('with answers of the same learner to both nodes', together.some((one) => one.nodes.has('extension') && one.nodes.has('program')), JSON.stringify(together.map((one) => [...one.nodes])));
    console.log(`${together.reduce((sum, one) => sum + one.posts, 0)} answers, by ${[...new Set(together.flatMap((one) => [...one.nodes]))].join(' and ')}`);
    for (const node of ['extension', 'program', 'locked']) {
        const alone = await take(learners[['extension', 'program', 'locked'].indexOf(node) + 4], node);
        check(`a learner comes to a result by the node '${node}' alone`, alone.ended && !alone.wrong.length && [...alone.nodes].join() === node, JSON.stringify({...alone, nodes: [...alone.nodes]}));
    }

    // Without any engine: nothing is begun, nothing is lost.
    const last = learners[7];
    const bare = via('bare');
    const cookies = await bare.signIn(last, password);
    const home = await bare.ask(cookies, `/mod/palier/view.php?id=${cmid}`);
    check("the node 'bare' shows the test and offers no start", home.status === 200 && home.node === 'bare' && !fields(home.text, '[^>]*start.php'), words(home).slice(0, 300));
    const one = await begin(last, '');
    await answer(one, via(), 0);
    const form = question(one.page);
    await answer(one, bare, 0);
    check('an answer that comes to it is no error, and stays on the screen', one.sent.status < 400 && one.page.status === 200 && question(one.page)?.slot === form.slot, `${one.sent.status} ${words(one.page).slice(0, 300)}`);
    console.log(`it says: ${plain(one.page.text.match(/class="[^"]*alert[^"]*"[^>]*>([^]*?)<\/div>/)?.[1] ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim()}`);
    const again = await via('program').ask(one.cookies, `/mod/palier/attempt.php?attempt=${form.attempt}`);
    check('another node has the same question', question(again)?.slot === form.slot && question(again)?.seq === form.seq, words(again).slice(0, 200));
    one.page = again;
    await answer(one, via('program'), 0);
    check('and takes the answer', Number(question(one.page)?.slot) === Number(form.slot) + 1, words(one.page).slice(0, 200));

    const says = {extension: /works as a PHP extension: version/, program: /works as a program: version/, locked: /works as a PHP extension: version/,
        bare: /The engine is missing/};
    for (const [node, text] of Object.entries(says)) {
        const admin = await via(node).signIn('admin', adminPassword);
        const status = await via(node).ask(admin, '/report/status/index.php');
        check(`the status report of the node '${node}' says so: ${text.source}`, status.node === node && text.test(words(status)), words(status).slice(0, 600));
        const detail = words(await via(node).ask(admin, '/report/status/index.php?detail=mod_palier_engine'));
        if (node === 'bare') { check('and why: proc_open', /proc_open/.test(detail), detail.slice(0, 900)); }
    }
}

/** The workers of a PHP-FPM. */
const workers = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number);

async function kills(pid, out) {
    const web = via('extension');
    const ready = async (name) => {
        const one = await begin(name, 'extension');
        for (let number = 0; number < 4 && question(one.page); number++) {
            await answer(one, web, number);
            await goOn(one, web);
        }
        if (!question(one.page)) { throw new Error(`${name} has no question on screen`); }
        return one;
    };
    const end = (one) => web.ask(one.cookies, '/mod/palier/step.php', {...question(one.page), do: 'stop'});
    const rows = [];
    // How long the last request takes where nobody is killed.
    const times = [];
    for (const name of learners.slice(0, 3)) {
        const one = await ready(name);
        const began = performance.now();
        await end(one);
        times.push(performance.now() - began);
    }
    const usual = times.sort((x, y) => x - y)[1];
    console.log(`the last request takes ${Math.round(usual)} ms where nobody is killed`);
    for (const name of learners.slice(3)) {
        const one = await ready(name);
        const attempt = Number(question(one.page).attempt);
        const told = end(one).then(({status}) => status, () => 0);
        const after = Math.random() * 1.2 * usual;
        await sleep(after);
        for (const worker of workers(pid)) {
            try { process.kill(worker, 'SIGKILL'); } catch { /* It ended just now. */ }
        }
        rows.push({attempt, after: Math.round(after), told: await told});
        await sleep(50);
    }
    writeFileSync(out, JSON.stringify(rows));
    check(`${rows.length} times the workers were killed while a test ended`, rows.length === learners.length - 3);
}

try {
    await (action === 'nodes' ? nodes(...more) : kills(Number(more[0]), more[1]));
} finally {
    for (const one of clients.values()) { one.close(); }
}
