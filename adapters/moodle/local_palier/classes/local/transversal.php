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

namespace local_palier\local;

use context;
use local_palier\form\campaign_what_form;
use mod_palier\api;
use moodle_exception;

/**
 * A campaign on all competences of the CRCN, ready to be launched: nothing has to be typed, and all of it may be changed before.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class transversal {
    /** @var string[] ways: few questions, which tell more of domains; or as many as the map has, for which people may take several
     *     sittings. */
    public const WAYS = ['short', 'full'];

    /** @var string framework whose competences it asks. */
    private const FRAMEWORK = 'CRCN-2019';

    /** @var int weeks that it is open. */
    private const WEEKS = 4;

    /**
     * The map that it is made of, for the present user: one that is lent here comes before an own one.
     *
     * @param context $context
     * @return int|null course module; null where there is none
     */
    public static function template(context $context): ?int {
        foreach ([templates::lent($context), templates::own($context)] as $place => $those) {
            foreach ($those ? api::activities(null, array_keys($those)) : [] as $cmid => $activity) {
                if ($activity['source'] !== '' && self::asks_all($cmid, $place === 0)) {
                    return $cmid;
                }
            }
        }
        return null;
    }

    /**
     * Begins one.
     *
     * @param context $context
     * @param string $way one of WAYS
     * @return campaign
     */
    public static function begin(context $context, string $way): campaign {
        $template = self::template($context) ?? throw new moodle_exception('transversal_none', 'local_palier');
        $course = isset(templates::own($context)[$template]) ? null : array_key_first(templates::courses($context))
            ?? throw new moodle_exception('transversal_nocourse', 'local_palier');
        $scope = ['questions' => $way === 'short' ? campaign_what_form::SHORT : null, 'course' => $course];
        $check = api::check_test_of($template, $scope);
        if (!$check['can']) {
            throw new moodle_exception('transversal_cannot', 'local_palier', '', implode(' ', $check['problems']));
        }
        $now = \core\di::get(\core\clock::class)->time();
        $text = fn(string $key): string => get_string($key, 'local_palier');
        return campaigns::begin($context, [
            'name' => $text("transversal_name_$way"),
            'purpose' => $text('transversal_purpose'),
            'templateid' => $template,
            'courseid' => $course,
            'questions' => $scope['questions'],
            'figures' => $check['summary'],
            'landing' => $text('campaign_landing_default'),
            'timeopen' => $now,
            'timeclose' => $now + self::WEEKS * WEEKSECS,
        ]);
    }

    /**
     * Whether a map asks all competences.
     *
     * @param int $cmid
     * @param bool $lent
     * @return bool
     */
    private static function asks_all(int $cmid, bool $lent): bool {
        $of = api::scales_of_activity($cmid, $lent);
        $asked = array_map(
            fn(array $scale): array => api::competence_of_scale((string) $scale['id'], $of['source']) ?? ['', ''],
            $of['scales']
        );
        $numbers = array_column(array_filter($asked, fn(array $one): bool => $one[0] === self::FRAMEWORK), 1);
        return !array_diff(array_keys(api::frameworks()[self::FRAMEWORK]['competences']), $numbers);
    }
}
