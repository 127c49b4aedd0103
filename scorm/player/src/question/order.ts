// SPDX-License-Identifier: GPL-3.0-or-later
// Things to put in order: a list of places for each of them, and buttons up and down. No dragging.
import {content, plain} from './content';
import {fromNcname} from './identifiers';
import type {Field, Surroundings} from './field';
import {make, promptOf} from './parts';
import {filled} from '../words';

interface Row {
    id: string;
    text: string;
    element: HTMLElement;
    place: HTMLSelectElement;
    up: HTMLButtonElement;
    down: HTMLButtonElement;
}

export function orderField(body: Element, around: Surroundings): Field {
    const {words} = around;
    const interaction = body.querySelector('qti-order-interaction') as Element;
    const prompt = promptOf(interaction, around);
    const legend = make('legend', {id: `${around.prefix}-legend`}, words.put_in_order);
    const list = make('ol', {class: 'order'});
    const group = make('fieldset', {'aria-labelledby': `${prompt.id} ${legend.id}`}, legend, list);
    const things = Array.from(interaction.querySelectorAll('qti-simple-choice'));
    let rows = things.map((thing, n): Row => {
        const text = make('div', {class: 'order-text', id: `${around.prefix}-thing-${n}`, lang: around.language, dir: 'auto'});
        text.append(content(thing, around.assets));
        const name = plain(thing);
        const place = make('select', {'aria-label': filled(words.place_of, {text: name})},
            ...things.map((_, k) => make('option', {value: String(k)}, String(k + 1))));
        const arrow = (sign: string): HTMLSpanElement => make('span', {'aria-hidden': 'true'}, sign);
        const up = make('button', {type: 'button', class: 'move', 'aria-label': filled(words.move_up, {text: name})}, arrow('↑'));
        const down = make('button', {type: 'button', class: 'move', 'aria-label': filled(words.move_down, {text: name})}, arrow('↓'));
        const id = fromNcname(thing.getAttribute('identifier') ?? '');
        place.name = id;
        return {id, text: name, place, up, down,
            element: make('li', {}, place, text, make('div', {class: 'moves'}, up, down))};
    });
    if (around.saved && 'order' in around.saved) {
        const {order} = around.saved;
        rows = [...rows].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
    }

    const draw = (): void => {
        rows.forEach((row, n) => {
            row.place.value = String(n);
            row.up.setAttribute('aria-disabled', String(n === 0));
            row.down.setAttribute('aria-disabled', String(n === rows.length - 1));
            if (list.children[n] !== row.element) {
                list.insertBefore(row.element, list.children[n] ?? null);
            }
        });
    };
    const move = (row: Row, to: number, focus: HTMLElement): void => {
        if (to < 0 || to >= rows.length) {
            return;
        }
        rows = rows.filter((other) => other !== row);
        rows.splice(to, 0, row);
        draw();
        focus.focus();
        around.announce(filled(words.moved, {text: row.text, place: to + 1, of: rows.length}));
    };
    for (const row of rows) {
        row.up.addEventListener('click', () => move(row, rows.indexOf(row) - 1, row.up));
        row.down.addEventListener('click', () => move(row, rows.indexOf(row) + 1, row.down));
        row.place.addEventListener('change', () => move(row, Number(row.place.value), row.place));
    }
    draw();
    return {
        element: make('div', {}, prompt, group),
        response: () => ({order: rows.map((row) => row.id)}),
        complete: () => true,
    };
}
