// SPDX-License-Identifier: GPL-3.0-or-later
// The body of an item as elements of the page. What is drawn is allow-listed here once more, although the converter
// has cleaned it: no script, style, handler or address of elsewhere comes from an item's file.

const HTML = new Set(('a abbr article aside audio b bdi bdo blockquote br caption cite code col colgroup dd dfn div dl dt em '
    + 'figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img kbd li ol p pre q rp rt ruby samp section small source span '
    + 'strong sub sup table tbody td tfoot th thead tr track u ul var video').split(' '));
const MATH = new Set(('math menclose mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt '
    + 'mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none').split(' '));
const ATTRIBUTES = new Set(('dir title alt width height colspan rowspan scope start span controls type display mathvariant '
    + 'fence separator stretchy open close linethickness columnalign accent notation kind label srclang default reversed value').split(' '));
/** What Temml writes besides. */
const MATH_MORE = new Set(['ms']);
const MATH_ATTRIBUTES = new Set(('columnlines columnspacing depth displaystyle form height largeop lspace maxsize minsize '
    + 'movablelimits rowlines rowspacing rspace scriptlevel symmetric voffset width accentunder').split(' '));
/** QTI has no elements for these lines (adapters/formats/html_rules.hpp). */
const LINES: Record<string, string> = {'qti-underline': 'u', 'qti-line-through': 's'};
const ASSET = /^assets\/([A-Za-z0-9._-]+)$/;
const MATH_NAMESPACE = 'http://www.w3.org/1998/Math/MathML';

/** The address of a file of the item, by its path in the item ("assets/NAME"). */
export type Assets = (path: string) => string;

/** What an element of the item becomes, where it is no text but a field; undefined for all others. */
export type Field = (element: Element) => Node | undefined;

/** The content of an element of the item, copied into the page. */
export function content(from: Element, assets: Assets, field: Field = () => undefined): DocumentFragment {
    const result = document.createDocumentFragment();
    for (const node of Array.from(from.childNodes)) {
        if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE) {
            result.append(node.textContent ?? '');
        } else if (node.nodeType === Node.ELEMENT_NODE) {
            result.append(copy(node as Element, assets, field));
        }
    }
    return result;
}

function copy(from: Element, assets: Assets, field: Field): Node {
    const made = field(from);
    if (made) {
        return made;
    }
    const name = from.localName === 'span' ? LINES[from.getAttribute('class') ?? ''] ?? 'span' : from.localName;
    const below = content(from, assets, field);
    if (name !== 's' && !HTML.has(name) && !MATH.has(name)) {
        return below;
    }
    const to = MATH.has(name) ? document.createElementNS(MATH_NAMESPACE, name) : document.createElement(name);
    for (const {localName, value} of Array.from(from.attributes)) {
        if (localName === 'lang') {
            to.setAttribute('lang', value);
        } else if (ATTRIBUTES.has(localName)) {
            to.setAttribute(localName, value);
        } else if (localName === 'src' && ASSET.test(value)) {
            to.setAttribute('src', assets(value));
        } else if (localName === 'href' && ASSET.test(value)) {
            const address = assets(value);
            to.setAttribute('href', address);
            if (address.startsWith('data:')) {
                // No browser opens such an address in a window of its own, so the file is saved.
                to.setAttribute('download', ASSET.exec(value)?.[1] ?? '');
            } else {
                to.setAttribute('target', '_blank');
                to.setAttribute('rel', 'noopener noreferrer');
            }
        } else if (localName === 'href' && /^(https?|mailto):/i.test(value)) {
            to.setAttribute('href', value);
            to.setAttribute('target', '_blank');
            to.setAttribute('rel', 'noopener noreferrer');
        }
    }
    to.append(below);
    return name === 'table' ? scrolling(to) : to;
}

/** A formula that Temml wrote, copied into the page: no style, class or address comes with it. */
export function mathml(from: Element): Element {
    const to = document.createElementNS(MATH_NAMESPACE, from.localName);
    for (const {localName, value} of Array.from(from.attributes)) {
        if (ATTRIBUTES.has(localName) || MATH_ATTRIBUTES.has(localName)) {
            to.setAttribute(localName, value);
        }
    }
    for (const node of Array.from(from.childNodes)) {
        if (node.nodeType === Node.TEXT_NODE) {
            to.append(node.textContent ?? '');
        } else if (node.nodeType === Node.ELEMENT_NODE && (MATH.has((node as Element).localName) || MATH_MORE.has((node as Element).localName))) {
            to.append(mathml(node as Element));
        }
    }
    return to;
}

/** A table that is wider than the screen is moved by touch and by the keyboard. */
function scrolling(table: Element): HTMLElement {
    const box = document.createElement('div');
    box.className = 'scroll';
    box.tabIndex = 0;
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', document.documentElement.lang === 'fr' ? 'Tableau' : 'Table');
    box.append(table);
    return box;
}

/** The text of an element in one line. */
export function plain(element: Element): string {
    return (element.textContent ?? '').replace(/\s+/g, ' ').trim();
}
