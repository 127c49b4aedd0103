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

use mod_palier\local\test\next_steps;
use mod_palier\local\test\plan_text;
use moodleform;
use stdClass;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/formslib.php');

/**
 * What comes next, by level: what learners can do there, and what is proposed to them.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class next_steps_form extends moodleform {
    #[\Override]
    protected function definition() {
        $mform = $this->_form;
        // Names of a plan may be anybody's words, and core shows labels and choices as HTML.
        $levels = array_map('s', $this->_customdata['levels']);
        $scales = array_map('s', $this->_customdata['scales'] ?? []);
        $mform->addElement('hidden', 'id', $this->_customdata['cmid']);
        $mform->setType('id', PARAM_INT);

        if ($levels) {
            $mform->addElement('header', 'descriptions', get_string('leveldescriptions', 'mod_palier'));
            $mform->addElement('static', 'descriptionshelp', '', get_string('leveldescriptions_help', 'mod_palier'));
            foreach ($levels as $number => $name) {
                $mform->addElement('textarea', "description[$number]", $name, ['rows' => 2, 'cols' => 60]);
                $mform->setType("description[$number]", PARAM_TEXT);
            }
        }

        $mform->addElement('header', 'steps', get_string('nextsteps', 'mod_palier'));
        $mform->setExpanded('steps');
        $mform->addElement('static', 'stepshelp', '', get_string('nextsteps_help', 'mod_palier'));
        if ($scales) {
            $mform->addElement('static', 'stepsmaphelp', '', get_string('nextsteps_map', 'mod_palier'));
        }
        $any = ['' => get_string('nextstep_any', 'mod_palier')];
        $kinds = array_combine(
            next_steps::KINDS,
            array_map(fn($kind) => get_string("nextstep_kind_$kind", 'mod_palier'), next_steps::KINDS)
        );
        $elements = [
            $mform->createElement('static', 'stephead', \html_writer::tag('strong', get_string('nextstep_n', 'mod_palier')), ''),
            ...($scales ? [
                $mform->createElement('select', 'scale', get_string('nextstep_scale', 'mod_palier'), [
                    '' => get_string('nextstep_allscales', 'mod_palier'),
                ] + $scales),
            ] : []),
            ...($levels ? [
                $mform->createElement('select', 'levellow', get_string('nextstep_from', 'mod_palier'), $any + $levels),
                $mform->createElement('select', 'levelhigh', get_string('nextstep_to', 'mod_palier'), $any + $levels),
            ] : []),
            $mform->createElement('select', 'kind', get_string('nextstep_kind', 'mod_palier'), $kinds),
            $mform->createElement('text', 'text', get_string('nextstep_text', 'mod_palier'), ['size' => 60]),
            $mform->createElement('course', 'courseid', get_string('course'), ['multiple' => false]),
            $mform->createElement(
                'select',
                'cmid',
                get_string('nextstep_kind_activity', 'mod_palier'),
                [0 => get_string('choosedots')] + $this->_customdata['activities']
            ),
            $mform->createElement(
                'select',
                'userid',
                get_string('nextstep_kind_person', 'mod_palier'),
                [0 => get_string('choosedots')] + $this->_customdata['people']
            ),
        ];
        $options = ['text' => ['type' => PARAM_TEXT]];
        foreach (['courseid' => 'course', 'cmid' => 'activity', 'userid' => 'person'] as $field => $kind) {
            $options[$field] = ['hideif' => ['kind', 'neq', $kind], 'default' => 0];
        }
        $this->repeat_elements(
            $elements,
            max(2, $this->_customdata['count']),
            $options,
            'stepcount',
            'stepadd',
            1,
            get_string('nextstep_add', 'mod_palier'),
            true
        );
        $this->add_action_buttons();
    }

    #[\Override]
    public function validation($data, $files) {
        $errors = parent::validation($data, $files);
        foreach ($data['kind'] ?? [] as $place => $kind) {
            $low = $data['levellow'][$place] ?? '';
            $high = $data['levelhigh'][$place] ?? '';
            if ($low !== '' && $high !== '' && (int) $high < (int) $low) {
                $errors["levelhigh[$place]"] = get_string('nextstep_upsidedown', 'mod_palier');
            }
            $field = ['course' => 'courseid', 'activity' => 'cmid', 'person' => 'userid'][$kind] ?? null;
            if ($field && trim($data['text'][$place]) !== '' && empty($data[$field][$place])) {
                $errors["{$field}[$place]"] = get_string('required');
            }
        }
        return $errors;
    }

    /**
     * The fields of what is stored.
     *
     * @param stdClass[] $steps
     * @param array $levels the plan's section, or empty
     * @return array
     */
    public static function fields(array $steps, array $levels): array {
        $fields = [];
        foreach ($steps as $place => $step) {
            $fields["scale[$place]"] = $step->scale ?? '';
            $fields["levellow[$place]"] = $step->levellow ?? '';
            $fields["levelhigh[$place]"] = $step->levelhigh ?? '';
            $fields["kind[$place]"] = $step->kind;
            $fields["text[$place]"] = $step->text;
            $target = ['course' => 'courseid', 'activity' => 'cmid', 'person' => 'userid'][$step->kind] ?? null;
            if ($target) {
                $fields["{$target}[$place]"] = $step->target;
            }
        }
        foreach ($levels['descriptions'] ?? [] as $k => $description) {
            $fields['description[' . (($levels['first'] ?? 0) + $k) . ']'] = plan_text::of($description);
        }
        return $fields;
    }

    /**
     * The steps that were written; empty ones are left out.
     *
     * @return stdClass[]
     */
    public function steps(): array {
        $data = $this->get_data();
        $steps = [];
        foreach ($data->kind ?? [] as $place => $kind) {
            $target = match ($kind) {
                'course' => $data->courseid[$place] ?? 0,
                'activity' => $data->cmid[$place] ?? 0,
                'person' => $data->userid[$place] ?? 0,
                default => 0,
            };
            $target = (int) (is_array($target) ? reset($target) : $target);
            $text = trim((string) ($data->text[$place] ?? ''));
            $level = fn($value) => ($value ?? '') === '' ? null : (int) $value;
            if ($text !== '' || $target) {
                $scale = (string) ($data->scale[$place] ?? '');
                $steps[] = (object) [
                    'scale' => isset($this->_customdata['scales'][$scale]) ? $scale : null,
                    'levellow' => $level($data->levellow[$place] ?? ''),
                    'levelhigh' => $level($data->levelhigh[$place] ?? ''),
                    'kind' => $kind,
                    'target' => $target,
                    'text' => $text,
                ];
            }
        }
        return $steps;
    }
}
