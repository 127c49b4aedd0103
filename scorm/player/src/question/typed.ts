// SPDX-License-Identifier: GPL-3.0-or-later
// A number or a line of text; a unit that is chosen apart.
import {content, plain} from './content';
import {fromNcname} from './identifiers';
import type {Field, Surroundings} from './field';
import {make, selectOf} from './parts';

export function typedField(body: Element, around: Surroundings): Field {
    const entry = body.querySelector('qti-text-entry-interaction') as Element;
    const number = entry.getAttribute('data-palier-type') === 'numerical';
    const saved = around.saved && 'text' in around.saved ? around.saved : null;
    const prompt = make('div', {class: 'prompt', id: `${around.prefix}-prompt`, lang: around.language, dir: 'auto'});
    prompt.append(content(body, around.assets, (element) => (element.localName.startsWith('qti-') ? document.createTextNode('') : undefined)));

    const input = make('input', {type: 'text', id: `${around.prefix}-text`, autocomplete: 'off', autocapitalize: 'off',
        spellcheck: 'false', maxlength: '1000', 'aria-describedby': prompt.id, class: number ? 'number' : 'line'});
    if (number) {
        input.inputMode = 'text';
    }
    input.value = saved?.text ?? '';
    const label = make('label', {for: input.id}, number ? around.words.your_number : around.words.answer);
    const row = make('div', {class: 'entry'}, input);
    const unit = unitField(body, entry, around, saved?.unit ?? '');
    if (unit) {
        row[entry.getAttribute('data-palier-unit-before') === 'true' ? 'prepend' : 'append'](unit.element);
    }
    return {
        element: make('div', {}, prompt, label, row),
        response: () => (unit ? (unit.value() === '' ? {text: input.value} : {text: input.value, unit: unit.value()}) : {text: input.value}),
        complete: () => input.value.trim() !== '' && (!unit || unit.value() !== ''),
    };
}

function unitField(body: Element, entry: Element, around: Surroundings, saved: string): {element: HTMLElement; value(): string} | null {
    const interaction = body.querySelector('qti-inline-choice-interaction[response-identifier="UNIT"]');
    if (!interaction) {
        return null;
    }
    const units = Array.from(interaction.querySelectorAll('qti-inline-choice'))
        .map((choice): [string, string] => [fromNcname(choice.getAttribute('identifier') ?? ''), plain(choice)]);
    if (entry.getAttribute('data-palier-unit-entry') === 'radio') {
        const inputs = units.map(([value]) => make('input', {type: 'radio', name: `${around.prefix}-unit`, value}));
        inputs.forEach((input) => { input.checked = input.value === saved; });
        const group = make('fieldset', {class: 'units'}, make('legend', {}, around.words.unit),
            ...inputs.map((input, n) => make('label', {class: 'choice'}, input, make('span', {}, units[n][1]))));
        return {element: group, value: () => inputs.find((input) => input.checked)?.value ?? ''};
    }
    const select = selectOf(units, around.words, {name: 'unit', 'aria-label': around.words.unit});
    select.value = saved;
    return {element: select, value: () => select.value};
}
