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

namespace mod_palier\local\scales;

use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\correction;
use mod_palier\local\attempt\scale_results;
use mod_palier\local\attempt\step;
use mod_palier\local\bank\bank_builder;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\executable_engine;
use mod_palier\local\test\check;
use mod_palier\local\test\check_request;
use mod_palier\local\test\plan_builder;
use mod_palier\output\result_words;
use mod_palier\output\story_page;
use mod_palier\tests\learner_testcase;
use mod_palier\tests\map_testcase;

/**
 * A map of competences: made of tags, taken, and kept in rows.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\scales\scale_source
 * @covers     \mod_palier\local\scales\map_plan
 * @covers     \mod_palier\local\bank\bank_builder
 * @covers     \mod_palier\local\attempt\scale_results
 */
final class map_test extends map_testcase {
    public function test_tags_make_the_scales_and_domains_of_a_plan(): void {
        $this->make_map();
        $plan = json_decode($this->palier->plan, true);
        $this->assertSame(['crcn:1.1', 'crcn:1.2', 'crcn:4.1', 'crcn:4.3'], array_column($plan['scales'], 'id'));
        $this->assertSame(['crcn:1', 'crcn:1', 'crcn:4', 'crcn:4'], array_column($plan['scales'], 'domain'));
        $this->assertSame(['crcn:1', 'crcn:4'], array_column($plan['map']['domains'], 'id'));
        // Names are the framework's (code de l'éducation, art. D. 121-1), in frameworks/crcn.json.
        $this->assertSame('1.2 Gérer des données', $plan['scales'][1]['name']['fr']);
        $this->assertSame('4. Protection et sécurité', $plan['map']['domains'][1]['name']['fr']);
        $this->assertSame('each_level', $plan['map']['interval']);
        engine_factory::get()->plan($this->palier->plan);
    }

    public function test_each_item_of_the_bank_is_on_the_scale_of_its_question(): void {
        $this->make_map(8);
        $context = \core\context\module::instance($this->palier->cmid);
        $builder = bank_builder::for_instance((int) $this->palier->id, $context);
        $this->assertSame(
            ['crcn:1.1', 'crcn:1.2', 'crcn:4.1', 'crcn:4.3', 'crcn:1.1', 'crcn:1.2', 'crcn:4.1', 'crcn:4.3'],
            array_column($builder->items(), 'scale')
        );
        $this->assertSame([], $builder->without_scale());
        $plain = $builder->with_scales([]);
        $this->assertSame(['main'], array_values(array_unique(array_column($plain->items(), 'scale'))));
        // Nothing but the scale differs: parameters stay those of one dimension.
        $without = fn(array $items): array => array_map(fn($item) => array_diff_key($item, ['scale' => 1]), $items);
        $this->assertSame($without($plain->items()), $without($builder->items()));
    }

    public function test_a_question_with_steps_measures_its_competence(): void {
        $this->make_map(8);
        $context = \core\context\module::instance($this->palier->cmid);
        $builder = bank_builder::for_instance((int) $this->palier->id, $context);
        $row = ['model' => 'grm', 'a' => '1.5', 'steps' => '{"b1":-0.5,"b2":0.5}'];
        $this->setAdminUser();
        \mod_palier\local\parameters\item_parameters::save(array_map(fn() => $row, $builder->questions()));
        $this->setUser($this->learner);
        $attempt = $this->start();
        for ($i = 0; $i < 4; $i++) {
            $this->answer($attempt, 'toad');
        }
        step::post($attempt->id, 'stop', 5);
        // Closed form: theta = 0 is the middle category of thresholds -0.5 and 0.5, so that the middle step leaves the mean at 0.
        $rows = scale_results::of([$attempt->id])[$attempt->id];
        foreach (array_filter($rows, fn($row) => $row->kind === 'scale' && $row->answers > 0) as $row) {
            $this->assertEqualsWithDelta(0, $row->theta, 1e-6);
            $this->assertLessThan(2, $row->se);
        }
    }

