#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The command line keeps its contract: exit codes, messages, formats.  commands.sh PALIER REFERENCE
# shellcheck disable=SC2086,SC2002
set -u
palier=$1
reference=$2
. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

printf 'item,model,a,b,c\nq1,3pl,1.2,-0.5,0.2\nq2,2pl,0.8,1,\nq3,rasch,,0,\n' >bank.csv
printf 'person,q1,q2,q3\nA,1,0,\nB,,,1\n' >wide.csv
printf 'person,item,response\nA,q1,1\nA,q2,0\nB,q3,1\n' >long.csv
printf '{"palier_plan":1,"stop":{"max_items":2}}' >plan.json
printf '{"palier_log":1,"seed":1,"events":[{"type":"started"},{"type":"asked","item":"q3"},{"type":"answered","item":"q3","category":1}]}' >log.json

expect "version" 0 "0." "$palier" --version
expect "no command is a wrong call" 2 "subcommand" "$palier"
expect "an unknown command is a wrong call" 2 "did you mean 'score'" "$palier" scor
expect "a missing option is a wrong call" 2 "--responses" "$palier" score --bank bank.csv
expect "a wrong prior is a wrong call" 2 "normal:MEAN,SD" "$palier" score --bank bank.csv --responses wide.csv --prior N01
expect "a missing file cannot be done" 1 "nope.csv" "$palier" score --bank nope.csv --responses wide.csv
expect "score" 0 '"estimator":"eap"' "$palier" score --bank bank.csv --responses wide.csv
expect "score as csv" 0 "person,n,at_bound,estimator,se,theta" "$palier" score --bank bank.csv --responses wide.csv --format csv --range -4,4
expect "ml at the bound is flagged" 0 '{"at_bound":true,"estimator":"ml","n":1,"person":"B"' "$palier" score --bank bank.csv --responses wide.csv --estimator ml
expect "robust, under no prior" 0 '"estimator":"robust"' "$palier" score --bank bank.csv --responses wide.csv --estimator robust
expect "robust by Tukey's weights" 0 '"estimator":"robust"' "$palier" score --bank bank.csv --responses wide.csv --estimator robust --robust-weight tukey
expect "weights belong to robust" 1 "belongs to estimator robust" "$palier" score --bank bank.csv --responses wide.csv --robust-weight tukey
expect "map by how far estimates spread" 0 '"estimator":"map"' "$palier" score --bank bank.csv --responses wide.csv --estimator map --standard-error sampling
expect "eap has one standard error" 1 "posterior's standard deviation" "$palier" score --bank bank.csv --responses wide.csv --standard-error observed
expect "eap under Jeffreys' prior" 0 '"estimator":"eap"' "$palier" score --bank bank.csv --responses wide.csv --prior jeffreys
expect "info" 0 '"information":0.25' "$palier" info --bank bank.csv --theta -1,0
expect "next" 0 '"next":' "$palier" next --bank bank.csv --plan plan.json --log log.json
expect "replay" 0 '"steps":[{' "$palier" replay --bank bank.csv --plan plan.json --log log.json
expect "verify" 0 '"same":' "$palier" verify --bank bank.csv --plan plan.json --log log.json
expect "explain in words" 0 "L’estimation est montée" "$palier" explain --bank bank.csv --plan plan.json --log log.json --lang fr --format table
expect "posthoc leaves out items without an answer" 0 '"person":"B","steps":[{"item":"q3"' "$palier" posthoc --bank bank.csv --plan plan.json --responses wide.csv
expect "simulate" 0 '"rmse":' "$palier" simulate --bank bank.csv --plan plan.json --persons 20 --report report.html
expect "simulate draws a report" 0 "Design study" cat report.html
expect "a report has no script and no address" 1 "" grep -E '<script|https?:' report.html
expect "simulate in French" 0 '"rmse":' "$palier" simulate --bank bank.csv --plan plan.json --persons 20 --lang fr --report report-fr.html
expect "a report in French" 0 "Pourquoi les tests s’arrêtent" cat report-fr.html
expect "simulate on real responses" 0 '"persons":2,' "$palier" simulate --bank bank.csv --plan plan.json --responses wide.csv
expect "simulate needs persons or responses" 2 "one of them" "$palier" simulate --bank bank.csv --plan plan.json
printf '{"palier_plan":1,"stop":{"rules":{"rule":"classified"}},"classification":{"method":"sprt","cuts":[0]},"floor":{"theta":-1}}' >decide.json
expect "simulate says where the bank is thin" 0 "keep the plan’s promise" "$palier" simulate --bank bank.csv --plan decide.json --persons 50
expect "replay says what is decided" 0 '"decision":"undecided"' "$palier" replay --bank bank.csv --plan decide.json --log log.json
expect "next says what is decided" 0 '"classification":{' "$palier" next --bank bank.csv --plan decide.json --log log.json
expect "posthoc says what is decided" 0 '"floor":{' "$palier" posthoc --bank bank.csv --plan decide.json --responses wide.csv
expect "a plan with unknown keys names the file and what is valid" 1 "log.json: unknown key" "$palier" next --bank bank.csv --plan log.json --log log.json
expect "a polytomous item has a probability a category" 0 '"p":[0.5,' "$palier" info --theta 0 --bank <(printf 'item,model,a,b1,b2\nx,grm,1,0,1\n')
expect "boundaries out of order are refused by line and item" 1 "line 2: item 'x': 'b2'" "$palier" info --theta 0 --bank <(printf 'item,model,a,b1,b2\nx,grm,1,1,0\n')
expect "a SQLite file is recognised" 1 "SQLite" "$palier" info --theta 0 --bank <(printf 'SQLite format 3\0')

