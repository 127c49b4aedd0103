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

namespace local_palier;

use local_palier\local\comparison;
use local_palier\local\guidance;
use local_palier\local\meetings;
use local_palier\local\profiles;
use local_palier\local\recommendation;
use local_palier\output\helpers_page;
use mod_palier\hook\next_steps_below;
use moodle_url;

/**
 * What the programme proposes below a learner's own result.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class next_steps {
    /** @var int trainings below a result; the others are on the learner's own page. */
    private const MOST = 2;

    /**
     * Proposes the training that comes first beside the profile that is the learner's own, or the first that they may choose; a
     * rendez-vous, where there are advisers; colleagues who help with a gap; and more trainings.
     *
     * @param next_steps_below $hook
     */
    public static function tell(next_steps_below $hook): void {
        $guidance = self::guidance($hook->userid);
        $trainings = array_slice($guidance?->recommendations ?? [], 0, self::MOST);
        self::add_trainings($hook, array_splice($trainings, 0, 1));
        if (meetings::can_ask()) {
            $url = (new moodle_url('/local/palier/meetings.php'))->out(false);
            $hook->add(get_string('below_meeting', 'local_palier'), $url, get_string('meetings', 'local_palier'));
        }
        $helpers = has_capability('local/palier:seekhelp', \context_system::instance()) ? $guidance?->helpers() : [];
        if ($helpers) {
            $profile = $guidance->comparison->profile;
            $competence = (string) array_key_first($helpers);
            $hook->add(
                get_string('below_helpers', 'local_palier', reset($helpers)),
                helpers_page::url($profile->fields['framework'], $competence)->out(false),
                get_string('below_who', 'local_palier'),
                $profile->competence($competence)
            );
        }
        self::add_trainings($hook, $trainings);
    }

    /**
     * What a learner can do beside that profile.
     *
     * @param int $userid who is the present user
     * @return guidance|null null where there is no profile for them
     */
    private static function guidance(int $userid): ?guidance {
        $profiles = has_capability('local/palier:compareown', \context_system::instance()) ? profiles::for_me() : [];
        return $profiles ? new guidance(comparison::of_user(reset($profiles), $userid), profiles::my_contexts()) : null;
    }

    /**
     * Proposes trainings.
     *
     * @param next_steps_below $hook
     * @param recommendation[] $recommendations
     */
    private static function add_trainings(next_steps_below $hook, array $recommendations): void {
        foreach ($recommendations as $recommendation) {
            $hook->add(
                get_string('below_training', 'local_palier', [
                    'title' => $recommendation->entry->title,
                    'levels' => $recommendation->entry->levels(),
                ]),
                (new moodle_url('/local/palier/mine.php', ['id' => $recommendation->profile->id]))->out(false),
                get_string('below_why', 'local_palier'),
                implode(', ', self::names($recommendation))
            );
        }
    }

    /**
     * What the competences of a recommendation are called.
     *
     * @param recommendation $recommendation
     * @return string[]
     */
    private static function names(recommendation $recommendation): array {
        return array_map(
            fn($competence): string => $recommendation->profile->competence((string) $competence),
            array_keys($recommendation->gaps)
        );
    }
}
