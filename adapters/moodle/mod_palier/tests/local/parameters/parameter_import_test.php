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

namespace mod_palier\local\parameters;

use mod_palier\local\bank\bank_builder;
use mod_palier\local\bank\question_filter;
use mod_palier\local\engine\engine;
use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\executable_engine;
use mod_palier\local\engine\extension_engine;
use mod_palier\tests\learner_testcase;

/**
 * Import and export of parameters.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\parameters\parameter_import
 * @covers    \mod_palier\local\parameters\parameter_export
 */
final class parameter_import_test extends \advanced_testcase {
    /** @var int the category of the questions. */
    private int $category;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        learner_testcase::use_engine();
        $this->setAdminUser();
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $this->category = (int) $generator->create_question_category()->id;
        $types = ['tf' => ['truefalse', null], 'mc' => ['multichoice', 'one_of_four'], 'sa' => ['shortanswer', null]];
        foreach ($types as $id => $type) {
            $generator->create_question($type[0], $type[1], [
                'category' => $this->category,
                'idnumber' => $id,
                'name' => "=Name of {$id}",
            ]);
        }
    }

    #[\Override]
    protected function tearDown(): void {
        engine_factory::restore();
        parent::tearDown();
    }

    /**
     * The questions as they are now.
     *
     * @return \stdClass[]
     */
    private function questions(): array {
        return (new bank_builder(question_filter::make([$this->category])))->questions();
    }

    /**
     * Reads a file.
     *
     * @param string $csv
     * @return parameter_import
     */
    private function import(string $csv): parameter_import {
        return new parameter_import($csv, $this->questions());
    }

    public function test_a_file_says_what_it_will_do_before_it_does_it(): void {
        global $DB;
        $header = "item,model,a,b,c,se_b,status,content\n";
        $import = $this->import("{$header}tf,3pl,1.2,-0.5,0.5,0.3,operational,4.1\nmc,rasch,,1.25,,,,\n");
        $this->assertTrue($import->is_valid());
        $this->assertSame(['new', 'new'], array_column($import->lines, 'action'));
        $this->assertContains(['column' => 'b', 'before' => '', 'after' => '-0.5'], $import->lines[0]->changes);
        $this->assertEquals(0, $DB->count_records('palier_param'));

        $this->assertSame(2, $import->apply());
        $items = array_column((new bank_builder(question_filter::make([$this->category])))->items(), null, 'item');
        $this->assertSame(['3pl', 1.2, -0.5, 0.5, 0.3, '4.1'], [
            $items['tf']['model'], $items['tf']['a'], $items['tf']['b'], $items['tf']['c'], $items['tf']['se_b'],
            $items['tf']['content'],
        ]);
        $this->assertSame(1.25, $items['mc']['b']);
        $this->assertArrayNotHasKey('a', $items['mc']);

        $again = $this->import("{$header}tf,3pl,1.2,-0.6,0.5,0.3,operational,4.1\nmc,rasch,,1.25,,,,\n");
        $this->assertSame(['change', 'same'], array_column($again->lines, 'action'));
        $this->assertSame([['column' => 'b', 'before' => '-0.5', 'after' => '-0.6']], $again->lines[0]->changes);
        $this->assertSame(1, $again->apply());
    }

    public function test_a_level_gives_what_the_file_leaves_out(): void {
        $import = $this->import("item,level\nmc,5\n");
        $this->assertSame(1, $import->apply());
        $row = $this->questions()[$import->lines[0]->entryid];
        $this->assertSame([1.0, 1.9, 0.25, 0.6], [(float) $row->a, (float) $row->b, (float) $row->c, (float) $row->seb]);
        $this->assertSame('expert', $row->source);

        $import = $this->import("item,level,b\nmc,5,2.05\n");
        $import->apply();
        $row = $this->questions()[$import->lines[0]->entryid];
        $this->assertSame(2.05, (float) $row->b);
        $this->assertSame('import', $row->source);
        $this->assertEquals(5, $row->level);
    }

    public function test_a_question_may_have_a_difficulty_for_each_step(): void {
        $csv = "item,model,a,b1,b2,c1,a1,se_b1\ntf,gpcm,0.9,-1.25,0.5,,,0.2\nmc,nrm,,,,0.3,1.1,\n";
        $import = $this->import($csv);
        $this->assertSame([], array_merge(...array_column($import->lines, 'errors')));
        $this->assertSame('b1 -1.25 b2 0.5 se_b1 0.2', array_column($import->lines[0]->changes, 'after', 'column')['steps']);
        $this->assertSame(2, $import->apply());
        $builder = new bank_builder(question_filter::make([$this->category]));
        $items = array_column($builder->items(), null, 'item');
        $this->assertEquals(
            ['model' => 'gpcm', 'a' => 0.9, 'b1' => -1.25, 'b2' => 0.5, 'se_b1' => 0.2],
            array_intersect_key($items['tf'], array_flip(['model', 'a', 'b', 'b1', 'b2', 'se_b1']))
        );
        $this->assertEquals([1.1, 0.3], [$items['mc']['a1'], $items['mc']['c1']]);
        $this->assertSame(64, strlen($builder->bank()->hash));
        $this->assertSame(['same', 'same'], array_column($this->import($csv)->lines, 'action'));
        $exported = parameter_export::csv($this->questions());
        $again = array_column($this->import($exported)->lines, 'action', 'item');
        $this->assertSame(['same', 'same', 'same'], [$again['tf'], $again['mc'], $again['sa']]);
        item_parameters::set_status($this->questions(), 'pretest');
        $builder = new bank_builder(question_filter::make([$this->category]));
        $this->assertSame(['pretest', 'pretest'], array_column($builder->items(), 'status'));
    }

    public function test_semicolons_decimal_commas_and_the_byte_order_mark_are_understood(): void {
        $import = $this->import(csv_text::BOM . "idnumber;a;b;label\r\ntf;1,5;\u{2212}0,25;\"a; b\"\r\n");
        $this->assertTrue($import->is_valid());
        $import->apply();
        $row = $this->questions()[$import->lines[0]->entryid];
        $this->assertSame([1.5, -0.25, '2pl'], [(float) $row->a, (float) $row->b, $row->model]);
    }

    public function test_lines_find_their_question_by_id_too(): void {
        $questions = $this->questions();
        $first = reset($questions);
        $last = end($questions);
        $import = $this->import("questionid,entryid,b\n{$first->questionid},,1\n,{$last->entryid},2\n");
        $this->assertSame([(int) $first->entryid, (int) $last->entryid], array_column($import->lines, 'entryid'));
        $import = $this->import("item,b\nq{$first->entryid},1\n");
        $this->assertTrue($import->is_valid());
    }

    /**
     * Lines that are wrong, and what is said of them.
     *
     * @return array
     */
    public static function wrong_lines(): array {
        return [
            'no such item' => ["item,b\nxyz,1", 'xyz'],
            'no such entry' => ["entryid,b\n0,1", 'entryid'],
            'nothing names it' => ["item,entryid,b\n,,1", 'item'],
            'no number' => ["item,b\ntf,abc", 'abc'],
            'two decimal signs' => ["item,b\nmc,0.5\ntf,\"1,5\"", '1,5'],
            'too high' => ["item,b\ntf,10001", '10001'],
            'infinite' => ["item,b\ntf,1e999", '1e999'],
            'no finite number' => ["item,b\ntf,inf", 'inf'],
            'a standard error that is none' => ["item,b,se_b\ntf,0,1e300", "'se_b'"],
            'the same error, beside a level' => ["item,level,se_b\ntf,3,20000", "'se_b'"],
            'the same of a step' => ["item,model,a,b1,se_b1\ntf,grm,1,0,1e300", "'se_b1'"],
            'the same of what is not kept' => ["item,a,b,se_a\ntf,1,0,1e300", "'se_a'"],
            'too steep' => ["item,a,b\ntf,10001,0", "'a'"],
            "a spreadsheet's error" => ["item,b\ntf,#VALEUR!", '#VALEUR!'],
            'no difficulty beside a model' => ["item,model,a,b\ntf,2pl,1,#NV", "'b'"],
            'slope of nothing' => ["item,a,b\ntf,0,1", 'a'],
            'guessing too high' => ["item,a,b,c\ntf,1,1,1.5", '1.5'],
            'more digits than can be kept' => ["item,b\ntf,0.00000012345678901234567", 'b'],
            'no difficulty' => ["item,a,b\ntf,1,", 'b'],
            'no such level' => ["item,level\ntf,9", '9'],
            'no such model' => ["item,model,b\ntf,5pl,1", '5pl'],
            'steps without a model' => ["item,b1,b2\ntf,-1,1", 'grm, pcm, gpcm, rsm or nrm'],
            'steps of a model that has none' => ["item,model,b,b1\ntf,rasch,0,1", 'b1'],
            'a model without its steps' => ["item,model,a,b1\ntf,grm,1,", 'b1'],
            'a difficulty beside steps' => ["item,model,a,b,b1\ntf,grm,1,0,1", 'b'],
            'steps that the engine refuses' => ["item,model,a,b1,b2\ntf,grm,1,1,-1", 'b2'],
            'a parameter too many' => ["item,model,b,c\ntf,rasch,1,0.2", 'c'],
            'a parameter too few' => ["item,model,b\ntf,2pl,1", 'a'],
            'a lower asymptote without a slope' => ["item,b,c\ntf,0,0.25", "'a'"],
            'the same, not asked yet' => ["item,b,c,status\ntf,0,0.25,draft", "'a'"],
            'the same, beside a level' => ["item,level,b,c\ntf,3,0.1,0.25", "'a'"],
            'an upper asymptote alone' => ["item,b,d\ntf,0,0.9", "'a'"],
            'upper below lower' => ["item,a,b,c,d\ntf,1,1,0.5,0.4", 'd'],
            'slopes on several scales' => ["item,a.read,a.count,intercept\ntf,1,0.5,0.2", 'a.read'],
            'the same, where others have a difficulty' => ["item,b,a.read,intercept\nmc,1,,\ntf,,1,0.2", 'a.read'],
            'the same slopes, beside a level' => ["item,level,a.read,intercept\ntf,3,1,0.2", 'a.read'],
            'no such status' => ["item,b,status\ntf,1,live", 'live'],
            'too many fields' => ["item,b\ntf,1,2", '3'],
            'the same question twice' => ["item,b\ntf,1\ntf,2", '2'],
            'a content that is too long' => ["item,b,content\ntf,1," . str_repeat('x', 256), 'content'],
        ];
    }

    /**
     * A wrong line says what is wrong and changes nothing.
     *
     * @dataProvider wrong_lines
     * @param string $csv
     * @param string $word
     */
    public function test_a_wrong_line_says_what_is_wrong_and_changes_nothing(string $csv, string $word): void {
        global $DB;
        $import = $this->import($csv . "\n");
        $this->assertSame([], $import->errors);
        $this->assertFalse($import->is_valid());
        $line = end($import->lines);
        $this->assertSame('error', $line->action);
        $this->assertStringContainsString($word, implode(' ', $line->errors));
        $this->assertSame(0, $import->apply());
        $this->assertEquals(0, $DB->count_records('palier_param'));
    }

    /**
     * What the engine refuses is an error of its line: every line at fault, in the reader's language, whichever way
     * the engine is reached.
     *
     * @dataProvider ways_to_the_engine
     * @param bool $executable
     */
    public function test_what_the_engine_refuses_is_an_error_of_its_line(bool $executable): void {
        global $DB;
        $engine = $executable ? executable_engine::find() : extension_engine::find();
        if (!$engine) {
            $this->markTestSkipped('The engine is not there in this way');
        }
        engine_factory::replace($engine);
        $import = $this->import("item,model,a,b1,b2\ntf,grm,1,1,-1\nmc,grm,1,-1,1\nsa,grm,1,2,0\n");
        $this->assertSame(['error', 'new', 'error'], array_column($import->lines, 'action'));
        $this->assertSame([1, 0, 1], array_map(fn($line) => count($line->errors), $import->lines));
        $this->assertStringContainsString('b2', $import->lines[0]->errors[0]);
        $this->assertSame(0, $import->apply());
        $this->assertSame(1, $import->apply(true));
        $this->assertEquals(1, $DB->count_records('palier_param'));
    }

    /**
     * The two ways to the engine.
     *
     * @return array
     */
    public static function ways_to_the_engine(): array {
        return ['the extension' => [false], 'the program' => [true]];
    }

    public function test_more_faults_than_the_engine_lists_are_all_found(): void {
        $generator = $this->getDataGenerator()->get_plugin_generator('core_question');
        $csv = "item,level,b,c\n";
        for ($i = 1; $i <= 105; $i++) {
            $generator->create_question('truefalse', null, ['category' => $this->category, 'idnumber' => "t$i"]);
            // Every other line is the engine's to read, the others are completed here first.
            $csv .= $i % 2 ? "t$i,,x,\n" : "t$i,3,,2\n";
        }
        $import = $this->import($csv . "tf,,0.5,\n");
        $this->assertSame(['error' => 105, 'new' => 1], array_intersect_key($import->counts(), ['error' => 0, 'new' => 0]));
        $this->assertNotContains([], array_slice(array_column($import->lines, 'errors'), 0, 105));
        $many = $this->import("item,b\n" . implode('', array_map(fn($i) => "t$i,x\n", range(1, 105))));
        $this->assertSame(105, $many->counts()['error']);
        $this->assertNotContains([], array_column($many->lines, 'errors'));
        $this->assertContains(get_string('importmorefaults', 'mod_palier', ['all' => 105, 'listed' => 100]), $many->notices);
        $this->assertSame(0, $many->apply(true));
    }

    /**
     * One reader for Moodle and the command: what other programs write is read where it has one meaning, whichever way
     * the engine is reached.
     *
     * @dataProvider ways_to_the_engine
     * @param bool $executable
     */
    public function test_tables_of_other_programs_are_read(bool $executable): void {
        $engine = $executable ? executable_engine::find() : extension_engine::find();
        if (!$engine) {
            $this->markTestSkipped('The engine is not there in this way');
        }
        engine_factory::replace($engine);
        // The names are those of mirt's coef(m, IRTpars = TRUE, simplify = TRUE), and the first column R's row names.
        $import = $this->import("\"\",\"a\",\"b\",\"g\",\"u\"\n\"tf\",1.2,-0.5,0.25,1\n\"mc\",0.8,0.3,0,1\n");
        $this->assertSame([[], []], array_column($import->lines, 'errors'));
        $this->assertSame(['3pl', '2pl'], array_map(fn($line) => $line->row['model'], $import->lines));
        $this->assertSame([0.25, 1.2], [(float) $import->lines[0]->row['c'], (float) $import->lines[0]->row['a']]);
        // A French spreadsheet: a first line that names the separator, empty cells, #NV, another encoding.
        foreach (['UTF-8', 'Windows-1252', 'UTF-16'] as $encoding) {
            $text = mb_convert_encoding("sep=;\r\nitem;a;b;content;\r\ntf;1,5;-0,25;été;\r\nmc;#NV;0,5;;\r\n", $encoding, 'UTF-8');
            $import = $this->import($encoding === 'UTF-16' ? "\xFE\xFF" . $text : $text);
            $this->assertSame([], $import->errors);
            $this->assertSame([[], []], array_column($import->lines, 'errors'), $encoding);
            $this->assertSame(['2pl', 'rasch'], array_map(fn($line) => $line->row['model'], $import->lines));
            $this->assertSame([-0.25, 'été'], [(float) $import->lines[0]->row['b'], $import->lines[0]->row['content']]);
        }
    }

    public function test_all_faults_of_a_file_are_told_at_once(): void {
        $import = $this->import("item,model,a,b,c,status\ntf,3pl,x,0,1.5,live\nmc,2pl,,0,,\nsa,rasch,,0\nxyz,,,y,,,7\n");
        $errors = array_column($import->lines, 'errors', 'line');
        $this->assertSame([2, 3, 4, 5], array_keys($errors));
        $this->assertStringContainsString("'x'", $errors[2][0]);
        $this->assertStringContainsString("'a'", implode($errors[3]));
        $this->assertSame([], $errors[4]);
        $this->assertStringContainsString('7 cells', implode($errors[5]));
    }

    public function test_a_number_without_a_place_in_moodle_is_told(): void {
        $import = $this->import("item,a,b,se_a,num.words,remark\ntf,1,0,0.2,31,hard\n");
        $this->assertTrue($import->is_valid());
        foreach (['se_a', 'num.words'] as $column) {
            $notice = get_string('importcolumnlost', 'mod_palier', ['column' => $column, 'lines' => '2']);
            $this->assertContains($notice, $import->notices);
        }
        $this->assertStringContainsString('remark', implode($import->notices));
    }

    public function test_a_model_takes_of_a_level_what_it_has(): void {
        $import = $this->import("item,model,level,d\ntf,rasch,5,\nmc,,5,0.9\n");
        $this->assertSame([[], []], array_column($import->lines, 'errors'));
        // Level 5 stands for 1.9 logits, and one of four answers is right by chance.
        $this->assertSame(['rasch', null, 1.9, null], [
            $import->lines[0]->row['model'], $import->lines[0]->row['a'] ?? null, (float) $import->lines[0]->row['b'],
            $import->lines[0]->row['c'] ?? null,
        ]);
        $this->assertSame(['4pl', 0.25, 0.9], [
            $import->lines[1]->row['model'], (float) $import->lines[1]->row['c'], (float) $import->lines[1]->row['d'],
        ]);
    }

    public function test_what_the_engine_does_without_the_file_may_leave_out(): void {
        $import = $this->import("item,a,b,d\ntf,1,0,0.9\n");
        $this->assertSame([], $import->lines[0]->errors);
        $this->assertSame('4pl', $import->lines[0]->row['model']);
    }

    public function test_nothing_is_saved_that_the_engine_has_not_seen(): void {
        global $DB;
        $engine = $this->createMock(engine::class);
        $engine->method('table')->willReturnCallback((engine_factory::get())->table(...));
        $engine->method('compile')->willThrowException(new engine_exception('Error', 'away'));
        engine_factory::replace($engine);
        $import = $this->import("item,b\ntf,1\n");
        $this->assertStringContainsString('away', implode(' ', $import->errors));
        $this->assertFalse($import->is_valid());
        $this->assertSame(0, $import->apply(true));
        $this->assertEquals(0, $DB->count_records('palier_param'));
    }

    public function test_columns_that_are_not_kept_are_named_where_that_loses_something(): void {
        $import = $this->import("item,a,b,source,qtype,label\n"
            . "tf,1,0,import,truefalse,=Name of tf\nmc,1,0.4,calibration,,Another name\n");
        $this->assertTrue($import->is_valid());
        $this->assertCount(2, $import->notices);
        foreach (['label' => '3', 'source' => '3'] as $column => $lines) {
            $notice = get_string('importcolumnlost', 'mod_palier', ['column' => $column, 'lines' => $lines]);
            $this->assertContains($notice, $import->notices);
        }
    }

    public function test_enemies_item_sets_and_formats_are_kept_and_reach_the_engine(): void {
        $csv = "item,b,enemies,item_set,key_format\ntf,0,mc sa,text A,\nmc,0.4,,text A,C\nsa,1,,,\n";
        $import = $this->import($csv);
        $this->assertSame([], $import->notices);
        $this->assertContains(['column' => 'enemies', 'before' => '', 'after' => 'mc sa'], $import->lines[0]->changes);
        $this->assertSame(3, $import->apply());
        $builder = new bank_builder(question_filter::make([$this->category]));
        $items = array_column($builder->items(), null, 'item');
        $this->assertEqualsCanonicalizing(['mc', 'sa'], $items['tf']['enemies']);
        $this->assertSame(['text A', 'text A', 'C'], [
            $items['tf']['item_set'], $items['mc']['item_set'], $items['mc']['key_format'],
        ]);
        $this->assertArrayNotHasKey('enemies', $items['mc']);
        $this->assertSame(64, strlen($builder->bank()->hash));
        // They are as they were where a file says nothing of them, a level is given, or the bank comes back.
        $this->assertSame(['same'], array_column($this->import("item,b\ntf,0\n")->lines, 'action'));
        $exported = $this->import(parameter_export::csv($this->questions()));
        $this->assertSame(['same', 'same', 'same'], array_column($exported->lines, 'action'));
        item_parameters::set_level($this->questions(), 3);
        $items = array_column((new bank_builder(question_filter::make([$this->category])))->items(), null, 'item');
        $this->assertEqualsCanonicalizing(['mc', 'sa'], $items['tf']['enemies']);
        // An enemy that is not in a bank is not named in it.
        $only = bank_builder::item_of($this->questions()[$import->lines[0]->entryid], [$import->lines[1]->entryid => 'mc']);
        $this->assertSame(['mc'], $only['enemies']);
    }

    public function test_an_enemy_is_another_question_of_the_test(): void {
        $import = $this->import("item,b,enemies\ntf,0,mc q999999\nmc,0,mc\n");
        $this->assertSame('new', $import->lines[0]->action);
        $this->assertContains(get_string('importenemiesunknown', 'mod_palier', 'q999999 (2)'), $import->notices);
        $this->assertStringContainsString('enemies', implode($import->lines[1]->errors));
        $this->assertSame(1, $import->apply(true));
        $builder = new bank_builder(question_filter::make([$this->category]));
        $this->assertSame(64, strlen($builder->bank()->hash));
        $this->assertArrayNotHasKey('enemies', $builder->items()[0]);
    }

    public function test_the_good_lines_alone_are_done_where_that_is_asked(): void {
        $import = $this->import("item,b\ntf,0.5\nxyz,1\nsa,oops\n");
        $this->assertSame(['new' => 1, 'error' => 2], array_intersect_key($import->counts(), ['new' => 1, 'error' => 1]));
        $this->assertSame([2, 3, 4], array_column($import->lines, 'line'));
        $this->assertSame(0, $import->apply());
        $this->assertSame(1, $import->apply(true));
    }

    /**
     * Headers that are wrong.
     *
     * @return array
     */
    public static function wrong_headers(): array {
        return [
            'nearly a column' => ["item,b,modle\ntf,1,2pl", "'model'"],
            'quotes that are never closed' => ["item,b\ntf,1\nmc,\"1", 'Line 3'],
            'twice' => ["item,b,b\ntf,1,2", 'b'],
            'nothing finds questions' => ["label,b\ntf,1", 'idnumber'],
            'nothing says how hard' => ["item,a\ntf,1", 'level'],
            'empty' => ["\n", ''],
        ];
    }

    /**
     * A wrong header stops the file.
     *
     * @dataProvider wrong_headers
     * @param string $csv
     * @param string $word
     */
    public function test_a_wrong_header_stops_the_file(string $csv, string $word): void {
        $import = $this->import($csv . "\n");
        $this->assertNotSame([], $import->errors);
        $this->assertSame([], $import->lines);
        $this->assertSame(0, $import->apply(true));
        if ($word !== '') {
            $this->assertStringContainsString($word, implode(' ', $import->errors));
        }
    }

    public function test_questions_that_the_user_may_not_edit_are_not_changed(): void {
        $this->setUser($this->getDataGenerator()->create_user());
        $import = $this->import("item,b\ntf,1\n");
        $this->assertSame([get_string('importmaynot', 'mod_palier')], $import->lines[0]->errors);
    }

    public function test_an_export_comes_back_as_it_is(): void {
        $this->import("item,model,a,b,c,se_b,level,status,content\n"
            . "tf,3pl,1.1,0.30000000000000004,0.5,0.6,3,pretest,=2+3\nsa,rasch,,-1,,,,,\n")->apply();
        foreach ([false, true] as $spreadsheet) {
            $csv = parameter_export::csv($this->questions(), $spreadsheet);
            $this->assertStringStartsWith(csv_text::BOM . 'item', $csv);
            $this->assertDoesNotMatchRegularExpression('/(^|[,;])"?=/m', $csv);
            $this->assertStringContainsString('0.30000000000000004', $csv);
            $import = $this->import($csv);
            $this->assertSame([], $import->errors);
            $this->assertSame([], $import->notices);
            $this->assertSame(['same', 'same', 'same'], array_column($import->lines, 'action'), json_encode($import->lines));
        }
    }
}