    public function test_a_learner_takes_a_map_to_its_end_and_the_rows_say_what_the_engine_says(): void {
        global $DB, $PAGE;
        $this->make_map();
        $attempt = $this->take(fn(string $tag): bool => $tag === 'crcn:1.1' || $tag === 'crcn:1.2');
        $this->assertSame(attempt::FINISHED, $attempt->state);
        $this->assert_whole($attempt);
        $rows = scale_results::of([$attempt->id])[$attempt->id];
        $result = $attempt->known();
        $this->assertSame(
            ['crcn:1.1', 'crcn:1.2', 'crcn:4.1', 'crcn:4.3', 'crcn:1', 'crcn:4', 'overall'],
            array_column($rows, 'scale')
        );
        foreach (array_merge($result['scales'], $result['composites']) as $position => $entry) {
            $this->assertSame($entry['state'], $rows[$position]->state);
            $this->assertEquals($entry['n'], $rows[$position]->answers);
            $this->assertSame($entry['theta'], (float) $rows[$position]->theta);
            $this->assertSame($entry['se'], (float) $rows[$position]->se);
            $this->assertEquals($entry['level_interval'], [$rows[$position]->levellow, $rows[$position]->levelhigh]);
            $this->assertEquals($entry['level']['number'] ?? null, $rows[$position]->level);
        }
        $this->assertSame($result['counted'], array_sum(array_column(array_slice($rows, 0, 4), 'answers')));
        $this->assertGreaterThan($rows[2]->theta, $rows[0]->theta, 'who knows 1.1 and not 4.1 is told so');
        $this->assertSame('1.1 Search for and monitor information', scale_results::name($rows[0]));
        // The program's answers about a map have the shapes that they are held to.
        $program = executable_engine::find();
        if ($program) {
            engine_factory::replace($program);
            $this->assertNotNull((new result_words($result))->competences());
            $this->assertCount($result['n'], (new story_page($attempt, $program))->steps());
            learner_testcase::use_engine();
        }
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        $PAGE->set_url('/mod/palier/story.php');
        $story = $PAGE->get_renderer('core')->render(new story_page($attempt, engine_factory::get()));
        $this->assertStringContainsString(fullname($this->learner), $story);
        $this->assertDoesNotMatchRegularExpression('/\byour?\b/i', strip_tags($story), 'a trainer reads of somebody else');
        attempt_repository::delete_all('id = ?', [$attempt->id]);
        $this->assertSame(0, $DB->count_records('palier_attempt_scale'));
    }

    public function test_statements_say_which_competence_they_are_about(): void {
        global $DB;
        $this->make_map();
        $attempt = $this->take();
        $statements = $DB->get_records('palier_statement', ['attemptid' => $attempt->id], 'id');
        $measured = $DB->get_fieldset_select(
            'palier_attempt_scale',
            'scale',
            "attemptid = ? AND kind = 'scale' AND state = 'measured' ORDER BY sortorder",
            [$attempt->id]
        );
        $achieved = array_filter($statements, fn($row) => $row->verb === 'achieved');
        $this->assertNotEmpty($measured);
        $this->assertSame($measured, array_column($achieved, 'scale'));
        foreach ($statements as $row) {
            $statement = json_decode($row->statement, true);
            $grouping = implode(' ', array_column($statement['context']['contextActivities']['grouping'] ?? [], 'id'));
            match ($row->verb) {
                'answered' => $this->assertStringContainsString('#competence=' . rawurlencode($row->scale), $grouping),
                'achieved' => $this->assertStringEndsWith(rawurlencode($row->scale), $statement['object']['id']),
                default => $this->assertNull($row->scale),
            };
        }
    }

