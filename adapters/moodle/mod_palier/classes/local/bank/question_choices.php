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

use context;
use core_question\local\bank\question_bank_helper;
use core_question\local\bank\question_edit_contexts;
use core_question\local\bank\question_version_status;

/**
 * The question categories and tags that a teacher may choose from.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class question_choices {
    /** @var string[] one of these is needed to use a category. */
    private const CAPABILITIES = ['moodle/question:useall', 'moodle/question:usemine'];

    /** @var int shared question banks that are listed at most: the menu is searched by typing. */
    private const MAXBANKS = 2000;

    /** @var int categories one below the other that are followed at most. */
    private const MAXDEPTH = 20;

    /** @var context[] contexts whose questions may be used. */
    private readonly array $contexts;

    /**
     * Constructor.
     *
     * @param context $context the activity's, or its course's while it is being made
     */
    public function __construct(context $context) {
        $contexts = (new question_edit_contexts($context))->all();
        // Core's class of Moodle 5.0 and later, where banks are activities.
        if (class_exists(question_bank_helper::class)) {
            $banks = question_bank_helper::get_activity_instances_with_shareable_questions(
                [],
                [],
                self::CAPABILITIES,
                false,
                0,
                $context,
                '',
                self::MAXBANKS
            );
            foreach ($banks as $bank) {
                $contexts[] = context::instance_by_id($bank->contextid);
            }
        }
        $this->contexts = array_filter(
            array_column($contexts, null, 'id'),
            fn($context) => has_any_capability(self::CAPABILITIES, $context)
        );
    }

    /**
     * Categories with their path and how many questions are ready in them and below.
     *
     * @return string[] category => name
     */
    public function categories(): array {
        global $DB;
        if (!$this->contexts) {
            return [];
        }
        [$insql, $params] = $DB->get_in_or_equal(array_column($this->contexts, 'id'), SQL_PARAMS_NAMED);
        // Inside the count, too: it would go through all questions of the site.
        [$ownsql, $ownparams] = $DB->get_in_or_equal(array_column($this->contexts, 'id'), SQL_PARAMS_NAMED, 'own');
        $params += $ownparams;
        $params['ready'] = question_version_status::QUESTION_STATUS_READY;
        $categories = $DB->get_records_sql(
            "SELECT c.id, c.name, c.parent, c.contextid, c.sortorder, COALESCE(n.questions, 0) AS questions
               FROM {question_categories} c
          LEFT JOIN (SELECT qbe.questioncategoryid, COUNT(DISTINCT qbe.id) AS questions
                       FROM {question_categories} own
                       JOIN {question_bank_entries} qbe ON qbe.questioncategoryid = own.id
                       JOIN {question_versions} qv ON qv.questionbankentryid = qbe.id AND qv.status = :ready
                       JOIN {question} q ON q.id = qv.questionid AND q.parent = 0
                      WHERE own.contextid {$ownsql}
                   GROUP BY qbe.questioncategoryid) n ON n.questioncategoryid = c.id
              WHERE c.contextid {$insql}
           ORDER BY c.contextid DESC, c.parent, c.sortorder, c.name, c.id",
            $params
        );
        $names = [];
        $questions = array_map(fn($category) => (int) $category->questions, $categories);
        foreach ($categories as $category) {
            $above = $categories[$category->parent] ?? null;
            for ($depth = 0; $above && $depth < self::MAXDEPTH; $depth++) {
                $questions[$above->id] += (int) $category->questions;
                $above = $categories[$above->parent] ?? null;
            }
        }
        foreach ($categories as $category) {
            if (!$category->parent) {
                continue;
            }
            $context = context::instance_by_id($category->contextid);
            $path = [format_string($category->name, true, ['context' => $context])];
            $above = $categories[$category->parent] ?? null;
            while ($above && $above->parent && count($path) < self::MAXDEPTH) {
                array_unshift($path, format_string($above->name, true, ['context' => $context]));
                $above = $categories[$above->parent] ?? null;
            }
            $names[$category->id] = get_string('categorychoice', 'mod_palier', [
                'path' => implode(' / ', $path),
                'context' => $context->get_context_name(false, true),
                'questions' => $questions[$category->id],
            ]);
        }
        return $names;
    }

    /**
     * Tags of questions of these contexts.
     *
     * @return string[] tag => name
     */
    public function tags(): array {
        $tags = \core_tag_tag::get_tags_by_area_in_contexts('core_question', 'question', $this->contexts);
        $names = [];
        foreach ($tags as $tag) {
            $names[$tag->id] = $tag->get_display_name();
        }
        \core_collator::asort($names, \core_collator::SORT_NATURAL);
        return $names;
    }

    /**
     * Whether all of these categories may be used.
     *
     * @param int[] $categoryids
     * @return bool
     */
    public function may_use(array $categoryids): bool {
        global $DB;
        if (!$categoryids) {
            return true;
        }
        [$insql, $params] = $DB->get_in_or_equal($categoryids);
        $contextids = $DB->get_fieldset_select('question_categories', 'contextid', "id {$insql}", $params);
        return count($contextids) === count(array_unique($categoryids))
            && !array_diff($contextids, array_column($this->contexts, 'id'));
    }
}
