// SPDX-License-Identifier: GPL-3.0-or-later
// The adapter between the screens and what draws an item. Nothing above it knows how an item is drawn, so that a
// library can take this place (docs/player.md says why none does today).
import type {Words} from '../words';
import {choiceField} from './choice';
import {clozeField} from './cloze';
import type {Assets} from './content';
import type {Field, Response} from './field';
import {hasFormula, typeset} from './formulas';
import {gapField} from './gaps';
import {matchField} from './match';
import {orderField} from './order';
import {typedField} from './typed';

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = ['ar', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi'];

export class Item {
    readonly element: HTMLElement;
    private field: Field | null = null;
    /** Done when the formulas of the item are drawn. */
    typeset: Promise<void> = Promise.resolve();

    constructor(private readonly words: Words, private readonly announce: (text: string) => void) {
        this.element = document.createElement('div');
        this.element.className = 'item';
    }

    /** Draws an item of QTI 3 in place of the last. Throws if the item cannot be drawn. */
    load(xml: string, saved: Response | null, assets: Assets): void {
        const item = new DOMParser().parseFromString(xml, 'application/xml');
        const body = item.querySelector('qti-item-body');
        if (item.querySelector('parsererror') || !body) {
            throw new Error(`not an item of QTI 3: ${xml.slice(0, 80)}`);
        }
        const language = item.documentElement.getAttribute('xml:lang') || document.documentElement.lang;
        const surroundings = {language, words: this.words, assets, prefix: 'item', announce: this.announce, saved};
        const draw = (['[data-palier-type="cloze"]', 'qti-choice-interaction', 'qti-match-interaction', 'qti-order-interaction',
            'qti-inline-choice-interaction[data-palier-gap]', 'qti-text-entry-interaction'] as const)
            .find((name) => body.querySelector(name));
        switch (draw) {
            case '[data-palier-type="cloze"]': this.field = clozeField(body, surroundings); break;
            case 'qti-choice-interaction': this.field = choiceField(body, surroundings); break;
            case 'qti-match-interaction': this.field = matchField(body, surroundings); break;
            case 'qti-order-interaction': this.field = orderField(body, surroundings); break;
            case 'qti-inline-choice-interaction[data-palier-gap]': this.field = gapField(body, surroundings); break;
            case 'qti-text-entry-interaction': this.field = typedField(body, surroundings); break;
            default: throw new Error('an item without an interaction that the player draws');
        }
        this.element.replaceChildren(this.field.element);
        // The tasks are in the reader's words, French or English; what belongs to the question's own runs as they do.
        this.element.classList.toggle('right-to-left', RIGHT_TO_LEFT.includes(language.toLowerCase().split(/[-_]/)[0]));
        if (hasFormula(this.element.textContent ?? '')) {
            this.typeset = typeset(this.field.element);
        }
    }

    getResponse(): Response | null {
        return this.field ? this.field.response() : null;
    }

    complete(): boolean {
        return this.field !== null && this.field.complete();
    }

    setDisabled(disabled: boolean): void {
        for (const field of Array.from(this.element.querySelectorAll<HTMLInputElement>('input, select, button'))) {
            field.disabled = disabled;
        }
    }
}
