// SPDX-License-Identifier: GPL-3.0-or-later
// A response in the grammar of SCORM 1.2's cmi.interactions (CMIFeedback): identifiers are one character each. The
// character of a choice is its place among the identifiers in alphabetical order, so that it is the same for everybody.
import type {Response} from '../question/field';
import type {Bundle} from './engine';
import type {Interaction} from './scorm12';

const CHARACTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

export interface Identifiers {
    kind: string;
    /** Of the choices, the things to order, or the answers to stems and gaps. */
    choices: string[];
    /** Of stems or gaps. */
    stems: string[];
}

/** The identifiers of an item, whatever order a learner sees them in. */
export function identifiersOf(bundle: Bundle, language: string, item: string): Identifiers {
    const variant = bundle.variants[language] ?? Object.values(bundle.variants)[0];
    const {interaction} = variant.contents[variant.items.findIndex((row) => row.item === item)].presentation;
    const ids = (list: unknown): string[] => (Array.isArray(list) ? (list as {id: string}[]).map((entry) => entry.id) : []);
    const groups = Object.values((interaction.groups ?? {}) as Record<string, unknown>).flatMap(ids);
    return {kind: interaction.type, choices: [...ids(interaction.choices), ...ids(interaction.items), ...groups],
        stems: [...ids(interaction.stems), ...ids(interaction.gaps)]};
}

function character(id: string, among: string[]): string {
    return CHARACTERS[[...among].sort().indexOf(id)] ?? 'z';
}

const TYPES: Record<string, Interaction['type']> = {
    choice: 'choice', true_false: 'true-false', match: 'matching', gap_select: 'matching', order: 'sequencing',
    numerical: 'numeric', short_answer: 'fill-in',
};

/** The type and the text of a response; null: it was not known. */
export function responseText(response: Response | null, item: Identifiers): Pick<Interaction, 'type' | 'response'> {
    const type = TYPES[item.kind] ?? 'performance';
    if (response === null) {
        return {type, response: ''};
    }
    if ('choices' in response || 'choice' in response) {
        const chosen = 'choices' in response ? response.choices : [response.choice];
        return {type, response: chosen.map((id) => type === 'true-false' ? id.slice(0, 1) : character(id, item.choices)).sort().join(',')};
    }
    if ('pairs' in response && item.kind === 'cloze') {
        // Typed texts and choices together: no other type of SCORM 1.2 holds both.
        return {type, response: Object.keys(response.pairs).sort().map((gap) => response.pairs[gap]).join(',').slice(0, 255)};
    }
    if ('pairs' in response) {
        return {type, response: Object.entries(response.pairs)
            .map(([stem, choice]) => `${character(stem, item.stems)}.${character(choice, item.choices)}`).sort().join(',')};
    }
    if ('order' in response) {
        return {type, response: response.order.map((id) => character(id, item.choices)).join(',')};
    }
    // A number is written as SCORM has it, or else as a text that was filled in.
    const number = response.text.trim().replace(',', '.');
    if (type === 'numeric' && !/^-?\d+(\.\d+)?$/.test(number)) {
        return {type: 'fill-in', response: response.text.slice(0, 255)};
    }
    return {type, response: type === 'numeric' ? number : response.text.slice(0, 255)};
}
