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

namespace mod_palier\local\scales;

/**
 * What tags say of competences.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 * @covers     \mod_palier\local\scales\scale_tag
 * @covers     \mod_palier\local\scales\scale_finder
 */
final class scale_tag_test extends \basic_testcase {
    /**
     * Tags, with their key and domain.
     *
     * @return array[]
     */
    public static function tags(): array {
        return [
            ['crcn:1.1', 'crcn:1.1', 'crcn:1'],
            ['CRCN-1.1', 'crcn:1.1', 'crcn:1'],
            ['crcn 4.3', 'crcn:4.3', 'crcn:4'],
            ['Compétence : 1.2', '1.2', '1'],
            ['competence=10.12', '10.12', '10'],
            ['1.1', '1.1', '1'],
            ['1.1.2', '1.1.2', '1'],
            ['competence:3', '3', null],
            ['competence:lecture à voix haute', 'lecture a voix haute', null],
            ['digcomp:2.1', 'digcomp:2.1', 'digcomp:2'],
            ['niveau:3', null, null],
            ['Level 3', null, null],
            ['lang:fr', null, null],
            ['2024', null, null],
            ['premiers pas', null, null],
            [':1.1', null, null],
            ['crcn:', null, null],
            ['', null, null],
        ];
    }

    /**
     * A tag is read.
     *
     * @dataProvider tags
     * @param string $tag
     * @param string|null $key
     * @param string|null $domain
     */
    public function test_a_tag_names_a_competence(string $tag, ?string $key, ?string $domain): void {
        $this->assertSame($key, scale_tag::read($tag)?->key());
        $this->assertSame($domain, scale_tag::read($tag)?->domain());
    }

    public function test_a_competency_is_found_by_its_id_number_however_it_is_written(): void {
        $finder = new scale_finder(['CRCN-1.1', 'CRCN-1.2', 'DC-1.2', 'Écrire']);
        $this->assertSame('CRCN-1.1', $finder->scale('crcn:1.1'));
        $this->assertSame('CRCN-1.1', $finder->scale('CRCN-1.1'));
        $this->assertSame('CRCN-1.1', $finder->scale('competence:1.1'));
        $this->assertSame('CRCN-1.1', $finder->scale('1.1'));
        $this->assertNull($finder->scale('pix:1.1'), 'a number of another family is another competence');
        $this->assertNull($finder->scale('1.2'), 'a number that two competences have names neither');
        $this->assertSame('DC-1.2', $finder->scale('dc:1.2'));
        $this->assertSame('Écrire', $finder->scale('ecrire'));
        $this->assertNull($finder->scale('niveau:3'));
    }
}
