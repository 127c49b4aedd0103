// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a session in the LMS, with a copy in the browser, and knows whether it is kept.
//
// Moodle's LMSCommit answers "true" when the network is down, and what was in that commit is not sent again. So
//   - a small file of the package is asked for, past every cache, before and after a commit is believed;
//   - suspend_data has the whole record and a counter that changes at each commit, so that the next one sends all;
//   - the browser's storage has a copy, by learner, activity and attempt.
import type {Runtime} from './scorm12';

export interface Saved {
    /** Of the attempt; drawn when it begins. */
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

/** The browser's storage, which may be refused. */
export class Storage {
    constructor(private readonly name: string) {}

    read(): unknown {
        try {
            return JSON.parse(localStorage.getItem(this.name) ?? 'null');
        } catch {
            return null;
        }
    }

    write(value: unknown): boolean {
        try {
            localStorage.setItem(this.name, JSON.stringify(value));
            return true;
        } catch {
            return false;
        }
    }

    remove(): void {
        try {
            localStorage.removeItem(this.name);
        } catch {
            // A storage that is refused holds nothing.
        }
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

/**
 * The session to go on with: the LMS's, or the browser's copy where that is newer. A copy that the LMS never had is
 * of an attempt that is still open; one that it has had counts for the same attempt alone.
 */
export function newest(inLms: Saved | null, copy: unknown): Saved | null {
    if (!isSaved(copy)) {
        return inLms;
    }
    const {known} = copy as Copy;
    if (inLms === null) {
        return known || copy.over ? null : copy;
    }
    return copy.attempt === inLms.attempt && copy.counter > inLms.counter ? copy : inLms;
}

export class AttemptStorage {
    private saved: Saved | null = null;
    private known = false;
    /** Whether the last record is in the LMS, as far as can be known. */
    certain = true;

    constructor(private readonly runtime: Runtime, private readonly copy: Storage, private readonly reachable: () => Promise<boolean>) {}

    /** What there is of an earlier session. */
    start(): Saved | null {
        const inLms = parseSuspendData(this.runtime.suspended());
        this.saved = newest(inLms, this.copy.read());
        this.known = inLms !== null;
        this.certain = this.saved === inLms;
        return this.saved;
    }

    /** A new record: into the browser at once, into the LMS next. True if it is there. */
    async keep(session: string, over: boolean): Promise<boolean> {
        this.saved = {
            attempt: this.saved?.attempt ?? crypto.getRandomValues(new Uint32Array(2)).join('-'),
            counter: (this.saved?.counter ?? 0) + 1, session, over,
        };
        this.write();
        return this.commit();
    }

    /** The last record once more, where it may not have arrived. */
    async again(): Promise<boolean> {
        if (this.saved === null || this.certain) {
            return true;
        }
        this.saved = {...this.saved, counter: this.saved.counter + 1};
        this.write();
        return this.commit();
    }

    /** The page goes: there is no time to ask whether it arrives. */
    leave(): void {
        this.hide();
        this.runtime.finish(this.saved?.over ?? false);
    }

    /** The page is out of sight and may be ended without a word: what is not certain goes once more. */
    hide(): void {
        if (this.saved !== null && !this.certain) {
            this.saved = {...this.saved, counter: this.saved.counter + 1};
            this.write();
            this.runtime.commit(this.text());
        }
    }

    private text(): string {
        return suspendData(this.saved as Saved);
    }

    private write(): void {
        this.copy.write({...this.saved, known: this.known});
    }

    private async commit(): Promise<boolean> {
        this.certain = false;
        const {counter} = this.saved as Saved;
        if (!(await this.reachable()) || !this.runtime.commit(this.text()) || !(await this.reachable())) {
            return false;
        }
        if (counter === this.saved?.counter) {
            this.certain = true;
        }
        if (!this.known) {
            this.known = true;
            this.write();
        }
        return true;
    }
}

/** Asks for a small file of the package, past every cache. */
export function probe(url: string): () => Promise<boolean> {
    let n = 0;
    return async () => {
        try {
            const answer = await fetch(`${url}?${Date.now()}-${n++}`, {cache: 'no-store', credentials: 'same-origin', redirect: 'error'});
            return answer.ok && (await answer.text()).startsWith('palier');
        } catch {
            return false;
        }
    };
}
