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

use context;
use local_palier\local\job_cohort;
use local_palier\local\profile;
use local_palier\local\profiles;
use mod_palier\api;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * The profiles of a course category or of the site, with all their versions.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class profiles_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param context $context
     */
    public function __construct(
        /** @var context a course category's or the system's. */
        private readonly context $context
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $parameters = ['contextid' => $this->context->id];
        $index = new moodle_url('/local/palier/index.php', $parameters);
        $import = new moodle_url('/local/palier/import.php', $parameters);
        $profiles = profiles::all($this->context);
        $cohorts = job_cohort::of_those($profiles, $this->context);
        return [
            'rows' => array_values(array_map(fn(profile $one): array => self::row($one, isset($cohorts[$one->id])), $profiles)),
            'hasrows' => (bool) $profiles,
            'index' => (new moodle_url('/local/palier/index.php'))->out(false),
            'contextid' => $this->context->id,
            'import' => $import->out(false),
            'samples' => (new moodle_url($import, ['samples' => 1]))->out(false),
            'download' => (new moodle_url($index, ['download' => 1]))->out(false),
            'gaps' => (places::of($this->context)['gaps'] ?? null)?->out(false),
            'guide' => api::guide_url('human-resources')->out(false),
            'sesskey' => sesskey(),
        ];
    }

    /**
     * A version.
     *
     * @param profile $profile
     * @param bool $hascohort whether its cohort is there
     * @return array
     */
    private static function row(profile $profile, bool $hascohort): array {
        $cohort = $profile->fields['cohort'];
        return [
            'id' => $profile->id,
            'name' => $profile->name(),
            'code' => $profile->fields['code'],
            'kind' => get_string('kind_' . $profile->fields['kind'], 'local_palier'),
            'family' => $profile->family(),
            'impact' => $profile->fields['impact'] === '' ? '' : get_string('impact_' . $profile->fields['impact'], 'local_palier'),
            'version' => $profile->version,
            'active' => $profile->active,
            'cohort' => $cohort,
            'nocohort' => $cohort !== '' && $profile->active && !$hascohort,
            'url' => (new moodle_url('/local/palier/profile.php', ['id' => $profile->id]))->out(false),
        ];
    }
}
