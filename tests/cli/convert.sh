#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `palier convert`: what is read, written and told as lost. convert.sh PALIER SOURCES
set -u
palier=$1
sources=$2
. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

demo=$sources/adapters/moodle/mod_palier/demo
lsat=$sources/tests/reference/calibration_LSAT6.csv
sql() { python3 -c 'import sqlite3, sys; print(*("|".join(map(str, row)) for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])), sep="\n")' "$@"; }
hash() { sql "$1" 'SELECT hash FROM bank'; }
questions() { sql "$1" 'SELECT presentation, key FROM question ORDER BY item'; }

# Banks.
items=$(($(grep -c . "$demo/palier-demo-parameters.csv") - 1))
expect "a table as a bank file" 0 "\"written\":{\"format\":\"palier\",\"items\":$items,\"questions\":0}" "$palier" convert "$demo/palier-demo-parameters.csv" bank.palier
expect "and back" 0 '"notes":[]' "$palier" convert bank.palier bank.csv
expect "and again" 0 '"read":{"format":"csv"' "$palier" convert bank.csv again.palier
same "the same bank" "$(hash bank.palier)" "$(hash again.palier)"
same "the same bytes" "$(sha256sum <bank.palier)" "$(sha256sum <again.palier)"
expect "to standard output" 0 "item,scale,model" "$palier" convert bank.palier - --to csv
printf 'item,b\nq,1\n' >one.csv
expect "another metric" 0 '"items":1' "$palier" convert one.csv one.palier --D 1.702
same "is converted" "1.702" "$(sql one.palier "SELECT printf('%.3f', a) FROM item")"
expect "of a bank file there is no other metric" 2 "--D" "$palier" convert one.palier two.csv --D 2
expect "an ending that says nothing" 2 "--to names it" "$palier" convert one.csv one.txt
expect "without an output" 2 "OUT" "$palier" convert one.csv
expect "over its own input" 2 "also an input" "$palier" convert one.csv one.csv

# Questions.
expect "questions alone" 0 '"written":{"format":"palier","items":0,' "$palier" convert "$demo/palier-demo-fr.xml" questions.palier
expect "are no bank yet" 1 "only questions" "$palier" info --bank questions.palier --theta 0
expect "they are calibrated into one" 0 '"items":[' "$palier" calibrate --responses "$lsat" --output questions.palier
expect "as Moodle XML" 0 '"written":{"format":"moodle"' "$palier" convert questions.palier questions.xml
expect "and back again" 0 '"skipped":0' "$palier" convert questions.xml moodle.palier
same "the same questions" "$(questions questions.palier)" "$(questions moodle.palier)"
expect "as a package of QTI 3" 0 '"written":{"format":"qti3"' "$palier" convert questions.palier questions.zip
expect "which comes back" 0 '"format":"qti"' "$palier" convert questions.zip qti.palier
same "the same questions by QTI" "$(questions questions.palier)" "$(questions qti.palier)"
files() { sql "$1" 'SELECT name FROM media ORDER BY name'; }
expect "questions of every type, with files" 0 '"skipped":2' "$palier" convert "$sources/tests/formats/questions.xml" types.palier
expect "as a package" 0 "other systems score this order all or nothing" "$palier" convert types.palier types.zip
expect "and back whole" 0 '"skipped":0' "$palier" convert types.zip types-again.palier
same "the same questions of every type" "$(questions types.palier)" "$(questions types-again.palier)"
same "and the same files" "$(files types.palier)" "$(files types-again.palier)"
expect "as Moodle XML with files" 0 "changed: the identifiers of its choices" "$palier" convert types.palier types.xml
expect "and these back" 0 '"skipped":0' "$palier" convert types.xml types-moodle.palier
same "with the same files" "$(files types.palier)" "$(files types-moodle.palier)"
expect "a key that was meddled with in a package" 0 '"what":"skipped"' sh -c \
    'mkdir meddled && cd meddled && unzip -q ../types.zip && sed -i "s/palier-key\/1/palier-key\/7/" items/1/item.xml && zip -qr ../meddled.zip . && cd .. && "$0" convert meddled.zip meddled.palier' "$palier"
expect "to fill in" 0 "difficulty b is still to be filled in" "$palier" convert "$demo/palier-demo-fr.xml" fill.csv
same "as a table of questions" "$("$palier" questions --bank-table "$demo/palier-demo-fr.xml")" "$(cat fill.csv)"

# With parameters.
expect "questions with the parameters of a bank" 0 "\"format\":\"palier\",\"items\":$items" "$palier" convert "$demo/palier-demo-fr.xml" both.palier --bank bank.csv
same "the bank is that bank" "$(hash bank.palier)" "$(hash both.palier)"
expect "what Moodle XML cannot say" 0 'its parameters, status and other columns of the bank (' "$palier" convert both.palier out.xml
expect "and has no question" 0 '"reason":"it has no question here","what":"left out"' "$palier" convert both.palier out.xml
expect "as a table of losses" 0 'has no question here' "$palier" convert both.palier out.xml --format csv
expect "an item of QTI is one" 2 "write a package" "$palier" convert both.palier item.xml --to qti3
expect "a language that is not there" 1 "there is no question" "$palier" convert both.palier out.xml --lang de

