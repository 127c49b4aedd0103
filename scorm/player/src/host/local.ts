// SPDX-License-Identifier: GPL-3.0-or-later
// The engine runs the test in this page, and the browser's storage keeps it.
import type {Response} from '../question/field';
import type {View} from '../view';
import {languageOf, type Language} from '../words';
import type {Engine, Test} from './engine';
import type {Concern, Host} from './host';
import {type Kept, Storage} from './attempt-storage';

export class EngineHost implements Host {
    readonly repeats: boolean = true;
    protected readonly hash: string;
    /** How many bytes what is kept may have; absent: as SCORM 1.2 allows. */
    protected readonly most: number | undefined = undefined;
    /** Who will see the result: the LMS's trainers, or this browser alone. */
    protected readonly keptBy: 'lms' | 'browser' = 'browser';

    constructor(protected readonly engine: Engine, protected readonly test: Test) {
        this.hash = engine.call<{hash: string}>({call: 'open', bundle: test.bundle}).hash;
    }

    /** What was kept of earlier visits, for the engine's `resume`, what to try first before. */
    protected kept(): string[] {
        return [];
    }

    /** With which of them the engine goes on; -1 for none. */
    protected resumed(_place: number): void {
        // Nothing to remember.
    }

    open(language: Language): Promise<View> {
        for (const [place, saved] of this.kept().entries()) {
            try {
                const view = this.engine.call<View>({call: 'resume', saved});
                this.resumed(place);
                return Promise.resolve(view);
            } catch (error) {
                // Of another version of the test, or damaged: it cannot go on, and a new attempt can.
                console.warn(error);
            }
        }
        this.resumed(-1);
        return Promise.resolve(this.engine.call<View>({call: 'before', lang: this.spoken(language), kept_by: this.keptBy}));
    }

    begin(language: Language): Promise<View> {
        const [high, low] = crypto.getRandomValues(new Uint32Array(2));
        const seed = this.test.seed ?? (high % 2 ** 21) * 2 ** 32 + low;
        return this.step({call: 'start', lang: this.spoken(language), seed, context: {}});
    }

    answer(sequence: number, response: Response, milliseconds: number): Promise<View> {
        return this.step({call: 'answer', sequence, response, ms: milliseconds});
    }

    unknown(sequence: number, milliseconds: number): Promise<View> {
        return this.step({call: 'unknown', sequence, ms: milliseconds});
    }

    pause(sequence: number): Promise<View> {
        return this.step({call: 'pause', sequence});
    }

    resume(sequence: number): Promise<View> {
        return this.step({call: 'go_on', sequence});
    }

    stop(sequence: number): Promise<View> {
        return this.step({call: 'stop', sequence});
    }

    result(): Promise<View> {
        return Promise.resolve(this.engine.call<View>({call: 'result'}));
    }

    story(): Promise<View> {
        return Promise.resolve(this.engine.call<View>({call: 'story'}));
    }

    protected saved(): string {
        return this.engine.call<{saved: string}>({call: 'save', most: this.most}).saved;
    }

    /** The questions' language where the words that were chosen are the nearest to it. */
    private spoken(words: Language): string {
        const {questions} = this.test;
        return questions !== undefined && languageOf([questions]) === words ? questions : words;
    }

    private step(request: Record<string, unknown>): Promise<View> {
        return Promise.resolve(this.engine.call<View>({...request, time: Date.now()}));
    }
}

export class LocalHost extends EngineHost {
    protected readonly most = 60000;
    private readonly storage = new Storage(`palier:${this.hash}`);

    constructor(engine: Engine, test: Test, readonly concerns: readonly Concern[] = []) {
        super(engine, test);
    }

    protected kept(): string[] {
        const value = this.storage.read();
        return typeof value === 'string' ? [value] : [];
    }

    keep = (): Promise<Kept> => Promise.resolve(this.storage.write(this.saved()) ? 'here' : 'full');
}
