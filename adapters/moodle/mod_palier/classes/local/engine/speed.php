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

use mod_palier\local\bank\bank;
use mod_palier\local\bank\bank_builder;

/**
 * Measures a step of the engine with a bank of its own.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class speed {
    /** @var int questions of the bank. */
    private const ITEMS = 200;

    /** @var int steps that are measured. */
    private const STEPS = 5;

    /**
     * The time of one step, the best of a few.
     *
     * @return float milliseconds
     */
    public static function step(): float {
        $engine = engine_factory::get();
        $items = [];
        for ($number = 0; $number < self::ITEMS; $number++) {
            $items[] = [
                'item' => 'i' . $number,
                'scale' => bank_builder::SCALE,
                'model' => '2pl',
                'a' => 1.0,
                'b' => -3 + 6 * $number / (self::ITEMS - 1),
                'status' => 'operational',
            ];
        }
        $bank = new bank(0, bank::compile($items), json_text::encode($items));
        $plan = '{"palier_plan":1,"stop":{"max_items":20}}';
        $time = 1;
        $begun = $engine->start($bank, $plan, 1, [], $time);
        $events = array_column($begun['events'], 'data');
        $next = $begun['next'];
        $best = INF;
        for ($step = 0; $step < self::STEPS; $step++) {
            $log = json_text::object([
                'palier_log' => '1',
                'seed' => '1',
                'bank' => json_text::encode($bank->hash),
                'events' => json_text::list($events),
            ]);
            $answer = ['type' => 'answered', 'item' => $next, 'fraction' => $step % 2, 'time' => ++$time];
            $start = hrtime(true);
            $done = $engine->step($bank, $plan, $log, [$answer], $time);
            $best = min($best, (hrtime(true) - $start) / 1e6);
            array_push($events, ...array_column($done['events'], 'data'));
            $next = $done['next'];
        }
        return $best;
    }
}
