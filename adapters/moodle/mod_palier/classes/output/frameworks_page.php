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

namespace mod_palier\output;

use mod_palier\local\counted;
use mod_palier\local\scales\framework_data;
use mod_palier\local\scales\framework_import;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * The competence frameworks that come with the plugin, for an administrator.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class frameworks_page implements renderable, templatable {
    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $frameworks = [];
        foreach (framework_data::FILES as $file) {
            $data = framework_data::read($file);
            $here = framework_import::here($file);
            $count = array_sum(array_map(fn($domain) => count($domain['competences']), framework_data::domains($data)));
            $frameworks[] = [
                'name' => $data['source']['name'],
                'source' => $data['source']['legal'] ?? $data['source']['reference'],
                'licence' => $data['source']['licence'],
                'count' => counted::text('count_competences', $count),
                'here' => $here ? get_string('frameworkhere', 'mod_palier', $here->get('idnumber')) : '',
                'languages' => array_map(fn(string $language): array => [
                    'language' => $language,
                    'file' => $file,
                    'import' => get_string("frameworkimport_$language", 'mod_palier'),
                    'download' => get_string("frameworkdownload_$language", 'mod_palier'),
                    'url' => (new moodle_url('/mod/palier/frameworks.php', [
                        'file' => $file,
                        'language' => $language,
                        'download' => 1,
                    ]))->out(false),
                ], ['fr', 'en']),
            ];
        }
        return [
            'frameworks' => $frameworks,
            'action' => (new moodle_url('/mod/palier/frameworks.php'))->out(false),
            'sesskey' => sesskey(),
        ];
    }
}
