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

namespace mod_palier\local\report;

use mod_palier\local\xapi\outbox;
use mod_palier\local\xapi\sentence;

/**
 * What a trainer asked to see, as it stands in the page's address: a view can be sent to a colleague.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class report_filters {
    /** @var string[] The filters that there are and the type of each. */
    public const TYPES = [
        'group' => PARAM_INT,
        'person' => PARAM_TEXT,
        'user' => PARAM_INT,
        'attempt' => PARAM_INT,
        'before' => PARAM_INT,
        'verb' => PARAM_ALPHA,
        'question' => PARAM_TEXT,
        'from' => PARAM_RAW_TRIMMED,
        'to' => PARAM_RAW_TRIMMED,
        'final' => PARAM_BOOL,
        'delivery' => PARAM_ALPHA,
        'progress' => PARAM_ALPHA,
        'atmost' => PARAM_INT,
        'competence' => PARAM_TEXT,
        'below' => PARAM_INT,
        'surely' => PARAM_BOOL,
    ];

    /** @var array name to value, without those that are not set */
    private array $values = [];

    /**
     * From raw values; those that mean nothing are left out.
     *
     * @param array $raw
     */
    public function __construct(array $raw) {
        foreach (self::TYPES as $name => $type) {
            $value = $raw[$name] ?? null;
            if (!is_scalar($value) || trim((string) $value) === '') {
                continue;
            }
            $value = clean_param($value, $type);
            $keep = match ($name) {
                'from', 'to' => preg_match('/^(\d{4})-(\d{2})-(\d{2})$/D', $value, $day) &&
                    checkdate((int) $day[2], (int) $day[3], (int) $day[1]),
                'verb' => in_array($value, sentence::VERBS),
                'delivery' => in_array($value, outbox::READABLE),
                'progress' => in_array($value, ['inprogress', 'finished']),
                'atmost' => true,
                default => (bool) $value,
            };
            if ($keep) {
                $this->values[$name] = $value;
            }
        }
    }

    /**
     * From the address of the page.
     *
     * @param string[] $names those that the page knows
     * @return self
     */
    public static function from_request(array $names): self {
        $raw = [];
        foreach ($names as $name) {
            $raw[$name] = optional_param($name, '', PARAM_RAW_TRIMMED);
        }
        return new self($raw);
    }

    /**
     * The filters that are set, for an address or for a report's parameters.
     *
     * @return array
     */
    public function values(): array {
        return $this->values;
    }

    /**
     * The same without the place to read on from: for a form that asks anew, and for files, which have all.
     *
     * @return self
     */
    public function whole(): self {
        return new self(array_diff_key($this->values, ['before' => 1]));
    }

    /**
     * A filter's value, or null.
     *
     * @param string $name
     * @return mixed
     */
    public function get(string $name): mixed {
        return $this->values[$name] ?? null;
    }

    /**
     * Whether any filter is set.
     *
     * @return bool
     */
    public function any(): bool {
        return (bool) $this->values;
    }

    /**
     * The first second of a day, in the reader's time zone; days counted on from it.
     *
     * @param string $name "from" or "to"
     * @param int $days
     * @return int|null
     */
    public function day(string $name, int $days = 0): ?int {
        if (!isset($this->values[$name])) {
            return null;
        }
        $day = \DateTime::createFromFormat('!Y-m-d', $this->values[$name], \core_date::get_user_timezone_object());
        return $day ? $day->modify("+$days day")->getTimestamp() : null;
    }
}
