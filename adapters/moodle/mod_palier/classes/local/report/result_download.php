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

namespace mod_palier\local\report;

use mod_palier\local\attempt\attempt;
use mod_palier\local\engine\engine_exception;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\json_text;
use mod_palier\local\test\next_steps;
use mod_palier\output\competence_map;
use mod_palier\output\correspondence_map;
use mod_palier\output\result_words;
use mod_palier\output\story_page;
use moodle_exception;

/**
 * The result as a file: text to read, or data.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class result_download {
    /**
     * The result of an attempt.
     *
     * @param attempt $attempt
     */
    public function __construct(
        /** @var attempt the attempt */
        protected attempt $attempt,
    ) {
    }

    /**
     * Sends the file. Does not return.
     *
     * @param string $format text or data
     */
    public function send(string $format): void {
        $name = clean_filename($this->attempt->name() . '-' . $this->attempt->attempt);
        if ($format === 'data') {
            send_file($this->data(), "$name.json", 0, 0, true, true, 'application/json');
        } else {
            send_file($this->text(), "$name.txt", 0, 0, true, true, 'text/plain; charset=utf-8');
        }
    }

    /**
     * The session log and what was known at its end.
     *
     * @return string JSON
     */
    public function data(): string {
        return json_text::object([
            'log' => $this->attempt->log()->json(),
            'result' => $this->attempt->result ?? 'null',
        ]);
    }

    /**
     * The result and its story, in sentences.
     *
     * @return string
     */
    public function text(): string {
        global $USER;
        $words = result_words::of($this->attempt);
        $who = $this->attempt->userid == $USER->id ? []
            : [get_string('resultof', 'mod_palier', fullname(\core_user::get_user($this->attempt->userid)))];
        $lines = [
            $this->attempt->name(),
            ...$who,
            userdate($this->attempt->timefinish),
            '',
            ...array_filter(
                [
                    $words->headline(), $words->margin(), ...$words->decisions(), $words->provisional(), ...$words->can(),
                    $words->stop(),
                ],
                fn($line) => $line !== ''
            ),
        ];
        if ($next = next_steps::below($this->attempt)) {
            array_push($lines, '', get_string('result_next', 'mod_palier'), ...array_map(self::next_step(...), $next));
        }
        if ($map = $words->competences()) {
            array_push($lines, '', ...(new competence_map($map, $this->attempt->plan()))->lines());
            array_push($lines, '', ...(new correspondence_map($map))->lines());
        }
        array_push($lines, '', get_string('story', 'mod_palier'), ...$this->story());
        return implode("\n", $lines) . "\n";
    }

    /**
     * The lines of the story; that it is not available for the moment where the engine does not tell it.
     *
     * @return string[]
     */
    private function story(): array {
        try {
            $steps = (new story_page($this->attempt, engine_factory::get()))->steps();
        } catch (engine_exception | moodle_exception $e) {
            if (!$e instanceof engine_exception && $e->errorcode !== 'noengine') {
                throw $e;
            }
            return [get_string('engineaway_story', 'mod_palier')];
        }
        $lines = [];
        foreach ($steps as $step) {
            $lines[] = "{$step['n']}. {$step['label']}";
            $lines[] = '   ' . $step['outcome'] . ($step['response'] === '' ? '' : get_string('colon', 'mod_palier') . ' ')
                . $step['response'];
            $lines[] = "   {$step['told']}";
        }
        return $lines;
    }

    /**
     * A next step on one line.
     *
     * @param array $step as of {@see next_steps::below()}
     * @return string
     */
    private static function next_step(array $step): string {
        $link = $step['link'] === '' ? '' : "({$step['link']})";
        $words = implode(' ', array_filter([$step['text'], $step['linktext'], $link], fn($part) => $part !== ''));
        return '- ' . ($step['competence'] === '' ? '' : $step['competence'] . get_string('colon', 'mod_palier') . ' ') . $words;
    }
}
