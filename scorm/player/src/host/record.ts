// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the engine's record of an attempt (docs/delivery.md, "record") that an LMS is told.

export interface RecordStep {
    item: string;
    outcome: string;
    /** A response as JSON, or null. */
    response: string | null;
    fraction: number | null;
    ms: number | null;
    time: number | null;
}

/** A competence or a composite of several; levels are null where they are not told. */
export interface RecordScale {
    id: string;
    state: 'measured' | 'reported_as_domain' | 'not_assessed';
    /** Of a composite: a domain, or all of them. */
    kind?: 'domain' | 'overall';
    level: {number: number} | null;
    level_interval: [number, number] | null;
}

/** What an identifier stands for. */
export interface Component {
    id: string;
    description: string;
}

/** A question and its answer in words (adapters/delivery/response_words.hpp). */
export interface RecordItem {
    /** As in a bundle: choice, true_false, … */
    type: string;
    /** As xAPI and SCORM 2004 call it. */
    interaction: 'true-false' | 'choice' | 'fill-in' | 'matching' | 'sequencing' | 'numeric' | 'performance';
    description: string;
    choices?: Component[];
    source?: Component[];
    target?: Component[];
    steps?: Component[];
    /** In the notation of xAPI; absent where there is none. */
    response?: string;
    answer?: string;
}

export interface TestRecord {
    lang: string;
    items: Record<string, RecordItem>;
    finished: boolean;
    /** `known`: whether there is a result; without one there is no score, and theta is the prior's or little more. */
    record: {
        known: boolean;
        score: {value: number; low: number; high: number} | null;
        theta: number | null;
        se: number | null;
        threshold: {decision: string} | null;
        level: {number: number; last: number} | null;
        level_interval: [number, number] | null;
        scales: RecordScale[];
        /** Of a map; absent of one scale. */
        composites?: RecordScale[];
        levels?: {first: number; last: number} | null;
        steps: RecordStep[];
    };
}
