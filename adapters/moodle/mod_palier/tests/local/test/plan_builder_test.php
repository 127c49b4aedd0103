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

namespace mod_palier\local\test;

use mod_palier\local\engine\engine_factory;
use mod_palier\local\parameters\expert_levels;
use mod_palier\tests\learner_testcase;

/**
 * Between the form and the plan.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\test\plan_builder
 * @covers    \mod_palier\local\test\plan_text
 */
final class plan_builder_test extends \advanced_testcase {
    public function test_an_empty_form_gives_a_plan_that_the_engine_takes(): void {
        $this->resetAfterTest();
        $plan = plan_builder::from_form((object) []);
        $data = json_decode($plan, true);
        $this->assertSame('positioning', $data['purpose']);
        $this->assertSame(0.6, $data['stop']['standard_error']);
        $this->assertSame(expert_levels::LEVELS[1], $data['levels']['cuts'][0]);
        $this->assertCount(9, $data['levels']['names']);
        $this->assertArrayNotHasKey('threshold', $data);
        learner_testcase::use_engine();
        $this->assertMatchesRegularExpression('/^[0-9a-f]{64}$/', engine_factory::get()->plan($plan)['hash']);
    }

    public function test_what_a_form_says_comes_back_from_its_plan(): void {
        $form = [
            'purpose' => 'threshold', 'maxitems' => 40, 'minitems' => 10, 'visibility' => 'after_sharing',
            'levelscheme' => 'crcn', 'thresholdlevel' => 4, 'thresholdtheta' => '', 'confidence' => '0.95', 'randomesque' => 1,
            'easyitems' => 2,
            'seenpolicy' => 'exclude', 'maxattempts' => 2, 'delaydays' => '1.5', 'secondsperitem' => 40,
            'stopearly' => 1, 'timelimit' => '12', 'trialitems' => 2,
        ];
        $this->resetAfterTest();
        $plan = plan_builder::from_form((object) $form);
        $this->assertSame(1.0, json_decode($plan)->threshold->theta);
        $back = plan_builder::to_form($plan);
        foreach ($form as $name => $value) {
            $this->assertEquals($value, $back[$name], $name);
        }
        $this->assertSame(
            json_decode($plan, true),
            json_decode(plan_builder::from_form((object) $back), true)
        );
        learner_testcase::use_engine();
        engine_factory::get()->plan($plan);
    }

    public function test_what_the_form_does_not_know_stays_in_the_plan(): void {
        $plan = '{"palier_plan":1,"estimation":{"estimator":"wle","range":[-4.0,4.0]},"levels":{"cuts":[0.5],"first":1},'
            . '"scales":[{"id":"main","prior":{"distribution":"uniform"}}],"stop":{"min_information":0.05}}';
        $form = plan_builder::to_form($plan);
        $this->assertSame('plan', $form['levelscheme']);
        $again = json_decode(plan_builder::from_form((object) (['precision' => '0.4'] + $form)), true);
        $this->assertSame('wle', $again['estimation']['estimator']);
        $this->assertSame([0.5], $again['levels']['cuts']);
        $this->assertSame('uniform', $again['scales'][0]['prior']['distribution']);
        $this->assertSame(0.05, $again['stop']['min_information']);
        $this->assertSame(0.4, $again['stop']['standard_error']);
    }

    public function test_questions_on_trial_come_where_every_test_gets_to(): void {
        $this->resetAfterTest();
        $trial = fn(array $form): ?array => json_decode(plan_builder::from_form((object) $form), true)['pretest'] ?? null;
        $this->assertNull($trial([]));
        $this->assertSame(['count' => 2, 'among' => [3, 10]], $trial(['trialitems' => 2, 'minitems' => 10]));
        $this->assertSame(['count' => 4, 'among' => [3, 6]], $trial(['trialitems' => '4', 'minitems' => 1]));
        // They follow the least number of questions, and go.
        $form = ['minitems' => 8] + plan_builder::to_form(plan_builder::from_form((object) ['trialitems' => 2, 'minitems' => 10]));
        $this->assertSame(['count' => 2, 'among' => [3, 8]], $trial($form));
        $this->assertNull($trial(['trialitems' => 0] + $form));
        // What an expert wrote stays as long as its number does.
        foreach ([['positions' => [4, 9]], ['count' => 2, 'among' => [3, 15]]] as $written) {
            $form = plan_builder::to_form(json_encode(['palier_plan' => 1, 'pretest' => $written]));
            $this->assertSame(2, $form['trialitems']);
            $this->assertSame($written, $trial($form));
            $this->assertSame(3, $trial(['trialitems' => 3] + $form)['count']);
        }
        learner_testcase::use_engine();
        foreach ([1, 20] as $count) {
            engine_factory::get()->plan(plan_builder::from_form((object) ['trialitems' => $count]));
        }
    }

