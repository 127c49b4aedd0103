<?php
// SPDX-License-Identifier: GPL-3.0-or-later

// Prints the signatures of classes as JSON: of those that a file declares (php -n signatures.php FILE),
// or of those of the loaded extension (php -d extension=… signatures.php).

declare(strict_types=1);

if (isset($argv[1])) {
    $before = get_declared_classes();
    require $argv[1];
    $classes = array_map(fn($name) => new ReflectionClass($name), array_diff(get_declared_classes(), $before));
} else {
    $classes = (new ReflectionExtension('palier'))->getClasses();
}

$signatures = [];
foreach ($classes as $class) {
    $methods = [];
    foreach ($class->getMethods() as $method) {
        // Exceptions have the methods of their parent alone.
        if ($method->getDeclaringClass()->name !== $class->name) {
            continue;
        }
        $methods[$method->name] = [
            'static' => $method->isStatic(),
            'visible' => implode(' ', Reflection::getModifierNames($method->getModifiers() & ~ReflectionMethod::IS_STATIC)),
            'parameters' => array_map(
                fn($parameter) => trim($parameter->getType() . " $parameter->name") . ($parameter->isOptional() ? '?' : ''),
                $method->getParameters()
            ),
            'returns' => (string) $method->getReturnType(),
        ];
    }
    ksort($methods);
    $signatures[$class->name] = [
        'parent' => $class->getParentClass() ? $class->getParentClass()->name : null,
        'final' => $class->isFinal(),
        'methods' => $methods,
        'constants' => array_keys($class->getConstants()),
        'properties' => array_values(array_map(
            fn($property) => $property->name,
            array_filter($class->getProperties(), fn($p) => $p->getDeclaringClass()->name === $class->name)
        )),
    ];
}
ksort($signatures);
echo json_encode($signatures, JSON_PRETTY_PRINT | JSON_THROW_ON_ERROR), "\n";
