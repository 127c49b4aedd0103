// SPDX-License-Identifier: GPL-3.0-or-later
// SCORM 1.2's runtime: what is written where, in its grammar, and how sure a commit is.
// Source: SCORM 1.2 Runtime Environment (ADL, 2001), section 3; limits as Moodle's "SCORM standards mode" has them.

/** The functions that an LMS offers; every argument and answer is a text. */
export interface Api {
    LMSInitialize(empty: ''): string;
    LMSFinish(empty: ''): string;
    LMSGetValue(element: string): string;
    LMSSetValue(element: string, value: string): string;
    LMSCommit(empty: ''): string;
    LMSGetLastError(): string;
}

const LEVELS = 12;

/** The LMS's functions: in this window's parents, then in those of the window that opened it. */
export function findApi(from: Window): Api | null {
    return inParents(from) ?? (from.opener ? inParents(from.opener as Window) : null);
}

function inParents(from: Window): Api | null {
    let window: Window | null = from;
    for (let level = 0; window && level <= LEVELS; level++) {
        try {
            const {API} = window as unknown as {API?: Api};
            if (API) {
                return API;
            }
        } catch {
            return null; // A parent of another site.
        }
        window = window.parent === window ? null : window.parent;
    }
    return null;
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

/** CMIDecimal: at most two decimals, no exponent. */
export function decimal(value: number, digits = 2): string {
    const text = value.toFixed(digits);
    return Number(text) === 0 ? '0' : text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** CMIIdentifier: letters, digits, hyphen, underscore; at most 255. */
export function identifier(text: string): string {
    return text.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 255) || '_';
}

export interface Interaction {
    id: string;
    type: 'true-false' | 'choice' | 'fill-in' | 'matching' | 'sequencing' | 'numeric' | 'performance';
    response: string;
    /** Share of the mark, or null where there is no right answer. */
    fraction: number | null;
    milliseconds: number | null;
    at: Date;
}

export interface Score {
    /** 0 to 100. */
    /** Null where there is no result. */
    raw: number | null;
    status: 'completed' | 'passed' | 'failed';
}

export class Runtime {
    private interactions = 0;
    private began = Date.now();
    private open = false;

    constructor(private readonly api: Api, private readonly now: () => number = Date.now) {}

    /** Opens the session; false if the LMS refuses. */
    initialise(): boolean {
        this.open = this.api.LMSInitialize('') === 'true';
        this.began = this.now();
        if (this.open) {
            this.interactions = Number(this.api.LMSGetValue('cmi.interactions._count')) || 0;
            const status = this.api.LMSGetValue('cmi.core.lesson_status');
            // LMSFinish with "not attempted" would write "completed".
            if (!['completed', 'passed', 'failed', 'incomplete'].includes(status)) {
                this.set('cmi.core.lesson_status', 'incomplete');
            }
        }
        return this.open;
    }

    learner(): {id: string; language: string} {
        return {id: this.api.LMSGetValue('cmi.core.student_id'), language: this.api.LMSGetValue('cmi.student_preference.language')};
    }

    suspended(): string {
        return this.api.LMSGetValue('cmi.suspend_data');
    }

    /** Whether a new attempt has begun, so that a copy of an earlier one does not count. */
    resumes(): boolean {
        return this.api.LMSGetValue('cmi.core.entry') === 'resume';
    }

    status(): string {
        return this.api.LMSGetValue('cmi.core.lesson_status');
    }

    set(element: string, value: string): boolean {
        return this.api.LMSSetValue(element, value) === 'true';
    }

    /** How many interactions the LMS has, those of this session included. */
    count(): number {
        return this.interactions;
    }

    /** A number that SCORM 1.2 has no element for, as an interaction without a right answer. */
    number(id: string, value: number): void {
        this.interaction({id, type: 'numeric', response: decimal(value, 4), fraction: null, milliseconds: null, at: new Date(this.now())});
    }

    interaction(of: Interaction): void {
        const base = `cmi.interactions.${this.interactions++}`;
        this.set(`${base}.id`, identifier(of.id));
        this.set(`${base}.time`, timeOfDay(of.at));
        this.set(`${base}.type`, of.type);
        if (of.response !== '') {
            this.set(`${base}.student_response`, of.response.slice(0, 255));
        }
        this.set(`${base}.result`, of.fraction === null ? 'neutral'
            : of.fraction > 1 - 1e-6 ? 'correct' : of.fraction < 1e-6 ? 'wrong' : decimal(of.fraction));
        if (of.milliseconds !== null) {
            this.set(`${base}.latency`, timespan(of.milliseconds));
        }
    }

    score(score: Score): void {
        if (score.raw !== null) {
            this.set('cmi.core.score.min', '0');
            this.set('cmi.core.score.max', '100');
            this.set('cmi.core.score.raw', decimal(Math.min(100, Math.max(0, score.raw))));
        }
        this.set('cmi.core.lesson_status', score.status);
    }

    /** False where the LMS refuses a record that is longer than its limit (4,096 at least). "true" is no proof that it is stored (see `AttemptStorage`). */
    commit(suspendData: string): boolean {
        if (!this.open || !this.set('cmi.suspend_data', suspendData)) {
            return false;
        }
        this.set('cmi.core.session_time', timespan(this.now() - this.began));
        return this.api.LMSCommit('') === 'true';
    }

    /** Ends the session; the attempt goes on later unless it is over. */
    finish(over: boolean): void {
        if (this.open) {
            this.set('cmi.core.exit', over ? '' : 'suspend');
            this.set('cmi.core.session_time', timespan(this.now() - this.began));
            this.api.LMSCommit('');
            this.api.LMSFinish('');
            this.open = false;
        }
    }
}