    public function test_an_experts_text_is_the_plan(): void {
        $text = '{"palier_plan": 1, "stop": {"max_items": 7}}';
        $this->assertSame($text, plan_builder::from_form((object) ['planjson' => $text, 'planexpert' => 1, 'maxitems' => 9]));
        foreach (['{', '[1]', '"x"'] as $wrong) {
            try {
                plan_builder::from_form((object) ['planjson' => $wrong, 'planexpert' => 1]);
                $this->fail('No exception');
            } catch (\moodle_exception $e) {
                $this->assertSame('planjsonwrong', $e->errorcode);
            }
        }
    }

    public function test_a_threshold_may_be_an_ability(): void {
        $plan = plan_builder::from_form((object) [
            'purpose' => 'threshold', 'thresholdlevel' => 'theta', 'thresholdtheta' => '0,25', 'levelscheme' => 'none',
        ]);
        $data = json_decode($plan, true);
        $this->assertSame(0.25, $data['threshold']['theta']);
        $this->assertArrayNotHasKey('levels', $data);
        $form = plan_builder::to_form($plan);
        $this->assertSame(['theta', '0.25', 'none'], [$form['thresholdlevel'], $form['thresholdtheta'], $form['levelscheme']]);
    }

    public function test_texts_of_a_plan_are_in_the_readers_language(): void {
        $this->assertSame('Independent', plan_text::of(['fr' => 'Indépendant', 'en' => 'Independent']));
        $this->assertSame('Indépendant', plan_text::of(['fr' => 'Indépendant']));
        $this->assertSame('plain', plan_text::of('plain'));
        $levels = plan_text::levels(['levels' => plan_builder::crcn()]);
        $this->assertSame(range(1, 8), array_keys($levels));
        $this->assertSame('3 – Independent', $levels[3]);
        $this->assertSame(get_string('levelnumber', 'mod_palier', 2), plan_text::level(2, null));
    }

    public function test_levels_get_names_without_json(): void {
        $names = ['Avant', 'Débutant', 'Débutant', 'À l’aise', 'À l’aise', 'Confirmé', 'Confirmé', 'Référent', 'Référent'];
        $plan = plan_builder::from_form((object) ['levelscheme' => 'own', 'levelnames' => " \n" . implode("\r\n", $names) . "\n"]);
        $levels = json_decode($plan, true)['levels'];
        $this->assertSame($names, $levels['names']);
        $this->assertEquals(plan_builder::crcn()['cuts'], $levels['cuts']);
        $form = plan_builder::to_form($plan);
        $this->assertSame('own', $form['levelscheme']);
        $this->assertSame(implode("\n", $names), $form['levelnames']);
        // What the form gave is what it gives again, and other levels of the plan stay other.
        $this->assertSame($plan, plan_builder::from_form((object) $form));
        $levels['cuts'][0] = -3.0;
        $this->assertSame('plan', plan_builder::to_form(json_encode(['palier_plan' => 1, 'levels' => $levels]))['levelscheme']);
        // A service that knows no names takes the framework's.
        $this->assertEquals(
            plan_builder::crcn()['names'],
            json_decode(plan_builder::from_form((object) ['levelscheme' => 'own']), true)['levels']['names']
        );
    }

    public function test_a_new_form_has_the_sites_defaults_where_they_can_be(): void {
        $this->resetAfterTest();
        $this->assertSame('0.6', plan_builder::to_form('')['precision']);
        $set = ['precision' => '0.4', 'maxitems' => '40', 'purpose' => 'practice', 'minitems' => '-1', 'seenpolicy' => 'x'];
        foreach ($set as $field => $value) {
            set_config("default_{$field}", $value, 'mod_palier');
        }
        $form = plan_builder::to_form('');
        $this->assertSame(['0.4', 40, 'practice', 6, 'flag'], [
            $form['precision'], $form['maxitems'], $form['purpose'], $form['minitems'], $form['seenpolicy'],
        ]);
        // An activity that is there, and a plan that a program makes, know nothing of them.
        $this->assertSame('0.6', plan_builder::to_form(plan_builder::from_form((object) []))['precision']);
    }
}
