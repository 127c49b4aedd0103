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
    const {words, view: {notice}} = stage;
    return make('div', {class: 'card'}, heading(words.paused), ...paragraph(words.paused_text),
        ...paragraph(notice, {class: 'note'}),
        choices(stage, [['resume', words.resume], ['stop', words.stop, words.stop_text]]));
}

/** Where a test goes badly: four equal choices, and no word of failure. */
export function calm(stage: Stage): HTMLElement {
    const {words} = stage;
    return make('div', {class: 'card'}, heading(words.calm), ...paragraph(words.calm_text),
        choices(stage, [['resume', words.calm_continue, words.calm_continue_text],
            ['pause', words.calm_together, words.calm_together_text],
            ['pause', words.calm_paper, words.calm_paper_text],
            ['stop', words.stop, words.stop_text]]));
}
