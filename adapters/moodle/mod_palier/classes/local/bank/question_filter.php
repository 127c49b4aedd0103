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

use core\output\datafilter;
use core_question\local\bank\filter_condition_manager;
use core_question\local\bank\question_version_status;
use core_question\local\bank\random_question_loader;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');

/**
 * The questions of an activity, as one of core's question set references: core's own filter
 * conditions (category, tags and whatever a question bank plugin adds) choose them.
 *
 * @package   mod_palier
 * @copyright 2026 The Palier authors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class question_filter extends random_question_loader {
    /** @var string the question area of our set references. */
    public const AREA = 'bank';

    /**
     * Constructor: how often questions were used does not matter here.
     */
    public function __construct() {
        parent::__construct(new \qubaid_list([]));
    }

    /**
     * The questions that a filter gives: the newest ready version of each.
     *
     * @param array $filtercondition ['filter' => [...]] as core stores it
     * @return int[] question ids
     */
    public static function question_ids(array $filtercondition): array {
        $filter = $filtercondition['filter'] ?? [];
        if (empty($filter['category']['values'])) {
            return [];
        }
        $ids = (new self())->get_filtered_question_ids($filter);
        sort($ids);
        return $ids;
    }

    /**
     * The same questions as a condition, for queries that want a part of them or their number: core's own would bring all
     * their ids.
     *
     * @param array $filtercondition ['filter' => [...]] as core stores it
     * @return array{string, array} SQL after FROM, with the aliases q, qv and qbe, and its parameters; empty for nothing
     */
    public static function sql(array $filtercondition): array {
        global $DB;
        $filter = $filtercondition['filter'] ?? [];
        if (empty($filter['category']['values'])) {
            return ['', []];
        }
        $params = [];
        $where = '';
        foreach (filter_condition_manager::get_condition_classes() as $class) {
            $condition = $class::get_filter_from_list($filter);
            if ($condition === null) {
                continue;
            }
            [$sql, $values] = $class::build_query_from_filter($condition);
            $where .= $sql ? " AND ({$sql})" : '';
            $params = array_merge($params, $values ?: []);
        }
        $loader = new self();
        // Moodle 4.5 names the types that are left out, later versions those that are not.
        $types = $loader->includedqtypes ?? $loader->excludedqtypes;
        [$typesql, $typeparams] = $DB->get_in_or_equal($types, SQL_PARAMS_NAMED, 'qtype', isset($loader->includedqtypes));
        return [
            "{question} q
               JOIN {question_versions} qv ON qv.questionid = q.id AND qv.status = :ready
               JOIN {question_bank_entries} qbe ON qbe.id = qv.questionbankentryid
          LEFT JOIN {question_versions} newer ON newer.questionbankentryid = qbe.id AND newer.status = :newerready
                    AND newer.version > qv.version
          LEFT JOIN {palier_param} p ON p.questionbankentryid = qbe.id AND p.iscurrent = 1
              WHERE newer.id IS NULL AND q.parent = 0 AND q.qtype {$typesql}{$where}",
            $params + $typeparams + [
                'ready' => question_version_status::QUESTION_STATUS_READY,
                'newerready' => question_version_status::QUESTION_STATUS_READY,
            ],
        ];
    }

    /**
     * A filter condition of categories and tags, in the form that core's own dialogue stores.
     *
     * @param int[] $categoryids
     * @param bool $subcategories
     * @param int[] $tagids questions must have all of them
     * @param int $cmid the activity, 0 when it is not known yet
     * @param int $courseid
     * @return array
     */
    public static function make(
        array $categoryids,
        bool $subcategories = true,
        array $tagids = [],
        int $cmid = 0,
        int $courseid = 0
    ): array {
        global $DB;
        $categoryids = array_values(array_map('intval', $categoryids));
        $filter = [
            'category' => [
                'name' => 'category',
                'jointype' => datafilter::JOINTYPE_ANY,
                'values' => $categoryids,
                'filteroptions' => ['includesubcategories' => $subcategories],
            ],
        ];
        if ($tagids) {
            $filter['qtagids'] = [
                'name' => 'qtagids',
                'jointype' => datafilter::JOINTYPE_ALL,
                'values' => array_values(array_map('intval', $tagids)),
            ];
        }
        $contextid = $categoryids ? $DB->get_field('question_categories', 'contextid', ['id' => $categoryids[0]]) : 0;
        return [
            'qpage' => 0,
            'cat' => ($categoryids[0] ?? 0) . ',' . (int) $contextid,
            'qperpage' => 100,
            'tabname' => 'questions',
            'sortdata' => [],
            'cmid' => $cmid,
            'courseid' => $courseid,
            'jointype' => datafilter::JOINTYPE_ALL,
            'filter' => $filter,
        ];
    }

    /**
     * The filter condition of an activity.
     *
     * @param int $palierid
     * @return array empty when there is none
     */
    public static function load(int $palierid): array {
        global $DB;
        return self::read((string) $DB->get_field('question_set_references', 'filtercondition', self::key($palierid))) ?? [];
    }

    /**
     * A filter condition as it was stored, or as a backup says it.
     *
     * @param string $json
     * @return array|null null when it is none: every condition has values in a list
     */
    public static function read(string $json): ?array {
        $condition = json_decode($json, true);
        if (!is_array($condition['filter'] ?? null)) {
            return null;
        }
        foreach ($condition['filter'] as $part) {
            $values = $part['values'] ?? [];
            if (!is_array($part) || !is_array($values) || array_filter($values, fn($value): bool => !is_scalar($value))) {
                return null;
            }
        }
        return \core_question\question_reference_manager::convert_legacy_set_reference_filter_condition($condition);
    }

    /**
     * Stores the filter condition of an activity.
     *
     * @param int $palierid
     * @param \context_module $context
     * @param array $filtercondition
     */
    public static function save(int $palierid, \context_module $context, array $filtercondition): void {
        global $DB;
        $categoryid = (int) ($filtercondition['filter']['category']['values'][0] ?? 0);
        $contextid = $DB->get_field('question_categories', 'contextid', ['id' => $categoryid]);
        $row = (object) [
            'usingcontextid' => $context->id,
            'component' => 'mod_palier',
            'questionarea' => self::AREA,
            'itemid' => $palierid,
            'questionscontextid' => $contextid ?: $context->id,
            'filtercondition' => json_encode($filtercondition),
        ];
        $id = $DB->get_field('question_set_references', 'id', self::key($palierid));
        if ($id) {
            $row->id = $id;
            $DB->update_record('question_set_references', $row);
        } else {
            $DB->insert_record('question_set_references', $row);
        }
    }

    /**
     * Takes the filter condition of an activity away.
     *
     * @param int $palierid
     */
    public static function delete(int $palierid): void {
        global $DB;
        $DB->delete_records('question_set_references', self::key($palierid));
    }

    /**
     * What names the set reference of an activity.
     *
     * @param int $palierid
     * @return array
     */
    private static function key(int $palierid): array {
        return ['component' => 'mod_palier', 'questionarea' => self::AREA, 'itemid' => $palierid];
    }
}
