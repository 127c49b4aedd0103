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

namespace mod_palier\local\package;

use context_module;
use stdClass;

/**
 * Records of an activity's packages: graded and scored again by the engine, and kept as attempts.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class returned_records {
    /** @var string it is an attempt now */
    public const IN = 'in';

    /** @var string it was an attempt before */
    public const THERE = 'there';

    /** @var string the learner has not finished */
    public const OPEN = 'open';

    /** @var string it is of nobody whom the reader may see here */
    public const NOBODY = 'nobody';

    /** @var string it is none, or cut, or altered */
    public const UNREADABLE = 'unreadable';

    /** @var int records that are of no package of this activity */
    public int $foreign = 0;

    /**
     * Of an activity.
     *
     * @param stdClass $palier row of palier
     * @param context_module $context
     * @param program $program
     * @param \Closure $userof gives the id of the person that a line names, 0 for nobody
     */
    public function __construct(
        /** @var stdClass row of palier */
        private readonly stdClass $palier,
        /** @var context_module its context */
        private readonly context_module $context,
        /** @var program */
        private readonly program $program,
        /** @var \Closure id of the person that a line names */
        private readonly \Closure $userof
    ) {
    }

    /**
     * Keeps what a table has.
     *
     * @param string $table CSV with records, as `palier records` takes it
     * @return array[] ['line' => int, 'person' => string, 'became' => one of these, 'attempt' => int, 'differs' => bool,
     *     'error' => string], in the order of the table
     * @throws refusal where the table is none
     */
    public function keep(string $table): array {
        preg_match_all('/P1;([0-9a-f]{16});/', $table, $found);
        $wanted = array_count_values($found[1]);
        $packages = array_filter(
            packages::of((int) $this->palier->id),
            fn($package) => isset($wanted[substr($package->bundle, 0, 16)])
        );
        foreach ($packages as $package) {
            unset($wanted[substr($package->bundle, 0, 16)]);
        }
        $this->foreign = array_sum($wanted);
        $file = make_request_directory() . '/records.csv';
        file_put_contents($file, $table);
        $lines = [];
        foreach ($packages as $package) {
            $stored = packages::file($this->context, (int) $package->id);
            if (!$stored) {
                continue;
            }
            foreach ($this->program->records($stored->copy_content_to_temp('mod_palier'), $file) as $entry) {
                if (!isset($entry['error'])) {
                    $lines[$entry['line']] = $this->entry($package, $entry);
                } else {
                    $lines[$entry['line']] ??= self::line($entry, self::UNREADABLE) + ['error' => $entry['error']];
                }
            }
        }
        ksort($lines);
        return array_values($lines);
    }

    /**
     * One record.
     *
     * @param stdClass $package row of palier_package
     * @param array $entry of {@see program::records()}
     * @return array
     */
    private function entry(stdClass $package, array $entry): array {
        $userid = ($this->userof)((string) $entry['person']);
        if (!$userid) {
            return self::line($entry, self::NOBODY);
        }
        if (!$entry['finished']) {
            return self::line($entry, self::OPEN);
        }
        $known = returned_attempt::known((int) $package->id, $userid, (int) $entry['seed']);
        if ($known) {
            return self::line($entry, self::THERE, $known);
        }
        try {
            return self::line($entry, self::IN, returned_attempt::keep($package, $this->context, $userid, $entry));
        } catch (refusal $refusal) {
            return self::line($entry, self::UNREADABLE) + ['error' => $refusal->words];
        }
    }

    /**
     * What became of a record.
     *
     * @param array $entry of {@see program::records()}
     * @param string $became
     * @param int $attemptid
     * @return array
     */
    private static function line(array $entry, string $became, int $attemptid = 0): array {
        return [
            'line' => $entry['line'],
            'person' => (string) $entry['person'],
            'became' => $became,
            'attempt' => $attemptid,
            'differs' => !empty($entry['told']),
        ];
    }
}
