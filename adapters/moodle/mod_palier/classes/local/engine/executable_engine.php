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
use mod_palier\local\counted;

/**
 * The engine as a program: one JSON request on its input, one JSON answer on its output.
 *
 * @package   mod_palier
 * @copyright 2026 The Palier authors
 * @license   https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class executable_engine implements engine {
    /** @var int seconds that one call may take. */
    private const TIMEOUT = 20;

    /** @var int seconds that a simulation may take. */
    private const TIMEOUT_SIMULATION = 60;

    /** @var int seconds that a calibration may take: a task waits for it, and no page. */
    private const TIMEOUT_CALIBRATION = 3600;

    /** @var string[] calls after which the engine is away for everybody where they take too long. */
    private const QUICK = ['version', 'step'];

    /** @var int bytes that an answer may have. */
    private const MAXANSWER = 64 * 1024 * 1024;

    /** @var self|null the program, found before. */
    private static ?self $found = null;

    /** @var string|null the program's version, once it was asked. */
    private ?string $version = null;

    /**
     * Constructor.
     *
     * @param string $path the program
     */
    public function __construct(
        /** @var string the program. */
        private readonly string $path
    ) {
    }

    /**
     * The program of the site's settings, or the one that comes with the plugin where they name none, if it can be run.
     *
     * @return self|null
     */
    public static function find(): ?self {
        if (!self::may_start_programs()) {
            return null;
        }
        $path = (string) get_config('mod_palier', 'pathtopalier');
        if ($path === '') {
            $path = (string) bundled_program::path();
        }
        if ($path === '' || !is_file($path) || !is_executable($path)) {
            return null;
        }
        if (self::$found?->path !== $path) {
            self::$found = new self($path);
        }
        return self::$found;
    }

    /**
     * Whether PHP may start programs here: hosts often switch that off (disable_functions).
     *
     * @return bool
     */
    public static function may_start_programs(): bool {
        return function_exists('proc_open');
    }

    /**
     * The program's path.
     *
     * @return string
     */
    public function path(): string {
        return $this->path;
    }

    #[\Override]
    public function version(): string {
        $this->version ??= $this->send('version', [])['version'];
        return $this->version;
    }

    #[\Override]
    public function plan(string $planjson): array {
        $answer = $this->send('plan', ['plan' => $planjson]);
        return ['normalised' => $answer['text'], 'hash' => $answer['hash']];
    }

    #[\Override]
    public function compile(array $items, string $outputpath): array {
        $answer = $this->send('compile', [
            'items' => json_text::encode($items),
            'output' => json_text::encode($outputpath),
        ]);
        return ['hash' => $answer['hash'], 'size' => $answer['size']];
    }

    #[\Override]
    public function problems(array $items, string $lang): array {
        return $this->send('parameters', [
            'items' => json_text::encode($items),
            'options' => json_text::encode(['lang' => language::of($lang)]),
        ])['problems'];
    }

    #[\Override]
    public function table(string $csv, string $lang): array {
        return $this->send('parameters', [
            'csv_base64' => json_text::encode(base64_encode($csv)),
            'options' => json_text::encode(['lang' => language::of($lang), 'by_host' => true]),
        ]);
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
        $members = step_request::begin($seed, $context, $timems, $told);
        return $this->send_with_bank('step', $bank, ['plan' => $planjson] + $members);
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
        $members = step_request::go_on($logjson, $newevents, $timems, $advance, $told);
        return $this->send_with_bank('step', $bank, ['plan' => $planjson] + $members);
    }

    #[\Override]
    public function state(bank $bank, string $planjson, string $logjson): array {
        return $this->send_with_bank('state', $bank, ['plan' => $planjson, 'log' => $logjson]);
    }

    #[\Override]
    public function replay(bank $bank, string $planjson, string $logjson): array {
        return $this->send_with_bank('replay', $bank, ['plan' => $planjson, 'log' => $logjson]);
    }

    #[\Override]
    public function verify(bank $bank, string $planjson, string $logjson): array {
        return $this->send_with_bank('verify', $bank, ['plan' => $planjson, 'log' => $logjson]);
    }

    #[\Override]
    public function explain(bank $bank, string $planjson, string $logjson, string $lang): array {
        return $this->send_with_bank(
            'explain',
            $bank,
            ['plan' => $planjson, 'log' => $logjson, 'lang' => json_text::encode($lang)]
        );
    }

    #[\Override]
    public function feasibility(bank $bank, string $planjson, array $options = []): array {
        return $this->send_with_bank(
            'feasibility',
            $bank,
            ['plan' => $planjson, 'options' => json_text::encode_object($options)],
            self::TIMEOUT_SIMULATION
        );
    }

    #[\Override]
    public function information(bank $bank, array $thetas): array {
        $members = ['thetas' => json_text::encode(array_values($thetas))];
        return $this->send_with_bank('information', $bank, $members)['information'];
    }

    #[\Override]
    public function call(string $call, array $members, ?bank $bank = null): array {
        $timeout = match ($call) {
            'feasibility', 'simulate' => self::TIMEOUT_SIMULATION,
            'calibrate', 'changes' => self::TIMEOUT_CALIBRATION,
            default => self::TIMEOUT,
        };
        $members = array_map(json_text::encode(...), $members);
        return $bank ? $this->send_with_bank($call, $bank, $members, $timeout) : $this->send($call, $members, $timeout);
    }

    /**
     * A call with a bank. A damaged file is made again once.
     *
     * @param string $call
     * @param bank $bank
     * @param string[] $members name => JSON text
     * @param int $timeout seconds
     * @return array
     */
    private function send_with_bank(string $call, bank $bank, array $members, int $timeout = self::TIMEOUT): array {
        $members['bank_hash'] = json_text::encode($bank->hash);
        try {
            return $this->send($call, ['bank_file' => json_text::encode($bank->path())] + $members, $timeout);
        } catch (engine_exception $e) {
            if ($e->type !== 'BankError') {
                throw $e;
            }
            $bank->forget_file();
            return $this->send($call, ['bank_file' => json_text::encode($bank->path())] + $members, $timeout);
        }
    }

    /**
     * One call.
     *
     * @param string $call
     * @param string[] $members name => JSON text
     * @param int $timeout seconds
     * @return array
     * @throws engine_exception the engine's own refusal; or that the program gave no answer, or not one to this call
     */
    private function send(string $call, array $members, int $timeout = self::TIMEOUT): array {
        [$exit, $answer, $error] = $this->run(
            $call,
            json_text::object(['call' => json_text::encode($call)] + $members),
            $timeout
        );
        $read = $exit === 0 ? answer_shape::read($call, $answer) : null;
        if ($read !== null) {
            return $read;
        }
        $refusal = answer_shape::read('', $answer)['error'] ?? null;
        if (is_string($refusal['type'] ?? null) && is_string($refusal['message'] ?? null)) {
            throw new engine_exception($refusal['type'], $refusal['message']);
        }
        throw new engine_exception(
            'Error',
            get_string('enginebadanswer', 'mod_palier', basename($this->path)),
            "exit {$exit}: " . shorten_text(trim($error . ' ' . $answer), 500)
        );
    }

    /**
     * Runs the program without a shell and with limits.
     *
     * @param string $call
     * @param string $input
     * @param int $timeout seconds
     * @return array [int exit, string output, string errors]
     */
    private function run(string $call, string $input, int $timeout): array {
        $away = new engine_away($this->path);
        if ($away->is_away()) {
            throw new engine_exception('Error', get_string('enginenotyetagain', 'mod_palier', basename($this->path)));
        }
        $ran = process::run([$this->path, 'call'], $input, $timeout, self::MAXANSWER);
        if ($ran === null) {
            throw new engine_exception('Error', get_string('enginecannotrun', 'mod_palier', basename($this->path)));
        }
        [$exit, $answer, $error, $late] = $ran;
        if ($exit === null) {
            // What a teacher asks for may take long and the engine be well: learners go on.
            if ($late && in_array($call, self::QUICK, true)) {
                $away->note();
            }
            throw new engine_exception('Error', counted::text('enginetoolong', (int) ceil($timeout), $timeout));
        }
        $away->forget();
        return [$exit, $answer, $error];
    }
}
