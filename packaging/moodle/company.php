<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// What the scripts beside this one need in IOMAD, which sends whoever belongs to no company to its home page.

/** Makes a company of these people in IOMAD; in another Moodle nothing is done. A name is of a–z, 0–9, - and _. */
function company_of(string $name, int ...$people): void {
    if (!class_exists(\local_iomad\company::class)) {
        return;
    }
    $company = \local_iomad\company::create_company((object) [
        'name' => $name, 'shortname' => strtr($name, '-', '_'), 'city' => 'Lyon', 'country' => 'FR', 'theme' => 'iomadboost', 'parentid' => 0,
    ]);
    foreach ($people as $person) {
        $company->assign_user_to_company($person, 0, 0);
    }
}
