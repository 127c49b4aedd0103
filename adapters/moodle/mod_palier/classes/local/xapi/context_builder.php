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

use mod_palier\local\attempt\attempt;
use mod_palier\local\plain_name;
use mod_palier\local\scales\scale_source;

/**
 * What the statement builder cannot know from a session's log: names, addresses and who the learner is.
 *
 * The shape is the "context" of docs/host-calls.md.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class context_builder {
    /** @var string UUID of the URL namespace (RFC 4122, appendix C). */
    private const URL_NAMESPACE = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

    /** @var string The version of xAPI that statements are stored in; a destination may get another one. */
    private const VERSION = '1.0.3';

    /** @var string[] Events that say what happened with an item. */
    private const ITEM_EVENTS = ['answered', 'unknown', 'skipped', 'timed_out', 'dropped', 'rescored'];

    /**
     * The context of an attempt's statements.
     *
     * @param attempt $attempt
     * @param array $events the events (decoded) that statements are wanted of
     * @return array
     */
    public static function build(attempt $attempt, array $events): array {
        global $CFG;

        $cm = $attempt->cm();
        $course = $attempt->course();
        $name = self::name(...);
        $url = self::attempt_url($attempt->id);
        $context = [
            'site' => $CFG->wwwroot,
            'version' => self::VERSION,
            'attempt' => $url,
            'registration' => self::uuid5($url . '#registration'),
            'actor' => actor::opaque($attempt->userid),
            'activity' => [
                'id' => $CFG->wwwroot . '/mod/palier/view.php?id=' . $cm->id,
                'name' => $name($cm->name, $cm->context),
                'type' => 'http://adlnet.gov/expapi/activities/assessment',
            ],
            'parent' => [[
                'id' => $CFG->wwwroot . '/course/view.php?id=' . $course->id,
                'name' => $name($course->fullname, \context_course::instance($course->id)),
            ]],
            'language' => language_map::tag(),
        ];
        $changes = array_intersect(['dropped', 'rescored', 'resumed'], array_column($events, 'type'));
        if (!$attempt->is_open() && $attempt->result !== null && $changes) {
            // A correction, and an attempt that is opened again, withdraws exactly what was said before.
            $context['former'] = json_decode($attempt->result);
        }
        if ($framework = self::framework($attempt, $name)) {
            $context['framework'] = $framework;
        }
        if ($items = self::items($attempt, $events, $cm->context)) {
            $context['items'] = $items;
        }
        return $context;
    }

    /**
     * The competency framework that the scales of a map come from.
     *
     * @param attempt $attempt
     * @param callable $name of a text and its context, by languages
     * @return array|null
     */
    private static function framework(attempt $attempt, callable $name): ?array {
        global $CFG;

        $source = (string) $attempt->palier()->scalesource;
        $framework = str_starts_with($source, scale_source::FRAMEWORK) ? scale_source::framework($source, IGNORE_MISSING) : null;
        return $framework ? [
            'id' => $CFG->wwwroot . '/admin/tool/lp/competencies.php?competencyframeworkid=' . $framework->get('id')
                . '&pagecontextid=' . $framework->get('contextid'),
            'name' => $name($framework->get('shortname'), $framework->get_context()),
        ] : null;
    }

    /**
     * The address that names an attempt; the ids of its statements rest on it.
     *
     * @param int $attemptid
     * @return string
     */
    public static function attempt_url(int $attemptid): string {
        global $CFG;
        return $CFG->wwwroot . '/mod/palier/attempt/' . $attemptid;
    }

    /**
     * UUID version 5 of an address (RFC 4122, section 4.3).
     *
     * @param string $url
     * @return string
     */
    public static function uuid5(string $url): string {
        $hash = sha1(hex2bin(str_replace('-', '', self::URL_NAMESPACE)) . $url);
        return sprintf(
            '%s-%s-%04x-%04x-%s',
            substr($hash, 0, 8),
            substr($hash, 8, 4),
            (hexdec(substr($hash, 12, 4)) & 0x0fff) | 0x5000,
            (hexdec(substr($hash, 16, 4)) & 0x3fff) | 0x8000,
            substr($hash, 20, 12),
        );
    }

    /**
     * The questions that the events speak of.
     *
     * @param attempt $attempt
     * @param array $events
     * @param \context $context
     * @return array item id to question
     */
    private static function items(attempt $attempt, array $events, \context $context): array {
        global $CFG;

        $wanted = [];
        foreach ($events as $event) {
            if (in_array($event['type'], self::ITEM_EVENTS)) {
                $wanted[$attempt->bank()->entry_of($event['item'])] = $event['item'];
            }
        }
        if (!$wanted) {
            return [];
        }
        // An LRS is no way to the key of a test that hides it.
        $tellsright = $attempt->is_practice() || ($attempt->plan()['report']['correctness'] ?? '') === 'shown';
        $items = [];
        $quba = $attempt->quba();
        // From the end: the question of a step is the last one answered.
        foreach (array_reverse($quba->get_slots()) as $slot) {
            $qa = $quba->get_question_attempt($slot);
            $question = $qa->get_question(false);
            $item = $wanted[$question->questionbankentryid] ?? null;
            if ($item === null) {
                continue;
            }
            $items[$item] = [
                'id' => "{$CFG->wwwroot}/question/entry/{$question->questionbankentryid}/version/{$question->version}",
                'name' => self::name($question->name, $context),
            ] + interaction::described($qa, $context) + ($tellsright ? ['correct' => interaction::correct($qa)] : []);
            unset($wanted[$question->questionbankentryid]);
            if (!$wanted) {
                break;
            }
        }
        return $items;
    }

    /**
     * A name as plain text, by languages.
     *
     * @param string $name
     * @param \context $context
     * @return string[]
     */
    private static function name(string $name, \context $context): array {
        return language_map::of($name, fn(string $text): string => plain_name::of($text, $context));
    }
}
