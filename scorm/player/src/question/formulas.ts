// SPDX-License-Identifier: GPL-3.0-or-later
// Formulas in TeX, between the marks of Moodle's MathJax and TeX filters, become MathML by Temml: a script of its own beside the
// player, loaded when the first formula is met. What cannot be read stays as it was typed.
import {mathml} from './content';

interface Temml {
    renderToString(tex: string, options: Record<string, unknown>): string;
}

declare global {
    interface Window {
        temml?: Temml;
    }
}

const MARKS = /\$\$([^]+?)\$\$|\\\[([^]+?)\\\]|(\\begin\{([a-z]+\*?)\}[^]+?\\end\{\4\})|\\\(([^]+?)\\\)|\[tex\]([^]+?)\[\/tex\]/g;
/** Elements whose text stays as it is. */
const PLAIN = 'code, pre, option, textarea, script, style, math';

const beside = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : document.baseURI;
let loading: Promise<Temml | null> | null = null;

function library(): Promise<Temml | null> {
    loading ??= new Promise((resolve) => {
        const script = document.createElement('script');
        script.charset = 'utf-8';
        script.src = new URL('temml.min.js', beside).href;
        script.addEventListener('load', () => resolve(window.temml ?? null));
        script.addEventListener('error', () => {
            loading = null;
            resolve(null);
        });
        document.head.append(script);
    });
    return loading;
}

export function hasFormula(text: string): boolean {
    return text.search(MARKS) >= 0;
}

/** The formulas of the page's part as MathML, where the library is there and can read them. */
export async function typeset(part: HTMLElement): Promise<void> {
    const temml = await library();
    if (!temml) {
        return;
    }
    part.normalize();
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) {
        const text = walker.currentNode as Text;
        if (hasFormula(text.data) && !text.parentElement?.closest(PLAIN)) {
            texts.push(text);
        }
    }
    for (const text of texts) {
        text.replaceWith(...drawn(temml, text.data));
    }
}

function drawn(temml: Temml, text: string): (Node | string)[] {
    const nodes: (Node | string)[] = [];
    let done = 0;
    for (const found of text.matchAll(MARKS)) {
        const [whole, dollars, square, block, , round, tex] = found;
        const display = dollars ?? square ?? block;
        const formula = mathOf(temml, display ?? round ?? tex, display !== undefined);
        nodes.push(text.slice(done, found.index), formula ?? whole);
        done = found.index + whole.length;
    }
    nodes.push(text.slice(done));
    return nodes;
}

function mathOf(temml: Temml, tex: string, displayMode: boolean): Node | null {
    try {
        const written = temml.renderToString(tex, {displayMode, xml: true, trust: false, throwOnError: true, maxExpand: 1000, maxSize: [20, 20]});
        const math = new DOMParser().parseFromString(written, 'application/xml').documentElement;
        return math.localName === 'math' ? mathml(math) : null;
    } catch {
        return null;
    }
}
