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

namespace mod_palier\output;

/**
 * A result in words: the level first, the number second, the margin always.
 *
 * It says what the engine found, in the reader's language, and computes nothing but percentages for display.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class result_words {
    /**
     * The words for what is known.
     *
     * @param array $known the engine's state
     */
    public function __construct(
        /** @var array the engine's state */
        protected array $known,
    ) {
    }

    /**
     * Whether there is a result to tell.
     *
     * @return bool
     */
    public function any(): bool {
        return !empty($this->known['known']);
    }

    /**
     * The name of the level, or the number where the plan has no levels.
     *
     * @return string
     */
    public function level(): string {
        $level = $this->known['level'] ?? null;
        if (!$level) {
            return format_float($this->known['theta'], 1) . ' ' . get_string('resultscale', 'mod_palier');
        }
        $name = self::text($level['name'] ?? null);
        return $name === '' ? (string) $level['number'] : get_string('mylevel_of', 'mod_palier', [
            'name' => $name,
            'number' => $level['number'],
            'last' => $level['last'],
        ]);
    }

    /**
     * The first line.
     *
     * @return string
     */
    public function headline(): string {
        if (!$this->any()) {
            return get_string('toofewanswers', 'mod_palier');
        }
        return get_string(empty($this->known['level']) ? 'mymeasure' : 'mylevel', 'mod_palier', $this->level());
    }

    /**
     * The margin.
     *
     * @return string
     */
    public function margin(): string {
        if (!$this->any()) {
            return '';
        }
        [$low, $high] = $this->known['level_interval'] ?? array_map(
            fn($theta) => format_float($theta, 1),
            $this->known['interval']['theta'] ?? [null, null]
        );
        if ($low === null) {
            return '';
        }
        return get_string($low === $high ? 'resultinterval_same' : 'resultinterval', 'mod_palier', [
            'chances' => self::chances($this->known['interval']['probability'] ?? 0.8),
            'low' => $low,
            'high' => $high,
        ]);
    }

    /**
     * Whether the result rests on the judgement of experts.
     *
     * @return string
     */
    public function provisional(): string {
        return $this->any() && !empty($this->known['provisional']) ? get_string('provisional', 'mod_palier') : '';
    }

    /**
     * What the plan's threshold, classification and floor say, where it has them.
     *
     * @return string[] a sentence each
     */
    public function decisions(): array {
        if (!$this->any()) {
            return [];
        }
        $sentences = [
            $this->decision('threshold', $this->known['threshold']['decision'] ?? null),
            $this->group(),
            $this->decision('floor', $this->known['floor']['decision'] ?? null),
        ];
        return array_values(array_filter($sentences, fn($sentence) => $sentence !== ''));
    }

    /**
     * On which side of a bar the result is.
     *
     * @param string $bar threshold or floor
     * @param string|null $side above, below, undecided, or null where the plan has no such bar
     * @return string
     */
    private function decision(string $bar, ?string $side): string {
        return in_array($side, ['above', 'below', 'undecided']) ? get_string("{$bar}_$side", 'mod_palier') : '';
    }

    /**
     * The group of the plan's classification; nothing where the threshold has said it.
     *
     * @return string
     */
    private function group(): string {
        $found = $this->known['classification'] ?? null;
        if (!$found) {
            return '';
        }
        $cuts = array_column($found['cuts'], 'theta');
        $threshold = $this->known['threshold']['theta'] ?? null;
        if ($threshold !== null && $cuts == [$threshold]) {
            return '';
        }
        $name = self::text($found['category']['name'] ?? null);
        if (count($cuts) === 1 && $name === '') {
            return $this->decision('threshold', $found['cuts'][0]['decision']);
        }
        if (!$found['category']) {
            return get_string('group_undecided', 'mod_palier');
        }
        return get_string('group', 'mod_palier', $name === '' ? $found['category']['number'] : $name);
    }

    /**
     * Why the test stopped.
     *
     * @return string
     */
    public function stop(): string {
        $reason = $this->known['stop'] ?? null;
        return $reason && get_string_manager()->string_exists("stop_$reason", 'mod_palier')
            ? get_string("stop_$reason", 'mod_palier') : '';
    }

    /**
     * All of it in one line.
     *
     * @return string
     */
    public function sentence(): string {
        return trim($this->headline() . ($this->any() ? '. ' . $this->margin() : ''));
    }

    /**
     * How likely each level is.
     *
     * @return array of ['number', 'percent', 'text', 'mine']
     */
    public function map(): array {
        $atleast = $this->known['p_level_at_least'] ?? null;
        $level = $this->known['level'] ?? null;
        if (!$atleast || !$level || !$this->any()) {
            return [];
        }
        $map = [];
        foreach ($atleast as $k => $p) {
            $percent = (int) round(100 * max(0, $p - ($atleast[$k + 1] ?? 0)));
            $number = $level['first'] + $k;
            $map[] = [
                'number' => $number,
                'percent' => $percent,
                'height' => max(2, $percent),
                'text' => get_string('resultmap_level', 'mod_palier', ['number' => $number, 'percent' => $percent]),
                'mine' => $number === $level['number'],
            ];
        }
        return $map;
    }

    /**
     * A probability as people say it.
     *
     * @param float $probability
     * @return string
     */
    public static function chances(float $probability): string {
        $tenths = round(10 * $probability, 6);
        return $tenths == round($tenths)
            ? get_string('chances_in_ten', 'mod_palier', (int) $tenths)
            : get_string('chances_percent', 'mod_palier', format_float(100 * $probability, 0));
    }

    /**
     * A text of a plan in the reader's language.
     *
     * @param string|array|null $text
     * @return string
     */
    public static function text(string|array|null $text): string {
        if (!is_array($text)) {
            return s((string) $text);
        }
        $language = substr(current_language(), 0, 2);
        return s($text[current_language()] ?? $text[$language] ?? $text['en'] ?? reset($text) ?: '');
    }
}
