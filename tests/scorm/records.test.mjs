// SPDX-License-Identifier: GPL-3.0-or-later
// Records that come back from packages: graded and scored again by `palier records`, which says where a mark, the way of
// the questions or a platform's score is not what the engine gives.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {before, test} from 'node:test';
import {engine} from './support/engine.mjs';
import {answersOf, build, commandLinePath, makeBundle, makePackage, seed, work} from './support/fixture.mjs';

const zip = join(work, 'records.zip');
const bundle = makeBundle();
const answers = answersOf(bundle);
const expected = commandLinePath(bundle, answers);
let saved;
before(async () => {
    makePackage(zip, '--seed', String(seed));
    const call = await engine(join(build, 'player/engine.js'));
    call({call: 'open', bundle});
    let view = call({call: 'start', lang: 'fr', seed, context: {}, time: 0});
    for (const {item} of expected.steps) {
        assert.ok(['question', 'calm'].includes(view.screen));
        view = call({call: 'answer', sequence: view.sequence, response: answers[item].response, ms: 1000, time: 0});
    }
    assert.equal(view.screen, 'result');
    ({saved} = call({call: 'save'}));
});

/** A record whose checksum (FNV-1a, adapters/delivery/saved.cpp) is right, whoever wrote it. */
function forged(change) {
    const text = change(saved.slice(0, saved.lastIndexOf(';')));
    let hash = 0x811c9dc5;
    for (const byte of Buffer.from(text)) {
        hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    }
    return `${text};${hash.toString(16).padStart(8, '0')}`;
}

function records(text, ...options) {
    const file = join(work, 'records.csv');
    writeFileSync(file, text);
    const {status, stdout, stderr} = spawnSync(join(build, 'palier'), ['records', '--test', zip, '--format', 'json', ...options, file], {encoding: 'utf8'});
    return {status, stderr, rows: stdout ? JSON.parse(stdout) : []};
}

test('a record as it was sent: the result of the command line, and nothing to say', () => {
    const {score, level, level_interval: interval, theta, se} = expected.record;
    for (const text of [saved, `palier-1 1-2@3 14 over ${saved}\n`, `person,suspend_data,score\nagent-1,"palier-1 1-2 14 over ${saved}",${Math.round(100 * score.value) / 100}\n`]) {
        const {status, rows: [row], stderr} = records(text);
        assert.equal(status, 0, stderr);
        assert.deepEqual([row.same, row.differences, row.unchecked, row.finished, row.questions], [true, '', 0, true, expected.steps.length]);
        assert.deepEqual([row.theta, row.se, row.level, row.level_low, row.level_high, row.score], [theta, se, level.number, ...interval, score.value]);
    }
});

test('a mark that the key does not give, another question, another score: each is told, and the result is that of the answers', () => {
    const wrong = expected.steps.find(({item}) => !answers[item].right).item;
    // The first answer that was wrong is claimed to be right.
    const {rows: [better]} = records(forged((text) => text.replace(/;r0,/, ';r1,')));
    assert.equal(better.same, false);
    assert.match(better.differences, new RegExp(`${wrong.replaceAll('.', '\\.')}: marked 1, by the key 0`));
    assert.equal(better.theta, expected.record.theta, 'as the responses deserve');
    // The second question is one that the engine would not have asked.
    const {rows: [other]} = records(forged((text) => {
        const parts = text.split(';');
        const asked = parts.map((part, i) => [part, i]).filter(([part]) => /^a/.test(part));
        parts[asked[1][1]] = asked[1][0].replace(/^a[^,]*/, asked[5][0].match(/^a[^,]*/)[0]);
        parts.splice(asked[2][1]);
        return parts.join(';');
    }));
    assert.equal(other.same, false);
    assert.match(other.differences, /the record asks \S+ where the engine asks /);
    const {rows: [claimed]} = records(`person,record,score\na,${JSON.stringify(saved).replaceAll('\\"', '""')},99.5\n`);
    assert.match(claimed.differences, /^score: 99\.5 in the platform, /);
});

