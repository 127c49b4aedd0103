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

namespace mod_palier\tests;

use mod_palier\local\bank\bank;
use mod_palier\local\engine\engine;

/**
 * An engine that fails at will, and otherwise is the real one.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class failing_engine implements engine {
    /** @var \Closure|null Called instead of a step. */
    public ?\Closure $onstep = null;

    /**
     * An engine around the real one.
     *
     * @param engine $real
     */
    public function __construct(
        /** @var engine the real one */
        protected engine $real,
    ) {
    }

    #[\Override]
    public function version(): string {
        return $this->real->version();
    }

    #[\Override]
    public function plan(string $planjson): array {
        return $this->real->plan($planjson);
    }

    #[\Override]
    public function compile(array $items, string $outputpath): array {
        return $this->real->compile($items, $outputpath);
    }

    #[\Override]
    public function problems(array $items, string $lang): array {
        return $this->real->problems($items, $lang);
    }

    #[\Override]
    public function table(string $csv, string $lang): array {
        return $this->real->table($csv, $lang);
    }

    #[\Override]
    public function start(
        bank $bank,
        string $planjson,
        int $seed,
        array $context,
        int $timems,
        ?array $told = null
    ): array {
        return $this->real->start($bank, $planjson, $seed, $context, $timems, $told);
    }

    #[\Override]
    public function step(
        bank $bank,
        string $planjson,
        string $logjson,
        array $newevents,
        int $timems,
        bool $advance = true,
        ?array $told = null
    ): array {
        if ($this->onstep) {
            ($this->onstep)();
        }
        return $this->real->step($bank, $planjson, $logjson, $newevents, $timems, $advance, $told);
    }

    #[\Override]
    public function state(bank $bank, string $planjson, string $logjson): array {
        return $this->real->state($bank, $planjson, $logjson);
    }

    #[\Override]
    public function replay(bank $bank, string $planjson, string $logjson): array {
        return $this->real->replay($bank, $planjson, $logjson);
    }

    #[\Override]
    public function verify(bank $bank, string $planjson, string $logjson): array {
        return $this->real->verify($bank, $planjson, $logjson);
    }

    #[\Override]
    public function explain(bank $bank, string $planjson, string $logjson, string $lang): array {
        return $this->real->explain($bank, $planjson, $logjson, $lang);
    }

    #[\Override]
    public function feasibility(bank $bank, string $planjson, array $options = []): array {
        return $this->real->feasibility($bank, $planjson, $options);
    }

    #[\Override]
    public function information(bank $bank, array $thetas): array {
        return $this->real->information($bank, $thetas);
    }

    #[\Override]
    public function call(string $call, array $members, ?bank $bank = null): array {
        return $this->real->call($call, $members, $bank);
    }
}
