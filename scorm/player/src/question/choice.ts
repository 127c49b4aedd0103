// SPDX-License-Identifier: GPL-3.0-or-later
// One choice or several; true or false.
import {content} from './content';
import {fromNcname} from './identifiers';
import type {Field, Surroundings} from './field';
import {make, promptOf} from './parts';
import {filled} from '../words';

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv', 'xvi', 'xvii',
    'xviii', 'xix', 'xx'];

/** How the n-th choice is numbered, in Moodle's names of the style. */
export function label(style: string | null, n: number): string {
    const letter = String.fromCharCode(97 + (n % 26));
    switch (style) {
        case 'lower_letters': return `${letter}.`;
        case 'upper_letters': return `${letter.toUpperCase()}.`;
        case 'digits': return `${n + 1}.`;
        case 'lower_roman': return `${ROMAN[n] ?? n + 1}.`;
        case 'upper_roman': return `${(ROMAN[n] ?? String(n + 1)).toUpperCase()}.`;
        default: return '';
    }
}

export function choiceField(body: Element, around: Surroundings): Field {
    const interaction = body.querySelector('qti-choice-interaction') as Element;
    const truth = interaction.getAttribute('data-palier-type') === 'true_false';
    const multiple = interaction.getAttribute('max-choices') !== '1';
    const style = interaction.getAttribute('data-palier-numbering');
    const prompt = promptOf(interaction, around);
    const most = Number(interaction.getAttribute('max-choices'));
    const task = !multiple ? around.words.choose_one : most > 0 ? filled(around.words.choose_at_most, {most}) : around.words.choose_several;
    const legend = make('legend', {id: `${around.prefix}-legend`}, task);
    const group = make('fieldset', {'aria-labelledby': `${prompt.id} ${legend.id}`}, legend);
    const saved = around.saved && 'choices' in around.saved ? around.saved.choices
        : around.saved && 'choice' in around.saved ? [around.saved.choice] : [];
    const inputs = Array.from(interaction.querySelectorAll('qti-simple-choice')).map((choice, n) => {
        const id = fromNcname(choice.getAttribute('identifier') ?? '');
        const input = make('input', {type: multiple ? 'checkbox' : 'radio', name: `${around.prefix}-choice`, value: id});
        input.checked = saved.includes(id);
        const text = make('span', {class: 'choice-text'});
        const number = label(style, n);
        // "True" and "false" are the reader's words; a choice has those of its item.
        if (truth) {
            text.append(id === 'true' ? around.words.answer_true : around.words.answer_false);
        } else {
            text.lang = around.language;
            text.dir = 'auto';
            text.append(content(choice, around.assets));
        }
        group.append(make('label', {class: 'choice'}, input, ...(number ? [make('span', {class: 'choice-number'}, number)] : []), text));
        return input;
    });
    const chosen = (): string[] => inputs.filter((input) => input.checked).map((input) => input.value);
    return {
        element: make('div', {}, prompt, group),
        response: () => (multiple ? {choices: chosen()} : truth && chosen().length ? {choice: chosen()[0]} : {choices: chosen()}),
        complete: () => chosen().length > 0,
    };
}
