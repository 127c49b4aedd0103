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

namespace local_palier\output;

use local_palier\local\profile_import;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * What a file of profiles would do, or what is wrong with it.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class import_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param profile_import $import
     * @param moodle_url $url
     * @param int $draftid
     * @param bool $samples
     */
    public function __construct(
        /** @var profile_import the file. */
        private readonly profile_import $import,
        /** @var moodle_url the page. */
        private readonly moodle_url $url,
        /** @var int where the file is kept until the word is said. */
        private readonly int $draftid,
        /** @var bool whether it is the file that comes along. */
        private readonly bool $samples
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $profiles = [];
        $faults = $this->import->faults;
        $plan = $faults ? [] : $this->import->plan();
        foreach ($plan as $planned) {
            $profile = $planned['profile'];
            $profiles[] = [
                'name' => $profile->name(),
                'what' => match (true) {
                    $planned['unchanged'] => get_string('import_unchanged', 'local_palier'),
                    $planned['before'] !== null => get_string('import_version', 'local_palier', $planned['before']->version),
                    default => get_string('import_new', 'local_palier'),
                },
                'lines' => profile_page::lines($profile),
            ];
        }
        $changes = count(array_filter($plan, fn($planned) => !$planned['unchanged']));
        return [
            'faults' => $faults,
            'hasfaults' => (bool) $faults,
            'summary' => $faults
                ? get_string('import_faults', 'local_palier', count($faults))
                : get_string('import_summary', 'local_palier', ['profiles' => count($profiles), 'changes' => $changes]),
            'profiles' => $profiles,
            'canapply' => $changes > 0,
            'action' => $this->url->out_omit_querystring(),
            'hidden' => [
                ['name' => 'contextid', 'value' => $this->url->param('contextid')],
                ['name' => 'draft', 'value' => $this->draftid],
                ['name' => 'samples', 'value' => (int) $this->samples],
                ['name' => 'sesskey', 'value' => sesskey()],
            ],
            'back' => $this->url->out(false),
        ];
    }
}
