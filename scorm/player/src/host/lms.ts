// SPDX-License-Identifier: GPL-3.0-or-later
// The engine runs the test in this page, and an LMS keeps it by one of the standards (runtime.ts).
import type {Response} from '../question/field';
import type {Engine, Test} from './engine';
import {interactionsBefore, type AttemptStorage, type Kept, type Saved} from './attempt-storage';
import type {Concern} from './host';
import {EngineHost} from './local';
import {objectivesOf} from './objectives';
import type {TestRecord} from './record';
import type {Runtime} from './runtime';
import type {View} from '../view';

/** How long a platform may take to hear the last word before the learner is led back to it. */
const LEAVING = 3000;

export class LmsHost extends EngineHost {
    readonly repeats = false;
    readonly closes: boolean;
    readonly concerns: Concern[] = [];
    protected readonly keptBy = 'lms';
    protected readonly most: number | undefined;
    private readonly reviews: boolean;
    private earlier: Saved[] = [];
    /** How many answers of this attempt the LMS has been told, and how many interactions of earlier ones it has. */
    private told = 0;
    private before = 0;
    private over = false;

    constructor(engine: Engine, test: Test, private readonly runtime: Runtime, private readonly storage: AttemptStorage) {
        super(engine, test);
        this.reviews = runtime.reviews();
        this.most = runtime.most;
        this.closes = runtime.next === undefined;
        if (this.reviews) {
            this.concerns.push('review');
        }
    }

    protected kept(): string[] {
        this.earlier = this.storage.start();
        return this.earlier.map(({session}) => session);
    }

    /** An attempt that cannot go on leaves nothing behind: the next one is told from its first answer. */
    protected resumed(place: number): void {
        const saved = this.earlier[place];
        if (saved) {
            this.storage.use(saved);
            // What the LMS lacks, the result too, is told with the next commit.
            this.over = saved.over && !this.storage.behind;
            this.before = interactionsBefore(saved.attempt);
            // An LMS that took no longer record may know answers that this one does not have: what comes now is told all the same.
            const {record: {steps}} = this.engine.call<TestRecord>({call: 'record'});
            this.told = Math.min(steps.length, Math.max(0, this.runtime.count() - this.before));
            return;
        }
        this.before = this.runtime.count();
        if ((this.earlier.length || this.storage.holds()) && !this.concerns.includes('unreadable')) {
            this.concerns.push('unreadable');
        }
    }

    keep = (): Promise<Kept> => {
        if (this.reviews) {
            return Promise.resolve('nothing');
        }
        return this.storage.keep(this.saved(), this.tellAll(), this.before);
    };

    /** Back to where the platform wants the learner, once all is kept. */
    get leave(): (() => void) | undefined {
        const {next} = this.runtime;
        return next === undefined ? undefined : () => {
            const told = Promise.race([this.storage.leave(), new Promise((later) => { setTimeout(later, LEAVING); })]);
            void told.finally(() => location.assign(next));
        };
    }

    release = (): void => {
        this.storage.release();
    };

    keepAgain = (): Promise<Kept> => {
        if (this.reviews) {
            return Promise.resolve('nothing');
        }
        if (!this.storage.certain) {
            this.tellAll();
        }
        return this.storage.again();
    };

    /** Whatever the LMS was not told yet; whether the test is over. */
    private tellAll(): boolean {
        const record = this.engine.call<TestRecord>({call: 'record'});
        this.tell(record);
        if (record.finished && !this.over) {
            this.over = true;
            this.finish(record);
        }
        return record.finished;
    }

    /** One interaction for each answer that the LMS does not have yet. */
    private tell(record: TestRecord): void {
        const {steps} = record.record;
        for (; this.told < steps.length; this.told++) {
            const step = steps[this.told];
            const answered = step.outcome === 'answered' && step.response !== null;
            this.runtime.interaction({
                id: step.item,
                language: record.lang,
                item: record.items[step.item],
                response: answered ? JSON.parse(step.response as string) as Response : null,
                fraction: answered ? step.fraction : null,
                outcome: step.outcome,
                milliseconds: step.ms,
                at: step.time === null ? new Date() : new Date(step.time),
            });
        }
    }

    /** The result: a number from 0 to 100, level, theta and its error beside it, passed or failed only with a threshold. */
    private finish(record: TestRecord): void {
        const {known, score, theta, se, threshold} = record.record;
        const decision = threshold?.decision;
        const numbers = ([['palier-theta', theta], ['palier-standard-error', se]] as const).flatMap(([id, value]): [string, number][] =>
            known && typeof value === 'number' && Number.isFinite(value) ? [[id, value]] : []);
        const {result} = this.engine.call<View>({call: 'result'});
        const rows = result?.map?.domains.flatMap(({row, scales}) => [...(row ? [row] : []), ...scales]) ?? [];
        this.runtime.result({
            language: record.lang,
            score: score?.value ?? null,
            margin: score === null ? null : [score.low, score.high],
            threshold: (threshold ?? null) !== null,
            status: decision === 'above' ? 'passed' : decision === 'below' ? 'failed' : 'completed',
            numbers,
            objectives: result === null ? [] : objectivesOf(record.record, Object.fromEntries(rows.map(({id, name}) => [id, name]))),
            sentence: result === null ? '' : [`${result.headline}.`, result.margin, result.provisional_text, result.map?.text].filter(Boolean).join(' '),
            record: this.saved(),
        });
    }
}
