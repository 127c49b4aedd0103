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

/**
 * A real statement store: `palier serve --xapi` on a free port of this machine.
 *
 * @package    mod_palier
 * @category   test
 * @copyright  2026 Palier contributors
 * @license    https://www.gnu.org/copyleft/gpl.html GNU GPL v3 or later
 */
class statement_server {
    /** @var string Key of its client. */
    public readonly string $key;

    /** @var string Secret of its client. */
    public readonly string $secret;

    /** @var resource|null The process. */
    private $process = null;

    /** @var string Its folder. */
    private string $dir;

    /** @var int Its port; 0 until it first runs. */
    private int $port = 0;

    /**
     * Starts the server.
     *
     * @param string $command path of the program palier
     */
    public function __construct(
        /** @var string path of the program palier */
        private readonly string $command
    ) {
        $this->key = 'moodle';
        $this->secret = random_string(24);
        $this->dir = make_request_directory();
        $this->start();
    }

    /**
     * Starts it, again on the same port and with what it has kept.
     */
    public function start(): void {
        $ready = "$this->dir/port";
        @unlink($ready);
        $log = ['file', "$this->dir/log", 'a'];
        $this->process = proc_open(
            [
                $this->command, 'serve', '--xapi', '--db', "$this->dir/statements.db", '--listen', "127.0.0.1:$this->port",
                '--key', $this->key, '--secret', $this->secret, '--port-file', $ready,
            ],
            [['file', '/dev/null', 'r'], $log, $log],
            $pipes
        );
        for ($i = 0; $i < 200 && !(int) @file_get_contents($ready); $i++) {
            usleep(50000);
        }
        $this->port = (int) @file_get_contents($ready);
        if (!$this->port) {
            throw new \coding_exception('palier serve did not start: ' . @file_get_contents("$this->dir/log"));
        }
    }

    /**
     * Stops it; what it has stays.
     */
    public function stop(): void {
        if ($this->process) {
            proc_terminate($this->process);
            proc_close($this->process);
            $this->process = null;
        }
    }

    /**
     * Its address, as an administrator would set it.
     *
     * @return string
     */
    public function endpoint(): string {
        return "http://127.0.0.1:$this->port/xapi";
    }

    /**
     * The statements that it has about somebody, oldest first, all pages.
     *
     * @param array|null $actor absent: everybody
     * @return array[]
     */
    public function statements(?array $actor = null): array {
        $query = ['ascending' => 'true'];
        if ($actor) {
            unset($actor['name']);
            $query['agent'] = json_encode($actor);
        }
        $url = "/xapi/statements?" . http_build_query($query, '', '&', PHP_QUERY_RFC3986);
        $statements = [];
        while ($url) {
            $page = $this->get($url);
            array_push($statements, ...$page['statements']);
            $url = $page['more'] ?? '';
        }
        return $statements;
    }

    /**
     * Asks it for something.
     *
     * @param string $path
     * @return array
     */
    private function get(string $path): array {
        $context = stream_context_create(['http' => [
            'header' => [
                'X-Experience-API-Version: 1.0.3',
                'Authorization: Basic ' . base64_encode("$this->key:$this->secret"),
            ],
            'ignore_errors' => true,
        ]]);
        $text = file_get_contents("http://127.0.0.1:$this->port$path", false, $context);
        if (!str_contains($http_response_header[0], ' 200 ')) {
            throw new \coding_exception("$path: $http_response_header[0] $text");
        }
        return json_decode($text, true, 512, JSON_THROW_ON_ERROR);
    }
}
