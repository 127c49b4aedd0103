#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links of the pages to files of the sources lead to one, and those to a heading to that heading."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"], cwd=ROOT, check=True,
                        capture_output=True, text=True)
pages = [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]
faults = []


def text_of(page):
    """Without code, whose brackets are no links."""
    return re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S)


def headings(page):
    """As GitHub and GitLab name them."""
    found = re.findall(r"^#+ +(.+)$", page.read_text(encoding="utf-8"), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", one.lower()).strip().replace(" ", "-") for one in found}


for page in pages:
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, heading = target.partition("#")
        to = (page.parent / path).resolve() if path else page
        if not to.exists():
            faults.append(f"{page.relative_to(ROOT)}: {target} is not there")
        elif heading and to.suffix == ".md" and heading not in headings(to):
            faults.append(f"{page.relative_to(ROOT)}: {target} has no such heading")

if faults:
    sys.exit("\n".join(faults))
