// SPDX-License-Identifier: GPL-3.0-or-later
import {make} from '../question/parts';
import type {Concern} from '../host/host';
import type {Language} from '../words';
import {button, heading, paragraph, type Stage} from './parts';

/** What the test is for, how long, who sees what; one button. The information notice is one click away. */
export function before(stage: Stage, notice: string | null, concerns: readonly Concern[], choose: (language: Language) => void): HTMLElement {
    const {view, words} = stage;
    const languages = make('nav', {class: 'languages', 'aria-label': words.language}, ...(['fr', 'en'] as const).map((language) => {
        const name = language === 'fr' ? 'Français' : 'English';
        return button(name, () => choose(language), {lang: language, class: 'quiet', 'aria-pressed': String(view.lang === language)});
    }));
    const sections = view.before?.sections.flatMap(({heading: title, text}) => [make('h2', {}, title), make('p', {}, text)]) ?? [];
    const warnings = concerns.map((concern) => make('div', {class: 'concern', role: 'alert'}, make('p', {}, words[concern]),
        ...(concern === 'no_lms' ? [button(words.reload, () => location.reload())] : [])));
    return make('div', {class: 'card'}, languages, heading(view.title), ...warnings, ...paragraph(view.notice, {class: 'note'}), ...sections,
        ...(notice ? [make('details', {}, make('summary', {}, words.information), make('p', {}, notice))] : []),
        make('div', {class: 'actions'}, button(words.begin, () => stage.act('begin'), {class: 'main'})));
}
