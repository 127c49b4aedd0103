#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How precise the demonstration bank is at each level, as `palier simulate` computes it from what ships.

  demo_precision.py PALIER            prints the table of the bank's README
  demo_precision.py PALIER --check    1 where the README has another one, or the languages differ
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / 'adapters' / 'moodle' / 'mod_palier' / 'demo'
PLAN = ROOT / 'adapters' / 'standalone' / 'demo-plan.json'
STUDY = ['--persons', '4500', '--population', 'uniform:-3.5,5.5', '--seed', '1', '--format', 'json']


def simulated(palier, language):
    """The study with the questions of one language, by level."""
    header, *rows = (DEMO / 'palier-demo-parameters.csv').read_text(encoding='utf-8').splitlines(keepends=True)
    kept = [row for row in rows if row.split(',')[0].endswith('-' + language)]
    with tempfile.TemporaryDirectory() as folder:
        bank = Path(folder) / 'bank.csv'
        bank.write_text(header + ''.join(kept), encoding='utf-8')
        done = subprocess.run([palier, 'simulate', '--bank', bank, '--plan', PLAN, *STUDY], check=True,
                              capture_output=True, text=True)
    levels = [int(row.split(',')[7]) for row in kept]
    return [(level['level'], levels.count(level['level']), level) for level in json.loads(done.stdout)['by_level']]


def table(study):
    lines = ['| level | questions in the bank | questions asked | standard error | as precise as planned '
             '| 80 % interval holds the truth | level right, or next to it |', '|---|---|---|---|---|---|---|']
    for level, count, told in study:
        share = ['{:.0f} %'.format(100 * part) for part in (told['kept'], told['coverage'], told['levels']['near'])]
        lines.append('| {} | {} | {:.1f} | {:.2f} | {} | {} | {} |'.format(
            level, count, told['length']['mean'], told['se'], *share))
    return '\n'.join(lines) + '\n'


def main():
    palier = sys.argv[1]
    french, english = (table(simulated(palier, language)) for language in ('fr', 'en'))
    if sys.argv[2:] != ['--check']:
        print(french, end='')
        return 0
    if french != english:
        print('The two languages differ:', french, english, sep='\n')
        return 1
    if french not in (DEMO / 'README.md').read_text(encoding='utf-8'):
        print('adapters/moodle/mod_palier/demo/README.md should have this table:', french, sep='\n')
        return 1
    return 0


sys.exit(main())
