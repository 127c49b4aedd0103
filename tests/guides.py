#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A guide says the same in English and in French: as many headings of each level, rows of tables, points of lists and blocks of
code, in the same order, and the line that leads to the other language. Of all pages that name another language, among them those
that the Moodle plugin shows."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
LEADS = re.compile(r"^\*(En français|In English)\s*: \[[\w.-]+\]\(([\w.-]+)\)", flags=re.M)
PARTS = {"heading": r"#+ ", "row of a table": r"\|", "point of a list": r" *(?:-|\d+\.) "}


def shape(page):
    """Its parts by their lines; what stands in a block of code is one part."""
    parts, inside = [], False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            inside = not inside
            if inside:
                parts.append(("block of code", number))
            continue
        if inside:
            continue
        for name, start in PARTS.items():
            found = re.match(start, line)
            if found:
                parts.append((f"{name} of level {len(found[0]) - 1}" if name == "heading" else name, number))
    return parts


def main():
    pages = [*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")]
    pairs, faults = {}, []
    for page in pages:
        found = LEADS.search(page.read_text(encoding="utf-8"))
        if found and found[1] == "En français":
            pairs[page] = page.parent / found[2]
    listed = re.search(r"const PAGES = \[(.*?)\];", (ROOT / "adapters/moodle/mod_palier/classes/local/guide.php").read_text(), flags=re.S)
    shown = dict(re.findall(r"'([a-z-]+)' => '([a-z-]+)'", listed[1]))
    for english, french in shown.items():
        if pairs.get(ROOT / f"docs/{english}.md") != ROOT / f"docs/{french}.md":
            faults.append(f"docs/{english}.md does not lead to docs/{french}.md by a line '*En français : [{french}.md]({french}.md)'")
    for english, french in pairs.items():
        names = f"{english.relative_to(ROOT)} and {french.relative_to(ROOT)}"
        if not french.exists():
            faults.append(f"{english.relative_to(ROOT)} leads to {french.relative_to(ROOT)}, which is not there")
            continue
        back = LEADS.search(french.read_text(encoding="utf-8"))
        if not back or back[1] != "In English" or back[2] != english.name:
            faults.append(f"{french.relative_to(ROOT)} does not lead back by a line '*In English: [{english.name}]({english.name})'")
        there, here = shape(english), shape(french)
        for (one, line), (other, mirror) in zip(there, here):
            if one != other:
                faults.append(f"{names} part at lines {line} and {mirror}: a {one}, a {other}")
                break
        else:
            if len(there) != len(here):
                faults.append(f"{names}: {len(there)} and {len(here)} headings, rows, points and blocks")
    if not pairs or not shown:
        faults.append("no guide was found: guide.php or the pages are not written as this reads them")
    return faults


sys.exit("\n".join(main()) or 0)
