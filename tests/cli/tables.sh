#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tables in and out: other programs' responses, unknown numbers, studies of real answers, any number of persons.
# tables.sh PALIER
# shellcheck disable=SC2086,SC2002
set -u
palier=$1
. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# Responses as other programs write them: each the same as the plain table.
printf 'item,a,b\nq1,1.2,-0.5\nq2,0.8,0.3\n' >bank.csv
printf 'person,q1,q2\nA,1,0\nB,,1\n' >plain.csv
wanted=$("$palier" score --bank bank.csv --responses plain.csv)
reads() {
    cat >table.csv
    same "responses: $1" "$wanted" "$("$palier" score --bank bank.csv --responses table.csv 2>/dev/null)"
    same "responses from a pipe: $1" "$wanted" "$(cat table.csv | "$palier" score --bank bank.csv --responses - 2>/dev/null)"
}
printf '"","q1","q2"\n"A",1,0\n"B",NA,1\n' | reads "R's row names are the persons"
printf '"","person","q1","q2"\n"1","A",1,0\n"2","B",NA,1\n' | reads "R's row names beside persons"
printf '"person","q1","q2"\n"1","A",1,0\n"2","B",NA,1\n' | reads "write.table"
printf 'sep=;\r\nperson;q1;q2;\r\nA;1;0;\r\nB;#N/A;1;\r\n' | reads "a spreadsheet"
printf 'person,q1,q2,,\nA,1.0,0,,\nB,#NV,1.0,,\n' | reads "empty columns and 1.0"
printf 'id,item,resp\nA,q1,1\nA,q2,0\nB,q1,NaN\nB,q2,1\n' | reads "Item Response Warehouse"
printf 'id,item,resp,rt,wave\nA,q2,0,1.5,1\nB,q2,1,2,1\nA,q1,1,3,1\n' >apart.csv
same "a person's rows may be apart, in the order of first appearance" \
    "$("$palier" score --bank bank.csv --responses plain.csv | tr -d '\n' | sed 's/"theta":[^}]*//g')" \
    "$("$palier" score --bank bank.csv --responses apart.csv 2>/dev/null | tr -d '\n' | sed 's/"theta":[^}]*//g')"
expect "columns that are not read are named" 0 "not read: 'rt', 'wave'" "$palier" score --bank bank.csv --responses apart.csv
printf 'person,q1,q2\nA,1,0\nB,,1\n' | iconv -t UTF-16 | reads "UTF-16"
printf '\xef\xbb\xbfperson\tq1\tq2\nA\t1\t0\nB\t\t1\n' | reads "tabs and a byte order mark"
{ printf '\n\n'; cat plain.csv; printf '\n,,\n'; } | reads "blank lines"

# All faults at once.
printf 'person,q1,q2,q3\nA,1,2,\nA,x,0,1\n,1,#DIV/0!,\nC,1\n' >faults.csv
for words in "line 2, column 'q2': '2'; item 'q2' has the categories 0 to 1" "line 3: person 'A' is there twice; first on line 2" \
    "line 3, column 'q1': 'x'" "column 'q3': item 'q3' is not in the bank" "line 4, column 'person': empty" \
    "line 4, column 'q2': '#DIV/0!' is a spreadsheet's error" "line 5: 2 cells; the header has 4"; do
    expect "all faults of a table: $words" 1 "$words" "$palier" score --bank bank.csv --responses faults.csv
done
printf 'person,item,response,ms,group\nA,q1,1,-3,g\nA,q1,0,,g\nA,q9,0,,h\nB,q2,7,,g\n' >faults.csv
for words in "'-3'; it should be milliseconds" "has a response to 'q1' above" "item 'q9' is not in the bank" "is in group 'g' above" "'7'; item 'q2'"; do
    expect "all faults of a long table: $words" 1 "$words" "$palier" score --bank bank.csv --responses faults.csv
done

# Categories that are counted from 1. Figures: an independent EAP on 16,001 nodes (cases/categories-from-one).
printf 'item,model,a,b1,b2,b3,b4\nl1,grm,1.8,-2,-1,0.2,1.3\nl2,grm,1.4,-1.5,-0.4,0.6,1.9\n' >likert.csv
printf 'person,l1,l2\nA,1,2\nB,4,3\nC,2,1\n' >from-one.csv
expect "no zero in any column is told" 0 "--categories-from 1" "$palier" score --bank likert.csv --responses from-one.csv
same "from 1" "A -1.188 B 0.316 C -1.185" "$("$palier" score --bank likert.csv --responses from-one.csv --categories-from 1 --nodes 1001 --format csv 2>/dev/null |
    tr -d '\r' | awk -F, 'NR > 1 { printf "%s%s %.3f", (NR > 2 ? " " : ""), $1, $6 }')"
