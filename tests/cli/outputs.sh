#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a command writes arrives whole, and over nothing that it reads; work that is not fit ends with 1. outputs.sh PALIER
# shellcheck disable=SC2086,SC2010,SC2002
set -u
palier=$1
. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

printf 'item,b\n' >bank.csv
printf 't%d,%s\n' 1 -2.5 2 -1.5 3 -0.5 4 0.5 5 1.5 6 2.5 >>bank.csv
printf '{"palier_plan":1,"stop":{"max_items":3}}' >plan.json
printf '{"palier_plan":1,"stop":{"min_items":10}}' >long.json
printf '{"palier_plan":1,"stop":{"max_items":3},"constraints":{"bounds":[{"attribute":"content","value":"geometri","min":2}]}}' >bound.json
printf 'person,t1,t2,t3,t4,t5,t6\nA,1,1,1,0,0,0\nB,1,1,1,1,0,0\n' >responses.csv
printf '{"palier_log":1,"seed":1,"events":[{"type":"started"},{"type":"asked","item":"t1"},{"type":"answered","item":"t1","category":1}]}' >log.json
{
    echo '<?xml version="1.0" encoding="UTF-8"?><quiz>'
    for k in 1 2 3 4 5 6; do
        echo "<question type=\"truefalse\"><name><text>t$k</text></name><questiontext format=\"html\"><text>$k + $k = $((2 * k)).</text></questiontext><idnumber>t$k</idnumber><answer fraction=\"100\"><text>true</text></answer><answer fraction=\"0\"><text>false</text></answer></question>"
    done
    echo '</quiz>'
} >questions.xml
mkdir player && echo 'x' >player/player.js && echo '<p>' >player/index.html
printf 'theta\n0\n' >thetas.csv
inputs='bank.csv plan.json questions.xml responses.csv log.json player/player.js thetas.csv'
sum=$(cat $inputs | sha256sum)
test=(--bank bank.csv --plan plan.json)
bundle=(bundle "${test[@]}" --questions en=questions.xml)
package=(package "${test[@]}" --questions en=questions.xml --player player)

# An output that is an input: the same path, another spelling of it, a symbolic link, a hard link.
ln -s questions.xml link.json
ln questions.xml hard.json
ln -s ../bank.csv player/link.json
for output in questions.xml ./questions.xml player/../questions.xml "$folder/questions.xml" link.json hard.json bank.csv plan.json player/link.json; do
    expect "bundle over its input $output" 2 "also an input" "$palier" "${bundle[@]}" "$output"
    expect "package over its input $output" 2 "also an input" "$palier" "${package[@]}" "$output"
done
expect "package over the player" 2 "also an input" "$palier" "${package[@]}" player/player.js
ln bank.csv bank.html
ln -s plan.json plan.html
ln thetas.csv thetas.html
ln -s responses.csv responses.html
for output in bank.html plan.html thetas.html; do
    expect "a report over $output" 2 "also an input" "$palier" simulate "${test[@]}" --persons 5 --population thetas.csv --report $output
done
expect "a report over the responses" 2 "also an input" "$palier" simulate "${test[@]}" --responses responses.csv --report responses.html
expect "a report where standard output goes" 2 "standard output goes" bash -c "'$palier' simulate --bank bank.csv --plan plan.json --persons 5 --report out.html >out.html"
expect "standard output after the responses" 2 "" bash -c "'$palier' score --bank bank.csv --responses responses.csv >>responses.csv"
expect "standard output after the bank" 2 "" bash -c "'$palier' info --bank bank.csv --theta 0 >>bank.csv"
expect "standard output after the plan" 2 "" bash -c "'$palier' posthoc --bank bank.csv --plan plan.json --responses responses.csv >>plan.json"
expect "standard output after the log" 2 "" bash -c "'$palier' replay --bank bank.csv --plan plan.json --log log.json >>log.json"
expect "a bundle after the questions" 2 "" bash -c "'$palier' ${bundle[*]} - >>questions.xml"
expect "standard input that is the output" 2 "also an input" bash -c "'$palier' bundle --bank - --plan plan.json --questions en=questions.xml bank.csv <bank.csv"
printf '{"call":"compile","items":[{"item":"q1","b":0}],"output":"request.json"}' >request.json
before=$(cat request.json)
expect "a call that writes over its request" 2 "also an input" bash -c "'$palier' call <request.json"
same "the request is there" "$before" "$(cat request.json)"
expect "standard input is read once" 2 "can be read once" bash -c "cat bank.csv | '$palier' simulate --bank - --plan - --persons 5"
same "no input has changed" "$sum" "$(cat $inputs | sha256sum)"
same "nothing is left beside" "" "$(ls | grep part)"

# A folder is no file, and a report is a page.
expect "a folder as bank" 1 "it is a folder" "$palier" info --bank . --theta 0
expect "a folder as plan" 1 "it is a folder" "$palier" next --bank bank.csv --plan player --log log.json
expect "a folder as responses" 1 "it is a folder" "$palier" score --bank bank.csv --responses player
expect "a folder as output" 1 "it is a folder" "$palier" "${bundle[@]}" player
expect "a report that is no page" 2 "should end in .html" "$palier" simulate "${test[@]}" --persons 5 --report x.pdf
expect "a report without an ending" 2 "should end in .html" "$palier" simulate "${test[@]}" --persons 5 --report report
expect "an output in no folder" 1 "nowhere/t.json: cannot be written" "$palier" "${bundle[@]}" nowhere/t.json

