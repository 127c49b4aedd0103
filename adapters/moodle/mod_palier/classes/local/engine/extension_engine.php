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

namespace mod_palier\local\engine;

use mod_palier\local\bank\bank;

/**
 * The engine as the PHP extension palier. Banks and plans stay open for the life of the worker.
 *
 * @package   mod_palier
 * @copyright 2026 The Palier authors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class extension_engine implements engine {
    /** @var int plans kept. */
    private const MAXPLANS = 64;

    /** @var \PalierPlan[] plans by the hash of their text. */
    private static array $plans = [];

    /**
     * The extension, where it is loaded.
     *
     * @return self|null
     */
    public static function find(): ?self {
        // The class of the PHP extension, which this server may have or not.
        return class_exists('PalierSession', false) ? new self() : null;
    }

    #[\Override]
    public function version(): string {
        return self::guard(fn() => \Palier::version());
    }

    #[\Override]
    public function plan(string $planjson): array {
        return self::guard(function () use ($planjson) {
            $plan = \PalierPlan::parse($planjson);
            return ['normalised' => $plan->normalised(), 'hash' => $plan->hash()];
        });
    }

    #[\Override]
    public function compile(array $items, string $outputpath): array {
        $bank = self::guard(fn() => \PalierBank::compile(json_text::encode($items)));
        $bytes = $bank->bytes();
        if (file_put_contents($outputpath, $bytes) !== strlen($bytes)) {
            throw new engine_exception('Error', 'cannot write ' . $outputpath);
        }
        return ['hash' => $bank->hash(), 'size' => $bank->size()];
    }

    #[\Override]
    public function problems(array $items, string $lang): array {
        return self::guard(fn() => json_text::decode(\Palier::call(json_text::encode([
            'call' => 'parameters',
            'items' => $items,
            'options' => ['lang' => language::of($lang)],
        ])))['problems']);
    }

    #[\Override]
    public function table(string $csv, string $lang): array {
        $options = ['lang' => language::of($lang), 'by_host' => true];
        return self::guard(fn() => json_text::decode(\Palier::parameters($csv, json_text::encode($options))));
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
        return self::stepped($bank, $planjson, step_request::begin($seed, $context, $timems, $told));
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
        return self::stepped($bank, $planjson, step_request::go_on($logjson, $newevents, $timems, $advance, $told));
    }

    #[\Override]
    public function state(bank $bank, string $planjson, string $logjson): array {
        return self::guard(fn() => json_text::decode(self::resume($bank, $planjson, $logjson)->state()));
    }

    #[\Override]
    public function replay(bank $bank, string $planjson, string $logjson): array {
        return self::guard(fn() => json_text::decode(self::resume($bank, $planjson, $logjson)->replay()));
    }

    #[\Override]
    public function verify(bank $bank, string $planjson, string $logjson): array {
        return self::guard(fn() => json_text::decode(self::resume($bank, $planjson, $logjson)->verify()));
    }

    #[\Override]
    public function explain(bank $bank, string $planjson, string $logjson, string $lang): array {
        return self::guard(fn() => json_text::decode(self::resume($bank, $planjson, $logjson)->explain($lang)));
    }

    #[\Override]
    public function feasibility(bank $bank, string $planjson, array $options = []): array {
        return self::guard(fn() => json_text::decode(
            \Palier::feasibility(self::open($bank), self::parsed($planjson), json_text::encode_object($options))
        ));
    }

    #[\Override]
    public function information(bank $bank, array $thetas): array {
        return self::guard(function () use ($bank, $thetas) {
            $information = self::open($bank)->information(array_values($thetas));
            return is_string($information) ? json_text::decode($information) : $information;
        });
    }

    #[\Override]
    public function call(string $call, array $members, ?bank $bank = null): array {
        if ($bank) {
            // Opening it makes a missing or damaged file again.
            self::guard(fn() => self::open($bank));
            $members += ['bank_file' => $bank->path(), 'bank_hash' => $bank->hash];
        }
        $request = json_text::encode(['call' => $call] + $members);
        return self::guard(fn() => json_text::decode(\Palier::call($request)));
    }

    /**
     * One step: one text in, one text out.
     *
     * @param bank $bank
     * @param string $planjson
     * @param string[] $members of the request, as JSON text
     * @return array
     */
    private static function stepped(bank $bank, string $planjson, array $members): array {
        return self::guard(fn() => json_text::decode(
            \Palier::step(self::open($bank), self::parsed($planjson), json_text::object($members))
        ));
    }

    /**
     * The session of a log.
     *
     * @param bank $bank
     * @param string $planjson
     * @param string $logjson
     * @return \PalierSession
     */
    private static function resume(bank $bank, string $planjson, string $logjson): \PalierSession {
        return \PalierSession::resume(self::open($bank), self::parsed($planjson), $logjson);
    }

    /**
     * The opened bank. A damaged file is made again once.
     *
     * @param bank $bank
     * @return \PalierBank
     */
    private static function open(bank $bank): \PalierBank {
        try {
            return \PalierBank::open($bank->path(), $bank->hash);
        } catch (\PalierBankException $e) {
            $bank->forget_file();
            return \PalierBank::open($bank->path(), $bank->hash);
        }
    }

    /**
     * The parsed plan.
     *
     * @param string $planjson
     * @return \PalierPlan
     */
    private static function parsed(string $planjson): \PalierPlan {
        $key = sha1($planjson);
        if (!isset(self::$plans[$key])) {
            if (count(self::$plans) >= self::MAXPLANS) {
                self::$plans = [];
            }
            self::$plans[$key] = \PalierPlan::parse($planjson);
        }
        return self::$plans[$key];
    }

    /**
     * Gives the extension's errors the plugin's own class.
     *
     * @param callable $call
     * @return mixed
     */
    private static function guard(callable $call): mixed {
        try {
            return $call();
        } catch (\PalierException $e) {
            $type = match (true) {
                $e instanceof \PalierBankException => 'BankError',
                $e instanceof \PalierPlanException => 'PlanError',
                $e instanceof \PalierLogException => 'LogError',
                default => 'Error',
            };
            throw new engine_exception($type, $e->getMessage());
        }
    }
}
