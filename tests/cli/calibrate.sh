#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `palier calibrate`, `palier dif` and `palier link`: what they read, write and refuse. calibrate.sh PALIER REFERENCE
set -u
palier=$1
reference=$2
. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

lsat=$reference/calibration_LSAT6.csv
# The log-likelihood is mirt's (tests/reference/README.md).
expect "2pl" 0 '"log_likelihood":-2466.65337751' "$palier" calibrate --responses "$lsat" --model 2pl --output bank.csv
expect "a bank that the other commands read" 0 '"item":"Item_3"' "$palier" info --bank bank.csv --theta 0
same "its columns" "item,model,status,a,b,se_a,se_b" "$(head -1 bank.csv | tr -d '\r')"
same "its items" 5 "$(tail -n +2 bank.csv | grep -c ',2pl,operational,')"
expect "rasch" 0 '"log_likelihood":-2466.937599' "$palier" calibrate --responses "$lsat" --model rasch
expect "priors" 0 '"log_likelihood":-2466.84234' "$palier" calibrate --responses "$lsat" --model 3pl --prior-slope lognormal:0,0.5 --prior-lower normal:-1.5,0.5
expect "items of two and of four categories" 0 '"log_likelihood":-1608.86941312' "$palier" calibrate --responses "$reference/calibration_Science.csv" --model 2pl,grm

# The same answers as a long table.
awk -F, 'NR == 1 { split($0, id, ","); print "person,item,response"; next } { for (k = 1; k <= NF; ++k) print NR "," id[k] "," $k }' "$lsat" >long.csv
expect "a long table" 0 '"log_likelihood":-2466.65337751' "$palier" calibrate --responses long.csv --model 2pl

# Groups, and items that differ between them.
expect "groups" 0 '"log_likelihood":-23891.5811' "$palier" calibrate --responses "$reference/calibration_dif.csv" --se none
expect "items apart" 0 '"log_likelihood":-23847.20848' "$palier" calibrate --responses "$reference/calibration_dif.csv" --apart I3,I7,I12,I16 --se none
sed '1s/group/cohort/' "$reference/calibration_dif.csv" >cohort.csv
expect "another name of the groups" 0 '"log_likelihood":-23891.5811' "$palier" calibrate --responses cohort.csv --group cohort --se none
expect "a column of groups that is not there" 1 "'towns'" "$palier" calibrate --responses cohort.csv --group towns
expect "columns left out" 0 '"parameters":36' "$palier" calibrate --responses cohort.csv --without cohort,I3,I7 --se none
expect "items of a long table left out" 0 '"parameters":8' "$palier" calibrate --responses long.csv --without Item_3

# Differential functioning: the class and the odds ratio of item 3 are R's.
expect "dif" 0 '"odds_ratio":1.648709683' "$palier" dif --responses "$reference/calibration_dif.csv"
expect "dif, matched by all items" 0 '"odds_ratio":1.689739890' "$palier" dif --responses "$reference/calibration_dif.csv" --no-purification
expect "dif as a table" 0 'mantel_haenszel.delta' "$palier" dif --responses cohort.csv --group cohort --format csv
expect "dif by likelihood ratio" 0 '"likelihood_ratio":{"chi_square":' "$palier" dif --responses "$reference/calibration_dif.csv" --without I1,I2,I4,I5,I6,I8,I9,I10,I11,I13,I14,I15,I17,I18 --model 2pl
expect "dif of one group" 1 "one group of persons" "$palier" dif --responses "$lsat"
expect "dif of a group that is not there" 2 "'2' is no group" "$palier" dif --responses "$reference/calibration_dif.csv" --focal 2

