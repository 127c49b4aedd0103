# SPDX-License-Identifier: GPL-3.0-or-later
# What every script below packaging/ needs: paths, messages, checks.
# Sourced by bash scripts that have set -euo pipefail.
# shellcheck shell=bash

PALIER_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# Everything that these scripts make lies here: services/, bases/, sites/.
PALIER_STATE=${PALIER_STATE:-$PALIER_ROOT/build}
export PALIER_ROOT PALIER_STATE

say() { printf '%s\n' "$*" >&2; }
step() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*" >&2; }
die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# need COMMAND PACKAGE: stops with the package that would bring a missing command.
need() { have "$1" || die "the command '$1' is missing; Debian's package '$2' has it (packaging/install-packages installs all of them)"; }

# guide_pages: the names of the guides that the plugin shows, in both languages; they come with it in a folder docs/.
guide_pages() {
    sed -n "s/^        '\([a-z-]*\)' => '\([a-z-]*\)',\$/\1\n\2/p" "$PALIER_ROOT/adapters/moodle/mod_palier/classes/local/guide.php" | LC_ALL=C sort -u
}

free_port() {
    php -r '$s = stream_socket_server("tcp://127.0.0.1:0"); echo substr(strrchr(stream_socket_get_name($s, false), ":"), 1);'
}

random_password() { php -r 'echo rtrim(strtr(base64_encode(random_bytes(12)), "+/", "Az"), "=");'; }

# quietly LOG COMMAND...: shows the output of a command only if it fails.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 40 "$log" >&2
        say "The whole output is in $log"
        return 1
    fi
}

# npm_install FOLDER: what its package.json names, fetched once.
npm_install() {
    mkdir -p "$PALIER_STATE"
    (
        flock 6
        [[ $1/node_modules/.package-lock.json -nt $1/package.json ]] ||
            quietly "$PALIER_STATE/logs/npm-$(basename "$1").log" npm install --prefix "$1" --no-audit --no-fund --no-package-lock \
                --ignore-scripts
    ) 6>"$PALIER_STATE/npm.lock"
}

# wait_for_lock FD: descriptors 7 (bases), 8 (services) and 9 (sites) are locks; servers must not inherit them.
wait_for_lock() { flock --timeout 900 "$1" || die "another run has been holding $(readlink "/proc/$$/fd/$1") for 15 minutes"; }

# use_build_tools: again after packages were installed.
# Ninja compiles a program while its libraries are still being compiled; make waits for them. A build folder keeps its own.
# Compilers go through ccache where there is one, so that a second checkout of the same sources builds at once.
use_build_tools() {
    if have ninja; then export CMAKE_GENERATOR=${CMAKE_GENERATOR:-Ninja}; fi
    if have ccache; then export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$PALIER_ROOT CCACHE_NOHASHDIR=1; fi
}
use_build_tools
