#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One version everywhere: what engine/version.hpp says is what the command, its calls, CMake, the plugin and the
# changelog say.  versions.sh PALIER CMAKE_VERSION
set -uo pipefail
palier=$1 cmake=$2
cd "$(dirname "$0")/../.." || exit
version=$(sed -n 's/.*engine_version = "\([0-9]*\.[0-9]*\.[0-9]*\)".*/\1/p' engine/version.hpp)
[[ -n $version ]] || { echo "engine/version.hpp names no engine_version"; exit 1; }
failed=0
says() {
    [[ $2 == "$version" ]] || { printf '%s says "%s", engine/version.hpp "%s"\n' "$1" "$2" "$version"; failed=1; }
}
says "palier --version" "$("$palier" --version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+')"
says "palier call version" "$(printf '{"call":"version"}' | "$palier" call | sed 's/.*"version": *"\([^"]*\)".*/\1/')"
says "CMakeLists.txt" "$cmake"
says "mod_palier/version.php" "$(sed -n "s/^\$plugin->release *= *'\([^']*\)';.*/\1/p" adapters/moodle/mod_palier/version.php)"
says "the changelog's first section" "$(sed -n 's/^## \([0-9.]*\).*/\1/p' CHANGELOG.md | head -n 1)"
for page in docs/accessibility.md docs/accessibilite.md; do
    says "$page" "$(grep -oE 'version [0-9]+\.[0-9]+\.[0-9]+' "$page" | head -n 1 | cut -d' ' -f2)"
done
exit "$failed"
