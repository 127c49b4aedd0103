// SPDX-License-Identifier: GPL-3.0-or-later
// A response as a text for cmi.interactions, in the grammar of SCORM 1.2 and in that of SCORM 2004. xAPI's is the record's own.
import type {Response} from '../question/field';
import type {Component, RecordItem} from './record';

export interface ResponseText {
    type: 'true-false' | 'choice' | 'fill-in' | 'long-fill-in' | 'matching' | 'sequencing' | 'numeric' | 'performance';
    response: string;
}

const CHARACTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

function character(id: string, among: Component[] = []): string {
    return CHARACTERS[among.map((one) => one.id).sort().indexOf(id)] ?? 'z';
}

/** A number as the standards write it, or null if it is none. */
function number(text: string): string | null {
    const plain = text.trim().replace(',', '.');
    return /^-?\d+(\.\d+)?$/.test(plain) ? plain : null;
}

/**
 * SCORM 1.2 (CMIFeedback): identifiers are one character each. The character of a choice is its place among the
 * identifiers in alphabetical order, so that it is the same for everybody. null: it was not known.
 */
export function shortResponse(response: Response | null, item: RecordItem): ResponseText {
    const type = item.interaction;
    if (response === null) {
        return {type, response: ''};
    }
    if ('choices' in response || 'choice' in response) {
        const chosen = 'choices' in response ? response.choices : [response.choice];
        return {type, response: chosen.map((id) => type === 'true-false' ? id.slice(0, 1) : character(id, item.choices)).sort().join(',')};
    }
    if (type === 'performance') {
        // A text with gaps: the one type of SCORM 1.2 that holds what was chosen or typed in each, in words.
        return {type, response: (item.answer ?? '').slice(0, 255)};
    }
    if ('pairs' in response) {
        return {type, response: Object.entries(response.pairs)
            .map(([stem, choice]) => `${character(stem, item.source)}.${character(choice, item.target)}`).sort().join(',')};
    }
    if ('order' in response) {
        return {type, response: response.order.map((id) => character(id, item.choices)).join(',')};
    }
    // A number is written as SCORM has it, or else as a text that was filled in.
    const typed = type === 'numeric' ? number(response.text) : null;
    return typed === null ? {type: 'fill-in', response: response.text.slice(0, 255)} : {type, response: typed};
}

/** A text as a short identifier of letters, digits and underscores, that still can be read. */
export function readable(text: string): string {
    return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 80);
}

/** Components by their words, no two alike. */
function readableNames(components: Component[] = []): (id: string) => string {
    const names = new Map<string, string>();
    const used = new Set<string>();
    for (const {id, description} of [...components].sort((one, other) => (one.id < other.id ? -1 : 1))) {
        const wanted = readable(description) || readable(id) || 'x';
        let free = wanted;
        for (let n = 2; used.has(free); n++) {
            free = `${wanted}_${n}`;
        }
        used.add(free);
        names.set(id, free);
    }
    return (id) => names.get(id) ?? (readable(id) || 'x');
}

/** SCORM 2004 (Run-Time Environment, 4.2.9.1): what is chosen is called by its words, as an LMS shows nothing else of it. */
export function readableResponse(item: RecordItem): ResponseText {
    const {interaction: type, response} = item;
    if (response === undefined) {
        return {type, response: ''};
    }
    const listed = (first: (id: string) => string, second = first): string =>
        response.split('[,]').map((one) => one.split('[.]')).map(([id, other]) => other === undefined ? first(id) : `${first(id)}[.]${second(other)}`).join('[,]');
    switch (type) {
        case 'choice': case 'sequencing': return {type, response: listed(readableNames(item.choices))};
        case 'matching': return {type, response: listed(readableNames(item.source), readableNames(item.target))};
        case 'performance': return {type, response: listed(readable)};
        case 'true-false': return {type, response};
        default: {
            const typed = type === 'numeric' ? number(response) : null;
            return typed !== null ? {type, response: typed}
                : response.length > 250 ? {type: 'long-fill-in', response: response.slice(0, 4000)} : {type: 'fill-in', response};
        }
    }
}
