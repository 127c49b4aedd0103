#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the grader by em++ and checks it in node against the table that Moodle made.
# Usage: wasm_table.sh FORMATS_ITEMS BUILD_FOLDER    77: skipped
set -euo pipefail
items=$1 build=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
for tool in em++ node; do
    command -v "$tool" >/dev/null || { echo "SKIPPED: $tool is not installed, so the grader's WebAssembly build was not checked"; exit 77; }
done
mkdir -p "$build/include"
json=${NLOHMANN_JSON_INCLUDE:-/usr/include}
ln -sfn "$json/nlohmann" "$build/include/nlohmann"
# Debian's em++ optimises with a module of Debian's node.
export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}
sources=(adapters/text/base64 engine/util/json)
for source in arrange content_json content_json_read grade_cloze grade_numerical grade_order grade_text grader grader_wasm item_check number_text response unicode; do
    sources+=("adapters/formats/$source")
done
objects=()
for source in "${sources[@]}"; do
    object=$build/$(basename "$source").o
    objects+=("$object")
    if [[ ! -f $object || -n $(find "$root/adapters/formats" "$root/adapters/text" "$root/engine/util" -newer "$object" \( -name '*.hpp' -o -name '*.inc' -o -name "$(basename "$source").cpp" \) -print -quit) ]]; then
        nice em++ -std=c++20 -O2 -fexceptions -Wall -Wextra -Wshadow -I"$root" -I"$build/include" -c "$root/$source.cpp" -o "$object"
    fi
done
nice em++ -O2 -fexceptions "${objects[@]}" -o "$build/grader.js" -sMODULARIZE -sEXPORT_NAME=PalierGrader \
    -sENVIRONMENT=web,worker,node -sALLOW_MEMORY_GROWTH -sFILESYSTEM=0 \
    -sEXPORTED_FUNCTIONS=_palier_grade,_palier_arranged -sEXPORTED_RUNTIME_METHODS=ccall
"$items" >"$build/items.json"
node "$here/wasm_table.js" "$build/grader.js" "$build/items.json" "$here/responses.json"
