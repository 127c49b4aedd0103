// SPDX-License-Identifier: GPL-3.0-or-later
import {make} from '../question/parts';
import type {StoryEntry, StoryView} from '../view';
import {button, drawing, heading, paragraph, type Stage} from './parts';

/** Level and margin after each question; the same in words stands below it. */
function curve(of: StoryView, stage: Stage): HTMLElement[] {
    const points = of.entries.filter((entry): entry is StoryEntry & {level: number; low: number; high: number} =>
        entry.level !== null && entry.low !== null && entry.high !== null);
    if (points.length < 2) {
        return [];
    }
    const low = Math.floor(Math.min(...points.map((point) => point.low)));
    const high = Math.max(low + 1, Math.ceil(Math.max(...points.map((point) => point.high))));
    const x = (i: number): number => 10 + (580 * i) / (points.length - 1);
    const y = (level: number): number => 10 + (140 * (high - level)) / (high - low);
    const lines: [string, Record<string, string | number>][] = [];
    for (let level = low; level <= high; level++) {
        lines.push(['line', {x1: 0, x2: 600, y1: y(level), y2: y(level), class: 'grid'}]);
    }
    const there = points.map((point, i) => `${x(i)},${y(point.high)}`);
    const back = points.map((point, i) => `${x(i)},${y(point.low)}`).reverse();
    lines.push(['polygon', {points: [...there, ...back].join(' '), class: 'margin'}],
        ['polyline', {points: points.map((point, i) => `${x(i)},${y(point.level)}`).join(' '), class: 'line'}]);
    const levels = make('div', {class: 'axis', 'aria-hidden': 'true'}, make('span', {}, String(high)), make('span', {}, String(low)));
    return [make('figure', {class: 'curve'}, make('figcaption', {}, of.curve_title),
        make('div', {class: 'plot'}, levels, drawing(600, 160, lines))),
    ...(of.curve_text ? [make('details', {}, make('summary', {}, stage.words.in_words), make('p', {}, of.curve_text))] : [])];
}

/** The test as a story, one line a question. */
export function story(stage: Stage): HTMLElement {
    const {view} = stage;
    const of = view.story as StoryView;
    const entries = of.entries.map((entry) => make('li', {},
        make('p', {}, make('strong', {}, entry.label), ` – ${entry.outcome}`), make('p', {}, entry.told)));
    return make('div', {class: 'card story'}, heading(stage.words.story), ...paragraph(of.intro),
        ...curve(of, stage), make('ol', {}, ...entries), ...paragraph(of.stop), ...paragraph(of.summary),
        make('div', {class: 'actions'}, button(stage.words.back_to_result, () => stage.act('result'), {class: 'main'})));
}
