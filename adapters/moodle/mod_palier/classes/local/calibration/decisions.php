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

namespace mod_palier\local\calibration;

use context_module;
use mod_palier\event\calibration_decided;
use mod_palier\local\bank\question_filter;
use mod_palier\local\bank\question_search;
use mod_palier\local\engine\json_text;
use mod_palier\local\parameters\item_parameters;
use stdClass;

/**
 * What a person decides on the proposals of a calibration. Accepted ones become a new version of a question's parameters;
 * nothing is overwritten, so that it can be taken back.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class decisions {
    /** @var string[] what can be decided, and what is noted of it. */
    public const ACTIONS = ['accept' => 'accepted', 'promote' => 'accepted', 'refuse' => 'refused', 'takeback' => null];

    /** @var int proposals that were passed over: the parameters are others since, or the user may not edit the question. */
    public int $passed = 0;

    /**
     * On a calibration.
     *
     * @param stdClass $calibration row of palier_calibration
     * @param context_module $context the activity's
     */
    public function __construct(
        /** @var stdClass row of palier_calibration */
        private readonly stdClass $calibration,
        /** @var context_module the activity's */
        private readonly context_module $context,
    ) {
    }

    /**
     * Decides on proposals.
     *
     * @param string $action one of ACTIONS
     * @param stdClass[] $items rows of palier_calibration_item of this calibration
     * @param string $status of accepted ones: what the questions are for from now on, '' as before
     * @return int on how many
     */
    public function decide(string $action, array $items, string $status = ''): int {
        if ($action === 'promote') {
            // Those on trial against which no rule speaks, and no others.
            $items = array_intersect_key($items, calibration::items((int) $this->calibration->id, 'promote'));
            $status = 'operational';
        }
        $wanted = array_filter($items, fn($item) => match ($action) {
            'accept', 'promote' => $item->proposed && $item->decision !== 'accepted',
            'refuse' => $item->proposed && $item->decision === null,
            'takeback' => $item->decision !== null,
        });
        $questions = $wanted ? (new question_search(question_filter::load((int) $this->calibration->palierid)))
            ->of_entries(array_column($wanted, 'questionbankentryid')) : [];
        $open = array_filter($wanted, fn($item) => $this->may($item, $questions[$item->questionbankentryid] ?? null));
        $this->passed = count($wanted) - count($open);
        match ($action) {
            'accept', 'promote' => $this->accept($open, $questions, $status),
            'refuse' => null,
            'takeback' => item_parameters::go_back($this->before(array_filter($open, fn($item) => $item->madeid))),
        };
        $this->note($open, self::ACTIONS[$action], self::ACTIONS[$action] === 'accepted');
        if ($open) {
            calibration_decided::create([
                'objectid' => $this->calibration->id,
                'context' => $this->context,
                'other' => ['action' => $action, 'count' => count($open)],
            ])->trigger();
        }
        return count($open);
    }

    /**
     * Whether one may be decided on: the user may edit the question, and its parameters are those that the proposal is about.
     *
     * @param stdClass $item
     * @param stdClass|null $question as it is now, null where it is not of this test any more
     * @return bool
     */
    private function may(stdClass $item, ?stdClass $question): bool {
        $known = $item->decision === 'accepted' ? $item->madeid : $item->basisid;
        return $question && item_parameters::may_edit($question) && (int) $question->paramid === (int) $known;
    }

    /**
     * Gives questions the parameters that are proposed.
     *
     * @param stdClass[] $items
     * @param stdClass[] $questions by question bank entry
     * @param string $status
     */
    private function accept(array $items, array $questions, string $status): void {
        $rows = [];
        foreach ($items as $item) {
            $question = $questions[$item->questionbankentryid];
            $rows[$item->questionbankentryid] = item_parameters::of_item(json_text::decode($item->found)['proposed'])
                + array_intersect_key((array) $question, array_flip(['level', ...item_parameters::ABOUT]))
                + ['status' => $status ?: $question->status ?? 'operational', 'source' => 'calibration'];
        }
        item_parameters::save($rows);
    }

    /**
     * The parameters before proposals were accepted.
     *
     * @param stdClass[] $items
     * @return int[] rows of palier_param by question bank entry
     */
    private function before(array $items): array {
        return array_map('intval', array_column($items, 'basisid', 'questionbankentryid'));
    }

    /**
     * Notes what was decided. What was taken back may be decided on anew, from the version that is current then.
     *
     * @param stdClass[] $items
     * @param string|null $decision
     * @param bool $made whether they made the current parameters
     */
    private function note(array $items, ?string $decision, bool $made): void {
        global $DB, $USER;
        $current = $items ? item_parameters::current(array_column($items, 'questionbankentryid')) : [];
        foreach ($items as $item) {
            $now = $current[$item->questionbankentryid]->id ?? null;
            $changed = ['decision' => $decision, 'madeid' => $made ? $now : null];
            if ($item->decision === 'accepted') {
                $changed['basisid'] = $now;
            }
            $DB->update_record('palier_calibration_item', (object) ($changed + [
                'id' => $item->id,
                'usermodified' => $USER->id,
                'timemodified' => \core\di::get(\core\clock::class)->time(),
            ]));
        }
    }
}
