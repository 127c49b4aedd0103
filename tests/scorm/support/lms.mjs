// SPDX-License-Identifier: GPL-3.0-or-later
// A small LMS for the tests: serves an unpacked package in a frame, with scorm-again as its runtime of SCORM 1.2 or 2004.
// What is committed is kept here, in the process of the test, so that a browser may be killed in between.
//
// As Moodle does, a commit answers "true" when the network is down, and forgets what was in that commit.
import {readFileSync, statSync} from 'node:fs';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import {extname, join, normalize} from 'node:path';

/** Of each standard: scorm-again's file and class, where its functions are looked for, their names, and the learner's data. */
const runtimes = {
    scorm12: {file: 'scorm-again/scorm12/min', made: 'Scorm12API', api: 'API', prefix: 'LMS', finish: 'LMSFinish',
        learner: "inner.cmi.core.student_id = 'learner-1'; inner.cmi.core.student_name = 'Martin, Camille'; inner.cmi.core.credit = 'credit'; inner.cmi.core.entry = kept.cmi ? 'resume' : 'ab-initio';"},
    scorm2004: {file: 'scorm-again/scorm2004/min', made: 'Scorm2004API', api: 'API_1484_11', prefix: '', finish: 'Terminate',
        learner: "inner.cmi.learner_id = 'learner-1'; inner.cmi.learner_name = 'Martin, Camille'; inner.cmi.entry = kept.cmi ? 'resume' : 'ab-initio';"},
};
export const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const types = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
    '.txt': 'text/plain; charset=utf-8', '.xml': 'application/xml', '.png': 'image/png', '.svg': 'image/svg+xml', '.json': 'application/json'};

/** The page of the LMS: its API stands in this window, the package in a frame two levels below. */
const page = `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>LMS</title>
<script src="/runtime.js"></script><script src="/api.js"></script></head>
<body style="margin:0"><iframe title="SCO" name="sco" src="/frame.html" style="border:0;width:100%;height:100vh"></iframe></body></html>`;
const frame = `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Frame</title></head>
<body style="margin:0"><iframe title="Package" name="package" src="/package/index.html" style="border:0;width:100%;height:100vh"></iframe></body></html>`;
const api = ({made, api: name, prefix, finish, learner}) => `
window.calls = [];
const state = new XMLHttpRequest();
state.open('GET', '/state', false);
state.send();
const kept = JSON.parse(state.responseText);
const inner = new ${made}({autocommit: false, logLevel: 5});
if (kept.cmi) { inner.loadFromJSON(kept.cmi, 'cmi'); }
${learner}
let dirty = {};
window.${name} = {};
for (const name of ['Initialize', 'GetValue', 'GetLastError', 'GetErrorString', 'GetDiagnostic'].map((one) => '${prefix}' + one)) {
    window.${name}[name] = (...given) => { const answer = inner[name](...given); window.calls.push([name, ...given, String(answer)]); return String(answer); };
}
window.${name}.${prefix}SetValue = (element, value) => {
    const answer = String(inner.${prefix}SetValue(element, value));
    if (answer === 'true') { dirty[element] = value; }
    window.calls.push(['${prefix}SetValue', element, value, answer, String(inner.${prefix}GetLastError())]);
    return answer;
};
function send() {
    const body = JSON.stringify({epoch: kept.epoch, values: dirty, cmi: JSON.parse(inner.renderCMIToJSONString()).cmi});
    dirty = {};
    const request = new XMLHttpRequest();
    request.open('POST', '/commit', false);
    try { request.send(body); } catch { navigator.sendBeacon('/commit', body); return 'true'; }
    return request.status === 200 ? 'true' : 'false';
}
window.${name}.${prefix}Commit = () => { const answer = send(); window.calls.push(['${prefix}Commit', '', answer]); return answer; };
window.${name}.${finish} = () => {
    window.calls.push(['${finish}', '']);
    inner.${finish}('');
    return send();
};
`;

/**
 * Serves the package of a folder. `lms.commits`: what came, oldest first, {values, cmi}; `lms.refuse`: answer commits
 * with 403, as with an expired session; `lms.down`: no answer at all, as without a network; `lms.forget()`: a new attempt.
 */
export async function serve(folder, standard = 'scorm12') {
    const of = runtimes[standard];
    const runtime = readFileSync(createRequire(import.meta.url).resolve(of.file), 'utf8');
    let epoch = 0;
    const lms = {commits: [], refuse: false, down: false};
    const server = createServer((request, response) => {
        const path = decodeURIComponent(request.url.split('?')[0]);
        if (lms.down) {
            request.socket.destroy();
            return;
        }
        const send = (status, type, body) => {
            response.writeHead(status, {'Content-Type': type, 'Content-Security-Policy': path.startsWith('/package/') ? policy : ''});
            response.end(body);
        };
        if (request.method === 'POST' && path === '/commit') {
            let body = '';
            request.on('data', (part) => { body += part; });
            request.on('end', () => {
                if (lms.refuse) {
                    send(403, 'text/plain', 'false');
                } else {
                    // What a page of an earlier test sends while it goes is not of this one.
                    const commit = JSON.parse(body);
                    if (commit.epoch === epoch) {
                        lms.commits.push(commit);
                    }
                    send(200, 'text/plain', 'true');
                }
            });
        } else if (path === '/') {
            send(200, types['.html'], page);
        } else if (path === '/frame.html') {
            send(200, types['.html'], frame);
        } else if (path === '/runtime.js') {
            send(200, types['.js'], runtime);
        } else if (path === '/api.js') {
            send(200, types['.js'], api(of));
        } else if (path === '/state') {
            send(200, types['.json'], JSON.stringify({epoch, cmi: lms.commits.at(-1)?.cmi ?? null}));
        } else if (path.startsWith('/package/')) {
            const file = normalize(join(folder, path.slice('/package/'.length)));
            if (file.startsWith(folder) && statSync(file, {throwIfNoEntry: false})?.isFile()) {
                send(200, types[extname(file)] ?? 'application/octet-stream', readFileSync(file));
            } else {
                send(404, 'text/plain', 'no such file');
            }
        } else {
            send(404, 'text/plain', 'no such page');
        }
    });
    await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
    lms.url = `http://127.0.0.1:${server.address().port}/`;
    lms.forget = () => { lms.commits.length = 0; epoch += 1; };
    lms.close = () => { server.closeAllConnections(); return new Promise((done) => { server.close(done); }); };
    return lms;
}

/** What suspend_data of a package holds. */
export function suspended(text) {
    const [, attempt, counter, over, session] = text.match(/^palier-1 (\S+) (\d+) (over|open) (.+)$/);
    return {attempt, counter: Number(counter), over: over === 'over', session};
}