    public function test_statements_that_were_written_before_they_said_so_are_filled(): void {
        global $DB;
        $this->make_map();
        $attempt = $this->take();
        $scales = fn(): array => $DB->get_records_menu('palier_statement', ['attemptid' => $attempt->id], 'id', 'id, scale');
        $before = $scales();
        $DB->set_field('palier_statement', 'scale', null, ['verb' => 'answered']);
        $this->assertNotSame($before, $scales());
        $task = new \mod_palier\task\fill_statement_scales();
        ob_start();
        $task->execute();
        $told = ob_get_clean();
        $this->assertSame($before, $scales());
        $answers = $DB->count_records('palier_statement', ['attemptid' => $attempt->id, 'verb' => 'answered']);
        $this->assertSame("$answers statements\n", $told);
        ob_start();
        $task->execute();
        $this->assertSame("0 statements\n", ob_get_clean(), 'nothing is left to do');
    }

    public function test_a_test_of_one_level_has_no_rows(): void {
        global $DB;
        $this->make_test(4);
        $this->take();
        $this->assertSame(0, $DB->count_records('palier_attempt_scale'));
    }

    public function test_who_stops_at_once_has_no_result_in_any_row(): void {
        $this->make_map();
        $attempt = $this->start();
        $this->answer($attempt);
        step::post($attempt->id, 'stop', 2);
        foreach (scale_results::of([$attempt->id])[$attempt->id] as $row) {
            $this->assertSame('not_assessed', $row->state);
            $this->assertNull($row->theta);
            $this->assertNull($row->level);
            $this->assertNull($row->levellow);
        }
    }

    public function test_a_correction_makes_the_rows_again(): void {
        $this->make_map();
        $attempt = $this->take(fn(): bool => true);
        $before = scale_results::of([$attempt->id])[$attempt->id];
        $asked = json_decode(array_values(array_filter(
            $attempt->log()->events(),
            fn($event) => $event->type === 'asked'
        ))[0]->data, true)['item'];
        $this->setAdminUser();
        correction::drop($attempt->id, $asked, 1, 'A faulty question', 2);
        $after = scale_results::of([$attempt->id])[$attempt->id];
        $this->assertSameSize($before, $after);
        $this->assertEquals(
            array_sum(array_column(array_slice($before, 0, 4), 'answers')) - 1,
            array_sum(array_column(array_slice($after, 0, 4), 'answers'))
        );
        $this->assertSame(
            attempt_repository::load($attempt->id)->known()['composites'][2]['theta'],
            (float) end($after)->theta
        );
    }

    public function test_questions_of_no_competence_are_told_and_not_asked(): void {
        $this->make_map(12);
        $this->tag($this->palier->questions[11], 'niveau:3');
        $this->tag($this->palier->questions[10], ['crcn:4.3', 'crcn:1.2']);
        $check = check_request::check($this->form());
        $this->assertTrue($check->canrun);
        $this->assertSame(1, $check->noscale);
        $this->assertSame(11, $check->feasibility['items']);
        $this->assertSame(['noscale', 'manyscales'], array_values(array_intersect(
            array_column($check->warnings, 'code'),
            ['noscale', 'manyscales']
        )));
        $items = (new bank_builder(\mod_palier\local\bank\question_filter::make([$this->palier->category->id])))
            ->with_scales(['crcn:1.1', 'crcn:1.2', 'crcn:4.1', 'crcn:4.3'])->items();
        $this->assertSame('crcn:1.2', $items[10]['scale'], 'the first of two competences counts');
        $this->assertStringContainsString('4 competences', $check->summary());
    }

    public function test_questions_that_make_no_map_are_told_with_a_way_out(): void {
        $this->make_map(6);
        $check = check_request::check($this->form(['scalesource' => 'tags:pix']));
        $this->assertFalse($check->canrun);
        $this->assertSame('mapnone', $check->problems[0]['code']);
        $this->assertStringContainsString('pix:1.1', $check->problems[0]['message']);
        foreach ($this->palier->questions as $question) {
            $this->tag($question, 'crcn:1.1');
        }
        $this->assertSame('mapone', check_request::check($this->form())->problems[0]['code']);
        $check = check_request::check($this->form(['scalesource' => 'framework:none']));
        $this->assertSame('noframework', $check->problems[0]['code']);
    }

