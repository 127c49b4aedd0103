// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/places.hpp"

extern char** environ;

namespace palier::test {

namespace http = boost::beast::http;

/// The command, started with arguments and ended with the object.
class Process {
public:
    explicit Process(std::vector<std::string> arguments, const std::string& output = "/dev/null") {
        std::vector<char*> pointers;
        for (auto& one : arguments) pointers.push_back(one.data());
        pointers.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_adddup2(&actions, 1, 2);
        const int error = posix_spawn(&id_, pointers[0], &actions, nullptr, pointers.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        if (error != 0) throw std::runtime_error("cannot start " + arguments[0]);
    }
    ~Process() {
        if (id_ > 0) end(SIGKILL);
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// Its exit code, or 128 and the signal that ended it.
    int wait() {
        int status = 0;
        waitpid(id_, &status, 0);
        id_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    int end(int signal) {
        kill(id_, signal);
        return wait();
    }
    pid_t id() const { return id_; }

private:
    pid_t id_ = 0;
};

/// One connection that asks one thing after the other.
class Client {
public:
    /// `patience`: for each answer.
    explicit Client(unsigned short port, std::chrono::seconds patience = std::chrono::seconds(20))
        : patience_(patience), stream_(context_) {
        stream_.expires_after(patience_);
        stream_.connect(boost::asio::ip::tcp::endpoint(boost::asio::ip::make_address("127.0.0.1"), port));
    }

    struct Answer {
        int status = 0;
        std::string body;
        http::fields headers;
    };

    Answer send(http::verb method, const std::string& target, const std::string& body = "",
                const std::vector<std::pair<std::string, std::string>>& more = {}) {
        http::request<http::string_body> request{method, target, 11, body};
        request.set(http::field::host, "127.0.0.1");
        request.set(http::field::authorization, "Basic a2V5OnNlY3JldC1vZi1hLXRlc3Q=");  // key:secret-of-a-test
        request.set("X-Experience-API-Version", "1.0.3");
        if (!body.empty()) request.set(http::field::content_type, "application/json");
        for (const auto& [name, value] : more) request.set(name, value);
        request.prepare_payload();
        stream_.expires_after(patience_);
        http::write(stream_, request);
        return read(method == http::verb::head);
    }

    void say(const std::string& text) { boost::asio::write(stream_, boost::asio::buffer(text)); }

    Answer raw(const std::string& text) {
        stream_.expires_after(patience_);
        boost::asio::write(stream_, boost::asio::buffer(text));
        return read(false);
    }

private:
    Answer read(bool head) {
        http::response_parser<http::string_body> parser;
        parser.skip(head);
        http::read(stream_, buffer_, parser);
        auto message = parser.release();
        return {static_cast<int>(message.result_int()), message.body(), message.base()};
    }

    std::chrono::seconds patience_;
    boost::asio::io_context context_;
    boost::beast::tcp_stream stream_;
    boost::beast::flat_buffer buffer_;
};

/// `palier serve --xapi` on a free port.
class RunningServer {
public:
    /// `store`: its address; by default a file in the folder.
    explicit RunningServer(const std::string& folder,
                           std::vector<std::string> more = {"--key", "key", "--secret", "secret-of-a-test"},
                           const std::string& store = "")
        : port_file_(folder + "/port"),
          process_(arguments(store.empty() ? folder + "/s.db" : store, std::move(more)), folder + "/output") {
        // With sanitizers, on a busy machine, a start took more than two minutes.
        for (int i = 0; i < 60000; ++i) {
            std::ifstream file(port_file_);
            if (file >> port_) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        throw std::runtime_error("the server does not start");
    }

    unsigned short port() const { return port_; }
    Process& process() { return process_; }

private:
    std::vector<std::string> arguments(const std::string& store, std::vector<std::string> more) const {
        std::remove(port_file_.c_str());
        std::vector<std::string> all{palier_command, "serve", "--xapi", "--db", store, "--port-file", port_file_};
        if (std::find(more.begin(), more.end(), "--listen") == more.end())
            all.insert(all.end(), {"--listen", "127.0.0.1:0"});
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    std::string port_file_;
    Process process_;
    unsigned short port_ = 0;
};

}  // namespace palier::test
