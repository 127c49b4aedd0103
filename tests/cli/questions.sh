#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Questions of others by the command: what is listed, matched and refused.  questions.sh PALIER
# Inputs are made after shared/cases of November 2026 (from-moodle-without-idnumber, declared-encoding, embedded-film,
# other-question-files, package-other-language).
# shellcheck disable=SC2086,SC2002
set -u
palier=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0

# expect NAME EXIT WORDS COMMAND…: runs it; its output or message has to hold the words.
expect() {
    local name=$1 code=$2 words=$3
    shift 3
    local out status
    out=$("$@" 2>&1 </dev/null)
    status=$?
    if [[ $status -ne $code || $out != *"$words"* ]]; then
        echo "FAILED: $name: exit $status (wanted $code), output: ${out:0:600}"
        failed=$((failed + 1))
    fi
}

question() { # NAME IDNUMBER [TEXT]
    printf '<question type="truefalse"><name><text>%s</text></name><questiontext format="html"><text>%s</text></questiontext><idnumber>%s</idnumber><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>\n' "$1" "${3:-$1}" "$2"
}
{ printf '<quiz>\n'; question m m; question 'No number' ''; printf '</quiz>\n'; } >questions.xml
# As mod_palier exports a bank: a question without idnumber is q and the number of its entry.
printf 'item,scale,model,a,b,c,d,se_b,level,status,content,source,label,qtype,entryid\nm,palier,rasch,,0,,,,,operational,,import,m,truefalse,11\nq12,palier,rasch,,0.5,,,,,operational,,import,No number,truefalse,12\n' >bank.csv
printf '{"palier_plan":1,"stop":{"max_items":2}}' >plan.json
bundle=("$palier" bundle --bank bank.csv --plan plan.json)

expect "questions are listed by their identifiers" 0 '"item":"m","line":2,"name":"m"' "$palier" questions questions.xml
expect "one without an idnumber has the identifier of its text" 0 '"idnumber":"","item":"q' "$palier" questions en=questions.xml
expect "a bank to fill in" 0 $'item,model,b,status,label\nm,rasch,,operational,m\nq' "$palier" questions --bank-table questions.xml
"$palier" questions --bank-table questions.xml >tofill.csv
expect "it is no bank before it is filled in" 1 "'b'" "$palier" info --bank tofill.csv --theta 0
sed 's/,rasch,,/,rasch,0,/' tofill.csv >filled.csv
expect "it is one then, and finds every question" 0 '"carried":2,"expected_items"' "$palier" bundle --bank filled.csv --plan plan.json --questions en=questions.xml test.json
expect "the report tells which names would match" 0 '"by_name":{"q' "${bundle[@]}" --questions en=questions.xml test.json
expect "questions of Moodle's bank are matched by name" 0 '"carried":2,"expected_items"' "${bundle[@]}" --match name --questions en=questions.xml test.json
expect "the bundle has Moodle's identifier" 0 '"id":"q12"' cat test.json
expect "a name that is there twice matches nothing" 0 '"without_questions":["q12"]' "${bundle[@]}" --match name \
    --questions en=<(printf '<quiz>\n'; question m m; question 'No number' '' a; question 'No number' '' b; printf '</quiz>\n') test.json
expect "a wrong way to match is a wrong call" 2 "idnumber" "${bundle[@]}" --match luck --questions en=questions.xml test.json

printf '::q1:: Two and two make {~three =four}\n' >questions.gift
expect "GIFT is named" 1 "questions.gift: this is GIFT" "${bundle[@]}" --questions en=questions.gift test.json
printf '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"/>' >item.xml
expect "an item of QTI that is none says why, with its line" 1 "item.xml:1: question '': <qti-assessment-item> has no identifier" \
    "${bundle[@]}" --questions en=item.xml test.json
cat >item.xml <<'END'
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="m" title="Trees" adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse>
</responseDeclaration><outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/><itemBody>
<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1"><prompt>Which is a tree?</prompt>
<simpleChoice identifier="A">Ash</simpleChoice><simpleChoice identifier="B">Clover</simpleChoice></choiceInteraction></itemBody>
<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>
END
expect "an item of QTI is listed" 0 '"item":"m","line":1,"name":"Trees"' "$palier" questions item.xml
expect "and asked" 0 '"carried":1' "${bundle[@]}" --questions en=item.xml test.json
expect "a zip file without items is told" 1 "the zip file cannot be read" "${bundle[@]}" --questions en=<(printf 'PK\003\004') test.json
{ printf '<?xml version="1.0" encoding="ISO-8859-1"?>\n<quiz>\n'; question m m $'L\xe9gume'; printf '</quiz>\n'; } >latin.xml
expect "a declared encoding is read" 0 '"carried":1' "${bundle[@]}" --questions fr=latin.xml test.json
expect "as it was meant" 0 "Légume" cat test.json
{ printf '<quiz>\n'; question m m; printf '<question type="truefalse"><name><text>film</text></name><idnumber>q12</idnumber><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer><questiontext format="html"><text><![CDATA[<video><source src="@@PLUGINFILE@@/f.mp4"></video>]]></text><file name="f.mp4" path="/" encoding="base64">'
    head -c 12582912 /dev/zero | tr '\0' 'A'
    printf '</file></questiontext></question>\n</quiz>\n'; } >film.xml
expect "a film of 9 MB is carried" 0 '"carried":2,"expected_items"' "${bundle[@]}" --questions en=film.xml test.json
expect "a test in any language" 0 '"de":{' "${bundle[@]}" --questions de=questions.xml test.json
if [[ -f $(dirname "$palier")/player/player.js ]]; then
    expect "a package in any language" 0 '"de":{' "$palier" package --bank bank.csv --plan plan.json --questions de=questions.xml --title de=Eis test.zip
    expect "whose manifest says it" 0 'xml:lang="de">Eis' unzip -p test.zip imsmanifest.xml
    expect "no formula, no library for formulas" 1 "" sh -c 'unzip -l test.zip | grep temml'
    { printf '<quiz>\n'; question m m '\(\frac{x}{2}=3\)'; printf '</quiz>\n'; } >formula.xml
    expect "a formula" 0 '"carried":1' "$palier" package --bank bank.csv --plan plan.json --questions en=formula.xml test.zip
    expect "brings the library" 0 "temml.min.js" unzip -l test.zip
fi

[[ $failed -eq 0 ]] || exit 1
echo "questions: all as they should be"
