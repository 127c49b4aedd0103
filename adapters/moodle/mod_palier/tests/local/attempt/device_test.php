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

namespace mod_palier\local\attempt;

use core_useragent;
use mod_palier\local\calibration\choice;
use mod_palier\local\calibration\palier_answers;
use mod_palier\tests\learner_testcase;

defined('MOODLE_INTERNAL') || die();

global $CFG;
require_once($CFG->dirroot . '/mod/palier/tests/classes/learner_testcase.php');

/**
 * What is kept of the device: nothing, unless the administrator has chosen it.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\attempt\device
 * @covers     \mod_palier\local\attempt\starter
 * @covers     \mod_palier\local\attempt\step
 * @covers     \mod_palier\local\calibration\palier_answers
 */
final class device_test extends learner_testcase {
    /** @var string a phone's browser. */
    private const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) '
        . 'Version/17.5 Mobile/15E148 Safari/604.1';

    /** @var string a tablet's browser. */
    private const TABLET = 'Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 '
        . 'Safari/537.36';

    /** @var string a computer's browser. */
    private const COMPUTER = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

    #[\Override]
    protected function setUp(): void {
        parent::setUp();
        $this->make_test(4, [], ['shortanswer']);
        $this->setUser($this->learner);
    }

    #[\Override]
    protected function tearDown(): void {
        core_useragent::instance(true);
        parent::tearDown();
    }

    /**
     * What an attempt was taken on, as it is stored.
     *
     * @param string[] $agents the browser that begins, and that of each answer
     * @param bool $preview
     * @return string|null
     */
    private function device(array $agents, bool $preview = false): ?string {
        core_useragent::instance(true, array_shift($agents));
        $attempt = (new starter($this->palier, \context_module::instance($this->palier->cmid), (int) $this->learner->id, $preview))
            ->start();
        foreach ($agents as $agent) {
            core_useragent::instance(true, $agent);
            $this->answer($attempt);
        }
        return attempt_repository::load($attempt->id)->device;
    }

    public function test_nothing_is_kept_unless_it_was_chosen(): void {
        $this->assertNull($this->device([self::PHONE, self::PHONE]));
    }

    public function test_a_phone_or_tablet_a_computer_or_both(): void {
        set_config('keepdevice', 1, 'mod_palier');
        $this->assertSame('phone', $this->device([self::PHONE]));
        $this->assertSame('phone', $this->device([self::TABLET, self::PHONE]));
        $this->assertSame('both', $this->device([self::COMPUTER, self::COMPUTER]));
        $this->assertSame('both', $this->device([self::PHONE]));
    }

    public function test_a_preview_is_of_nobody(): void {
        set_config('keepdevice', 1, 'mod_palier');
        $this->setAdminUser();
        $this->assertNull($this->device([self::COMPUTER, self::PHONE], true));
    }

    public function test_answers_of_a_calibration_know_it(): void {
        set_config('keepdevice', 1, 'mod_palier');
        $this->assertSame('computer', $this->device(array_fill(0, 5, self::COMPUTER)));
        $answers = iterator_to_array((new palier_answers())->read([(int) $this->palier->id], new choice([])), false);
        $this->assertSame(array_fill(0, 4, 'computer'), array_column($answers, 'device'));
    }
}
