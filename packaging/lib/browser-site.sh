# SPDX-License-Identifier: GPL-3.0-or-later
# browser_site TREE [NAME]: a new site ("browser" where no name is given) with the demonstration course, served; what the
# browser tests need to know of it is in the environment (see tests/browser/README.md).
# shellcheck shell=bash
browser_site() {
    local name=${2:-browser} out
    out=$PALIER_STATE/test/demo-$name.txt
    mkdir -p "$PALIER_STATE/test"
    packaging/dev-site "$name" --moodle "$1" --reset
    site_use "$name"
    PALIER_SITE_URL=http://127.0.0.1:$SITE_PORT
    PALIER_ADMIN_PASSWORD=$(<"$SITE/admin-password")
    PALIER_DEMO_PASSWORD="P$(random_password)1-"
    PALIER_DEMO='' PALIER_MAP='' PALIER_STEPS='' PALIER_PROGRAMME=''
    if [[ -f $(moodle_web "$SITE/moodle")/mod/palier/cli/demo.php ]]; then
        step "Filling the site with the demonstration course"
        site_php mod/palier/cli/demo.php --password="$PALIER_DEMO_PASSWORD" >"$out" || { tail -n 20 "$out" >&2; return 1; }
        PALIER_DEMO=$(tail -n 1 "$out")
        site_php "$PALIER_ROOT/packaging/moodle/calibrate-demo.php" --directory="$SITE/moodle" --demo="$PALIER_DEMO"
        PALIER_MAP=$(site_php "$PALIER_ROOT/packaging/moodle/map-campaign.php" --password="$PALIER_DEMO_PASSWORD" \
            --directory="$SITE/moodle" --demo="$PALIER_DEMO" | tail -n 1)
        PALIER_STEPS=$(site_php "$PALIER_ROOT/packaging/moodle/next-steps.php" --password="$PALIER_DEMO_PASSWORD" \
            --directory="$SITE/moodle" --demo="$PALIER_DEMO" | tail -n 1)
        PALIER_PROGRAMME=$(site_php local/palier/cli/demo.php --password="$PALIER_DEMO_PASSWORD" --agents=30 | tail -n 1)
    fi
    PALIER_TEACHER=$(site_php "$PALIER_ROOT/packaging/moodle/teacher-course.php" --password="$PALIER_DEMO_PASSWORD" \
        --directory="$SITE/moodle" | tail -n 1)
    if [[ -d $(moodle_web "$SITE/moodle")/local/iomad ]]; then
        site_php "$PALIER_ROOT/packaging/moodle/company.php" --directory="$SITE/moodle" || return 1
    fi
    export PALIER_SITE_URL PALIER_ADMIN_PASSWORD PALIER_DEMO_PASSWORD PALIER_DEMO PALIER_MAP PALIER_STEPS PALIER_TEACHER PALIER_PROGRAMME
}
