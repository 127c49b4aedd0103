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

use core_competency\evidence;
use core_competency\user_competency;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\attempt\correction;
use mod_palier\local\attempt\scale_results;
use mod_palier\local\attempt\sharing;
use mod_palier\tests\map_testcase;

/**
 * Results of a map become evidence where the teacher allows it.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\scales\competency_evidence
 */
final class competency_evidence_test extends map_testcase {
    /**
     * Makes a map of a framework, whose plan tells a level however wide its margin is.
     *
     * @param array $form
     * @param bool $evidence
     * @param int $widest levels that a margin may touch
     */
    private function make(array $form = [], bool $evidence = true, int $widest = 9): void {
        global $DB;
        $this->make_map(24);
        $this->setAdminUser();
        framework_import::import('crcn', 'fr');
        $plan = json_encode(['map' => ['widest' => $widest]]);
        $this->save_form(['scalesource' => 'framework:CRCN-2019', 'planjson' => $plan] + $form);
        $DB->set_field('palier', 'evidence', (int) $evidence, ['id' => $this->palier->id]);
        $this->setUser($this->learner);
    }

    /**
     * The evidence that there is, as the learner reads it.
     *
     * @return string[] by id number of the competency
     */
    private function told(): array {
        $told = [];
        foreach (user_competency::get_records(['userid' => $this->learner->id]) as $own) {
            $this->assertNull($own->get('grade'), 'a test rates nobody');
            $this->assertNull($own->get('proficiency'));
            foreach (evidence::get_records(['usercompetencyid' => $own->get('id')]) as $evidence) {
                $told[$own->get_competency()->get('idnumber')] = (string) $evidence->get_description();
            }
        }
        ksort($told);
        return $told;
    }

    public function test_each_measured_competence_gets_its_level_with_its_margin(): void {
        $this->make();
        $attempt = $this->take();
        $told = $this->told();
        $this->assertSame(['CRCN-1.1', 'CRCN-1.2', 'CRCN-4.1', 'CRCN-4.3'], array_keys($told));
        foreach (scale_results::of([$attempt->id])[$attempt->id] as $row) {
            if ($row->kind === scale_results::SCALE) {
                $this->assertStringContainsString(
                    "level {$row->level} (between {$row->levellow} and {$row->levelhigh})",
                    $told[$row->scale]
                );
                $this->assertStringContainsString("of this competence: {$row->answers}.", $told[$row->scale]);
            }
        }
        // Publishing again, as a task does, says nothing twice.
        competency_evidence::publish(attempt_repository::load($attempt->id));
        $this->assertSame(4, evidence::count_records());
        attempt_repository::delete_all('id = ?', [$attempt->id]);
        $this->assertSame(0, evidence::count_records());
    }

    public function test_it_goes_to_the_corresponding_competencies_where_the_teacher_says_so(): void {
        global $DB;
        $this->make();
        $this->setAdminUser();
        framework_import::import('digcomp22', 'en');
        $this->setUser($this->learner);
        $attempt = $this->take();
        $this->assertSame(['CRCN-1.1', 'CRCN-1.2', 'CRCN-4.1', 'CRCN-4.3'], array_keys($this->told()), 'nobody said so');
        $DB->set_field('palier', 'evidencerelated', 1, ['id' => $this->palier->id]);
        competency_evidence::publish(attempt_repository::load($attempt->id));
        $told = $this->told();
        $corresponding = [
            'DIGCOMP-1.1' => '1.1', 'DIGCOMP-1.2' => '1.1', 'DIGCOMP-1.3' => '1.2', 'DIGCOMP-4.1' => '4.1',
            'DIGCOMP-4.3' => '4.3', 'DIGCOMP-4.4' => '4.3',
        ];
        $this->assertSame(['CRCN-1.1', 'CRCN-1.2', 'CRCN-4.1', 'CRCN-4.3', ...array_keys($corresponding)], array_keys($told));
        foreach ($corresponding as $there => $number) {
            preg_match('/level \d+ \(.*?\)/', $told["CRCN-$number"], $found);
            $this->assertStringContainsString("by correspondence from CRCN $number: {$found[0]} there", $told[$there]);
        }
        competency_evidence::publish(attempt_repository::load($attempt->id));
        $this->assertSame(10, evidence::count_records(), 'nothing twice');
        $DB->set_field('palier', 'evidencerelated', 0, ['id' => $this->palier->id]);
        competency_evidence::publish(attempt_repository::load($attempt->id));
        $this->assertSame(4, evidence::count_records(), 'and it is taken back');
    }

    public function test_a_framework_of_the_sites_own_corresponds_to_none(): void {
        global $DB;
        $this->make();
        $this->setAdminUser();
        framework_import::import('digcomp22', 'en');
        $own = framework_import::here('crcn');
        $own->set('idnumber', 'CRCN-OURS');
        $own->update();
        $fields = ['id' => $this->palier->id, 'scalesource' => 'framework:CRCN-OURS', 'evidencerelated' => 1];
        $DB->update_record('palier', (object) $fields);
        $this->setUser($this->learner);
        $this->take();
        $this->assertSame(['CRCN-1.1', 'CRCN-1.2', 'CRCN-4.1', 'CRCN-4.3'], array_keys($this->told()));
    }

    public function test_it_is_offered_where_both_frameworks_are(): void {
        $crcn = 'framework:CRCN-2019';
        $digcomp = 'framework:DIGCOMP-2.2';
        $this->assertSame([], competency_evidence::related_sources(['', 'tags:crcn', $crcn]));
        $this->assertSame([$crcn, $digcomp], array_values(competency_evidence::related_sources(['', $digcomp, $crcn])));
    }

    public function test_no_level_no_evidence(): void {
        $this->make([], true, 1);
        $attempt = $this->take();
        $levels = array_filter(scale_results::of([$attempt->id])[$attempt->id], fn($row) => $row->level !== null
            && $row->kind === scale_results::SCALE);
        $this->assertSame(array_column($levels, 'scale'), array_keys($this->told()));
    }

    public function test_there_is_none_where_the_teacher_does_not_allow_it(): void {
        $this->make([], false);
        $this->take();
        $this->assertSame([], $this->told());
    }

    public function test_what_a_learner_keeps_is_noted_when_it_is_shared_and_no_longer_when_that_is_taken_back(): void {
        $this->make(['visibility' => 'after_sharing']);
        $attempt = $this->take();
        $this->assertSame([], $this->told());
        sharing::share($attempt->id);
        $this->assertCount(4, $this->told());
        sharing::withdraw($attempt->id);
        $this->assertSame([], $this->told());
    }

    public function test_a_correction_makes_it_anew(): void {
        $this->make();
        $attempt = $this->take();
        $before = $this->told();
        $asked = array_values(array_filter($attempt->log()->events(), fn($event) => $event->type === 'asked'))[0];
        $this->setAdminUser();
        correction::drop($attempt->id, json_decode($asked->data, true)['item'], 1, 'A faulty question', 2);
        $this->assertNotSame($before, $this->told());
        $this->assertSame(4, evidence::count_records());
    }

    public function test_a_preview_says_nothing(): void {
        $this->make();
        $this->setAdminUser();
        $attempt = $this->start(true);
        for ($i = 0; $attempt->is_open() && $i < 100; $i++) {
            $this->answer($attempt, $i % 2 === 0);
            $attempt = attempt_repository::load($attempt->id);
        }
        $this->assertSame(attempt::FINISHED, $attempt->state);
        $this->assertSame(0, evidence::count_records());
    }
}