# Fit: mirt's figures at its own parameters, which are those of this bank to 1e-6.
expect "fit of the whole" 0 '"chi_square":4.7383' "$palier" fit --bank bank.csv --responses "$lsat"
expect "fit of an item" 0 '"s_x2":{"chi_square":0.45037' "$palier" fit --bank bank.csv --responses "$lsat"
expect "fit of a bank that others calibrated" 0 '"degrees":13,' "$palier" fit --bank bank.csv --responses "$lsat" --known
expect "fit in a population that is given" 0 '"degrees":15,' "$palier" fit --bank bank.csv --responses "$lsat" --known --population 0,1
expect "fit of persons" 0 '"lz":-1.2059' "$palier" fit --bank bank.csv --responses "$lsat" --persons
expect "fit of persons as a table" 0 'person,n,infit' "$palier" fit --bank bank.csv --responses "$lsat" --persons --format csv
expect "fit of categories" 0 '{"category":0,"item":"Item_1","mean_of_rest":2.5131' "$palier" fit --bank bank.csv --responses "$lsat"
expect "fit by pairs" 0 '"pairs":[]' "$palier" fit --bank bank.csv --responses "$lsat" --pairs 0
printf 'item,scale,b\nItem_1,x,0\nItem_2,y,0\nItem_3,y,0\nItem_4,y,0\nItem_5,y,0\n' >scales.csv
expect "fit of two scales" 1 "fit is of one scale at a time" "$palier" fit --bank scales.csv --responses "$lsat"
expect "a population that is none" 2 "should be MEAN,SD" "$palier" fit --bank bank.csv --responses "$lsat" --population 0

# Anchors: two items of the bank stay, a pretest item is estimated by its own model.
printf 'item,model,a,b,status,content\nItem_1,2pl,0.8,-3.4,operational,logic\nItem_2,2pl,0.7,-1.4,operational,logic\nItem_3,rasch,,0,pretest,logic\nunused,2pl,1,1,operational,logic\n' >anchors.csv
expect "anchors" 0 '"anchor":true' "$palier" calibrate --responses "$lsat" --bank anchors.csv --status pretest --output new.csv
same "anchors stay" "Item_1,2pl,operational,0.8,-3.4,,,logic" "$(grep '^Item_1' new.csv | tr -d '\r')"
same "a pretest item keeps its model and content" 1 "$(grep -c '^Item_3,rasch,pretest,,-*[0-9.]*,,[0-9.]*,logic' new.csv)"
same "new items" 2 "$(grep -c '^Item_[45],2pl,pretest,' new.csv)"
same "what was not answered stays" "unused,2pl,operational,1.0,1.0,,,logic" "$(grep '^unused' new.csv | tr -d '\r')"
printf 'item,model\nItem_1,rasch\n' >models.csv
# 924 of 1,000 are right at Item_1, 553 at Item_3: on one scale the first cannot be six logits harder than the other.
printf 'item,model,b\nItem_1,rasch,3\nItem_3,rasch,-3\n' >contrary.csv
same "anchors that contradict each other" "Item_1 easier,Item_3 harder" "$("$palier" calibrate --responses "$lsat" --model rasch --bank contrary.csv 2>&1 >/dev/null |
    sed -n 's/^palier: anchor \([^:]*\): .* logits \([a-z]*\) than .*/\1 \2/p' | paste -sd,)"
# mirt's difficulties of the whole set (tests/reference/README.md) are no contradiction.
printf 'item,model,b\nItem_1,rasch,-2.730\nItem_3,rasch,-0.240\n' >agreeing.csv
expect "anchors that agree" 0 '"moved_anchors":[]' "$palier" calibrate --responses "$lsat" --model rasch --bank agreeing.csv
expect "a contradiction" 1 "item 'Item_1' is an anchor of model 2pl and should be rasch" "$palier" calibrate --responses "$lsat" --bank anchors.csv --models models.csv
expect "the models of single items" 0 '"parameters":10' "$palier" calibrate --responses "$lsat" --models models.csv
printf 'item,b\nother,0\n' >strangers.csv
expect "no anchor" 1 "none of the anchors' bank" "$palier" calibrate --responses "$lsat" --bank strangers.csv

