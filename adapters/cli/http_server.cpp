// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/http_server.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <ctime>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "engine/errors.hpp"

namespace palier::cli {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

/// "[::1]:8080" → "[::1]", "LocalHost:80" → "localhost".
std::string name_of(std::string_view host) {
    const auto bracket = host.rfind(']');
    const auto colon = host.rfind(':');
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket))
        host = host.substr(0, colon);
    std::string name(host);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

/// "/xapi/about" of "http://lrs.example.org/xapi/about", as a proxy may ask (RFC 9112, section 3.2.2).
std::string_view path_and_query(std::string_view target) {
    if (!target.starts_with("http://") && !target.starts_with("https://")) return target;
    const auto begin = target.find('/', target.find("//") + 2);
    return begin == std::string_view::npos ? "/" : target.substr(begin);
}

/// "Sat, 28 Nov 2026 08:00:00 GMT" (RFC 9110, section 5.6.7).
std::string date() {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::array<char, 40> text{};
    // The program sets no locale: names are English.
    return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc)};
}

/// The last address in X-Forwarded-For that is no proxy's: those before it are what a client may have made up. Empty
/// where there is none.
std::string forwarded_for(const std::string& header, const std::vector<std::string>& proxies) {
    for (std::size_t end = header.size();;) {
        const std::size_t comma = end == 0 ? std::string::npos : header.rfind(',', end - 1);
        const std::size_t begin = comma == std::string::npos ? 0 : comma + 1;
        std::string one = header.substr(begin, end - begin);
        std::erase_if(one, [](char c) { return c == ' ' || c == '\t' || c == '[' || c == ']'; });
        error_code wrong;
        const auto address = asio::ip::make_address(one, wrong);
        if (wrong) return {};
        if (std::find(proxies.begin(), proxies.end(), address.to_string()) == proxies.end()) return address.to_string();
        if (comma == std::string::npos) return {};
        end = comma;
    }
}

xapi::Response refusal(int status, const std::string& text) {
    return {status,
            {{"Content-Type", "text/plain; charset=utf-8"}, {"Content-Length", std::to_string(text.size() + 1)}},
            text + "\n"};
}

}  // namespace

class Connection;

struct HttpServer::Impl {
    Impl(HttpOptions given, Handler answer)
        : options(std::move(given)),
          handler(std::move(answer)),
          acceptor(context),
          signals(context),
          deadline(context),
          pause(context) {}

    void accept();
    void stop();
    bool make_room(const std::string& from);

    HttpOptions options;
    Handler handler;
    asio::io_context context;
    tcp::acceptor acceptor;
    asio::signal_set signals;
    asio::steady_timer deadline;
    asio::steady_timer pause;
    std::atomic<bool> stopping = false;
    std::mutex mutex;  // over what follows
    std::set<std::shared_ptr<Connection>> open;
};

/// One client: requests one after the other, on its own strand.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(tcp::socket socket, std::string from, HttpServer::Impl& server)
        : stream_(std::move(socket)), from_(std::move(from)), server_(server) {}

    const std::string& from() const { return from_; }

    /// Since when the server waits for a request or the rest of one; nothing while it answers.
    std::optional<std::chrono::steady_clock::time_point> waits_since() const {
        const auto since = waits_since_.load();
        if (since == std::chrono::steady_clock::duration::zero()) return {};
        return std::chrono::steady_clock::time_point(since);
    }

    /// Closes, unless a whole request has come meanwhile.
    void send_away() {
        waits_since_ = std::chrono::steady_clock::duration::zero();  // not a second time
        asio::post(stream_.get_executor(), [self = shared_from_this()] {
            if (!self->answers_) self->close();
        });
    }

    void start() {
        // Never at once: the caller holds the server's mutex.
        asio::post(stream_.get_executor(), [self = shared_from_this()] { self->read_header(); });
    }

    /// Closes when no request is under way; one that is under way closes after its answer.
    void stop() {
        asio::post(stream_.get_executor(), [self = shared_from_this()] {
            if (self->idle_) self->close();
        });
    }

