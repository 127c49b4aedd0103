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
use mod_palier\tests\learner_testcase;

/**
 * A result of several competences on the learner's page: words, bars and table say the same.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\output\competence_map
 * @covers     \mod_palier\output\result_words
 */
final class competence_map_test extends learner_testcase {
    /**
     * A state as docs/host-calls.md shows it: one competence measured, one told by its domain, one not assessed.
     *
     * @return array
     */
    private function known(): array {
        $name = ['fr' => 'Niveau', 'en' => 'Level'];
        $level = fn(int $number) => ['number' => $number, 'first' => 0, 'last' => 4, 'name' => $name];
        $none = array_fill_keys(['theta', 'interval', 'level', 'level_interval', 'band', 'required'], null);
        $told = fn(int $number, int $low, int $high) => [
            'theta' => 0.5, 'interval' => [0, 1], 'level' => $level($number), 'level_interval' => [$low, $high],
        ] + $none;
        $wide = ['theta' => 0.5, 'interval' => [-2, 2], 'level_interval' => [0, 3]] + $none;
        return [
            'known' => true, 'n' => 3, 'theta' => 0.5, 'se' => 0.4, 'level' => $level(2), 'level_interval' => [2, 3],
            'levels' => ['first' => 0, 'last' => 4], 'p_level_at_least' => [1, 1, 0.95, 0.45, 0.1],
            'interval' => ['probability' => 0.8, 'theta' => [0, 1]],
            'scales' => [
                ['id' => '1.1', 'name' => 'Search <b>', 'domain' => '1', 'state' => 'measured', 'n' => 2] + $told(2, 2, 3),
                ['id' => '1.2', 'name' => 'Sort', 'domain' => '1', 'state' => 'measured', 'n' => 1] + $wide,
                ['id' => '1.3', 'name' => 'Store', 'domain' => '1', 'state' => 'reported_as_domain', 'n' => 0] + $told(3, 2, 3),
                ['id' => '2.1', 'name' => 'Share', 'domain' => '2', 'state' => 'not_assessed', 'n' => 0] + $none,
            ],
            'composites' => [
                ['id' => '1', 'kind' => 'domain', 'name' => 'Data', 'state' => 'measured', 'n' => 3] + $told(3, 2, 3),
                ['id' => '2', 'kind' => 'domain', 'name' => 'Exchange', 'state' => 'not_assessed', 'n' => 0] + $none,
                ['id' => 'overall', 'kind' => 'overall', 'name' => null, 'state' => 'measured', 'n' => 3] + $told(2, 2, 3),
            ],
        ];
    }

    /**
     * The page's part, as a tree.
     *
     * @return \DOMXPath
     */
    private function drawn(): \DOMXPath {
        global $PAGE;
        $PAGE->set_url('/mod/palier/result.php');
        $map = (new competence_map((new result_words($this->known()))->competences()))->export();
        $html = $PAGE->get_renderer('core')->render_from_template('mod_palier/competence_map', $map);
        $document = new \DOMDocument();
        $document->loadHTML('<?xml encoding="utf-8"?>' . $html, LIBXML_NOERROR);
        return new \DOMXPath($document);
    }

    /**
     * Texts of the nodes that are found.
     *
     * @param \DOMXPath $page
     * @param string $path
     * @return string[]
     */
    private function texts(\DOMXPath $page, string $path): array {
        return array_map(fn($node) => trim($node->textContent), iterator_to_array($page->query($path)));
    }

    public function test_the_headline_is_the_overall_level(): void {
        $words = new result_words($this->known());
        $this->assertSame('Your overall level: Level (2 out of 4)', $words->headline());
        $this->assertSame('Eight chances in ten that it is between 2 and 3.', $words->margin());
        $this->assertSame([], $words->map());
        $this->assertSame(['No competence clearly stands out from the whole: the margins overlap.'], $words->can());
    }

    public function test_a_result_of_one_scale_has_none(): void {
        $this->assertNull((new result_words(['known' => true, 'theta' => 0.5, 'se' => 0.4, 'n' => 3]))->competences());
    }

    public function test_without_an_engine_the_page_goes_without(): void {
        engine_factory::replace(null);
        $this->assertNull((new result_words($this->known()))->competences());
    }

    public function test_words_bars_and_table_say_the_same(): void {
        $page = $this->drawn();
        $lines = [
            'Search <b>' => 'Level (2 out of 4), between 2 and 3',
            'Sort' => 'level 3 out of 4 at most',
            'Store' => 'told by its domain: Level (3 out of 4), between 2 and 3',
            'Share' => 'not assessed',
        ];
        $this->assertSame(array_keys($lines), $this->texts($page, '//li/p[@class="palier-name"]'));
        $this->assertSame(array_values($lines), $this->texts($page, '//li/p[@class="palier-told"]'));
        $this->assertSame(array_keys($lines), $this->texts($page, '//tr/th[@scope="row"]'));
        $this->assertSame(array_values($lines), $this->texts($page, '//tr[th[@scope="row"]]/td[1]'));
        $this->assertSame(['2', '1', '0', '0'], $this->texts($page, '//tr[th[@scope="row"]]/td[2]'));
        $this->assertSame(['Data', 'Exchange'], $this->texts($page, '//h4'));
    }

    public function test_what_was_not_assessed_has_no_bar_and_a_wide_margin_no_level(): void {
        $page = $this->drawn();
        $bars = fn(string $name, string $what) => $page->query("//li[p='$name']//*[local-name()='$what']")->length;
        $this->assertSame([2, 1, 2, 0], array_map(fn($name) => $bars($name, 'rect'), ['Search <b>', 'Sort', 'Store', 'Share']));
        // A fifth of the axis is a level.
        $mark = $page->query("//li[p='Search <b>']//*[@class='mark']")->item(0);
        $this->assertSame(['40', '20'], [$mark->getAttribute('x'), $mark->getAttribute('width')]);
        $margin = $page->query("//li[p='Sort']//*[@class='margin']")->item(0);
        $this->assertSame(['0', '80'], [$margin->getAttribute('x'), $margin->getAttribute('width')]);
        $this->assertSame(1, $page->query("//*[contains(@class, 'palier-borrowed')]")->length);
        $this->assertStringContainsString('It is not a zero', implode(' ', $this->texts($page, '//p[@class="palier-note"]')));
    }

    public function test_a_downloaded_text_has_it_in_lines(): void {
        $lines = (new competence_map((new result_words($this->known()))->competences()))->lines();
        $this->assertSame('Your competences, domain by domain', $lines[0]);
        $this->assertSame('Data: Level (3 out of 4), between 2 and 3', $lines[1]);
        $this->assertSame('   Search <b>: Level (2 out of 4), between 2 and 3', $lines[2]);
        $this->assertSame('   Share: not assessed', $lines[6]);
    }
}
