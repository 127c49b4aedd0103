<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

use PHPUnit\Framework\TestCase;

/** No way of making, copying or storing an object passes its factory, and none crashes PHP. */
final class ClosedClassesTest extends TestCase
{
    private const FACTORIES = [
        'Palier' => 'Palier has only static methods and is not made by new',
        'PalierBank' => 'PalierBank is not made by new; '
            . 'use PalierBank::compile(), PalierBank::fromBytes(), PalierBank::open()',
        'PalierPlan' => 'PalierPlan is not made by new; use PalierPlan::parse()',
        'PalierSession' => 'PalierSession is not made by new; use PalierSession::start(), PalierSession::resume()',
    ];

    private const PREPARE = <<<'PHP'
        $bank = PalierBank::compile('[{"item":"q0","scale":"main","model":"rasch","b":0}]');
        $plan = PalierPlan::parse('{"palier_plan":1}');
        $session = PalierSession::start($bank, $plan, 1, '{}');

        PHP;

    /**
     * @dataProvider attempts
     */
    public function test_an_attempt_ends_in_a_proper_error(string $code, string $expected): void
    {
        $prepared = self::PREPARE
            . "try { \$result = (function () use (\$bank, \$plan, \$session) { $code })();"
            . ' echo var_export($result, true); }'
            . ' catch (Throwable $e) { echo get_class($e), ": ", $e->getMessage(); }'
            . ' $session->state(); $bank->hash(); echo "\n";';
        [$status, $output, $errors] = Build::php($prepared);
        $this->assertSame("$expected\n", $output, $errors);
        $this->assertSame(0, $status, $errors);
    }

    public static function attempts(): iterable
    {
        foreach (self::FACTORIES as $class => $advice) {
            $name = strlen($class) . ":\"$class\"";
            yield "new $class" => ["return new $class();", "Error: $advice"];
            yield "new $class with arguments" => ["return new $class(1, 2);", "Error: $advice"];
            yield "$class by Reflection" => ["return (new ReflectionClass('$class'))->newInstance();", "Error: $advice"];
            yield "$class by Reflection, without constructor" => [
                "return (new ReflectionClass('$class'))->newInstanceWithoutConstructor();",
                "ReflectionException: Class $class is an internal class marked as final "
                    . 'that cannot be instantiated without invoking its constructor',
            ];
            yield "$class by unserialize" => [
                "return unserialize('O:$name:0:{}');", "Exception: Unserialization of '$class' is not allowed",
            ];
            yield "$class by unserialize, as a custom format" => [
                "return unserialize('C:$name:0:{}');", "Exception: Unserialization of '$class' is not allowed",
            ];
            yield "$class by unserialize, inside an array" => [
                "return unserialize('a:1:{i:0;O:$name:1:{s:1:\"x\";i:1;}}');",
                "Exception: Unserialization of '$class' is not allowed",
            ];
            if (extension_loaded('pdo_sqlite')) {
                yield "$class from a row of a database" => [
                    "return (new PDO('sqlite::memory:'))->query('SELECT 1 AS x')->fetchObject('$class');",
                    "Error: Cannot create dynamic property $class::\$x",
                ];
            }
            yield "a private constructor of $class, by Reflection" => [
                "\$constructor = new ReflectionMethod('$class', '__construct');"
                    . ($class === 'Palier'
                        ? ' return $constructor->isPrivate();'
                        : ' return $constructor->invoke($' . strtolower(substr($class, 6)) . ');'),
                $class === 'Palier' ? 'true' : "Error: $advice",
            ];
        }
        foreach (['bank' => 'PalierBank', 'plan' => 'PalierPlan', 'session' => 'PalierSession'] as $variable => $class) {
            yield "a clone of $variable" => [
                "return clone \$$variable;", "Error: Trying to clone an uncloneable object of class $class",
            ];
            yield "$variable serialized" => [
                "return serialize([\$$variable]);", "Exception: Serialization of '$class' is not allowed",
            ];
            yield "$variable constructed again" => [
                "\${$variable}->__construct();", "Error: Call to private method $class::__construct() from global scope",
            ];
            yield "a property set on $variable" => [
                "\${$variable}->thisown = 0;", "Error: Cannot create dynamic property $class::\$thisown",
            ];
            yield "the accessor that the wrapper generator adds to $variable" => [
                "return \${$variable}->__get(5);", "Error: Call to undefined method $class::__get()",
            ];
            yield "$variable has no properties" => ["return (array) \$$variable;", "array (\n)"];
            yield "$variable as text" => [
                "return (string) \$$variable;", "Error: Object of class $class could not be converted to string",
            ];
            yield "$variable shows no interface and no parent" => [
                "return [class_implements(\$$variable), class_parents(\$$variable)];",
                "array (\n  0 => \n  array (\n  ),\n  1 => \n  array (\n  ),\n)",
            ];
        }
        yield 'a method of one class on an object of another' => [
            "return (new ReflectionMethod('PalierSession', 'state'))->invoke(\$bank);",
            'ReflectionException: Given object is not an instance of the class this method was declared in',
        ];
        yield 'an object in the global state at the end of the process' => [
            '$GLOBALS["kept"] = [$session, $bank]; $GLOBALS["kept"][] = &$GLOBALS["kept"]; return 1;', '1',
        ];
    }

