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
use mod_palier\local\bank\bank_builder;
use mod_palier\local\engine\json_text;
use mod_palier\local\engine\language;
use stdClass;

/**
 * Makes packages of an activity: the same test for any platform, and for a page of its own.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class package_maker {
    /** @var bank_builder its questions. */
    private readonly bank_builder $builder;

    /** @var stdClass[]|null questions that may go into a package, by question bank entry. */
    private ?array $questions = null;

    /**
     * Of an activity.
     *
     * @param stdClass $palier row of palier
     * @param context_module $context
     */
    public function __construct(
        /** @var stdClass row of palier */
        private readonly stdClass $palier,
        /** @var context_module its context */
        private readonly context_module $context
    ) {
        $this->builder = bank_builder::for_instance((int) $palier->id, $context, $palier->plan);
    }

    /**
     * The questions that this person may take out of the site.
     *
     * @return stdClass[] by question bank entry
     */
    public function questions(): array {
        global $CFG;
        require_once($CFG->libdir . '/questionlib.php');
        return $this->questions ??= array_filter(
            $this->builder->usable(),
            fn($question) => question_has_capability_on($question, 'view')
        );
    }

    /**
     * The questions that the test asks here and that this person may not take out of the site.
     *
     * @return stdClass[] by question bank entry
     */
    public function forbidden(): array {
        return array_diff_key($this->builder->usable(), $this->questions());
    }

    /**
     * The languages of the site.
     *
     * @return string[] names by code, the reader's first
     */
    public static function languages(): array {
        $all = get_string_manager()->get_list_of_translations();
        return array_intersect_key($all, [current_language() => true]) + $all;
    }

    /**
     * Makes a package and keeps it.
     *
     * @param program $program
     * @param string $format one of the program's
     * @param string[] $languages of its questions, codes of Moodle
     * @param int $percent of the questions that go into it
     * @return int row of palier_package
     * @throws refusal
     */
    public function make(program $program, string $format, array $languages, int $percent): int {
        $folder = make_request_directory();
        $questions = $this->questions();
        file_put_contents("$folder/plan.json", $this->palier->plan);
        file_put_contents("$folder/questions.xml", question_xml::of($questions));
        $arguments = [
            '--bank', $this->builder->bank()->path(),
            '--plan', "$folder/plan.json",
            '--id', 'palier-' . $this->palier->id,
            '--format', $format,
            '--share', sprintf('%.2F', $percent / 100),
            '--share-seed', (string) random_int(0, 2 ** 53 - 1),
            '--lang', language::of(current_language()),
        ];
        foreach ($languages as $code) {
            array_push($arguments, '--questions', "$code=$folder/questions.xml");
            array_push($arguments, '--title', self::tag($code) . '=' . $this->title($code));
        }
        $report = $program->package($arguments, "$folder/package.zip");
        return packages::keep($this->palier, $this->context, "$folder/package.zip", [
            'format' => $format,
            'languages' => implode(',', array_map(self::tag(...), $languages)),
            'percent' => $percent,
            'bundle' => $report['test'],
            'plan' => $this->palier->plan,
            'entries' => json_text::encode_object(array_column($questions, 'entryid', 'item')),
            'report' => json_text::encode($report),
        ]);
    }

    /**
     * A language as the standards write it.
     *
     * @param string $code of Moodle: fr, pt_br
     * @return string fr, pt-br
     */
    private static function tag(string $code): string {
        return str_replace('_', '-', $code);
    }

    /**
     * What the test is called in a language.
     *
     * @param string $code
     * @return string plain text
     */
    private function title(string $code): string {
        $before = force_current_language($code);
        $title = format_string($this->palier->name, true, ['context' => $this->context]);
        force_current_language($before);
        return html_entity_decode(strip_tags($title), ENT_QUOTES | ENT_HTML5);
    }
}
