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

use core\output\named_templatable;
use core\output\renderable;
use core\output\renderer_base;
use DOMDocument;
use DOMElement;
use DOMXPath;
use mod_palier\local\attempt\attempt;
use mod_palier\local\attempt\attempt_access;
use mod_palier\local\attempt\paper;
use question_attempt;
use question_engine;

defined('MOODLE_INTERNAL') || die();

require_once($CFG->libdir . '/questionlib.php');

/**
 * Questions to print: fields to write in, and what a menu offers in words.
 *
 * @package    mod_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class paper_page implements named_templatable, renderable {
    /** @var int Pictures of so many bytes together come onto the page. */
    protected const PICTURES = 8 * 1024 * 1024;

    /** @var int Bytes of pictures that are still free. */
    protected int $free = self::PICTURES;

    /**
     * The paper for an attempt.
     *
     * @param attempt $attempt
     * @param paper $paper
     */
    public function __construct(
        /** @var attempt the attempt */
        protected attempt $attempt,
        /** @var paper the questions */
        protected paper $paper,
    ) {
    }

    #[\Override]
    public function get_template_name(renderer_base $renderer): string {
        return 'mod_palier/paper_page';
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        $page = $output->get_page();
        // A usage that is never saved: the questions as an attempt would show them.
        $quba = question_engine::make_questions_usage_by_activity('mod_palier', $this->attempt->context());
        $quba->set_preferred_behaviour('deferredfeedback');
        $renderer = new question_renderer($page, RENDERER_TARGET_GENERAL);
        $options = attempt_access::display_options();
        $options->readonly = true;
        $options->context = $this->attempt->context();
        $lines = [];
        foreach ($this->paper->questions() as $question) {
            $slot = $quba->add_question($question, 1);
            $quba->start_question($slot);
            $qa = $quba->get_question_attempt($slot);
            $html = $qa->get_behaviour()->render($options, null, $renderer, $question->get_renderer($page));
            $lines[] = ['n' => count($lines) + 1, 'html' => $this->printable($html, $qa)];
        }
        return [
            'who' => fullname(\core_user::get_user($this->attempt->userid)),
            'test' => $this->attempt->name(),
            'when' => userdate(time(), get_string('strftimedate', 'langconfig')),
            'whole' => $this->paper->whole,
            'questions' => $lines,
            'any' => (bool) $lines,
        ];
    }

    /**
     * A question as paper can have it: menus become a line to write on with what they offer, pictures come along, what
     * needs a script or a sound goes.
     *
     * @param string $html
     * @param question_attempt $qa
     * @return string
     */
    protected function printable(string $html, question_attempt $qa): string {
        $document = new DOMDocument();
        $before = libxml_use_internal_errors(true);
        $document->loadHTML('<?xml encoding="utf-8"?><div>' . $html . '</div>', LIBXML_NONET | LIBXML_COMPACT);
        libxml_clear_errors();
        libxml_use_internal_errors($before);
        $path = new DOMXPath($document);
        foreach (iterator_to_array($path->query('//select')) as $menu) {
            $offers = array_filter(array_map(
                fn(DOMElement $option): string => $option->getAttribute('value') === '' || $option->getAttribute('value') === '0'
                    ? '' : trim($option->textContent),
                iterator_to_array($menu->getElementsByTagName('option'))
            ), 'strlen');
            $line = $document->createElement('span');
            $line->setAttribute('class', 'palier-blank');
            $line->appendChild($document->createTextNode('……………… (' . implode(' / ', $offers) . ')'));
            $menu->parentNode->replaceChild($line, $menu);
        }
        foreach (iterator_to_array($path->query('//img[contains(@src, "pluginfile.php")]')) as $picture) {
            $data = $this->picture($picture->getAttribute('src'), $qa);
            if ($data === '') {
                $picture->parentNode->replaceChild($document->createTextNode($picture->getAttribute('alt')), $picture);
            } else {
                $picture->setAttribute('src', $data);
            }
        }
        foreach (iterator_to_array($path->query('//script|//button|//input[@type="hidden"]|//audio|//video')) as $other) {
            $other->parentNode->removeChild($other);
        }
        foreach (iterator_to_array($path->query('//input[@disabled]|//textarea[@disabled]')) as $field) {
            $field->removeAttribute('disabled');
        }
        return $document->saveHTML($path->query('/html/body/div')->item(0));
    }

    /**
     * A picture of a question as data, for its address needs an attempt that shows it. A question's text may have the address of
     * any file: the question says which are its own.
     *
     * @param string $address …/pluginfile.php/CONTEXT/question/AREA/USAGE/SLOT/ITEM/NAME
     * @param question_attempt $qa
     * @return string an address, empty where there is no such picture
     */
    protected function picture(string $address, question_attempt $qa): string {
        $found = preg_match('~/pluginfile\.php/(\d+)/(question|qtype_\w+)/(\w+)/[^/]*/\d+/(\d+)/([^?]+)~', $address, $part);
        if (!$found) {
            return '';
        }
        [, $contextid, $component, $area, $itemid, $name] = $part;
        $path = rawurldecode($name);
        $own = $contextid == $qa->get_question()->contextid && !str_starts_with($area, 'response_')
            && $qa->check_file_access(
                attempt_access::display_options(),
                $component,
                $area,
                [$itemid, ...explode('/', $path)],
                false
            );
        if (!$own) {
            return '';
        }
        $name = '/' . $path;
        $file = get_file_storage()->get_file((int) $contextid, $component, $area, (int) $itemid, dirname($name) === '/'
            ? '/' : dirname($name) . '/', basename($name));
        if (!$file || !file_mimetype_in_typegroup($file->get_mimetype(), 'web_image') || $file->get_filesize() > $this->free) {
            return '';
        }
        $this->free -= $file->get_filesize();
        return 'data:' . $file->get_mimetype() . ';base64,' . base64_encode($file->get_content());
    }
}
