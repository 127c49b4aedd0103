<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use PHPUnit\Framework\TestCase;
use ReflectionExtension;

/** adapters/php/palier.stub.php is what the loaded extension is. */
final class StubTest extends TestCase
{
    private const STUB = __DIR__ . '/../../adapters/php/palier.stub.php';
    private const SIGNATURES = __DIR__ . '/support/signatures.php';

    public function test_stub_and_extension_have_the_same_classes_methods_parameters_and_types(): void
    {
        [$status, $stub] = Build::run([PHP_BINARY, '-n', self::SIGNATURES, self::STUB]);
        $this->assertSame(0, $status);
        [$status, $extension] = Build::run([
            PHP_BINARY, '-n', '-d', 'extension=' . Build::extension(), self::SIGNATURES,
        ]);
        $this->assertSame(0, $status);
        $this->assertSame($stub, $extension);
        $this->assertCount(9, Material::read($extension));
    }

    public function test_the_extension_adds_no_functions_and_no_settings(): void
    {
        $extension = new ReflectionExtension('palier');
        $this->assertSame([], $extension->getFunctions());
        $this->assertSame([], $extension->getINIEntries());
    }

    public function test_the_version_of_the_extension_is_that_of_the_engine(): void
    {
        $this->assertSame(\Palier::version(), phpversion('palier'));
        [, $output] = Build::call('{"call":"version"}');
        $this->assertSame(\Palier::version(), Material::read($output)['version']);
    }

    public function test_every_method_is_documented(): void
    {
        $text = file_get_contents(self::STUB);
        preg_match_all('~(\*/\s+)?public (?:static )?function (\w+)~', $text, $found, PREG_SET_ORDER);
        $this->assertNotEmpty($found);
        foreach ($found as [, $comment, $name]) {
            $this->assertNotSame('', $comment, $name);
        }
    }
}
