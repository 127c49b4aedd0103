// SPDX-License-Identifier: GPL-3.0-or-later
// Each stem takes a choice from a list: no dragging, and it fits a narrow screen.
import {content, plain} from './content';
import {fromNcname} from './identifiers';
import type {Field, Surroundings} from './field';
import {make, promptOf, selectOf} from './parts';

export function matchField(body: Element, around: Surroundings): Field {
    const interaction = body.querySelector('qti-match-interaction') as Element;
    const [stems, choices] = Array.from(interaction.querySelectorAll('qti-simple-match-set'))
        .map((set) => Array.from(set.querySelectorAll('qti-simple-associable-choice')));
    const options = choices.map((choice): [string, string] => [fromNcname(choice.getAttribute('identifier') ?? ''), plain(choice)]);
    const prompt = promptOf(interaction, around);
    const legend = make('legend', {id: `${around.prefix}-legend`}, around.words.match_each);
    const group = make('fieldset', {'aria-labelledby': `${prompt.id} ${legend.id}`}, legend);
    const saved = around.saved && 'pairs' in around.saved ? around.saved.pairs : {};
    const selects = stems.map((stem, n): [string, HTMLSelectElement] => {
        const id = fromNcname(stem.getAttribute('identifier') ?? '');
        const text = make('div', {class: 'stem', id: `${around.prefix}-stem-${n}`, lang: around.language, dir: 'auto'});
        text.append(content(stem, around.assets));
        const select = selectOf(options, around.words, {name: id, 'aria-labelledby': text.id});
        select.value = saved[id] ?? '';
        group.append(make('div', {class: 'pair'}, text, select));
        return [id, select];
    });
    return {
        element: make('div', {}, prompt, group),
        response: () => ({pairs: Object.fromEntries(selects.filter(([, select]) => select.value !== '').map(([id, select]) => [id, select.value]))}),
        complete: () => selects.every(([, select]) => select.value !== ''),
    };
}
