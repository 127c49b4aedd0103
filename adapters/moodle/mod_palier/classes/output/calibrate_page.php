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

namespace mod_palier\output;

use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use mod_palier\local\calibration\choice;
use mod_palier\local\calibration\collection;
use mod_palier\local\counted;
use moodle_url;
use stdClass;

/**
 * The choice of answers, what it gives, and the calibrations that there were.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class calibrate_page implements named_templatable, renderable {
    /** @var int questions that are listed, those with the fewest answers first. */
    private const LISTED = 200;

    /** @var int answers from which parameters rest on answers more than on what was known before (docs/calibration.md). */
    private const ENOUGH = 100;

    /**
     * The page.
     *
     * @param moodle_url $url this page
     * @param stdClass[] $former of calibration::all()
     * @param choice|null $choice what was chosen
     * @param collection|null $collection what it gives
     * @param string $form HTML of the form
     */
    public function __construct(
        /** @var moodle_url this page. */
        private readonly moodle_url $url,
        /** @var stdClass[] of calibration::all(). */
        private readonly array $former,
        /** @var choice|null what was chosen. */
        private readonly ?choice $choice,
        /** @var collection|null what it gives. */
        private readonly ?collection $collection,
        /** @var string HTML of the form. */
        private readonly string $form
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/calibrate_page';
    }

    /**
     * The names of categories.
     *
     * @param int[] $ids
     * @return string[] id => name
     */
    public static function categories(array $ids): array {
        global $DB;
        $found = $DB->get_records_list('question_categories', 'id', $ids ?: [0], 'name, id', 'id, name, contextid');
        return array_map(fn($category) => format_string($category->name, true, ['context' => $category->contextid]), $found);
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $id = $this->url->get_param('id');
        return [
            'form' => $this->form,
            'found' => $this->collection ? $this->found() : null,
            'former' => array_map(fn($row) => [
                'url' => (new moodle_url('/mod/palier/calibration.php', ['id' => $id, 'calibration' => $row->id]))->out(false),
                'when' => userdate($row->timecreated, get_string('strftimedatetimeshort', 'core_langconfig')),
                'state' => get_string("calibration_state_{$row->state}", 'mod_palier'),
            ], array_values($this->former)),
            'hasformer' => (bool) $this->former,
            'backurl' => (new moodle_url('/mod/palier/parameters.php', ['id' => $id]))->out(false),
        ];
    }

    /**
     * What the choice gives.
     *
     * @return array
     */
    private function found(): array {
        $by = $this->collection->by_question();
        $questions = $this->collection->questions();
        uasort($by, fn($one, $other) => $one['answers'] <=> $other['answers']);
        $answered = array_filter($by, fn($one) => $one['answers'] > 0);
        $bands = [
            'enough' => count(array_filter($answered, fn($one) => $one['answers'] >= self::ENOUGH)),
            'few' => count(array_filter($answered, fn($one) => $one['answers'] < self::ENOUGH)),
            'empty' => count($by) - count($answered),
        ];
        $rows = [];
        foreach (array_slice($answered, 0, self::LISTED, true) as $entryid => $one) {
            $rows[] = [
                'name' => format_string($questions[$entryid]->name, true, ['context' => $questions[$entryid]->contextid]),
                'answers' => $one['answers'],
                'mean' => get_string('percents', 'moodle', (int) round(100 * $one['mean'])),
            ];
        }
        return choice_words::numbers($this->collection->counts()) + [
            'bands' => array_map(
                fn($band) => counted::text("calibrate_band_$band", $bands[$band], ['n' => $bands[$band], 'least' => self::ENOUGH]),
                array_keys(array_filter($bands))
            ),
            'rows' => $rows,
            'hasrows' => (bool) $rows,
            'shortened' => count($answered) > self::LISTED,
            'toomany' => $this->collection->toomany ? collection::limits() : '',
            'canstart' => $this->collection->answers > 0 && !$this->collection->toomany,
            'action' => $this->url->out(false),
            'sesskey' => sesskey(),
            'choice' => $this->choice->json(),
        ];
    }
}