printf 'person,l1,l2\nA,1,2\nB,4,0\n' >from-zero.csv
same "a zero is no reason for a word" "" "$("$palier" score --bank likert.csv --responses from-zero.csv 2>&1 >/dev/null)"
printf 'person,l1,l2\nA,5,2\n' >five.csv
expect "one category too many says the same" 1 "--categories-from 1" "$palier" score --bank likert.csv --responses five.csv
expect "a zero where counting begins at 1" 1 "categories 1 to 5" "$palier" score --bank likert.csv --responses from-zero.csv --categories-from 1
printf '{"palier_plan":1,"stop":{"max_items":1}}' >one.json
for command in posthoc simulate; do
    expect "$command tells it too" 0 "--categories-from 1" "$palier" $command --bank likert.csv --plan one.json --responses from-one.csv
done
same "right and wrong items stay as they are" "" "$("$palier" score --bank bank.csv --responses <(printf 'person,q1\nA,1\n') 2>&1 >/dev/null)"

# Unknown numbers are nothing in csv and table, null in JSON.
printf 'item,b\nq1,0\nq2,1\n' >rasch.csv
printf 'person,q1,q2\nA,,\nB,1,0\n' >nothing.csv
same "csv" "A,0,false,ml,," "$("$palier" score --bank rasch.csv --responses nothing.csv --estimator ml --format csv | tr -d '\r' | sed -n 2p)"
same "table" "A       0  false     ml" "$("$palier" score --bank rasch.csv --responses nothing.csv --estimator ml --format table | sed -n 2p | sed 's/ *$//')"
expect "json" 0 '"se":null,"theta":null' "$palier" score --bank rasch.csv --responses nothing.csv --estimator ml
for command in posthoc simulate replay; do
    printf '{"palier_plan":1,"estimation":{"estimator":"ml"},"stop":{"max_items":1}}' >ml.json
    printf '{"palier_log":1,"seed":1,"events":[{"type":"started"}]}' >log.json
    [[ $command == replay ]] && arguments="--log log.json" || arguments="--responses nothing.csv"
    for format in csv table; do
        out=$("$palier" $command --bank rasch.csv --plan ml.json $arguments --format $format 2>/dev/null)
        same "$command, $format" "" "$(grep -wE 'inf|null|nan' <<<"$out")"
    done
done
printf 'person,q1\n' >empty.csv
same "a table without persons has its header" "person,n,at_bound,estimator,se,theta" "$("$palier" score --bank rasch.csv --responses empty.csv --format csv | tr -d '\r')"
same "posthoc too" "person,item,stop,response,se,theta" "$("$palier" posthoc --bank rasch.csv --plan one.json --responses empty.csv --format csv | tr -d '\r')"
same "and JSON is an empty list" "[]" "$("$palier" score --bank rasch.csv --responses empty.csv)"

# A study of real answers: who has no other answer than those asked for says nothing of accuracy.
{ echo 'item,a,b'; for k in 1 2 3 4 5 6 7 8 9 10; do echo "q$k,1,$((k - 5))"; done; } >ten.csv
printf '{"palier_plan":1,"stop":{"standard_error":0.4,"max_items":5}}' >precise.json
{ printf 'person'; printf ',q%d' 1 2 3 4 5 6 7 8 9 10; printf '\nA,,,,,,,,,,\nB,1,,,,,,,,,\nC,,0,,,,,,,,\n'; } >scarce.csv
out=$("$palier" simulate --bank ten.csv --plan precise.json --responses scarce.csv 2>errors)
for words in '"bias":null' '"rmse":null' '"coverage":null' '"measured":0' '"persons":3'; do
    [[ $out == *"$words"* ]] || { echo "FAILED: a study on nothing: $words"; failed=$((failed + 1)); }
done
[[ $(cat errors) == *"For 3 persons out of 3"* ]] || { echo "FAILED: their number is no warning"; failed=$((failed + 1)); }
cp scarce.csv mixed.csv
printf 'D,1,1,1,1,1,0,0,0,0,0\nE,1,1,1,0,1,0,1,0,0,0\n' >>mixed.csv
printf 'person' >full.csv; printf ',q%d' 1 2 3 4 5 6 7 8 9 10 >>full.csv
printf '\nD,1,1,1,1,1,0,0,0,0,0\nE,1,1,1,0,1,0,1,0,0,0\n' >>full.csv
figures() { "$palier" simulate --bank ten.csv --plan precise.json --responses "$1" 2>/dev/null | grep -o '"bias":[^,]*,\|"coverage":[^,]*,\|"rmse":[^,]*,' | tail -3; }
same "their figures are those of the others" "$(figures full.csv)" "$(figures mixed.csv)"

