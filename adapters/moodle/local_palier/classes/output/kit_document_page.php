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

namespace local_palier\output;

use local_palier\local\document;
use moodle_url;
use renderable;
use renderer_base;
use templatable;

/**
 * A document of a campaign, to be read and printed.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class kit_document_page implements renderable, templatable {
    /**
     * Constructor.
     *
     * @param document $document
     * @param string $language of the document
     * @param moodle_url $back the kit
     */
    public function __construct(
        /** @var document what is shown. */
        private readonly document $document,
        /** @var string its language, two letters. */
        private readonly string $language,
        /** @var moodle_url the kit. */
        private readonly moodle_url $back
    ) {
    }

    #[\Override]
    public function export_for_template(renderer_base $output): array {
        return [
            'language' => $this->language,
            'back' => $this->back->out(false),
            'blocks' => array_map(fn(array $block): array => match ($block['kind']) {
                'heading' => [($block['level'] > 2 ? 'subheading' : 'heading') => $block['text']],
                'paragraph' => ['paragraph' => $block['text']],
                'list' => ['items' => $block['items']],
                'table' => ['table' => [
                    'columns' => $block['columns'],
                    'rows' => array_map(fn(array $row): array => [
                        'head' => $row[0],
                        'cells' => array_map(
                            fn(string $label, string $text): array => ['label' => $label, 'text' => $text],
                            array_slice($block['columns'], 1),
                            array_slice($row, 1)
                        ),
                    ], $block['rows']),
                ]],
                'picture' => ['picture' => [
                    'source' => 'data:image/png;base64,' . base64_encode($block['png']),
                    'text' => $block['text'],
                ]],
            }, $this->document->blocks()),
        ];
    }
}
