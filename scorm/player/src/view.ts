// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be seen (docs/delivery.md, "The View").
import type {Response} from './question/field';

export interface ItemView {
    id: string;
    n: number;
    type: string;
    qti: string;
    lang: string;
    assets: {path: string; media_type: string; base64?: string; file?: string}[];
}

/** A competence, a domain or all of them; places in percent of the axis. */
export interface MapRow {
    id: string;
    name: string;
    state: 'measured' | 'reported_as_domain' | 'not_assessed';
    text: string;
    n: number;
    questions: string | null;
    required: string | null;
    bar: {margin: [number, number]; mark: [number, number] | null; borrowed: boolean} | null;
}

export interface MapView {
    title: string;
    reading: string[];
    ticks: {at: number; text: string}[];
    domains: {row: MapRow | null; scales: MapRow[]}[];
    /** The whole map in sentences. */
    text: string;
    table: {title: string; competence: string; result: string; questions: string};
}

export interface ResultView {
    headline: string;
    level: {number: number; first: number; last: number; name: string} | null;
    level_interval: [number, number] | null;
    margin: string | null;
    provisional_text: string | null;
    decisions: string[];
    stop: string | null;
    you_can: string[];
    next_steps: {title: string; texts: string[]} | null;
    map: MapView | null;
    distribution: {title: string; text: string; levels: {number: number; name: string; percent: number; mine: boolean; text: string}[]} | null;
}

export interface StoryEntry {
    n: number;
    label: string;
    outcome: string;
    told: string;
    level: number | null;
    low: number | null;
    high: number | null;
}

export interface StoryView {
    intro: string;
    curve_title: string;
    entries: StoryEntry[];
    stop: string;
    summary: string;
    curve_text: string | null;
}

/** What a practice tells of the answer that was just given. */
export interface FeedbackView {
    n: number;
    verdict: 'right' | 'partly_right' | 'wrong' | 'unknown';
    headline: string;
    answer: string | null;
    right: string | null;
    texts: string[];
}

export interface View {
    screen: 'before' | 'question' | 'pause' | 'calm' | 'result' | 'story' | 'error';
    lang: 'fr' | 'en';
    title: string;
    sequence: number;
    progress: number;
    remaining: number;
    remaining_text: string | null;
    saved: boolean;
    saved_text: string | null;
    notice: string | null;
    invalid: string | null;
    response: Response | null;
    feedback: FeedbackView | null;
    item: ItemView | null;
    before: {sections: {heading: string; text: string}[]} | null;
    result: ResultView | null;
    story: StoryView | null;
}

/** A host that cannot serve a call says why in a View of its own, or in the sentence of an error. */
export class Refused extends Error {}
