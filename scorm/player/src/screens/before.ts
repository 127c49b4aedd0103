// SPDX-License-Identifier: GPL-3.0-or-later
import {make} from '../question/parts';
import type {Concern} from '../host/host';
import type {Theme} from '../host/engine';
import type {Language} from '../words';
import {button, heading, paragraph, type Stage} from './parts';

/** What the test is for, how long, who sees what; one button. The information notice is one click away. */
export function before(stage: Stage, notice: string | null, theme: Theme | null, named: boolean, concerns: readonly Concern[], choose: (language: Language) => void): HTMLElement {
    const {view, words} = stage;
    const languages = make('nav', {class: 'languages', 'aria-label': words.language}, ...(['fr', 'en'] as const).map((language) => {
        const name = language === 'fr' ? 'Français' : 'English';
        return button(name, () => choose(language), {lang: language, class: 'quiet', 'aria-pressed': String(view.lang === language)});
    }));
    const sections = view.before?.sections.flatMap(({heading: title, text}) => [make('h2', {}, title), make('p', {}, text)]) ?? [];
    const warnings = concerns.map((concern) => make('div', {class: 'concern', role: 'alert'}, make('p', {}, words[concern]),
        ...(concern === 'no_lms' ? [button(words.reload, () => location.reload())] : [])));
    const said = (text: string | Record<string, string> | null | undefined): string =>
        typeof text === 'string' ? text : text?.[view.lang] ?? text?.en ?? Object.values(text ?? {})[0] ?? '';
    const logo = theme?.logo ? [make('img', {class: 'logo', src: theme.logo, alt: said(theme.logo_text)})] : [];
    return make('div', {class: 'card'}, languages, ...logo, heading(view.title), ...paragraph(said(theme?.description)), ...warnings, ...paragraph(view.notice, {class: 'note'}), ...sections,
        ...(notice ? [make('details', {}, make('summary', {}, words.information), make('p', {}, notice))] : []),
        ...(named ? [make('p', {class: 'named'}, make('label', {for: 'name'}, words.first_name), ' ',
            make('input', {id: 'name', type: 'text', maxlength: '60', autocomplete: 'given-name'}))] : []),
        make('div', {class: 'actions'}, button(words.begin, () => stage.act('begin'), {class: 'main'})));
}