[[ $("$palier" score --bank bank.csv --responses wide.csv) == "$("$palier" score --bank bank.csv --responses long.csv)" ]] ||
    { echo "FAILED: wide and long tables differ"; failed=$((failed + 1)); }
[[ $("$palier" simulate --bank bank.csv --plan plan.json --persons 50 --threads 1) == "$("$palier" simulate --bank bank.csv --plan plan.json --persons 50 --threads 4)" ]] ||
    { echo "FAILED: simulate depends on threads"; failed=$((failed + 1)); }
printf '{"call":"compile","items":[{"item":"q1","b":0}],"output":"compiled.bin"}' | "$palier" call >/dev/null
expect "a compiled bank is a bank" 0 '"item":"q1"' "$palier" info --bank compiled.bin --theta 0
answer=$(printf '{"call":"plan","plan":{"palier_plan":2}}' | "$palier" call)
[[ $? -eq 1 && $answer == '{"error":{"message":'*'"type":"PlanError"}}' ]] || { echo "FAILED: a refused call: $answer"; failed=$((failed + 1)); }

# Shadow tests, forms and exposure, through the command.
{ echo 'item,b,content,key_format,num.words'
  for k in $(seq 1 40); do echo "s$k,$((k % 9 - 4)),$([[ $((k % 2)) -eq 0 ]] && echo A || echo B),$([[ $((k % 3)) -eq 0 ]] && echo long || echo short),$((10 + k % 5))"; done; } >shadow.csv
printf '{"palier_plan":1,"stop":{"max_items":6},"constraints":{"method":"shadow","bounds":[{"attribute":"content","value":"A","min":3,"max":3},{"attribute":"key_format","value":"long","min":1},{"sum":"words","max":72}]}}' >shadow.json
printf '{"palier_log":1,"seed":1,"events":[{"type":"started"}]}' >begun.json
printf '{"palier_plan":1,"stop":{"max_items":4},"constraints":{"bounds":[{"attribute":"content","value":"A","min":3},{"attribute":"content","value":"B","min":2}]}}' >conflict.json
solver=$("$palier" next --bank shadow.csv --plan shadow.json --log begun.json 2>&1)
if [[ $solver == *"needs a solver"* ]]; then
    echo "this build has no solver: shadow tests with sums are refused"
else
    expect "next of a shadow test" 0 '"next":"s' "$palier" next --bank shadow.csv --plan shadow.json --log begun.json
    expect "simulated shadow tests have their length" 0 '"max":6,"mean":6.0,"min":6' "$palier" simulate --bank shadow.csv --plan shadow.json --persons 20
    expect "parallel forms" 0 '"proved":true' "$palier" assemble --bank shadow.csv --plan shadow.json --forms 2 --theta -1,1
fi
expect "one form" 0 '"forms":[{"information":[' "$palier" assemble --bank shadow.csv --plan plan.json --theta 0.5
expect "bounds that cannot hold together are named" 1 "'constraints.bounds[0]' (content = A, at least 3), 'constraints.bounds[1]' (content = B, at least 2) and 'stop.max_items' (4)" "$palier" assemble --bank shadow.csv --plan conflict.json

