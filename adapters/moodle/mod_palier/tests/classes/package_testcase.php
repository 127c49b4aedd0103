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

namespace mod_palier\tests;

use mod_palier\local\bank\bank;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\json_text;
use mod_palier\local\package\package_maker;
use mod_palier\local\package\packages;
use mod_palier\local\package\program;
use stdClass;

/**
 * An activity with packages, made by the real program with a player of empty files, and records of them.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @category   test
 */
abstract class package_testcase extends learner_testcase {
    /** @var string[] files that a player has. */
    private const PLAYER = [
        'player.js', 'player.css', 'engine.js', 'package.html', 'licences/GPL-3.0.txt', 'licences/NOTICE.txt',
    ];

    /** @var program The program. */
    protected program $program;

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $folder = make_request_directory();
        mkdir("$folder/licences");
        foreach (self::PLAYER as $name) {
            file_put_contents("$folder/$name", $name);
        }
        program::set_player($folder);
        $this->program = program::find() ?? self::markTestSkipped('No whole program: set PALIER_COMMAND to the path of palier.');
    }

    #[\Override]
    protected function tearDown(): void {
        program::set_player(null);
        parent::tearDown();
    }

    /**
     * Makes a package of the activity.
     *
     * @param string $format
     * @param int $percent
     * @param string[] $languages
     * @return stdClass row of palier_package
     */
    protected function make_package(string $format = 'scorm12', int $percent = 100, array $languages = ['en']): stdClass {
        global $DB;
        $id = $this->maker()->make($this->program, $format, $languages, $percent);
        return $DB->get_record('palier_package', ['id' => $id], '*', MUST_EXIST);
    }

    /**
     * The maker of packages of the activity.
     *
     * @return package_maker
     */
    protected function maker(): package_maker {
        global $DB;
        $palier = $DB->get_record('palier', ['id' => $this->palier->id], '*', MUST_EXIST);
        return new package_maker($palier, \core\context\module::instance($this->palier->cmid));
    }

    /**
     * The files of a package.
     *
     * @param stdClass $package
     * @return string[] by name
     */
    protected function files_of(stdClass $package): array {
        $stored = packages::file(\core\context\module::instance($this->palier->cmid), (int) $package->id);
        $folder = make_request_directory();
        $files = [];
        foreach (array_keys($stored->extract_to_pathname(get_file_packer('application/zip'), $folder)) as $name) {
            $files[$name] = is_file("$folder/$name") ? file_get_contents("$folder/$name") : '';
        }
        return $files;
    }

    /**
     * The test in a package.
     *
     * @param stdClass $package
     * @return array
     */
    protected function bundle_of(stdClass $package): array {
        $script = $this->files_of($package)['test.js'];
        return json_text::decode(substr($script, strlen('window.PALIER_TEST = '), -strlen(";\n")))['bundle'];
    }

    /**
     * What a player would leave in a platform: the engine's own way through a package, with typed answers.
     *
     * @param stdClass $package
     * @param \Closure $answer gives what is typed and the mark that is claimed, by the number of the question from 0
     * @param int $seed
     * @param int|null $most events, null to the end
     * @return string suspend_data
     */
    protected function record(stdClass $package, \Closure $answer, int $seed = 7, ?int $most = null): string {
        $engine = engine_factory::get();
        $bundle = $this->bundle_of($package);
        $items = $bundle['variants']['en']['items'];
        $places = array_flip(array_column($items, 'item'));
        $bank = new bank(0, bank::compile($items), json_text::encode($items));
        $plan = json_text::encode($bundle['plan']);
        $time = 1700000000000;
        $text = "P1;" . substr($package->bundle, 0, 16) . ";en;" . base_convert((string) $seed, 10, 36) . ';'
            . $engine->version() . ';' . base_convert((string) $time, 10, 36) . ',';
        $step = $engine->start($bank, $plan, $seed, [], $time);
        $events = array_column($step['events'], 'data');
        for ($number = 0; isset($step['next']) && ($most === null || $number < $most); $number++) {
            [$typed, $mark] = $answer($number);
            $text .= ';a' . base_convert((string) $places[$step['next']], 10, 36) . ",0;r$mark,,0,t$typed";
            $step = $engine->step($bank, $plan, json_text::object([
                'palier_log' => '1',
                'engine' => json_text::encode($engine->version()),
                'bank' => json_text::encode($bank->hash),
                'plan' => json_text::encode($engine->plan($plan)['hash']),
                'seed' => (string) $seed,
                'events' => json_text::list($events),
            ]), [['type' => 'answered', 'item' => $step['next'], 'fraction' => $mark, 'time' => $time]], $time);
            array_push($events, ...array_column($step['events'], 'data'));
        }
        $text .= isset($step['next']) ? '' : ';x' . $step['result']['stop'] . ',0';
        return 'palier-1 1-2 3 over ' . $text . ';' . hash('fnv1a32', $text);
    }
}
