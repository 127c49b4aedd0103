#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A guide says the same in English and in French: the same headings, rows of tables, points of lists and blocks of code in one
order, the same numbers below each heading and in each row, the same names in code in each row, and the line that leads to the
other language. Of all pages that name their French, among them those that the Moodle plugin shows."""
import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
GUIDE = ROOT / "adapters/moodle/mod_palier/classes/local/guide.php"
LEADS = re.compile(r"^\*(En français|In English)\s*: \[[\w.-]+\]\(([\w.-]+)\)", flags=re.M)
STARTS = {"heading": r"#+ ", "row of a table": r"\|", "point of a list": r" *(?:-|\d+\.) "}


def numbers(text, french):
    """As figures with a point and without separators of thousands; those of code and addresses are no numbers here."""
    text = re.sub(r"`[^`]*`|\]\([^)]*\)", "", text)
    if french:
        text = re.sub(r"(?<=\d)\u00a0(?=\d{3}(?!\d))", "", text)
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    else:
        text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    return collections.Counter(re.findall(r"\d+(?:\.\d+)*", text))


def parts(page):
    """(kind, line, text) of headings, with the text below them, of rows, points and blocks of code."""
    found, inside, heading = [], False, None
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            inside = not inside
            if inside:
                found.append(["block of code", number, ""])
            continue
        if inside:
            continue
        kind = next((name for name, start in STARTS.items() if re.match(start, line)), None)
        if kind == "heading":
            heading = [f"heading of level {line.index(' ')}", number, ""]
            found.append(heading)
        elif kind:
            found.append([kind, number, line if kind == "row of a table" else ""])
        if heading and kind != "row of a table":
            heading[2] += line + "\n"
    return found


def compare(english, french):
    names = f"{english.relative_to(ROOT)} and {french.relative_to(ROOT)}"
    there, here = parts(english), parts(french)
    for (kind, line, text), (other, mirror, words) in zip(there, here):
        at = f"{names}, lines {line} and {mirror}"
        if kind != other:
            return [f"{at}: a {kind}, a {other}"]
        one, two = numbers(text, False), numbers(words, True)
        if one != two:
            below = "" if kind == "row of a table" else " or below it"
            return [f"{at}{below}: numbers in English alone {sorted(one - two)}, in French alone {sorted(two - one)}"]
        if kind == "row of a table" and sorted(re.findall(r"`[^`]+`", text)) != sorted(re.findall(r"`[^`]+`", words)):
            return [f"{at}: the names in code differ"]
    if len(there) != len(here):
        return [f"{names}: {len(there)} and {len(here)} headings, rows, points and blocks"]
    return []


def main():
    pairs, faults = {}, []
    for page in [*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")]:
        leads = LEADS.search(page.read_text(encoding="utf-8"))
        if leads and leads[1] == "En français":
            pairs[page] = page.parent / leads[2]
    listed = re.search(r"const PAGES = \[(.*?)\];", GUIDE.read_text(encoding="utf-8"), flags=re.S)
    shown = dict(re.findall(r"'([a-z-]+)' => '([a-z-]+)'", listed[1]))
    if not shown:
        faults.append("guide.php is not written as this reads it: no page was found in PAGES")
    for english, french in shown.items():
        if pairs.get(ROOT / f"docs/{english}.md") != ROOT / f"docs/{french}.md":
            faults.append(f"docs/{english}.md does not lead to docs/{french}.md by a line '*En français : [{french}.md]({french}.md).*'")
    for english, french in pairs.items():
        back = LEADS.search(french.read_text(encoding="utf-8")) if french.exists() else None
        if not back or back[1] != "In English" or back[2] != english.name:
            faults.append(f"{french.relative_to(ROOT)} is not there, or does not lead back by a line "
                          f"'*In English: [{english.name}]({english.name}).*'")
        else:
            faults += compare(english, french)
    return faults


sys.exit("\n".join(main()) or 0)