    public function test_tags_that_went_away_are_told(): void {
        $this->make_map(6);
        foreach ($this->palier->questions as $question) {
            $this->tag($question, []);
        }
        $context = \core\context\module::instance($this->palier->cmid);
        $check = check::run(bank_builder::for_instance((int) $this->palier->id, $context), $this->palier->plan);
        $this->assertFalse($check->canrun);
        $this->assertSame('noscale', $check->problems[0]['code']);
    }

    public function test_a_competence_without_a_question_is_named_with_a_way_out(): void {
        $this->make_map(8);
        $this->tag($this->palier->questions[3], 'crcn:4.1');
        $this->tag($this->palier->questions[7], 'crcn:4.1');
        $context = \core\context\module::instance($this->palier->cmid);
        $check = check::run(bank_builder::for_instance((int) $this->palier->id, $context), $this->palier->plan);
        $this->assertFalse($check->canrun);
        $this->assertSame('emptyscale', $check->problems[0]['code']);
        $this->assertStringContainsString('4.3 Protect health', $check->problems[0]['message']);
        // What it proposes helps: saved again, the map has three competences.
        $this->assertTrue(check_request::check($this->form())->canrun);
        $this->save_form();
        $check = check::run(bank_builder::for_instance((int) $this->palier->id, $context), $this->palier->plan);
        $this->assertTrue($check->canrun);
        $this->assertCount(3, $check->feasibility['scales']);
    }

    public function test_the_form_keeps_what_an_expert_wrote_about_a_scale(): void {
        $this->make_map(8);
        $plan = json_decode($this->palier->plan, true);
        $plan['scales'][2]['weight'] = 3;
        $plan['map']['correlation'] = ['within' => 0.6, 'between' => 0.4];
        unset($plan['map']['interval']);
        $form = $this->form(['planjson' => json_encode($plan)] + plan_builder::to_form(json_encode($plan)));
        $form->scalesource = 'tags:crcn';
        $again = json_decode(plan_builder::from_form(check_request::with_map($form)), true);
        $this->assertSame(3, $again['scales'][2]['weight']);
        $this->assertSame(['within' => 0.6, 'between' => 0.4], $again['map']['correlation']);
        $this->assertEquals($plan, $again);
        // Back to one level, nothing of the map stays.
        $form->scalesource = '';
        $one = json_decode(plan_builder::from_form(check_request::with_map($form)), true);
        $this->assertSame(['main'], array_column($one['scales'], 'id'));
        $this->assertArrayNotHasKey('map', $one);
    }

    public function test_precision_is_of_each_competence_and_stops_are_its_own(): void {
        $this->make_map(8, ['precision' => '0.5', 'stopearly' => 1, 'timelimit' => '10']);
        $plan = json_decode($this->palier->plan, true);
        $this->assertSame(1.0, (float) $plan['stop']['standard_error']);
        $this->assertSame(['probability' => 0.8, 'of' => 'band'], $plan['map']['level_decided']);
        $this->assertEquals(['any' => [['rule' => 'time_limit', 'seconds' => 600]]], $plan['stop']['rules']);
        $form = plan_builder::to_form($this->palier->plan);
        $this->assertSame('0.5', $form['precision']);
        $this->assertSame(1, $form['stopearly']);
        $this->assertSame('10', $form['timelimit']);
    }

    public function test_a_threshold_is_asked_of_each_competence(): void {
        $this->make_map(12, ['purpose' => 'threshold', 'thresholdlevel' => 3, 'confidence' => '0.9']);
        $plan = json_decode($this->palier->plan, true);
        $this->assertArrayNotHasKey('threshold', $plan);
        $this->assertEquals([0, 0, 0, 0], array_column($plan['scales'], 'required_theta'));
        $this->assertEquals(3, plan_builder::to_form($this->palier->plan)['thresholdlevel']);
        $attempt = $this->take(fn(string $tag): bool => str_starts_with($tag, 'crcn:1'));
        $rows = scale_results::of([$attempt->id])[$attempt->id];
        $this->assertSame('scale', $rows[0]->kind);
        $this->assertContains($rows[0]->required, ['reached', 'undecided']);
        $this->assertContains($rows[2]->required, ['not_reached', 'undecided']);
        $this->assertNull(end($rows)->required);
    }

