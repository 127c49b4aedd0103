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

export interface TestRecord {
    lang: string;
    finished: boolean;
    /** `known`: whether there is a result; without one there is no score, and theta is the prior's or little more. */
    record: {
        known: boolean;
        score: {value: number} | null;
        theta: number | null;
        se: number | null;
        threshold: {decision: string} | null;
        steps: RecordStep[];
    };
}
