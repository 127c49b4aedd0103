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
            make('button', {type: 'submit', class: 'main'}, words.submit),
            button(words.unknown, () => stage.act('unknown'))),
        make('div', {class: 'actions minor'}, button(words.pause, () => stage.act('pause'), {class: 'quiet'})));
    form.addEventListener('submit', (event) => {
        event.preventDefault();
        stage.act('answer');
    });
    return make('div', {}, make('header', {class: 'top'}, make('h1', {}, view.title)), doubt(stage),
        ...paragraph(view.notice, {class: 'note', role: 'status'}), form);
}
