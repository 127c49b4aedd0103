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

namespace mod_palier\local\attempt;

use core_useragent;

/**
 * On what an attempt is taken: a phone or a computer, and no more of it. Kept where the administrator has chosen so, for the
 * comparison of questions on both.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class device {
    /** @var string a screen with a mouse and a keyboard, as far as the browser says. */
    public const COMPUTER = 'computer';

    /** @var string a phone or a tablet. */
    public const PHONE = 'phone';

    /** @var string an attempt that was taken on both. */
    public const BOTH = 'both';

    /** @var string[] what a row may have. */
    public const KINDS = [self::COMPUTER, self::PHONE, self::BOTH];

    /**
     * What an attempt is taken on, when something is done with this browser.
     *
     * @param string|null $before what it was taken on before, null where that is not known or it begins
     * @return string|null one of KINDS, null where nothing is kept
     */
    public static function also(?string $before): ?string {
        if (!get_config('mod_palier', 'keepdevice') || !core_useragent::get_user_agent_string()) {
            return $before;
        }
        $touched = [core_useragent::DEVICETYPE_MOBILE, core_useragent::DEVICETYPE_TABLET];
        $now = in_array(core_useragent::get_device_type(), $touched) ? self::PHONE : self::COMPUTER;
        return $before === null || $before === $now ? $now : self::BOTH;
    }
}
