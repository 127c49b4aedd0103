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

namespace local_palier\local;

use context_coursecat;
use local_palier\output\kit_document_page;
use local_palier\tests\programme_testcase;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once(__DIR__ . '/../classes/programme_testcase.php');

/**
 * Documents of a campaign are made from its real settings and those of the site: a changed setting changes them.
 *
 * @package    local_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \local_palier\local\kit
 * @covers     \local_palier\local\document
 * @covers     \local_palier\local\odt
 * @covers     \local_palier\output\kit_document_page
 */
final class kit_test extends programme_testcase {
    /** @var context_coursecat whose campaign it is. */
    private context_coursecat $place;

    /** @var stdClass its test. */
    private stdClass $template;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        // Noon, the first of November 2026 in Perth, the time zone of Moodle's tests.
        [$this->place, $course] = $this->make_place(strtotime('2026-11-01T12:00:00+08:00'));
        $this->template = $this->getDataGenerator()->get_plugin_generator('mod_palier')->create_test($course, 24);
    }

    /**
     * A campaign from 2 to 30 November.
     *
     * @param array $values columns
     * @return campaign in preparation
     */
    private function draft(array $values = []): campaign {
        return campaigns::begin($this->place, $values + [
            'name' => 'Common base <1>',
            'purpose' => "To choose trainings together.\n- for nothing else",
            'timeopen' => strtotime('2026-11-02T08:00:00+08:00'),
            'timeclose' => strtotime('2026-11-30T18:00:00+08:00'),
            'templateid' => $this->template->cmid,
            'landing' => '## Welcome to everybody.',
            'help' => 'Room 12, 01 23 45 67 89',
        ]);
    }

    /**
     * All that a document says.
     *
     * @param campaign $campaign
     * @param string $name
     * @param string $language
     * @return string
     */
    private function words(campaign $campaign, string $name, string $language = 'en'): string {
        return kit::in_language($language, function () use ($campaign, $name): string {
            $document = (new kit($campaign))->document($name);
            $texts = [$document->title];
            foreach ($document->blocks() as $block) {
                unset($block['png'], $block['kind'], $block['level']);
                array_walk_recursive($block, function (string $text) use (&$texts): void {
                    $texts[] = $text;
                });
            }
            return implode("\n", $texts);
        });
    }

    public function test_each_document_is_there_in_both_languages_with_the_campaigns_own_links_and_dates(): void {
        global $CFG, $PAGE;
        $this->assertSame(['en'], kit::languages());
        // The months are the pack's; all the rest is this plugin's own.
        mkdir("$CFG->langotherroot/fr", $CFG->directorypermissions, true);
        file_put_contents("$CFG->langotherroot/fr/langconfig.php", '<?php $string["thislanguage"] = "Français";');
        get_string_manager()->reset_caches();
        $this->assertSame(['fr', 'en'], kit::languages());
        $campaign = campaigns::launch($this->draft());
        $code = $campaign->row->code;
        $link = "https://www.example.com/moodle/local/palier/join.php?code=$code";
        $told = [
            'announcement' => ['2 November 2026', '30 November 2026', 'Room 12'],
            'invitation' => [$link, chunk_split($code, 4, ' '), '30 November 2026', '## Welcome to everybody.'],
            'reminder' => [$link, '30 November 2026'],
            'thanks' => ['/local/palier/mycampaigns.php', '10 people or more'],
            'poster' => ['Common base <1>', $link, chunk_split($code, 4, ' ')],
            'manager' => ['2 November 2026', 'Room 12'],
            'adviser' => ['To choose trainings together.'],
            'checklist' => ['Before 2 November 2026', 'After 30 November 2026'],
            'calendar' => ['26 October 2026', '16 November 2026', '27 November 2026', '1 December 2026'],
            'notice' => ['fewer than 10 people', '24 months', 'Campaign manager (Palier)', 'Manager'],
            'sheet' => ['24 months', '36 months'],
            'model' => ['Levels: ', '/mod/palier/guide.php'],
        ];
        $kit = new kit($campaign);
        $this->assertSame(array_keys($told), array_merge(...array_values($kit->names())));
        foreach ($told as $name => $parts) {
            $english = $this->words($campaign, $name);
            foreach ($parts as $part) {
                $this->assertStringContainsString(trim($part), $english, $name);
            }
            $french = $this->words($campaign, $name, 'fr');
            $this->assertNotSame($english, $french, $name);
            foreach ([$english, $french] as $words) {
                $this->assertDoesNotMatchRegularExpression('/\[\[|\{\$a/', $words, $name);
            }
            $output = $PAGE->get_renderer('core');
            $data = (new kit_document_page($kit->document($name), 'en', new \moodle_url('/')))->export_for_template($output);
            $html = $output->render_from_template('local_palier/kit_document_page', $data);
            $this->assertStringNotContainsString('<1>', $html, $name);
        }
        // What people wrote begins no heading and no list.
        $kinds = array_column((new kit($campaign))->document('invitation')->blocks(), 'kind');
        $this->assertSame(['paragraph'], array_values(array_unique($kinds)));
        // The reader's own language is what it was.
        $this->assertSame('en', current_language());
        $french = $this->words($campaign, 'notice', 'fr');
        foreach (['Aucun chiffre ne porte sur moins de 10 personnes.', 'To choose trainings together.'] as $part) {
            $this->assertStringContainsString($part, $french);
        }
        remove_dir("$CFG->langotherroot/fr");
        get_string_manager()->reset_caches();
    }

    public function test_a_changed_setting_changes_the_documents(): void {
        global $DB;
        $this->assertStringContainsString('To choose trainings', $this->words($this->draft(), 'notice'));
        $other = $this->draft([
            'purpose' => 'To plan workshops.',
            'timeclose' => strtotime('2026-12-15T18:00:00+08:00'),
        ]);
        foreach (['notice', 'sheet', 'manager', 'announcement'] as $name) {
            $this->assertStringContainsString('To plan workshops.', $this->words($other, $name), $name);
            $this->assertStringNotContainsString('To choose trainings', $this->words($other, $name), $name);
        }
        foreach (['announcement', 'thanks', 'calendar', 'checklist'] as $name) {
            $this->assertStringContainsString('15 December 2026', $this->words($other, $name), $name);
        }
        set_config('least', 17, 'local_palier');
        set_config('responsemonths', 7, 'mod_palier');
        set_config('resultmonths', 13, 'mod_palier');
        foreach (['notice', 'sheet', 'model', 'thanks'] as $name) {
            $this->assertStringContainsString('17', $this->words($other, $name), $name);
        }
        foreach (['notice', 'sheet'] as $name) {
            foreach (['7 months', '13 months'] as $kept) {
                $this->assertStringContainsString($kept, $this->words($other, $name), $name);
            }
            $this->assertStringNotContainsString('24 months', $this->words($other, $name), $name);
        }
        // Who sees what: of the site for results, of the place of the campaign for counts.
        $role = $this->getDataGenerator()->create_role(['name' => 'Staff counsel']);
        $this->assertStringNotContainsString('Staff counsel', $this->words($other, 'notice'));
        assign_capability('local/palier:viewmaps', CAP_ALLOW, $role, $this->place->id);
        $this->assertStringContainsString('Staff counsel', $this->words($other, 'notice'));
        assign_capability('mod/palier:viewreports', CAP_ALLOW, $role, \context_system::instance()->id);
        $this->assertSame(2, substr_count($this->words($other, 'notice'), 'Staff counsel'));
    }

    public function test_before_the_launch_there_is_what_is_handed_out_before_it(): void {
        $kit = new kit($this->draft());
        $this->assertSame(['notice', 'sheet', 'model'], $kit->names()['representatives']);
        $this->assertSame(['announcement', 'thanks'], $kit->names()['messages']);
        $this->expectExceptionMessage('There is no such document: poster.');
        $kit->document('poster');
    }

    public function test_an_odt_is_a_package_as_the_standard_has_it(): void {
        $campaign = campaigns::launch($this->draft());
        foreach (array_merge(...array_values(kit::GROUPS)) as $name) {
            $document = (new kit($campaign))->document($name);
            $file = odt::of($document, 'fr');
            // OpenDocument 1.2, part 3, section 3.3: so that the type stands at a place that is known.
            $this->assertSame("PK\x03\x04", substr($file, 0, 4));
            $this->assertSame('mimetypeapplication/vnd.oasis.opendocument.text', substr($file, 30, 47));
            $path = make_request_directory() . '/file.odt';
            file_put_contents($path, $file);
            $zip = new \ZipArchive();
            $this->assertTrue($zip->open($path, \ZipArchive::CHECKCONS));
            $this->assertSame(\ZipArchive::CM_STORE, $zip->statIndex(0)['comp_method']);
            $parts = [];
            for ($i = 0; $i < $zip->numFiles; $i++) {
                $parts[$zip->getNameIndex($i)] = $zip->getFromIndex($i);
            }
            $xml = [];
            foreach (array_filter(array_keys($parts), fn(string $part): bool => str_ends_with($part, '.xml')) as $part) {
                $xml[$part] = new \DOMDocument();
                $this->assertTrue($xml[$part]->loadXML($parts[$part]), "$name $part");
            }
            // The manifest names each file but itself and the type.
            $listed = [];
            foreach ($xml['META-INF/manifest.xml']->getElementsByTagName('file-entry') as $entry) {
                $listed[] = $entry->getAttribute('manifest:full-path');
            }
            $this->assertEqualsCanonicalizing(
                ['/', ...array_diff(array_keys($parts), ['mimetype', 'META-INF/manifest.xml'])],
                $listed
            );
            // Headings are headings, one of them the title; each style that is used is there.
            $space = 'urn:oasis:names:tc:opendocument:xmlns:text:1.0';
            $titles = [];
            foreach ($xml['content.xml']->getElementsByTagNameNS($space, 'h') as $heading) {
                $titles[$heading->getAttributeNS($space, 'outline-level')][] = $heading->textContent;
            }
            $this->assertSame([$document->title], $titles[1]);
            $headings = array_filter($document->blocks(), fn(array $block): bool => $block['kind'] === 'heading');
            $this->assertSame(count($headings), array_sum(array_map('count', $titles)) - 1, $name);
            preg_match_all('/(?:text|table):style-name="([^"]+)"/', $parts['content.xml'], $used);
            foreach (array_unique($used[1]) as $style) {
                $this->assertStringContainsString("style:name=\"$style\"", $parts['styles.xml'] . $parts['content.xml'], $name);
            }
            if ($name === 'poster') {
                $this->assertSame("\x89PNG", substr($parts['Pictures/1.png'], 0, 4));
            }
            $zip->close();
        }
    }

    public function test_the_calendar_comes_as_a_file_for_diaries(): void {
        $diary = (new kit($this->draft()))->diary();
        preg_match_all('/^DTSTART;VALUE=DATE:(\d+)\r$/m', $diary, $found);
        $this->assertSame(['20261026', '20261102', '20261116', '20261127', '20261130', '20261201'], $found[1]);
        $this->assertStringStartsWith("BEGIN:VCALENDAR\r\n", $diary);
        // A short one has no reminder at half-time.
        $short = $this->draft(['timeclose' => strtotime('2026-11-04T18:00:00+08:00')]);
        $this->assertSame(['announce', 'open', 'close', 'thanks'], array_keys((new kit($short))->days()));
    }
}
