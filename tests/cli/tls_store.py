#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A store behind TLS that takes any statements: tls_store.py CERTIFICATE KEY PORT_FILE"""
import http.server
import json
import os
import ssl
import sys


class Store(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        statements = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = json.dumps([one["id"] for one in statements]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


class Server(http.server.HTTPServer):
    def handle_error(self, request, client_address):
        """Who does not trust the certificate hangs up."""


server = Server(("127.0.0.1", 0), Store)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server.socket = context.wrap_socket(server.socket, server_side=True)
with open(sys.argv[3] + ".new", "w") as file:
    file.write(str(server.server_address[1]))
os.rename(sys.argv[3] + ".new", sys.argv[3])
server.serve_forever()
