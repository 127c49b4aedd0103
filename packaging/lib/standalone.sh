# SPDX-License-Identifier: GPL-3.0-or-later
# The stand-alone mode: `palier serve --demo`, started and stopped by its process id.
# Needs common.sh. STANDALONE is the folder of its files: server.pid, server.log, server.port, attempts.db.
# shellcheck shell=bash

STANDALONE=${STANDALONE:-$PALIER_STATE/standalone}

standalone_alive() {
    local pid
    pid=$(cat "$STANDALONE/server.pid" 2>/dev/null) || return 1
    # The id may have gone to another program since.
    [[ $(readlink "/proc/$pid/exe" 2>/dev/null) == */palier ]]
}

standalone_stop() {
    if standalone_alive; then
        local pid
        pid=$(<"$STANDALONE/server.pid")
        kill "$pid" 2>/dev/null || true
        for _ in {1..120}; do
            standalone_alive || break
            sleep 0.1
        done
    fi
    rm -f "$STANDALONE/server.pid"
}

# standalone_start PROGRAM ADDRESS:PORT [OPTIONS…]: sets STANDALONE_URL and STANDALONE_KEY.
standalone_start() {
    local program=$1 listen=$2
    shift 2
    mkdir -p "$STANDALONE"
    rm -f "$STANDALONE/server.port"
    STANDALONE_KEY=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
    (cd "$STANDALONE" && PALIER_TRAINER_KEY=$STANDALONE_KEY exec setsid "$program" serve --demo --db "$STANDALONE/attempts.db" \
        --listen "$listen" --port-file "$STANDALONE/server.port" "$@" >"$STANDALONE/server.log" 2>&1 </dev/null 7>&- 8>&- 9>&-) &
    printf '%s\n' $! >"$STANDALONE/server.pid"
    for _ in {1..300}; do
        [[ ! -s $STANDALONE/server.port ]] || break
        sleep 0.1
    done
    if [[ ! -s $STANDALONE/server.port ]]; then
        tail -n 20 "$STANDALONE/server.log" >&2
        return 1
    fi
    STANDALONE_URL=http://${listen%:*}:$(<"$STANDALONE/server.port")
    export STANDALONE_URL STANDALONE_KEY
}

# player_build: the player's page, into scorm/player/dist; nothing where its sources or npm are not there.
player_build() {
    local player=$PALIER_ROOT/scorm/player
    [[ -f $player/package.json ]] && have npm || return 0
    npm_install "$player" || return
    (cd "$player" && quietly "$PALIER_STATE/logs/build-player.log" node node_modules/vite/bin/vite.js build --logLevel warn)
}

# standalone_build BUILD: the program, and the player beside it.
standalone_build() {
    local build=$1 player
    player_build &
    player=$!
    quietly "$PALIER_STATE/logs/configure-standalone.log" cmake -S "$PALIER_ROOT" -B "$build" -DCMAKE_BUILD_TYPE=Release \
        -DPALIER_TESTS=OFF -DPALIER_UNITY=ON || return
    quietly "$PALIER_STATE/logs/build-standalone.log" cmake --build "$build" --parallel "$(nproc)" --target palier || return
    wait "$player" || say "The player could not be built: the test is shown without scripts."
}
