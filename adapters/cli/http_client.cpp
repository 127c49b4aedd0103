// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/http_client.hpp"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <chrono>

#include "engine/errors.hpp"

namespace palier::cli {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace ssl = boost::asio::ssl;
using boost::asio::ip::tcp;

constexpr std::chrono::seconds patience{30};
constexpr std::uint64_t largest_answer = 1 << 20;  // bytes

struct Address {
    bool tls = false;
    std::string host;  ///< as it stands in Host, with the port where one was given
    std::string name;  ///< without port and brackets
    std::string port;
    std::string path;
};

Address read_address(const std::string& text) {
    Address address;
    address.tls = text.starts_with("https://");
    std::string rest = text.substr(address.tls ? 8 : 7);
    const auto slash = std::min(rest.find('/'), rest.size());
    address.host = rest.substr(0, slash);
    address.path = rest.substr(slash);
    const auto bracket = address.host.rfind(']');
    const auto colon = address.host.rfind(':');
    const bool has_port = colon != std::string::npos && (bracket == std::string::npos || colon > bracket);
    address.name = address.host.substr(0, has_port ? colon : address.host.size());
    address.port = has_port ? address.host.substr(colon + 1) : address.tls ? "443" : "80";
    if (address.name.size() > 2 && address.name.front() == '[')
        address.name = address.name.substr(1, address.name.size() - 2);
    return address;
}

/// Runs one step to its end; the stream's own limit of time ends one that takes too long.
template <class Start>
void step(boost::asio::io_context& context, const char* what, const Start& start) {
    boost::system::error_code error;
    start([&](const boost::system::error_code& code, auto&&...) { error = code; });
    context.restart();
    context.run();
    if (error) throw Error(std::string(what) + ": " + error.message());
}

template <class Stream>
xapi::Response ask(boost::asio::io_context& context, Stream& stream, const Address& address,
                   const xapi::Request& request) {
    http::request<http::string_body> sent{http::string_to_verb(request.method), address.path + request.target, 11,
                                          request.body};
    for (const auto& [name, value] : request.headers) sent.set(name, value);
    sent.set(http::field::host, address.host);
    sent.set(http::field::user_agent, "palier");
    sent.set(http::field::connection, "close");
    sent.prepare_payload();
    auto& lowest = beast::get_lowest_layer(stream);
    lowest.expires_after(patience);
    step(context, "sending", [&](auto done) { http::async_write(stream, sent, done); });

    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(largest_answer);
    parser.skip(request.method == "HEAD");
    lowest.expires_after(patience);
    step(context, "waiting for the answer", [&](auto done) { http::async_read(stream, buffer, parser, done); });
    auto message = parser.release();
    xapi::Response response{static_cast<int>(message.result_int()), {}, std::move(message.body())};
    for (const auto& field : message)
        response.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    return response;
}

void connect(boost::asio::io_context& context, beast::tcp_stream& stream, const Address& address) {
    tcp::resolver resolver(context);
    tcp::resolver::results_type found;
    boost::system::error_code error;
    resolver.async_resolve(address.name, address.port, [&](const boost::system::error_code& code, auto results) {
        error = code;
        found = std::move(results);
    });
    context.restart();
    context.run();
    if (error) throw Error(address.name + ": " + error.message());
    stream.expires_after(patience);
    step(context, "connecting", [&](auto done) { stream.async_connect(found, done); });
}

}  // namespace

xapi::Response ask_server(const std::string& text, const xapi::Request& request) {
    const Address address = read_address(text);
    boost::asio::io_context context;
    try {
        if (!address.tls) {
            beast::tcp_stream stream(context);
            connect(context, stream, address);
            return ask(context, stream, address, request);
        }
        ssl::context tls(ssl::context::tls_client);
        tls.set_default_verify_paths();
        tls.set_verify_mode(ssl::verify_peer);
        beast::ssl_stream<beast::tcp_stream> stream(context, tls);
        stream.set_verify_callback(ssl::host_name_verification(address.name));
        if (SSL_set_tlsext_host_name(stream.native_handle(), address.name.c_str()) != 1)
            throw Error(address.name + ": no name that TLS takes");
        SSL_set_min_proto_version(stream.native_handle(), TLS1_2_VERSION);
        connect(context, beast::get_lowest_layer(stream), address);
        beast::get_lowest_layer(stream).expires_after(patience);
        step(context, "TLS", [&](auto done) { stream.async_handshake(ssl::stream_base::client, done); });
        return ask(context, stream, address, request);
    } catch (const boost::system::system_error& error) {
        throw Error(address.name + ": " + error.code().message());
    }
}

}  // namespace palier::cli
