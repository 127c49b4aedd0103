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

namespace mod_palier\local\bank;

use context_module;
use mod_palier\local\engine\engine_factory;
use mod_palier\local\engine\json_text;
use stdClass;

/**
 * A compiled bank: immutable, named by its hash, kept as long as an attempt needs it.
 *
 * The compiled bytes are a file of this node's local cache, made again from the stored items when
 * it is absent or damaged.
 *
 * @package   mod_palier
 * @copyright 2026 The Palier authors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class bank {
    /** @var int row of palier_bank, 0 for a bank that is not stored. */
    public readonly int $id;

    /** @var string SHA-256 of the bank's content. */
    public readonly string $hash;

    /** @var string|null the items as JSON, read when they are needed. */
    private ?string $itemsjson;

    /**
     * Constructor.
     *
     * @param int $id
     * @param string $hash
     * @param string|null $itemsjson
     */
    public function __construct(int $id, string $hash, ?string $itemsjson = null) {
        $this->id = $id;
        $this->hash = $hash;
        $this->itemsjson = $itemsjson;
    }

    /**
     * The bank of an activity's questions as they are now, stored when it is new.
     *
     * @param stdClass $palier row of palier
     * @param context_module $context
     * @return self
     */
    public static function for_instance(stdClass $palier, context_module $context): self {
        return bank_builder::for_instance((int) $palier->id, $context, $palier->plan ?? null)->stored();
    }

    /**
     * A stored bank.
     *
     * @param int $bankid
     * @return self
     */
    public static function load(int $bankid): self {
        global $DB;
        $row = $DB->get_record('palier_bank', ['id' => $bankid], 'id, hash', MUST_EXIST);
        return new self((int) $row->id, $row->hash);
    }

    /**
     * A bank with which question each item is, stored when it is new.
     *
     * @param string $hash
     * @param string $json its items
     * @param int[] $entries question bank entries by item
     * @return self
     */
    public static function keep(string $hash, string $json, array $entries): self {
        global $DB;
        $key = ['hash' => $hash, 'entries' => self::entries_hash($entries)];
        $id = leftovers::to_begin_by('palier_bank', $key);
        if ($id) {
            return new self($id, $hash, $json);
        }
        $lock = \core\lock\lock_config::get_lock_factory('mod_palier')->get_lock('bank_' . $hash, 10);
        if (!$lock) {
            throw new \moodle_exception('locktimeout');
        }
        try {
            $id = leftovers::to_begin_by('palier_bank', $key);
            if (!$id) {
                $transaction = $DB->start_delegated_transaction();
                $now = \core\di::get(\core\clock::class)->time();
                $id = $DB->insert_record('palier_bank', (object) ($key + ['items' => $json, 'timecreated' => $now]));
                $rows = [];
                foreach ($entries as $item => $entryid) {
                    $rows[] = (object) ['bankid' => $id, 'item' => (string) $item, 'questionbankentryid' => $entryid];
                }
                $DB->insert_records('palier_bank_item', $rows);
                $transaction->allow_commit();
            }
        } finally {
            $lock->release();
        }
        return new self((int) $id, $hash, $json);
    }

    /**
     * Which question each item is, of a stored bank.
     *
     * @return int[] question bank entries by item
     */
    public function entries(): array {
        global $DB;
        return array_map('intval', $DB->get_records_menu(
            'palier_bank_item',
            ['bankid' => $this->id],
            '',
            'item, questionbankentryid'
        ));
    }

    /**
     * The compiled file.
     *
     * @return string path
     */
    public function path(): string {
        $path = self::file_of($this->hash);
        if (!is_file($path) || filesize($path) === 0) {
            $made = self::compile($this->items());
            if ($made !== $this->hash) {
                throw new \moodle_exception('bankchanged', 'mod_palier', '', null, "{$this->hash} became {$made}");
            }
        }
        return $path;
    }

    /**
     * Takes the compiled file away, so that it is made again.
     */
    public function forget_file(): void {
        $path = self::file_of($this->hash);
        if (is_file($path)) {
            unlink($path);
        }
    }

    /**
     * The question bank entry that an item is.
     *
     * @param string $item
     * @return int 0 where the question did not come along with a backup
     */
    public function entry_of(string $item): int {
        global $DB;
        return (int) $DB->get_field('palier_bank_item', 'questionbankentryid', ['bankid' => $this->id, 'item' => $item]);
    }

    /**
     * Names which question each item is. Copies of questions, in a duplicated course say, make the same
     * bank out of other questions.
     *
     * @param int[] $entries question bank entries by item
     * @return string
     */
    public static function entries_hash(array $entries): string {
        ksort($entries, SORT_STRING);
        return hash('sha256', json_text::encode(array_map('intval', $entries) ?: new stdClass()));
    }

    /**
     * The items, as the engine takes them.
     *
     * @return array
     */
    public function items(): array {
        return json_text::decode($this->items_json());
    }

    /**
     * The items as JSON.
     *
     * @return string
     */
    public function items_json(): string {
        global $DB;
        $this->itemsjson ??= $DB->get_field('palier_bank', 'items', ['id' => $this->id], MUST_EXIST);
        return $this->itemsjson;
    }

    /**
     * Compiles items into the local cache.
     *
     * @param array $items
     * @return string the bank's hash
     */
    public static function compile(array $items): string {
        $aside = self::file_of('new-' . random_string(20));
        try {
            $hash = engine_factory::get()->compile($items, $aside)['hash'];
            rename($aside, self::file_of($hash));
        } finally {
            if (is_file($aside)) {
                unlink($aside);
            }
        }
        return $hash;
    }

    /**
     * Whether this node has the compiled file of a hash.
     *
     * @param string $hash
     * @return bool
     */
    public static function has_file(string $hash): bool {
        return is_file(self::file_of($hash));
    }

    /**
     * Where the compiled file of a hash lies.
     *
     * @param string $hash
     * @return string
     */
    private static function file_of(string $hash): string {
        return make_localcache_directory('mod_palier/banks') . '/' . $hash . '.bank';
    }
}
