#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# palier xapi: the store's file by the command line.  xapi.sh PALIER
set -u
palier=$1
. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

a='{"id":"12345678-1234-4678-9234-567812345678","actor":{"mbox":"mailto:amina@example.org","name":"=1+1"},"verb":{"id":"https://example.org/v"},"object":{"id":"https://example.org/o"},"result":{"score":{"scaled":0.5}}}'
b='{"actor":{"mbox":"mailto:badou@example.org","name":"B, \"b\""},"verb":{"id":"https://example.org/w"},"object":{"id":"https://example.org/o"},"context":{"instructor":{"mbox":"mailto:amina@example.org"}}}'
printf '%s\n\n%s\n' "$a" "$b" >two.jsonl
printf '[%s,%s]' "$a" "$b" >two.json
printf '%s\n{"actor":{}}\n' "$a" >bad.jsonl

expect "no command is a wrong call" 2 "subcommand" "$palier" xapi
expect "a store that is not there is told" 1 "nope.db" "$palier" xapi list --db nope.db
expect "lines are valid" 0 "2 statements are valid" "$palier" xapi validate two.jsonl
expect "a list is valid" 0 "2 statements are valid" "$palier" xapi validate two.json
expect "what is wrong is told with its line" 1 "bad.jsonl: line 2: actor: an agent has one of" "$palier" xapi validate bad.jsonl
expect "all are kept or none" 1 "nothing was changed" "$palier" xapi write bad.jsonl --db s.db
expect "ids are told" 0 "12345678-1234-4678-9234-567812345678" "$palier" xapi write two.jsonl --db s.db
printf '%s\n' "$a" | "$palier" xapi write - --db s.db >/dev/null
same "sent again, it is one" 2 "$("$palier" xapi read --db s.db | wc -l)"
same "one verb" 1 "$("$palier" xapi read --db s.db --verb https://example.org/v | wc -l)"
same "one agent" 1 "$("$palier" xapi read --db s.db --agent mailto:amina@example.org | wc -l)"
same "an agent anywhere" 2 "$("$palier" xapi read --db s.db --agent '{"mbox":"mailto:amina@example.org"}' --related | wc -l)"
same "at most one" 1 "$("$palier" xapi read --db s.db --limit 1 | wc -l)"
same "none so early" 0 "$("$palier" xapi read --db s.db --until 2020-01-01 | wc -l)"
expect "a wrong date is a wrong call" 2 "should be a date" "$palier" xapi read --db s.db --since today
expect "a list" 0 '"verb":"https://example.org/v"' "$palier" xapi list --db s.db --format json

