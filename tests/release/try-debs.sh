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
same_version() { [[ $(palier --version) == "$(php -r 'echo Palier::version();')" ]]; }
unit_is_sound() { ! command -v systemd-analyze >/dev/null || systemd-analyze verify --man=no /usr/lib/systemd/system/palier.service; }
manuals() { local page; for page in palier palier-serve palier-simulate; do zcat "/usr/share/man/man1/$page.1.gz" | grep -q '^\.SH OPTIONS\|^\.SS' || { echo "$page"; return 1; }; done; }

help_names_files() { local page; for page in $(palier --help | grep -o '/usr/share/doc/palier/[a-z]*\.md'); do test -s "$page" || { echo "$page"; return 1; }; found=1; done; [[ -n ${found:-} ]]; }

check "palier --version runs" palier --version
check "a test is taken through palier serve --demo, to its result and story" take_a_test
check "PHP loads the extension, and a test is taken through it" extension
check "command and extension are one version" same_version
check "the systemd unit is sound" unit_is_sound
check "there are manuals" manuals
check "the help names pages that are there" help_names_files
