// SPDX-License-Identifier: GPL-3.0-or-later

/** The identifier that an NCName of ours stands for: "_xHH_" is a byte (adapters/formats/qti3.hpp). */
export function fromNcname(name: string): string {
    const bytes: number[] = [];
    for (let i = 0; i < name.length;) {
        const escape = /^_x([0-9A-F]{2})_/.exec(name.slice(i, i + 5));
        if (escape) {
            bytes.push(parseInt(escape[1], 16));
            i += 5;
        } else {
            bytes.push(...new TextEncoder().encode(name[i]));
            i += 1;
        }
    }
    return new TextDecoder().decode(new Uint8Array(bytes));
}
