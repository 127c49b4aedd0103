<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use PalierBank;
use PalierBankException;
use PHPUnit\Framework\TestCase;

/** A worker keeps the banks that it has opened. */
final class BankCacheTest extends TestCase
{
    private string $path;

    protected function setUp(): void
    {
        $this->path = tempnam(sys_get_temp_dir(), 'palier-bank-');
    }

    protected function tearDown(): void
    {
        @unlink($this->path);
    }

    public function test_a_bank_opened_twice_is_read_once(): void
    {
        $bank = $this->store(11);
        $this->assertSame($bank->hash(), PalierBank::open($this->path, $bank->hash())->hash());
        unlink($this->path);
        $again = PalierBank::open($this->path, $bank->hash());
        $this->assertSame($bank->bytes(), $again->bytes());
    }

    public function test_a_file_that_now_holds_another_bank_is_refused(): void
    {
        $bank = Material::bank(12);
        $other = $this->store(13);
        $this->expectException(PalierBankException::class);
        $this->expectExceptionMessage("$this->path: holds the bank {$other->hash()}, not {$bank->hash()}");
        PalierBank::open($this->path, $bank->hash());
    }

    public function test_a_file_that_changed_gives_the_new_bank_by_its_new_hash(): void
    {
        $bank = $this->store(14);
        PalierBank::open($this->path, $bank->hash());
        $new = $this->store(15);
        $this->assertSame(15, PalierBank::open($this->path, $new->hash())->size());
        $this->assertSame(14, PalierBank::open($this->path, $bank->hash())->size());
    }

    public function test_a_damaged_file_is_refused_and_can_be_opened_once_it_is_mended(): void
    {
        $bank = $this->store(16);
        file_put_contents($this->path, substr($bank->bytes(), 0, 40));
        try {
            PalierBank::open($this->path, $bank->hash());
            $this->fail();
        } catch (PalierBankException $e) {
            $this->assertStringStartsWith("$this->path: ", $e->getMessage());
        }
        $this->store(16);
        $this->assertSame(16, PalierBank::open($this->path, $bank->hash())->size());
    }

    public function test_the_cache_is_bounded_and_forgets_what_was_used_longest_ago(): void
    {
        $first = $this->store(17);
        PalierBank::open($this->path, $first->hash());
        $second = $this->store(18);
        PalierBank::open($this->path, $second->hash());
        for ($i = 0; $i < 63; $i++) {
            $items = Material::items(3);
            $items[0]['b'] = $i / 10;
            $bank = PalierBank::compile(Material::json($items));
            file_put_contents($this->path, $bank->bytes());
            PalierBank::open($this->path, $bank->hash());
            PalierBank::open($this->path, $first->hash());
        }
        unlink($this->path);
        $this->assertSame(17, PalierBank::open($this->path, $first->hash())->size());
        $this->expectException(PalierBankException::class);
        $this->expectExceptionMessage("$this->path: cannot be opened: No such file or directory");
        PalierBank::open($this->path, $second->hash());
    }

    public function test_a_file_larger_than_any_bank_is_not_read(): void
    {
        $file = fopen($this->path, 'w');
        ftruncate($file, (256 << 20) + 1);
        fclose($file);
        $this->expectException(PalierBankException::class);
        $this->expectExceptionMessage("$this->path: 268435457 bytes; a bank file has at most 268435456");
        PalierBank::open($this->path, str_repeat('0', 64));
    }

    /**
     * @dataProvider notFiles
     */
    public function test_what_is_no_regular_file_is_refused(string $path, string $message): void
    {
        $this->expectException(PalierBankException::class);
        $this->expectExceptionMessage($message);
        PalierBank::open($path, str_repeat('0', 64));
    }

    public static function notFiles(): iterable
    {
        yield 'a folder' => ['/tmp', '/tmp: not a regular file'];
        yield 'a device' => ['/dev/zero', '/dev/zero: not a regular file'];
        yield 'nothing' => ['/nonexistent/bank', '/nonexistent/bank: cannot be opened: No such file or directory'];
        yield 'an empty name' => ['', ': cannot be opened: No such file or directory'];
        yield 'a stream of PHP' => ['php://memory', 'php://memory: cannot be opened: No such file or directory'];
    }

    public function test_a_named_pipe_is_refused_at_once(): void
    {
        unlink($this->path);
        posix_mkfifo($this->path, 0600);
        $this->expectException(PalierBankException::class);
        $this->expectExceptionMessage("$this->path: not a regular file");
        PalierBank::open($this->path, str_repeat('0', 64));
    }

    public function test_a_path_with_a_null_byte_is_refused(): void
    {
        $this->expectException(\ValueError::class);
        $this->expectExceptionMessage('path: must not contain null bytes');
        PalierBank::open("/tmp\0/bank", str_repeat('0', 64));
    }

    /**
     * @dataProvider notHashes
     */
    public function test_what_is_no_hash_is_refused(string $hash): void
    {
        $this->expectException(\ValueError::class);
        $this->expectExceptionMessage('hash: expected 64 lower-case hexadecimal digits');
        PalierBank::open($this->path, $hash);
    }

    public static function notHashes(): iterable
    {
        yield 'empty' => [''];
        yield 'too short' => [str_repeat('a', 63)];
        yield 'upper case' => [str_repeat('A', 64)];
        yield 'other characters' => [str_repeat('/', 64)];
    }

    public function test_open_basedir_holds_for_banks_and_for_the_files_of_a_call(): void
    {
        $bank = $this->store(9);
        $code = 'foreach ([fn() => PalierBank::open($argv[1], $argv[2]),'
            . ' fn() => Palier::call(json_encode(["call" => "information", "bank_file" => $argv[1], "thetas" => [0]])),'
            . ' fn() => Palier::call(json_encode(["call" => "compile", "items" => [], "output" => $argv[1]])),'
            . '] as $call) try { $call(); echo "allowed\n"; } catch (Throwable $e)'
            . ' { echo get_class($e), ": ", $e->getMessage(), "\n"; }';
        [$status, $output] = Build::run([
            PHP_BINARY, '-d', 'extension=' . Build::extension(), '-d', 'open_basedir=/nonexistent',
            '-r', $code, $this->path, $bank->hash(),
        ]);
        $this->assertSame(0, $status);
        $this->assertSame(
            str_repeat("PalierBankException: $this->path: open_basedir does not allow it\n", 3),
            $output
        );
    }

    private function store(int $items): PalierBank
    {
        $bank = Material::bank($items);
        file_put_contents($this->path, $bank->bytes());
        return $bank;
    }
}
