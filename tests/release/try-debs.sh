#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# In a clean root in which the packages were installed: what they bring works. One line "ok: …" or "not ok: …" a check.
set -uo pipefail
check() {
    local what=$1 output
    shift
    if output=$("$@" 2>&1); then echo "ok: $what"; else printf 'not ok: %s\n%s\n' "$what" "$output"; fi
}

# A learner takes the demonstration test by its forms: every other question answered by the first choice.
take_a_test() {
    local home page sequence choice _
    dir=$(mktemp -d)
    cd "$dir" || return
    palier serve --demo --db "$dir/attempts.db" --listen 127.0.0.1:0 --port-file "$dir/port" --seed 1 >"$dir/log" 2>&1 &
    server=$!
    trap 'kill $server' RETURN
    for _ in {1..300}; do [[ ! -s $dir/port ]] || break; sleep 0.1; done
    home=http://127.0.0.1:$(<"$dir/port")
    browse() { curl --silent --show-error --fail --max-time 60 --cookie "$dir/jar" --cookie-jar "$dir/jar" "$@"; }
    browse --header "Origin: $home" --data do=begin --data name=Test --output /dev/null "$home/test?lang=fr" || return
    for _ in {1..60}; do
        page=$(browse "$home/test?lang=fr") || return
        if grep -q '/test/story?' <<<"$page"; then
            grep -q '<h1>' <<<"$page" && browse "$home/test/story?lang=fr" | grep -q '<ol class="story">'
            return
        fi
        sequence=$(sed -n 's/.*name="sequence" value="\([0-9]*\)".*/\1/p' <<<"$page" | head -n 1)
        choice=$(sed -n 's/.*name="choice" value="\([^"]*\)".*/\1/p' <<<"$page" | head -n 1)
        if grep -q 'value="go_on"' <<<"$page"; then
            browse --header "Origin: $home" --data do=go_on --output /dev/null "$home/test?lang=fr" || return
        elif [[ -n $choice ]]; then
            browse --header "Origin: $home" --data do=answer --data "sequence=$sequence" --data "choice=$choice" --output /dev/null "$home/test?lang=fr" || return
        else
            browse --header "Origin: $home" --data do=unknown --data "sequence=$sequence" --output /dev/null "$home/test?lang=fr" || return
        fi
    done
    echo "no result after 60 questions"
    return 1
}

# The extension takes a test of three questions to its end.
extension() {
    php -r '
        $items = [];
        foreach ([-1.0, 0.0, 1.0, 2.0] as $number => $b) {
            $items[] = ["item" => "q$number", "model" => "2pl", "a" => 1.0, "b" => $b];
        }
        $bank = PalierBank::compile(json_encode($items));
        $plan = PalierPlan::parse(json_encode(["palier_plan" => 1, "stop" => ["max_items" => 3]]));
        $session = PalierSession::start($bank, $plan, 7, "{}");
        for ($time = 1000; $time < 10000; $time += 1000) {
            $session->advance($time);
            $state = json_decode($session->state(), true);
            if ($state["pending"] === null) {
                break;
            }
            $session->record(json_encode(["type" => "answered", "item" => $state["pending"], "fraction" => 1]));
        }
        $ended = $state["stop"] === "max_items" && $state["n"] === 3 && $state["theta"] > 0;
        $ended || fwrite(STDERR, json_encode($state));
        exit($ended ? 0 : 1);'
}
# The statement store, with a key that may only send: it sends, cannot read, and is revoked while the store runs.
store() {
    local dir server at key secret status
    dir=$(mktemp -d)
    PALIER_XAPI_KEY=all PALIER_XAPI_SECRET=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n') \
        palier serve --xapi --db "$dir/statements.db" --listen 127.0.0.1:0 --port-file "$dir/port" >"$dir/log" 2>&1 &
    server=$!
    # shellcheck disable=SC2064
    trap "kill $server" RETURN
    for _ in {1..300}; do [[ ! -s $dir/port ]] || break; sleep 0.1; done
    at=http://127.0.0.1:$(<"$dir/port")/xapi/statements
    made=$(palier xapi key make --db "$dir/statements.db" --scopes statements/write --label Moodle) || return
    key=$(sed -n 's/.*"key":"\([^"]*\)".*/\1/p' <<<"$made") secret=$(sed -n 's/.*"secret":"\([^"]*\)".*/\1/p' <<<"$made")
    ask() { status=$(curl --silent --output "$dir/answer" --write-out '%{http_code}' --max-time 60 --user "$key:$secret" --header 'X-Experience-API-Version: 1.0.3' "$@"); }
    send() {
        ask --header 'Content-Type: application/json' --data '{"actor":{"mbox":"mailto:amina@example.org"},
            "verb":{"id":"http://adlnet.gov/expapi/verbs/completed"},"object":{"id":"https://moodle.example.org/mod/palier/view.php?id=1"}}' "$at"
    }
    send
    [[ $status == 200 ]] || { echo "sending: $status"; cat "$dir/answer"; return 1; }
    [[ $(palier xapi list --db "$dir/statements.db" --format json | grep -o 'amina@example.org' | wc -l) -ge 1 ]] || { echo "the statement is not listed"; return 1; }
    ask "$at?limit=1"
    [[ $status == 403 ]] || { echo "reading with a key to send: $status"; return 1; }
    palier xapi key revoke --db "$dir/statements.db" "$key" >/dev/null || return
    send
    [[ $status == 401 ]] || { echo "a revoked key: $status"; return 1; }
}
# A package for an LMS of two questions: the player and the engine for pages are there.
package() {
    local dir
    dir=$(mktemp -d)
    printf 'item,a,b\nq1,1,-1\nq2,1,1\n' >"$dir/bank.csv"
    printf '{"palier_plan": 1, "stop": {"max_items": 2}}' >"$dir/plan.json"
    {
        printf '<quiz>'
        for name in q1 q2; do
            printf '<question type="truefalse"><name><text>%s</text></name><idnumber>%s</idnumber><questiontext format="html"><text>%s?</text></questiontext>' "$name" "$name" "$name"
            printf '<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>'
        done
        printf '</quiz>'
    } >"$dir/questions.xml"
    palier package --bank "$dir/bank.csv" --plan "$dir/plan.json" --questions en="$dir/questions.xml" "$dir/package.zip" || return
    for file in imsmanifest.xml engine.js player.js; do
        grep -qa "$file" "$dir/package.zip" || { echo "no $file"; return 1; }
    done
}
same_version() { [[ $(palier --version) == "$(php -r 'echo Palier::version();')" ]]; }
unit_is_sound() { ! command -v systemd-analyze >/dev/null || systemd-analyze verify --man=no /usr/lib/systemd/system/palier.service; }
manuals() { local page; for page in palier palier-serve palier-simulate palier-xapi; do zcat "/usr/share/man/man1/$page.1.gz" | grep -q '^\.SH OPTIONS\|^\.SS' || { echo "$page"; return 1; }; done; }

help_names_files() { local page; for page in $(palier --help | grep -o '/usr/share/doc/palier/[a-z]*\.md'); do test -s "$page" || { echo "$page"; return 1; }; found=1; done; [[ -n ${found:-} ]]; }

check "palier --version runs" palier --version
check "a test is taken through palier serve --demo, to its result and story" take_a_test
check "palier package makes a package for an LMS" package
check "the statement store takes a statement from a key of its own, which reads nothing and can be revoked" store
check "PHP loads the extension, and a test is taken through it" extension
check "command and extension are one version" same_version
check "the systemd unit is sound" unit_is_sound
check "there are manuals" manuals
check "the help names pages that are there" help_names_files