# What a bank cannot keep is said by every command that takes the plan; a form keeps shares or is refused.
{ echo 'item,a,b,content,num.words'; for k in 1 2 3 4 5 6 7 8 9; do echo "t$k,1.$k,0.$k,$([[ $k -lt 3 ]] && echo rare || echo often),$((9 + k))"; done; } >thin.csv
printf 'person,t1,t2,t3,t4,t5,t6,t7,t8,t9\nA,1,0,1,0,1,0,1,0,1\n' >thin_answers.csv
printf '{"palier_plan":1,"stop":{"max_items":6},"pretest":{"positions":[2]},"constraints":{"proportions":{"targets":[{"value":"rare","share":0.5},{"value":"often","share":0.5}]}}}' >thin.json
printf '{"palier_log":1,"seed":1,"events":[{"type":"started"}]}' >thin_log.json
for call in "simulate --persons 5" "posthoc --responses thin_answers.csv" "next --log thin_log.json" "exposure --persons 10 --max-rate 1"; do
    for words in "The share of ‘rare’ cannot be kept: the longest test asks for 3 and there are 2" "a place for 1 pretest item and the bank has 0"; do
        expect "${call%% *} says: $words" 0 "$words" "$palier" $call --bank thin.csv --plan thin.json
    done
done
# So do the calls of hosts: a step that begins says it and begins.
thin_items=$(awk -F, 'NR > 1 { printf "%s{\"item\":\"%s\",\"a\":%s,\"b\":%s,\"content\":\"%s\"}", (NR > 2 ? "," : ""), $1, $2, $3, $4 }' thin.csv)
for call in '"step","seed":1' '"walk","theta":0'; do
    printf '{"call":%s,"items":[%s],"plan":%s}' "$call" "$thin_items" "$(cat thin.json)" >thin_call.json
    for words in '"code":"proportions_thin"' '"code":"pretest_missing"' '"problems":[]'; do
        expect "call ${call%%,*} says: $words" 0 "$words" sh -c "'$palier' call <thin_call.json"
    done
    printf '{"call":%s,"items":[%s],"plan":{"palier_plan":1,"stop":{"max_items":4},"constraints":{"bounds":[{"attribute":"content","value":"rare","min":3}]}}}' "$call" "$thin_items" >thin_call.json
    expect "call ${call%%,*} says what cannot hold" 0 "(content = rare, at least 3)" sh -c "'$palier' call <thin_call.json"
done
expect "a form that cannot keep the shares" 1 "'constraints.proportions.targets[0]' (content = rare, exactly 3)" "$palier" assemble --bank thin.csv --plan thin.json
sed 's/"max_items":6/"max_items":4/' thin.json >kept.json
same "a form keeps the shares" "2 2" "$("$palier" assemble --bank thin.csv --plan kept.json 2>/dev/null | grep -o '"t[0-9]"' | awk '{ /"t[12]"/ ? ++r : ++o } END { print r, o }')"
expect "and has no pretest items" 0 "a form has no pretest items" "$palier" assemble --bank thin.csv --plan kept.json
expect "rules that end tests early are told" 0 "100% of the tests end after 2 questions on the average, where the longest test has 6" \
    "$palier" simulate --bank thin.csv --persons 20 --plan <(printf '{"palier_plan":1,"stop":{"max_items":6},"constraints":{"bounds":[{"attribute":"content","value":"rare","max":1},{"attribute":"content","value":"often","max":1}]}}')
expect "a length above the bank is told by a study too" 0 "The greatest length is 20 questions and there are only 9" \
    "$palier" simulate --bank thin.csv --persons 5 --plan <(printf '{"palier_plan":1,"stop":{"max_items":20}}')
expect "a number that the bank lacks is named" 1 "num.words" "$palier" simulate --bank bank.csv --plan shadow.json --persons 5
expect "Sympson-Hetter parameters" 0 '"reached":true' "$palier" exposure --bank shadow.csv --plan plan.json --max-rate 0.4 --persons 300

