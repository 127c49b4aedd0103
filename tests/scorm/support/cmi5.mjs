// SPDX-License-Identifier: GPL-3.0-or-later
// A small LMS for cmi5: it launches a package, is its store of statements and documents, and writes down each rule of
// cmi5 1.0 that the package breaks (`lms.problems`; the number is the section's). The package is of another origin than
// the store, as with many LMS.
import {randomUUID} from 'node:crypto';
import {readFileSync, statSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join, normalize} from 'node:path';

const types = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.txt': 'text/plain'};
const cmi5 = 'https://w3id.org/xapi/cmi5/context';
const defined = ['initialized', 'completed', 'passed', 'failed', 'terminated'].map((name) => `http://adlnet.gov/expapi/verbs/${name}`);
export const short = (id) => id.split('/').at(-1);

const cors = {'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': 'GET, POST, PUT', 'Access-Control-Allow-Headers': 'Authorization, Content-Type, X-Experience-API-Version'};

/**
 * `lms.refuse`: the status by which statements are refused; `lms.down`: no answer at all; `lms.deaf`: statements are
 * stored, and no answer comes; `lms.slow`: milliseconds before statements are answered; `session.abandoned`: the LMS
 * has ended it. A statement that comes twice is one of `lms.repeats`.
 */
export async function serveCmi5(folder) {
    const lms = {statements: [], documents: new Map(), problems: [], sessions: new Map(), repeats: [], refuse: 0, down: false, deaf: false, slow: 0,
        preferences: {languagePreference: 'fr-FR,en-GB', audioPreference: 'on'}};
    const broken = (rule, what) => lms.problems.push(`${rule}: ${what}`);
    const content = createServer((request, response) => {
        const url = new URL(request.url, 'http://content.example');
        const file = normalize(join(folder, decodeURIComponent(url.pathname).replace('/package/', '')));
        const found = file.startsWith(folder) && statSync(file, {throwIfNoEntry: false})?.isFile();
        response.writeHead(found ? 200 : 404, {'Content-Type': found ? types[extname(file)] ?? 'application/octet-stream' : 'text/plain'});
        response.end(found ? readFileSync(file) : 'no such file');
    });
    const server = createServer((request, response) => {
        const url = new URL(request.url, 'http://lms.example');
        const send = (status, body = '', type = 'application/json') => { response.writeHead(status, {'Content-Type': type, ...cors}); response.end(body); };
        if (lms.down) {
            request.socket.destroy();
            return;
        }
        if (request.method === 'OPTIONS') {
            send(204);
            return;
        }
        let body = '';
        request.on('data', (part) => { body += part; });
        request.on('end', () => {
            if (url.pathname === '/fetch') {
                const session = lms.sessions.get(url.searchParams.get('k'));
                if (request.method !== 'POST') {
                    broken('8.2.1', `fetch by ${request.method}`);
                }
                session.fetched += 1;
                send(200, JSON.stringify(session.fetched === 1 ? {'auth-token': session.token} : {'error-code': '1', 'error-text': 'The token has been given.'}));
            } else if (url.pathname.startsWith('/xapi/')) {
                const session = [...lms.sessions.values()].find(({token}) => request.headers.authorization === `Basic ${token}`);
                if (!session || session.abandoned) {
                    return send(session ? 403 : 401);
                }
                if (session.over) {
                    broken('8.1.2', `${request.method} ${url.pathname} after terminated`);
                }
                if (request.headers['x-experience-api-version'] !== '1.0.3') {
                    broken('7.0', 'no X-Experience-API-Version');
                }
                store(session, request.method, url, body, lms.deaf && url.pathname === '/xapi/statements' && request.method !== 'GET' ? () => request.socket.destroy() : send);
            } else {
                send(url.pathname === '/back' ? 200 : 404, '<title>LMS</title>', 'text/html');
            }
            return undefined;
        });
    });

    function store(session, method, url, body, send) {
        const asked = Object.fromEntries(url.searchParams);
        const name = asked.stateId ?? asked.profileId;
        if (url.pathname === '/xapi/statements' && method === 'GET') {
            const one = lms.statements.find(({id}) => id === asked.statementId);
            const found = lms.statements.filter(({actor, context, object, verb}) => JSON.stringify(actor) === asked.agent && context.registration === asked.registration
                && object.id === asked.activity && verb.id === asked.verb);
            send('statementId' in asked && !one ? 404 : 200, JSON.stringify('statementId' in asked ? one ?? {} : {statements: found.slice(0, Number(asked.limit)), more: ''}));
        } else if (url.pathname === '/xapi/statements' && lms.refuse) {
            send(lms.refuse);
        } else if (url.pathname === '/xapi/statements') {
            const given = JSON.parse(body);
            for (const statement of Array.isArray(given) ? given : [given]) {
                if (lms.statements.some(({id}) => id === statement.id)) {
                    lms.repeats.push(statement);
                } else {
                    judge(session, statement);
                    lms.statements.push(statement);
                }
            }
            setTimeout(() => send(method === 'POST' ? 200 : 204, method === 'POST' ? '[]' : ''), lms.slow);
        } else if (url.pathname === '/xapi/agents/profile') {
            session.read.add(name);
            send(lms.preferences ? 200 : 404, JSON.stringify(lms.preferences));
        } else if (url.pathname === '/xapi/activities/state') {
            if (url.searchParams.get('activityId') !== session.activityId || url.searchParams.get('registration') !== session.registration
                || url.searchParams.get('agent') !== JSON.stringify(session.actor)) {
                broken('10.1', `state of another activity, registration or agent: ${url.search}`);
            }
            if (name === 'LMS.LaunchData') {
                session.read.add(name);
                if (method !== 'GET') {
                    broken('10.2.1', `${method} on LMS.LaunchData`);
                }
                send(200, JSON.stringify(session.data));
            } else if (method === 'GET') {
                const kept = lms.documents.get(`${session.registration} ${name}`);
                send(kept === undefined ? 404 : 200, kept ?? '');
            } else {
                if (session.over) {
                    broken('9.3.8', 'a document after terminated');
                }
                lms.documents.set(`${session.registration} ${name}`, body);
                send(204);
            }
        } else {
            send(404);
        }
    }

    function judge(session, statement) {
        const verb = short(statement.verb.id);
        const is = defined.includes(statement.verb.id);
        const categories = (statement.context?.contextActivities?.category ?? []).map(({id}) => id);
        const before = lms.statements.filter(({context}) => context.extensions[`${cmi5}/extensions/sessionid`] === session.id);
        const registered = lms.statements.filter(({context}) => context.registration === session.registration).map((one) => short(one.verb.id));
        const rules = [
            ['9.1', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(statement.id)],
            ['9.2', JSON.stringify(statement.actor) === JSON.stringify(session.actor)],
            ['9.7', /Z$/.test(statement.timestamp ?? '')],
            ['11.0', session.read.has('cmi5LearnerPreferences')],
            ['10.2.1', session.read.has('LMS.LaunchData')],
            ['7.1.1', (before.length === 0) === (verb === 'initialized')],
            ['9.3.8', !session.over],
            ['9.6.1', statement.context.registration === session.registration],
            ['9.6.3.1', statement.context.extensions[`${cmi5}/extensions/sessionid`] === session.id],
            ['10.2.1', JSON.stringify(statement.context.contextActivities.grouping) === JSON.stringify(session.data.contextTemplate.contextActivities.grouping)],
            ['9.6.2.1', categories.includes(`${cmi5}/categories/cmi5`) === is],
            ['9.6.2.2', categories.includes(`${cmi5}/categories/moveon`) === (is && ['completed', 'passed', 'failed'].includes(verb))],
            ['9.4', !is || statement.object.id === session.activityId],
            ['9.5.1', !is || statement.result?.score === undefined || ['passed', 'failed'].includes(verb)],
            ['9.5.2', !is || statement.result?.success === {passed: true, failed: false}[verb]],
            ['9.5.3', !is || statement.result?.completion === {completed: true}[verb]],
            ['9.5.4', !['completed', 'passed', 'failed', 'terminated'].includes(verb) || /^PT(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)$/.test(statement.result.duration)],
            ['9.3.3', !['completed', 'passed'].includes(verb) || !is || !registered.includes(verb)],
            ['9.3.5', verb !== 'failed' || !registered.includes('passed')],
            ['9.3', !['passed', 'failed'].includes(verb) || !before.some((one) => ['passed', 'failed'].includes(short(one.verb.id)))],
            ['10.2.2', session.data.launchMode === 'Normal' || ['initialized', 'terminated'].includes(verb)],
        ];
        const mastery = session.data.masteryScore;
        if (['passed', 'failed'].includes(verb) && mastery !== undefined) {
            rules.push(['9.3.4', (statement.result.score.scaled >= mastery) === (verb === 'passed')]);
            rules.push(['9.6.3.2', statement.context.extensions[`${cmi5}/extensions/masteryscore`] === mastery]);
        }
        for (const [rule, kept] of rules) {
            if (!kept) {
                broken(rule, `${verb}: ${JSON.stringify(statement)}`);
            }
        }
        session.over ||= verb === 'terminated';
    }

    const [base, place] = await Promise.all([server, content].map((one) => new Promise((ready) => {
        one.listen(0, '127.0.0.1', () => ready(`http://127.0.0.1:${one.address().port}`));
    })));
    /** The address of a launch; `registration` of an earlier one to go on with it. */
    lms.launch = ({registration = randomUUID(), mode = 'Normal', mastery, returnURL, data = {}} = {}) => {
        const session = {id: randomUUID(), token: randomUUID().replaceAll('-', ''), fetched: 0, read: new Set(), over: false, registration,
            actor: {objectType: 'Agent', account: {homePage: 'http://lms.example', name: 'learner-1'}}, activityId: 'http://lms.example/activities/1',
            data: {launchMode: mode, moveOn: 'Completed', ...(mastery === undefined ? {} : {masteryScore: mastery}), ...(returnURL ? {returnURL: `${base}${returnURL}`} : {}),
                contextTemplate: {extensions: {}, contextActivities: {grouping: [{objectType: 'Activity', id: 'urn:uuid:publisher'}]}}, ...data}};
        session.data.contextTemplate.extensions[`${cmi5}/extensions/sessionid`] = session.id;
        lms.sessions.set(session.id, session);
        const asked = new URLSearchParams({endpoint: `${base}/xapi`, fetch: `${base}/fetch?k=${session.id}`, actor: JSON.stringify(session.actor), registration, activityId: session.activityId});
        return {...session, session, url: `${place}/package/index.html?${asked}`};
    };
    lms.verbs = (of) => lms.statements.filter(({context}) => context.extensions[`${cmi5}/extensions/sessionid`] === of.id).map(({verb}) => short(verb.id));
    lms.close = () => Promise.all([server, content].map((one) => { one.closeAllConnections(); return new Promise((done) => { one.close(done); }); }));
    return lms;
}
