<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that local_palier would publish of random sites, with what is true beside them: attacker.py tries to compute the one
// from the other.
//
//   php attacker_tables.php SITES SEED [--without=history|complementary]
//
// A site has small groups, whose people come and go, change groups, share a result and take that back; a table is made at
// each of three dates. Nothing here decides what is published: the classes of the plugin do, and run without Moodle.
// Without history whoever shares is counted at every date; without complementary suppression each line hides its own small
// counts, and no other line is looked at.

namespace local_palier\local;

$classes = __DIR__ . '/../../adapters/moodle/local_palier/classes/local/';
foreach (['suppression', 'table_flows', 'map_people'] as $class) {
    require($classes . $class . '.php');
}

/** k of the tables: the smallest that a site may set. */
const LEAST = suppression::FLOOR;
/** Four bands of levels, not certain yet, not assessed. */
const KINDS = [0, 0, 0, 0, 1, 1];
const COMPETENCES = 3;

/** A person: the column of each competence, drawn by how likely each is for the group. */
function person(array $likely): array {
    $columns = [];
    for ($competence = 0; $competence < COMPETENCES; $competence++) {
        $left = mt_rand() / mt_getrandmax() * array_sum($likely[$competence]);
        foreach ($likely[$competence] as $column => $weight) {
            $left -= $weight;
            if ($left <= 0) {
                break;
            }
        }
        $columns[] = $column;
    }
    return ['columns' => $columns, 'here' => true, 'sharing' => false, 'counted' => []];
}

/** A group: where its people tend to be. Some groups have nearly everybody in one column. */
function likely(): array {
    return array_map(
        fn(): array => array_map(fn(): float => (mt_rand() / mt_getrandmax()) ** mt_rand(1, 6) + 0.01, KINDS),
        range(1, COMPETENCES)
    );
}

function site(bool $history, bool $complementary): array {
    $groups = mt_rand(3, 8);
    $likely = array_map(fn(): array => likely(), range(1, $groups));
    $people = [];
    for ($group = 0; $group < $groups; $group++) {
        for ($i = mt_rand(3, 40); $i > 0; $i--) {
            $people[] = person($likely[$group]) + ['group' => $group];
        }
    }
    $tables = [];
    for ($date = 0; $date < 3; $date++) {
        foreach ($people as &$one) {
            $chance = fn(float $of): bool => mt_rand() / mt_getrandmax() < $of;
            $one['sharing'] = $one['sharing'] ? !$chance(0.08) : $chance($date === 0 ? 0.6 : 0.3);
            $one['here'] = $one['here'] && !($date && $chance(0.05));
            $one['group'] = $date && $chance(0.05) ? mt_rand(0, $groups - 1) : $one['group'];
        }
        unset($one);
        for ($i = $date ? mt_rand(0, 8) : 0; $i > 0; $i--) {
            $group = mt_rand(0, $groups - 1);
            $people[] = ['sharing' => mt_rand(0, 1) > 0] + person($likely[$group]) + ['group' => $group];
        }
        $members = $uncounted = array_fill(0, $groups, 0);
        $sharing = array_fill(0, $groups, []);
        foreach ($people as $id => $one) {
            if ($one['here']) {
                $members[$one['group']]++;
                if (!$history || !$one['counted']) {
                    $uncounted[$one['group']]++;
                    if ($one['sharing']) {
                        $sharing[$one['group']][] = $id;
                    }
                }
            }
        }
        $lines = map_people::lines($sharing, $uncounted, LEAST);
        foreach ($lines as $line) {
            foreach ($line['people'] as $id) {
                $people[$id]['counted'][$date] = $people[$id]['group'];
            }
        }
        $rows = [];
        for ($competence = 0; $competence < COMPETENCES; $competence++) {
            $counts = array_map(function (array $line) use ($people, $competence): array {
                $columns = array_map(fn(int $id): int => $people[$id]['columns'][$competence], $line['people']);
                return array_replace(array_fill_keys(array_keys(KINDS), 0), array_count_values($columns));
            }, $lines);
            $total = array_map(fn(int $column): int => array_sum(array_column($counts, $column)), array_keys(KINDS));
            $merge = fn(array $of): array => suppression::merge($of, LEAST, KINDS);
            $sets = !$lines ? [] : ($complementary
                ? suppression::table($counts, LEAST, KINDS)
                : array_map($merge, [...$counts, $total]));
            $sum = fn(array $of, array $set): int => array_sum(array_intersect_key($of, array_flip($set)));
            $rows[] = array_map(
                fn(array $of, array $told): array => array_map(fn(array $set): array => [$set, $sum($of, $set)], $told),
                $lines ? [...$counts, $total] : [],
                $sets
            );
        }
        $tables[] = [
            'members' => $members,
            'lines' => array_map(fn(array $line): array => [
                'groups' => $line['groups'],
                'people' => count($line['people']),
            ], $lines),
            'rows' => $rows,
        ];
    }
    $counted = array_values(array_filter($people, fn(array $one): bool => (bool) $one['counted']));
    return [
        'tables' => $tables,
        'people' => array_map(fn(array $one): array => [
            'counted' => array_map(fn(int $date): ?int => $one['counted'][$date] ?? null, [0, 1, 2]),
            'columns' => $one['columns'],
        ], $counted),
    ];
}

[, $sites, $seed] = $argv;
$without = $argv[3] ?? '';
mt_srand((int) $seed);
echo json_encode([
    'least' => LEAST,
    'columns' => count(KINDS),
    'competences' => COMPETENCES,
    'sites' => array_map(
        fn(): array => site($without !== '--without=history', $without !== '--without=complementary'),
        range(1, (int) $sites)
    ),
]), "\n";
