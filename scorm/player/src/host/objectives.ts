// SPDX-License-Identifier: GPL-3.0-or-later
// A result as objectives of an LMS: the level, and of a map one of each domain and competence.
import type {RecordScale, TestRecord} from './record';
import type {Objective} from './runtime';

/** SCORM 1.2 holds scores of 0 to 100 alone. */
const fits = (value: number): boolean => value >= 0 && value <= 100;

/** What is told by its domain has no level of its own, and what was not assessed none at all: never a zero. */
function objective(id: string, scale: RecordScale, levels: {first: number; last: number} | null, name: string): Objective {
    const told = scale.state === 'measured' && levels !== null && fits(levels.first) && fits(levels.last);
    const level = told ? scale.level?.number ?? null : null;
    const [low, high] = told ? scale.level_interval ?? [null, null] : [null, null];
    const status = scale.state === 'not_assessed' ? 'not attempted' : level === null ? 'incomplete' : 'completed';
    return {id, name, status, level, low, high, most: levels?.last ?? 0};
}

/** `names`: of domains and competences, by their identifiers. */
export function objectivesOf(record: TestRecord['record'], names: Record<string, string> = {}): Objective[] {
    const {level, level_interval: interval, composites, levels, scales} = record;
    if (!composites) {
        return level && interval
            ? [{id: 'level', name: '', status: 'completed', level: level.number, low: interval[0], high: interval[1], most: level.last}] : [];
    }
    const of = levels ?? null;
    const overall = composites.filter(({kind}) => kind === 'overall').map((scale) => objective('level', scale, of, ''));
    const domains = composites.filter(({kind}) => kind === 'domain').map((scale) => objective(`domain-${scale.id}`, scale, of, names[scale.id] ?? ''));
    return [...overall, ...domains, ...scales.map((scale) => objective(`scale-${scale.id}`, scale, of, names[scale.id] ?? ''))];
}
