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

namespace mod_palier\check;

use core\check\result;
use mod_palier\local\engine\engine_factory;
use mod_palier\tests\learner_testcase;

/**
 * The site's status check.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\check\engine
 * @covers    \mod_palier_status_checks
 */
final class engine_test extends \advanced_testcase {
    #[\Override]
    protected function tearDown(): void {
        engine_factory::restore();
        parent::tearDown();
    }

    public function test_it_says_which_engine_works_and_how_fast(): void {
        $this->resetAfterTest();
        learner_testcase::use_engine();
        $result = (new engine())->get_result();
        $this->assertContains($result->get_status(), [result::OK, result::WARNING]);
        $this->assertStringContainsString(engine_factory::get()->version(), $result->get_summary());
        $this->assertMatchesRegularExpression('/\d ms/', $result->get_summary());
    }

    public function test_it_is_an_error_where_there_is_none(): void {
        $this->resetAfterTest();
        engine_factory::replace(null);
        $result = (new engine())->get_result();
        $this->assertSame(result::ERROR, $result->get_status());
        $this->assertSame(get_string('checkengine_none', 'mod_palier'), $result->get_summary());
    }

    public function test_it_is_an_error_where_it_does_not_work(): void {
        $this->resetAfterTest();
        $path = make_request_directory() . '/palier';
        file_put_contents($path, "#!/bin/sh\nexit 1\n");
        chmod($path, 0700);
        set_config('pathtopalier', $path, 'mod_palier');
        if (engine_factory::describe()['way'] === 'extension') {
            $this->markTestSkipped('The extension is loaded');
        }
        $result = (new engine())->get_result();
        $this->assertSame(result::ERROR, $result->get_status());
        $this->assertSame(get_string('checkengine_broken', 'mod_palier'), $result->get_summary());
    }

    public function test_the_status_report_has_it(): void {
        $names = array_map(fn($check) => $check::class, \core\check\manager::get_status_checks());
        $this->assertContains(engine::class, $names);
    }
}