# A bank file is a bank and its questions to every command.
printf '{"palier_plan":1,"stop":{"max_items":4}}' >plan.json
"$palier" convert "fr=$demo/palier-demo-fr.xml" french.palier --bank bank.csv >/dev/null
bundle() { "$palier" bundle --plan plan.json "$@" out.json && sha256sum <out.json; }
apart=$(bundle --bank bank.csv --questions "fr=$demo/palier-demo-fr.xml" | tail -1)
same "a test of a bank file alone is that of its table and its questions" "$apart" "$(bundle --bank french.palier | tail -1)"
same "so is one of a table and the questions of a bank file" "$apart" "$(bundle --bank bank.csv --questions fr=both.palier | tail -1)"
printf '<quiz><question type="truefalse"><name><text>q</text></name><questiontext format="html"><text>q</text></questiontext><idnumber>q</idnumber><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>' >q.xml
"$palier" convert q.xml nameless.palier --bank one.csv >/dev/null
expect "questions that name no language have to be told it" 2 "name no language: fr=nameless.palier" "$palier" bundle --bank nameless.palier --plan plan.json out.json
expect "and are told it" 0 '"fr":{' "$palier" bundle --bank nameless.palier --questions fr=nameless.palier --plan plan.json out.json
expect "a language that the bank file has not" 1 "french.palier: this bank file has no question in 'de'; it has some in fr" \
    "$palier" bundle --bank bank.csv --plan plan.json --questions de=french.palier out.json
expect "a table has no questions of its own" 2 "bank.csv has no questions of its own" "$palier" bundle --bank bank.csv --plan plan.json out.json
same "its questions are listed" "$("$palier" questions --bank-table "$demo/palier-demo-fr.xml")" "$("$palier" questions --bank-table french.palier)"
if [[ -f $(dirname "$palier")/player/player.js ]]; then
    expect "a package of a bank file" 0 '"fr":{' "$palier" package --bank french.palier --plan plan.json test.zip
    expect "is in the language of its questions" 0 'xml:lang="fr"' unzip -p test.zip imsmanifest.xml
fi
expect "it is no test to serve" 1 "makes what can be served" "$palier" serve --bundle french.palier --port-file port
call() { printf '{"call":"information","thetas":[0.5],"bank_file":"%s"%s}' "$1" "${2:-}" | "$palier" call; }
printf '{"call":"compile","output":"bank.bin","items":%s}' "$(sql bank.palier 'SELECT json_group_array(json(json)) FROM (SELECT json FROM item ORDER BY position)')" | "$palier" call >/dev/null
same "a call takes a bank file" "$(call bank.bin)" "$(call bank.palier)"
same "and a table" "$(call bank.bin)" "$(call bank.csv)"
same "with its hash" "$(call bank.bin)" "$(call french.palier ",\"bank_hash\":\"$(hash bank.palier)\"")"
expect "and no other" 0 'the request names 00' sh -c "printf '{\"call\":\"information\",\"thetas\":[0],\"bank_file\":\"bank.palier\",\"bank_hash\":\"00\"}' | '$palier' call || true"

# History.
"$palier" calibrate --responses "$lsat" --model 2pl --output history.palier >/dev/null
before=$(hash history.palier)
"$palier" calibrate --responses "$lsat" --model rasch --output history.palier >/dev/null
expect "the history" 0 '"made_from":"calibration_LSAT6.csv","n":2,"persons":1000' "$palier" convert history.palier --history
expect "back to the first calibration" 0 '"items":5' "$palier" convert history.palier back.palier --calibration 1
same "it is the bank that was" "$before" "$(hash back.palier)"
same "and the history says so" "calibrate calibrate back" "$(sql back.palier 'SELECT what FROM history' | paste -sd ' ')"
expect "as a table" 0 "the history of 3 changes has no place there" "$palier" convert history.palier first.csv --calibration 1
expect "further back than there is" 1 "history.palier: its history ends with 2" "$palier" convert history.palier no.palier --calibration 3
expect "a bank of its history that is no JSON" 1 "row 1: column json is no JSON" "$palier" convert "$sources/tests/fuzz/corpus/bank_file/history-no-json.palier" no.palier
expect "no history" 1 "no history to go back in" "$palier" convert one.palier no.palier --calibration 0

# What is none of these.
printf '<quiz><question type="essay"><name><text>e</text></name><questiontext><text>t</text></questiontext></question></quiz>' >essay.xml
expect "what is skipped, and why" 0 '"reason":"the question type' "$palier" convert essay.xml essay.palier
printf '<!DOCTYPE quiz [<!ENTITY e SYSTEM "file:///etc/passwd">]><quiz>&e;</quiz>' >entity.xml
expect "entities" 1 "entity.xml" "$palier" convert entity.xml entity.palier
printf 'PK\003\004' >empty.zip
expect "no zip file" 1 "empty.zip" "$palier" convert empty.zip empty.palier

finish "convert is right"
