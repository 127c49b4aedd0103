// SPDX-License-Identifier: GPL-3.0-or-later
import {make} from '../question/parts';
import {filled, type Words} from '../words';
import type {View} from '../view';
import {button, heading, paragraph} from './parts';

/** What was right, before the next screen. */
export function feedback(view: View, words: Words, next: () => void): HTMLElement {
    const told = view.feedback;
    const answers = [[words.answer, told?.answer], [words.feedback_right, told?.right]]
        .filter(([, text]) => text).flatMap(([name, text]) => [make('dt', {}, name ?? ''), make('dd', {}, text ?? '')]);
    return make('div', {class: 'card'}, heading(filled(words.feedback_title, {n: told?.n ?? ''})),
        make('p', {class: `verdict ${told?.verdict ?? ''}`}, told?.headline ?? ''),
        ...(answers.length > 0 ? [make('dl', {}, ...answers)] : []),
        ...(told?.texts ?? []).flatMap((text) => paragraph(text)),
        make('div', {class: 'actions'}, button(view.screen === 'result' ? words.feedback_end : words.feedback_next, next, {class: 'main'})));
}
