# SPDX-License-Identifier: GPL-3.0-or-later
# Clean roots of a Debian, by debootstrap; releases are built and tried in them. Needs common.sh, and root.
# shellcheck shell=bash

PALIER_DEBIAN_MIRROR=${PALIER_DEBIAN_MIRROR:-http://deb.debian.org}

# root_make SUITE DIR: a minimal Debian, its security updates too; what is there stays.
root_make() {
    local suite=$1 dir=$2
    [[ ! -f $dir/.palier-root ]] || return 0
    [[ $EUID -eq 0 ]] || die "roots of Debian are made by debootstrap, which needs root"
    need debootstrap debootstrap
    step "Making a root of Debian $suite"
    mkdir -p "$(dirname "$dir")"
    # Under another name until it is whole: a run that was broken off leaves none that looks like one.
    local whole=$dir
    dir=$dir.making
    rm -rf "$dir" "$whole"
    quietly "$PALIER_STATE/logs/debootstrap-$suite.log" unshare --mount \
        debootstrap --variant=minbase --include=ca-certificates "$suite" "$dir" "$PALIER_DEBIAN_MIRROR/debian" || return
    # Packages of servers must not start them here.
    printf '#!/bin/sh\nexit 101\n' >"$dir/usr/sbin/policy-rc.d"
    chmod 755 "$dir/usr/sbin/policy-rc.d"
    # Nothing here has to outlive a loss of power.
    printf 'force-unsafe-io\n' >"$dir/etc/dpkg/dpkg.cfg.d/palier"
    printf 'deb %s/debian %s main\n' "$PALIER_DEBIAN_MIRROR" "$suite" >"$dir/etc/apt/sources.list"
    printf 'deb %s/debian-security %s-security main\n' "$PALIER_DEBIAN_MIRROR" "$suite" >>"$dir/etc/apt/sources.list"
    touch "$dir/.palier-root"
    mv "$dir" "$whole"
}

# root_run DIR COMMAND…: in the root, whose mounts end with the command. ROOT_CCACHE: a folder of ccache to use there.
root_run() {
    local dir=$1 cache=()
    shift
    if [[ -n ${ROOT_CCACHE:-} ]]; then
        mkdir -p "$dir/var/cache/ccache"
        cache=(CCACHE_DIR=/var/cache/ccache)
    fi
    cp -L /etc/resolv.conf "$dir/etc/resolv.conf"
    # shellcheck disable=SC2016
    unshare --mount --propagation private bash -c \
        'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" &&
            { [[ -z ${ROOT_CCACHE:-} ]] || mount --bind "$ROOT_CCACHE" "$0/var/cache/ccache"; } && exec chroot "$0" "$@"' "$dir" \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TZ=UTC DEBIAN_FRONTEND=noninteractive \
        SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-0}" "${cache[@]}" "$@"
}

# root_boot DIR SCRIPT: the root's own systemd is started in namespaces of its own, runs the script (a file of the root), and
# ends; prints what the script printed.
root_boot() {
    local dir=$1 script=$2
    printf '%s\n' '[Unit]' 'Wants=palier-trial.service' >"$dir/etc/systemd/system/palier-trial.target"
    printf '%s\n' '[Unit]' 'After=basic.target' '[Service]' Type=oneshot "ExecStart=/bin/bash $script" StandardOutput=file:/root/trial.log \
        'ExecStopPost=/bin/systemctl --force exit' >"$dir/etc/systemd/system/palier-trial.service"
    rm -f "$dir/root/trial.log"
    # shellcheck disable=SC2016
    timeout --kill-after=10 300 unshare --mount --pid --ipc --uts --cgroup --fork --kill-child --propagation private bash -c '
        set -e
        mount --bind "$0" "$0"
        mount -t proc proc "$0/proc"
        mount -t sysfs sysfs "$0/sys"
        mount -t cgroup2 cgroup2 "$0/sys/fs/cgroup"
        mount -t tmpfs tmpfs "$0/run"
        mount -t tmpfs tmpfs "$0/tmp"
        mount --rbind /dev "$0/dev"
        exec chroot "$0" env -i container=palier PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --unit=palier-trial.target' \
        "$dir" </dev/null >"$dir/root/boot.log" 2>&1 || true
    [[ -s $dir/root/trial.log ]] || { tail -n 20 "$dir/root/boot.log" >&2; return 1; }
    cat "$dir/root/trial.log"
}

# root_checkout DIR PLACE: this checkout as it is, in that folder of the root, beside what a former run has built of it.
root_checkout() {
    local to=$1$2
    mkdir -p "$to"
    find "$to" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
    git ls-files -z --cached --others --exclude-standard |
        while IFS= read -r -d '' file; do [[ ! -e $file ]] || printf '%s\0' "$file"; done |
        tar --create --null --files-from=- | tar --extract --directory "$to"
}

# roots_use_ccache: where this machine has ccache the roots use it too; PALIER_NO_CCACHE=1 compiles everything anew.
roots_use_ccache() {
    if have ccache && [[ -z ${PALIER_NO_CCACHE:-} ]]; then
        ROOT_CCACHE=$(ccache --get-config cache_dir)
        export ROOT_CCACHE
        mkdir -p "$ROOT_CCACHE"
    fi
}

# root_install DIR PACKAGE…: brought up to date, and these installed; a path of the root installs that file.
root_install() {
    local dir=$1 log
    log=$PALIER_STATE/logs/install-$(basename "$dir").log
    shift
    quietly "$log" root_run "$dir" apt-get update -q &&
        quietly "$log" root_run "$dir" apt-get install -q --yes --no-install-recommends "$@"
}
