#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data protection sheets, in both languages, name every table that the activity tells Moodle's privacy API of, and the
months of retention that its settings begin with."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PLUGIN = ROOT / "adapters/moodle/mod_palier"
provider = (PLUGIN / "classes/privacy/provider.php").read_text(encoding="utf-8")
listed = re.search(r"const TABLES = \[(.*?)\n    \];", provider, flags=re.S).group(1)
tables = re.findall(r"^        '(palier_\w+)' =>", listed, flags=re.M)
settings = (PLUGIN / "classes/local/attempt/retention.php").read_text(encoding="utf-8")
months = re.findall(r"const (?:int )?(?:RESPONSE|RESULT)_MONTHS = (\d+)", settings)
faults = []
if len(tables) < 10 or len(months) != 2:
    faults.append(f"the sources are not read as they are written: {len(tables)} tables, {len(months)} times of retention")
for name, word in (("data-protection.md", "months"), ("protection-des-donnees.md", "mois")):
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    faults += [f"docs/{name}: `{table}` is not in the table of data" for table in tables if f"`{table}`" not in text]
    faults += [f"docs/{name}: no retention of {number} {word}" for number in months if not re.search(rf"\b{number}[ \u00a0]{word}", text)]
sys.exit("\n".join(faults) or 0)
