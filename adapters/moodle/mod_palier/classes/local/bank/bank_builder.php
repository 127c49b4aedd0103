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

namespace mod_palier\local\bank;

use context_module;
use mod_palier\local\engine\json_text;
use mod_palier\local\parameters\item_parameters;
use mod_palier\local\scales\scale_finder;

/**
 * Makes the bank of a set of questions: those that have parameters, in a fixed order.
 *
 * @package   mod_palier
 * @copyright 2026 The Palier authors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class bank_builder {
    /** @var string the scale of a test of one level. */
    public const SCALE = 'main';

    /** @var \stdClass[]|null questions with their parameters, by question bank entry. */
    private ?array $questions = null;

    /** @var string[][]|null of a map: the scales of questions, by question bank entry. */
    private ?array $found = null;

    /**
     * Constructor.
     *
     * @param array $filtercondition as core stores it
     * @param string[] $scales ids of the plan's scales, where it has several: then only questions of these are asked
     */
    public function __construct(
        /** @var array as core stores it. */
        private readonly array $filtercondition,
        /** @var string[] ids of the plan's scales, where it has several. */
        private readonly array $scales = []
    ) {
    }

    /**
     * The builder of an activity's questions.
     *
     * @param int $palierid
     * @param context_module $context
     * @param string|null $plan its plan, null to read it
     * @return self
     */
    public static function for_instance(int $palierid, context_module $context, ?string $plan = null): self {
        global $DB;
        $plan ??= (string) $DB->get_field('palier', 'plan', ['id' => $palierid]);
        return new self(question_filter::load($palierid), scale_finder::ids_of($plan));
    }

    /**
     * The builder of the same questions for a plan of several scales.
     *
     * @param string[] $scales ids, none for one level
     * @return self
     */
    public function with_scales(array $scales): self {
        $other = new self($this->filtercondition, $scales);
        $other->questions = $this->questions;
        return $other;
    }

    /**
     * The questions with their current parameters, by question bank entry.
     *
     * @return \stdClass[] with entryid, questionid, name, qtype, idnumber, item and the columns of palier_param
     */
    public function questions(): array {
        $this->questions ??= self::read(question_filter::question_ids($this->filtercondition));
        return $this->questions;
    }

    /**
     * The questions that have no parameters and were not set aside either.
     *
     * @return \stdClass[]
     */
    public function missing(): array {
        return array_filter(
            $this->questions(),
            fn($question) => $question->paramid === null && gradable::is_gradable($question->qtype)
        );
    }

    /**
     * The questions that the machine cannot grade: they are not asked, whatever their parameters.
     *
     * @return \stdClass[]
     */
    public function ungradable(): array {
        return array_filter($this->questions(), fn($question) => !gradable::is_gradable($question->qtype));
    }

    /**
     * The questions that can be asked.
     *
     * @return \stdClass[]
     */
    public function usable(): array {
        return array_filter(
            $this->questions(),
            fn($question) => item_parameters::known($question) && gradable::is_gradable($question->qtype)
                && $this->scale_of($question) !== null
        );
    }

    /**
     * The questions that could be asked if they belonged to a competence of the map. None in a test of one level.
     *
     * @return \stdClass[]
     */
    public function without_scale(): array {
        return array_filter(
            $this->questions(),
            fn($question) => gradable::is_gradable($question->qtype) && $this->scale_of($question) === null
        );
    }

    /**
     * The questions whose tags name several competences of the map: the first one counts.
     *
     * @return \stdClass[]
     */
    public function with_many_scales(): array {
        return array_filter($this->questions(), fn($question) => count($this->found_scales()[$question->entryid] ?? []) > 1);
    }

    /**
     * The scale that a question measures.
     *
     * @param \stdClass $question
     * @return string|null null where the test is a map, and the question belongs to none of its competences
     */
    public function scale_of(\stdClass $question): ?string {
        return $this->scales ? $this->found_scales()[$question->entryid][0] ?? null : self::SCALE;
    }

    /**
     * The scales that tags name.
     *
     * @return string[][] by question bank entry
     */
    private function found_scales(): array {
        return $this->found ??= $this->scales ? (new scale_finder($this->scales))->of($this->questions()) : [];
    }

    /**
     * The questions that were set aside: known, and without a difficulty.
     *
     * @return \stdClass[]
     */
    public function set_aside(): array {
        return array_filter(
            $this->questions(),
            fn($question) => $question->paramid !== null && !item_parameters::known($question)
                && gradable::is_gradable($question->qtype)
        );
    }

    /**
     * Whether the questions were to come from categories that are no more: their subcategories are elsewhere then.
     *
     * @return bool
     */
    public function is_category_gone(): bool {
        global $DB;
        $ids = array_map('intval', $this->filtercondition['filter']['category']['values'] ?? []);
        return $ids && !$DB->get_records_list('question_categories', 'id', $ids, '', 'id', 0, 1);
    }

    /**
     * The items, as the engine takes them, ordered by question bank entry.
     *
     * @return array
     */
    public function items(): array {
        $known = $this->usable();
        $names = array_column($known, 'item', 'entryid');
        return array_values(array_map(
            fn($question) => self::item_of($question, $names, (string) $this->scale_of($question)),
            $known
        ));
    }

    /**
     * The bank, compiled but not stored: for checks of what is not saved yet.
     *
     * @return bank
     * @throws \moodle_exception emptybank when no question has parameters, categorygone when their category was deleted
     */
    public function bank(): bank {
        [$hash, $json] = $this->compiled();
        return new bank(0, $hash, $json);
    }

    /**
     * The bank, stored when it is new.
     *
     * @return bank
     * @throws \moodle_exception emptybank when no question has parameters
     */
    public function stored(): bank {
        [$hash, $json] = $this->compiled();
        return bank::keep($hash, $json, $this->entries());
    }

    /**
     * Compiles, unless the same items were compiled before.
     *
     * @return string[] hash and items as JSON
     */
    private function compiled(): array {
        $items = $this->items();
        if (!$items) {
            throw new \moodle_exception($this->is_category_gone() ? 'categorygone' : 'emptybank', 'mod_palier');
        }
        $json = json_text::encode($items);
        $cache = \cache::make('mod_palier', 'banks');
        $key = hash('sha256', $json);
        $hash = $cache->get($key);
        if (!$hash) {
            $hash = bank::compile($items);
            $cache->set($key, $hash);
        }
        return [$hash, $json];
    }

    /**
     * Which question each item is.
     *
     * @return int[] question bank entries by item
     */
    public function entries(): array {
        return array_column($this->usable(), 'entryid', 'item');
    }

    /**
     * Reads questions with their current parameters.
     *
     * @param int[] $questionids
     * @return \stdClass[] by question bank entry, in its order
     */
    public static function read(array $questionids): array {
        global $DB;
        $questions = [];
        foreach (array_chunk($questionids, 5000) as $ids) {
            [$insql, $params] = $DB->get_in_or_equal($ids, SQL_PARAMS_NAMED);
            $questions += $DB->get_records_sql(
                "SELECT qbe.id AS entryid, q.id AS questionid, q.name, q.qtype, qbe.idnumber, qbe.questioncategoryid,
                        qc.contextid, q.createdby,
                        p.id AS paramid, p.model, p.a, p.b, p.c, p.d, p.steps, p.seb, p.level, p.status, p.content, p.enemies,
                        p.itemset, p.keyformat, p.source
                   FROM {question} q
                   JOIN {question_versions} qv ON qv.questionid = q.id
                   JOIN {question_bank_entries} qbe ON qbe.id = qv.questionbankentryid
                   JOIN {question_categories} qc ON qc.id = qbe.questioncategoryid
              LEFT JOIN {palier_param} p ON p.questionbankentryid = qbe.id AND p.iscurrent = 1
                  WHERE q.id {$insql}",
                $params
            );
        }
        ksort($questions);
        return self::name_items($questions);
    }

    /**
     * Gives each question its item id: its idnumber where that is set and unique, else q and its entry.
     *
     * @param \stdClass[] $questions
     * @return \stdClass[]
     */
    private static function name_items(array $questions): array {
        $folded = array_map(fn($question) => self::fold(trim((string) $question->idnumber)), $questions);
        $count = array_count_values($folded);
        foreach ($questions as $question) {
            $own = 'q' . $question->entryid;
            $count[$own] = ($count[$own] ?? 0) + 1;
        }
        foreach ($questions as $key => $question) {
            $known = $folded[$key] !== '' && $count[$folded[$key]] === 1;
            $question->item = $known ? trim((string) $question->idnumber) : 'q' . $question->entryid;
        }
        return $questions;
    }

    /**
     * An idnumber as databases compare it: without case and accents.
     *
     * @param string $name
     * @return string
     */
    public static function fold(string $name): string {
        // Most are plain, and core's way to transliterate costs more for one than all else that is done with it.
        return preg_match('/[^\x00-\x7F]/', $name)
            ? \core_text::strtolower(\core_text::specialtoascii($name))
            : strtolower($name);
    }

    /**
     * One item, as the engine takes it.
     *
     * @param \stdClass $question
     * @param string[] $names question bank entry => item of the bank: enemies among them are said
     * @param string $scale that it measures: its parameters are of that alone
     * @return array
     */
    public static function item_of(\stdClass $question, array $names = [], string $scale = self::SCALE): array {
        $item = ['item' => $question->item, 'scale' => $scale, 'model' => $question->model];
        foreach (item_parameters::MODELS[$question->model] ?? item_parameters::MODELS['3pl'] as $column) {
            if ($question->$column !== null) {
                $item[$column] = (float) $question->$column;
            }
        }
        $item += item_parameters::steps($question);
        if ($question->seb !== null && (float) $question->seb != 0) {
            $item['se_b'] = (float) $question->seb;
        }
        $item['status'] = $question->status;
        if ((string) $question->content !== '') {
            $item['content'] = $question->content;
        }
        foreach (['itemset' => 'item_set', 'keyformat' => 'key_format'] as $column => $key) {
            if ((string) $question->$column !== '') {
                $item[$key] = $question->$column;
            }
        }
        $enemies = array_intersect_key($names, array_flip(item_parameters::enemies($question)));
        if ($enemies) {
            $item['enemies'] = array_values($enemies);
        }
        $item['label'] = $question->name;
        return $item;
    }
}
