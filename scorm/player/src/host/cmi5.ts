// SPDX-License-Identifier: GPL-3.0-or-later
// An assignable unit of cmi5: the duties of its section 7, and everything else as statements that cmi5 allows.
// Source: cmi5 1.0 (AICC, ADL), github.com/AICC/CMI-5_Spec_Current, sections 7 to 11.
import {decimal, duration, type Committed, type Interaction, type Objective, type Runtime, type Result} from './runtime';

const CMI5 = 'https://w3id.org/xapi/cmi5/context';
const ADL = 'http://adlnet.gov/expapi/verbs/';
/** The profile's own terms (adapters/xapi/vocabulary.hpp). */
const PROFILE = 'urn:uuid:30b3aa5b-356e-41ca-ad0f-a03fa555c307#';
const STATE = 'palier';
/** Verbs that may come once in a registration. */
const ONCE = ['completed', 'passed', 'failed'];
/** Browsers send 64 KiB at most for pages that go: so much of a commit, of what waits and of the record. */
const UNDER_WAY = 32000;
const LAST = 15000;

type Json = Record<string, unknown>;
type Context = Json & {contextActivities?: Record<string, Json[]>; extensions?: Json};

interface LaunchData {
    contextTemplate?: Context;
    launchMode?: 'Normal' | 'Browse' | 'Review';
    masteryScore?: number;
    returnURL?: string;
}

/** What a launch of the LMS's has in its address. */
export interface Launch {
    endpoint: string;
    fetch: string;
    actor: Json;
    registration: string;
    activityId: string;
}

/** The launch in a page's address; null where there is none, or no whole one. */
export function launchOf(search: string): Launch | null {
    const asked = new URLSearchParams(search);
    const [endpoint, fetch, actor, registration, activityId] = ['endpoint', 'fetch', 'actor', 'registration', 'activityId'].map((name) => asked.get(name) ?? '');
    try {
        const agent = JSON.parse(actor) as Json | null;
        const web = [endpoint, fetch].every((address) => /^https?:$/.test(new URL(address).protocol));
        return web && registration && activityId && typeof agent === 'object' && agent !== null
            ? {endpoint: endpoint.endsWith('/') ? endpoint : `${endpoint}/`, fetch, actor: agent, registration, activityId} : null;
    } catch {
        return null;
    }
}

/** What this unit keeps in the LMS's state: the record, how many answers were told, and which verbs were sent, which may come once in a registration. */
interface Kept {
    record: string;
    interactions: number;
    sent: string[];
}

/** What a reload has to know of the session: its token, given once, which of its ends were told, the way back. */
export interface SessionNote {
    token: string;
    initialized: boolean;
    over: boolean;
    next?: string;
}

/** Where such notes are kept, by their name. */
export interface Notes {
    read(name: string): SessionNote | null;
    write(name: string, note: SessionNote): void;
}

/** The browser's storage of one tab. */
export const tabNotes: Notes = {
    read(name) {
        try {
            return JSON.parse(sessionStorage.getItem(name) ?? 'null') as SessionNote | null;
        } catch {
            return null;
        }
    },
    write(name, note) {
        try {
            sessionStorage.setItem(name, JSON.stringify(note));
        } catch {
            // A storage that is refused: a reload finds the token spent, and says so.
        }
    },
};

