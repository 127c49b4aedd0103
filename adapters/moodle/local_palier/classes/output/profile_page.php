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

use local_palier\local\profile;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * A version of a profile, line by line.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class profile_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param profile $profile
     */
    public function __construct(
        /** @var profile what is shown. */
        private readonly profile $profile
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $framework = $this->profile->framework();
        return [
            'intro' => get_string($this->profile->active ? 'version_active' : 'version_before', 'local_palier', [
                'version' => $this->profile->version,
                'framework' => $framework['title'] ?? $this->profile->fields['framework'],
            ]),
            'noframework' => $framework === null,
            'lines' => self::lines($this->profile),
            'back' => (new moodle_url('/local/palier/index.php', ['contextid' => $this->profile->contextid]))->out(false),
        ];
    }

    /**
     * What a profile asks.
     *
     * @param profile $profile
     * @return array[] competence, level, weight and reason
     */
    public static function lines(profile $profile): array {
        $lines = [];
        foreach ($profile->requirements as $competence => $requirement) {
            $lines[] = [
                'competence' => $profile->competence($competence),
                'level' => get_string('level', 'local_palier', $requirement['level']),
                'weight' => $requirement['weight'],
                'reason' => $profile->reason($competence),
            ];
        }
        return $lines;
    }
}
