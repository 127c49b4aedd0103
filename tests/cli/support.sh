# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests of the command share: source it after `set -u`; it goes to a folder of its own.
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
        echo "FAILED: $name: exit $status (wanted $code), output: ${out:0:400}"
        failed=$((failed + 1))
    fi
}

# same NAME WANTED FOUND: two texts are equal.
same() {
    if [[ $2 != "$3" ]]; then
        echo "FAILED: $1: '${3:0:400}' (wanted '${2:0:400}')"
        failed=$((failed + 1))
    fi
}

finish() {
    [[ $failed -eq 0 ]] && echo "$1"
    exit $((failed > 0))
}
