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

namespace mod_palier\event;

use mod_palier\local\attempt\attempt;

/**
 * Something that happened to an attempt.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
abstract class attempt_event extends \core\event\base {
    /**
     * The event of an attempt.
     *
     * @param attempt $attempt
     * @param \core\context\module $context the activity's
     * @return static
     */
    public static function of(attempt $attempt, \core\context\module $context): static {
        /** @var static $event */
        $event = self::create([
            'objectid' => $attempt->id,
            'relateduserid' => $attempt->userid,
            'context' => $context,
            'other' => ['palierid' => (int) $attempt->palierid, 'preview' => (int) $attempt->preview],
        ]);
        return $event;
    }

    #[\Override]
    public function get_url() {
        return new \moodle_url('/mod/palier/story.php', ['attempt' => $this->objectid]);
    }

    #[\Override]
    protected function validate_data() {
        parent::validate_data();
        if (!isset($this->relateduserid)) {
            throw new \coding_exception('The \'relateduserid\' must be set.');
        }
        if (!isset($this->other['palierid'])) {
            throw new \coding_exception('The \'palierid\' value must be set in other.');
        }
    }

    /**
     * How the attempt is named in a restore.
     *
     * @return array
     */
    public static function get_objectid_mapping() {
        return ['db' => 'palier_attempt', 'restore' => 'palier_attempt'];
    }

    /**
     * How the rest is named in a restore.
     *
     * @return array
     */
    public static function get_other_mapping() {
        return ['palierid' => ['db' => 'palier', 'restore' => 'palier']];
    }
}
