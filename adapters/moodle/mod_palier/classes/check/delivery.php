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

namespace mod_palier\check;

use core\check\check;
use core\check\result;
use mod_palier\local\xapi\destination;
use mod_palier\local\xapi\outbox_status;

/**
 * Tells the administrator how sending to the LRS goes.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class delivery extends check {
    /** @var int Seconds that a statement may wait before it is worth a word. */
    private const PATIENCE = 6 * HOURSECS;

    #[\Override]
    public function get_name(): string {
        return get_string('checkdelivery', 'mod_palier');
    }

    #[\Override]
    public function get_action_link(): ?\action_link {
        return new \action_link(
            new \moodle_url('/admin/settings.php', ['section' => 'modsettingpalier']),
            get_string('settings'),
        );
    }

    #[\Override]
    public function get_result(): result {
        [$status, $summary] = $this->judge();
        return new result($status, $summary, get_string('checkdelivery_details', 'mod_palier'));
    }

    /**
     * The status and its sentence.
     *
     * @return string[]
     */
    private function judge(): array {
        if (destination::configured() === null) {
            return [result::NA, get_string('checkdelivery_none', 'mod_palier')];
        }
        if (($reason = destination::paused()) !== null) {
            return [result::ERROR, get_string('checkdelivery_paused', 'mod_palier', s($reason))];
        }
        $outbox = new outbox_status();
        $age = \core\di::get(\core\clock::class)->time() - $outbox->oldest;
        if ($outbox->waiting && $age > self::PATIENCE) {
            return [result::WARNING, get_string('checkdelivery_fallenbehind', 'mod_palier', [
                'count' => $outbox->waiting,
                'since' => format_time($age),
                'error' => s(destination::last_error() ?: '-'),
            ])];
        }
        if ($outbox->parked) {
            return [result::WARNING, get_string('checkdelivery_parked', 'mod_palier', $outbox->parked)];
        }
        return [result::OK, get_string('checkdelivery_ok', 'mod_palier')];
    }
}
