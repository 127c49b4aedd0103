<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Lists what is left of mod_palier, local_palier and availability_palier in a Moodle site after it was uninstalled; exit 1 when there is anything.
// Histories (logs, upgrade log) are meant to stay. Usage: php leftovers.php MOODLE_DIR
define('CLI_SCRIPT', true);
require($argv[1] . '/config.php');

$history = ['logstore_standard_log', 'log', 'upgrade_log', 'config_log', 'task_log', 'sessions', 'course_modules_viewed'];
$left = [];
foreach ($DB->get_tables(false) as $table) {
    if (preg_match('/^(local_)?palier/', $table)) {
        $left[] = "table $table";
        continue;
    }
    // The test site itself is called palier.
    if ($table === 'course' || in_array($table, $history) || str_ends_with($table, '_history')) {
        continue;
    }
    foreach ($DB->get_columns($table, false) as $column) {
        if (!in_array($column->meta_type, ['C', 'X'])) {
            continue;
        }
        // What names the plugin, its module, its database tables or its capabilities.
        $params = ['palier'];
        foreach (['mod', 'local', 'availability'] as $type) {
            array_push($params, "%{$type}\\_palier%", "%$type/palier%", "%$type\\\\\\\\palier%");
        }
        $text = $DB->sql_compare_text($column->name, 4000);
        $like = str_repeat(" OR {$column->name} LIKE ?", count($params) - 1);
        $count = $DB->count_records_select($table, "$text = ?$like", $params);
        if ($count) {
            $left[] = "$table.{$column->name}: $count rows";
        }
    }
}
foreach (['question_references', 'question_set_references', 'question_usages'] as $table) {
    if ($count = $DB->count_records($table, ['component' => 'mod_palier'])) {
        $left[] = "$table: $count rows";
    }
}
echo implode("\n", $left), $left ? "\n" : '';
exit($left ? 1 : 0);
