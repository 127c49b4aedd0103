<?php
// SPDX-License-Identifier: GPL-3.0-or-later

declare(strict_types=1);

namespace Palier\Tests;

/** As much of a FastCGI client as one GET request needs. */
final class FastCgi
{
    private const BEGIN = 1, PARAMS = 4, STDIN = 5, STDOUT = 6, END = 3;

    /** The body that a script prints. */
    public static function get(string $socket, string $script, string $query): string
    {
        $stream = stream_socket_client("unix://$socket", $code, $message, 5);
        stream_set_timeout($stream, 20);
        $parameters = '';
        foreach ([
            'GATEWAY_INTERFACE' => 'CGI/1.1', 'REQUEST_METHOD' => 'GET', 'SCRIPT_FILENAME' => $script,
            'SCRIPT_NAME' => '/' . basename($script), 'QUERY_STRING' => $query, 'REQUEST_URI' => "/?$query",
            'SERVER_PROTOCOL' => 'HTTP/1.1',
        ] as $name => $value) {
            $parameters .= pack('N', strlen($name) | 0x80000000) . pack('N', strlen($value) | 0x80000000) . $name . $value;
        }
        fwrite($stream, self::record(self::BEGIN, pack('nCx5', 1, 0)) . self::record(self::PARAMS, $parameters)
            . self::record(self::PARAMS, '') . self::record(self::STDIN, ''));
        $output = '';
        while (($header = stream_get_contents($stream, 8)) !== false && strlen($header) === 8) {
            $fields = unpack('Cversion/Ctype/nid/nlength/Cpadding', $header);
            $content = $fields['length'] ? stream_get_contents($stream, $fields['length']) : '';
            if ($fields['padding']) {
                stream_get_contents($stream, $fields['padding']);
            }
            if ($fields['type'] === self::STDOUT) {
                $output .= $content;
            } elseif ($fields['type'] === self::END) {
                break;
            }
        }
        return explode("\r\n\r\n", $output, 2)[1] ?? $output;
    }

    private static function record(int $type, string $content): string
    {
        return pack('CCnnCx', 1, $type, 1, strlen($content), 0) . $content;
    }
}
