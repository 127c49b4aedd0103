// SPDX-License-Identifier: GPL-3.0-or-later
import {make} from '../question/parts';
import {button, drawing, paragraph, type Stage} from './parts';
import {filled} from '../words';

/** How much doubt is left; the engine sees to it that the bar never goes back. */
function doubt(stage: Stage): HTMLElement {
    const {view} = stage;
    const percent = Math.round(view.progress * 100);
    const bar = make('div', {role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': String(percent),
        'aria-label': stage.words.progress, 'aria-valuetext': view.remaining_text ?? `${percent} %`});
    bar.append(drawing(100, 10, [['rect', {x: 0, y: 0, width: Math.max(percent, 1), height: 10}]]));
    return make('div', {class: 'doubt'}, make('p', {}, view.remaining_text ?? ''), bar);
}

export function question(stage: Stage, item: HTMLElement): HTMLElement {
    const {view, words} = stage;
    const number = filled(words.question, {n: view.item?.n ?? ''});
    const form = make('form', {class: 'card', novalidate: '', 'aria-labelledby': 'number'},
        make('h2', {id: 'number', class: 'number', tabindex: '-1'}, number),
        ...(view.invalid ? [make('p', {class: 'error', role: 'alert', id: 'invalid'}, view.invalid)] : []),
        item,
        make('div', {class: 'actions'},
            button(words.submit, () => stage.act('answer'), {class: 'main'}),
            button(words.unknown, () => stage.act('unknown'))),
        make('div', {class: 'actions minor'}, button(words.pause, () => stage.act('pause'), {class: 'quiet'})));
    // By hand: a frame without `allow-forms` sends no form, and says nothing.
    form.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' && !event.isComposing && event.target instanceof HTMLInputElement) {
            event.preventDefault();
            stage.act('answer');
        }
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    return make('div', {}, make('header', {class: 'top'}, make('h1', {}, view.title)), doubt(stage),
        ...paragraph(view.notice, {class: 'note', role: 'status'}), form);
}