    /** SOAP's class map makes an object without calling a constructor. */
    public function test_an_object_that_another_extension_made_empty_is_refused(): void
    {
        if (!extension_loaded('soap')) {
            $this->markTestSkipped('needs the extension soap');
        }
        $wsdl = 'data://text/plain;base64,' . base64_encode(<<<'XML'
            <definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
                xmlns:t="urn:t" xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t">
              <types><xsd:schema targetNamespace="urn:t">
                <xsd:complexType name="Empty"><xsd:sequence/></xsd:complexType></xsd:schema></types>
              <message name="in"><part name="x" type="t:Empty"/></message><message name="out"/>
              <portType name="port"><operation name="f"><input message="t:in"/><output message="t:out"/></operation></portType>
              <binding name="binding" type="t:port">
                <soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
                <operation name="f"><soap:operation soapAction="f"/>
                  <input><soap:body use="literal" namespace="urn:t"/></input>
                  <output><soap:body use="literal" namespace="urn:t"/></output></operation></binding>
              <service name="s"><port name="p" binding="t:binding"><soap:address location="http://localhost/"/></port></service>
            </definitions>
            XML);
        $code = <<<'PHP'
            final class Service {
                public function f($x) {
                    $methods = ['PalierBank' => 'hash', 'PalierPlan' => 'hash', 'PalierSession' => 'log'];
                    try { $x->{$methods[get_class($x)]}(); } catch (Error $e) { echo $e->getMessage(), "\n"; }
                    $bank = PalierBank::compile('[{"item":"q0","scale":"main","model":"rasch","b":0}]');
                    $plan = PalierPlan::parse('{"palier_plan":1}');
                    if ($x instanceof PalierBank) $bank = $x;
                    if ($x instanceof PalierPlan) $plan = $x;
                    try { PalierSession::start($bank, $plan, 1, '{}'); echo "started\n"; }
                    catch (Error $e) { echo $e->getMessage(), "\n"; }
                    exit;
                }
            }
            $server = new SoapServer($argv[1], ['classmap' => ['Empty' => $argv[2]], 'cache_wsdl' => 0]);
            $server->setObject(new Service());
            $server->handle('<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="urn:t">'
                . '<e:Body><t:f><x/></t:f></e:Body></e:Envelope>');
            PHP;
        foreach (['PalierBank', 'PalierPlan', 'PalierSession'] as $class) {
            $command = [PHP_BINARY, '-d', 'extension=' . Build::extension(), '-r', $code, $wsdl, $class];
            [$status, $output] = Build::run($command);
            $refusal = "$class: the object was made without its factory and holds nothing\n";
            $this->assertSame($refusal . ($class === 'PalierSession' ? "started\n" : $refusal), $output);
            $this->assertSame(0, $status);
        }
    }

    /**
     * @dataProvider classes
     */
    public function test_a_class_cannot_be_extended(string $class): void
    {
        [$status, , $errors] = Build::php("eval('class Mine extends $class { function __construct() {} }');");
        $this->assertStringContainsString("Class Mine cannot extend final class $class", $errors);
        $this->assertSame(255, $status);
    }

    public static function classes(): iterable
    {
        return array_map(fn($class) => [$class], array_keys(self::FACTORIES));
    }

    public function test_a_fatal_error_while_objects_are_alive_ends_the_process_in_order(): void
    {
        $code = self::PREPARE . '$kept = [$session]; ini_set("memory_limit", "4M"); $text = "";'
            . ' while (true) { $text .= str_repeat($session->log(), 100); }';
        [$status, , $errors] = Build::php($code);
        $this->assertStringContainsString('Allowed memory size', $errors);
        $this->assertSame(255, $status);
    }

    public function test_two_processes_of_one_parent_use_a_bank_that_the_parent_opened(): void
    {
        $code = self::PREPARE . '$children = []; for ($i = 0; $i < 2; $i++) { if (!($pid = pcntl_fork())) {'
            . ' $mine = PalierSession::start($bank, $plan, $i, "{}"); $mine->advance(1); exit(7); } $children[] = $pid; }'
            . ' foreach ($children as $pid) { pcntl_waitpid($pid, $status); echo pcntl_wexitstatus($status), " "; }'
            . ' echo $bank->size();';
        $this->assertSame([0, '7 7 1'], array_slice(Build::php($code), 0, 2));
    }
}