test('the statements of a store, as a list, a line each or what it answers to a query: whoever they name, and the score that they claim', () => {
    const {score} = expected.record;
    const scored = (actor, scaled, record = saved) => ({actor, verb: {id: 'http://adlnet.gov/expapi/verbs/scored'}, object: {id: 'https://lms.example/au'},
        result: {score: {scaled}, extensions: {'urn:uuid:30b3aa5b-356e-41ca-ad0f-a03fa555c307#extensions/record': record}}});
    const right = Math.round(100 * score.value) / 10000;
    const statements = [scored({account: {homePage: 'https://lms.example', name: 'amina'}}, right), {verb: {id: 'x'}, result: null}, scored({mbox: 'mailto:b@example.org'}, 0.9)];
    for (const [text, first] of [[JSON.stringify(statements), 1], [JSON.stringify({statements, more: ''}), 1], [statements.map((one) => JSON.stringify(one)).join('\n'), 1],
        [`\n${statements.map((one) => JSON.stringify(one)).join('\r\n\n')}\n`, 2]]) {
        const {status, rows, stderr} = records(text, '--whole');
        assert.equal(status, 0, stderr);
        assert.deepEqual(rows.map(({person, same, told}) => [person, same, told.map(({code}) => code)]), [['amina', true, []], ['b@example.org', false, ['score']]]);
        assert.equal(rows[0].line, first);
        assert.equal(rows[0].theta, expected.record.theta);
    }
    assert.deepEqual(records(JSON.stringify(statements[0])).rows.map(({person}) => person), ['amina']);
    // A store has the records of other tests too.
    const other = records(JSON.stringify([statements[0], scored({mbox: 'mailto:c@example.org'}, 0.5, 'P1;0000000000000000;fr;1;x;,;00000000')]));
    assert.deepEqual([other.status, other.rows.length], [0, 1]);
    assert.match(other.stderr, /1 record is of another test/);
    // What is none, and what is cut.
    assert.deepEqual(records('[]').rows, []);
    assert.match(records('{"statements": [').stderr, /records\.csv.*line 1/);
    assert.match(records(JSON.stringify([statements[0], scored({mbox: 'mailto:c@example.org'}, 0.5, saved.slice(0, 60))])).stderr, /statement 2: .*\n.*1 record could not be read/);
});

test('for a host comes what it keeps: items, events with the responses in words, the result, and what differs, as data', () => {
    const {items} = bundle.variants.fr;
    const {rows: [row]} = records(forged((text) => text.replace(/;r0,/, ';r1,')), '--whole');
    assert.deepEqual(row.items.map(({item}) => item), items.map(({item}) => item));
    assert.equal(row.bank, expected.log.bank, 'a bank of these items has the hash that the log names');
    assert.equal(row.plan, expected.log.plan);
    const events = row.events.map(({data}) => JSON.parse(data));
    assert.deepEqual(events.map(({type}) => type), row.events.map(({type}) => type));
    assert.deepEqual(events.filter(({type}) => type === 'asked').map(({item}) => item), expected.steps.map(({item}) => item));
    assert.ok(events.filter(({type}) => type === 'answered').every(({response}) => response && !response.startsWith('{')), 'in words');
    assert.equal(row.record.theta, expected.record.theta);
    const wrong = expected.steps.find(({item}) => !answers[item].right).item;
    assert.deepEqual(row.told[0], {code: 'mark', item: wrong, claimed: 1, found: 0});
    const {status, rows: [, error]} = records(`${saved}\n${saved.slice(0, 60)}\n`, '--whole');
    assert.equal(status, 1);
    assert.equal(error.line, 2);
    assert.match(error.error, /cut or altered/);
});

test('records that are cut, of another test, or no records are refused by line, and the others are read', () => {
    const {status, stderr, rows} = records(`${saved}\n${saved.slice(0, 60)}\nP1;0000000000000000;fr;1;x;,;00000000\n${saved}\n`);
    assert.equal(status, 1);
    assert.deepEqual(rows.map(({person}) => person), ['1', '4']);
    assert.match(stderr, /line 2: .*\n.*line 3: .*\n.*2 records could not be read/s);
    assert.match(records('person,answers\na,b\n').stderr, /no column 'record' or 'suspend_data'/);
    assert.match(records('person,record,score\na,P1;x,many\n').stderr, /line 2, column 'score': 'many'/);
    const {stderr: none} = spawnSync(join(build, 'palier'), ['records', '--test', join(work, 'records.csv'), join(work, 'records.csv')], {encoding: 'utf8'});
    assert.match(none, /records\.csv/);
});