# A file is replaced whole: through a link, with its rights.
echo old >target.json && chmod 640 target.json && ln -s target.json through.json
expect "a bundle through a link" 0 '"carried":6' "$palier" "${bundle[@]}" through.json
[[ -L through.json && $(stat -c %a target.json) == 640 && $(head -c 2 target.json) == '{"' ]] ||
    { echo "FAILED: a link or its file's rights are lost"; failed=$((failed + 1)); }
expect "a bundle into a pipe" 0 "palier_bundle" bash -c "'$palier' ${bundle[*]} >(cat) | cat; wait"

# What cannot be written is told, by every command.
if [[ -e /dev/full ]]; then
    for command in "score --bank bank.csv --responses responses.csv" \
        "score --bank bank.csv --responses responses.csv --format csv" \
        "score --bank bank.csv --responses responses.csv --format table" "info --bank bank.csv --theta 0" \
        "next ${test[*]} --log log.json" "replay ${test[*]} --log log.json" "explain ${test[*]} --log log.json" \
        "explain ${test[*]} --log log.json --format table" "verify ${test[*]} --log verified.json" \
        "posthoc ${test[*]} --responses responses.csv" "simulate ${test[*]} --persons 5" \
        "simulate ${test[*]} --persons 5 --format table" "assemble ${test[*]}" \
        "exposure ${test[*]} --persons 10 --max-rate 0.9" "${bundle[*]} -" "${bundle[*]} made.json" "--version" "--help" \
        "score --help"; do
        printf '{"palier_log":1,"seed":1,"events":[{"type":"started"}]}' >verified.json
        expect "full device: $command" 1 "standard output cannot be written" bash -c "'$palier' $command >/dev/full"
        expect "closed output: $command" 1 "standard output cannot be written" bash -c "'$palier' $command >&-"
    done
    expect "full device: call" 1 "standard output cannot be written" bash -c "echo '{\"call\":\"version\"}' | '$palier' call >/dev/full"
    expect "a bundle to a full device" 1 "/dev/full: cannot be written" "$palier" "${bundle[@]}" /dev/full
    expect "a report to a full device" 1 "/dev/full: cannot be written" "$palier" simulate "${test[@]}" --persons 5 --report /dev/full
    [[ -c /dev/full ]] || { echo "FAILED: the device was replaced"; failed=$((failed + 1)); }
fi
awk 'BEGIN { print "person,t1"; for (k = 0; k < 50000; ++k) print "p" k ",1" }' >many.csv
expect "a closed pipe" 1 "standard output cannot be written" bash -c "'$palier' score --bank bank.csv --responses many.csv | head -c 10; exit \${PIPESTATUS[0]}"

# A test that cannot run: the plan check's words and 1, or --anyway.
for plan in long.json bound.json; do
    words="there are only 6"
    [[ $plan == bound.json ]] && words="'constraints.bounds[0]' (content = geometri, at least 2)"
    for command in "simulate --persons 5" "simulate --responses responses.csv" "posthoc --responses responses.csv" \
        "next --log log.json" "exposure --persons 10 --max-rate 1"; do
        expect "$command with $plan" 1 "$words" "$palier" ${command%% *} --bank bank.csv --plan $plan ${command#* }
        out=$("$palier" ${command%% *} --bank bank.csv --plan $plan ${command#* } --anyway 2>errors)
        same "$command with $plan, anyway" 0 $?
        [[ $(cat errors) == *"$words"* && -n $out ]] || { echo "FAILED: $command --anyway does not warn"; failed=$((failed + 1)); }
    done
    expect "bundle with $plan" 1 "$words" "$palier" bundle --bank bank.csv --plan $plan --questions en=questions.xml t.json
    same "bundle with $plan wrote nothing" "" "$(ls | grep -x t.json)"
    expect "package with $plan" 1 "$words" "$palier" package --bank bank.csv --plan $plan --questions en=questions.xml --player player t.zip
    expect "bundle with $plan, anyway" 0 '"can_run":false' "$palier" bundle --bank bank.csv --plan $plan --questions en=questions.xml t.json --anyway
    [[ -s t.json ]] || { echo "FAILED: bundle --anyway wrote nothing"; failed=$((failed + 1)); }
    rm -f t.json t.zip
done
expect "a study says that the test cannot run" 0 '"can_run":false' "$palier" simulate --bank bank.csv --plan long.json --persons 5 --anyway

# verify ends as cmp does.
printf '{"palier_log":1,"seed":1,"events":[{"type":"started"},{"type":"asked","item":"t6"},{"type":"answered","item":"t6","category":1}]}' >other.json
expect "verify of another path" 1 '"same":false' "$palier" verify "${test[@]}" --log other.json
expect "verify of the same path" 0 '"same":true' "$palier" verify "${test[@]}" --log verified.json

finish "every output arrives, and over no input"
