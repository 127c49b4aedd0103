<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// How long a map of a campaign and its pages take in a large organisation: people in authorities (a cohort each) who all took
// the demonstration's map, made by the database and taken away again.
// Usage: packaging/dev-site SITE --run /path/to/maps_bench.php [--people=20000] [--authorities=300]
define('CLI_SCRIPT', true);
require(getcwd() . '/config.php');
use local_palier\local\{campaign, snapshots};
use local_palier\output\{map_page, maps_page};
use mod_palier\api;

$options = getopt('', ['people:', 'authorities:']);
$count = (int) ($options['people'] ?? 20000);
$authorities = (int) ($options['authorities'] ?? 300);
\core\session\manager::set_user(get_admin());
$old = $DB->get_record_sql("SELECT a.* FROM {palier_attempt} a WHERE a.state = 'finished' AND a.preview = 0
    AND a.result LIKE '%\"kind\":\"domain\"%' ORDER BY a.id", [], IGNORE_MULTIPLE) ?: exit("no finished map in the demonstration\n");
[$course, $cm] = get_course_and_cm_from_instance($old->palierid, 'palier');
$context = context_coursecat::instance($course->category);
$tables = ['user', 'cohort', 'cohort_members', 'question_usages', 'palier_attempt', 'local_palier_campaign',
    'local_palier_participation', 'local_palier_snapshot', 'task_adhoc'];
$last = fn(string $table) => (int) $DB->get_field_sql("SELECT COALESCE(MAX(id), 0) FROM {{$table}}");
$before = array_combine($tables, array_map($last, $tables));
$rank = fn(string $table) => "SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS i FROM {{$table}} WHERE id > {$before[$table]}";
$names = fn(string $table) => implode(', ', array_diff(array_keys($DB->get_columns($table)), ['id']));
$columns = fn(string $table, array $other) => implode(', ', array_map(
    fn($name) => $other[$name] ?? "o.$name",
    array_diff(array_keys($DB->get_columns($table)), ['id'])
));
// Several hundred different results: abilities and what is said of them, as a normal distribution has it.
$bands = api::scales_of_activity($cm->id)['bands'];
$above = fn(float $z): float => 1 / (1 + exp(-1.702 * $z));
$states = [];
mt_srand(1);
for ($i = 0; $i < 500; $i++) {
    $state = json_decode($old->result, true);
    unset($state['earlier']);
    $able = mt_rand(-200, 300) / 100;
    foreach (['scales', 'composites'] as $kind) {
        foreach ($state[$kind] as &$entry) {
            $theta = $able + mt_rand(-100, 100) / 100;
            $first = $state['levels']['first'];
            $levels = range($first, $state['levels']['last']);
            $chances = array_map(fn(int $level): float => $level === $first ? 1 : $above(($theta - ($level - 4)) / 0.4), $levels);
            $band = array_values(array_filter($bands, fn($band) => ($chances[$band['first'] - $first]
                - ($chances[$band['last'] + 1 - $first] ?? 0)) > 0.8));
            $entry = ['state' => mt_rand(0, 19) ? 'measured' : 'not_assessed', 'theta' => $theta, 'se' => 0.4,
                'band' => $band[0] ?? null, 'p_level_at_least' => $chances] + $entry;
        }
        unset($entry);
    }
    $states[] = json_encode($state);
}
$DB->execute("CREATE TEMPORARY TABLE bench_state (i integer, result text)");
foreach ($states as $i => $state) {
    $DB->execute("INSERT INTO bench_state VALUES ($i, ?)", [$state]);
}
$DB->execute("INSERT INTO {user} ({$names('user')}) SELECT {$columns('user', ['username' => "'bench-' || i", 'idnumber' => "''",
    'firstname' => "'Bench ' || i", 'email' => "i || '@example.invalid'"])} FROM {user} o, generate_series(1, $count) i
    WHERE o.id = $old->userid");
$time = time() - 5 * DAYSECS;
$cohort = fn(string $name): int => (int) $DB->insert_record('cohort', (object) ['contextid' => $context->id, 'name' => $name,
    'idnumber' => $name, 'descriptionformat' => 1, 'component' => '', 'timecreated' => $time, 'timemodified' => $time]);
