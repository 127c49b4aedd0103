#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes unicode_tables.inc from Python's own Unicode tables: python3 unicode_tables.py > unicode_tables.inc"""

import sys
import unicodedata as ud

HANGUL = range(0xAC00, 0xD7A4)
ALL = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF and c not in HANGUL]


def canonical(c):
    parts = ud.decomposition(chr(c))
    return [] if not parts or parts.startswith('<') else [int(p, 16) for p in parts.split()]


def simple_fold(c):
    """Full folding where it is one code point; else the simple lower case; final sigma and long s fold too."""
    if c in (0x130, 0x131):
        return c
    full = chr(c).casefold()
    if len(full) == 1:
        return ord(full)
    lower = chr(c).lower()
    return ord(lower) if len(lower) == 1 else c


def rows(values, per_line):
    lines = [', '.join(values[i:i + per_line]) for i in range(0, len(values), per_line)]
    return ',\n    '.join(lines)


def ranges(pairs):
    """(first, last, step, delta) of runs of code points with the same distance and the same delta."""
    out = []
    for c, delta in pairs:
        if out and out[-1][3] == delta:
            first, last, step, _ = out[-1]
            gap = c - last
            if gap in (1, 2) and (first == last or gap == step):
                out[-1] = (first, c, gap, delta)
                continue
        out.append((c, c, 1, delta))
    return out


def main():
    print('// SPDX-License-Identifier: GPL-3.0-or-later')
    print(f'// Made by unicode_tables.py from Unicode {ud.unidata_version}. Do not edit.')
    decompositions = [(c, *canonical(c)) for c in ALL if canonical(c)]
    print('\n// Code point, first and second part of its canonical decomposition (0: none).')
    print('constexpr char32_t decompositions[][3] = {\n    ' + rows(
        ['{0x%X, 0x%X, 0x%X}' % (d[0], d[1], d[2] if len(d) > 2 else 0) for d in decompositions], 4) + '};')
    composed = [d for d in decompositions if len(d) == 3 and ud.normalize('NFC', chr(d[0])) == chr(d[0])]
    composed.sort(key=lambda d: (d[1], d[2]))
    print('\n// First and second part, and what they compose to.')
    print('constexpr char32_t compositions[][3] = {\n    ' + rows(
        ['{0x%X, 0x%X, 0x%X}' % (d[1], d[2], d[0]) for d in composed], 4) + '};')
    classes = []
    for c in ALL:
        value = ud.combining(chr(c))
        if value and classes and classes[-1][1] == c - 1 and classes[-1][2] == value:
            classes[-1] = (classes[-1][0], c, value)
        elif value:
            classes.append((c, c, value))
    print('\n// First and last code point of a run, and its combining class.')
    print('constexpr char32_t combining_classes[][3] = {\n    ' + rows(
        ['{0x%X, 0x%X, %d}' % k for k in classes], 5) + '};')
    folds = [(c, simple_fold(c) - c) for c in ALL if simple_fold(c) != c]
    print('\n// First and last code point of a run, its step, and what folding adds.')
    print('constexpr std::int32_t case_folds[][4] = {\n    ' + rows(
        ['{0x%X, 0x%X, %d, %d}' % r for r in ranges(folds)], 5) + '};')


sys.exit(main())
