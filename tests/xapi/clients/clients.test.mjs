// SPDX-License-Identifier: GPL-3.0-or-later
// The store through client libraries of others: @xapi/xapi (MIT) writes, it and ADL's adl-xapiwrapper (Apache-2.0)
// read. PALIER_XAPI_URL is the store's address with a closing slash, its key is key, PALIER_XAPI_SECRET the secret.
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const XAPI = require('@xapi/xapi').default ?? require('@xapi/xapi');
const { XAPIWrapper } = require('adl-xapiwrapper');

const url = process.env.PALIER_XAPI_URL;
const secret = process.env.PALIER_XAPI_SECRET;
const writer = new XAPI({ endpoint: url, auth: XAPI.toBasicAuth('key', secret), version: '1.0.3' });
const reader = new XAPIWrapper({ url, auth: { user: 'key', pass: secret } });
const read = (parameters, more) => new Promise((resolve, reject) =>
    reader.getStatements(parameters, more, (error, response, body) =>
        error ? reject(error) : resolve({ status: response.statusCode, body: JSON.parse(body) })));

const agent = { objectType: 'Agent', name: 'Amina', mbox: 'mailto:amina@example.org' };
const activity = `https://example.org/tests/${randomUUID()}`;
const statement = (verb, more = {}) => ({
    id: randomUUID(),
    actor: agent,
    verb: { id: `http://adlnet.gov/expapi/verbs/${verb}`, display: { fr: verb } },
    object: { objectType: 'Activity', id: activity, definition: { name: { fr: 'Un test – « été »' } } },
    timestamp: '2026-01-31T08:00:00.000Z',
    ...more,
});
const sent = [statement('initialized'), statement('answered', { result: { success: true, score: { scaled: 0.5 } } }),
    statement('completed')];

test('one client writes, both read the same', async () => {
    const answer = await writer.sendStatements({ statements: sent });
    assert.deepEqual(answer.data, sent.map(({ id }) => id));
    const here = await writer.getStatements({ activity, ascending: true });
    const there = await read({ activity, ascending: true });
    assert.equal(there.status, 200);
    for (const { statements } of [here.data, there.body]) {
        assert.deepEqual(statements.map(({ id }) => id), sent.map(({ id }) => id));
        statements.forEach((one, i) => {
            for (const key of ['actor', 'verb', 'object', 'result', 'timestamp']) assert.deepEqual(one[key], sent[i][key]);
        });
    }
    assert.deepEqual(here.data.statements, there.body.statements);
});

test('both follow a page to the next', async () => {
    const first = await writer.getStatements({ activity, limit: 2 });
    assert.equal(first.data.statements.length, 2);
    const next = await writer.getMoreStatements({ more: first.data.more });
    assert.deepEqual(next.data.statements.map(({ id }) => id), [sent[0].id]);
    const page = await read({ activity, limit: 2 });
    const more = await read(null, page.body.more);
    assert.deepEqual(more.body.statements.map(({ id }) => id), [sent[0].id]);
    assert.equal(more.body.more, '');
});

test('both find by agent, verb and id', async () => {
    const verb = 'http://adlnet.gov/expapi/verbs/answered';
    const one = await writer.getStatements({ activity, verb, agent });
    assert.deepEqual(one.data.statements.map(({ id }) => id), [sent[1].id]);
    const other = await read({ activity, verb, agent: JSON.stringify(agent) });
    assert.deepEqual(other.body.statements.map(({ id }) => id), [sent[1].id]);
    assert.equal((await writer.getStatement({ statementId: sent[1].id })).data.id, sent[1].id);
    assert.equal((await read({ statementId: sent[1].id })).body.id, sent[1].id);
});

test('what was voided is gone for both', async () => {
    await writer.voidStatement({ actor: agent, statementId: sent[2].id });
    const left = (await read({ activity, verb: sent[2].verb.id })).body.statements;
    assert.equal(left.some(({ id }) => id === sent[2].id), false);
    await assert.rejects(writer.getStatement({ statementId: sent[2].id }));
    assert.equal((await writer.getVoidedStatement({ voidedStatementId: sent[2].id })).data.id, sent[2].id);
});

// Written by hand: under Node, @xapi/xapi 3.0.3 sends its multipart body as application/octet-stream.
test('a client reads an attachment with its statement', async () => {
    const bytes = 'une preuve';
    const sha2 = createHash('sha256').update(bytes).digest('hex');
    const one = statement('answered', { attachments: [{ usageType: 'https://example.org/usage/proof',
        display: { fr: 'Preuve' }, contentType: 'text/plain', length: bytes.length, sha2 }] });
    const answer = await fetch(`${url}statements`, {
        method: 'POST',
        headers: { Authorization: XAPI.toBasicAuth('key', secret), 'X-Experience-API-Version': '1.0.3',
            'Content-Type': 'multipart/mixed; boundary=b' },
        body: `--b\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(one)}\r\n--b\r\n`
            + `Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2}\r\n\r\n`
            + `${bytes}\r\n--b--\r\n`,
    });
    assert.equal(answer.status, 200);
    const [kept, back] = (await writer.getStatement({ statementId: one.id, attachments: true })).data;
    assert.equal(kept.id, one.id);
    assert.equal(back, bytes);
});

test('documents of one client are read by the other', async () => {
    const profile = { choice: 'été' };
    await writer.createAgentProfile({ agent, profileId: activity, profile });
    const body = await new Promise((resolve, reject) =>
        reader.getAgentProfile(agent, activity, null, (error, response, text) => (error ? reject(error) : resolve(text))));
    assert.deepEqual(JSON.parse(body), profile);
    const state = { page: 3 };
    await writer.setState({ agent, activityId: activity, stateId: 's', state });
    assert.deepEqual((await writer.getState({ agent, activityId: activity, stateId: 's' })).data, state);
    const definition = await new Promise((resolve, reject) =>
        reader.getActivities(activity, (error, response, text) => (error ? reject(error) : resolve(JSON.parse(text)))));
    assert.deepEqual(definition.definition.name, { fr: 'Un test – « été »' });
});

test('a wrong secret is refused to both', async () => {
    const wrong = new XAPI({ endpoint: url, auth: XAPI.toBasicAuth('key', 'wrong'), version: '1.0.3' });
    await assert.rejects(wrong.getStatements({}), (error) => error.response.status === 401);
});
