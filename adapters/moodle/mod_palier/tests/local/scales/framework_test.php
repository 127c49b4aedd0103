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

use core_competency\competency;
use core_competency\competency_framework;
use mod_palier\tests\map_testcase;

/**
 * Frameworks that come along, and maps that are made of a framework of the site.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\scales\framework_data
 * @covers     \mod_palier\local\scales\framework_import
 * @covers     \mod_palier\local\scales\scale_source
 */
final class framework_test extends map_testcase {
    /**
     * The frameworks that come along, with how many domains and competences they have by their sources.
     *
     * @return array[]
     */
    public static function frameworks(): array {
        return [
            // Code de l'éducation, art. D. 121-1.
            ['crcn', 'fr', 5, 16, 'CRCN-4.2', '4.2 Protéger les données personnelles et la vie privée'],
            // Vuorikari, Kluzer and Punie (2022), EUR 31006 EN.
            ['digcomp22', 'en', 5, 21, 'DIGCOMP-2.4', '2.4 Collaborating through digital technologies'],
            ['digcomp22', 'fr', 5, 21, 'DIGCOMP-1.3', '1.3 Gérer des données, des informations et des contenus numériques'],
        ];
    }

    /**
     * Core's importer takes it as it is.
     *
     * @dataProvider frameworks
     * @param string $file
     * @param string $language
     * @param int $domains
     * @param int $competences
     * @param string $idnumber
     * @param string $name
     */
    public function test_core_imports_it(
        string $file,
        string $language,
        int $domains,
        int $competences,
        string $idnumber,
        string $name
    ): void {
        $this->resetAfterTest();
        $this->setAdminUser();
        $framework = framework_import::import($file, $language);
        $all = competency::get_records(['competencyframeworkid' => $framework->get('id')]);
        $this->assertCount($domains + $competences, $all);
        $this->assertCount($domains, array_filter($all, fn($one) => $one->get('parentid') == 0));
        $one = competency::get_record(['competencyframeworkid' => $framework->get('id'), 'idnumber' => $idnumber]);
        $this->assertSame($name, $one->get('shortname'));
        $this->assertCount(9, $one->get_scale()->load_items());
        foreach ($all as $competency) {
            $this->assertStringNotContainsString('...', $competency->get('shortname'), 'no name is cut');
        }
        $this->expectExceptionMessage(framework_import::IDNUMBERS[$file]);
        framework_import::import($file, $language);
    }

    public function test_one_framework_says_what_it_is_in_another(): void {
        $there = framework_data::related('crcn', 'digcomp');
        $this->assertCount(16, $there);
        $this->assertSame(['1.3'], $there['1.2']);
        $back = framework_data::related('digcomp', 'crcn');
        $this->assertContains('1.2', $back['1.3']);
        $this->assertSame([], framework_data::related('crcn', 'pix'));
    }

    public function test_a_map_of_a_framework_has_its_names_and_domains(): void {
        $this->make_map(8);
        $this->setAdminUser();
        framework_import::import('crcn', 'fr');
        $this->tag($this->palier->questions[0], 'CRCN-5.1');
        $this->tag($this->palier->questions[1], 'competence:5.2');
        $this->tag($this->palier->questions[2], 'crcn:1');
        $this->tag($this->palier->questions[3], 'crcn:1.1');
        $this->save_form(['scalesource' => 'framework:CRCN-2019']);
        $plan = json_decode($this->palier->plan, true);
        $ids = array_column($plan['scales'], 'id');
        $this->assertSame(['CRCN-1.1', 'CRCN-1.2', 'CRCN-4.1', 'CRCN-4.3', 'CRCN-5.1', 'CRCN-5.2'], $ids);
        $this->assertSame(['CRCN-1', 'CRCN-4', 'CRCN-5'], array_column($plan['map']['domains'], 'id'));
        $this->assertSame('5.1 Résoudre des problèmes techniques', $plan['scales'][4]['name']);
        $this->setUser($this->learner);
        $this->assertSame('finished', $this->take()->state);
    }

    public function test_a_teacher_chooses_among_families_of_tags_and_frameworks(): void {
        $this->make_map(8);
        $this->setAdminUser();
        framework_import::import('crcn', 'en');
        $hidden = framework_import::import('digcomp22', 'en');
        $hidden->set('visible', 0);
        $hidden->update();
        $context = \core\context\course::instance($this->course->id);
        $tags = ['crcn:1.1', 'crcn:1.2', 'niveau:3', 'niveau:4', 'lang:fr', 'pix:1.1', '1.1', '1.2'];
        $choices = scale_source::choices($context, $tags);
        $this->assertSame(['', 'tags:', 'tags:crcn', 'framework:CRCN-2019'], array_keys($choices));
        set_config('enabled', 0, 'core_competency');
        $this->assertSame(['', 'tags:crcn'], array_keys(scale_source::choices($context, ['crcn:1.1', 'crcn:1.2'])));
    }
}
