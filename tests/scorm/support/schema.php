<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// php schema.php FOLDER[:FOLDER…] MANIFEST: checks a manifest of SCORM 1.2, SCORM 2004 or cmi5 against the schemas of
// folders (IMS's, ADL's and IEEE's are no part of this project). libxml2 does not follow xsi:schemaLocation: a driver
// imports them all.
[, $folders, $manifest] = $argv;
libxml_use_internal_errors(true);
libxml_set_external_entity_loader(static fn(?string $public, string $system) => is_file($system) ? $system : null);
$document = new DOMDocument();
if (!$document->load($manifest, LIBXML_NONET)) {
    exit(implode('', array_map(static fn($error) => $error->message, libxml_get_errors())) . "no XML\n");
}
$schemas = [
    'http://www.imsproject.org/xsd/imscp_rootv1p1p2' => 'imscp_rootv1p1p2.xsd',
    'http://www.imsglobal.org/xsd/imsmd_rootv1p2p1' => 'imsmd_rootv1p2p1.xsd',
    'http://www.adlnet.org/xsd/adlcp_rootv1p2' => 'adlcp_rootv1p2.xsd',
    'http://www.imsglobal.org/xsd/imscp_v1p1' => 'imscp_v1p1.xsd',
    'http://www.adlnet.org/xsd/adlcp_v1p3' => 'adlcp_v1p3.xsd',
    'http://www.imsglobal.org/xsd/imsss' => 'imsss_v1p0.xsd',
    'http://ltsc.ieee.org/xsd/LOM' => 'lom.xsd',
    'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd' => 'CourseStructure.xsd',
];
$driver = '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">';
foreach ($schemas as $namespace => $file) {
    foreach (array_filter(explode(':', $folders), static fn(string $folder) => is_file("$folder/$file")) as $folder) {
        $driver .= "<xsd:import namespace=\"$namespace\" schemaLocation=\"" . realpath("$folder/$file") . '"/>';
        break;
    }
}
$valid = $document->schemaValidateSource($driver . '</xsd:schema>');
foreach (libxml_get_errors() as $error) {
    if ($error->level >= LIBXML_ERR_ERROR && !str_contains($error->message, 'xml namespace URI cannot be the default')) {
        echo "line $error->line: $error->message";
    }
}
echo $valid ? "valid\n" : "not valid\n";
exit($valid ? 0 : 1);