private:
    void read_header() {
        parser_.emplace();
        parser_->body_limit(server_.options.largest_body);
        parser_->header_limit(static_cast<std::uint32_t>(server_.options.largest_header));
        idle_ = true;
        answers_ = false;
        waits_since_ = std::chrono::steady_clock::now().time_since_epoch();
        if (server_.stopping) return close();
        stream_.expires_after(server_.options.patience);
        if (buffer_.size() > 0) return read_rest_of_header();
        stream_.async_read_some(buffer_.prepare(4096),
                                [self = shared_from_this()](error_code error, std::size_t count) {
                                    if (error) return self->close();
                                    self->buffer_.commit(count);
                                    self->read_rest_of_header();
                                });
    }

    void read_rest_of_header() {
        stream_.expires_after(server_.options.patience_for_header);
        http::async_read_header(stream_, buffer_, *parser_, [self = shared_from_this()](error_code error, std::size_t) {
            self->header_read(error);
        });
    }

    void header_read(error_code error) {
        idle_ = false;
        if (error) return refuse(error);
        const auto& request = parser_->get();
        // RFC 9112, section 3.2: exactly one.
        if (request.count(http::field::host) != 1) return last_answer(refusal(400, "one Host header is required"));
        const auto host = request[http::field::host];
        const std::string name = name_of(std::string_view(host.data(), host.size()));
        const auto& names = server_.options.hosts;
        if (std::find(names.begin(), names.end(), name) == names.end())
            return last_answer(refusal(421, "this server does not answer for that host; --host allows others"));
        if (const auto length = parser_->content_length(); length && *length > server_.options.largest_body)
            return refuse(http::make_error_code(http::error::body_limit));
        if (beast::iequals(request[http::field::expect], "100-continue")) return go_on();
        read_body();
    }

    void go_on() {
        go_on_.emplace(http::status::continue_, 11);
        stream_.expires_after(server_.options.patience);
        http::async_write(stream_, *go_on_, [self = shared_from_this()](error_code error, std::size_t) {
            if (error) return self->close();
            self->read_body();
        });
    }

    void read_body() {
        stream_.expires_after(server_.options.patience);
        http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](error_code error, std::size_t) {
            if (error) return self->refuse(error);
            self->answer();
        });
    }

    void answer() {
        answers_ = true;
        waits_since_ = std::chrono::steady_clock::duration::zero();
        const auto message = parser_->release();
        takes_chunks_ = message.version() >= 11;
        const auto text = [](auto view) { return std::string(view.data(), view.size()); };
        const auto target = message.target();
        xapi::Request request{text(message.method_string()),
                              std::string(path_and_query({target.data(), target.size()})),
                              {},
                              std::move(message.body())};
        request.from = from_;
        const auto& proxies = server_.options.proxies;
        if (std::find(proxies.begin(), proxies.end(), from_) != proxies.end()) {
            std::string all;
            const auto [first, last] = message.equal_range("X-Forwarded-For");
            for (auto one = first; one != last; ++one) all += (all.empty() ? "" : ",") + text(one->value());
            if (std::string client = forwarded_for(all, proxies); !client.empty()) request.from = std::move(client);
        }
        for (const auto& field : message) request.headers.emplace_back(text(field.name_string()), text(field.value()));
        write(server_.handler(request), message.keep_alive() && !server_.stopping);
    }

    /// What could not be read as a request; a client that only went away hears nothing.
    void refuse(error_code error) {
        if (error == http::error::body_limit) return last_answer(refusal(413, "the body is too large"));
        if (error == http::error::header_limit) return last_answer(refusal(431, "the header is too large"));
        const bool malformed = error.category() == http::make_error_code(http::error::bad_value).category() &&
                               error != http::error::end_of_stream && error != http::error::partial_message;
        if (malformed) return last_answer(refusal(400, "not an HTTP request"));
        close();
    }

    void last_answer(xapi::Response response) { write(std::move(response), false); }

    void write(xapi::Response response, bool keep_alive) {
        keeps_alive_ = keep_alive;
        if (response.more) return write_in_parts(std::move(response));
        fill(reply_.emplace(), response);
        reply_->body() = std::move(response.body);
        stream_.expires_after(server_.options.patience);
        // The head says how long the body is, also where there is none (HEAD).
        serializer_.emplace(*reply_);
        http::async_write(stream_, *serializer_,
                          [self = shared_from_this()](error_code error, std::size_t) { self->written(error); });
    }

    template <class Body>
    void fill(http::response<Body>& head, const xapi::Response& response) const {
        head.version(11);
        head.result(static_cast<unsigned>(response.status));
        for (const auto& [name, value] : response.headers) head.set(name, value);
        head.set(http::field::date, date());
        head.keep_alive(keeps_alive_);
    }

    /// A body whose length is not known yet: in chunks (RFC 9112, section 7.1), or to a client of HTTP/1.0 as long as
    /// the connection lasts.
    void write_in_parts(xapi::Response response) {
        keeps_alive_ = keeps_alive_ && takes_chunks_;
        fill(head_.emplace(), response);
        if (takes_chunks_) head_->chunked(true);
        more_ = std::move(response.more);
        part_ = std::move(response.body);
        stream_.expires_after(server_.options.patience);
        head_serializer_.emplace(*head_);
        http::async_write_header(stream_, *head_serializer_,
                                 [self = shared_from_this()](error_code error, std::size_t) {
                                     if (error) return self->close();
                                     self->write_part();
                                 });
    }

    void write_part() {
        // A chunk of nothing would be the last.
        if (part_.empty()) return write_next_part();
        const auto then = [self = shared_from_this()](error_code error, std::size_t) {
            if (error) return self->close();
            self->write_next_part();
        };
        stream_.expires_after(server_.options.patience);
        if (takes_chunks_)
            asio::async_write(stream_, http::make_chunk(asio::buffer(part_)), then);
        else
            asio::async_write(stream_, asio::buffer(part_), then);
    }

    void write_next_part() {
        try {
            for (auto part = more_(); part; part = more_()) {
                part_ = std::move(*part);
                if (!part_.empty()) return write_part();
            }
        } catch (const std::exception&) {
            // Without its end the client knows that it has not all.
            error_code ignored;
            stream_.socket().set_option(asio::socket_base::linger(true, 0), ignored);
            stream_.socket().close(ignored);
            more_ = nullptr;
            return close();
        }
        more_ = nullptr;
        if (!takes_chunks_) return written({});
        asio::async_write(stream_, http::make_chunk_last(),
                          [self = shared_from_this()](error_code error, std::size_t) { self->written(error); });
    }

    void written(error_code error) {
        if (error) return close();
        if (!keeps_alive_) return say_goodbye();
        read_header();
    }

    /// Reads on for a while what the client still sends, lest it lose the answer to a reset.
    void say_goodbye() {
        idle_ = true;
        if (server_.stopping) return close();
        error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
        stream_.expires_after(std::chrono::seconds(2));
        drain();
    }

    void drain() {
        buffer_.clear();
        stream_.async_read_some(buffer_.prepare(65536),
                                [self = shared_from_this()](error_code error, std::size_t count) {
                                    self->drained_ += count;
                                    if (error || self->drained_ > 4 * self->server_.options.largest_body)
                                        return self->close();
                                    self->drain();
                                });
    }

    void close() {
        error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
        stream_.close();
        const std::lock_guard lock(server_.mutex);
        server_.open.erase(shared_from_this());
        if (server_.stopping && server_.open.empty()) server_.deadline.cancel();
    }

    beast::tcp_stream stream_;
    std::string from_;
    HttpServer::Impl& server_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    std::optional<http::response<http::empty_body>> go_on_;
    std::optional<http::response<http::string_body>> reply_;
    std::optional<http::response_serializer<http::string_body>> serializer_;
    std::optional<http::response<http::empty_body>> head_;
    std::optional<http::response_serializer<http::empty_body>> head_serializer_;
    std::function<std::optional<std::string>()> more_;  // of the present answer's body, after part_
    std::string part_;
    bool keeps_alive_ = false;
    bool takes_chunks_ = true;
    std::size_t drained_ = 0;
    bool idle_ = true;
    bool answers_ = false;  // a whole request has come and its answer has not gone
    std::atomic<std::chrono::steady_clock::duration> waits_since_ = std::chrono::steady_clock::duration::zero();
};

