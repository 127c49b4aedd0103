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

use mod_palier\local\parameters\item_parameters;
use mod_palier\output\history_page;
use mod_palier\output\parameters_page;
use mod_palier\tests\learner_testcase;

/**
 * Pages of a bank that is not read as a whole.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\bank\question_search
 * @covers    \mod_palier\local\bank\question_filter
 * @covers    \mod_palier\output\parameters_page
 * @covers    \mod_palier\output\history_page
 */
final class question_search_test extends learner_testcase {
    /** @var array the filter condition of the questions. */
    private array $filter;

    /** @var \stdClass[] the questions. */
    private array $questions;

    /**
     * Seven questions in two categories: with parameters, without, of an expert, left aside, with a draft and with versions.
     */
    private function make(): void {
        global $DB;
        $this->setAdminUser();
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $made = $this->getDataGenerator()->get_plugin_generator('mod_palier')
            ->create_questions(4, \core\context\course::instance($this->course->id), ['truefalse']);
        $this->questions = $made->questions;
        $below = $generator->create_question_category([
            'contextid' => \core\context\course::instance($this->course->id)->id, 'parent' => $made->category->id,
        ]);
        // The same idnumber in two categories, in other letters.
        foreach (['Étude' => 'ITEM-' . $made->category->id . '-0', 'Free' => null] as $name => $idnumber) {
            $generator->create_question('truefalse', null, ['category' => $below->id, 'name' => $name, 'idnumber' => $idnumber]);
        }
        $draft = $generator->create_question('truefalse', null, ['category' => $below->id, 'name' => 'Draft']);
        $DB->set_field('question_versions', 'status', 'draft', ['questionid' => $draft->id]);
        $generator->update_question($this->questions[1], null, ['name' => 'Newer 1']);
        $this->filter = question_filter::make([$made->category->id]);
        $now = array_values((new bank_builder($this->filter))->questions());
        item_parameters::set_level([$now[2]->entryid => $now[2]], 3);
        item_parameters::set_aside([$now[3]->entryid => $now[3]]);
    }

    public function test_it_finds_the_very_questions_that_core_finds(): void {
        $this->make();
        $search = new question_search($this->filter);
        $all = (new bank_builder($this->filter))->questions();
        $this->assertCount(6, $all);
        $this->assertEquals($all, $search->page('all', ''));
        $this->assertSame(array_keys($all), $search->entries('all', ''));
        $this->assertSame(
            ['found' => 2, 'all' => 6, 'missing' => 2, 'expert' => 1, 'pretest' => 0, 'draft' => 0, 'retired' => 1],
            $search->counts('missing')
        );
        $named = fn($show, $text) => array_values(array_column($search->page($show, $text), 'name'));
        $this->assertSame(['Étude', 'Free'], $named('missing', ''));
        $this->assertSame(['Newer 1'], $named('all', 'newer'));
        $this->assertSame(['Free'], $named('missing', 'fr'));
        $this->assertSame([], $named('all', '%'));
        $entry = array_key_last($all);
        $this->assertSame([$entry], array_keys($search->page('all', "q{$entry}")));
        $this->assertSame(1, $search->counts('all', 'newer')['found']);
        // Of one level, of one type: what is shown, and no count of a kind.
        $third = new question_search($this->filter, 3);
        $this->assertSame([array_values($all)[2]->name], array_values(array_column($third->page('all', ''), 'name')));
        $this->assertSame(
            ['found' => 1, 'all' => 6, 'missing' => 2, 'expert' => 1, 'pretest' => 0, 'draft' => 0, 'retired' => 1],
            $third->counts()
        );
        $this->assertSame([], (new question_search($this->filter, 7))->entries('all', ''));
        $this->assertCount(6, (new question_search($this->filter, null, 'truefalse'))->page('all', ''));
        $this->assertSame(0, (new question_search($this->filter, null, 'match'))->counts('all')['found']);
        // A part of them has the ids that the whole gives them.
        $this->assertEquals(array_slice($all, 4, 2, true), $search->page('all', '', 4, 2));
        $this->assertEquals(array_slice($all, 1, 1, true), $search->of_entries([array_keys($all)[1], 999999999]));
        $this->assertEqualsCanonicalizing(array_unique(array_column($all, 'questioncategoryid')), $search->categories());
        $nothing = new question_search([]);
        $this->assertSame([], $nothing->categories());
        $this->assertSame(0, $nothing->counts()['all']);
        $this->assertSame([], $nothing->page('all', ''));
        $this->assertSame([], $nothing->of_entries([1]));
        foreach (['pretest', 'draft'] as $place => $status) {
            item_parameters::set_status(array_slice($all, $place, 1, true), $status);
            $this->assertSame([array_keys($all)[$place]], $search->entries($status, ''));
            $this->assertSame(1, $search->counts()[$status]);
        }
    }

    public function test_a_page_asks_the_database_as_often_however_many_questions_there_are(): void {
        global $DB, $PAGE;
        $this->make();
        $url = new \moodle_url('/mod/palier/parameters.php', ['id' => 1]);
        $PAGE->set_url($url);
        $output = $PAGE->get_renderer('core');
        $page = fn() => new parameters_page(new question_search($this->filter), $url, 'missing', '');
        $export = fn() => $page()->export_for_template($output);
        $reads = function () use ($DB, $export): int {
            $before = $DB->perf_get_reads();
            $export();
            return $DB->perf_get_reads() - $before;
        };
        // The first page fills caches.
        $data = $export();
        $few = $reads();
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        foreach (range(1, 20) as $number) {
            $generator->create_question('truefalse', null, [
                'category' => $this->questions[0]->category,
                'name' => "Also {$number}",
            ]);
        }
        $this->assertCount(22, $export()['rows']);
        $this->assertSame($few, $reads());
        $this->assertSame(['Étude', 'Free'], array_column($data['rows'], 'name'));
        $whole = (new parameters_page(new question_search($this->filter), $url))->export_for_template($output);
        $this->assertStringContainsString('history.php', $output->render_from_template('mod_palier/parameters_page', $whole));
    }

    public function test_every_version_of_parameters_is_on_its_page(): void {
        global $PAGE;
        $this->make();
        $question = array_values((new bank_builder($this->filter))->questions())[2];
        item_parameters::set_level([$question->entryid => $question], 5);
        $page = new history_page($question, new \moodle_url('/mod/palier/parameters.php', ['id' => 1]));
        $html = $PAGE->get_renderer('core')->render($page);
        $this->assertSame(3 + 1, substr_count($html, '<tr'));
        $this->assertStringContainsString(fullname(get_admin()), $html);
        $this->assertSame(1, substr_count($html, get_string('history_current', 'mod_palier')));
        $this->assertStringContainsString(format_float(1.9, 2), $html);
    }
}
