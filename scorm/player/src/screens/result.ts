// SPDX-License-Identifier: GPL-3.0-or-later
import {make} from '../question/parts';
import type {ResultView} from '../view';
import {map} from './map';
import {button, drawing, heading, paragraph, type Stage} from './parts';

function chart(of: NonNullable<ResultView['distribution']>): HTMLElement {
    const most = Math.max(1, ...of.levels.map(({percent}) => percent));
    const bars = of.levels.map(({number, percent, mine, text}) => {
        const height = Math.max(percent > 0 ? 2 : 0, (100 * percent) / most);
        return make('li', mine ? {class: 'mine'} : {},
            make('span', {class: 'hidden-text'}, text),
            make('span', {'aria-hidden': 'true'}, percent > 0 ? `${percent} %` : '–'),
            drawing(20, 100, [['rect', {x: 1, y: 100 - height, width: 18, height}]]),
            make('span', {class: 'number', 'aria-hidden': 'true'}, String(number)));
    });
    return make('figure', {class: 'level-map'}, make('figcaption', {}, of.title), make('ol', {}, ...bars));
}

/** The level in words first, its number second, the margin always. */
export function result(stage: Stage, repeats: boolean, leave?: () => void, leaves: 'back_to_platform' | 'back_to_start' = 'back_to_platform'): HTMLElement {
    const {view, words} = stage;
    const of = view.result as ResultView;
    const can = of.you_can.length ? [make('h2', {}, words.you_can), make('ul', {}, ...of.you_can.map((text) => make('li', {}, text)))] : [];
    const next = of.next_steps ? [make('h2', {}, of.next_steps.title), make('ul', {}, ...of.next_steps.texts.map((text) => make('li', {}, text)))] : [];
    return make('div', {class: 'card'}, make('p', {class: 'note'}, view.title),
        heading(of.headline, {class: 'headline'}), ...paragraph(of.margin, {class: 'margin'}),
        ...(of.distribution ? [chart(of.distribution)] : []),
        ...of.decisions.flatMap((text) => paragraph(text)), ...paragraph(of.provisional_text), ...paragraph(of.stop, {class: 'note'}),
        ...can, ...(of.map ? [map(of.map)] : []), ...next,
        make('div', {class: 'actions'}, button(words.understand, () => stage.act('story'), {class: 'main'}),
            ...(repeats ? [button(words.again, () => stage.act('begin'))] : []), ...(leave ? [button(words[leaves], leave)] : [])));
}
