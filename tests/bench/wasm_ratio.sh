#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# wasm_ratio.sh NATIVE NODE SCRIPT: a step in WebAssembly against the native build, on this machine, now.
set -euo pipefail
read -r native check < <("$1")
read -r wasm same < <("$2" "$3")
[[ $check == "$same" ]] || { echo "the two builds differ: $check and $same" >&2; exit 1; }
awk -v n="$native" -v w="$wasm" 'BEGIN { printf "a step among 1,000 items: native %.2f µs, WebAssembly in node %.2f µs, ratio %.2f\n", n, w, w / n }'
