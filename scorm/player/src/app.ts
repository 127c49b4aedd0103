// SPDX-License-Identifier: GPL-3.0-or-later
// One View on screen at a time; what a person does is a step of the host, whose View comes next.
import type {Kept} from './host/attempt-storage';
import type {Theme} from './host/engine';
import type {Host} from './host/host';
import {Item} from './question/item';
import type {Assets} from './question/content';
import {make} from './question/parts';
import {before} from './screens/before';
import {feedback} from './screens/feedback';
import {button, heading, type Stage, type Step} from './screens/parts';
import {calm, pause} from './screens/pause';
import {question} from './screens/question';
import {result} from './screens/result';
import {story} from './screens/story';
import {Refused, type ItemView, type View} from './view';
import {wordsFor, type Language, type Words} from './words';

const RETRY = 15000;

export class App {
    private readonly screen = make('div');
    private readonly status = make('p', {class: 'message', role: 'status'});
    private readonly said = make('p', {class: 'hidden-text', 'aria-live': 'polite'});
    private view: View | null = null;
    private item: Item | null = null;
    private shown = 0;
    private busy = false;
    private stopped = false;
    private timer = 0;
    private saying = 0;
    private turn = 0;

    constructor(private readonly place: HTMLElement, private readonly host: Host, private language: Language,
        private readonly notice: Record<string, string> = {}, private readonly theme: Theme | null = null) {
        place.replaceChildren(this.screen, this.status, this.said);
        window.addEventListener('online', () => void this.again());
    }

    async start(): Promise<void> {
        await this.run(() => this.host.open(this.language), 'first');
    }

    /** Another tab has taken over: nothing more may be done here. */
    stop(screen: HTMLElement): void {
        this.stopped = true;
        this.host.release?.();
        window.clearTimeout(this.timer);
        this.place.replaceChildren(screen);
    }

    private get words(): Words {
        return wordsFor(this.language);
    }

    private act(step: Step): void {
        const {host, view, item} = this;
        const sequence = view?.sequence ?? 0;
        const milliseconds = Math.max(0, Math.round(performance.now() - this.shown));
        const steps: Record<Step, () => Promise<View>> = {
            begin: () => host.begin(this.language, this.place.querySelector<HTMLInputElement>('#name')?.value.trim()),
            answer: () => host.answer(sequence, item?.getResponse() ?? {choices: []}, milliseconds),
            unknown: () => host.unknown(sequence, milliseconds),
            pause: () => host.pause(sequence),
            resume: () => host.resume(sequence),
            stop: () => host.stop(sequence),
            result: () => host.result(),
            story: () => host.story(),
        };
        void this.run(steps[step], step === 'result' || step === 'story' ? 'read' : 'step');
    }

    /** Asks the host, shows what comes, and then has it kept. */
    private async run(ask: () => Promise<View>, kind: 'first' | 'step' | 'read'): Promise<void> {
        if (this.busy || this.stopped) {
            return;
        }
        this.busy = true;
        this.item?.setDisabled(true);
        try {
            const view = await ask();
            this.show(view, kind === 'first');
        } catch (error) {
            this.busy = false;
            this.item?.setDisabled(false);
            this.trouble(error, () => void this.run(ask, kind));
            return;
        }
        this.busy = false;
        if (kind === 'step' && this.host.keep) {
            await this.kept(this.host.keep());
        } else if (kind === 'first') {
            await this.again();
            if (this.view?.screen !== 'before' && this.host.concerns?.length) {
                this.say(this.host.concerns.map((concern) => this.words[concern]).join(' '), true);
            }
        }
    }

    private show(view: View, first: boolean): void {
        this.view = view;
        this.language = view.lang;
        document.documentElement.lang = view.lang;
        document.title = view.title;
        this.say(this.host.keep ? '' : view.saved_text ?? '', false);
        const stage: Stage = {view, words: this.words, act: (step) => this.act(step)};
        this.item = null;
        // Once it was read, the same View without it.
        this.screen.replaceChildren(view.feedback
            ? feedback(view, this.words, () => this.show({...view, feedback: null}, false)) : this.draw(stage));
        this.shown = performance.now();
        const focus = this.screen.querySelector<HTMLElement>('#invalid ~ .item input, #invalid ~ .item select') ?? this.screen.querySelector<HTMLElement>('[tabindex="-1"]');
        if (!first || view.screen !== 'before') {
            focus?.focus();
        }
        window.scrollTo(0, 0);
    }

