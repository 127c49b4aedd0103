// SPDX-License-Identifier: GPL-3.0-or-later
// One test, one seed and one person's answers for every host, and the path that the command line takes with them.
// Nothing of the expected path is written down: `palier call` makes it when the tests run.
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const build = process.env.PALIER_BUILD ?? join(root, 'build/release');
export const work = join(process.env.PALIER_STATE ?? join(root, 'build'), 'test/scorm');
mkdirSync(work, {recursive: true});

const demo = join(root, 'adapters/moodle/mod_palier/demo');
export const files = {
    bank: join(demo, 'palier-demo-parameters.csv'),
    questions: join(demo, 'palier-demo-fr.xml'),
    english: join(demo, 'palier-demo-en.xml'),
    plan: join(root, 'adapters/standalone/demo-plan.json'),
    mapPlan: join(root, 'adapters/standalone/demo-map-plan.json'),
};
// The test of `palier serve --demo --test level`, to the last byte (adapters/standalone/demo.cpp).
export const seed = 20261125;
const program = join(build, 'palier');
const questions = ['--questions', `fr=${files.questions}`, '--questions', `en=${files.english}`];
const made = ['--bank', files.bank, '--plan', files.plan, ...questions, '--id', 'demo', '--title', 'fr=Compétences numériques : situer son niveau', '--title', 'en=Digital skills: find your level'];

/** The same bank and questions as a map of 16 competences: the plan of `palier serve --demo`, with these stops. */
export function mapTest(id, stop = {}) {
    const plan = JSON.parse(readFileSync(files.mapPlan, 'utf8'));
    const file = join(work, `${id}-plan.json`);
    writeFileSync(file, JSON.stringify({...plan, stop: {...plan.stop, ...stop}}));
    const given = ['--scales-by', 'content', '--plan', file];
    // A log and its responses are of the questions of one language.
    const bank = join(work, `${id}-bank.csv`);
    writeFileSync(bank, readFileSync(files.bank, 'utf8').split('\n').filter((line, i) => i === 0 || line.split(',')[0].endsWith('-fr')).join('\n'));
    return {plan: file, scored: ['--bank', bank, ...given], made: ['--bank', files.bank, ...given, ...questions, '--id', id, '--title', 'fr=Compétences numériques : votre carte', '--title', 'en=Digital skills: your map']};
}

/** The same test by another plan. */
export const madeBy = (plan) => made.map((given) => given === files.plan ? plan : given);

/** palier package; its standard error, where the sentence about security stands. */
export function makePackage(zip, ...options) {
    return packageOf(made, zip, ...options);
}

/** The same of another test than the level's; of all questions, unless the options say how many. */
export function packageOf(test, zip, ...options) {
    const share = options.includes('--share') ? [] : ['--share', '1'];
    const {status, stderr} = spawnSync(program, ['package', ...test, ...share, ...options, zip], {encoding: 'utf8'});
    if (status !== 0) {
        throw new Error(stderr);
    }
    return stderr;
}

export function palier(options) {
    return execFileSync(program, options, {encoding: 'utf8'});
}

export function makeBundle(test = made) {
    return JSON.parse(execFileSync(program, ['bundle', ...test, '-'], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 << 20}));
}

function call(request) {
    return JSON.parse(execFileSync(program, ['call'], {input: JSON.stringify(request), encoding: 'utf8', maxBuffer: 64 << 20}));
}

/** A number from a text, the same everywhere. */
function hash(text) {
    let value = 2166136261;
    for (const byte of Buffer.from(text)) {
        value = Math.imul(value ^ byte, 16777619) >>> 0;
    }
    return value;
}

/** A right response by the key, or a wrong one that is complete. */
function response(interaction, answers, right) {
    switch (interaction.type) {
        case 'true_false': return {choice: String(answers.right === right)};
        case 'choice': {
            const best = answers.scores.filter(({fraction}) => (interaction.multiple ? fraction > 1e-6 : fraction > 1 - 1e-6)).map(({id}) => id);
            const worst = interaction.choices.map(({id}) => id).filter((id) => !best.includes(id));
            return {choices: right ? best : worst.slice(0, 1)};
        }
        case 'match': case 'gap_select': {
            const pairs = {...answers.right};
            if (!right) {
                const [place] = Object.keys(pairs).sort();
                const choices = interaction.choices ?? interaction.groups[interaction.gaps.find(({id}) => id === place).group];
                pairs[place] = choices.map(({id}) => id).find((id) => id !== pairs[place]);
            }
            return {pairs};
        }
        case 'order': return {order: right ? answers.order : [...answers.order].reverse()};
        case 'numerical': {
            const value = answers.answers.find(({fraction}) => fraction > 1 - 1e-6).value;
            return {text: String(right ? value : value + 1000).replace('.', ',')};
        }
        default: {
            const {pattern} = answers.answers.find(({fraction}) => fraction > 1 - 1e-6);
            return {text: right ? pattern.replaceAll('*', '') : 'xyzzy'};
        }
    }
}

/** Item to {response, right, prompt}: what this person answers, whatever comes. */
export function answersOf(bundle) {
    const {items, contents} = bundle.variants.fr;
    return Object.fromEntries(items.map(({item, b}, i) => {
        const {presentation, key} = contents[i];
        // Easy questions are answered well more often than hard ones: three of four below 0, one of three above.
        const right = b < 0 ? hash(item) % 4 !== 0 : hash(item) % 3 === 0;
        const prompt = presentation.prompt.replace(/<[^>]*>/g, '');
        return [item, {right, response: response(presentation.interaction, key.answers, right), prompt: words(prompt)}];
    }));
}

/** A text as it is compared: letters and digits alone. */
export function words(text) {
    return text.replace(/&[a-z#0-9]+;/gi, '').replace(/[^\p{L}\p{N}]/gu, '');
}

/** The path of the command line: [{item, theta}], the reason why it stopped, and its whole record and log. */
export function commandLinePath(bundle, answers, from = seed, plan = files.plan) {
    const {items} = bundle.variants.fr;
    const common = {items, plan: JSON.parse(readFileSync(plan, 'utf8'))};
    let answer = call({call: 'step', ...common, seed: from, context: {}, time: 0});
    const log = {...answer.log, events: []};
    const keep = () => log.events.push(...answer.events.map(({data}) => JSON.parse(data)));
    for (keep(); answer.next; keep()) {
        const event = {type: 'answered', item: answer.next, fraction: answers[answer.next].right ? 1 : 0};
        answer = call({call: 'step', ...common, log, events: [event], time: 0});
    }
    const record = call({call: 'replay', ...common, log});
    return {steps: record.steps.map(({item, theta}) => ({item, theta})), stop: answer.result.stop, record, log};
}
