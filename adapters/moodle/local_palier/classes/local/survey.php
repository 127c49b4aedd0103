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
 * Short surveys that a campaign may go with: what one works with (context), and how digital work feels (climate). Nobody's
 * answers are kept: {@see counted_answers}. Who answered is kept apart, as a set without time, so that nobody does twice. All
 * questions are answered at once, if only by "I would rather not say": so all of them are about the same people, and none can
 * be had from another.
 *
 * They are taken while the campaign is open and told once it is over: so no figure ever changes.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class survey {
    /** @var string after the test: equipment, place, time. */
    public const CONTEXT = 'context';

    /** @var string for whoever the campaign is offered to: too much information, work cut up, incivility. */
    public const CLIMATE = 'climate';

    /** @var string[][] what each asks; the words are the strings survey_QUESTION. */
    public const QUESTIONS = [
        self::CONTEXT => ['equipment', 'network', 'place', 'time', 'support'],
        self::CLIMATE => ['overload', 'afterhours', 'cutup', 'scattered', 'rude'],
    ];

    /** @var string[][] what may be answered; the words are the strings survey_ANSWER. */
    public const ANSWERS = [
        self::CONTEXT => ['yes', 'partly', 'no', 'unsaid'],
        self::CLIMATE => ['rarely', 'sometimes', 'often', 'unsaid'],
    ];

    /** @var int seconds that answers wait for others. */
    private const PATIENCE = 10;

    /**
     * Those that go with a campaign.
     *
     * @param campaign $campaign
     * @return string[]
     */
    public static function of(campaign $campaign): array {
        return array_values(array_intersect(array_keys(self::QUESTIONS), explode(',', (string) $campaign->row->surveys)));
    }

    /**
     * Whether a participation's person may answer one now: once.
     *
     * @param participation $participation
     * @param string $survey
     * @return bool
     */
    public static function may_answer(participation $participation, string $survey): bool {
        global $DB, $USER;
        $campaign = $participation->campaign;
        // Of a campaign with a code, whoever came by it.
        return in_array($survey, self::of($campaign), true) && $campaign->is_open() && participation::is_offered($campaign)
            && ($campaign->cohortid !== null || $participation->row !== null)
            && ($survey !== self::CONTEXT || in_array($participation->state(), ['finished', 'shared'], true))
            && !$DB->record_exists('local_palier_answered', [
                'campaignid' => $campaign->id,
                'survey' => $survey,
                'userid' => $USER->id,
            ]);
    }

    /**
     * Counts what the present user answered. Pressed twice it counts once.
     *
     * @param campaign $campaign
     * @param string $survey
     * @param string[] $answers by question
     * @throws moodle_exception survey_all where a question is not answered
     */
    public static function answer(campaign $campaign, string $survey, array $answers): void {
        global $DB, $USER;
        $answers = array_filter(
            array_intersect_key($answers, array_flip(self::QUESTIONS[$survey] ?? [])),
            fn($answer): bool => in_array($answer, self::ANSWERS[$survey], true)
        );
        if (!$answers || count($answers) < count(self::QUESTIONS[$survey])) {
            throw new moodle_exception('survey_all', 'local_palier');
        }
        $lock = lock_config::get_lock_factory('local_palier_useful')->get_lock((string) $campaign->id, self::PATIENCE);
        if (!$lock) {
            throw new moodle_exception('useful_busy', 'local_palier');
        }
        try {
            if (!self::may_answer(participation::of($campaign, (int) $USER->id), $survey)) {
                return;
            }
            $transaction = $DB->start_delegated_transaction();
            $DB->insert_record('local_palier_answered', (object) [
                'campaignid' => $campaign->id,
                'survey' => $survey,
                'userid' => $USER->id,
            ]);
            counted_answers::add($campaign, $answers);
            $transaction->allow_commit();
        } finally {
            $lock->release();
        }
    }

    /**
     * How many answered what, as it may be published: k people at least in each figure that is told, and nothing from which another
     * could be computed.
     *
     * @param campaign $campaign
     * @param string $survey
     * @return array|null people (how many answered; null for fewer than k) and counts, by question and answer, null for what is
     *     hidden; null where the campaign is not over
     */
    public static function told(campaign $campaign, string $survey): ?array {
        $counts = counted_answers::of($campaign, self::QUESTIONS[$survey], self::ANSWERS[$survey]);
        if ($counts === null) {
            return null;
        }
        $least = suppression::least();
        $people = array_sum(reset($counts));
        return [
            'people' => $people >= $least ? $people : null,
            'counts' => array_map(fn(array $of): array => suppression::publish($of, $least), $counts),
        ];
    }
}