function uuid(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The session is over, or was opened before: the LMS has to launch the test again. */
export class SessionOver extends Error {
    constructor(readonly next?: string) {
        super('this session is over');
    }
}

export class Cmi5 implements Runtime {
    readonly most = LAST;
    private token = '';
    private data: LaunchData = {};
    private kept: Kept = {record: '', interactions: 0, sent: []};
    private preferred: {languages: string[]; muted: boolean} = {languages: [], muted: false};
    /** Statements that the LMS does not have yet, oldest first. */
    private queue: Json[] = [];
    /** How many of them, from the first on, are on their way, and how many were sent without an answer. */
    private underWay = 0;
    private unanswered = 0;
    /** What the LMS said no to, and whether that is for good: of an abandoned session nothing more is taken. */
    private refused = false;
    private ended = false;
    private began = Date.now();
    private open = false;
    /** Whether the LMS has the record as it is. */
    private stored = true;
    private sending: Promise<Committed> = Promise.resolve('kept');

    constructor(private readonly launch: Launch, private readonly notes: Notes = tabNotes,
        private readonly ask: typeof fetch = (input, init) => fetch(input, init)) {}

    get next(): string | undefined {
        const {returnURL} = this.data;
        return returnURL && /^https?:/i.test(returnURL) ? returnURL : undefined;
    }

    /** Throws SessionOver where this launch was used before. */
    async initialise(): Promise<boolean> {
        const {fetch: address} = this.launch;
        const note = this.notes.read(address);
        if (note?.over) {
            throw new SessionOver(note.next);
        }
        if (note) {
            this.token = note.token;
        } else {
            const answer = await (await this.ask(address, {method: 'POST'})).json() as {'auth-token'?: string; 'error-code'?: string};
            if (typeof answer['auth-token'] !== 'string') {
                if (String(answer['error-code']) === '1') {
                    throw new SessionOver();
                }
                return false;
            }
            this.token = answer['auth-token'];
            this.note({initialized: false, over: false});
        }
        await this.readLaunch();
        const [preferences, kept, ...told] = await Promise.all([
            this.document('agents/profile', {profileId: 'cmi5LearnerPreferences', agent: JSON.stringify(this.launch.actor)}),
            this.document('activities/state', {...this.about(), stateId: STATE}),
            ...(this.reviews() ? [] : ONCE.map((verb) => this.has({...this.filters(), verb: `${ADL}${verb}`, limit: '1'}))),
        ]);
        const {languagePreference, audioPreference} = (preferences.body ?? {}) as {languagePreference?: unknown; audioPreference?: unknown};
        this.preferred = {languages: typeof languagePreference === 'string' ? languagePreference.split(',').map((tag) => tag.trim()) : [], muted: audioPreference === 'off'};
        if (kept.status >= 400 && kept.status !== 404) {
            throw new Error(`the learning platform does not give the record of this test (${kept.status})`);
        }
        if (isKept(kept.body)) {
            this.kept = kept.body;
        }
        // A page that was ended between a statement and its record: the LMS knows what it has.
        this.kept.sent = ONCE.filter((verb, i) => told[i] === true || this.kept.sent.includes(verb));
        this.open = true;
        this.began = Date.now();
        if (!note?.initialized) {
            this.queue.push(this.defined('initialized'));
            if (await this.send() !== 'kept') {
                this.open = false;
                return false;
            }
            this.note({initialized: true, over: false});
        }
        return true;
    }

    private note(of: {initialized: boolean; over: boolean}): void {
        this.notes.write(this.launch.fetch, {token: this.token, ...of, next: this.next});
    }

    private async readLaunch(): Promise<void> {
        const {status, body} = await this.document('activities/state', {...this.about(), stateId: 'LMS.LaunchData'});
        if (status !== 200 || typeof body !== 'object' || body === null) {
            throw new Error(`the learning platform has no LMS.LaunchData for this launch (${status})`);
        }
        this.data = body as LaunchData;
    }

    learner(): {id: string; languages: string[]; muted: boolean} {
        return {id: `${this.launch.registration}:${JSON.stringify(this.launch.actor)}`, ...this.preferred};
    }

    suspended(): string {
        return this.kept.record;
    }

    reviews(): boolean {
        return (this.data.launchMode ?? 'Normal') !== 'Normal';
    }

    count(): number {
        return this.kept.interactions;
    }

    interaction({id, language, item, fraction, outcome, milliseconds, at}: Interaction): void {
        this.kept.interactions++;
        const lists = (['choices', 'source', 'target', 'steps'] as const).flatMap((name) => {
            const list = item[name];
            return list ? [[name, list.map((one) => ({id: one.id, description: {[language]: one.description}}))]] : [];
        });
        this.queue.push(this.statement('answered', at, {
            object: {objectType: 'Activity', id: this.part(id), definition: {type: 'http://adlnet.gov/expapi/activities/cmi.interaction', interactionType: item.interaction,
                description: {[language]: item.description}, ...Object.fromEntries(lists)}},
            result: {
                ...(item.response === undefined ? {} : {response: item.response}),
                ...(fraction === null ? {} : {success: fraction > 1 - 1e-6, score: {scaled: Number(decimal(fraction, 4))}}),
                ...(['unknown', 'timed_out'].includes(outcome) ? {success: false} : {}),
                ...(milliseconds === null ? {} : {duration: duration(milliseconds)}),
                extensions: {[`${PROFILE}extensions/outcome`]: outcome, ...(item.answer === undefined ? {} : {[`${PROFILE}extensions/answer`]: item.answer})},
            },
        }));
    }

    /**
     * `scored` has the score, all of it in words and the record, `achieved` a competence's level; then cmi5's own verbs,
     * each once in a registration (`completed` has the record where there is no score). Passed and failed follow the
     * plan's threshold, and never against the mastery score of the launch; without a threshold they follow that alone.
     */
    result({language, score, margin, status, threshold, numbers, objectives, sentence, record}: Result): void {
        const scaled = score === null ? null : Number(decimal(Math.min(100, Math.max(0, score)) / 100, 4));
        const whole = {[`${PROFILE}extensions/record`]: record};
        if (scaled !== null) {
            const named: [string, number][] = numbers.map(([id, value]) => [id === 'palier-standard-error' ? 'se' : id.replace('palier-', ''), value]);
            const ends: [string, number][] = margin === null ? [] : [['score-low', Number(decimal(margin[0], 4))], ['score-high', Number(decimal(margin[1], 4))]];
            this.queue.push(this.statement('scored', new Date(), {result: {score: {scaled}, ...(sentence ? {response: sentence} : {}),
                extensions: {...Object.fromEntries([...named, ...ends].map(([name, value]) => [`${PROFILE}extensions/${name}`, value])), ...levels(objectives.find(({id}) => id === 'level')), ...whole}}}));
        }
        for (const objective of objectives.filter(({id, level}) => id !== 'level' && level !== null)) {
            this.queue.push(this.statement('achieved', new Date(), {
                object: {objectType: 'Activity', id: this.part(objective.id), definition: {type: 'https://w3id.org/xapi/tla/activity-types/competency',
                    ...(objective.name ? {name: {[language]: objective.name}} : {})}},
                result: {extensions: levels(objective)},
            }));
        }
        const {masteryScore: mastery} = this.data;
        const judged = scaled === null ? {} : {score: {scaled}};
        this.once('completed', {completion: true, duration: this.lasted(), ...(scaled === null ? {extensions: whole} : {})});
        const byMastery = typeof mastery !== 'number' || scaled === null ? null : scaled >= mastery ? 'passed' : 'failed';
        const verb = threshold ? status : byMastery;
        if ((verb === 'passed' || verb === 'failed') && (typeof mastery !== 'number' || verb === byMastery)) {
            this.once(verb, {success: verb === 'passed', ...judged, duration: this.lasted()}, mastery);
        }
    }

    private lasted(): string {
        return duration(Date.now() - this.began);
    }

    /** A part of this unit: a question or a competence. */
    private part(id: string): string {
        const {activityId} = this.launch;
        return `${activityId}${activityId.includes('#') ? '/' : '#'}${encodeURIComponent(id)}`;
    }

    /** A statement with the launch's context; its object is the unit where no other one is given. */
    private statement(verb: string, at: Date, parts: Json, category: string[] = [], extensions: Json = {}): Json {
        const template = this.data.contextTemplate ?? {};
        const base = verb === 'achieved' ? 'https://w3id.org/xapi/tla/verbs/' : ADL;
        const given = template.contextActivities ?? {};
        const context: Context = {...template, registration: this.launch.registration, extensions: {...extensions, ...template.extensions}};
        if (category.length) {
            context.contextActivities = {...given, category: [...(given.category ?? []), ...category.map((id) => ({objectType: 'Activity', id}))]};
        }
        return {id: uuid(), timestamp: at.toISOString(), actor: this.launch.actor, verb: {id: `${base}${verb}`, display: {en: verb}},
            object: {objectType: 'Activity', id: this.launch.activityId}, ...parts, context};
    }

    /** One of cmi5's own statements. */
    private defined(verb: string, result?: Json, mastery?: number): Json {
        const judges = result !== undefined && ('success' in result || 'completion' in result);
        return this.statement(verb, new Date(), result ? {result} : {}, [`${CMI5}/categories/cmi5`, ...(judges ? [`${CMI5}/categories/moveon`] : [])],
            mastery === undefined ? {} : {[`${CMI5}/extensions/masteryscore`]: mastery});
    }

    /** One that may come once in a registration; failed may come again, but never after passed. */
    private once(verb: string, result: Json, mastery?: number): void {
        const {sent} = this.kept;
        if (!sent.includes(verb) && !(verb === 'failed' && sent.includes('passed'))) {
            sent.push(verb);
            this.queue.push(this.defined(verb, result, mastery));
        }
    }

    /** Statements first, then the record that says that they were sent. One commit at a time. */
    commit(record: string): Promise<Committed> {
        this.kept.record = record;
        this.stored = false;
        this.sending = this.sending.then(async () => {
            if (!this.open) {
                return this.ended ? 'ended' : 'refused';
            }
            const told = await this.send();
            if (told !== 'kept' || !this.open) {
                return told; // A session that was ended in between has sent its record.
            }
            const sent = JSON.stringify(this.kept);
            const answer = this.became(await this.keep(sent));
            this.stored = answer === 'kept' && sent === JSON.stringify(this.kept);
            return answer;
        });
        return this.sending;
    }

    private keep(state: string, init: RequestInit = {}): Promise<Response | null> {
        return this.request('activities/state', {...this.about(), stateId: STATE}, {method: 'PUT', body: state, ...init});
    }

    /** What became of what was sent. A token that is not taken any more never will be: abandoned, or too old. */
    private became(answer: Response | null): Committed {
        if (answer === null) {
            return 'offline';
        }
        if (answer.status === 401 || answer.status === 403) {
            this.ended = true;
            this.open = false;
            return 'ended';
        }
        return answer.ok ? 'kept' : 'refused';
    }

    /** Sends what waits, in its order. A statement that the LMS has already is sent. */
    private async send(): Promise<Committed> {
        while (this.queue.length) {
            if (this.unanswered) {
                const arrived = await this.has({statementId: String(this.queue[0].id)});
                if (arrived === null) {
                    return 'offline';
                }
                this.queue.splice(0, arrived ? this.unanswered : 0);
                this.unanswered = 0;
                continue;
            }
            const batch = this.queue.slice(0, 50);
            this.underWay = batch.length;
            const body = JSON.stringify(batch);
            // Such a request goes on where the page is closed.
            const answer = await this.request('statements', {}, {method: 'POST', body, keepalive: bytes(body) <= UNDER_WAY});
            this.underWay = 0;
            const became = answer?.status === 409 ? await this.one(batch) : this.became(answer);
            this.unanswered = answer === null ? batch.length : 0;
            this.refused = became === 'refused';
            if (became !== 'kept') {
                return became;
            }
            this.queue.splice(0, batch.length);
        }
        return 'kept';
    }

    private async one(batch: Json[]): Promise<Committed> {
        for (const statement of batch) {
            const answer = await this.request('statements', {statementId: String(statement.id)}, {method: 'PUT', body: JSON.stringify(statement)});
            const became = answer?.status === 409 ? 'kept' : this.became(answer);
            if (became !== 'kept') {
                return became;
            }
        }
        return 'kept';
    }

    /** Whether the LMS has such a statement; null where it does not answer. */
    private async has(asked: Record<string, string>): Promise<boolean | null> {
        const answer = await this.request('statements', asked, {method: 'GET'});
        if (answer === null || !answer.ok) {
            return answer && false;
        }
        const {id, statements} = await answer.json().catch(() => ({})) as {id?: unknown; statements?: unknown[]};
        return typeof id === 'string' || (Array.isArray(statements) && statements.length > 0);
    }

    /**
     * The last statement of the session. What waits goes with it, but for what the LMS refuses or is more than a page
     * that goes may send: the browser's copy has it for the next visit. The page may be gone before an answer comes.
     */
    async finish(): Promise<void> {
        if (!this.open) {
            return;
        }
        this.open = false;
        this.note({initialized: true, over: true});
        const last = this.defined('terminated', {duration: this.lasted()});
        const all = JSON.stringify([...this.queue.slice(this.underWay), last]);
        const whole = !this.refused && bytes(all) <= LAST;
        await Promise.all([
            whole && !this.stored ? this.keep(JSON.stringify(this.kept), {keepalive: true}) : null,
            this.request('statements', {}, {method: 'POST', body: whole ? all : JSON.stringify([last]), keepalive: true}),
        ]);
    }

    private about(): Record<string, string> {
        const {activityId, actor, registration} = this.launch;
        return {activityId, agent: JSON.stringify(actor), registration};
    }

    /** What finds this unit's statements in this registration. */
    private filters(): Record<string, string> {
        const {activityId, actor, registration} = this.launch;
        return {activity: activityId, agent: JSON.stringify(actor), registration};
    }

    private async document(resource: string, asked: Record<string, string>): Promise<{status: number; body: unknown}> {
        const answer = await this.request(resource, asked, {method: 'GET'});
        if (answer === null) {
            throw new Error('the learning platform does not answer');
        }
        return {status: answer.status, body: answer.ok ? await answer.json().catch(() => null) as unknown : null};
    }

    /** null where nobody answers. */
    private async request(resource: string, asked: Record<string, string>, init: RequestInit): Promise<Response | null> {
        const query = new URLSearchParams(asked).toString();
        const headers = {'Authorization': `Basic ${this.token}`, 'X-Experience-API-Version': '1.0.3', ...(init.body ? {'Content-Type': 'application/json'} : {})};
        try {
            return await this.ask(`${this.launch.endpoint}${resource}${query ? `?${query}` : ''}`, {...init, headers, cache: 'no-store'});
        } catch {
            return null;
        }
    }
}

function bytes(text: string): number {
    return new TextEncoder().encode(text).length;
}

/** The level and its margin as extensions of the profile. */
function levels(objective: Objective | undefined): Json {
    const told = [['level', objective?.level], ['level-low', objective?.low], ['level-high', objective?.high]] as const;
    return Object.fromEntries(told.filter(([, value]) => typeof value === 'number').map(([name, value]) => [`${PROFILE}extensions/${name}`, value]));
}

function isKept(value: unknown): value is Kept {
    const kept = value as Kept | null;
    return typeof kept === 'object' && kept !== null && typeof kept.record === 'string' && Number.isSafeInteger(kept.interactions)
        && Array.isArray(kept.sent) && kept.sent.every((verb) => typeof verb === 'string');
}