expect "export" 0 "" "$palier" xapi export --db s.db --output all.jsonl
same "as many lines" 2 "$(wc -l <all.jsonl)"
expect "what was exported can be written elsewhere" 0 "12345678" "$palier" xapi write all.jsonl --db t.db
"$palier" xapi export --db s.db --format csv --output all.csv
# A formula is text (OWASP, CSV injection), quotes are doubled (RFC 4180).
same "no formula" 1 "$(grep -c ",'=1+1," all.csv)"
same "quotes" 1 "$(grep -c ',"B, ""b""",' all.csv)"
"$palier" xapi export --db s.db --format csv-fr --output fr.csv
same "decimal comma" 1 "$(grep -c ';0,5;' fr.csv)"
same "byte order mark" "efbbbf" "$(head -c 3 fr.csv | od -An -tx1 | tr -d ' \n')"
expect "not over the store" 2 "--output" "$palier" xapi export --db s.db --output s.db

expect "a key is made" 0 '"secret"' "$palier" xapi key make --db s.db --scopes statements/read,state --label "a reader"
expect "no such scope" 2 "is no scope" "$palier" xapi key make --db s.db --scopes write
key=$("$palier" xapi key list --db s.db --format json | grep -o '"key":"[0-9a-f]*"' | cut -d'"' -f4)
expect "keys are listed" 0 "a reader" "$palier" xapi key list --db s.db
expect "a key is revoked" 0 "" "$palier" xapi key revoke "$key" --db s.db
expect "an unknown one is told" 1 "no key x" "$palier" xapi key revoke x --db s.db

expect "nothing to erase by is a wrong call" 2 "--agent" "$palier" xapi erase --db s.db
expect "first counted" 0 '{"dry_run":true,"statements":1}' "$palier" xapi erase --db s.db --agent mailto:amina@example.org --dry-run
expect "then erased" 0 '"readings":0,"statements":1,"statements_that_name_the_agent_still":1' "$palier" xapi erase --db s.db --agent mailto:amina@example.org
expect "it does not come again" 0 "12345678" "$palier" xapi write two.json --db s.db
same "and is not there" 0 "$("$palier" xapi read --db s.db --agent mailto:amina@example.org | wc -l)"
expect "by date" 0 '"statements":' "$palier" xapi erase --db s.db --until 2100-01-01
same "nothing is left" 0 "$("$palier" xapi read --db s.db | wc -l)"

# Several stores at one address.
printf '%s\n' "$a" >one.jsonl
expect "a store is made" 0 '"path":"/stores/north/xapi"' "$palier" xapi store make north --db m.db
expect "another" 0 '' "$palier" xapi store make south --db m.db
expect "not twice" 1 "already" "$palier" xapi store make north --db m.db
expect "no name of a store" 1 "is no name of a store" "$palier" xapi store make ../north --db m.db
"$palier" xapi write one.jsonl --db m.db --store north >/dev/null
same "what is in one" 1 "$("$palier" xapi read --db m.db --store north | wc -l)"
same "is not in another" 0 "$("$palier" xapi read --db m.db --store south | wc -l)"
same "nor exported from it" 0 "$("$palier" xapi export --db m.db --store south --output - | wc -l)"
expect "nor erased from it" 0 '"statements":0' "$palier" xapi erase --db m.db --store south --agent mailto:amina@example.org
expect "stores are listed" 0 '"statements":1,"store":"north"' "$palier" xapi store list --db m.db --format json
expect "an unknown one is told" 1 "no store west" "$palier" xapi read --db m.db --store west
expect "one with statements is not removed by chance" 1 "with-statements" "$palier" xapi store remove north --db m.db
expect "an empty one is" 0 "" "$palier" xapi store remove south --db m.db
expect "and the other on demand" 0 "" "$palier" xapi store remove north --with-statements --db m.db
expect "none is left" 0 '[]' "$palier" xapi store list --db m.db --format json

# How long statements are kept.
"$palier" xapi write one.jsonl --db r.db >/dev/null
expect "a rule is added" 0 '"days":30' "$palier" xapi retention add --days 30 --db r.db
expect "no rule of no days" 2 "--days" "$palier" xapi retention add --days 0 --db r.db
expect "nothing is so old" 0 '"statements":0' "$palier" xapi retention run --dry-run --db r.db --format json
rule=$("$palier" xapi retention list --db r.db --format json | grep -o '"rule":"[0-9a-f]*"' | cut -d'"' -f4)
expect "a rule is removed" 0 "" "$palier" xapi retention remove "$rule" --db r.db
expect "an unknown one is told" 1 "no rule $rule" "$palier" xapi retention remove "$rule" --db r.db

# What is exported with all that belongs to it, and imported, is the same.
c='{"id":"22345678-1234-4678-9234-567812345678","actor":{"mbox":"mailto:site@example.org"},"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},"object":{"objectType":"StatementRef","id":"12345678-1234-4678-9234-567812345678"}}'
printf '%s\n%s\n%s\n' "$a" "$b" "$c" | "$palier" xapi write - --db e.db >/dev/null
"$palier" xapi export --db e.db --voided --attachments e.files --output e.jsonl
same "voided ones, too" 3 "$(wc -l <e.jsonl)"
expect "an import says how much" 0 '{"kept":3,"read":3}' "$palier" xapi import e.jsonl --attachments e.files --db i.db
"$palier" xapi export --db i.db --voided --output i.jsonl
same "the same comes out" "$(python3 -c 'import json,sys
for line in open("e.jsonl"): print(json.dumps(json.loads(line), sort_keys=True))')" "$(python3 -c 'import json,sys
for line in open("i.jsonl"): print(json.dumps(json.loads(line), sort_keys=True))')"
same "what was voided is voided" 2 "$("$palier" xapi read --db i.db | wc -l)"
expect "again, nothing more" 0 '{"kept":0,"read":3}' "$palier" xapi import e.jsonl --attachments e.files --db i.db
expect "a folder that is not empty is not written to" 0 "" mkdir full
touch full/x
expect "it is told" 1 "not there yet, or empty" "$palier" xapi export --db e.db --attachments full --output f.jsonl
expect "a wrong line is named" 1 "line 2" "$palier" xapi import bad.jsonl --db j.db

# Another store's pages, newest first, two of one instant: xAPI lists by `stored`.
for day in 03 02 02 01; do
    printf '{"actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"https://example.org/v"},"object":{"id":"https://example.org/o"},"stored":"2024-01-%sT00:00:00Z"}\n' $day
done >newest.jsonl
stored_in() { "$palier" xapi read --db "$1" | grep -o '"stored":"[^"]*"' | cut -d'"' -f4 | tr '\n' ' '; }
in_order="2024-01-01T00:00:00.000000Z 2024-01-02T00:00:00.000000Z 2024-01-02T00:00:00.000001Z 2024-01-03T00:00:00.000000Z "
expect "another store's statements are imported" 0 '{"kept":4,"read":4}' "$palier" xapi import newest.jsonl --db o.db
same "in the order of their storing, at their times" "$in_order" "$(stored_in o.db)"
tac newest.jsonl | "$palier" xapi import - --db p.db >/dev/null
same "through a pipe, too" "$in_order" "$(stored_in p.db)"

# Nothing is made in a place that nobody named.
mkdir nobody
for command in "store make north" "key make" "write ../two.jsonl" "import ../two.jsonl"; do
    # shellcheck disable=SC2086
    expect "$command asks for a place" 1 "palier-xapi.db: there is no such file; --db names the store" \
        sh -c "cd nobody && exec '$palier' xapi $command"
    same "and makes nothing" "" "$(ls nobody)"
done
expect "one that is there is found" 0 '' env -C nobody "$palier" xapi key make --db palier-xapi.db
expect "without its name, too" 0 '"path":"/stores/north/xapi"' env -C nobody "$palier" xapi store make north
expect "PALIER_DB names one" 0 '"secret"' env PALIER_DB=k.db "$palier" xapi key make

# Other stores.
expect "a destination is added" 0 '"name":"there"' "$palier" xapi forward add there --to http://127.0.0.1:9/xapi --key k --secret s --db s.db
expect "its secret is not told" 0 '"key":"k"' "$palier" xapi forward list --db s.db --format json
same "indeed not" 0 "$("$palier" xapi forward list --db s.db --format json | grep -c secret)"
expect "no address" 1 "is not the address of a store" "$palier" xapi forward add other --to lrs.example.org --key k --secret s --db s.db
"$palier" xapi write one.jsonl --db f.db >/dev/null
"$palier" xapi forward add there --to http://127.0.0.1:9/xapi --key k --secret s --db f.db >/dev/null
expect "nobody answers, and it is told" 1 "no answer" "$palier" xapi forward run there --db f.db
expect "nothing is parked" 0 "[]" "$palier" xapi forward parked there --db f.db --format json
expect "an unknown one is told" 1 "no destination x" "$palier" xapi forward retry x --db f.db
expect "it is removed" 0 "" "$palier" xapi forward remove there --db f.db

# Over TLS a store is asked whose certificate is trusted and has its name, and no other.
openssl req -x509 -newkey rsa:2048 -nodes -keyout tls.key -out tls.pem -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost 2>/dev/null
python3 "$(dirname "${BASH_SOURCE[0]}")/tls_store.py" tls.pem tls.key tls.port &
tls=$!
for _ in $(seq 300); do [[ -s tls.port ]] && break; sleep 0.1; done
for name in localhost 127.0.0.1; do
    "$palier" xapi forward add "to-${name//[.0-9]/x}" --to "https://$name:$(<tls.port)/xapi" --key k --secret s --db f.db >/dev/null
done
expect "a certificate of nobody is not trusted" 1 "certificate verify failed" "$palier" xapi forward run to-localhost --db f.db
expect "nor one of another name" 1 "certificate verify failed" env SSL_CERT_FILE=tls.pem "$palier" xapi forward run to-xxxxxxxxx --db f.db
"$palier" xapi forward retry to-localhost --db f.db
expect "the right one is" 0 '"sent":1' env SSL_CERT_FILE=tls.pem "$palier" xapi forward run to-localhost --db f.db
kill "$tls"

finish "palier xapi keeps its contract"
