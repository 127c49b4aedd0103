// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a session in the LMS, with a copy in the browser, and knows whether it is kept.
//
// Moodle's LMSCommit answers "true" when the network is down, and what was in that commit is not sent again. So
//   - a small file of the package is asked for, past every cache, before and after a commit is believed (an LMS that
//     does not serve it is believed by its word);
//   - suspend_data has the whole record and a counter that changes at each commit, so that the next one sends all;
//   - the browser's storage has a copy, by learner, activity and attempt; this tab's has it, too.
import type {Runtime} from './runtime';

/** What became of a record: "here" is this browser alone, "nothing" a visit that records nothing, "full" a browser that refuses. */
export type Kept = 'kept' | 'here' | 'nothing' | 'offline' | 'refused' | 'ended' | 'cut' | 'full';

/** Whether the package can be reached: "foreign" is an answer, but another one (not served, or the way to a login). */
export type Reached = 'yes' | 'foreign' | 'no';

export interface Saved {
    /** Of the attempt; drawn when it begins, with the number of interactions that the LMS had then. */
    attempt: string;
    /** Changes at each commit. */
    counter: number;
    /** What the engine needs to go on (delivery.save()). */
    session: string;
    over: boolean;
}

interface Copy extends Saved {
    /** Whether the LMS has had this attempt at least once. */
    known: boolean;
}

const PLACES = ['localStorage', 'sessionStorage'] as const;

/**
 * The browser's storage, which may be refused: this browser's, and that of this tab, as Moodle empties the whole of the
 * first when somebody signs in.
 */
export class Storage {
    constructor(private readonly name: string) {}

    read(): unknown {
        const [everywhere, here] = PLACES.map((place) => {
            try {
                return JSON.parse(window[place].getItem(this.name) ?? 'null') as unknown;
            } catch {
                return null;
            }
        });
        const newer = isSaved(everywhere) && isSaved(here) && here.attempt === everywhere.attempt && here.counter > everywhere.counter;
        return newer ? here : everywhere ?? here;
    }

    /** Whether this browser has it. */
    write(value: unknown): boolean {
        return PLACES.map((place) => {
            try {
                window[place].setItem(this.name, JSON.stringify(value));
                return true;
            } catch {
                return false;
            }
        })[0];
    }
}

export function isSaved(value: unknown): value is Saved {
    const saved = value as Saved | null;
    return typeof saved === 'object' && saved !== null && typeof saved.attempt === 'string' && typeof saved.session === 'string'
        && typeof saved.over === 'boolean' && Number.isSafeInteger(saved.counter);
}

/** A record as suspend_data: one line, without the quotes that JSON would double. */
export function suspendData(saved: Saved): string {
    return `palier-1 ${saved.attempt} ${saved.counter} ${saved.over ? 'over' : 'open'} ${saved.session}`;
}

/** What suspend_data holds, or null if it is none of ours. */
export function parseSuspendData(text: string): Saved | null {
    const match = /^palier-1 (\S+) (\d+) (over|open) (.+)$/.exec(text);
    return match ? {attempt: match[1], counter: Number(match[2]), over: match[3] === 'over', session: match[4]} : null;
}

/** How many interactions of earlier attempts the LMS has. */
export function interactionsBefore(attempt: string): number {
    return Number(/@(\d+)$/.exec(attempt)?.[1] ?? 0);
}

/**
 * The sessions to go on with, the one to try first before: the LMS's, or the browser's copy where that is newer, or
 * differs (then the LMS has cut it). A copy that the LMS never had is of an attempt that is still open; one that it has
 * had counts for the same attempt alone, or where what the LMS holds (`text`) is none of ours or damaged.
 */
export function candidates(text: string, copy: unknown): Saved[] {
    const inLms = parseSuspendData(text);
    if (!isSaved(copy)) {
        return inLms ? [inLms] : [];
    }
    if (inLms === null) {
        const {known} = copy as Copy;
        return text === '' && (known || copy.over) ? [] : [copy];
    }
    if (copy.attempt !== inLms.attempt) {
        return [inLms];
    }
    const newer = copy.counter > inLms.counter || (copy.counter === inLms.counter && copy.session !== inLms.session);
    return newer ? [copy, inLms] : [inLms, copy];
}

