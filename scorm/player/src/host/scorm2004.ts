// SPDX-License-Identifier: GPL-3.0-or-later
// The runtime of SCORM 2004 (3rd and 4th edition), in what Moodle, scorm-again and the standard all take.
// Source: SCORM 2004 4th edition Run-Time Environment (ADL, 2009), section 4. Moodle refuses a number with an exponent, a
// time of whole seconds with "Z" or of three decimals, and an identifier of a choice with a hyphen.
import {answerOf, decimal, duration, identifier, scoredObjectives, yes, type Committed, type Interaction, type Runtime, type Result} from './runtime';
import {readableResponse, type ResponseText} from './response-text';

/** The functions that an LMS offers, as `API_1484_11`. Every argument and answer should be a text. */
export interface Scorm2004Api {
    Initialize(empty: ''): unknown;
    Terminate(empty: ''): unknown;
    GetValue(element: string): unknown;
    SetValue(element: string, value: string): unknown;
    Commit(empty: ''): unknown;
}

/** time(second,10,0) with two decimals, in UTC. */
export function timestamp(date: Date): string {
    return `${date.toISOString().slice(0, 22)}Z`;
}

export class Scorm2004 implements Runtime {
    readonly most = 60000;
    private interactions = 0;
    private began = Date.now();
    private open = false;

    constructor(private readonly api: Scorm2004Api, private readonly now: () => number = Date.now) {}

    initialise(): boolean {
        this.open = yes(answerOf(() => this.api.Initialize('')));
        this.began = this.now();
        if (this.open) {
            this.interactions = Number(this.get('cmi.interactions._count')) || 0;
            if (!this.reviews()) {
                if (this.get('cmi.completion_status') !== 'completed') {
                    this.set('cmi.completion_status', 'incomplete');
                }
                // A tab that is killed says no last word; and what was left as normal, the LMS shows to nobody again: who
                // looks at a result later would begin anew and undo it.
                this.set('cmi.exit', 'suspend');
            }
        }
        return this.open;
    }

    learner(): {id: string; languages: string[]} {
        return {id: this.get('cmi.learner_id'), languages: [this.get('cmi.learner_preference.language')]};
    }

    suspended(): string {
        return this.get('cmi.suspend_data');
    }

    reviews(): boolean {
        return ['review', 'browse'].includes(this.get('cmi.mode'));
    }

    private get(element: string): string {
        const value = answerOf(() => this.api.GetValue(element));
        return value === null || value === undefined ? '' : String(value);
    }

    private set(element: string, value: string): boolean {
        return yes(answerOf(() => this.api.SetValue(element, value)));
    }

    count(): number {
        return this.interactions;
    }

    interaction({id, item, fraction, milliseconds, at}: Interaction): void {
        this.write(id, readableResponse(item), at, fraction);
        const base = `cmi.interactions.${this.interactions - 1}`;
        if (milliseconds !== null) {
            this.set(`${base}.latency`, duration(milliseconds));
        }
        this.set(`${base}.description`, described(item.description));
    }

    private write(id: string, {type, response}: ResponseText, at: Date, fraction: number | null): void {
        const base = `cmi.interactions.${this.interactions++}`;
        this.set(`${base}.id`, identifier(id));
        this.set(`${base}.type`, type);
        this.set(`${base}.timestamp`, timestamp(at));
        if (response !== '') {
            this.set(`${base}.learner_response`, response);
        }
        this.set(`${base}.result`, fraction === null ? 'neutral' : fraction > 1 - 1e-6 ? 'correct' : fraction < 1e-6 ? 'incorrect' : decimal(fraction, 4));
    }

    result({score, status, numbers, objectives, sentence}: Result): void {
        if (score !== null) {
            const raw = Math.min(100, Math.max(0, score));
            this.set('cmi.score.min', '0');
            this.set('cmi.score.max', '100');
            this.set('cmi.score.raw', decimal(raw));
            this.set('cmi.score.scaled', decimal(raw / 100, 4));
        }
        this.set('cmi.completion_status', 'completed');
        this.set('cmi.success_status', status === 'completed' ? 'unknown' : status);
        this.set('cmi.progress_measure', '1');
        for (const [id, value] of numbers) {
            this.write(id, {type: 'numeric', response: decimal(value, 4)}, new Date(this.now()), null);
        }
        for (const {id, name, status, most, value} of scoredObjectives(objectives)) {
            const base = `cmi.objectives.${this.objective(id)}`;
            if (value !== null) {
                this.set(`${base}.score.min`, '0');
                this.set(`${base}.score.max`, decimal(most));
                this.set(`${base}.score.raw`, decimal(value));
            }
            this.set(`${base}.completion_status`, status);
            if (name) {
                this.set(`${base}.description`, described(name));
            }
        }
        if (sentence) {
            const count = Number(this.get('cmi.comments_from_learner._count')) || 0;
            this.set(`cmi.comments_from_learner.${count}.comment`, sentence.slice(0, 4000));
            this.set(`cmi.comments_from_learner.${count}.timestamp`, timestamp(new Date(this.now())));
        }
    }

    /** The place of the objective of this identifier; an LMS may have put one of its own there first. */
    private objective(id: string): number {
        const count = Number(this.get('cmi.objectives._count')) || 0;
        for (let n = 0; n < count; n++) {
            if (this.get(`cmi.objectives.${n}.id`) === id) {
                return n;
            }
        }
        this.set(`cmi.objectives.${count}.id`, id);
        return count;
    }

    commit(record: string): Committed {
        if (!this.open) {
            return 'refused';
        }
        const cut = !this.set('cmi.suspend_data', record) || this.suspended() !== record;
        this.set('cmi.session_time', duration(this.now() - this.began));
        return !yes(answerOf(() => this.api.Commit(''))) ? 'refused' : cut ? 'cut' : 'kept';
    }

    finish(): void {
        if (this.open) {
            if (!this.reviews()) {
                this.set('cmi.session_time', duration(this.now() - this.began));
                answerOf(() => this.api.Commit(''));
            }
            answerOf(() => this.api.Terminate(''));
            this.open = false;
        }
    }
}

/** A localized string of at most 250 characters; a brace at its start would be read as a language. */
function described(text: string): string {
    const plain = text.replace(/^\{/, '( ');
    return plain.length > 250 ? `${plain.slice(0, 249)}…` : plain;
}
