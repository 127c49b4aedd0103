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

namespace mod_palier\form;

use core\clock;
use core\di;
use mod_palier\local\xapi\actor;
use mod_palier\local\xapi\destination;
use mod_palier\reportbuilder\local\entities\statement;
use moodleform;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/formslib.php');

/**
 * A destination: where it is, what it gets, whom it may know. The secret is asked and never given back.
 *
 * @package   mod_palier
 * @copyright 2026 Palier contributors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class destination_form extends moodleform {
    /** @var string From now on. */
    private const NOW = 'now';

    /** @var string All that Moodle has. */
    private const EVERYTHING = 'all';

    /** @var string As it is. */
    private const SAME = 'same';

    #[\Override]
    protected function definition() {
        $form = $this->_form;
        $text = fn(string $key, mixed $a = null): string => get_string($key, 'mod_palier', $a);
        /** @var destination|null $present */
        $present = $this->_customdata['destination'];
        $form->addElement('hidden', 'id');
        $form->setType('id', PARAM_INT);
        $form->addElement('hidden', 'edit', 1);
        $form->setType('edit', PARAM_BOOL);

        $form->addElement('text', 'name', $text('destination_name'), ['size' => 40, 'maxlength' => 255]);
        $form->setType('name', PARAM_TEXT);
        $form->addRule('name', null, 'required', null, 'client');
        $form->addElement('text', 'endpoint', $text('lrsendpoint'), ['size' => 60, 'maxlength' => 1333]);
        $form->setType('endpoint', PARAM_RAW_TRIMMED);
        $form->addRule('endpoint', null, 'required', null, 'client');
        $form->addHelpButton('endpoint', 'lrsendpoint', 'mod_palier');
        $form->addElement('text', 'lrskey', $text('lrskey'), ['size' => 40, 'maxlength' => 255, 'autocomplete' => 'off']);
        $form->setType('lrskey', PARAM_RAW_TRIMMED);
        $form->addHelpButton('lrskey', 'lrskey', 'mod_palier');
        $form->addElement('password', 'secret', $text('lrssecret'), ['size' => 40, 'autocomplete' => 'new-password']);
        $form->setType('secret', PARAM_RAW);
        $form->addHelpButton('secret', 'lrssecret', 'mod_palier');
        if ($present) {
            $form->addElement('static', 'secretkept', '', $text('lrssecret_kept'));
        }
        $form->addElement('select', 'version', $text('lrsversion'), array_combine(destination::VERSIONS, destination::VERSIONS));
        $form->addHelpButton('version', 'lrsversion', 'mod_palier');

        $form->addElement('select', 'wanted', $text('destination_wanted'), [
            destination::ALL => $text('wanted_all'),
            destination::RESULTS => $text('wanted_results'),
            destination::VERBS => $text('wanted_verbs'),
        ]);
        $form->addHelpButton('wanted', 'destination_wanted', 'mod_palier');
        $verbs = array_diff_key(statement::verbs(), ['voided' => '']);
        $form->addElement('autocomplete', 'verbs', $text('destination_verbs'), $verbs, ['multiple' => true]);
        $form->hideIf('verbs', 'wanted', 'neq', destination::VERBS);
        $categories = \core_course_category::make_categories_list();
        $form->addElement('autocomplete', 'categories', $text('destination_categories'), $categories, ['multiple' => true]);
        $form->addHelpButton('categories', 'destination_categories', 'mod_palier');
        $form->addElement('course', 'courses', $text('destination_courses'), ['multiple' => true]);
        $form->addElement('select', 'history', $text('destination_history'), $this->histories($present));
        $form->addHelpButton('history', 'destination_history', 'mod_palier');
        $form->addElement('select', 'actorpolicy', $text('actorpolicy'), actor::policies());
        $form->addHelpButton('actorpolicy', 'actorpolicy', 'mod_palier');
        $this->add_action_buttons();
        $this->set_data($present ? [
            'id' => $present->id,
            'name' => $present->name,
            'endpoint' => $present->endpoint,
            'lrskey' => $present->key,
            'version' => $present->version,
            'wanted' => $present->wanted,
            'verbs' => $present->verbs,
            'categories' => $present->categories,
            'courses' => $present->courses,
            'actorpolicy' => $present->actorpolicy,
        ] : ['id' => 0, 'history' => $this->_customdata['first'] ? self::EVERYTHING : self::NOW]);
    }

    /**
     * From when on statements may be sent.
     *
     * @param destination|null $present
     * @return string[]
     */
    private function histories(?destination $present): array {
        $everything = [self::EVERYTHING => get_string('history_all', 'mod_palier')];
        if (!$present) {
            return [self::NOW => get_string('history_now', 'mod_palier')] + $everything;
        }
        $date = userdate($present->since, get_string('strftimedatetimeshort', 'langconfig'));
        return $present->since ? [self::SAME => get_string('history_since', 'mod_palier', $date)] + $everything : $everything;
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        $parts = parse_url($data['endpoint']) ?: [];
        if (
            !in_array(strtolower($parts['scheme'] ?? ''), ['http', 'https']) || ($parts['host'] ?? '') === ''
            || array_intersect_key($parts, array_flip(['user', 'pass', 'query', 'fragment']))
            || clean_param($data['endpoint'], PARAM_URL) !== $data['endpoint']
        ) {
            $errors['endpoint'] = get_string('lrsendpoint_bad', 'mod_palier');
        }
        if (preg_match('/[:\p{Cc}]/u', $data['lrskey'])) {
            $errors['lrskey'] = get_string('lrskey_bad', 'mod_palier');
        }
        $present = $this->_customdata['destination'];
        $moved = $present && rtrim($data['endpoint'], '/') !== $present->endpoint;
        if ((string) $data['secret'] === '' && ($moved || !$present || $present->secret === null)) {
            $errors['secret'] = get_string($moved ? 'lrssecret_moved' : 'required', $moved ? 'mod_palier' : '');
        }
        if ($data['wanted'] === destination::VERBS && empty($data['verbs'])) {
            $errors['verbs'] = get_string('destination_noverbs', 'mod_palier');
        }
        return $errors;
    }

    /**
     * What was sent, as columns of palier_destination.
     *
     * @return stdClass|null
     */
    public function row(): ?stdClass {
        $data = $this->get_data();
        if (!$data) {
            return null;
        }
        $list = fn(mixed $values): ?string => implode(',', array_filter((array) $values, 'strlen')) ?: null;
        $row = (object) [
            'name' => $data->name,
            'endpoint' => $data->endpoint,
            'lrskey' => $data->lrskey,
            'version' => $data->version,
            'wanted' => $data->wanted,
            'verbs' => $data->wanted === destination::VERBS ? $list($data->verbs) : null,
            'categories' => $list($data->categories ?? []),
            'courses' => $list($data->courses ?? []),
            'actorpolicy' => $data->actorpolicy,
        ];
        if ($data->history !== self::SAME) {
            $row->since = $data->history === self::EVERYTHING ? 0 : di::get(clock::class)->time();
        }
        if ((string) $data->secret !== '') {
            $row->secret = $data->secret;
        }
        return $row;
    }
}
