// SPDX-License-Identifier: GPL-3.0-or-later
import {make} from '../question/parts';
import {button, heading, paragraph, type Stage, type Step} from './parts';

/** Equal choices: [what it does, its button, what it means]. */
function choices(stage: Stage, list: [Step, string, string?][]): HTMLElement {
    return make('ul', {class: 'calm'}, ...list.map(([step, text, meaning], i) => make('li', {},
        button(text, () => stage.act(step), meaning ? {'aria-describedby': `choice-${i}`} : {}),
        ...paragraph(meaning ?? null, {id: `choice-${i}`}))));
}

/** Go on, or end here: two equal choices. */
export function pause(stage: Stage): HTMLElement {
    const {strings, notice} = stage.view;
    return make('div', {class: 'card'}, heading(strings.paused), ...paragraph(strings.paused_text),
        ...paragraph(notice, {class: 'note'}),
        choices(stage, [['resume', strings.resume], ['stop', strings.stop, strings.stop_text]]));
}

/** Where a test goes badly: four equal choices, and no word of failure. */
export function calm(stage: Stage): HTMLElement {
    const {strings} = stage.view;
    return make('div', {class: 'card'}, heading(strings.calm), ...paragraph(strings.calm_text),
        choices(stage, [['resume', strings.calm_continue, strings.calm_continue_text],
            ['pause', strings.calm_together, strings.calm_together_text],
            ['pause', strings.calm_paper, strings.calm_paper_text],
            ['stop', strings.stop, strings.stop_text]]));
}