/// Holds `mutex`. Whether one more from an address may stay; another one may be sent away for it.
bool HttpServer::Impl::make_room(const std::string& from) {
    const auto is_of_one = [&](const auto& connection) { return connection->from() == from; };
    const auto of_one = static_cast<std::size_t>(std::count_if(open.begin(), open.end(), is_of_one));
    const bool is_proxy = std::find(options.proxies.begin(), options.proxies.end(), from) != options.proxies.end();
    const bool one_is_full = !is_proxy && of_one >= options.connections_of_one;
    if (!one_is_full && open.size() < options.connections) return true;
    std::shared_ptr<Connection> longest;
    for (const auto& connection : open) {
        if (one_is_full && !is_of_one(connection)) continue;
        const auto since = connection->waits_since();
        if (since && (!longest || *since < longest->waits_since().value_or(std::chrono::steady_clock::now())))
            longest = connection;
    }
    if (!longest) return false;
    longest->send_away();
    return true;
}

/// Holds `mutex`. Accepts one client after the other.
void HttpServer::Impl::accept() {
    acceptor.async_accept(asio::make_strand(context), [this](error_code error, tcp::socket socket) {
        const std::lock_guard lock(mutex);
        if (stopping) return;
        if (error) {
            // No file descriptor is left, for one: some will be.
            pause.expires_after(std::chrono::milliseconds(50));
            pause.async_wait([this](error_code ended) {
                const std::lock_guard again(mutex);
                if (!ended && !stopping) accept();
            });
            return;
        }
        error_code unknown;
        const std::string from = socket.remote_endpoint(unknown).address().to_string();
        if (!unknown && make_room(from)) {
            const auto connection = std::make_shared<Connection>(std::move(socket), from, *this);
            open.insert(connection);
            connection->start();
        }
        accept();
    });
}

