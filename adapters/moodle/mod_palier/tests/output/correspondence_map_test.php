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

namespace mod_palier\output;

use mod_palier\local\engine\engine_factory;
use mod_palier\local\report\result_download;
use mod_palier\local\scales\correspondence;
use mod_palier\tests\map_testcase;

/**
 * A result by competence is read by another framework: what was measured is told there as it was, and nothing is made of it.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\output\correspondence_map
 * @covers     \mod_palier\local\scales\correspondence
 * @covers     \mod_palier\local\scales\framework_data
 */
final class correspondence_map_test extends map_testcase {
    /**
     * What the engine says of these competences, as docs/delivery.md has it.
     *
     * @param string[] $texts by id
     * @return correspondence_map
     */
    private function map(array $texts): correspondence_map {
        $rows = array_map(fn($id, $text) => ['id' => $id, 'name' => $id, 'text' => $text], array_keys($texts), $texts);
        return new correspondence_map(['domains' => [
            ['row' => null, 'scales' => array_slice($rows, 0, 1)],
            ['row' => null, 'scales' => array_slice($rows, 1)],
        ]]);
    }

    /**
     * What is told below each competence, by its name.
     *
     * @param array $told
     * @return array[]
     */
    private function below(array $told): array {
        $competences = array_merge(...array_column($told['areas'], 'competences'));
        return array_map(
            fn($one) => array_column($one['related'], 'text', 'name') ?: [$one['none']],
            array_column($competences, null, 'name')
        );
    }

    public function test_each_competence_there_tells_those_that_were_measured_as_they_were(): void {
        $told = $this->map(['crcn:1.1' => 'level 3, between 2 and 4', 'crcn:1.2' => 'not assessed', 'CRCN-4.1' => '<b>']);
        $told = $told->export();
        $this->assertStringContainsString('DigComp', $told['title']);
        $this->assertStringContainsString('no measurement of its own', $told['note']);
        // Vuorikari, Kluzer and Punie (2022): five areas, 21 competences.
        $this->assertCount(5, $told['areas']);
        $below = $this->below($told);
        $this->assertCount(21, $below);
        $this->assertSame(
            [
                'CRCN 1.1 Search for and monitor information' => 'level 3, between 2 and 4',
                'CRCN 1.3 Process data' => 'not assessed',
            ],
            $below['1.2 Evaluating data, information and digital content']
        );
        $this->assertSame(
            ['CRCN 1.2 Manage data' => 'not assessed', 'CRCN 1.3 Process data' => 'not assessed'],
            $below['1.3 Managing data, information and digital content']
        );
        $this->assertSame(['CRCN 4.1 Secure the digital environment' => '<b>'], $below['4.1 Protecting devices']);
        $this->assertSame(['no competence of CRCN corresponds to it'], $below['5.3 Creatively using digital technology']);
        $this->assertStringContainsString('CRCN, version 2019: Décret n° 2019-919', $told['sources'][0]['text']);
        $this->assertStringContainsString('DigComp, version 2.2 (2022): Vuorikari', $told['sources'][1]['text']);
        $this->assertStringContainsString('CC BY 4.0', $told['sources'][1]['text']);
        $this->assertSame(['fr', 'en'], array_column($told['sources'], 'language'));
    }

    public function test_the_other_way_round(): void {
        $told = $this->map(['digcomp:1.1' => 'level 5', 'digcomp:1.2' => 'level 2'])->export();
        $below = $this->below($told);
        $this->assertCount(16, $below);
        $this->assertSame(
            [
                'DigComp 1.1 Browsing, searching and filtering data, information and digital content' => 'level 5',
                'DigComp 1.2 Evaluating data, information and digital content' => 'level 2',
            ],
            $below['1.1 Search for and monitor information']
        );
    }

    public function test_competences_of_no_framework_or_of_two_are_not_read_so(): void {
        foreach ([['1.1', '1.2'], ['pix:1.1', 'pix:1.2'], ['crcn:1.1', 'digcomp:1.1'], ['crcn:1', 'crcn:9.9'], []] as $ids) {
            $this->assertNull(correspondence::of($ids), implode(', ', $ids));
        }
        $this->assertNull($this->map(['1.1' => '', '1.2' => ''])->export());
        $this->assertSame([], $this->map(['1.1' => '', '1.2' => ''])->lines());
    }

    public function test_the_page_has_it_below_the_map_with_headings_in_order_and_the_story_leads_to_it(): void {
        global $PAGE;
        $this->make_map();
        $attempt = $this->take();
        $PAGE->set_url('/mod/palier/result.php');
        $output = $PAGE->get_renderer('core');
        $document = new \DOMDocument();
        $html = $output->render_from_template('mod_palier/result_page', (new result_page($attempt))->export_for_template($output));
        $document->loadHTML('<?xml encoding="utf-8"?>' . $html, LIBXML_NOERROR);
        $page = new \DOMXPath($document);
        $texts = fn(string $path) => array_map(fn($node) => trim($node->textContent), iterator_to_array($page->query($path)));
        $this->assertCount(1, $texts('//section[@aria-labelledby="palier-correspondence"]/h3[@id="palier-correspondence"]'));
        $this->assertCount(5, $texts('//section/details/div/h4'));
        foreach ($texts('//*[self::h2 or self::h3 or self::h4]') as $heading) {
            $this->assertNotSame('', $heading);
        }
        // What the map says of a competence is said of it below.
        $said = $texts('//section[contains(@class, "palier-competences")]//li[starts-with(p, "1.2 ")]/p[@class="palier-told"]');
        $this->assertSame(
            ["CRCN 1.2 Manage data: {$said[0]}"],
            $texts('//section[contains(@class, "palier-correspondence")]//li[starts-with(p, "1.3 ")]/p[starts-with(., "CRCN 1.2")]')
        );
        $story = (new story_page($attempt, engine_factory::get()))->export_for_template($output);
        $html = $output->render_from_template('mod_palier/story_page', $story);
        $this->assertStringContainsString("result.php?attempt={$attempt->id}#palier-correspondence", $html);
        $text = (new result_download($attempt))->text();
        $this->assertStringContainsString("CRCN 1.2 Manage data: {$said[0]}", $text);
        $this->assertStringContainsString('no measurement of its own', $text);
    }
}
