<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// The least that makes French a language of a disposable site, so that the plugins' own French shows.
// Moodle's own words stay English until its French language pack is installed.
defined('MOODLE_INTERNAL') || die();

$string['decsep'] = ',';
$string['iso6391'] = 'fr';
$string['iso6392'] = 'fra';
$string['labelsep'] = ' : ';
$string['listsep'] = ';';
$string['locale'] = 'fr_FR.UTF-8';
$string['localecldr'] = 'fr-FR';
$string['parentlanguage'] = '';
$string['strftimedate'] = '%d %B %Y';
$string['strftimedatefullshort'] = '%d/%m/%y';
$string['strftimedateshort'] = '%d %B';
$string['strftimedatetime'] = '%d %B %Y, %H:%M';
$string['strftimedatetimeshort'] = '%d/%m/%y, %H:%M';
$string['strftimedaydate'] = '%A %d %B %Y';
$string['strftimedaydatetime'] = '%A %d %B %Y, %H:%M';
$string['strftimetime'] = '%H:%M';
$string['thisdirection'] = 'ltr';
$string['thislanguage'] = 'Français';
$string['thislanguageint'] = 'French';
$string['thousandssep'] = ' ';
