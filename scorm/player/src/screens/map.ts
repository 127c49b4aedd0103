// SPDX-License-Identifier: GPL-3.0-or-later
import {make} from '../question/parts';
import type {MapRow, MapView} from '../view';
import {drawing, paragraph} from './parts';

type Part = [string, Record<string, string | number>];

const rectangle = ([from, to]: [number, number], kind: string, y: number, height: number): Part =>
    ['rect', {class: kind, x: from, width: to - from, y, height}];

/** The margin as a band, the level as a square that stands out of it: told apart by height, not by colour alone. */
function bar(of: NonNullable<MapRow['bar']>, ticks: MapView['ticks']): SVGElement {
    const width = 100 / Math.max(1, ticks.length);
    return drawing(100, 20, [
        ...ticks.slice(1).map(({at}): Part => ['line', {class: 'tick', x1: at - width / 2, x2: at - width / 2, y1: 0, y2: 20}]),
        rectangle(of.margin, of.borrowed ? 'borrowed' : 'margin', 5, 10),
        ...(of.mark ? [rectangle(of.mark, 'mark', of.borrowed ? 5 : 1, of.borrowed ? 10 : 18)] : [])]);
}

function row(of: MapRow, ticks: MapView['ticks'], name: HTMLElement): HTMLElement[] {
    return [name, make('p', {class: 'told'}, of.text), ...paragraph(of.required, {class: 'told'}),
        ...paragraph(of.questions, {class: 'told note'}),
        ...(of.bar ? [make('div', {class: of.bar.borrowed ? 'bar as-domain' : 'bar'}, bar(of.bar, ticks))] : [])];
}

function axis(ticks: MapView['ticks']): HTMLElement[] {
    return ticks.length ? [make('p', {class: 'map-axis', 'aria-hidden': 'true'}, ...ticks.map(({text}) => make('span', {}, text)))] : [];
}

/** What the bars say, in a table. */
function table(of: MapView): HTMLElement {
    const words = of.table;
    const line = (one: MapRow, scope: string): HTMLElement => make('tr', {}, make('th', {scope}, one.name),
        make('td', {}, one.required ? `${one.text}; ${one.required}` : one.text), make('td', {}, String(one.n)));
    const head = make('thead', {}, make('tr', {}, ...[words.competence, words.result, words.questions].map((text) => make('th', {scope: 'col'}, text))));
    const bodies = of.domains.map((domain) => make('tbody', {}, ...(domain.row ? [line(domain.row, 'rowgroup')] : []),
        ...domain.scales.map((scale) => line(scale, 'row'))));
    return make('details', {class: 'map-table'}, make('summary', {}, words.title),
        make('table', {}, make('caption', {class: 'hidden-text'}, of.title), head, ...bodies));
}

/** A level for each competence, domain by domain, each with its margin. */
export function map(of: MapView): HTMLElement {
    const domains = of.domains.map((domain) => make('section', {class: 'map-domain'},
        ...(domain.row ? row(domain.row, of.ticks, make('h3', {}, domain.row.name)) : []),
        ...(domain.row?.bar || domain.scales.some(({bar: one}) => one) ? axis(of.ticks) : []),
        make('ul', {}, ...domain.scales.map((scale) => make('li', {}, ...row(scale, of.ticks, make('p', {class: 'name'}, scale.name)))))));
    return make('div', {class: 'map'}, make('h2', {}, of.title), ...of.reading.flatMap((text) => paragraph(text, {class: 'note'})),
        ...domains, table(of));
}
