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

namespace mod_palier\local;

/**
 * Tests of the guides.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
#[\PHPUnit\Framework\Attributes\CoversClass(guide::class)]
final class guide_test extends \advanced_testcase {
    /** @var string a folder of pages. */
    private string $folder;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->folder = make_request_directory();
        guide::set_folder($this->folder);
    }

    #[\Override]
    protected function tearDown(): void {
        guide::set_folder(null);
        parent::tearDown();
    }

    /**
     * Writes a page.
     *
     * @param string $name
     * @param string $text
     */
    private function page(string $name, string $text): void {
        file_put_contents("{$this->folder}/{$name}.md", $text);
    }

    public function test_a_guide_is_read_in_the_readers_language(): void {
        $this->page('teacher', "# For teachers\n\n*En français : [enseignant.md](enseignant.md).*\n\n## Begin\nWords.\n");
        $this->page('enseignant', "# Pour enseignants\n\n*In English: [teacher.md](teacher.md).*\n\n## Débuter\nMots.\n");
        $english = new guide('teacher');
        $this->assertSame(['For teachers', 'en', true], [$english->title, $english->language, $english->isthere]);
        $this->assertStringContainsString('<h3>Begin</h3>', $english->html());
        $this->assertStringNotContainsString('enseignant', $english->html());
        $french = new guide('teacher', 'fr_ca');
        $this->assertSame(['Pour enseignants', 'fr'], [$french->title, $french->language]);
        $this->assertStringContainsString('<h3>Débuter</h3>', $french->html());
    }

    public function test_links_lead_to_guides_or_to_the_web_or_nowhere(): void {
        $this->page('keeper', "# K\n[A](trainer.md), [B](formateur.md#x), [C](../X.md), [D](https://w.example/x), [E](#e)\n");
        $html = (new guide('keeper'))->html();
        $trainer = guide::url('trainer')->out();
        $this->assertStringContainsString('<a href="' . $trainer . '">A</a>', $html);
        $this->assertStringContainsString('<a href="' . $trainer . '">B</a>', $html);
        $this->assertStringContainsString('C, <a href="https://w.example/x">D</a>, E', $html);
        $this->assertStringNotContainsString('.md', $html);
    }

    public function test_tables_can_be_read_on_a_phone(): void {
        $this->page('plan', "# Plan\n\n| key | means |\n|---|---|\n| a | b |\n");
        $html = (new guide('plan'))->html();
        $this->assertStringContainsString('<div class="table-responsive"><table class="generaltable">', $html);
    }

    public function test_a_page_that_did_not_come_along_is_told_of(): void {
        $guide = new guide('tables');
        $this->assertFalse($guide->isthere);
        $this->assertSame('tables', $guide->title);
        $this->assertSame(['tables', 'tableaux'], [$guide->name, (new guide('tables', 'fr'))->name]);
        $this->assertSame('', trim($guide->html()));
    }

    public function test_there_are_no_other_pages(): void {
        $this->expectException(\moodle_exception::class);
        $this->expectExceptionMessage(get_string('guideunknown', 'mod_palier', '../config'));
        new guide('../config');
    }

    public function test_every_guide_of_the_sources_is_read_in_both_languages(): void {
        $sources = dirname((string) getenv('PALIER_REFERENCE'), 2) . '/docs';
        if (!is_dir($sources)) {
            $this->markTestSkipped('The sources are not there.');
        }
        guide::set_folder($sources);
        foreach (['en', 'fr'] as $language) {
            foreach (array_keys(guide::PAGES) as $page) {
                $guide = new guide($page, $language);
                $this->assertTrue($guide->isthere, "$page in $language");
                $this->assertSame($language, $guide->language, $page);
                $html = $guide->html();
                $this->assertGreaterThan(500, strlen(strip_tags($html)), $page);
                $this->assertDoesNotMatchRegularExpression('~href="[^"]*\.md~', $html, $page);
            }
        }
    }
}
