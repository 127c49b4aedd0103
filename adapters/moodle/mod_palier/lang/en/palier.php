<?php
// This file is part of Moodle - https://moodle.org/
//
// Moodle is free software: you can redistribute it and/or modify
// it under the terms of the GNU General Public License as published by
// the Free Software Foundation, either version 3 of the License, or
// (at your option) any later version.
//
// Moodle is distributed in the hope that it will be useful,
// but WITHOUT ANY WARRANTY; without even the implied warranty of
// MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
// GNU General Public License for more details.
//
// You should have received a copy of the GNU General Public License
// along with Moodle.  If not, see <https://www.gnu.org/licenses/>.

/**
 * English strings.
 *
 * @package    mod_palier
 * @copyright  2026 The Palier authors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

$string['eventlistviewed'] = 'List of adaptive tests viewed';
$string['modulename'] = 'Adaptive test';
$string['modulename_help'] = 'An adaptive test asks each person the questions that tell most about their level, and says how sure the result is.';
$string['modulenameplural'] = 'Adaptive tests';
$string['palier:addinstance'] = 'Add an adaptive test';
$string['palier:attempt'] = 'Take an adaptive test';
$string['palier:deleteattempts'] = 'Delete attempts of others';
$string['palier:manageparameters'] = 'Give questions their parameters';
$string['palier:preview'] = 'Preview an adaptive test';
$string['palier:reviewmyattempts'] = 'Read one\'s own results';
$string['palier:view'] = 'View an adaptive test';
$string['palier:viewreports'] = 'Read the results of others';
$string['pluginadministration'] = 'Adaptive test administration';
$string['pluginname'] = 'Adaptive test (Palier)';
$string['reset_attempts'] = 'Delete all attempts and results';
