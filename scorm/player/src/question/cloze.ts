// SPDX-License-Identifier: GPL-3.0-or-later
// A text with gaps of several kinds: lists, choices in a column or a row, numbers and texts to type.
import {content, plain} from './content';
import {fromNcname} from './identifiers';
import type {Field, Surroundings} from './field';
import {make, selectOf} from './parts';
import {filled} from '../words';

interface Gap {
    id: string;
    element: HTMLElement;
    /** What was typed, the identifier of a choice, or several parted by commas; '' for nothing. */
    value(): string;
}

export function clozeField(body: Element, around: Surroundings): Field {
    const count = body.querySelectorAll('[data-palier-type="cloze"]').length;
    const saved = around.saved && 'pairs' in around.saved ? around.saved.pairs : {};
    const gaps: Gap[] = [];
    const text = content(body, around.assets, (element) => {
        if (element.getAttribute('data-palier-type') !== 'cloze') {
            return undefined;
        }
        const id = element.getAttribute('data-palier-gap') ?? '';
        const label = filled(around.words.answer_gap, {n: gaps.length + 1, of: count});
        const choices = Array.from(element.querySelectorAll('qti-inline-choice'));
        const entry = element.getAttribute('data-palier-entry') ?? '';
        const gap = entry === 'list' ? list(id, label, choices, saved[id] ?? '', around)
            : choices.length ? buttons(id, label, choices, entry, saved[id] ?? '', around)
                : typed(id, label, entry === 'number', saved[id] ?? '');
        gaps.push(gap);
        return gap.element;
    });
    const hint = make('p', {class: 'hint', id: `${around.prefix}-hint`}, around.words.complete_text);
    const prompt = make('div', {class: 'prompt', id: `${around.prefix}-prompt`, role: 'group', 'aria-labelledby': hint.id,
        lang: around.language, dir: 'auto'}, text);
    return {
        element: make('div', {}, hint, prompt),
        response: () => ({pairs: Object.fromEntries(gaps.map((gap) => [gap.id, gap.value()]).filter(([, value]) => value !== ''))}),
        complete: () => gaps.every((gap) => gap.value().trim() !== ''),
    };
}

const idOf = (choice: Element): string => fromNcname(choice.getAttribute('identifier') ?? '');

function list(id: string, label: string, choices: Element[], saved: string, around: Surroundings): Gap {
    const options = choices.map((choice): [string, string] => [idOf(choice), plain(choice)]);
    const element = selectOf(options, around.words, {class: 'gap', name: id, 'aria-label': label});
    element.value = saved;
    return {id, element, value: () => element.value};
}

function typed(id: string, label: string, number: boolean, saved: string): Gap {
    const element = make('input', {type: 'text', name: id, class: number ? 'gap number' : 'gap line', 'aria-label': label,
        autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', maxlength: '200'});
    element.value = saved;
    return {id, element, value: () => element.value};
}

function buttons(id: string, label: string, choices: Element[], entry: string, saved: string, around: Surroundings): Gap {
    const several = entry.startsWith('boxes');
    const chosen = saved.split(',');
    const inputs = choices.map((choice) => {
        const input = make('input', {type: several ? 'checkbox' : 'radio', name: id, value: idOf(choice)});
        input.checked = chosen.includes(input.value);
        return input;
    });
    const labels = choices.map((choice, n) => {
        const text = make('span', {class: 'choice-text'});
        text.append(content(choice, around.assets));
        return make('label', {class: 'choice'}, inputs[n], text);
    });
    // A gap may stand inside a paragraph, where a fieldset may not.
    const element = make('span', {class: `gap-choices ${entry.endsWith('row') ? 'row' : 'column'}`,
        role: several ? 'group' : 'radiogroup', 'aria-label': label}, ...labels);
    return {id, element, value: () => inputs.filter((input) => input.checked).map((input) => input.value).join(',')};
}
