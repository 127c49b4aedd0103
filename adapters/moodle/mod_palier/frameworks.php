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
 * Competence frameworks that come with the plugin: made frameworks of the site, or downloaded for core's import.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

require_once(__DIR__ . '/../../config.php');
require_once($CFG->libdir . '/adminlib.php');

use mod_palier\local\scales\framework_data;
use mod_palier\local\scales\framework_import;
use mod_palier\output\frameworks_page;

admin_externalpage_setup('mod_palier_frameworks');
$file = optional_param('file', '', PARAM_ALPHANUM);
if ($file !== '') {
    $language = required_param('language', PARAM_ALPHA) === 'fr' ? 'fr' : 'en';
    if (!in_array($file, framework_data::FILES, true)) {
        throw new moodle_exception('invalidparameter', 'debug');
    }
    if (optional_param('download', false, PARAM_BOOL)) {
        send_file(framework_import::csv($file, $language), "{$file}-{$language}.csv", 0, 0, true, true, 'text/csv');
    }
    require_sesskey();
    $framework = framework_import::import($file, $language);
    redirect(
        new moodle_url('/admin/tool/lp/competencies.php', [
            'competencyframeworkid' => $framework->get('id'),
            'pagecontextid' => $framework->get('contextid'),
        ]),
        get_string('frameworkimported', 'mod_palier'),
        null,
        \core\output\notification::NOTIFY_SUCCESS
    );
}

echo $OUTPUT->header();
echo $OUTPUT->heading(get_string('frameworks', 'mod_palier'));
$page = new frameworks_page();
echo $OUTPUT->render_from_template('mod_palier/frameworks_page', $page->export_for_template($OUTPUT));
echo $OUTPUT->footer();