# A bank file keeps what was before.
bank=("$palier" calibrate --responses "$lsat" --output bank.palier)
expect "a bank file" 0 '"log_likelihood":-2466.65337751' "${bank[@]}" --model 2pl
expect "a bank file is a bank" 0 '"item":"Item_3"' "$palier" info --bank bank.palier --theta 0
cp bank.palier renamed.csv
expect "whatever its name" 0 '"item":"Item_3"' "$palier" info --bank renamed.csv --theta 0
expect "its metric is D = 1" 1 "bank.palier: a bank file has the metric D = 1" "$palier" info --bank bank.palier --D 1.7 --theta 0
same "the same numbers as in a table" "$("$palier" info --bank bank.csv --theta 0)" "$("$palier" info --bank bank.palier --theta 0)"
expect "calibrated again" 0 '"log_likelihood":-2466.937599' "${bank[@]}" --model rasch
sql() { python3 -c 'import sqlite3, sys; print(*("|".join(map(str, row)) for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])), sep="\n")' "$@"; }
same "the history has both" $'1|calibrate|["calibration_LSAT6.csv"]|1000.0|1\n2|calibrate|["calibration_LSAT6.csv"]|1000.0|1' \
    "$(sql bank.palier 'SELECT number, what, made_from, persons, converged FROM history')"
same "their log-likelihoods" $'-2466.65\n-2466.94' "$(sql bank.palier "SELECT printf('%.2f', log_likelihood) FROM history")"
same "and the items before and after" 2 "$(sql bank.palier "SELECT count(DISTINCT model) FROM history_item WHERE item = 'Item_3'")"
expect "items without answers" 1 "1 of its items have no answers here (Item_3)" "${bank[@]}" --without Item_3
expect "anchors of the same file" 1 "none of the anchors' bank" "${bank[@]}" --bank strangers.csv
expect "an anchor of the same file stays" 0 '"anchor":true' "${bank[@]}" --bank bank.palier --model rasch
same "and the history goes on" 3 "$(sql bank.palier 'SELECT count(*) FROM history')"
printf 'SQLite format 3\0' >broken.palier
expect "a file that is none" 1 "broken.palier:" "$palier" info --bank broken.palier --theta 0
expect "is not written over" 1 "broken.palier:" "$palier" calibrate --responses "$lsat" --output broken.palier

# Experts: their difficulties set the scale, their worth is told, and a bank comes of them.
printf 'item,b,status\nItem_1,-2,pretest\nItem_2,-1,pretest\nItem_3,0,pretest\nItem_4,-1,pretest\nItem_5,-2,draft\n' >experts.csv
head -81 "$lsat" >few.csv
expect "experts" 0 '"expert_sd":' "$palier" calibrate --responses few.csv --bank experts.csv --experts --status operational --output by_experts.csv
same "items of experts" 5 "$(grep -c '^Item_.,2pl,[pd]r' by_experts.csv)"
expect "experts without a bank" 2 "needs --bank" "$palier" calibrate --responses few.csv --experts
expect "experts of no item" 1 "to set the scale" "$palier" calibrate --responses few.csv --bank strangers.csv --experts


# Correlations: two scales of eight items each, 600 persons who are on both where one random number says.
awk 'function random() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
    BEGIN {
        seed = 7; OFS = ","
        print "item,scale,a,b" >"two.csv"
        header = "person"
        for (k = 0; k < 16; ++k) {
            print "i" k, k < 8 ? "x" : "y", 1.5, (k % 8 - 3.5) / 2 >"two.csv"
            header = header OFS "i" k
        }
        print header
        for (p = 0; p < 600; ++p) {
            both = 0
            for (k = 0; k < 12; ++k) both += random() - 0.5
            for (s = 0; s < 2; ++s) {
                own = 0
                for (k = 0; k < 12; ++k) own += random() - 0.5
                theta[s] = 0.8 * both + 0.6 * own
            }
            row = "p" p
            for (k = 0; k < 16; ++k)
                row = row OFS (p % 8 == k % 8 ? "" : random() < 1 / (1 + exp(-1.5 * (theta[k < 8 ? 0 : 1] - (k % 8 - 3.5) / 2))))
            print row
        }
    }' >two-answers.csv
