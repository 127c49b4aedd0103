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

namespace mod_palier\local\protection;

use mod_palier\local\attempt\retention;
use mod_palier\local\xapi\sentence;

/**
 * The draft of an impact assessment (GDPR, article 35): a row for each thing that is done with people's data on this site.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class impact {
    /** @var string[] What a row says, in order. */
    public const COLUMNS = ['purpose', 'data', 'who', 'howlong', 'where', 'risk', 'measure'];

    /**
     * From the settings.
     *
     * @param site_settings $settings
     * @param destination_sheet $destinations
     */
    public function __construct(
        /** @var site_settings The settings. */
        private readonly site_settings $settings,
        /** @var destination_sheet Where statements go. */
        private readonly destination_sheet $destinations,
    ) {
    }

    /**
     * The rows.
     *
     * @return string[][] in the order of COLUMNS
     */
    public function rows(): array {
        $roles = fn(string $name): string => site_settings::roles("mod/palier:$name");
        $learner = fn(string $name): string => $this->text('who', $roles($name));
        $answers = site_settings::months(retention::response_months());
        $results = site_settings::months(retention::result_months());
        $here = $this->text('where_here');
        $activities = $this->settings->activities;
        $rows = [
            $this->row('results', $learner('viewreports') . ' ' . $this->text('who_shared', [
                'count' => $activities->shared,
                'of' => $activities->number,
            ]), $results, $this->destinations->where(sentence::RESULTS)),
            $this->row(
                'answers',
                $learner('viewreports'),
                $this->text('howlong_answers', ['answers' => $answers, 'results' => $results]),
                $this->destinations->where(['answered'])
            ),
            $this->row(
                'statements',
                $learner('viewreports'),
                $this->text('howlong_statements', $answers),
                $this->destinations->where(sentence::VERBS),
                $this->destinations->named()
            ),
            $this->row('exchanges', $learner('managecontests'), $answers, $this->text('where_messages')),
            $this->row('exceptions', $roles('manageoverrides'), $this->text('howlong_exceptions'), $here),
            $this->row('calibration', $roles('calibrate'), $this->text('howlong_calibration'), $here),
        ];
        if ($activities->evidence) {
            $rows[] = $this->row('evidence', $this->text('who_evidence'), $this->text('howlong_evidence'), $here);
        }
        if (site_settings::backs_up_people()) {
            $where = $this->text('where_backups');
            $rows[] = $this->row('backups', $this->text('who_backups'), $this->text('howlong_backups'), $where);
        }
        return $rows;
    }

    /**
     * A row: what is fixed by its name, what follows from the settings as it is given.
     *
     * @param string $name
     * @param string $who
     * @param string $howlong
     * @param string $where
     * @param string $more to say of measures
     * @return string[]
     */
    private function row(string $name, string $who, string $howlong, string $where, string $more = ''): array {
        return [
            $this->text("{$name}_purpose"),
            $this->text("{$name}_data"),
            $who,
            $howlong,
            $where,
            $this->text("{$name}_risk"),
            trim($this->text("{$name}_measure") . " $more"),
        ];
    }

    /**
     * A string of the draft.
     *
     * @param string $key
     * @param mixed $a
     * @return string
     */
    private function text(string $key, mixed $a = null): string {
        return get_string("protection_$key", 'mod_palier', $a);
    }
}