export class AttemptStorage {
    private saved: Saved | null = null;
    private known = false;
    /** Whether the package's file can be asked for at all: without, it tells nothing. */
    private asks = false;
    private lastText = '';
    private released = false;
    /** Whether the last record is in the LMS, as far as can be known. */
    certain = true;
    /** Whether the LMS had an older record, or none, when the session began. */
    behind = false;

    constructor(private readonly runtime: Runtime, private readonly copy: Storage, private readonly reach: () => Promise<Reached>) {}

    /** What there is of earlier sessions, the one to try first before. */
    start(): Saved[] {
        this.lastText = this.runtime.suspended();
        void this.ask();
        return candidates(this.lastText, this.copy.read());
    }

    /** Whether the LMS holds something, be it readable or not. */
    holds(): boolean {
        return this.lastText !== '';
    }

    /** Goes on with one of them. */
    use(saved: Saved): void {
        this.saved = saved;
        this.known = this.lastText !== '';
        this.certain = suspendData(saved) === this.lastText;
        this.behind = (parseSuspendData(this.lastText)?.counter ?? 0) < saved.counter;
    }

    /** A new record: into the browser at once, into the LMS next. `before`: interactions that the LMS had at the start. */
    async keep(session: string, over: boolean, before = 0): Promise<Kept> {
        this.saved = {
            attempt: this.saved?.attempt ?? `${crypto.getRandomValues(new Uint32Array(2)).join('-')}${before ? `@${before}` : ''}`,
            counter: (this.saved?.counter ?? 0) + 1, session, over,
        };
        this.write();
        return this.commit();
    }

    /** The last record once more, where it may not have arrived. */
    async again(): Promise<Kept> {
        if (this.saved === null || this.certain) {
            return 'kept';
        }
        this.saved = {...this.saved, counter: this.saved.counter + 1};
        this.write();
        return this.commit();
    }

    /** Another tab has the attempt: what this one knows of it would overwrite what is told there. */
    release(): void {
        this.released = true;
    }

    /** The page goes: there is no time to ask whether it arrives. */
    leave(): void | Promise<void> {
        if (this.released) {
            return undefined;
        }
        this.hide();
        return this.runtime.finish(this.saved?.over ?? false);
    }

    /** The page is out of sight and may be ended without a word: what is not certain goes once more. */
    hide(): void {
        if (this.saved !== null && !this.certain && !this.released) {
            this.saved = {...this.saved, counter: this.saved.counter + 1};
            this.write();
            void this.runtime.commit(this.text());
        }
    }

    private text(): string {
        return suspendData(this.saved as Saved);
    }

    private write(): void {
        this.copy.write({...this.saved, known: this.known});
    }

    /** The commit goes whenever there may be somebody to take it; what is asked for decides what is believed of it. */
    private async commit(): Promise<Kept> {
        this.certain = false;
        const {counter} = this.saved as Saved;
        const before = await this.ask();
        if (before === 'no') {
            return 'offline';
        }
        const answer = await this.runtime.commit(this.text());
        const after = await this.ask();
        if (answer !== 'kept' || after !== 'yes' || before !== 'yes') {
            return after === 'no' ? 'offline' : answer === 'kept' ? 'refused' : answer;
        }
        if (counter === this.saved?.counter) {
            this.certain = true;
        }
        if (!this.known) {
            this.known = true;
            this.write();
        }
        return 'kept';
    }

    /** What the file tells; "yes" as long as it never came: then there is nothing to learn from it. */
    private async ask(): Promise<Reached> {
        const reached = await this.reach();
        this.asks ||= reached === 'yes';
        return this.asks || globalThis.navigator?.onLine === false ? reached : 'yes';
    }
}

/** Asks for a small file of the package, past every cache. */
export function probe(url: string): () => Promise<Reached> {
    let n = 0;
    return async () => {
        try {
            const answer = await fetch(`${url}?${Date.now()}-${n++}`, {cache: 'no-store', credentials: 'same-origin', redirect: 'manual'});
            return answer.ok && (await answer.text()).startsWith('palier') ? 'yes' : 'foreign';
        } catch {
            return 'no';
        }
    };
}
