#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How precise the demonstration bank is at each level, as `palier simulate` computes it from what ships.

  demo_precision.py PALIER            prints the tables of the bank's README: of a test of one level, and of the map
  demo_precision.py PALIER --check    1 where the README has others, or the languages differ
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / 'adapters' / 'moodle' / 'mod_palier' / 'demo'
PLAN = ROOT / 'adapters' / 'standalone' / 'demo-plan.json'
MAP_PLAN = ROOT / 'adapters' / 'standalone' / 'demo-map-plan.json'
MAP_STUDY = ['--scales-by', 'content', '--persons', '1000', '--seed', '1', '--format', 'json']
STUDY = ['--persons', '4500', '--population', 'uniform:-3.5,5.5', '--seed', '1', '--format', 'json']


def study(palier, language, plan, options):
    """The study with the questions of one language, and its rows of the bank."""
    header, *rows = (DEMO / 'palier-demo-parameters.csv').read_text(encoding='utf-8').splitlines(keepends=True)
    kept = [row for row in rows if row.split(',')[0].endswith('-' + language)]
    with tempfile.TemporaryDirectory() as folder:
        bank = Path(folder) / 'bank.csv'
        bank.write_text(header + ''.join(kept), encoding='utf-8')
        done = subprocess.run([palier, 'simulate', '--bank', bank, '--plan', plan, *options], check=True,
                              capture_output=True, text=True)
    return json.loads(done.stdout), kept


def table(palier, language):
    """Of the test of one level."""
    told, kept = study(palier, language, PLAN, STUDY)
    levels = [int(row.split(',')[7]) for row in kept]
    lines = ['| level | questions in the bank | questions asked | standard error | as precise as planned '
             '| 80 % interval holds the truth | level right, or next to it |', '|---|---|---|---|---|---|---|']
    for level in told['by_level']:
        share = ['{:.0f} %'.format(100 * part) for part in (level['kept'], level['coverage'], level['levels']['near'])]
        lines.append('| {} | {} | {:.1f} | {:.2f} | {} | {} | {} |'.format(
            level['level'], levels.count(level['level']), level['length']['mean'], level['se'], *share))
    return '\n'.join(lines) + '\n'


def map_table(palier, language):
    """Of the map: its domains, the whole, and the mean of its competences."""
    told, _ = study(palier, language, MAP_PLAN, MAP_STUDY)
    names = {domain['id']: domain['name']['en'] for domain in json.loads(MAP_PLAN.read_text(encoding='utf-8'))['map']['domains']}
    mean = {'id': 'competence', 'own': 0, 'se': 0, 'coverage': 0, 'level': {'told': 0, 'right': 0}, 'band': {'told': 0, 'right': 0}}
    for scale in told['scales']:
        for key in ('own', 'se', 'coverage'):
            mean[key] += scale[key] / len(told['scales'])
        for what in ('level', 'band'):
            mean[what]['told'] += scale[what]['told'] / len(told['scales'])
            mean[what]['right'] += scale[what]['told'] * scale[what]['right'] / len(told['scales'])
    for what in ('level', 'band'):
        mean[what]['right'] /= mean[what]['told']
    length = told['length']
    lines = ['Questions asked: {:.1f} on average, {} to {}.'.format(length['mean'], length['min'], length['max']), '',
             '| | questions asked | standard error | 80 % interval holds the truth | level shown | and right '
             '| name of the level shown | and right |', '|---|---|---|---|---|---|---|---|']
    for line in [mean, *told['composites']]:
        name = {'competence': 'a competence (mean of 16)', 'overall': 'all together'}.get(line['id'], names.get(line['id']))
        share = ['{:.0f} %'.format(100 * part) for part in (
            line['coverage'], line['level']['told'], line['level']['right'], line['band']['told'], line['band']['right'])]
        lines.append('| {} | {:.1f} | {:.2f} | {} |'.format(name, line['own'], line['se'], ' | '.join(share)))
    return '\n'.join(lines) + '\n'


def main():
    palier = sys.argv[1]
    for what in (table, map_table):
        french, english = (what(palier, language) for language in ('fr', 'en'))
        if sys.argv[2:] != ['--check']:
            print(french)
        elif french != english:
            print('The two languages differ:', french, english, sep='\n')
            return 1
        elif french not in (DEMO / 'README.md').read_text(encoding='utf-8'):
            print('adapters/moodle/mod_palier/demo/README.md should have this table:', french, sep='\n')
            return 1
    return 0


sys.exit(main())