    public function test_other_plugins_read_a_map_by_the_door(): void {
        $this->make_map();
        $this->take();
        $of = \mod_palier\api::scales_of_activity((int) $this->palier->cmid);
        $this->assertSame('tags:crcn', $of['source']);
        $this->assertSame(['crcn:1.1', 'crcn:1.2', 'crcn:4.1', 'crcn:4.3'], array_column($of['scales'], 'id'));
        $this->assertSame('crcn:4', $of['scales'][2]['domain']);
        $this->assertSame(['crcn:1', 'crcn:4'], array_column($of['domains'], 'id'));
        $result = \mod_palier\api::results_of_user((int) $this->learner->id)[0];
        $this->assertSame('measured', $result->scale('crcn:4.1')['state']);
        $this->assertCount(2, $result->scale('crcn:4.1')['level_interval']);
        $this->assertNull($result->scale('crcn:9.9'));
    }

    public function test_a_learner_gets_and_erases_what_is_known_of_each_competence(): void {
        global $DB;
        $this->make_map();
        $attempt = $this->take();
        $context = \core\context\module::instance($this->palier->cmid);
        $list = new \core_privacy\local\request\approved_contextlist($this->learner, 'mod_palier', [$context->id]);
        \mod_palier\privacy\provider::export_user_data($list);
        $path = [get_string('privacy:attempts', 'mod_palier'), $attempt->attempt];
        $told = \core_privacy\local\request\writer::with_context($context)->get_data($path)->competences;
        $this->assertCount(7, $told);
        $this->assertSame('1.1 Search for and monitor information', $told[0]['competence']);
        $this->assertSame('measured', $told[0]['state']);
        \mod_palier\privacy\provider::delete_data_for_user($list);
        $this->assertSame(0, $DB->count_records('palier_attempt_scale'));
    }

    public function test_margins_that_would_mislead_have_a_change_of_one_click(): void {
        global $DB, $PAGE;
        $this->make_map(24, ['correlation' => '0.9', 'maxitems' => 12, 'stopearly' => 0]);
        $this->setUser($this->getDataGenerator()->create_and_enrol($this->course, 'editingteacher'));
        $context = \core\context\module::instance($this->palier->cmid);
        $row = fn() => $DB->get_record('palier', ['id' => $this->palier->id]);
        $check = check::of_instance($row(), $context);
        $this->assertTrue($check->canrun);
        $apart = array_values(array_filter($check->ways, fn(array $way): bool => $way['warning'] === 'map_apart'));
        $this->assertContains('correlation', array_column($apart, 'field'));
        $output = $PAGE->get_renderer('core');
        $render = fn(bool $inform): string => $output->render_from_template(
            'mod_palier/check_result',
            (new \mod_palier\output\check_result($check, $this->palier->cmid, false, $inform))->export_for_template($output)
        );
        $this->assertSame(count($check->ways), substr_count($render(false), '/mod/palier/adjust.php'));
        $this->assertSame(count($check->ways), substr_count($render(true), 'data-palier-field'));
        [, $cm] = get_course_and_cm_from_instance($this->palier->id, 'palier');
        $before = $row();
        foreach ($check->ways as $way) {
            $DB->update_record('palier', $before);
            \mod_palier\local\test\adjustment::apply($before, $cm, $way['field'], $way['value']);
            $after = check::of_instance($row(), $context);
            $this->assertNotContains($way['warning'], array_column($after->warnings, 'code'), $way['text']);
            // The form, which has the same field, says so, too, and keeps it.
            $fields = plan_builder::to_form($row()->plan);
            $this->assertEquals($way['value'], $fields[$way['field']]);
            $this->assertSame($row()->plan, plan_builder::from_form((object) $fields));
            // In the form a click changes the field, and the check of the form is the same.
            $form = ['correlation' => '0.9', 'maxitems' => 12, 'stopearly' => 0];
            $inform = check_request::check($this->form([$way['field'] => $way['value']] + $form));
            $this->assertNotContains($way['warning'], array_column($inform->warnings, 'code'), $way['text']);
        }
        foreach ([['correlation', '1'], ['correlation', '-0.2'], ['correlation', '[[1]]'], ['ownitems', '0']] as $wrong) {
            try {
                \mod_palier\local\test\adjustment::apply($before, $cm, ...$wrong);
                $this->fail(implode(' ', $wrong));
            } catch (\invalid_parameter_exception $e) {
                $this->assertStringContainsString($wrong[0], $e->getMessage());
            }
        }
        $DB->set_field('palier', 'plan', plan_builder::from_form((object) []), ['id' => $this->palier->id]);
        $this->expectException(\invalid_parameter_exception::class);
        \mod_palier\local\test\adjustment::apply($row(), $cm, 'correlation', '0.3');
    }

