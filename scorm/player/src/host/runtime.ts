// SPDX-License-Identifier: GPL-3.0-or-later
// What a standard of learning platforms has to do for a test: one small class a standard (scorm12, scorm2004, cmi5).
import type {Response} from '../question/field';
import type {RecordItem} from './record';

/** One answer, as a platform is told of it. */
export interface Interaction {
    id: string;
    /** Of the item's words. */
    language: string;
    item: RecordItem;
    /** null: it was not known. */
    response: Response | null;
    /** Share of the mark, or null where there is no right answer. */
    fraction: number | null;
    /** As the engine's record has it: answered, unknown, timed_out, skipped. */
    outcome: string;
    milliseconds: number | null;
    at: Date;
}

/** A level with its margin, each null where it is not told: "not attempted" is not assessed, "incomplete" without a level of its own. */
export interface Objective {
    id: string;
    name: string;
    status: 'completed' | 'incomplete' | 'not attempted';
    level: number | null;
    low: number | null;
    high: number | null;
    /** The highest level. */
    most: number;
}

export interface Result {
    /** Of its words. */
    language: string;
    /** 0 to 100; null where there is no result. */
    score: number | null;
    /** Its margin, as the score. */
    margin: [low: number, high: number] | null;
    /** Passed or failed only where the plan has a threshold and the result is decided. */
    status: 'completed' | 'passed' | 'failed';
    /** Whether the plan has a threshold. */
    threshold: boolean;
    /** Theta and its standard error. */
    numbers: [id: string, value: number][];
    objectives: Objective[];
    /** All of it in words; empty where there is no result. */
    sentence: string;
    /** The whole attempt (docs/delivery.md, saved), for who grades and scores it again. */
    record: string;
}

/**
 * What became of a commit: "cut" where the platform does not hold the whole record, "refused" where it says no, "ended"
 * where it will never say yes in this visit, "offline" where it did not answer.
 */
export type Committed = 'kept' | 'cut' | 'refused' | 'ended' | 'offline';

export interface Runtime {
    /** How many characters the record may have; absent: as SCORM 1.2 allows. */
    readonly most?: number;
    /** Opens the session; false if the platform refuses. */
    initialise(): boolean | Promise<boolean>;
    /** Languages as the learner prefers them; `muted`: sound is unwanted. */
    learner(): {id: string; languages: string[]; muted?: boolean};
    /** The record of an earlier visit, or an empty text. */
    suspended(): string;
    /** Whether the learner only looks again at what is over, or looks around: nothing may be recorded. */
    reviews(): boolean;
    /** How many interactions the platform has, those of this session included. */
    count(): number;
    interaction(of: Interaction): void;
    result(of: Result): void;
    /** Sends everything. "kept" is no proof that it is stored (see `AttemptStorage`). */
    commit(record: string): Committed | Promise<Committed>;
    /** Ends the session; the attempt goes on later unless it is over. */
    finish(over: boolean): void | Promise<void>;
    /** Where the platform wants the learner to go next, once all is kept. */
    readonly next?: string;
}

/** Some platforms answer with a boolean, null or nothing where a text is due. */
export const yes = (answer: unknown): boolean => /^(true|1)$/i.test(String(answer));

/** What a platform's function answers: nothing where it fails, as one of a window that has gone does, or one that sends without a network. */
export function answerOf(ask: () => unknown): unknown {
    try {
        return ask();
    } catch (error) {
        console.warn(error);
        return undefined;
    }
}

const LEVELS = 12;

/** A platform's functions: in this window and its parents, then in those of a window that opened one of them. */
export function findApi<Api>(from: Window, name: string): Api | null {
    const above = parents(from);
    const opened = above.flatMap(({opener}) => (opener ? parents(opener as Window) : []));
    for (const window of [...above, ...opened]) {
        try {
            const api = (window as unknown as Record<string, Api | undefined>)[name];
            if (api) {
                return api;
            }
        } catch {
            // A window of another site.
        }
    }
    return null;
}

/** The same, for a platform that puts its functions there a moment after the package has loaded. */
export async function awaitApi<Api>(from: Window, name: string, milliseconds = 3000, pause = 100): Promise<Api | null> {
    const framed = from.parent !== from || Boolean(from.opener);
    for (let waited = 0; ; waited += pause) {
        const api = findApi<Api>(from, name);
        if (api || !framed || waited >= milliseconds) {
            return api;
        }
        await new Promise((next) => { setTimeout(next, pause); });
    }
}

/** This window and those above it. A window of another site tells its parent and its opener, and nothing else. */
function parents(window: Window): Window[] {
    const all = [window];
    for (let {parent} = window; parent && parent !== all[all.length - 1] && all.length <= LEVELS; {parent} = parent) {
        all.push(parent);
    }
    return all;
}

/** A decimal without an exponent. */
export function decimal(value: number, digits = 2): string {
    const text = value.toFixed(digits);
    return Number(text) === 0 ? '0' : text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Letters, digits, hyphen, underscore; at most 255. */
export function identifier(text: string): string {
    return text.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 255) || '_';
}

/** An identifier that no other one of these has, `room` characters short of 255. */
export function freeIdentifier(text: string, used: Set<string>, room = 15): string {
    const wanted = identifier(text).slice(0, 255 - room);
    let free = wanted;
    for (let n = 2; used.has(free); n++) {
        free = `${wanted}_${n}`;
    }
    used.add(free);
    return free;
}

/** Objectives with identifiers of their own, and one more for each end of a margin: SCORM has one score an objective. */
export function scoredObjectives(objectives: Objective[]): {id: string; name: string; status: Objective['status']; most: number; value: number | null}[] {
    const used = new Set<string>();
    return objectives.flatMap(({id, name, status, level, low, high, most}) => {
        const free = freeIdentifier(id, used);
        const ends = [['-low', low], ['-high', high]] as const;
        return [{id: free, name, status, most, value: level},
            ...ends.filter(([, value]) => value !== null).map(([end, value]) => ({id: free + end, name: '', status, most, value}))];
    });
}

/** An ISO 8601 duration of hundredths of a second. */
export function duration(milliseconds: number): string {
    const hundredths = Math.max(0, Math.round(milliseconds / 10));
    const seconds = hundredths / 100;
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    return `PT${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${decimal(seconds % 60)}S`;
}