# Populations.
for population in normal:0 normal:0,0 normal uniform uniform:0,0 uniform:2,1 normal:0,1,2; do
    expect "population $population" 2 "normal:MEAN,SD (SD above 0), uniform:LO,HI (LO below HI) or a file with a column theta" \
        "$palier" simulate --bank ten.csv --plan one.json --persons 5 --population $population
done
expect "jeffreys is no population" 1 "jeffreys: cannot be read" "$palier" simulate --bank ten.csv --plan one.json --persons 5 --population jeffreys
expect "exposure's population" 2 "should be normal:MEAN,SD (SD above 0) or uniform:LO,HI" "$palier" exposure --bank ten.csv --plan one.json --population jeffreys
printf 'theta\n0\nx\n1\ny\n' >thetas.csv
expect "all faults of a population" 1 "line 5, column 'theta': 'y'" "$palier" simulate --bank ten.csv --plan one.json --persons 5 --population thetas.csv
expect "exposure says plain numbers" 1 "tests of 1 items out of 10 cannot keep a rate of 0.05" "$palier" exposure --bank ten.csv --plan one.json --persons 10 --max-rate 0.05

# Memory does not grow with the persons: 100,000 in 400 MB of address space (posthoc took 7.6 KB a person).
awk 'BEGIN { srand(1); printf "person"; for (i = 1; i <= 10; ++i) printf ",q%d", i; print ""
    for (k = 0; k < 100000; ++k) { printf "p%d", k; for (i = 1; i <= 10; ++i) printf ",%d", rand() < 0.5; print "" } }' >many.csv
within() { (ulimit -v 400000 && "$palier" "$@"); }
if within --version >/dev/null 2>&1; then  # not where a sanitizer keeps terabytes of addresses
    same "posthoc of many persons" 100000 "$(within posthoc --bank ten.csv --plan one.json --responses many.csv | grep -o '"person":' | wc -l)"
    same "in their order" "p0 p99999" "$(within posthoc --bank ten.csv --plan one.json --responses many.csv --format csv | awk -F, 'NR == 2 { a = $1 } END { print a, $1 }')"
    same "score of many persons" 100001 "$(within score --bank ten.csv --responses many.csv --format csv | wc -l)"
    same "and from a pipe" 100001 "$(cat many.csv | within score --bank ten.csv --responses - --format csv | wc -l)"
fi

# A line of plain names and one-digit cells is read and scored without a copy of each cell: the text is that of the same
# lines in quotes, which are not; end of file, NA and names with signs too.
awk 'BEGIN { srand(2); printf "person"; for (i = 1; i <= 10; ++i) printf ",q%d", i; print ""
    for (k = 0; k < 300; ++k) { printf "p-%d.x@y", k; for (i = 1; i <= 10; ++i) { r = rand()
        printf ",%s", r < 0.1 ? "" : r < 0.2 ? "NA" : r < 0.6 } print "" }
    printf "last,1,1,1,1,1,1,1,1,1,1" }' >lines.csv
sed '2,$s/[^,]*/"&"/g' lines.csv >quoted.csv
for format in json csv table; do
    same "lines read at once, $format" "$("$palier" score --bank ten.csv --responses quoted.csv --format $format)" \
        "$("$palier" score --bank ten.csv --responses lines.csv --format $format)"
done
# A name that is there twice is found among more persons than are kept at once.
awk 'BEGIN { print "person,q1"; for (k = 0; k < 320000; ++k) print "p" k ",1"; print "p3,0"; print "p319999,0" }' >crowd.csv
for person in p3 p319999; do
    expect "person $person of 320,000" 1 "person '$person' is there twice" "$palier" score --bank ten.csv --responses crowd.csv
done
awk 'BEGIN { print "person,item,response"; for (k = 0; k < 320000; ++k) print "p" k ",q1,1"; print "p319998,q2,0" }' >apart.csv
same "rows apart among as many" 320000 "$("$palier" score --bank ten.csv --responses apart.csv | grep -o '"person":' | wc -l)"

finish "tables are read and written as they should be"