    public function test_correlations_that_differ_keep_their_proportions(): void {
        $plan = ['scales' => [['id' => 'a'], ['id' => 'b'], ['id' => 'c', 'min_items' => 4]], 'map' => [
            'correlation' => [[1, 0.8, 0.4], [0.8, 1, 0.2], [0.4, 0.2, 1]],
        ]];
        $this->assertSame(0.8, map_plan::largest($plan['map']['correlation']));
        map_plan::correlate($plan, 0.4);
        $this->assertSame([[1, 0.4, 0.2], [0.4, 1, 0.1], [0.2, 0.1, 1]], $plan['map']['correlation']);
        $domains = ['map' => ['correlation' => ['within' => 0.6, 'between' => 0.3]]];
        map_plan::correlate($domains, 0.4);
        $this->assertSame(['within' => 0.4, 'between' => 0.2], $domains['map']['correlation']);
        $none = [];
        map_plan::correlate($none, 0.4);
        $this->assertSame(0.4, $none['map']['correlation']);
        // Where the least differs, a form that says nothing changes nothing, and a number lowers none.
        $this->assertNull(map_plan::own_items($plan));
        map_plan::ask_own($plan, 2);
        $this->assertSame([2, 2, 4], array_column($plan['scales'], 'min_items'));
        $plan['scales'][2]['min_items'] = 2;
        map_plan::ask_own($plan, 0);
        $this->assertSame([], array_column($plan['scales'], 'min_items'));
    }

    public function test_the_check_says_what_will_be_shown_of_each_competence(): void {
        global $PAGE;
        $output = $PAGE->get_renderer('core');
        $this->make_map(24, ['precision' => '0.3', 'maxitems' => 8]);
        $check = check_request::check($this->form(['precision' => '0.3', 'maxitems' => 8]));
        $this->assertTrue($check->canrun);
        $scales = $check->feasibility['scales'];
        $this->assertSame([6, 6, 6, 6], array_column($scales, 'items_in_bank'));
        $html = $output->render_from_template(
            'mod_palier/check_result',
            (new \mod_palier\output\check_result($check, 0, true))->export_for_template($output)
        );
        foreach ($scales as $scale) {
            $this->assertStringContainsString(s($scale['name']['en']), $html);
            $this->assertStringContainsString('± ' . format_float($scale['margin_levels'], 1), $html);
            $this->assertEqualsWithDelta(1, $scale['measured'] + $scale['reported_as_domain'] + $scale['not_assessed'], 1e-9);
        }
        // Eight questions reach no precision of 0.6: what would is proposed, after the engine tried it.
        $this->assertContains('map_unreached', array_column($check->warnings, 'code'));
        $ways = array_filter($check->ways, fn(array $way): bool => $way['warning'] === 'map_unreached');
        $this->assertNotEmpty($ways);
        foreach ($ways as $way) {
            $better = check_request::check($this->form([$way['field'] => $way['value']] + ['precision' => '0.3', 'maxitems' => 8]));
            $this->assertNotContains('map_unreached', array_column($better->warnings, 'code'));
        }
    }
}
