#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the demonstration bank: structure, twins, keys and parameters. Standard library only."""

import csv
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

DEMO = Path(__file__).resolve().parents[2] / 'adapters' / 'moodle' / 'mod_palier' / 'demo'
LANGS = ('fr', 'en')
HEADER = 'item,scale,model,a,b,c,se_b,level,status,content,label'.split(',')
B_BY_LEVEL = {0: -3.5, 1: -2.2, 2: -1.0, 3: 0.0, 4: 1.0, 5: 1.9, 6: 2.7, 7: 3.5, 8: 4.5}
COMPETENCES = {f'{d}.{n}' for d, last in ((1, 3), (2, 4), (3, 4), (4, 3), (5, 2)) for n in range(1, last + 1)}
# The blueprint, as demo/README.md states it: questions of each competence by level, then those of a theme.
CORE = {1: 1, 2: 2, 3: 2, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1}
STARTER = 'premiers-pas'
CYBER = {'hameconnage', 'mots-de-passe', 'mises-a-jour', 'mobilite', 'donnees', 'signalement'}
CYBER_COMPETENCES = {'2.1', '4.1', '4.2'}
LEAST_OF_FILING, LEAST_LEVELS_OF_FILING = 8, 4
PER_LANGUAGE = len(COMPETENCES) * (sum(CORE.values()) + 1) + 4 * len(CYBER)
# Texts that Moodle itself lets be absent are not listed.
NEEDED = {
    'multichoice': ('single', 'shuffleanswers', 'answernumbering', 'correctfeedback', 'incorrectfeedback', 'answer'),
    'truefalse': ('answer',),
    'match': ('shuffleanswers', 'correctfeedback', 'incorrectfeedback', 'subquestion'),
    'ordering': ('layouttype', 'selecttype', 'selectcount', 'gradingtype', 'showgrading', 'numberingstyle', 'answer'),
    'numerical': ('answer', 'unitgradingtype', 'showunits'),
    'shortanswer': ('usecase', 'answer'),
    'gapselect': ('shuffleanswers', 'selectoption'),
}
COMMON = ('name', 'questiontext', 'generalfeedback', 'defaultgrade', 'penalty', 'idnumber', 'tags')
NOT_SAID = re.compile(r'échec|échou|faible|illectronisme|\bfail|\bweak', re.I)
MOODLE_FRACTIONS = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667,
                    14.28571, 12.5, 11.11111, 10, 5, 0)
LONG = 20
# Plain ASCII where French wants a typographic sign; what stands in LITERAL is code, an address or a file's name.
LITERAL = re.compile(r'\w+://\S+|\S+@\S+|\b(SI|IF)\(.*\)|"[^"]*"|Orage-Tulipe7-Camion!|MADAME LARRIEU\s!!!')
FRENCH_SIGNS = (
    (re.compile(r"\w'\w"), 'an apostrophe of the keyboard'),
    (re.compile(r'(?<!\u00a0)[?!;»]'), 'no no-break space before ? ! ; »'),
    (re.compile(r'(?<![\u00a0\w/]):|\w:\s'), 'no no-break space before :'),
    (re.compile(r'«(?!\u00a0)'), 'no no-break space after «'),
    (re.compile(r'["“”]'), 'quotation marks that are not French'),
    (re.compile(r'\.\.\.'), 'three dots for …'),
    (re.compile(r'\d \d{3}\b|\d (%|euros|kg)'), 'a number that can break over two lines'),
)
ENGLISH_SIGNS = (
    (re.compile(r"\w'\w"), 'an apostrophe of the keyboard'),
    (re.compile(r'[\s\u00a0][?!;:]|[«»]'), 'French signs'),
    (re.compile(r'\.\.\.'), 'three dots for …'),
)
MARKUP = re.compile(r'&(amp|lt|gt|nbsp|#)|`|\*\*|\|\||<[^>]*$')

passed = failed = 0
warnings = []


def check(ok, what):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print('FAILED', what)


def text(node, path):
    found = node.find(path)
    return '' if found is None or found.text is None else found.text.strip()


