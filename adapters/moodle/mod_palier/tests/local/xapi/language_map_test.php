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

namespace mod_palier\local\xapi;

use mod_palier\local\attempt\attempt_repository;
use mod_palier\local\engine\engine_factory;
use mod_palier\output\result_page;
use mod_palier\output\story_page;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../../classes/learner_testcase.php');

/**
 * Questions that are written in several languages, with core's filter.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\xapi\language_map
 * @covers     \mod_palier\local\xapi\interaction
 * @covers     \mod_palier\local\plain_name
 */
final class language_map_test extends learner_testcase {
    #[\Override]
    protected function setUp(): void {
        global $CFG;
        parent::setUp();
        filter_set_global_state('multilang', TEXTFILTER_ON);
        filter_set_applies_to_strings('multilang', true);
        \filter_manager::reset_caches();
        make_writable_directory("{$CFG->langotherroot}/fr");
        file_put_contents("{$CFG->langotherroot}/fr/langconfig.php", '<?php $string["thislanguage"] = "Français";');
        get_string_manager()->reset_caches();
    }

    #[\Override]
    protected function tearDown(): void {
        global $CFG;
        remove_dir("{$CFG->langotherroot}/fr");
        get_string_manager()->reset_caches();
        \filter_manager::reset_caches();
        parent::tearDown();
    }

    /**
     * A text in English and French.
     *
     * @param string $english
     * @param string $french
     * @return string
     */
    private static function both(string $english, string $french): string {
        return "<span lang=\"en\" class=\"multilang\">$english</span> <span lang=\"fr\" class=\"multilang\">$french</span>";
    }

    public function test_a_question_in_two_languages_is_told_in_each_and_read_in_ones_own(): void {
        global $DB, $PAGE;
        $this->make_test(3);
        foreach ($this->palier->questions as $question) {
            $DB->update_record('question', (object) [
                'id' => $question->id,
                'name' => self::both('Padlock & key', 'Cadenas & clé'),
                'questiontext' => self::both('What does it say?', 'Que dit-il ?'),
            ]);
            \question_bank::notify_question_edited($question->id);
        }
        $attempt = $this->start();
        for ($n = 0; $n < 3; $n++) {
            $this->answer($attempt);
        }
        $row = $DB->get_records('palier_statement', ['attemptid' => $attempt->id, 'verb' => 'answered'], 'id', '*', 0, 1);
        $definition = json_decode(reset($row)->statement, true)['object']['definition'];
        $this->assertEquals(['en' => 'Padlock & key', 'fr' => 'Cadenas & clé'], $definition['name']);
        $this->assertEquals(['en' => 'What does it say?', 'fr' => 'Que dit-il ?'], $definition['description']);

        $PAGE->set_url('/mod/palier/result.php');
        $output = $PAGE->get_renderer('core');
        $attempt = attempt_repository::load($attempt->id);
        foreach (['en' => 'Padlock & key', 'fr' => 'Cadenas & clé'] as $language => $name) {
            force_current_language($language);
            $can = implode(' ', (new result_page($attempt))->export_for_template($output)['can']);
            $this->assertStringContainsString($name, $can);
            $this->assertStringNotContainsString('multilang', $can);
            $steps = (new story_page($attempt, engine_factory::get()))->steps();
            $this->assertSame([$name], array_unique(array_column($steps, 'label')));
        }
        force_current_language('');
    }

    public function test_a_text_of_one_language_is_told_in_the_present_one(): void {
        $this->assertSame(['en' => 'PADLOCK'], language_map::of('Padlock', strtoupper(...)));
        // A mark of languages that changes nothing makes no copy.
        $this->assertSame(['en' => 'SLANG'], language_map::of('Slang', strtoupper(...)));
    }
}