printf '{"palier_plan":1,"scales":[{"id":"x"},{"id":"y"}],"map":{"correlation":0.2},"stop":{"max_items":8}}' >two.json
correlations=("$palier" calibrate --correlations two.json --bank two.csv --responses two-answers.csv)
expect "correlations" 0 '"converged":true' "${correlations[@]}" --output learned.json
same "a plan with them" "true" "$(python3 -c "
import json
plan = json.load(open('learned.json'))
r = plan['map']['correlation']
print(str(r[0][0] == 1 and r[0][1] == r[1][0] and abs(r[0][1] - 0.64) < 0.12 and plan['stop'] == {'max_items': 8}).lower())")"
expect "a plan that other commands read" 0 '"theta":' "$palier" score --bank two.csv --plan learned.json --responses two-answers.csv
expect "correlations as a table" 0 'pairs' "${correlations[@]}" --format table
expect "what the plan has can count, too" 0 '"plan":0.2' "${correlations[@]}" --weight 600
expect "correlations of one scale" 2 "is of one scale" "$palier" calibrate --correlations <(printf '{"palier_plan":1}') --bank two.csv --responses two-answers.csv
expect "correlations without a bank" 2 "needs --bank" "$palier" calibrate --correlations two.json --responses two-answers.csv
expect "correlations over the plan" 2 "also an input" "${correlations[@]}" --output two.json
expect "a scale that the bank has not" 1 "'z'" "$palier" calibrate --correlations <(printf '{"palier_plan":1,"scales":[{"id":"x"},{"id":"z"}]}') --bank two.csv --responses two-answers.csv
expect "scales that nobody answered together" 1 "nobody answered items of 'x' and of 'y'" "${correlations[@]}" --without i8,i9,i10,i11,i12,i13,i14,i15

# Linking: the figures of tests/engine/linking_test.cpp's definition, theta' = 2 theta + 1.
printf 'item,model,a,b\nx,2pl,1,-1\ny,2pl,1.5,0.5\nz,2pl,0.8,1\nnew,rasch,,0\n' >from.csv
printf 'item,model,a,b\nx,2pl,0.5,-1\ny,2pl,0.75,2\nz,2pl,0.4,3\n' >to.csv
for method in mean-sigma mean-mean; do
    expect "link by $method" 0 '"common_items":3,"intercept":1.0,"slope":2.0' "$palier" link --from from.csv --to to.csv --method $method --output linked.csv
done
same "the bank on the other scale" "new,2pl,operational,0.5,1.0" "$(grep '^new' linked.csv | tr -d '\r')"
expect "link by curves" 0 '"common_items":3' "$palier" link --from from.csv --to to.csv
expect "a link of no common items" 1 "at least two common items" "$palier" link --from from.csv --to strangers.csv
expect "a link over its input" 2 "also an input" "$palier" link --from from.csv --to to.csv --output to.csv

# What is hopeless says so; nothing is written.
printf 'easy,hard\n1,0\n1,1\n1,0\n' >easy.csv
expect "an item that all pass" 1 "item 'easy': all 3 answers are category 1" "$palier" calibrate --responses easy.csv --output none.csv
printf 'q1,q2\n0,2\n1,0\n1,1\n0,0\n' >steps.csv
expect "a model of two categories" 1 "item 'q2': category 2 was given, and model 2pl has 0 and 1" "$palier" calibrate --responses steps.csv --model 2pl
expect "a search that is cut short" 1 "this is not a maximum: after 3 iterations" "$palier" calibrate --responses "$lsat" --iterations 3 --output none.csv
printf 'a,b,c\n' >copies.csv
for k in $(seq 200); do echo "$((k % 2)),$((k % 2)),$((k % 3 % 2))"; done >>copies.csv
expect "a slope without end" 1 "its slope grew to" "$palier" calibrate --responses copies.csv --output none.csv
awk -F, -v OFS=, 'NR > 1 { $2 = 1 - $2 } { print }' "$lsat" >turned.csv
expect "a turned key is left out" 0 "left out of rest.csv: item 'Item_2': 'a' is -0.72" "$palier" calibrate --responses turned.csv --output rest.csv
same "and the others are there" 4 "$(tail -n +2 rest.csv | grep -c .)"
[[ ! -e none.csv ]] || expect "no bank" 9 "" true
expect "a table of no items" 1 "no items" "$palier" calibrate --responses <(printf 'person\nA\n')
expect "no such model" 2 "'5pl' is no model" "$palier" calibrate --responses "$lsat" --model 5pl
expect "a prior that is none" 2 "should be lognormal:MEAN,SD" "$palier" calibrate --responses "$lsat" --prior-slope normal:0,1
expect "over its input" 2 "also an input" "$palier" calibrate --responses long.csv --output long.csv

finish "calibrate, dif, fit and link are right"
