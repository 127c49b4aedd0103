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

/**
 * Whom statements name.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\xapi\actor
 */
final class actor_test extends \advanced_testcase {
    public function test_opaque_names_differ_between_users_and_stay(): void {
        $this->resetAfterTest();
        [$one, $two] = [$this->getDataGenerator()->create_user(), $this->getDataGenerator()->create_user()];
        $this->assertNotSame(actor::opaque_name((int) $one->id), actor::opaque_name((int) $two->id));
        $this->assertSame(actor::opaque((int) $one->id), actor::opaque((int) $one->id));
        $this->assertSame(['objectType', 'account'], array_keys(actor::opaque((int) $one->id)));
        $name = actor::opaque_name((int) $one->id);
        set_config('siteidentifier', 'another site');
        $this->assertNotSame($name, actor::opaque_name((int) $one->id));
    }

    public function test_the_administrator_may_choose_another_name(): void {
        global $CFG;
        $this->resetAfterTest();
        $user = $this->getDataGenerator()->create_user([
            'username' => 'amina',
            'idnumber' => 'A12',
            'email' => 'amina@example.org',
        ]);
        $account = fn(string $name) => ['homePage' => $CFG->wwwroot, 'name' => $name];
        $of = fn(string $policy): array => actor::of((int) $user->id, $policy, $user);
        $this->assertSame($account('amina'), $of(actor::USERNAME)['account']);
        $this->assertSame($account('A12'), $of(actor::IDNUMBER)['account']);
        $this->assertSame('mailto:amina@example.org', $of(actor::EMAIL)['mbox']);
        $this->assertSame(actor::opaque((int) $user->id), $of(actor::OPAQUE));
        // A deleted account has made-up names.
        $user->deleted = 1;
        $this->assertSame(actor::opaque((int) $user->id), $of(actor::EMAIL));
    }

    public function test_a_name_that_is_missing_falls_back_to_the_opaque_one(): void {
        $this->resetAfterTest();
        $user = $this->getDataGenerator()->create_user(['idnumber' => '', 'email' => 'nobody']);
        foreach ([actor::IDNUMBER, actor::EMAIL] as $policy) {
            $actor = actor::of((int) $user->id, $policy, $user);
            $this->assertSame(actor::opaque_name((int) $user->id), $actor['account']['name']);
        }
        $this->assertArrayHasKey('account', actor::of(-5, actor::USERNAME, null));
    }
}