void HttpServer::Impl::stop() {
    const std::lock_guard lock(mutex);
    if (stopping.exchange(true)) return;
    error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    for (const auto& connection : open) connection->stop();
    if (open.empty()) return;
    deadline.expires_after(std::chrono::seconds(10));
    deadline.async_wait([this](error_code error) {
        if (!error) context.stop();
    });
}

HttpServer::HttpServer(HttpOptions options, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {
    try {
        const tcp::endpoint endpoint(asio::ip::make_address(impl_->options.address), impl_->options.port);
        impl_->acceptor.open(endpoint.protocol());
        impl_->acceptor.set_option(tcp::acceptor::reuse_address(true));
        impl_->acceptor.bind(endpoint);
        impl_->acceptor.listen();
    } catch (const boost::system::system_error& error) {
        throw Error("cannot listen on " + impl_->options.address + " port " + std::to_string(impl_->options.port) +
                    ": " + error.code().message());
    }
}

HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const { return impl_->acceptor.local_endpoint().port(); }

void HttpServer::run() {
    impl_->signals.add(SIGINT);
    impl_->signals.add(SIGTERM);
    impl_->signals.async_wait([this](error_code error, int) {
        if (!error) impl_->stop();
    });
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->accept();
    }
    std::vector<std::thread> threads;
    for (int i = 1; i < impl_->options.threads; ++i) threads.emplace_back([this] { impl_->context.run(); });
    impl_->context.run();
    for (auto& thread : threads) thread.join();
}

}  // namespace palier::cli
