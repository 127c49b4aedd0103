// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the player, in French and English: two themes of the catalogue (adapters/words). All others come with the
// screens.
import page from '../../../adapters/words/catalogue/page.json';
import player from '../../../adapters/words/catalogue/player.json';

export type Language = 'fr' | 'en';
export type Words = Record<keyof typeof page | keyof typeof player, string>;

interface Entry {
    fr?: string;
    en?: string;
    as?: string;
}

const entries: Record<string, Entry> = {...page, ...player};

/** French with its no-break spaces, as adapters/words/table.cmake makes them. */
const spaced = (text: string): string => text.replace(/ ([:;!?»%])/g, '\u00a0$1').replace(/« /g, '«\u00a0');

function words(language: Language): Words {
    const text = (entry: Entry): string => entry.as ? text(entries[entry.as] ?? {}) : entry[language] ?? '';
    return Object.fromEntries(Object.entries(entries).map(([key, entry]) =>
        [key, language === 'fr' ? spaced(text(entry)) : text(entry)])) as Words;
}

const all = {fr: words('fr'), en: words('en')};

export function wordsFor(language: Language): Words {
    return all[language];
}

/** The text with its places filled: {n}. */
export function filled(text: string, values: Record<string, string | number>): string {
    return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** French if a French tag comes first, else English. */
export function languageOf(tags: readonly string[]): Language {
    const known = tags.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'fr' || tag === 'en');
    return known === 'fr' ? 'fr' : 'en';
}
