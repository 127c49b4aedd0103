#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tests/php/valgrind.sh BUILD [ROUNDS]: sessions with exceptions under valgrind. Fails on any error of
# memory and on any byte that is definitely lost.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "${1:?usage: tests/php/valgrind.sh BUILD [ROUNDS]}" && pwd)
rounds=${2:-300}
report=$(mktemp)
trap 'rm -f "$report"' EXIT

# PHP's own allocator hides leaks, and an unloaded module has no names in the report.
USE_ZEND_ALLOC=0 ZEND_DONT_UNLOAD_MODULES=1 PALIER_BUILD=$build valgrind \
    --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=1 \
    --num-callers=30 --suppressions="$here/valgrind.supp" --log-file="$report" \
    php -n -d "extension=$build/php/palier.so" "$here/support/rounds.php" "$rounds" || {
    cat "$report" >&2
    exit 1
}
grep -E 'definitely lost|All heap blocks were freed|ERROR SUMMARY' "$report" | sed 's/^==[0-9]*== *//'
