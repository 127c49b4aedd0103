// SPDX-License-Identifier: GPL-3.0-or-later
// SCORM 1.2's runtime: what is written where, in its grammar, and how sure a commit is.
// Source: SCORM 1.2 Runtime Environment (ADL, 2001), section 3; limits as Moodle's "SCORM standards mode" has them.

/** The functions that an LMS offers. Every argument and answer should be a text; some LMS give a boolean, null or nothing. */
export interface Api {
    LMSInitialize(empty: ''): unknown;
    LMSFinish(empty: ''): unknown;
    LMSGetValue(element: string): unknown;
    LMSSetValue(element: string, value: string): unknown;
    LMSCommit(empty: ''): unknown;
}

const yes = (answer: unknown): boolean => answer === true || String(answer) === 'true' || String(answer) === '1';

const LEVELS = 12;

/** The LMS's functions: in this window's parents, then in those of the window that opened it. */
export function findApi(from: Window): Api | null {
    return inParents(from) ?? (from.opener ? inParents(from.opener as Window) : null);
}

/** The same, for an LMS that puts its functions there a moment after the package has loaded. */
export async function awaitApi(from: Window, milliseconds = 3000, pause = 100): Promise<Api | null> {
    const framed = from.parent !== from || Boolean(from.opener);
    for (let waited = 0; ; waited += pause) {
        const api = findApi(from);
        if (api || !framed || waited >= milliseconds) {
            return api;
        }
        await new Promise((next) => { setTimeout(next, pause); });
    }
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
    /** 0 to 100; null where there is no result. */
    raw: number | null;
    status: 'completed' | 'passed' | 'failed';
}

/** A level with its margin, each null where it is not told: "not attempted" is not assessed, "incomplete" without a level of its own. */
export interface Objective {
    id: string;
    status: 'completed' | 'incomplete' | 'not attempted';
    level: number | null;
    low: number | null;
    high: number | null;
    /** The highest level. */
    most: number;
}

/** An identifier that no other one of these has, short enough for "-high" behind it. */
function freeIdentifier(text: string, used: Set<string>): string {
    const wanted = identifier(text).slice(0, 240);
    let free = wanted;
    for (let n = 2; used.has(free); n++) {
        free = `${wanted}_${n}`;
    }
    used.add(free);
    return free;
}

export class Runtime {
    private interactions = 0;
    private began = Date.now();
    private open = false;

    constructor(private readonly api: Api, private readonly now: () => number = Date.now) {}

    /** Opens the session; false if the LMS refuses. */
    initialise(): boolean {
        this.open = yes(this.api.LMSInitialize(''));
        this.began = this.now();
        if (this.open) {
            this.interactions = Number(this.get('cmi.interactions._count')) || 0;
            // LMSFinish with "not attempted" would write "completed".
            if (!this.reviews() && !['completed', 'passed', 'failed', 'incomplete'].includes(this.status())) {
                this.set('cmi.core.lesson_status', 'incomplete');
            }
        }
        return this.open;
    }

    learner(): {id: string; language: string} {
        return {id: this.get('cmi.core.student_id'), language: this.get('cmi.student_preference.language')};
    }

    suspended(): string {
        return this.get('cmi.suspend_data');
    }

    /** Whether the learner only looks again at what is over: nothing may be recorded. */
    reviews(): boolean {
        return this.get('cmi.core.lesson_mode') === 'review';
    }

    private status(): string {
        return this.get('cmi.core.lesson_status');
    }

    private get(element: string): string {
        const value = this.api.LMSGetValue(element);
        return value === null || value === undefined ? '' : String(value);
    }

    private set(element: string, value: string): boolean {
        return yes(this.api.LMSSetValue(element, value));
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

    /** What else there is of a result: its levels as objectives' scores where 0 to 100 can hold them, and a sentence. */
    told(objectives: Objective[], sentence: string): void {
        const used = new Set<string>();
        const ids = objectives.map(({id}) => freeIdentifier(id, used));
        const lines = objectives.flatMap(({status, level, low, high, most}, i) => {
            const scores = [['', level], ['-low', low], ['-high', high]] as const;
            return scores.filter(([end, value]) => end === '' || value !== null).map(([end, value]) => ({id: ids[i] + end, status, most, value}));
        });
        for (const [n, {id, status, most, value}] of lines.entries()) {
            const base = `cmi.objectives.${n}`;
            this.set(`${base}.id`, id);
            if (value !== null) {
                this.set(`${base}.score.min`, '0');
                this.set(`${base}.score.max`, decimal(most));
                this.set(`${base}.score.raw`, decimal(value));
            }
            this.set(`${base}.status`, status);
        }
        this.set('cmi.comments', sentence.slice(0, 4096));
    }

    /**
     * Sends everything. "cut" where the LMS has shortened the record (4,096 characters are the least that it must
     * hold), "refused" where it says no. "kept" is no proof that it is stored (see `AttemptStorage`).
     */
    commit(suspendData: string): 'kept' | 'cut' | 'refused' {
        if (!this.open || !this.set('cmi.suspend_data', suspendData)) {
            return 'refused';
        }
        const cut = this.suspended() !== suspendData;
        this.set('cmi.core.session_time', timespan(this.now() - this.began));
        return !yes(this.api.LMSCommit('')) ? 'refused' : cut ? 'cut' : 'kept';
    }

    /** Ends the session; the attempt goes on later unless it is over. */
    finish(over: boolean): void {
        if (this.open) {
            if (!this.reviews()) {
                this.set('cmi.core.exit', over ? '' : 'suspend');
                this.set('cmi.core.session_time', timespan(this.now() - this.began));
                this.api.LMSCommit('');
            }
            this.api.LMSFinish('');
            this.open = false;
        }
    }
}
