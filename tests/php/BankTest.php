<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use PalierBank;
use PalierBankException;
use PHPUnit\Framework\TestCase;

/** A bank is bytes with a hash. */
final class BankTest extends TestCase
{
    public function test_a_bank_read_from_its_bytes_is_the_same_bank(): void
    {
        $bank = Material::bank(30);
        $again = PalierBank::fromBytes($bank->bytes());
        $this->assertSame($bank->hash(), $again->hash());
        $this->assertSame($bank->bytes(), $again->bytes());
        $this->assertSame(30, $again->size());
        $this->assertMatchesRegularExpression('/^[0-9a-f]{64}$/', $again->hash());
    }

    public function test_the_items_of_a_bank_compile_to_the_same_bank(): void
    {
        $bank = Material::bank(30);
        $this->assertSame(
            array_column(Material::items(30), 'item'),
            array_column(Material::read($bank->itemsJson()), 'item')
        );
        $this->assertSame($bank->hash(), PalierBank::compile($bank->itemsJson())->hash());
    }

    /** Fisher information of a two-parameter item is a² P (1 - P) (Birnbaum, 1968). */
    public function test_information_is_the_sum_of_the_items_own(): void
    {
        $thetas = [-2, 0, 1.5];
        $expected = array_map(fn($theta) => array_sum(array_map(function (array $item) use ($theta): float {
            $p = 1 / (1 + exp(-$item['a'] * ($theta - $item['b'])));
            return $item['a'] ** 2 * $p * (1 - $p);
        }, Material::items(25))), $thetas);
        $information = Material::bank(25)->information($thetas);
        foreach ($expected as $i => $value) {
            $this->assertEqualsWithDelta($value, $information[$i], 1e-12);
        }
        $this->assertSame([], Material::bank(25)->information([]));
    }

    public function test_a_byte_that_changed_is_found(): void
    {
        $bytes = Material::bank(10)->bytes();
        foreach ([0, intdiv(strlen($bytes), 2), strlen($bytes) - 1] as $place) {
            $changed = $bytes;
            $changed[$place] = chr(ord($changed[$place]) ^ 1);
            try {
                PalierBank::fromBytes($changed);
                $this->fail("byte $place");
            } catch (PalierBankException $e) {
                $this->assertNotSame('', $e->getMessage());
            }
        }
        $this->expectException(PalierBankException::class);
        PalierBank::fromBytes(substr($bytes, 0, -1));
    }

    public function test_text_keeps_its_accents_and_its_signs(): void
    {
        $items = Material::items(2);
        $items[0]['label'] = "Œuvre d'été, « ça » 日本 𝛉";
        $bank = PalierBank::compile(Material::json($items));
        $this->assertSame($items[0]['label'], Material::read($bank->itemsJson())[0]['label']);
    }

    public function test_banks_compare_equal_only_when_they_are_one_object(): void
    {
        $bank = Material::bank(3);
        $this->assertTrue($bank == $bank);
        $this->assertFalse($bank == Material::bank(3));
    }

    public function test_a_table_is_read_as_the_executable_reads_it(): void
    {
        $csv = "item;b;level\r\nq1;0,5;\r\nq2;abc;\r\n\xC9;1;3\r\n";
        $options = ['lang' => 'fr', 'by_host' => true];
        $read = Material::read(\Palier::parameters($csv, Material::json($options)));
        [$status, $output] = Build::call(Material::json(
            ['call' => 'parameters', 'csv_base64' => base64_encode($csv), 'options' => $options]
        ));
        $this->assertSame(0, $status);
        $this->assertSame(Material::read($output), $read);
        $this->assertSame('Windows-1252', $read['encoding']);
        $this->assertSame([2, 3, 4], array_column($read['rows'], 'line'));
        $this->assertSame([true, false, false], array_column($read['rows'], 'complete'));
        $this->assertSame('É', $read['rows'][2]['item']['item']);
        $this->assertSame('not_a_number', $read['problems'][0]['code']);
        $this->assertStringContainsString('n’est pas un nombre', $read['problems'][0]['message']);
    }
}
