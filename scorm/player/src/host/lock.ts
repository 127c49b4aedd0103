// SPDX-License-Identifier: GPL-3.0-or-later
// One tab at a time: two would overwrite each other's record. A tab that holds the lock says so every two seconds; one
// that has been silent for seven is gone. Another tab may take the lock at its reader's word.

const BEAT = 2000;
const SILENT = 7000;

interface Held {
    tab: string;
    time: number;
}

export class Lock {
    private readonly tab = crypto.getRandomValues(new Uint32Array(2)).join('-');
    private timer = 0;

    /** `lost` is called when another tab has taken the lock. */
    constructor(private readonly name: string, private readonly lost: () => void) {}

    /** Takes the lock; false if another tab holds it, unless `anyway`. */
    take(anyway = false): boolean {
        const held = this.read();
        if (!anyway && held && held.tab !== this.tab && Date.now() - held.time < SILENT) {
            return false;
        }
        this.write();
        this.timer = window.setInterval(() => this.beat(), BEAT);
        window.addEventListener('storage', this.changed);
        return true;
    }

    release(): void {
        this.stop();
        if (this.read()?.tab === this.tab) {
            try {
                localStorage.removeItem(this.name);
            } catch {
                // Without storage there was no lock.
            }
        }
    }

    private stop(): void {
        window.clearInterval(this.timer);
        window.removeEventListener('storage', this.changed);
    }

    private readonly changed = (event: StorageEvent): void => {
        if (event.key === this.name) {
            this.check();
        }
    };

    private check(): boolean {
        const held = this.read();
        if (held && held.tab !== this.tab) {
            this.stop();
            this.lost();
            return false;
        }
        return true;
    }

    private beat(): void {
        if (this.check()) {
            this.write();
        }
    }

    private read(): Held | null {
        try {
            const held = JSON.parse(localStorage.getItem(this.name) ?? 'null') as Held | null;
            return held && typeof held.tab === 'string' && typeof held.time === 'number' ? held : null;
        } catch {
            return null;
        }
    }

    private write(): void {
        try {
            localStorage.setItem(this.name, JSON.stringify({tab: this.tab, time: Date.now()}));
        } catch {
            // Without storage there is nothing that two tabs could overwrite.
        }
    }
}
