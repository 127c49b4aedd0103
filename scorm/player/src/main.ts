// SPDX-License-Identifier: GPL-3.0-or-later
import {App} from './app';
import {Engine, type Test} from './host/engine';
import type {Host} from './host/host';
import {AttemptStorage, probe, Storage} from './host/attempt-storage';
import {LmsHost} from './host/lms';
import {LocalHost} from './host/local';
import {Lock} from './host/lock';
import {RemoteHost} from './host/remote';
import type {Runtime} from './host/runtime';
import {SessionOver} from './host/cmi5';
import {standards} from './host/standards';
import {make} from './question/parts';
import {button, heading} from './screens/parts';
import './style.css';
import {languageOf, wordsFor, type Language, type Words} from './words';

export {Item} from './question/item';
export {wordsFor} from './words';

/** Where this package is played: the same for all its pages and visits. */
const activity = location.pathname.replace(/[^/]*$/, '');

/** The first language of the learner, where the test has questions in it and it is neither French nor English. */
function questionsFor(test: Test, tags: readonly string[]): string | undefined {
    const base = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0];
    const known = new Set([...Object.keys(test.bundle.variants).map(base), 'fr', 'en']);
    const first = tags.find((tag) => known.has(base(tag)));
    return first === undefined || ['fr', 'en'].includes(base(first)) ? undefined : first;
}

/** An LMS where there is one, else this browser alone. */
async function packaged(test: Test): Promise<{host: Host; language: Language; name: string}> {
    const standard = standards[test.format];
    const runtime = standard === null ? null : await standard.find(window);
    const asked = new URLSearchParams(location.search).get('lang');
    const tags = [...(asked ? [asked] : []), ...navigator.languages];
    if (standard !== null && runtime !== null && await opened(runtime)) {
        const learner = runtime.learner();
        const spoken = [...(asked ? [asked] : []), ...learner.languages, ...tags].filter(Boolean);
        if (learner.muted) {
            // Each sound and film as it comes; its own button turns it on.
            document.addEventListener('loadstart', ({target}) => { (target as HTMLMediaElement).muted = true; }, true);
        }
        test.questions = questionsFor(test, spoken);
        const name = `palier:${activity}:${learner.id}`;
        const storage = new AttemptStorage(runtime, new Storage(name), standard.truthful ? () => Promise.resolve('yes') : probe('probe.txt'));
        window.addEventListener('pagehide', () => storage.leave());
        document.addEventListener('visibilitychange', () => {
            if (document.visibilityState === 'hidden') {
                storage.hide();
            }
        });
        return {host: new LmsHost(await Engine.load(), test, runtime, storage), language: languageOf([...(test.questions ? [test.questions] : []), ...spoken]), name};
    }
    test.questions = questionsFor(test, tags);
    // Made for an LMS, and none that would keep the result: said before the first question.
    const concerns = standard === null ? [] : ['no_lms' as const];
    return {host: new LocalHost(await Engine.load(), test, concerns), language: languageOf(test.questions ? [test.questions] : tags), name: `palier:${activity}`};
}

/** A session that the platform cannot open is none; one that is over has to be said. */
async function opened(runtime: Runtime): Promise<boolean> {
    try {
        return await runtime.initialise();
    } catch (error) {
        if (error instanceof SessionOver) {
            throw error;
        }
        console.warn(error);
        return false;
    }
}

function elsewhere(words: Words, here: () => void): HTMLElement {
    return make('div', {class: 'card'}, heading(words.elsewhere), make('p', {}, words.elsewhere_text),
        make('div', {class: 'actions'}, button(words.continue_here, here, {class: 'main'})));
}

async function main(place: HTMLElement): Promise<void> {
    const first = languageOf(navigator.languages);
    document.documentElement.lang = first;
    place.replaceChildren(make('p', {role: 'status'}, wordsFor(first).loading));
    // A page out of the browser's back and forward cache has ended its session with the LMS.
    window.addEventListener('pageshow', (event) => {
        if (event.persisted) {
            location.reload();
        }
    });
    const test = window.PALIER_TEST;
    if (!test) {
        const parameters = new URLSearchParams(location.search);
        const asked = parameters.get('lang');
        return new App(place, new RemoteHost(parameters.get('test') ?? ''), languageOf([...(asked ? [asked] : []), ...navigator.languages])).start();
    }
    let app: App | null = null;
    const lock = new Lock(`palier:lock:${activity}`, () => app?.stop(elsewhere(wordsFor(first), () => location.reload())));
    window.addEventListener('pagehide', () => lock.release());
    const begin = async (): Promise<void> => {
        const {host, language} = await packaged(test);
        app = new App(place, host, language, test.notice, test.theme);
        await app.start();
    };
    if (lock.take()) {
        return begin();
    }
    place.replaceChildren(elsewhere(wordsFor(first), () => {
        lock.take(true);
        void begin();
    }));
}

const place = document.getElementById('palier');
if (place) {
    main(place).catch((error) => {
        console.error(error);
        const words = wordsFor(languageOf(navigator.languages));
        place.replaceChildren(error instanceof SessionOver
            ? make('div', {class: 'card'}, heading(words.session_over), make('p', {}, words.session_over_text),
                ...(error.next ? [make('div', {class: 'actions'}, button(words.back_to_platform, () => location.assign(error.next as string), {class: 'main'}))] : []))
            : make('div', {class: 'card'}, heading(words.trouble), make('p', {class: 'note', lang: 'en'}, String(error)),
                make('div', {class: 'actions'}, button(words.reload, () => location.reload(), {class: 'main'}))));
    });
}
