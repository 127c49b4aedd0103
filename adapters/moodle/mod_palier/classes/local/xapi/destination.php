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

namespace mod_palier\local\xapi;

/**
 * The LRS of this site: its address and credentials from the settings, and how sending to it goes.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class destination {
    /** @var int Seconds before the second try; doubled at each failure. */
    private const FIRST_DELAY = 60;

    /** @var int Longest wait that we choose ourselves, in seconds. */
    private const LONGEST_DELAY = 3600;

    /** @var int Longest wait that an LRS may ask for, in seconds. */
    private const LONGEST_RETRY_AFTER = 86400;

    /**
     * A destination.
     *
     * @param string $endpoint without a slash at its end
     * @param string $key
     * @param string $secret
     * @param string $version
     */
    public function __construct(
        /** @var string Address of the xAPI resources, without a slash at its end. */
        public readonly string $endpoint,
        /** @var string Name that the LRS knows this site by. */
        public readonly string $key,
        #[\SensitiveParameter]
        /** @var string Password of that name. */
        public readonly string $secret,
        /** @var string Version of xAPI. */
        public readonly string $version = '1.0.3',
    ) {
    }

    /**
     * The destination of the settings, or null when the site has none.
     *
     * @return self|null
     */
    public static function configured(): ?self {
        $config = get_config('mod_palier');
        $endpoint = rtrim(trim($config->lrsendpoint ?? ''), '/');
        if ($endpoint === '') {
            return null;
        }
        return new self($endpoint, $config->lrskey ?? '', $config->lrssecret ?? '', $config->lrsversion ?? '1.0.3');
    }

    /**
     * Why sending is paused, in the LRS's words; null while it is not.
     *
     * @return string|null
     */
    public static function paused(): ?string {
        return get_config('mod_palier', 'lrspaused') ?: null;
    }

    /**
     * When sending is tried again after a failure; 0 when the last try went well.
     *
     * @return int
     */
    public static function next_try(): int {
        return (int) get_config('mod_palier', 'lrsnexttry');
    }

    /**
     * Failures since the last success.
     *
     * @return int
     */
    public static function failures(): int {
        return (int) get_config('mod_palier', 'lrsfailures');
    }

    /**
     * What went wrong last; an empty string when nothing did.
     *
     * @return string
     */
    public static function last_error(): string {
        return (string) get_config('mod_palier', 'lrslasterror');
    }

    /**
     * Stops sending until an administrator has seen to it.
     *
     * @param string $reason
     */
    public static function pause(string $reason): void {
        set_config('lrspaused', $reason, 'mod_palier');
        set_config('lrslasterror', $reason, 'mod_palier');
    }

    /**
     * Takes up sending again, at the next run. Called when the settings change, and by the administrator.
     */
    public static function resume(): void {
        foreach (['lrspaused', 'lrsnexttry', 'lrsfailures', 'lrslasterror'] as $name) {
            if (get_config('mod_palier', $name) !== false) {
                unset_config($name, 'mod_palier');
            }
        }
    }

    /**
     * Notes a failure and sets the next try: twice as late as the last one, give or take a fifth.
     *
     * @param string $reason
     * @param int|null $retryafter seconds that the LRS asked to wait
     * @param callable|null $random gives a number from 0 to 1
     * @return int when the next try is
     */
    public static function failed(string $reason, ?int $retryafter = null, ?callable $random = null): int {
        $failures = self::failures() + 1;
        $delay = min(self::LONGEST_DELAY, self::FIRST_DELAY * 2 ** min($failures - 1, 20));
        $random ??= fn(): float => random_int(0, 1000000) / 1000000;
        $delay = (int) round($delay * (0.8 + 0.4 * $random()));
        if ($retryafter !== null) {
            $delay = max($delay, min($retryafter, self::LONGEST_RETRY_AFTER));
        }
        $nexttry = \core\di::get(\core\clock::class)->time() + $delay;
        set_config('lrsfailures', $failures, 'mod_palier');
        set_config('lrsnexttry', $nexttry, 'mod_palier');
        set_config('lrslasterror', $reason, 'mod_palier');
        return $nexttry;
    }

    /**
     * Notes that sending works.
     */
    public static function succeeded(): void {
        if (self::failures() || self::last_error() !== '') {
            self::resume();
        }
    }
}