$everybody = $cohort('bench');
$groups = array_map(fn(int $i): int => $cohort("Bench authority $i"), range(1, $authorities));
$DB->execute("INSERT INTO {cohort_members} (cohortid, userid, timeadded) SELECT $everybody, u.id, $time FROM ({$rank('user')}) u");
// Of very different sizes.
$DB->execute("INSERT INTO {cohort_members} (cohortid, userid, timeadded)
    SELECT $groups[0] + FLOOR($authorities * POWER(u.i / ($count + 1.0), 2)), u.id, $time FROM ({$rank('user')}) u");
$DB->execute("INSERT INTO {question_usages} ({$names('question_usages')}) SELECT {$columns('question_usages', [])}
    FROM {question_usages} o, generate_series(1, $count) i WHERE o.id = $old->qubaid");
$DB->execute("INSERT INTO {palier_attempt} ({$names('palier_attempt')}) SELECT {$columns('palier_attempt', ['userid' => 'u.id',
    'qubaid' => 'q.id', 'attempt' => '1', 'timeshared' => (string) $time, 'result' => 's.result'])}
      FROM {palier_attempt} o, ({$rank('user')}) u JOIN ({$rank('question_usages')}) q ON q.i = u.i
      JOIN bench_state s ON s.i = u.i % 500 WHERE o.id = $old->id");
$campaign = function (int $wave, ?int $series) use ($DB, $context, $cm, $everybody, $time, $rank): campaign {
    $id = $DB->insert_record('local_palier_campaign', (object) ['contextid' => $context->id, 'name' => "Bench T$wave",
        'purpose' => 'x', 'state' => campaign::OPEN, 'cohortid' => $everybody, 'timeopen' => $time, 'timeclose' => $time + YEARSECS,
        'cmid' => $cm->id, 'series' => $series, 'wave' => $wave, 'timecreated' => $time]);
    // One in twenty does not share.
    $DB->execute("INSERT INTO {local_palier_participation} (campaignid, userid, timebegun, timefinished, timeshared, timerefused)
        SELECT $id, u.id, $time, $time, $time, 0 FROM ({$rank('user')}) u WHERE u.i % 20 <> 0");
    return new campaign($DB->get_record('local_palier_campaign', ['id' => $id]));
};
foreach ($tables as $table) {
    $DB->execute("ANALYZE {{$table}}");
}
$PAGE->set_url('/local/palier/maps.php');
$PAGE->set_context($context);
$output = $PAGE->get_renderer('core');
$measure = function (string $name, callable $make) use ($DB) {
    [$from, $reads, $writes] = [microtime(true), $DB->perf_get_reads(), $DB->perf_get_writes()];
    memory_reset_peak_usage();
    $made = $make();
    printf("%s: %.2f s; %d reads, %d writes; %d MB\n", $name, microtime(true) - $from, $DB->perf_get_reads() - $reads,
        $DB->perf_get_writes() - $writes, memory_get_peak_usage() >> 20);
    return $made;
};
$show = fn(string $template, $page) => strlen($output->render_from_template("local_palier/$template", $page->export_for_template($output)));
try {
    foreach ([0, 1] as $wave) {
        $of = $campaign($wave, $wave ? $zero->id : null);
        $zero ??= $of;
        $asked = snapshots::request($of, $groups);
        $measure("map of T$wave", fn() => snapshots::make($asked->id));
        ['lines' => $lines, 'rows' => $rows, 'bands' => $columns] = $table = snapshots::get($asked->id)->table;
        $alone = array_map(fn($row) => count(array_filter(array_merge(...$row['cells']), fn($cell) => $cell['from'] === $cell['to'])), $rows);
        printf("  %d lines, %d people, %d rows, %d KB; %d of %d figures are told alone\n", count($lines), end($lines)['people'],
            count($rows), strlen(json_encode($table)) >> 10, array_sum($alone), count($rows) * count($lines) * (count($columns) + 2));
        $read = fn() => snapshots::get($asked->id);
        $measure('page, everybody', fn() => $show('map_page', new map_page($of, $read())));
        $measure('page, a competence of all groups', fn() => $show('map_page', new map_page($of, $read(), -1, 0)));
        $measure('page, a group', fn() => $show('map_page', new map_page($of, $read(), 5)));
        $measure('file', fn() => strlen(api::spreadsheet((new map_page($of, $read()))->rows())));
        $measure('list of maps', fn() => $show('maps_page', new maps_page($context)));
    }
} finally {
    foreach (array_reverse($tables) as $table) {
        $DB->delete_records_select($table, 'id > ?', [$before[$table]]);
    }
}
