// SPDX-License-Identifier: GPL-3.0-or-later
import {make} from '../question/parts';
import type {View} from '../view';
import type {Words} from '../words';

/** What a screen needs of the application around it. */
export interface Stage {
    view: View;
    words: Words;
    /** Runs a step of the host, which gives the next View. */
    act(step: Step): void;
}

export type Step = 'begin' | 'answer' | 'unknown' | 'pause' | 'resume' | 'stop' | 'result' | 'story';

/** The heading of a screen, to which the focus moves. */
export function heading(text: string, attributes: Record<string, string> = {}): HTMLHeadingElement {
    return make('h1', {tabindex: '-1', ...attributes}, text);
}

export function button(text: string, act: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
    const element = make('button', {type: 'button', ...attributes}, text);
    element.addEventListener('click', act);
    return element;
}

/** A paragraph, or nothing for no text. */
export function paragraph(text: string | null, attributes: Record<string, string> = {}): HTMLElement[] {
    return text ? [make('p', attributes, text)] : [];
}

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing without any style attribute, which a strict policy would refuse. */
export function drawing(width: number, height: number, parts: [string, Record<string, string | number>][]): SVGElement {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    for (const [name, attributes] of parts) {
        const part = document.createElementNS(SVG, name);
        for (const [key, value] of Object.entries(attributes)) {
            part.setAttribute(key, String(value));
        }
        svg.append(part);
    }
    return svg;
}
