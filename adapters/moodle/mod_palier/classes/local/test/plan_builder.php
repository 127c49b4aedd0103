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

namespace mod_palier\local\test;

use mod_palier\local\bank\bank_builder;
use mod_palier\local\engine\json_text;
use mod_palier\local\parameters\expert_levels;
use mod_palier\local\parameters\item_parameters;
use mod_palier\local\scales\map_plan;
use mod_palier\local\scales\scale_source;
use stdClass;

/**
 * Between the activity's form and its plan.
 *
 * The form knows a part of what a plan can say. What it does not know stays as it is in the plan:
 * the form's fields are laid over the plan that the activity has.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class plan_builder {
    /** @var string[] what a test may be for. */
    public const PURPOSES = ['positioning', 'practice', 'threshold'];

    /** @var string[] targets of the standard error, from quick to precise, in logits. */
    public const PRECISIONS = ['0.8', '0.7', '0.6', '0.5', '0.4', '0.35', '0.3'];

    /** @var int questions that a test may have at most. */
    public const MAXITEMS = 500;

    /** @var array the form's fields with what they are when nothing is said. */
    public const DEFAULTS = [
        'purpose' => 'positioning',
        'precision' => '0.6',
        'maxitems' => 25,
        'minitems' => 6,
        'visibility' => 'course',
        'levelscheme' => 'crcn',
        'thresholdlevel' => 3,
        'thresholdtheta' => '',
        'confidence' => '0.9',
        'randomesque' => 3,
        'easyitems' => 0,
        'seenpolicy' => 'flag',
        'maxattempts' => 0,
        'delaydays' => 0,
        'secondsperitem' => 50,
        'stopearly' => 1,
        'timelimit' => 0,
        'correctness' => 0,
        'scalesource' => '',
        'correlation' => map_plan::CORRELATION,
        'ownitems' => 0,
        'trialitems' => 0,
    ];

    /** @var int the earliest place of a question on trial: nobody begins with one. */
    private const FIRST_TRIAL = 3;

    /** @var array the abilities of those who may come, before any answer. */
    public const PRIOR = ['distribution' => 'normal', 'mean' => 0, 'sd' => 2];

    /** @var float the probability of the interval that lies within one level when it is decided: that of the margin told. */
    public const LEVEL_PROBABILITY = 0.8;

    /** @var float a question that tells less than this at the learner's level hardly changes a result: not one more is asked. */
    private const LITTLE_INFORMATION = 0.05;

    /** @var float likewise where the band of levels is decided, and all that is open is which of its levels. */
    private const LITTLE_INFORMATION_IN_BAND = 0.1;

    /** @var array names of the eight levels, and of what comes before them. */
    private const CRCN_NAMES = [
        ['fr' => 'Premiers pas, avant le niveau 1', 'en' => 'First steps, before level 1'],
        ['fr' => 'Novice', 'en' => 'Novice'],
        ['fr' => 'Novice', 'en' => 'Novice'],
        ['fr' => 'Indépendant', 'en' => 'Independent'],
        ['fr' => 'Indépendant', 'en' => 'Independent'],
        ['fr' => 'Avancé', 'en' => 'Advanced'],
        ['fr' => 'Avancé', 'en' => 'Advanced'],
        ['fr' => 'Expert', 'en' => 'Expert'],
        ['fr' => 'Expert', 'en' => 'Expert'],
    ];

    /**
     * The plan of a form.
     *
     * @param stdClass $data the form's data; absent fields have their defaults
     * @return string JSON
     * @throws \moodle_exception planjsonwrong when the expert's text is no JSON object
     */
    public static function from_form(stdClass $data): string {
        $text = trim((string) ($data->planjson ?? ''));
        $base = $text === '' ? [] : json_decode($text, true);
        if (!is_array($base) || ($base && array_is_list($base))) {
            throw new \moodle_exception('planjsonwrong', 'mod_palier', '', json_last_error_msg());
        }
        if ($text !== '' && !empty($data->planexpert)) {
            return $text;
        }
        $value = fn(string $name) => ($data->$name ?? '') === '' ? self::DEFAULTS[$name] : $data->$name;
        $plan = $base;
        $plan['palier_plan'] = 1;
        $plan['purpose'] = (string) $value('purpose');
        $plan['visibility'] = (string) $value('visibility');
        map_plan::scales($plan, $data->scalesource ?? scale_source::PLAN, $data->map ?? null);
        if (map_plan::is($plan) && ($data->correlation ?? '') !== '') {
            map_plan::correlate($plan, self::number($data->correlation));
        }
        if (map_plan::is($plan) && ($data->ownitems ?? '') !== '') {
            map_plan::ask_own($plan, (int) $data->ownitems);
        }
        $plan['scales'] ??= [['id' => bank_builder::SCALE, 'prior' => self::PRIOR]];
        $plan['selection']['criterion'] ??= 'mfi';
        $plan['selection']['randomesque'] = (int) $value('randomesque');
        $plan['start'] = ['easy_items' => (int) $value('easyitems')] + ($plan['start'] ?? []);
        if (!$plan['start']['easy_items']) {
            $plan['start'] = array_diff_key($plan['start'], ['easy_items' => 1, 'easy_information' => 1]);
        }
        $plan = $plan['start'] ? $plan : array_diff_key($plan, ['start' => 1]);
        $plan['seen']['policy'] = (string) $value('seenpolicy');
        $plan['retake']['max_attempts'] = (int) $value('maxattempts');
        $plan['retake']['delay_days'] = self::number($value('delaydays'));
        $plan['stop']['min_items'] = (int) $value('minitems');
        $plan['stop']['max_items'] = (int) $value('maxitems');
        $plan = self::with_trial($plan, (int) $value('trialitems'), $base);
        $plan['report']['seconds_per_item'] = self::number($value('secondsperitem'));
        $plan['report'] = array_diff_key($plan['report'], ['correctness' => 1])
            + ($value('correctness') || $plan['purpose'] === 'practice' ? ['correctness' => 'shown'] : []);
        $scheme = (string) $value('levelscheme');
        if ($scheme === 'crcn') {
            $plan['levels'] = self::crcn() + array_intersect_key($plan['levels'] ?? [], ['descriptions' => 1]);
        } else if ($scheme === 'own') {
            $descriptions = $plan['levels']['descriptions'] ?? [];
            $plan['levels'] = self::own((string) ($data->levelnames ?? ''));
            if ($descriptions && count($descriptions) === count($plan['levels']['cuts'] ?? []) + 1) {
                $plan['levels']['descriptions'] = $descriptions;
            }
        } else if ($scheme === 'none') {
            unset($plan['levels']);
        }
        $asked = fn(): float => plan_levels::cut($plan['levels'] ?? null, (string) $value('thresholdlevel'))
            ?? self::number($value('thresholdtheta') === '' ? '0' : $value('thresholdtheta'));
        if (map_plan::is($plan)) {
            $theta = $plan['purpose'] === 'threshold' ? $asked() : null;
            map_plan::threshold($plan, $theta, self::number($value('confidence')), $base);
        } else if ($plan['purpose'] === 'threshold') {
            $plan['threshold'] = [
                'theta' => $asked(),
                'confidence' => self::number($value('confidence')),
            ];
        } else {
            unset($plan['threshold']);
        }
        $before = isset($base['stop']['standard_error'])
            ? $base['stop']['standard_error'] / (map_plan::is($base) ? map_plan::WIDER : 1) : null;
        $precision = self::number($data->precision ?? $before ?? self::DEFAULTS['precision']);
        self::stop($plan, $precision, (bool) $value('stopearly'), MINSECS * self::number($value('timelimit')));
        return json_text::encode($plan);
    }

    /**
     * When the test stops: at the precision, or as soon as it knows. A test with a threshold has one question to answer, so
     * it goes on until that is decided, or until its length or its questions end.
     *
     * Rules that somebody wrote into the plan stay as they are.
     *
     * @param array $plan changed
     * @param float $precision target of the standard error
     * @param bool $early whether to stop when the level is decided
     * @param float $seconds limit of the time that answers take, 0 for none
     */
    private static function stop(array &$plan, float $precision, bool $early, float $seconds): void {
        if (map_plan::is($plan)) {
            map_plan::stop($plan, $precision, $early);
            $precision *= map_plan::WIDER;
            $early = false;
        }
        if (isset($plan['stop']['rules']) && self::early_of($plan['stop']['rules']) === null) {
            $plan['stop']['standard_error'] = $precision;
            return;
        }
        unset($plan['stop']['rules'], $plan['stop']['standard_error']);
        if (array_keys($plan['classification'] ?? []) === ['confidence']) {
            unset($plan['classification']);
        }
        $decides = $plan['purpose'] === 'threshold' && $early;
        if ($decides) {
            $plan['classification'] ??= ['confidence' => $plan['threshold']['confidence']];
        } else {
            $plan['stop']['standard_error'] = $precision;
        }
        $rules = match (true) {
            $decides => self::rules_of_threshold(),
            $early && isset($plan['levels']) => self::rules_of_levels(isset($plan['levels']['names'])),
            default => [],
        };
        if ($seconds > 0) {
            $rules[] = ['rule' => 'time_limit', 'seconds' => $seconds];
        }
        if ($rules) {
            $plan['stop']['rules'] = ['any' => $rules];
        }
    }

    /**
     * Stop rules of a test that finds a level. At the ends of the scale no question may lie near the learner, so that the
     * precision is never reached: then it stops when the level is decided, when its band is and hardly anything can tell
     * more, or when nothing can.
     *
     * @param bool $bands whether levels have names, which make bands
     * @return array
     */
    private static function rules_of_levels(bool $bands): array {
        $level = ['rule' => 'level_decided', 'probability' => self::LEVEL_PROBABILITY];
        $little = fn(float $information): array => ['rule' => 'no_information', 'below' => $information];
        $rules = [$level];
        if ($bands) {
            $rules[] = ['all' => [$level + ['of' => 'band'], $little(self::LITTLE_INFORMATION_IN_BAND)]];
        }
        $rules[] = $little(self::LITTLE_INFORMATION);
        return $rules;
    }

    /**
     * Stop rules of a test with a threshold.
     *
     * @return array
     */
    private static function rules_of_threshold(): array {
        return [['rule' => 'classified'], ['rule' => 'no_information', 'below' => self::LITTLE_INFORMATION]];
    }

    /**
     * What the form's fields were that made stop rules.
     *
     * @param array|null $rules
     * @return array|null [whether the test stops early, minutes at most]; null where the form did not make them
     */
    private static function early_of(?array $rules): ?array {
        $list = $rules['any'] ?? [];
        if ($rules !== null && (array_keys($rules) !== ['any'] || !array_is_list($list))) {
            return null;
        }
        $minutes = 0;
        if (($last = end($list)) && ($last['rule'] ?? '') === 'time_limit') {
            $minutes = array_pop($list)['seconds'] / MINSECS;
        }
        return match (true) {
            $list == self::rules_of_levels(true), $list == self::rules_of_levels(false), $list == self::rules_of_threshold() =>
                [1, $minutes],
            $list === [] => [0, $minutes],
            default => null,
        };
    }

    /**
     * Whether a plan has stop rules that the form did not make.
     *
     * @param string $plan JSON, or empty
     * @return bool
     */
    public static function has_own_rules(string $plan): bool {
        $rules = json_decode($plan, true)['stop']['rules'] ?? null;
        return $rules !== null && self::early_of($rules) === null;
    }

    /**
     * The form's fields of a plan.
     *
     * @param string $plan JSON, or empty for a new activity
     * @return array field => value
     */
    public static function to_form(string $plan): array {
        $data = json_decode($plan, true);
        if (!is_array($data) || !$data) {
            return self::defaults() + ['planjson' => '', 'planexpert' => 0];
        }
        $stop = $data['stop'] ?? [];
        $levels = $data['levels'] ?? null;
        $threshold = $data['threshold'] ?? null;
        [$early, $minutes] = self::early_of($stop['rules'] ?? null) ?? [0, 0];
        if (map_plan::is($data)) {
            $early = (int) isset($data['map']['level_decided']);
            $stop['standard_error'] = ($stop['standard_error'] ?? map_plan::WIDER * self::DEFAULTS['precision']) / map_plan::WIDER;
            $threshold = ($data['purpose'] ?? '') === 'threshold' ? map_plan::required($data) : null;
        }
        $form = [
            'purpose' => $data['purpose'] ?? 'positioning',
            'precision' => self::text($stop['standard_error'] ?? self::DEFAULTS['precision']),
            'maxitems' => $stop['max_items'] ?? self::DEFAULTS['maxitems'],
            'minitems' => $stop['min_items'] ?? 0,
            'visibility' => $data['visibility'] ?? 'course',
            'levelscheme' => match (true) {
                $levels === null => 'none',
                self::is_crcn($levels) => 'crcn',
                self::is_own($levels) => 'own',
                default => 'plan',
            },
            'levelnames' => self::names(self::is_own($levels ?? []) ? $levels['names'] : self::CRCN_NAMES),
            'thresholdlevel' => self::DEFAULTS['thresholdlevel'],
            'thresholdtheta' => '',
            'confidence' => self::text($threshold['confidence'] ?? self::DEFAULTS['confidence']),
            'randomesque' => $data['selection']['randomesque'] ?? 1,
            'easyitems' => $data['start']['easy_items'] ?? 0,
            'seenpolicy' => $data['seen']['policy'] ?? 'exclude',
            'maxattempts' => $data['retake']['max_attempts'] ?? 0,
            'delaydays' => $data['retake']['delay_days'] ?? 0,
            'secondsperitem' => $data['report']['seconds_per_item'] ?? self::DEFAULTS['secondsperitem'],
            'stopearly' => $early,
            'timelimit' => self::text($minutes),
            'correctness' => (int) (($data['report']['correctness'] ?? '') === 'shown' && ($data['purpose'] ?? '') !== 'practice'),
            'scalesource' => map_plan::is($data) ? scale_source::PLAN : scale_source::ONE,
            'trialitems' => self::trial_items($data),
            'correlation' => self::DEFAULTS['correlation'],
            'ownitems' => self::DEFAULTS['ownitems'],
            'planjson' => self::pretty($plan),
            'planexpert' => 0,
        ];
        if (map_plan::is($data)) {
            $form['correlation'] = isset($data['map']['correlation'])
                ? self::text(map_plan::largest($data['map']['correlation'])) : '';
            $form['ownitems'] = map_plan::own_items($data) ?? '';
        }
        if ($threshold !== null) {
            $level = plan_levels::of_cut($levels, (float) $threshold['theta']);
            $form['thresholdlevel'] = $level ?? 'theta';
            $form['thresholdtheta'] = $level === null ? self::text($threshold['theta']) : '';
        }
        return $form;
    }

    /**
     * How many questions on trial a plan asks.
     *
     * @param array $plan decoded
     * @return int
     */
    private static function trial_items(array $plan): int {
        $trial = $plan['pretest'] ?? [];
        return isset($trial['positions']) ? count($trial['positions']) : (int) ($trial['count'] ?? 0);
    }

    /**
     * Where the form has questions on trial asked: at places that nobody can tell, and that every test reaches, for it has so many
     * questions that count at least.
     *
     * @param int $count
     * @param int $minitems
     * @return array the plan's section pretest, empty without any
     */
    private static function trial(int $count, int $minitems): array {
        return $count ? ['count' => $count, 'among' => [self::FIRST_TRIAL, max($minitems, self::FIRST_TRIAL - 1 + $count)]] : [];
    }

    /**
     * A plan with so many questions on trial. Places that an expert wrote stay, as long as they are as many.
     *
     * @param array $plan decoded, with its least number of questions
     * @param int $count
     * @param array $base the plan before
     * @return array
     */
    private static function with_trial(array $plan, int $count, array $base): array {
        $before = self::trial_items($base);
        $written = $before && ($base['pretest'] ?? []) !== self::trial($before, (int) ($base['stop']['min_items'] ?? 0));
        if ($written && $before === $count) {
            return $plan;
        }
        $plan['pretest'] = self::trial($count, $plan['stop']['min_items']);
        return array_filter($plan, fn($section, $name) => $name !== 'pretest' || $section, ARRAY_FILTER_USE_BOTH);
    }

    /**
     * The levels of the French framework of digital skills: eight, with cuts at the difficulty that
     * the experts' levels stand for.
     *
     * @return array the plan's levels
     */
    public static function crcn(): array {
        return [
            'scheme' => 'crcn',
            'cuts' => array_values(expert_levels::LEVELS),
            'first' => 0,
            'response_probability' => 0.5,
            'source' => 'Default: level N begins where the questions of level N are known half of the time. '
                . 'To be confirmed by experts.',
            'names' => self::CRCN_NAMES,
        ];
    }

    /**
     * The same levels under names of the teacher's own. Levels that follow each other under one name are a band.
     *
     * @param string $text a name a line, from the one before level 1 on; the framework's where their number is wrong
     * @return array the plan's levels
     */
    public static function own(string $text): array {
        $names = self::lines($text);
        return [
            'scheme' => 'own',
            'names' => count($names) === count(self::CRCN_NAMES) ? $names : self::CRCN_NAMES,
        ] + self::crcn();
    }

    /**
     * The lines of a text that say something.
     *
     * @param string $text
     * @return string[]
     */
    public static function lines(string $text): array {
        return array_values(array_filter(array_map('trim', preg_split('/\R/u', $text)), fn($line) => $line !== ''));
    }

    /**
     * How many names levels have.
     *
     * @return int
     */
    public static function count_of_names(): int {
        return count(self::CRCN_NAMES);
    }

    /**
     * What a new activity's form has: the site's defaults, where they can be.
     *
     * @return array field => value
     */
    public static function defaults(): array {
        $choices = [
            'purpose' => self::PURPOSES,
            'precision' => self::PRECISIONS,
            'visibility' => ['course', 'after_sharing'],
            'levelscheme' => ['crcn', 'own', 'none'],
            'seenpolicy' => ['flag', 'exclude', 'allow'],
        ];
        $set = [];
        foreach ($choices as $field => $values) {
            $value = get_config('mod_palier', "default_{$field}");
            if (in_array($value, $values, true)) {
                $set[$field] = $value;
            }
        }
        foreach (['maxitems' => 1, 'minitems' => 0, 'maxattempts' => 0] as $field => $least) {
            $value = get_config('mod_palier', "default_{$field}");
            if (is_string($value) && ctype_digit($value) && $value >= $least && $value <= self::MAXITEMS) {
                $set[$field] = (int) $value;
            }
        }
        return $set + self::DEFAULTS + ['levelnames' => self::names(self::CRCN_NAMES)];
    }

    /**
     * Names as the form has them.
     *
     * @param array $names
     * @return string a line each
     */
    private static function names(array $names): string {
        return implode("\n", array_map(plan_text::of(...), $names));
    }

    /**
     * Whether levels are the framework's under other names.
     *
     * @param array $levels
     * @return bool
     */
    private static function is_own(array $levels): bool {
        return ($levels['scheme'] ?? '') === 'own' && count($levels['names'] ?? []) === count(self::CRCN_NAMES)
            && array_diff_key($levels, ['names' => 1, 'descriptions' => 1]) == array_diff_key(self::own(''), ['names' => 1]);
    }

    /**
     * A plan with one value to the line, for people.
     *
     * @param string $plan JSON
     * @return string
     */
    public static function pretty(string $plan): string {
        $data = json_decode($plan);
        return $data === null ? $plan : json_encode(
            $data,
            JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION
        );
    }

    /**
     * Whether levels are the framework's own.
     *
     * @param array $levels
     * @return bool
     */
    private static function is_crcn(array $levels): bool {
        return ($levels['scheme'] ?? '') === 'crcn' && array_diff_key($levels, ['descriptions' => 1]) == self::crcn();
    }

    /**
     * A number of the form.
     *
     * @param mixed $value
     * @return float
     */
    private static function number(mixed $value): float {
        return (float) str_replace(',', '.', (string) $value);
    }

    /**
     * The text of a number in the form.
     *
     * @param mixed $value
     * @return string
     */
    private static function text(mixed $value): string {
        return is_numeric($value) ? item_parameters::shortest((float) $value) : (string) $value;
    }
}
