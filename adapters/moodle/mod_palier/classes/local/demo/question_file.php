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

namespace mod_palier\local\demo;

use context;
use context_course;
use core_question\local\bank\question_bank_helper;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_filter;
use mod_palier\local\parameters\parameter_import;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');
require_once($CFG->dirroot . '/question/format.php');
require_once($CFG->dirroot . '/question/format/xml/format.php');

/**
 * The questions of the demonstration, with their parameters.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class question_file {
    /**
     * Imports a bank with its parameters, unless it is there.
     *
     * @param stdClass $course
     * @param string $file
     * @return int category at the top
     */
    public static function import(stdClass $course, string $file): int {
        global $CFG, $DB;
        $context = self::bank_context($course);
        $path = "{$CFG->dirroot}/mod/palier/demo/{$file}";
        if (!preg_match('~<category><text>top/([^/<]+)~', file_get_contents($path), $found)) {
            throw new \coding_exception("No category in {$path}");
        }
        $top = question_get_top_category($context->id, true);
        $name = html_entity_decode($found[1], ENT_QUOTES | ENT_XML1);
        $key = ['contextid' => $context->id, 'parent' => $top->id, 'name' => $name];
        $category = $DB->get_field('question_categories', 'id', $key);
        if ($category) {
            self::parameters((int) $category);
            return (int) $category;
        }
        $format = new \qformat_xml();
        $format->setCategory(question_get_default_category($context->id, true) ?: question_make_default_categories([$context]));
        $format->setCourse($course);
        $format->setContexts([$context]);
        $format->setFilename($path);
        $format->setRealfilename($file);
        $format->setMatchgrades('error');
        $format->setCatfromfile(true);
        $format->setContextfromfile(false);
        $format->setStoponerror(true);
        $format->set_display_progress(false);
        if (!$format->importpreprocess() || !$format->importprocess() || !$format->importpostprocess()) {
            throw new \moodle_exception('cannotimport', 'question');
        }
        $category = (int) $DB->get_field('question_categories', 'id', $key, MUST_EXIST);
        self::parameters($category);
        return $category;
    }

    /**
     * Where the course's questions are.
     *
     * @param stdClass $course
     * @return context
     */
    private static function bank_context(stdClass $course): context {
        // Core's class of Moodle 5.0 and later, where banks are activities.
        if (class_exists(question_bank_helper::class)) {
            return question_bank_helper::get_default_open_instance_system_type($course, true)->context;
        }
        return context_course::instance($course->id);
    }

    /**
     * Gives a category's questions their parameters.
     *
     * @param int $category
     */
    private static function parameters(int $category): void {
        global $CFG;
        $questions = (new bank_builder(question_filter::make([$category])))->questions();
        $known = array_column($questions, null, 'item');
        $csv = file("{$CFG->dirroot}/mod/palier/demo/palier-demo-parameters.csv");
        $ours = fn($line, $number) => $number === 0 || isset($known[strtok($line, ',')]);
        $lines = array_filter($csv, $ours, ARRAY_FILTER_USE_BOTH);
        $import = new parameter_import(implode('', $lines), $questions);
        if (!$import->is_valid()) {
            $errors = array_merge($import->errors, ...array_column($import->lines, 'errors'));
            throw new \coding_exception('demo parameters: ' . implode(' ', $errors));
        }
        $import->apply();
    }
}
