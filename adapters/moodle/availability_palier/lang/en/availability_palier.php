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
 * @package    availability_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

defined('MOODLE_INTERNAL') || die();

$string['all'] = 'The level of the whole test';
$string['any'] = 'Any test, in this course or another';
$string['description'] = 'Require that learners reach a level in a competence, or in a whole test, with a probability.';
$string['error_chance'] = 'Write from 50 to 99 chances in a hundred.';
$string['error_level'] = 'Write the number of a level.';
$string['error_test'] = 'Choose a test whose whole level is meant, or a competence.';
$string['error_url'] = 'Write an address that begins with https:// or http://.';
$string['gone'] = '(a test that is not there any more)';
$string['label_chance'] = 'With at least so many chances in a hundred';
$string['label_competence'] = 'Competence';
$string['label_level'] = 'Level, at least';
$string['label_prepare'] = 'Prepares for it: activity';
$string['label_test'] = 'Measured by';
$string['label_url'] = 'Prepares for it: address of a page';
$string['none'] = 'None';
$string['notreached_all'] = 'Your result of {$a->test} does not show level {$a->level} (with {$a->chance} chances in a hundred)';
$string['notreached_both'] = 'Your result of {$a->test} does not show level {$a->level} in “{$a->competence}” (with {$a->chance} chances in a hundred)';
$string['notreached_competence'] = 'Your shared results do not show level {$a->level} in “{$a->competence}” (with {$a->chance} chances in a hundred)';
$string['pluginname'] = 'Restriction by level (Palier)';
$string['preparation'] = 'a training that prepares for it';
$string['prepare_with'] = 'Before that: {$a}.';
$string['privacy:metadata'] = 'The restriction by level stores nothing of anybody.';
$string['reached_all'] = 'Your result of {$a->test} shows level {$a->level} or above (with {$a->chance} chances in a hundred)';
$string['reached_both'] = 'Your result of {$a->test} shows level {$a->level} or above in “{$a->competence}” (with {$a->chance} chances in a hundred)';
$string['reached_competence'] = 'Your shared results show level {$a->level} or above in “{$a->competence}” (with {$a->chance} chances in a hundred)';
$string['title'] = 'Level in a competence';
$string['unknown'] = 'This was not measured yet, or you did not share the result.';
$string['unknown_test'] = 'This was not measured yet, or you did not share the result. To measure it: {$a}.';
