// SPDX-License-Identifier: GPL-3.0-or-later
// A text with gaps, each of which takes a choice from a list.
import {content, plain} from './content';
import {fromNcname} from './identifiers';
import type {Field, Surroundings} from './field';
import {make, selectOf} from './parts';
import {filled} from '../words';

export function gapField(body: Element, around: Surroundings): Field {
    const count = body.querySelectorAll('qti-inline-choice-interaction[data-palier-gap]').length;
    const saved = around.saved && 'pairs' in around.saved ? around.saved.pairs : {};
    const selects: [string, HTMLSelectElement][] = [];
    const text = content(body, around.assets, (element) => {
        if (element.localName !== 'qti-inline-choice-interaction') {
            return undefined;
        }
        const gap = element.getAttribute('data-palier-gap') ?? '';
        const options = Array.from(element.querySelectorAll('qti-inline-choice'))
            .map((choice): [string, string] => [fromNcname(choice.getAttribute('identifier') ?? ''), plain(choice)]);
        const select = selectOf(options, around.words, {class: 'gap', name: gap, 'aria-label': filled(around.words.gap, {n: selects.length + 1, of: count})});
        select.value = saved[gap] ?? '';
        selects.push([gap, select]);
        return select;
    });
    const hint = make('p', {class: 'hint', id: `${around.prefix}-hint`}, around.words.fill_gaps);
    const prompt = make('div', {class: 'prompt', id: `${around.prefix}-prompt`, role: 'group', 'aria-labelledby': hint.id,
        lang: around.language, dir: 'auto'}, text);
    return {
        element: make('div', {}, hint, prompt),
        response: () => ({pairs: Object.fromEntries(selects.filter(([, select]) => select.value !== '').map(([gap, select]) => [gap, select.value]))}),
        complete: () => selects.every(([, select]) => select.value !== ''),
    };
}
