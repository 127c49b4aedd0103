// SPDX-License-Identifier: GPL-3.0-or-later
// What a question asks of each kind of interaction, and gives it.
import type {Words} from '../words';
import type {Assets} from './content';

/** A response as adapters/formats/response.hpp has it. */
export type Response =
    | {choices: string[]} | {choice: string} | {pairs: Record<string, string>} | {order: string[]} | {text: string; unit?: string};

/** What one kind of interaction draws and reads. */
export interface Field {
    readonly element: HTMLElement;
    response(): Response;
    /** Whether a person has answered all of it: what is left open is asked for once. */
    complete(): boolean;
}

export interface Surroundings {
    words: Words;
    assets: Assets;
    /** Of the item's texts; that of the page where it is empty. */
    language: string;
    /** The start of identifiers in the page. */
    prefix: string;
    /** Says something to a person who does not see the page. */
    announce: (text: string) => void;
    saved: Response | null;
}
