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

use core\lock\lock_config;
use moodle_exception;

/**
 * Three questions after a campaign's test: whether it was useful. Answers are counted and never kept with who gave them, nor
 * when; of a person it is known only that they answered. They are taken while the campaign is open, and told once it is over:
 * so no figure ever changes.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class usefulness {
    /** @var string[] what is asked; its words are the string useful_QUESTION. */
    public const QUESTIONS = ['clear', 'learned', 'next'];

    /** @var string[] what may be answered; its words are the string useful_ANSWER. */
    public const ANSWERS = ['yes', 'partly', 'no'];

    /** @var int seconds that an answer waits for another one. */
    private const PATIENCE = 10;

    /**
     * Whether a participation's person may answer now: once, after the test.
     *
     * @param participation $participation
     * @return bool
     */
    public static function may_answer(participation $participation): bool {
        return $participation->campaign->is_open() && $participation->row && !$participation->row->usefultold
            && in_array($participation->state(), ['finished', 'shared'], true);
    }

    /**
     * Counts what the present user answered. Pressed twice it counts once.
     *
     * @param campaign $campaign
     * @param string[] $answers by question; those that are not answered are left out
     * @throws moodle_exception useful_none where nothing was answered
     */
    public static function answer(campaign $campaign, array $answers): void {
        global $DB, $USER;
        $answers = array_filter(
            array_intersect_key($answers, array_flip(self::QUESTIONS)),
            fn($answer): bool => in_array($answer, self::ANSWERS, true)
        );
        if (!$answers) {
            throw new moodle_exception('useful_none', 'local_palier');
        }
        $lock = lock_config::get_lock_factory('local_palier_useful')->get_lock((string) $campaign->id, self::PATIENCE);
        if (!$lock) {
            throw new moodle_exception('useful_busy', 'local_palier');
        }
        try {
            $participation = participation::of($campaign, (int) $USER->id);
            if (!self::may_answer($participation)) {
                return;
            }
            $transaction = $DB->start_delegated_transaction();
            $DB->set_field('local_palier_participation', 'usefultold', 1, ['id' => $participation->row->id]);
            counted_answers::add($campaign, $answers);
            $transaction->allow_commit();
        } finally {
            $lock->release();
        }
    }

    /**
     * How many answered what, in steps of k, once the campaign is over.
     *
     * @param campaign $campaign
     * @return (int|null)[][]|null by question and answer, null for fewer than k; null where it is not over
     */
    public static function told(campaign $campaign): ?array {
        $counts = counted_answers::of($campaign, self::QUESTIONS, self::ANSWERS);
        if ($counts === null) {
            return null;
        }
        $least = suppression::least();
        return array_map(fn(array $of): array => array_map(
            fn(int $count): ?int => suppression::at_least($count, $least, array_sum($of)),
            $of
        ), $counts);
    }
}
