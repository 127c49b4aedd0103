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

namespace mod_palier\local\engine;

/**
 * The program that comes with the plugin.
 *
 * @package   mod_palier
 * @category  test
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers    \mod_palier\local\engine\bundled_program
 * @covers    \mod_palier\local\engine\executable_engine
 * @covers    \mod_palier\local\engine\engine_factory
 */
final class bundled_program_test extends \advanced_testcase {
    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->resetAfterTest();
        if (PHP_OS_FAMILY !== 'Linux') {
            $this->markTestSkipped('Programs come for Linux');
        }
        set_config('pathtopalier', '', 'mod_palier');
    }

    #[\Override]
    protected function tearDown(): void {
        bundled_program::set_folder(null);
        parent::tearDown();
    }

    /**
     * A folder as the plugin's bin/ is in a release.
     *
     * @param string $version what the program says
     * @param int $mode of the file
     * @return string the program
     */
    private function release(string $version, int $mode): string {
        $folder = make_request_directory();
        $program = $folder . '/' . php_uname('m') . '-linux/palier';
        mkdir(dirname($program));
        file_put_contents($program, "#!/bin/sh\nprintf '{\"version\":\"{$version}\"}'\n");
        chmod($program, $mode);
        bundled_program::set_folder($folder);
        return $program;
    }

    public function test_it_is_run_where_no_path_is_set(): void {
        $program = $this->release('1', 0700);
        $this->assertSame($program, executable_engine::find()->path());
        $this->assertSame('1', executable_engine::find()->version());
    }

    public function test_a_path_of_the_settings_comes_first(): void {
        $other = $this->release('2', 0700);
        $this->release('1', 0700);
        set_config('pathtopalier', $other, 'mod_palier');
        $this->assertSame($other, executable_engine::find()->path());
    }

    public function test_without_the_right_to_execute_a_copy_is_run(): void {
        $program = $this->release('1', 0600);
        $copy = executable_engine::find()->path();
        $this->assertNotSame($program, $copy);
        $this->assertStringStartsWith(make_localcache_directory('mod_palier'), $copy);
        $this->assertSame('1', executable_engine::find()->version());
        // Caches are purged, and it is made again.
        unlink($copy);
        $this->assertSame($copy, bundled_program::path());
        $this->assertTrue(is_executable($copy));
    }

    public function test_the_program_of_another_version_of_the_plugin_is_another_copy(): void {
        $this->release('1', 0600);
        $this->assertSame('1', executable_engine::find()->version());
        $this->release('10', 0600);
        $this->assertSame('10', executable_engine::find()->version());
    }

    public function test_the_status_says_that_it_is_the_plugins_own(): void {
        $program = $this->release('1', 0700);
        if (extension_engine::find()) {
            $this->markTestSkipped('The extension is loaded');
        }
        $found = engine_factory::describe();
        $this->assertSame(['bundled', true, '1', $program], [$found['way'], $found['works'], $found['version'], $found['path']]);
    }

    public function test_the_status_says_that_there_is_none_for_this_machine(): void {
        bundled_program::set_folder(make_request_directory());
        $this->assertNull(executable_engine::find());
        if (extension_engine::find()) {
            $this->markTestSkipped('The extension is loaded');
        }
        $this->assertStringContainsString(php_uname('m'), engine_factory::describe()['error']);
    }
}
