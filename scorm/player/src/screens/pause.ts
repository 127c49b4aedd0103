// SPDX-License-Identifier: GPL-3.0-or-later
import {make} from '../question/parts';
import {button, heading, paragraph, type Stage} from './parts';

/** Go on, or end here: two equal choices. */
export function pause(stage: Stage): HTMLElement {
    const {strings, notice} = stage.view;
    return make('div', {class: 'card'}, heading(strings.paused ?? strings.pause), ...paragraph(strings.paused_text ?? null),
        ...paragraph(notice, {class: 'note'}),
        make('ul', {class: 'calm'},
            make('li', {}, button(strings.resume, () => stage.act('resume'))),
            make('li', {}, button(strings.stop, () => stage.act('stop'), {'aria-describedby': 'stop-text'}),
                make('p', {id: 'stop-text'}, strings.stop_text ?? ''))));
}