def plain(html):
    html = re.sub(r'</(p|li|td|th|caption|tr|ul|ol|blockquote)>', '\n', html)
    html = re.sub(r'<[^>]+>', '', html)
    return html.replace('&lt;', '<').replace('&gt;', '>').replace('&amp;', '&')


def sentences(html):
    for part in re.split(r'[.?!:;](?:[\s\u00a0]|$)|\n', plain(html)):
        if part.strip():
            yield part.strip()


def fractions(question):
    return [float(a.get('fraction')) for a in question.findall('answer')]


def key_structure(question):
    """What both language versions must share: form and key, not words."""
    kind = question.get('type')
    shape = [kind, text(question, 'defaultgrade'), text(question, 'penalty')]
    if kind == 'multichoice':
        shape += [text(question, 'single'), fractions(question)]
    elif kind == 'truefalse':
        shape += [(text(a, 'text'), a.get('fraction')) for a in question.findall('answer')]
    elif kind == 'match':
        shape += [len(question.findall('subquestion'))]
    elif kind == 'ordering':
        shape += [fractions(question), text(question, 'gradingtype'), text(question, 'selecttype')]
    elif kind == 'numerical':
        shape += [(text(a, 'text'), text(a, 'tolerance'), a.get('fraction')) for a in question.findall('answer')]
    elif kind == 'shortanswer':
        shape += [text(question, 'usecase'), fractions(question)]
    elif kind == 'gapselect':
        shape += [[text(o, 'group') for o in question.findall('selectoption')],
                  re.findall(r'\[\[(\d+)]]', text(question, 'questiontext/text'))]
    return shape


def expected_c(question):
    kind = question.get('type')
    if kind == 'truefalse':
        return 0.5
    if kind == 'multichoice' and text(question, 'single') == 'true':
        return 1 / len(question.findall('answer'))
    return 0.05


def check_form(question, idn):
    kind = question.get('type')
    check(kind in NEEDED, f'{idn}: known type {kind}')
    for name in COMMON + NEEDED.get(kind, ()):
        check(question.find(name) is not None, f'{idn}: has <{name}>')
    for node in question.iter('text'):
        check(bool(node.text and node.text.strip()), f'{idn}: no empty text')
    check(float(text(question, 'penalty') or 1) == 0, f'{idn}: no penalty')
    answers = [text(a, 'text') for a in question.findall('answer')]
    check(len(set(answers)) == len(answers), f'{idn}: answers differ from one another')
    values = fractions(question)
    if kind == 'multichoice':
        right = [v for v in values if v > 0]
        wrong = [v for v in values if v <= 0]
        check(abs(sum(right) - 100) < 0.001, f'{idn}: right answers sum to 100')
        check(all(min(abs(abs(v) - f) for f in MOODLE_FRACTIONS) < 1e-5 for v in values), f'{idn}: grades Moodle knows')
        if text(question, 'single') == 'true':
            check(len(right) == 1 and all(v == 0 for v in wrong), f'{idn}: one right answer, others 0')
        else:
            check(len(right) >= 2 and wrong and all(v < 0 for v in wrong), f'{idn}: several right, wrong ones negative')
            check(abs(sum(values)) < 0.001, f'{idn}: ticking everything gives 0')
    elif kind == 'truefalse':
        check(sorted(answers) == ['false', 'true'] and sorted(values) == [0, 100], f'{idn}: true or false, one right')
    elif kind == 'match':
        pairs = [(text(s, 'text'), text(s, 'answer/text')) for s in question.findall('subquestion')]
        check(len(pairs) >= 3, f'{idn}: at least three pairs')
        check(len({p[0] for p in pairs}) == len({p[1] for p in pairs}) == len(pairs), f'{idn}: one answer for each part')
    elif kind == 'ordering':
        check(values == list(range(1, len(values) + 1)) and len(values) >= 4, f'{idn}: 1, 2, 3, … in the right order')
        check(text(question, 'selectcount') == str(len(values)), f'{idn}: all the lines are shown')
    elif kind == 'numerical':
        check(values == [100] and re.fullmatch(r'-?\d+(\.\d+)?', answers[0]), f'{idn}: one number')
    elif kind == 'shortanswer':
        check(values and all(v == 100 for v in values), f'{idn}: accepted answers at 100')
        check(not any('*' in a for a in answers), f'{idn}: no wildcard')
    elif kind == 'gapselect':
        gaps = re.findall(r'\[\[(\d+)]]', text(question, 'questiontext/text'))
        options = question.findall('selectoption')
        check(gaps and all(1 <= int(g) <= len(options) for g in gaps), f'{idn}: gaps point to options')
        groups = Counter(text(o, 'group') for o in options)
        check(all(groups[text(options[int(g) - 1], 'group')] >= 3 for g in gaps), f'{idn}: three options or more for a gap')
    body = text(question, 'questiontext/text')
    for table in re.findall(r'<table.*?</table>', body, re.S):
        check('<caption>' in table and 'scope="col"' in table and 'scope="row"' in table, f'{idn}: table with caption and scopes')
    check('<img' not in body or 'alt="' in body, f'{idn}: pictures have a text')
    check(len(list(sentences(text(question, 'generalfeedback/text')))) >= 1, f'{idn}: feedback')
    for node in question.iter('text'):
        check(not NOT_SAID.search(node.text or ''), f'{idn}: words kept out')
        for sentence in sentences(node.text or ''):
            if len(sentence.split()) > LONG:
                warnings.append(f'{idn}: {len(sentence.split())} words: {sentence}')


