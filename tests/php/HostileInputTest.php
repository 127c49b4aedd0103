<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use PHPUnit\Framework\TestCase;

/** Whatever is thrown at the extension, PHP gets an answer or an exception, never a crash. */
final class HostileInputTest extends TestCase
{
    private const SUPPORT = __DIR__ . '/support/';

    public function test_arguments_of_any_type_in_any_number(): void
    {
        $this->assertSurvives('any_arguments.php', '20000');
    }

    public function test_plans_logs_events_and_banks_that_were_damaged(): void
    {
        $this->assertSurvives('damaged_documents.php', '4000');
    }

    /**
     * @dataProvider depths
     */
    public function test_json_nested_without_end(string $open, string $close): void
    {
        $deep = var_export([$open, $close], true);
        [$status, $output, $errors] = Build::php(<<<PHP
            [\$open, \$close] = $deep;
            \$deep = str_repeat(\$open, 200_000) . '1' . str_repeat(\$close, 200_000);
            \$bank = PalierBank::compile('[{"item":"q0","scale":"main","model":"rasch","b":0}]');
            \$plan = PalierPlan::parse('{"palier_plan":1}');
            \$session = PalierSession::start(\$bank, \$plan, 1, '{}');
            foreach ([
                fn() => PalierBank::compile(\$deep), fn() => PalierPlan::parse(\$deep),
                fn() => PalierPlan::parse('{"palier_plan":1,"title":' . \$deep . '}'),
                fn() => PalierSession::start(\$bank, \$plan, 1, \$deep),
                fn() => PalierSession::resume(\$bank, \$plan, \$deep), fn() => \$session->record(\$deep),
                fn() => Palier::feasibility(\$bank, \$plan, \$deep), fn() => Palier::call(\$deep),
                fn() => Palier::call('{"call":"plan","plan":' . \$deep . '}'), fn() => Palier::statements(\$deep),
                fn() => Palier::statements('{"log":' . \$deep . '}'),
                fn() => Palier::statements('{"context":' . \$deep . '}'),
            ] as \$call) {
                try { \$call(); echo "accepted "; } catch (PalierException \$e) { echo "refused "; }
            }
            PHP);
        $this->assertSame(0, $status, "$output $errors");
        $this->assertSame(str_repeat('refused ', 12), $output);
    }

    public static function depths(): iterable
    {
        yield 'arrays' => ['[', ']'];
        yield 'objects' => ['{"a":', '}'];
    }

    private function assertSurvives(string $script, string $rounds): void
    {
        [$status, $output, $errors] = Build::run([
            PHP_BINARY, '-d', 'extension=' . Build::extension(), '-d', 'memory_limit=512M', '-d', 'display_errors=stderr',
            self::SUPPORT . $script, $rounds,
        ]);
        $this->assertSame(0, $status, substr($output, -500) . substr($errors, -2000));
        $this->assertMatchesRegularExpression("/^$rounds calls: \d+ answered, \d+ refused$/m", $output);
    }
}
