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

use local_palier\local\campaign;
use local_palier\local\suppression;
use local_palier\local\survey;

/**
 * What is said of a campaign to whoever manages it, takes part, or reads a poster: the same words everywhere.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class campaign_words {
    /**
     * Its words. To be escaped.
     *
     * @param campaign $campaign
     * @return array
     */
    public static function of(campaign $campaign): array {
        return [
            'name' => $campaign->name,
            'purpose' => $campaign->purpose,
            'landing' => $campaign->landing,
            'window' => $campaign->window(),
            'whom' => get_string($campaign->cohortid === null ? 'campaign_anybody' : 'campaign_cohort', 'local_palier'),
            'asks' => self::asks($campaign),
            'help' => (string) $campaign->row->help,
            'surveys' => implode("\n", array_map(
                fn(string $survey): string => get_string("survey_{$survey}_offer", 'local_palier'),
                survey::of($campaign)
            )),
            'figures' => (string) $campaign->row->figures,
            'whosees' => get_string('campaign_whosees', 'local_palier', suppression::least()),
        ];
    }

    /**
     * What its test asks, where that is whether a level is reached. To be escaped.
     *
     * @param campaign $campaign
     * @return string empty where it asks how far one is
     */
    public static function asks(campaign $campaign): string {
        $level = $campaign->floor;
        if ($level === null) {
            return '';
        }
        $line = $campaign->floor_line();
        return $line === null
            ? get_string('campaign_asks', 'local_palier', $level)
            : get_string('campaign_asks_line', 'local_palier', [
                'level' => $level,
                'competence' => $line['profile']->competence($line['competence']),
                'profile' => $line['profile']->name(),
            ]);
    }

    /**
     * A line of a profile. To be escaped.
     *
     * @param array $line of {@see \local_palier\local\profiles::floors()}
     * @return string
     */
    public static function line(array $line): string {
        return get_string('campaign_floor_line', 'local_palier', [
            'competence' => $line['profile']->competence($line['competence']),
            'level' => $line['level'],
        ]);
    }
}
