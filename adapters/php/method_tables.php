<?php
// SPDX-License-Identifier: GPL-3.0-or-later

// Build step: php -n method_tables.php STUB SWIG_WRAPPER OUTPUT
//
// SWIG 4.1 names every parameter $arg1…, adds __get, __set and __isset to each class (they trust
// their arguments) and leaves classes open. This writes the wrapper anew with the signatures of the
// stub, only the stub's methods, a private constructor, and a call of close_class() for each class.
// Where the stub and the wrapper do not match, or SWIG's output has changed its form, it fails.

declare(strict_types=1);

[, $stub, $input, $output] = $argv + [null, null, null, null];
$wrapper = file_get_contents($input);
$known = get_declared_classes();
require $stub;
$classes = array_filter(
    array_map(fn(string $name) => new ReflectionClass($name), array_diff(get_declared_classes(), $known)),
    fn(ReflectionClass $class) => !$class->isSubclassOf(Throwable::class)
);

function fail(string $message): never
{
    fwrite(STDERR, "method_tables.php: $message\n");
    exit(1);
}

/** Replaces the one match of a pattern. */
function replace_one(string $pattern, string $by, string $what): void
{
    global $wrapper;
    $wrapper = preg_replace_callback($pattern, fn() => $by, $wrapper, -1, $count);
    if ($count !== 1) {
        fail("$what: found $count times in SWIG's output, expected once");
    }
}

function is_class(ReflectionType $type): bool
{
    return !$type->isBuiltin();
}

function arginfo(ReflectionMethod $method, string $name): string
{
    $return = $method->getReturnType() ?? fail("$method->class::$method->name() has no return type");
    $lines = is_class($return)
        ? ["ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX($name, 0, {$method->getNumberOfRequiredParameters()}, $return, 0)"]
        : ["ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX($name, 0, {$method->getNumberOfRequiredParameters()}, "
            . zend_type($return) . ', 0)'];
    foreach ($method->getParameters() as $parameter) {
        $type = $parameter->getType();
        $lines[] = is_class($type)
            ? " ZEND_ARG_OBJ_INFO(0, $parameter->name, $type, 0)"
            : " ZEND_ARG_TYPE_INFO(0, $parameter->name, " . zend_type($type) . ', 0)';
    }
    $lines[] = 'ZEND_END_ARG_INFO()';
    return implode("\n", $lines);
}

function zend_type(ReflectionType $type): string
{
    return [
        'string' => 'IS_STRING', 'int' => 'IS_LONG', 'float' => 'IS_DOUBLE', 'array' => 'IS_ARRAY', 'bool' => '_IS_BOOL',
    ][(string) $type] ?? fail("type $type is not known here");
}

$constructor = 'palier_constructor_arginfo';
$signatures = ["ZEND_BEGIN_ARG_INFO_EX($constructor, 0, 0, 0)\nZEND_END_ARG_INFO()"];
foreach ($classes as $class) {
    $table = [" PHP_ME({$class->name},__construct,$constructor,ZEND_ACC_PRIVATE)"];
    $stubbed = [];
    foreach ($class->getMethods() as $method) {
        if ($method->isConstructor()) {
            continue;
        }
        $stubbed[] = $method->name;
        $arginfo = "palier_arginfo_{$class->name}_{$method->name}";
        $signatures[] = arginfo($method, $arginfo);
        $table[] = " PHP_ME({$class->name},{$method->name},$arginfo,ZEND_ACC_PUBLIC"
            . ($method->isStatic() ? ' | ZEND_ACC_STATIC)' : ')');
    }

    $start = "static const zend_function_entry class_{$class->name}_functions[] = {\n";
    if (!preg_match('~^' . preg_quote($start) . '(.*?) ZEND_FE_END~ms', $wrapper, $found)) {
        fail("{$class->name} is in the stub and not in the wrapper");
    }
    preg_match_all("~PHP_ME\({$class->name},(\w+),~", $found[1], $wrapped);
    $wrapped = array_diff($wrapped[1], ['__get', '__set', '__isset']);
    if ($differ = array_merge(array_diff($stubbed, $wrapped), array_diff($wrapped, $stubbed))) {
        fail("{$class->name}: only in the stub or only in the wrapper: " . implode(', ', $differ));
    }
    replace_one('~^' . preg_quote($start) . '.*? ZEND_FE_END~ms', $start . implode("\n", $table) . "\n ZEND_FE_END", $class->name);

    $last = "  {$class->name}_object_handlers.free_obj = SWIG_Php_free_obj_{$class->name};\n";
    replace_one(
        '~^' . preg_quote($last) . '~m',
        "$last  palier::php::close_class(SWIG_Php_ce_{$class->name}, {$class->name}_object_handlers);\n",
        "{$class->name}_object_handlers"
    );
}
replace_one(
    '~^/\* arginfo subsection \*/$.*?^/\* class entry subsection \*/$~ms',
    "/* arginfo subsection */\n" . implode("\n", $signatures) . "\n\n/* class entry subsection */",
    'the signatures'
);
preg_match_all('~SWIG_Php_ce_(\w+) = zend_register_internal_class~', $wrapper, $registered);
if ($extra = array_diff($registered[1], array_map(fn($class) => $class->name, $classes))) {
    fail('not in the stub: ' . implode(', ', $extra));
}
file_put_contents($output, $wrapper) !== false || fail("$output cannot be written");
