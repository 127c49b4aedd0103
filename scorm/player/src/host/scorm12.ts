// SPDX-License-Identifier: GPL-3.0-or-later
// SCORM 1.2's runtime: what is written where, in its grammar, and how sure a commit is.
// Source: SCORM 1.2 Runtime Environment (ADL, 2001), section 3; limits as Moodle's "SCORM standards mode" has them.
import {answerOf, decimal, identifier, scoredObjectives, yes, type Committed, type Interaction, type Runtime, type Result} from './runtime';
import {shortResponse, type ResponseText} from './response-text';

/** The functions that an LMS offers, as `API`. Every argument and answer should be a text. */
export interface Scorm12Api {
    LMSInitialize(empty: ''): unknown;
    LMSFinish(empty: ''): unknown;
    LMSGetValue(element: string): unknown;
    LMSSetValue(element: string, value: string): unknown;
    LMSCommit(empty: ''): unknown;
}

const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');

/** CMITimespan: HHHH:MM:SS.SS. */
export function timespan(milliseconds: number): string {
    const hundredths = Math.min(Math.max(0, Math.round(milliseconds / 10)), 9999 * 360000 + 359999);
    const seconds = hundredths / 100;
    return `${String(Math.floor(seconds / 3600)).padStart(4, '0')}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${two(hundredths % 100)}`;
}

/** CMITime: HH:MM:SS. */
export function timeOfDay(date: Date): string {
    return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export class Scorm12 implements Runtime {
    private interactions = 0;
    private began = Date.now();
    private open = false;

    constructor(private readonly api: Scorm12Api, private readonly now: () => number = Date.now) {}

    initialise(): boolean {
        this.open = yes(answerOf(() => this.api.LMSInitialize('')));
        this.began = this.now();
        if (this.open) {
            this.interactions = Number(this.get('cmi.interactions._count')) || 0;
            // LMSFinish with "not attempted" would write "completed".
            if (!this.reviews() && !['completed', 'passed', 'failed', 'incomplete'].includes(this.status())) {
                this.set('cmi.core.lesson_status', 'incomplete');
            }
            if (!this.reviews()) {
                // A tab that is killed says no last word.
                this.set('cmi.core.exit', 'suspend');
            }
        }
        return this.open;
    }

    learner(): {id: string; languages: string[]} {
        return {id: this.get('cmi.core.student_id'), languages: [this.get('cmi.student_preference.language')]};
    }

    suspended(): string {
        return this.get('cmi.suspend_data');
    }

    reviews(): boolean {
        return ['review', 'browse'].includes(this.get('cmi.core.lesson_mode'));
    }

    private status(): string {
        return this.get('cmi.core.lesson_status');
    }

    private get(element: string): string {
        const value = answerOf(() => this.api.LMSGetValue(element));
        return value === null || value === undefined ? '' : String(value);
    }

    private set(element: string, value: string): boolean {
        return yes(answerOf(() => this.api.LMSSetValue(element, value)));
    }

    count(): number {
        return this.interactions;
    }

    interaction({id, item, response, fraction, milliseconds, at}: Interaction): void {
        this.write(id, shortResponse(response, item), at, fraction);
        if (milliseconds !== null) {
            this.set(`cmi.interactions.${this.interactions - 1}.latency`, timespan(milliseconds));
        }
    }

    private write(id: string, {type, response}: ResponseText, at: Date, fraction: number | null): void {
        const base = `cmi.interactions.${this.interactions++}`;
        this.set(`${base}.id`, identifier(id));
        this.set(`${base}.time`, timeOfDay(at));
        this.set(`${base}.type`, type);
        if (response !== '') {
            this.set(`${base}.student_response`, response.slice(0, 255));
        }
        this.set(`${base}.result`, fraction === null ? 'neutral' : fraction > 1 - 1e-6 ? 'correct' : fraction < 1e-6 ? 'wrong' : decimal(fraction));
    }

    /** The levels are objectives' scores where 0 to 100 can hold them; what SCORM 1.2 has no element for is an interaction without a right answer. */
    result({score, status, numbers, objectives, sentence}: Result): void {
        if (score !== null) {
            this.set('cmi.core.score.min', '0');
            this.set('cmi.core.score.max', '100');
            this.set('cmi.core.score.raw', decimal(Math.min(100, Math.max(0, score))));
        }
        this.set('cmi.core.lesson_status', status);
        for (const [id, value] of numbers) {
            this.write(id, {type: 'numeric', response: decimal(value, 4)}, new Date(this.now()), null);
        }
        for (const [n, {id, status, most, value}] of scoredObjectives(objectives).entries()) {
            const base = `cmi.objectives.${n}`;
            this.set(`${base}.id`, id);
            if (value !== null) {
                this.set(`${base}.score.min`, '0');
                this.set(`${base}.score.max`, decimal(most));
                this.set(`${base}.score.raw`, decimal(value));
            }
            this.set(`${base}.status`, status);
        }
        if (sentence) {
            this.set('cmi.comments', sentence.slice(0, 4096));
        }
    }

    /**
     * Sends everything. "cut" where the LMS has shortened the record or does not take it (4,096 characters are the least
     * that it must hold), "refused" where it says no to the whole. "kept" is no proof that it is stored (see `AttemptStorage`).
     */
    commit(record: string): Committed {
        if (!this.open) {
            return 'refused';
        }
        const cut = !this.set('cmi.suspend_data', record) || this.suspended() !== record;
        this.set('cmi.core.session_time', timespan(this.now() - this.began));
        return !yes(answerOf(() => this.api.LMSCommit(''))) ? 'refused' : cut ? 'cut' : 'kept';
    }

    finish(over: boolean): void {
        if (this.open) {
            if (!this.reviews()) {
                this.set('cmi.core.exit', over ? '' : 'suspend');
                this.set('cmi.core.session_time', timespan(this.now() - this.began));
                answerOf(() => this.api.LMSCommit(''));
            }
            answerOf(() => this.api.LMSFinish(''));
            this.open = false;
        }
    }
}
