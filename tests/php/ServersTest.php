<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/support/FastCgi.php';

/** Under a web server, a worker serves the steps of a session and keeps the bank between requests. */
final class ServersTest extends TestCase
{
    private const SCRIPT = __DIR__ . '/support/step.php';

    private string $folder;
    /** @var resource|null */
    private $server = null;

    protected function setUp(): void
    {
        $this->folder = sys_get_temp_dir() . '/palier-servers-' . bin2hex(random_bytes(6));
        mkdir($this->folder, 0700);
    }

    protected function tearDown(): void
    {
        if ($this->server) {
            proc_terminate($this->server);
            proc_close($this->server);
        }
        array_map('unlink', glob("$this->folder/*"));
        rmdir($this->folder);
    }

    public function test_php_s_serves_a_session_and_reads_its_bank_once(): void
    {
        $probe = stream_socket_server('tcp://127.0.0.1:0');
        $address = stream_socket_get_name($probe, false);
        fclose($probe);
        $this->serve([
            PHP_BINARY, '-d', 'extension=' . Build::extension(), '-d', 'opcache.enable=1', '-d', 'opcache.enable_cli=1',
            '-d', 'opcache.jit_buffer_size=16M', '-S', $address, self::SCRIPT,
        ]);
        $this->waitFor(fn() => @stream_socket_client("tcp://$address", $code, $message, 1));
        $this->serveSession(fn($query) => file_get_contents("http://$address/?$query"));
    }

    public function test_php_fpm_serves_a_session_and_reads_its_bank_once(): void
    {
        $fpm = array_filter(['/usr/sbin/php-fpm8.2', '/usr/sbin/php-fpm'], 'is_executable');
        if (!$fpm) {
            $this->markTestSkipped('needs php-fpm');
        }
        $user = posix_getuid() === 0 ? "user = root\ngroup = root\n" : '';
        file_put_contents("$this->folder/fpm.conf", "[global]\nerror_log = $this->folder/fpm.log\ndaemonize = no\n"
            . "[palier]\n{$user}listen = $this->folder/socket\npm = static\npm.max_children = 1\n");
        $this->serve([
            reset($fpm), '-R', '-F', '-y', "$this->folder/fpm.conf",
            '-d', 'extension=' . Build::extension(), '-d', 'opcache.enable=1',
        ]);
        $this->waitFor(fn() => file_exists("$this->folder/socket"));
        $this->serveSession(fn($query) => FastCgi::get("$this->folder/socket", self::SCRIPT, $query));
    }

    private function serveSession(callable $get): void
    {
        $bank = Material::bank(40);
        $file = "$this->folder/bank";
        file_put_contents($file, $bank->bytes());
        $plan = Material::json(Material::plan());
        $own = \PalierSession::start($bank, \PalierPlan::parse($plan), 5, '{}');
        $workers = [];
        $query = ['path' => $file, 'hash' => $bank->hash(), 'plan' => $plan];
        for ($step = 0; $step < 8; $step++) {
            $answer = Material::read($get(http_build_query($query)));
            $this->assertArrayNotHasKey('error', $answer, $answer['error'] ?? '');
            $this->assertTrue($answer['opcache']);
            $decision = $own->advance(1_760_000_000_000);
            $this->assertSame($decision, $answer['decision']);
            $this->assertSame($own->state(), $answer['state']);

            $event = Material::json(Material::answer(Material::read($decision)['decision']['next'], 1_760_000_000_000));
            $own->record($event);
            $query = ['log' => $answer['log'], 'event' => $event] + $query;
            $workers[] = $answer['worker'];
            if ($step === 3) {
                unlink($file);
            }
        }
        $this->assertCount(1, array_unique($workers));

        $refused = Material::read($get(http_build_query(['event' => '{"type":"guessed"}'] + $query)));
        $this->assertStringStartsWith('PalierLogException: ', $refused['error']);
        $absent = Material::read($get(http_build_query(['hash' => str_repeat('0', 64)] + $query)));
        $this->assertStringStartsWith('PalierBankException: ', $absent['error']);
    }

    private function serve(array $command): void
    {
        $log = ['file', "$this->folder/server.log", 'a'];
        $this->server = proc_open($command, [['file', '/dev/null', 'r'], $log, $log], $pipes);
    }

    private function waitFor(callable $ready): void
    {
        for ($i = 0; $i < 200; $i++) {
            if ($ready()) {
                return;
            }
            usleep(50_000);
        }
        $this->fail('The server did not start: ' . file_get_contents("$this->folder/server.log"));
    }
}