    private draw(stage: Stage): HTMLElement {
        switch (stage.view.screen) {
            case 'before': return before(stage, this.notice[stage.view.lang] ?? null, this.theme, this.host.named ?? false, this.host.concerns ?? [], (language) => {
                this.language = language;
                void this.run(() => this.host.open(language), 'read');
            });
            case 'question': return question(stage, this.drawn(stage.view));
            case 'pause': return pause(stage);
            case 'calm': return calm(stage);
            case 'result': return result(stage, this.host.repeats, this.host.leave, this.host.leaves);
            case 'story': return story(stage);
            default: throw new Refused(stage.view.notice ?? stage.view.screen);
        }
    }

    private drawn(view: View): HTMLElement {
        const of = view.item as ItemView;
        const files: Assets = (path) => {
            const asset = of.assets.find((candidate) => candidate.path === path);
            return asset ? asset.file ?? `data:${asset.media_type};base64,${asset.base64 ?? ''}` : '';
        };
        this.item = new Item(this.words, (text) => { this.said.textContent = text; });
        this.item.load(of.qti, view.response, files);
        return this.item.element;
    }

    /** Says what became of what was answered, and tries again while it is not kept. */
    private async kept(keeping: Promise<Kept>): Promise<void> {
        const before = this.view;
        window.clearTimeout(this.timer);
        const turn = ++this.turn;
        const kept = await keeping.catch((error): Kept => {
            console.warn(error);
            return 'refused';
        });
        // Only the last answer counts: an earlier one says nothing of it.
        if (this.stopped || turn !== this.turn) {
            return;
        }
        const {words} = this;
        const failed = {offline: words.not_saved, refused: words.not_saved_refused, cut: words.not_saved_cut, full: words.not_saved_here,
            ended: `${words.session_over} ${words.session_over_text}`, kept: '', here: '', nothing: ''}[kept];
        if (failed) {
            this.say(failed, true);
            window.clearTimeout(this.timer);
            if (kept !== 'ended') {
                this.timer = window.setTimeout(() => void this.again(), RETRY);
            }
        } else if (kept === 'nothing') {
            this.say(words.review, false);
        } else if (kept === 'kept' && before?.screen === 'result' && this.host.closes) {
            this.say([...(before.saved_text ? [`${before.saved_text}.`] : []), words.may_close].join(' '), false);
        } else if (before?.saved_text) {
            this.say(kept === 'here' ? words.saved_here : before.saved_text, false);
        } else if (this.status.classList.contains('warn')) {
            this.say(words.saved_after_all, false);
        }
    }

    private async again(): Promise<void> {
        if (this.host.keepAgain && !this.stopped) {
            const troubled = this.status.classList.contains('warn');
            await this.kept(this.host.keepAgain());
            if (troubled && this.view?.screen !== 'result' && !this.status.classList.contains('warn')) {
                this.say(this.words.saved_after_all, false);
            }
        }
    }

    private say(text: string, warn: boolean): void {
        window.clearTimeout(this.saying);
        this.status.className = warn ? 'message warn' : 'message';
        // Emptied first: a screen reader says a text again only when it has changed.
        this.status.textContent = '';
        this.saying = window.setTimeout(() => { this.status.textContent = text; }, 50);
    }

    /** The question stays as it is on screen, with what was answered. */
    private trouble(error: unknown, retry: () => void): void {
        console.warn(error);
        const words = error instanceof Refused && error.message ? error.message : this.words.trouble;
        if (this.view === null) {
            this.screen.replaceChildren(make('div', {class: 'card'}, heading(this.words.trouble), make('p', {}, words)));
        }
        this.status.className = 'message warn';
        this.status.replaceChildren(`${words} `, button(this.words.retry, retry));
    }
}
