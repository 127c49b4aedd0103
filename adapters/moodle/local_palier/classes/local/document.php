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

namespace local_palier\local;

/**
 * A text to be read, printed or opened with a word processor: a title, then blocks in an order. All of it is plain text.
 *
 * @package    local_palier
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
final class document {
    /** @var array[] blocks: kind (heading, paragraph, list, table, picture) and what it has. To be escaped. */
    private array $blocks = [];

    /**
     * Constructor.
     *
     * @param string $title to be escaped
     */
    public function __construct(
        /** @var string its title. To be escaped. */
        public readonly string $title
    ) {
    }

    /**
     * Its blocks.
     *
     * @return array[] kind: heading (level, from 2; text), paragraph (text), list (items), table (columns; rows, the first cell
     *     of each is its head) or picture (PNG; text in place of it)
     */
    public function blocks(): array {
        return $this->blocks;
    }

    /**
     * Adds a heading.
     *
     * @param string $text
     * @param int $level 2 below the title
     */
    public function heading(string $text, int $level = 2): void {
        $this->blocks[] = ['kind' => 'heading', 'level' => $level, 'text' => $text];
    }

    /**
     * Adds a paragraph; none where there is nothing to say.
     *
     * @param string $text
     */
    public function paragraph(string $text): void {
        if (trim($text) !== '') {
            $this->blocks[] = ['kind' => 'paragraph', 'text' => trim($text)];
        }
    }

    /**
     * Adds points of a list, to the list that ends here where one does.
     *
     * @param string ...$items
     */
    public function items(string ...$items): void {
        $last = array_key_last($this->blocks);
        if ($last !== null && $this->blocks[$last]['kind'] === 'list') {
            array_push($this->blocks[$last]['items'], ...$items);
        } else if ($items) {
            $this->blocks[] = ['kind' => 'list', 'items' => $items];
        }
    }

    /**
     * Adds a table; none where it has no row.
     *
     * @param string[] $columns
     * @param string[][] $rows
     */
    public function table(array $columns, array $rows): void {
        if ($rows) {
            $this->blocks[] = ['kind' => 'table', 'columns' => $columns, 'rows' => $rows];
        }
    }

    /**
     * Adds a picture.
     *
     * @param string $png
     * @param string $text what it shows
     */
    public function picture(string $png, string $text): void {
        $this->blocks[] = ['kind' => 'picture', 'png' => $png, 'text' => $text];
    }

    /**
     * Adds a text with a block on each line: ## begins a heading, - a point of a list, anything else is a paragraph. What
     * people wrote comes in afterwards and begins nothing.
     *
     * @param string $text with {$a->name} in the place of values
     * @param string[] $values by name
     */
    public function text(string $text, array $values): void {
        $places = [];
        foreach ($values as $name => $value) {
            $places["{\$a->$name}"] = $value;
        }
        foreach (explode("\n", $text) as $line) {
            $said = fn(int $from): string => strtr(substr($line, $from), $places);
            match (true) {
                str_starts_with($line, '## ') => $this->heading($said(3)),
                str_starts_with($line, '- ') => $this->items($said(2)),
                default => $this->paragraph($said(0)),
            };
        }
    }
}
