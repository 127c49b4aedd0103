// SPDX-License-Identifier: GPL-3.0-or-later
// Moodle by HTTP, as a browser without scripts sees it; each person has cookies of their own.
import {Agent, request} from 'node:http';

export const plain = (text) => text.replace(/&amp;/g, '&').replace(/&quot;/g, '"').replace(/&#0?39;/g, "'");
export const attribute = (tag, name) => plain(tag.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? '');

/** The fields of a form on a page, with the first choice of each radio group; null where there is no such form. */
export function fields(page, sign) {
    const form = page.match(new RegExp(`<form[^>]*${sign}[^]*?</form>`))?.[0];
    if (!form) { return null; }
    const found = {};
    for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
        const [type, name, value] = ['type', 'name', 'value'].map((one) => attribute(tag, one));
        if (type === 'hidden' || (type === 'radio' && value !== '-1' && !(name in found))) { found[name] = value; }
    }
    return found;
}

/** Requests to a site; headers go with each of them. */
export function client(site, headers = {}) {
    const agent = new Agent({keepAlive: true, maxSockets: 1000});

    function ask(cookies, url, form) {
        const body = form && new URLSearchParams(form).toString();
        const own = {...headers, Cookie: Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join('; ')};
        if (body !== undefined && form) {
            own['Content-Type'] = 'application/x-www-form-urlencoded';
            own['Content-Length'] = Buffer.byteLength(body);
        }
        return new Promise((resolve, reject) => {
            const sent = request(new URL(url, site), {method: form ? 'POST' : 'GET', headers: own, agent}, (answer) => {
                for (const line of answer.headers['set-cookie'] ?? []) {
                    const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
                    cookies[name] = value;
                }
                let text = '';
                answer.setEncoding('utf8').on('data', (part) => { text += part; })
                    .on('end', () => resolve({status: answer.statusCode, to: answer.headers.location, node: answer.headers['x-node'], text}));
            });
            sent.on('error', reject);
            sent.end(body);
        });
    }

    async function follow(cookies, answer) {
        for (let i = 0; answer.to && i < 5; ++i) { answer = await ask(cookies, answer.to); }
        return answer;
    }

    async function signIn(name, password) {
        const cookies = {};
        const page = await ask(cookies, '/login/index.php');
        const token = page.text.match(/<input[^>]*name="logintoken"[^>]*>/)?.[0];
        if (!token) { throw new Error(`no page to sign in: ${page.status} ${page.text.slice(0, 200)}`); }
        const answer = await ask(cookies, '/login/index.php', {username: name, password, logintoken: attribute(token, 'value')});
        await follow(cookies, answer);
        return cookies;
    }

    return {ask, follow, signIn, close: () => agent.destroy()};
}
