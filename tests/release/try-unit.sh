#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Under a running systemd, in a clean root in which the package palier was installed: its unit serves as the guide says.
# One line "ok: …" or "not ok: …" a check.
set -uo pipefail
check() {
    local what=$1 output
    shift
    if output=$("$@" 2>&1); then echo "ok: $what"; else printf 'not ok: %s\n%s\n' "$what" "$output"; fi
}
dir=$(mktemp -d)
at=http://127.0.0.1:8080/xapi/statements
secret=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')
ask() { curl --silent --show-error --max-time 60 --output "$dir/answer" --write-out '%{http_code}' --user "moodle:$secret" --header 'X-Experience-API-Version: 1.0.3' "$@"; }
answers() {
    local status wanted=$1
    shift
    # The service counts as started before it listens.
    for _ in {1..300}; do
        status=$(ask "$@" 2>/dev/null)
        [[ $status != "$wanted" ]] || return 0
        sleep 0.1
    done
    echo "$status in place of $wanted"
    cat "$dir/answer"
    systemctl --no-pager status palier.service
    return 1
}
pid() { systemctl show --property MainPID --value palier.service; }
of_process() { sed -n "s/^$1:[[:space:]]*//p" "/proc/$(pid)/status"; }

waits() { systemctl start palier.service && [[ $(systemctl is-active palier.service) == inactive ]]; }
starts() {
    install -d /etc/palier &&
        sed "s/^PALIER_XAPI_KEY=\$/&moodle/; s/^PALIER_XAPI_SECRET=\$/&$secret/" /usr/share/doc/palier/examples/serve.env >/etc/palier/serve.env &&
        chmod 600 /etc/palier/serve.env && systemctl start palier.service && answers 200 "$at?limit=1"
}
confined() {
    local user bad=0
    user=$(of_process Uid)
    [[ ${user%%$'\t'*} -ge 1000 && $(wc -w <<<"$user") == 4 && $(tr '\t' '\n' <<<"$user" | sort -u | wc -l) == 1 ]] || { echo "user $user"; bad=1; }
    [[ $(of_process CapEff) == 0000000000000000 && $(of_process CapBnd) == 0000000000000000 ]] || { echo "capabilities $(of_process CapEff), at most $(of_process CapBnd)"; bad=1; }
    [[ $(of_process NoNewPrivs) == 1 ]] || { echo "it may gain privileges"; bad=1; }
    [[ $(of_process Seccomp) == 2 ]] || { echo "no filter of system calls"; bad=1; }
    return "$bad"
}
# Where it may write, and what others may read of it.
shut_in() {
    local root place bad=0
    root=/proc/$(pid)/root
    [[ $(stat -c %a /var/lib/private/palier) == 700 ]] || { echo "its folder: $(stat -c %a /var/lib/private/palier)"; bad=1; }
    [[ $(stat -c %a /var/lib/private/palier/statements.db) == 600 ]] || { echo "its database: $(stat -c %a /var/lib/private/palier/statements.db)"; bad=1; }
    for place in /usr /etc /var/log; do
        # Even root cannot, as the service sees it.
        touch "$root$place/palier-trial" 2>/dev/null && { echo "$place can be written"; rm -f "$root$place/palier-trial"; bad=1; }
    done
    return "$bad"
}
keeps() {
    answers 200 --header 'Content-Type: application/json' --data '{"id":"6690e6c9-3ef0-4ed3-8b37-7f3964730bee","actor":{"mbox":"mailto:amina@example.org"},
        "verb":{"id":"http://adlnet.gov/expapi/verbs/completed"},"object":{"id":"https://moodle.example.org/mod/palier/view.php?id=1"}}' "$at"
}
# As the guide has it: by root, while the store runs and while it does not. What root writes is still the service's own.
keys() {
    local made state key new user
    for state in start stop; do
        systemctl "$state" palier.service || return
        made=$(palier xapi key make --db /var/lib/palier/statements.db --scopes statements/write,define --label "Moodle $state") || return
        key=${made##*'"key":"'} key=${key%%'"'*} new=${made##*'"secret":"'} new=${new%%'"'*}
        user=$key:$new
        systemctl start palier.service || return
        answers 200 --user "$user" --header 'Content-Type: application/json' --data '{"actor":{"mbox":"mailto:bruno@example.org"},
            "verb":{"id":"http://adlnet.gov/expapi/verbs/completed"},"object":{"id":"https://moodle.example.org/mod/palier/view.php?id=1"}}' "$at" || return
        answers 403 --user "$user" "$at?limit=1" || return
    done
}
comes_back() {
    local before
    before=$(pid)
    kill -KILL "$before"
    for _ in {1..300}; do [[ $(pid) == 0 || $(pid) == "$before" ]] || break; sleep 0.1; done
    answers 200 "$at?statementId=6690e6c9-3ef0-4ed3-8b37-7f3964730bee" && grep -q amina@example.org "$dir/answer"
}
stops() {
    systemctl stop palier.service && [[ $(systemctl show --property Result --value palier.service) == success ]] &&
        systemctl start palier.service && answers 200 "$at?statementId=6690e6c9-3ef0-4ed3-8b37-7f3964730bee" &&
        systemctl stop palier.service
}
check "the unit waits for its settings" waits
check "with the example's settings it serves" starts
check "it is a user of its own, without capabilities" confined
check "it writes in its own folder alone, which nobody else reads" shut_in
check "it takes a statement" keeps
check "keys that root makes, while it runs and while it does not, are good" keys
check "killed, it is started again, and the statement is there" comes_back
check "it ends when told to, and finds the statement again" stops
