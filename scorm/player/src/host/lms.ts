// SPDX-License-Identifier: GPL-3.0-or-later
// The engine runs the test in this page, and an LMS keeps it by SCORM 1.2.
import type {Response} from '../question/field';
import type {Engine, Test} from './engine';
import type {AttemptStorage} from './attempt-storage';
import {EngineHost} from './local';
import {identifiersOf, responseText} from './response-text';
import type {TestRecord} from './record';
import type {Runtime} from './scorm12';

export class LmsHost extends EngineHost {
    readonly repeats = false;
    private told = 0;
    private over = false;

    constructor(engine: Engine, test: Test, private readonly runtime: Runtime, private readonly storage: AttemptStorage) {
        super(engine, test);
    }

    protected kept(): string | null {
        const saved = this.storage.start();
        if (saved !== null) {
            this.over = saved.over;
            this.told = this.runtime.count();
        }
        return saved?.session ?? null;
    }

    keep = (): Promise<boolean> => {
        const record = this.engine.call<TestRecord>({call: 'record'});
        this.tell(record);
        if (record.finished && !this.over) {
            this.over = true;
            this.finish(record);
        }
        return this.storage.keep(this.saved(), record.finished);
    };

    keepAgain = (): Promise<boolean> => this.storage.again();

    /** One interaction for each answer that the LMS does not have yet. */
    private tell(record: TestRecord): void {
        const {steps} = record.record;
        for (; this.told < steps.length; this.told++) {
            const step = steps[this.told];
            const answered = step.outcome === 'answered' && step.response !== null;
            this.runtime.interaction({
                id: step.item,
                ...responseText(answered ? JSON.parse(step.response as string) as Response : null, identifiersOf(this.test.bundle, record.lang, step.item)),
                fraction: answered ? step.fraction : null,
                milliseconds: step.ms,
                at: step.time === null ? new Date() : new Date(step.time),
            });
        }
    }

    /** The result: a number from 0 to 100, theta and its error beside it, passed or failed only with a threshold. */
    private finish(record: TestRecord): void {
        const {known, score, theta, se, threshold} = record.record;
        const decision = threshold?.decision;
        this.runtime.score({raw: score?.value ?? null, status: decision === 'above' ? 'passed' : decision === 'below' ? 'failed' : 'completed'});
        for (const [id, value] of [['palier-theta', theta], ['palier-standard-error', se]] as const) {
            if (known && typeof value === 'number' && Number.isFinite(value)) {
                this.runtime.number(id, value);
            }
        }
    }
}
