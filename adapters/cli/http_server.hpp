// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/xapi/lrs/http.hpp"

// A small HTTP/1.1 server: reads whole requests within limits, asks a function for the answer.
// It knows nothing of xAPI, TLS or CORS; a reverse proxy does TLS.

namespace palier::cli {

struct HttpOptions {
    std::string address = "127.0.0.1";  ///< an IP address
    std::uint16_t port = 8080;          ///< 0: any that is free
    std::vector<std::string> hosts;     ///< names that may stand in Host, without ports, lower case
    std::size_t largest_body = std::size_t{4} << 20;
    std::size_t largest_header = std::size_t{32} << 10;
    /// At once, and from one address. Where there are so many, who has kept the server waiting for a request for the
    /// longest is sent away for who comes; where none keeps it waiting, who comes is.
    std::size_t connections = 512;
    std::size_t connections_of_one = 256;
    /// Addresses of reverse proxies: what they send is from the address that they name last in X-Forwarded-For, and
    /// they may have all connections.
    std::vector<std::string> proxies;
    int threads = 8;
    std::chrono::seconds patience{30};             ///< for a next request, a body, a reader of an answer
    std::chrono::seconds patience_for_header{10};  ///< for the rest of a header of which something came
};

class HttpServer {
public:
    /// Answers a request; called on any of the threads.
    using Handler = std::function<xapi::Response(const xapi::Request&)>;

    /// Binds. Throws palier::Error when the address cannot be had.
    HttpServer(HttpOptions options, Handler handler);
    ~HttpServer();

    /// The port that is bound.
    std::uint16_t port() const;

    /// Serves until SIGTERM or SIGINT, then finishes what it is answering (10 s at most).
    void run();

    struct Impl;

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace palier::cli
