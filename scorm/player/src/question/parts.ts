// SPDX-License-Identifier: GPL-3.0-or-later
// What the interactions share.
import {content} from './content';
import type {Surroundings} from './field';

/** An element with attributes and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
    name: K, attributes: Record<string, string> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
}

/** The question's text, to which the focus moves. */
export function promptOf(interaction: Element, around: Surroundings): HTMLElement {
    const prompt = make('div', {class: 'prompt', id: `${around.prefix}-prompt`, lang: around.language, dir: 'auto'});
    const from = interaction.querySelector('qti-prompt');
    if (from) {
        prompt.append(content(from, around.assets));
    }
    return prompt;
}

/** A list of choices in which nothing is chosen at first. */
export function selectOf(choices: [string, string][], words: {choose: string}, attributes: Record<string, string>): HTMLSelectElement {
    const select = make('select', attributes, make('option', {value: ''}, words.choose));
    for (const [value, text] of choices) {
        select.append(make('option', {value}, text));
    }
    return select;
}
