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
expect "then erased" 0 '"statements":1,"statements_that_name_the_agent_still":1' "$palier" xapi erase --db s.db --agent mailto:amina@example.org
expect "it does not come again" 0 "12345678" "$palier" xapi write two.json --db s.db
same "and is not there" 0 "$("$palier" xapi read --db s.db --agent mailto:amina@example.org | wc -l)"
expect "by date" 0 '"statements":' "$palier" xapi erase --db s.db --until 2100-01-01
same "nothing is left" 0 "$("$palier" xapi read --db s.db | wc -l)"

finish "palier xapi keeps its contract"