def theme(question):
    tags = [text(t, 'text') for t in question.findall('tags/tag')]
    return next((t.removeprefix('theme:') for t in tags if t.startswith('theme:')), '')


def cell(idn):
    _, competence, level, _ = idn.split('-')
    return competence, int(level[1])


def check_blueprint(lang):
    """Core, starter and cyber questions, as many as the blueprint says, in each competence and at each level."""
    core, starter, cyber, filing = Counter(), Counter(), Counter(), []
    for idn, question in questions[lang].items():
        competence, level = cell(idn)
        kind = theme(question)
        if kind == STARTER:
            starter[(competence, level)] += 1
        elif kind.startswith('cyber-'):
            cyber[(kind.removeprefix('cyber-'), level)] += 1
            check(competence in CYBER_COMPETENCES, f'{idn}: a cyber question of 2.1, 4.1 or 4.2')
        else:
            core[(competence, level)] += 1
            check(kind in ('', 'classement', 'ia'), f'{idn}: theme {kind}')
            if kind == 'classement':
                filing.append(level)
    check(core == {(c, level): n for c in COMPETENCES for level, n in CORE.items()}, f'{lang}: core {core}')
    check(starter == {(c, 0): 1 for c in COMPETENCES}, f'{lang}: one starter question a competence')
    check(cyber == {(c, level): 1 for c in CYBER for level in range(1, 5)}, f'{lang}: cyber {cyber}')
    check(len(filing) >= LEAST_OF_FILING and len(set(filing)) >= LEAST_LEVELS_OF_FILING, f'{lang}: filing {filing}')


def check_guessing(lang):
    """The longest choice is the right one no more often than chance would have it, give or take two errors."""
    longest = chance = spread = 0
    for question in questions[lang].values():
        if question.get('type') != 'multichoice' or text(question, 'single') != 'true':
            continue
        lengths = [(len(plain(text(a, 'text'))), float(a.get('fraction')) > 0) for a in question.findall('answer')]
        top = max(length for length, _ in lengths)
        tied = [right for length, right in lengths if length == top]
        longest += sum(tied) / len(tied)
        p = 1 / len(lengths)
        chance += p
        spread += p * (1 - p)
    check(longest <= chance + 2 * spread ** 0.5, f'{lang}: the right choice is the longest {longest:.1f} times, '
                                                 f'chance gives {chance:.1f}')


def check_signs(question, idn, lang):
    typed = {node for answer in question.findall('answer') for node in answer.iter('text')}
    for node in question.iter('text'):
        if question.get('type') == 'shortanswer' and node in typed:
            continue    # What a keyboard writes is accepted, too.
        shown = plain(node.text or '')
        check(not MARKUP.search(shown), f'{idn}: no markup in what is read: {shown}')
        said = LITERAL.sub('', shown)
        for pattern, what in FRENCH_SIGNS if lang == 'fr' else ENGLISH_SIGNS:
            check(not pattern.search(said), f'{idn}: {what}: {shown}')


