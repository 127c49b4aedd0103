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

/**
 * Where statements go: destinations added, changed, paused, tried and removed, what waits for each and why.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */

use core\output\notification;
use mod_palier\event\destination_changed;
use mod_palier\event\destination_viewed;
use mod_palier\form\destination_form;
use mod_palier\local\counted;
use mod_palier\local\xapi\destinations;
use mod_palier\local\xapi\trial;
use mod_palier\output\destination_page;
use mod_palier\output\destinations_page;

require_once(__DIR__ . '/../../config.php');
require_once($CFG->libdir . '/adminlib.php');

$id = optional_param('id', 0, PARAM_INT);
$edit = optional_param('edit', false, PARAM_BOOL);
$do = optional_param('do', '', PARAM_ALPHA);

$list = new moodle_url('/mod/palier/destinations.php');
$page = new moodle_url($list, $id ? ['id' => $id] : []);
// Checks that it is an administrator who is here.
admin_externalpage_setup('mod_palier_destinations', '', null, $page);
$title = get_string('destinations', 'mod_palier');
$destination = $id ? destinations::get($id) : null;
$test = null;

if ($destination && $do !== '') {
    require_sesskey();
    $done = fn(string $string, ?int $count = null, ?moodle_url $to = null) => redirect(
        $to ?? $page,
        $count === null ? get_string($string, 'mod_palier') : counted::text($string, $count),
        null,
        notification::NOTIFY_SUCCESS,
    );
    switch ($do) {
        case 'pause':
            destinations::suspend($id);
            destination_changed::note($id, 'paused', $destination->name);
            $done('destination_paused');
            break;
        case 'resume':
            destinations::resume($id);
            destination_changed::note($id, 'resumed', $destination->name);
            $done('destination_resumed');
            break;
        case 'resend':
            $count = destinations::resend($id, optional_param('delivery', 0, PARAM_INT));
            destination_changed::note($id, 'resent', $destination->name);
            $done('resend_done', $count);
            break;
        case 'remove':
            if (optional_param('confirm', false, PARAM_BOOL)) {
                destinations::remove($id);
                destination_changed::note($id, 'removed', $destination->name);
                $done('destination_removed', null, $list);
            }
            break;
        case 'test':
            $test = trial::of($destination, $USER);
            destination_changed::note($id, 'tried', $destination->name);
            break;
    }
}

$form = null;
if ($edit) {
    $form = new destination_form($list, [
        'destination' => $destination,
        'first' => !destinations::any() && !destinations::removed(),
    ]);
    if ($form->is_cancelled()) {
        redirect($page);
    }
    if ($row = $form->row()) {
        $saved = destinations::save($row, $id);
        destination_changed::note($saved, $id ? 'changed' : 'added', $row->name);
        redirect(
            new moodle_url($list, ['id' => $saved]),
            get_string('destination_saved', 'mod_palier'),
            null,
            notification::NOTIFY_SUCCESS,
        );
    }
} else if ($destination) {
    destination_viewed::create([
        'objectid' => $id,
        'context' => context_system::instance(),
        'other' => ['dryrun' => $do === 'dryrun'],
    ])->trigger();
}

echo $OUTPUT->header();
if ($form) {
    echo $OUTPUT->heading(get_string($destination ? 'destination_edit' : 'destination_add', 'mod_palier'));
    $form->display();
} else if ($destination && $do === 'remove') {
    echo $OUTPUT->heading(s($destination->name));
    echo $OUTPUT->confirm(
        get_string('destination_removesure', 'mod_palier', s($destination->name)),
        new single_button(
            new moodle_url($page, ['do' => 'remove', 'confirm' => 1, 'sesskey' => sesskey()]),
            get_string('destination_remove', 'mod_palier'),
        ),
        $page,
    );
} else if ($destination) {
    echo $OUTPUT->heading(s($destination->name));
    echo $OUTPUT->render(new destination_page(destinations::get($id), $list, $test, $do === 'dryrun'));
} else {
    echo $OUTPUT->heading($title);
    echo $OUTPUT->render(new destinations_page($list));
}
echo $OUTPUT->footer();
