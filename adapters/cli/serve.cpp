// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <boost/asio/ip/address.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/http_server.hpp"
#include "adapters/xapi/lrs/lrs.hpp"
#include "adapters/xapi/store/store.hpp"
#include "engine/errors.hpp"

// `palier serve --xapi`: the statement store behind HTTP, on this machine unless told otherwise.

namespace palier::cli {
namespace {

struct Options {
    bool xapi = false;
    std::string database = "palier-xapi.db";
    std::string listen = "127.0.0.1:8080";
    std::vector<std::string> hosts;
    std::string key;
    std::string secret;
    std::string port_file;
};

struct Endpoint {
    std::string host;  ///< as it stands in an address: "127.0.0.1", "[::1]", "localhost"
    boost::asio::ip::address address;
    std::uint16_t port;
};

Endpoint read_endpoint(const std::string& text) {
    const auto wrong = [&] {
        return CLI::ValidationError(
            "--listen", "'" + text + "' should be ADDRESS:PORT, such as 127.0.0.1:8080 or [::1]:0");
    };
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) throw wrong();
    Endpoint endpoint{text.substr(0, colon), {}, 0};
    const std::string digits = text.substr(colon + 1);
    const bool number = !digits.empty() && digits.size() <= 5 &&
                        digits.find_first_not_of("0123456789") == std::string::npos;
    if (!number || std::stoul(digits) > 65535) throw wrong();
    endpoint.port = static_cast<std::uint16_t>(std::stoul(digits));
    std::string address = endpoint.host == "localhost" ? "127.0.0.1" : endpoint.host;
    if (address.size() > 2 && address.front() == '[' && address.back() == ']')
        address = address.substr(1, address.size() - 2);
    boost::system::error_code error;
    endpoint.address = boost::asio::ip::make_address(address, error);
    if (error) throw wrong();
    return endpoint;
}

/// `bytes` from the operating system's generator, in hexadecimal digits.
std::string random_text(std::size_t bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string raw(bytes, '\0');
    if (getentropy(raw.data(), raw.size()) != 0)
        throw Error("the operating system gives no random numbers");
    std::string text;
    for (const char c : raw) {
        const auto byte = static_cast<unsigned char>(c);
        (text += digits[byte >> 4]) += digits[byte & 15];
    }
    return text;
}

/// Beside and then renamed, so that whoever waits for the file reads all of it.
void write_port(const std::string& path, std::uint16_t port) {
    const std::string beside = path + ".new";
    std::ofstream(beside) << port << '\n';
    std::error_code error;
    std::filesystem::rename(beside, path, error);
    if (error) throw Error(path + ": " + error.message());
}

int serve(const Options& options) {
    const Endpoint endpoint = read_endpoint(options.listen);
    const bool own_key = options.key.empty();
    const std::string key = own_key ? random_text(8) : options.key;
    const std::string secret = own_key ? random_text(32) : options.secret;

    HttpOptions http;
    http.address = endpoint.address.to_string();
    http.port = endpoint.port;
    http.largest_body = xapi::largest_body;
    http.hosts = {"localhost", "127.0.0.1", "[::1]", endpoint.host};
    for (std::string name : options.hosts) {
        for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        http.hosts.push_back(name);
    }

    // The server is made before the store: a port that is taken leaves no file behind.
    std::unique_ptr<xapi::Store> store;
    std::unique_ptr<xapi::Lrs> lrs;
    HttpServer server(http, [&lrs](const xapi::Request& request) {
        xapi::Response response = lrs->handle(request);
        if (response.status >= 500) std::cerr << "palier: " + response.body << std::flush;
        return response;
    });
    const std::string home =
        "http://" + endpoint.host + ":" + std::to_string(server.port()) + "/xapi";
    try {
        store = std::make_unique<xapi::Store>(options.database);
    } catch (const xapi::StoreError& error) {
        throw Error(options.database + ": " + error.what());
    }
    lrs = std::make_unique<xapi::Lrs>(*store, xapi::Settings{key, secret, home});
    if (!options.port_file.empty()) write_port(options.port_file, server.port());

    std::cout << "xAPI statements at " << home << ", kept in " << options.database << '\n';
    if (own_key) std::cout << "key    " << key << "\nsecret " << secret << '\n';
    std::cout << std::flush;
    if (!endpoint.address.is_loopback())
        std::cerr << "palier: other machines can reach this address, and what they send can be "
                     "read on the way: "
                     "put a reverse proxy with TLS before it\n";
    server.run();
    return 0;
}

void run(const Options& options) {
    if (!options.xapi)
        throw CLI::ValidationError("palier serve",
                                   "only --xapi can be served in this version; give --xapi");
    if (options.key.empty() != options.secret.empty())
        throw CLI::ValidationError("--key, --secret", "give both or neither");
    if (options.key.find(':') != std::string::npos)
        throw CLI::ValidationError("--key", "a key has no colon");
    serve(options);
}

}  // namespace

void add_serve(CLI::App& app) {
    auto* command = app.add_subcommand(
        "serve", "Keeps and serves xAPI statements over HTTP, until SIGTERM or Ctrl-C");
    const auto options = std::make_shared<Options>();
    command->add_flag("--xapi", options->xapi, "The statement store, at /xapi");
    command->add_option("--db", options->database,
                        "Its file; made where there is none (default palier-xapi.db)");
    command->add_option("--listen", options->listen,
                        "ADDRESS:PORT (default 127.0.0.1:8080; port 0: any that is free)");
    command->add_option("--host", options->hosts,
                        "A host name to answer for, besides localhost and the address");
    command
        ->add_option("--key", options->key,
                     "Key of the one client (default: random, shown at the start)")
        ->envname("PALIER_XAPI_KEY");
    command->add_option("--secret", options->secret, "Its secret")->envname("PALIER_XAPI_SECRET");
    command->add_option("--port-file", options->port_file, "Write the port there once it is bound");
    command->callback([options] { run(*options); });
}

}  // namespace palier::cli