# Several scales, through the command. One right answer to an item of slope 1 at 0 under N(0, 1): mode 0.401058, where
# theta = 1 - P(theta); SE 1 / sqrt(1 + P (1 - P)) = 0.89795.
printf 'item,scale,a,b,a.y,a.z,intercept\nm1,x,1,0,,,\nm2,y,1.2,0.5,,,\nm3,,,,0.8,0.6,0.1\nm4,z,1,-1,,,\nm5,x,1,1,,,\nm6,z,1.5,0,,,\n' >map.csv
printf '{"palier_plan":1,"scales":[{"id":"x","name":{"fr":"Lire","en":"Reading"}},{"id":"y"},{"id":"z"}],"map":{"correlation":0},"estimation":{"estimator":"map"},"stop":{"max_items":4}}' >map.json
printf 'person,m1,m2,m3,m4,m5,m6\nA,1,,,,,\nB,1,0,1,1,0,1\n' >map_answers.csv
expect "score of several scales" 0 '"x":{"n":1,"se":0.89795' "$palier" score --bank map.csv --plan map.json --responses map_answers.csv
expect "the mode of one of them" 0 '"theta":0.401058' "$palier" score --bank map.csv --plan map.json --responses map_answers.csv
expect "a plan of one scale scores by its options" 2 "score takes a plan of several" "$palier" score --bank map.csv --plan plan.json --responses map_answers.csv
expect "posthoc of several scales" 0 '"theta.y":' "$palier" posthoc --bank map.csv --plan map.json --responses map_answers.csv
expect "simulate several scales" 0 '"not_assessed":' "$palier" simulate --bank map.csv --plan map.json --persons 20
expect "simulate persons whose scales correlate otherwise" 0 '"correlation":0.2' "$palier" simulate --bank map.csv --plan map.json --persons 20 --population correlation:0.2
expect "simulate persons of one ability in a plan of several scales" 2 "should be correlation:R" "$palier" simulate --bank map.csv --plan map.json --persons 20 --population normal:0,1
sed 's/"stop"/"levels":{"cuts":[-1,0,1]},"stop"/' map.json >map_levels.json
expect "simulate persons who say their level" 0 '"persons":20' "$palier" simulate --bank map.csv --plan map_levels.json --persons 20 --self-placement 0.5,scales
expect "a level is said where there are levels" 1 "the plan has no 'levels'" "$palier" simulate --bank map.csv --plan map.json --persons 20 --self-placement 1
expect "what is said of a level is off by a number of levels" 2 "'high' should be SD or SD,scales" "$palier" simulate --bank map.csv --plan map_levels.json --persons 20 --self-placement high
printf '{"palier_log":1,"seed":1,"events":[{"type":"started"},{"type":"asked","item":"m1"},{"type":"answered","item":"m1","category":1},{"type":"asked","item":"m3"},{"type":"answered","item":"m3","category":0}]}' >map_log.json
expect "next of several scales" 0 '"next":"m6"' "$palier" next --bank map.csv --plan map.json --log map_log.json
expect "replay of several scales" 0 '"state":"reported_as_domain"' "$palier" replay --bank map.csv --plan map.json --log map_log.json
expect "explain tells which competence a question is about" 0 "Cette question porte sur" "$palier" explain --bank map.csv --plan map.json --log map_log.json --lang fr
expect "explain tells what an answer told about which competence" 0 "The answer tells most about: Reading." "$palier" explain --bank map.csv --plan map.json --log map_log.json
expect "a scale that the bank lacks is named" 1 '"w"; the bank has x, y, z' "$palier" next --bank map.csv --plan <(sed 's/"id":"y"/"id":"w"/' map.json) --log map_log.json
expect "correlations that cannot be are told" 1 "not positive definite" "$palier" next --bank map.csv --plan <(sed 's/"correlation":0/"correlation":-0.7/' map.json) --log map_log.json
printf 'item,a.x,intercept\nm1,0,1\n' >nowhere.csv
expect "an item that loads nowhere" 1 "the item should load on a scale" "$palier" info --bank nowhere.csv --theta 0

# The paths of catR, through the command.
awk -F, 'NR==1 {print "item,model,a,b"; next} {print "i" NR-1 ",2pl," $1 "," $2}' "$reference/paths_bank_2PL.csv" >paths.csv
awk -F, 'NR==1 {printf "person"; for (k = 1; k <= 300; k++) printf ",i" k; print ""; next}
         {printf "p" NR-1; for (k = 2; k <= 301; k++) printf "," $k; print ""}' "$reference/paths_responses_2PL.csv" >paths_responses.csv
printf '{"palier_plan":1,"estimation":{"range":[-4,4],"nodes":33},"stop":{"max_items":20}}' >paths_plan.json
"$palier" posthoc --bank paths.csv --plan paths_plan.json --responses paths_responses.csv | grep -o '"item":"i[0-9]*"' | tr -dc '0-9\n' >ours.txt
grep -o '"items":\[[^]]*\]' "$reference/paths_2PL_MFI.json" | tr -dc '0-9,\n' | tr ',' '\n' >theirs.txt
cmp -s ours.txt theirs.txt || { echo "FAILED: posthoc does not follow the paths of catR"; failed=$((failed + 1)); }

finish "all as in the contract"
