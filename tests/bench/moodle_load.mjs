// SPDX-License-Identifier: GPL-3.0-or-later
// Of moodle_load.sh: learners by HTTP, each with cookies of their own. A start is the post and the page with the first
// question, a step the post of an answer; the next page is counted beside.
import {readFileSync, writeFileSync} from 'node:fs';
import {client, fields, plain} from '../moodle/http.mjs';

const [site, made, seconds, pause, fpm, database, out] = process.argv.slice(2);
const {cmid, password, learners} = JSON.parse(made);
const {ask, follow, signIn, close} = client(site);
const taken = {start: [], step: [], page: []};
const errors = [];
const acknowledged = {};
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Processor time of a server, its processes that run and those that ended, in milliseconds. */
function processor(pid) {
    const stat = (one) => readFileSync(`/proc/${one}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 15).map(Number);
    let sum = stat(pid).reduce((x, y) => x + y);
    for (const one of readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')) {
        try { sum += stat(one)[0] + stat(one)[1]; } catch { /* It ended just now. */ }
    }
    return 10 * sum;
}

async function timed(kind, action) {
    const began = performance.now();
    const answer = await action();
    if (answer.status >= 400) {
        errors.push(`${kind}: ${answer.status} ${plain(answer.text.match(/errorbox[^]*?<p[^>]*>([^<]*)/)?.[1] ?? answer.text.slice(0, 200))}`);
    } else {
        taken[kind].push(performance.now() - began);
    }
    return answer;
}

const until = () => performance.now() - began < seconds * 1000;
let began;
async function take(cookies) {
    await sleep(Math.random() * pause * 1000);
    const home = await ask(cookies, `/mod/palier/view.php?id=${cmid}`);
    const ready = fields(home.text, '[^>]*start.php');
    if (!ready) {
        errors.push(`the first page offers no start: ${home.status} ${plain(home.text.match(/<div[^>]*class="[^"]*palier-home[^]*?<\/div>\s*<\/div>/)?.[0] ?? '').replace(/<[^>]*>|\s+/g, ' ').slice(0, 600)}`);
        return;
    }
    let page = await timed('start', async () => follow(cookies, await ask(cookies, '/mod/palier/start.php', ready)));
    while (until()) {
        const form = fields(page.text, 'id="responseform"');
        if (!form) {
            if (!/palier-result|palier-calm|value="go_on"/.test(page.text)) { errors.push(`a page without a question: ${page.status} ${page.text.match(/<title>([^<]*)/)?.[1]}`); }
            return;
        }
        // Between half the pause and one and a half times it.
        await sleep((0.5 + Math.random()) * pause * 1000);
        const answerable = Object.keys(form).some((name) => /^q\d+:\d+_answer$/.test(name));
        const answer = await timed('step', () => ask(cookies, '/mod/palier/step.php', {...form, do: answerable && Math.random() < 0.8 ? 'answer' : 'unknown'}));
        if (answer.status === 303 || answer.status === 302) { acknowledged[form.attempt] = (acknowledged[form.attempt] ?? 0) + 1; }
        page = await timed('page', () => follow(cookies, answer));
    }
}

const jars = [];
for (let i = 0; i < learners.length; i += 4) { jars.push(...await Promise.all(learners.slice(i, i + 4).map((name) => signIn(name, password)))); }
began = performance.now();
const before = [fpm, database].map(processor);
await Promise.all(jars.map((cookies) => take(cookies).catch((error) => errors.push(String(error)))));
const spent = [fpm, database].map((pid, i) => Math.round((processor(pid) - before[i]) / taken.step.length));
const passed = (performance.now() - began) / 1000;
for (const [kind, times] of Object.entries(taken)) {
    times.sort((x, y) => x - y);
    const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? NaN);
    console.log(`${kind}: ${times.length}, median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, slowest ${at(1)} ms`);
}
console.log(`${learners.length} learners, ${Math.round(passed)} s, ${(taken.step.length / passed).toFixed(1)} steps a second, for each step with its page and its share of the starts ${spent[0]} ms of processor in PHP, ${spent[1]} ms in the database`);
console.log(`errors: ${errors.length}${errors.length ? `: ${[...new Set(errors)].slice(0, 10).join('; ')}` : ''}`);
writeFileSync(out, JSON.stringify(acknowledged));
close();
