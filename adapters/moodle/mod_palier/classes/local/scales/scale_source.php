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

use context;
use core_competency\api as competency_api;
use core_competency\competency;
use core_competency\competency_framework;
use mod_palier\local\bank\question_tags;
use moodle_exception;

/**
 * Where the scales of a map come from: from a family of tags, or from a competency framework of the site.
 *
 * Which competences are scales depends on the questions: those that some question belongs to. A source is kept as a text:
 * `` for one level, `tags:FAMILY`, `framework:IDNUMBER`, or `plan` for scales that somebody wrote into the plan.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class scale_source {
    /** @var string one level. */
    public const ONE = '';

    /** @var string scales of the plan's author. */
    public const PLAN = 'plan';

    /** @var string begins a source of tags. */
    public const TAGS = 'tags:';

    /** @var string begins a source of a framework. */
    public const FRAMEWORK = 'framework:';

    /** @var int scales that a plan may have at most. */
    public const MOST = 64;

    /** @var int bytes that the id of a scale may have at most. */
    private const LONGEST = 64;

    /** @var int bytes that a source may have at most: as its column has characters. */
    private const LONGEST_SOURCE = 120;

    /**
     * What a teacher can choose from.
     *
     * @param context $context
     * @param string[] $tags names of the tags of the questions that may be chosen
     * @return string[] source => name
     */
    public static function choices(context $context, array $tags): array {
        $choices = [self::ONE => get_string('scalesource_one', 'mod_palier')];
        $families = [];
        foreach ($tags as $name) {
            $tag = scale_tag::read($name);
            if ($tag) {
                $families[$tag->family][$tag->value] = true;
            }
        }
        ksort($families, SORT_STRING);
        foreach ($families as $family => $values) {
            $source = self::TAGS . $family;
            if (count($values) > 1 && strlen($source) <= self::LONGEST_SOURCE) {
                $choices[$source] = self::name_of_family((string) $family);
            }
        }
        foreach (self::frameworks($context) as $framework) {
            $source = self::FRAMEWORK . $framework->get('idnumber');
            if (strlen($source) <= self::LONGEST_SOURCE) {
                $choices[$source] = get_string('scalesource_framework', 'mod_palier', format_string(
                    $framework->get('shortname'),
                    true,
                    ['context' => $framework->get_context()]
                ));
            }
        }
        return $choices;
    }

    /**
     * A source in words, for one that is not to be chosen here.
     *
     * @param string $source
     * @return string
     */
    public static function name(string $source): string {
        return match (true) {
            $source === self::ONE => get_string('scalesource_one', 'mod_palier'),
            $source === self::PLAN => get_string('scalesource_plan', 'mod_palier'),
            str_starts_with($source, self::TAGS) => self::name_of_family(substr($source, strlen(self::TAGS))),
            default => get_string('scalesource_framework', 'mod_palier', substr($source, strlen(self::FRAMEWORK))),
        };
    }

    /**
     * The scales and domains of a source for some questions.
     *
     * @param string $source of tags or of a framework
     * @param \stdClass[] $questions of bank_builder::questions()
     * @return array{scales: array[], domains: array[]} entries with id, name and, of scales, domain
     * @throws moodle_exception when they make no map
     */
    public static function map(string $source, array $questions): array {
        $map = str_starts_with($source, self::TAGS)
            ? self::of_tags(substr($source, strlen(self::TAGS)), $questions)
            : self::of_framework(self::framework($source), $questions);
        $count = count($map['scales']);
        if ($count < 2) {
            throw new moodle_exception($count ? 'mapone' : 'mapnone', 'mod_palier', '', self::example($source));
        }
        if ($count > self::MOST) {
            throw new moodle_exception('maplarge', 'mod_palier', '', ['found' => $count, 'most' => self::MOST]);
        }
        foreach (array_merge($map['scales'], $map['domains']) as $entry) {
            if (strlen($entry['id']) > self::LONGEST) {
                throw new moodle_exception('maplongid', 'mod_palier', '', ['id' => $entry['id'], 'most' => self::LONGEST]);
            }
        }
        return $map;
    }

    /**
     * A tag as questions should have it.
     *
     * @param string $source
     * @return string
     */
    public static function example(string $source): string {
        if (str_starts_with($source, self::FRAMEWORK)) {
            $framework = self::framework($source, IGNORE_MISSING);
            $key = ['competencyframeworkid' => $framework?->get('id') ?? 0];
            foreach (competency::get_records($key, 'path') as $one) {
                if ($one->get('parentid')) {
                    return $one->get('idnumber');
                }
            }
            return '1.1';
        }
        $family = substr($source, strlen(self::TAGS));
        return ($family === '' || $source === self::PLAN ? 'competence' : $family) . ':1.1';
    }

    /**
     * The framework of a source.
     *
     * @param string $source
     * @param int $strictness
     * @return competency_framework|null
     */
    public static function framework(string $source, int $strictness = MUST_EXIST): ?competency_framework {
        $idnumber = str_starts_with($source, self::FRAMEWORK) ? substr($source, strlen(self::FRAMEWORK)) : '';
        $framework = $idnumber === '' ? null : competency_framework::get_record(['idnumber' => $idnumber]);
        if (!$framework && $strictness === MUST_EXIST) {
            throw new moodle_exception('noframework', 'mod_palier', '', $idnumber);
        }
        return $framework ?: null;
    }

    /**
     * Frameworks that may be seen here.
     *
     * @param context $context
     * @return competency_framework[]
     */
    private static function frameworks(context $context): array {
        if (!competency_api::is_enabled()) {
            return [];
        }
        try {
            return competency_api::list_frameworks('shortname', 'ASC', 0, 200, $context, 'parents', true);
        } catch (\required_capability_exception $e) {
            return [];
        }
    }

    /**
     * Competences that a family of tags names.
     *
     * @param string $family
     * @param \stdClass[] $questions
     * @return array{scales: array[], domains: array[]}
     */
    private static function of_tags(string $family, array $questions): array {
        $tags = [];
        foreach (question_tags::of($questions) as $names) {
            foreach ($names as $name) {
                $tag = scale_tag::read($name);
                if ($tag && $tag->family === $family) {
                    $tags[$tag->key()] = $tag;
                }
            }
        }
        ksort($tags, SORT_NATURAL);
        $known = framework_data::names($family);
        $scales = [];
        $domains = [];
        foreach ($tags as $key => $tag) {
            $scale = ['id' => (string) $key, 'name' => $known[$tag->value] ?? $tag->value];
            $domain = $tag->domain();
            if ($domain !== null) {
                $scale['domain'] = $domain;
                $number = strtok($tag->value, '.');
                $domains[$domain] = ['id' => $domain, 'name' => $known[$number] ?? $number];
            }
            $scales[] = $scale;
        }
        return ['scales' => $scales, 'domains' => array_values($domains)];
    }

    /**
     * Competencies of a framework that questions belong to. One that has such competencies below it is a domain, no scale.
     *
     * @param competency_framework $framework
     * @param \stdClass[] $questions
     * @return array{scales: array[], domains: array[]}
     */
    private static function of_framework(competency_framework $framework, array $questions): array {
        $all = competency::get_records(['competencyframeworkid' => $framework->get('id')], 'path, sortorder');
        $byidnumber = [];
        foreach ($all as $competency) {
            $byidnumber[$competency->get('idnumber')] = $competency;
        }
        $finder = new scale_finder(array_map('strval', array_keys($byidnumber)));
        $used = array_flip(array_merge([], ...array_values($finder->of($questions))));
        $byid = [];
        foreach ($all as $competency) {
            $byid[$competency->get('id')] = $competency;
        }
        $parents = [];
        foreach (array_keys($used) as $idnumber) {
            foreach (array_filter(explode('/', $byidnumber[$idnumber]->get('path'))) as $id) {
                $parents[$id] = true;
            }
        }
        $found = array_filter($byidnumber, fn($one) => isset($used[$one->get('idnumber')]) && !isset($parents[$one->get('id')]));
        uksort($found, 'strnatcmp');
        $scales = [];
        $domains = [];
        foreach ($found as $competency) {
            $scale = ['id' => $competency->get('idnumber'), 'name' => self::plain($competency->get('shortname'))];
            $parent = $byid[$competency->get('parentid')] ?? null;
            if ($parent) {
                $scale['domain'] = $parent->get('idnumber');
                $domains[$scale['domain']] = ['id' => $scale['domain'], 'name' => self::plain($parent->get('shortname'))];
            }
            $scales[] = $scale;
        }
        return ['scales' => $scales, 'domains' => array_values($domains)];
    }

    /**
     * A name as plans have it.
     *
     * @param string $name
     * @return string
     */
    private static function plain(string $name): string {
        return trim(strip_tags($name));
    }

    /**
     * A family of tags in words.
     *
     * @param string $family
     * @return string
     */
    private static function name_of_family(string $family): string {
        return get_string('scalesource_tags', 'mod_palier', ($family === '' ? 'competence' : $family) . ':…');
    }
}
