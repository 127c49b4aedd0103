// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/background.hpp"

#include <iostream>
#include <map>

#include "adapters/cli/http_client.hpp"
#include "adapters/xapi/forward/forward.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/store/ops/retention.hpp"

namespace palier::cli {
namespace {

constexpr std::chrono::hours between_retentions{1};
constexpr std::chrono::seconds between_sendings{1};
constexpr std::chrono::seconds between_looks{10};

void say(const std::string& store, const std::string& text) {
    std::cerr << "palier: " + (store.empty() ? "" : "store " + store + ": ") + text + "\n" << std::flush;
}

}  // namespace

Background::Background(xapi::Store& store, xapi::NamedStores& named) : store_(store), named_(named) {
    retaining_ = std::thread([this] { retain(); });
    forwarding_ = std::thread([this] { forward(); });
}

Background::~Background() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    ended_.notify_all();
    retaining_.join();
    forwarding_.join();
}

bool Background::ends() {
    const std::lock_guard lock(mutex_);
    return ends_;
}

bool Background::wait(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return !ended_.wait_for(lock, time, [this] { return ends_; });
}

void Background::each_store(const Use& use) {
    const auto guarded = [&](const std::string& name, xapi::Store& store) {
        try {
            use(name, store);
        } catch (const xapi::Overtaken&) {
            // Another server on this store was faster.
        } catch (const std::exception& error) {
            say(name, error.what());
        }
    };
    guarded("", store_);
    try {
        for (const std::string& name : names())
            if (const auto one = named_.find(name); one && !ends()) guarded(name, one->store);
    } catch (const std::exception& error) {
        say("", error.what());
    }
}

std::vector<std::string> Background::names() {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (now - named_at_ > between_looks) {
        names_ = named_.names();
        named_at_ = now;
    }
    return names_;
}

void Background::retain() {
    do
        each_store([](const std::string& name, xapi::Store& store) {
            for (const auto& one : xapi::apply_retention(store, xapi::microseconds_now()))
                if (one.erased.statements + one.erased.documents > 0)
                    say(name, "retention rule " + one.rule.id + " (" + std::to_string(one.rule.days) +
                                  " days): " + std::to_string(one.erased.statements) + " statements and " +
                                  std::to_string(one.erased.documents) + " documents taken away");
        });
    while (wait(between_retentions));
}

void Background::forward() {
    std::map<std::string, std::string> told;
    const xapi::SendOn send = [](const xapi::Destination& to, const xapi::Request& request) {
        return ask_server(to.endpoint, request);
    };
    bool more = false;
    do {
        more = false;
        // A batch for each by turns, so that who has much to send does not hold the others.
        each_store([&](const std::string& name, xapi::Store& store) {
            for (const xapi::Destination& to : xapi::destinations(store)) {
                more |= xapi::forward_some(store, to.name, send, xapi::microseconds_now());
                // A problem is told when it comes and when it goes.
                std::string& before = told[name + " " + to.name];
                const std::string problem = problem_words(xapi::progress_of(store, to.name), words::Language::en);
                if (problem != before)
                    say(name, "forwarding to " + to.name + ": " + (problem.empty() ? "goes on" : problem));
                before = problem;
            }
        });
    } while (more ? !ends() : wait(between_sendings));
}

}  // namespace palier::cli
