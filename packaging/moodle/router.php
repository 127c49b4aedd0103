<?php
// SPDX-License-Identifier: GPL-3.0-or-later
// Router of PHP's built-in web server for a disposable Moodle site: hides what a web server would hide
// and passes "slash arguments" (pluginfile.php/12/mod_page/content/0/a.b.png) to their script.
$path = rawurldecode((string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
if (preg_match('~(^|/)\.(?!well-known/)|/(vendor|node_modules)/|/(composer|package)[^/]*\.(json|lock)$~', $path)) {
    http_response_code(404);
    return true;
}
if (preg_match('~^(/(?:[^/]+/)*?[^/]+\.php)(/.*)$~', $path, $match) && is_file($_SERVER['DOCUMENT_ROOT'] . $match[1])) {
    $_SERVER['SCRIPT_NAME'] = $match[1];
    $_SERVER['PHP_SELF'] = $match[1] . $match[2];
    $_SERVER['PATH_INFO'] = $match[2];
    $_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . $match[1];
    chdir(dirname($_SERVER['SCRIPT_FILENAME']));
    require($_SERVER['SCRIPT_FILENAME']);
    return true;
}
return false;