questions = {lang: {} for lang in LANGS}
for lang in LANGS:
    path = DEMO / f'palier-demo-{lang}.xml'
    try:
        root = ET.parse(path).getroot()
        check(root.tag == 'quiz', f'{path.name}: a quiz file')
    except (ET.ParseError, OSError) as error:
        check(False, f'{path.name}: {error}')
        continue
    category = ''
    names = []
    for question in root.findall('question'):
        if question.get('type') == 'category':
            category = text(question, 'category/text')
            continue
        idn = text(question, 'idnumber')
        names.append(text(question, 'name/text'))
        match = re.fullmatch(r'palier-(\d\.\d)-L(\d)([b-z]?)-(fr|en)', idn)
        check(bool(match), f'{idn}: form of the idnumber')
        check(idn not in questions[lang], f'{idn}: unique')
        questions[lang][idn] = question
        if match:
            competence, level, _, language = match.groups()
            tags = {text(t, 'text') for t in question.findall('tags/tag')}
            themes = {t for t in tags if t.startswith('theme:')}
            check(language == lang, f'{idn}: language of the file')
            check(tags - themes == {f'crcn:{competence}', f'niveau:{level}', f'lang:{lang}'}, f'{idn}: tags {tags}')
            check(len(themes) <= 1, f'{idn}: one theme at most')
            check(category.startswith('top/Palier – d') and f'/{competence} ' in category
                  and f'/{competence[0]}. ' in category, f'{idn}: category {category}')
            check(question.get('type') != 'truefalse' or int(level) <= 2, f'{idn}: true/false at levels 0 to 2 only')
        check_form(question, idn)
        check_signs(question, idn, lang)
    check(len(questions[lang]) == PER_LANGUAGE, f'{lang}: {len(questions[lang])} questions')
    check(len(set(names)) == len(names), f'{lang}: names are unique')
    check_blueprint(lang)
    check_guessing(lang)

for idn, question in questions['fr'].items():
    twin = questions['en'].get(idn[:-2] + 'en')
    check(twin is not None, f'{idn}: has a twin')
    if twin is not None:
        check(key_structure(question) == key_structure(twin), f'{idn}: same key as its twin')
        check(theme(question) == theme(twin), f'{idn}: same theme as its twin')
        form = [re.findall(r'</?\w+', text(q, 'questiontext/text')) for q in (question, twin)]
        check(form[0] == form[1], f'{idn}: same form as its twin')
check(len(questions['en']) == len(questions['fr']), 'as many questions in both languages')

everything = {**questions['fr'], **questions['en']}
with open(DEMO / 'palier-demo-parameters.csv', encoding='utf-8', newline='') as file:
    reader = csv.DictReader(file)
    check(reader.fieldnames == HEADER, f'header {reader.fieldnames}')
    rows = list(reader)
check(len(rows) == 2 * PER_LANGUAGE, f'{len(rows)} rows of parameters')
check({r['item'] for r in rows} == set(everything), 'parameters and questions have the same idnumbers')
check(len({r['item'] for r in rows}) == len(rows), 'one row for an idnumber')
for row in rows:
    question = everything.get(row['item'])
    if question is None:
        continue
    _, competence, level, _ = row['item'].split('-')
    check(row['content'] == competence, f"{row['item']}: content")
    check(row['level'] == level[1], f"{row['item']}: level")
    check(float(row['b']) == B_BY_LEVEL[int(row['level'])], f"{row['item']}: b by level")
    check(float(row['a']) == 1 and float(row['se_b']) == 0.6, f"{row['item']}: a and se_b")
    check(abs(float(row['c']) - expected_c(question)) < 0.005, f"{row['item']}: c matches the type")
    check((row['scale'], row['model'], row['status']) == ('numerique', '3pl', 'operational'), f"{row['item']}: fixed fields")
    check(row['label'] == text(question, 'name/text'), f"{row['item']}: label is the question's name")

for warning in warnings:
    print('long sentence', warning)
print(f'{passed} passed, {failed} failed')
sys.exit(1 if failed else 0)
