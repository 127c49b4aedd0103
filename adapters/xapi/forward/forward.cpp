// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/forward/forward.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/forward/destinations.hpp"
#include "adapters/xapi/forward/outgoing.hpp"
#include "engine/errors.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

constexpr std::size_t batch = 50;
constexpr std::int64_t second = 1000000;
constexpr std::int64_t longest_pause = 3600 * second;
constexpr std::int64_t longest_asked = 86400 * second;
constexpr std::int64_t most_refusals = 10;
constexpr std::size_t longest_words = 300;

/// The beginning of what was said, in whole characters of UTF-8 where it is any.
std::string beginning(std::string text) {
    if (text.size() > longest_words) {
        std::size_t end = longest_words;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        text.resize(end);
    }
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
}

/// 403 where it is about voiding what others sent; else it is about the key.
bool is_refusal_of_statements(int status, const std::vector<std::string>& bodies) {
    const auto voids = [](const std::string& body) { return is_voiding(json::parse(body)); };
    return status == 400 || status == 409 || status == 413 || status == 422 ||
           (status == 403 && std::any_of(bodies.begin(), bodies.end(), voids));
}

/// What a destination said that it did not take, as one who looks after it reads it.
std::string told(const Response& answer) {
    return std::to_string(answer.status) + (answer.body.empty() ? "" : " " + beginning(answer.body));
}

/// Retry-After in seconds; a date, which few send, is not read and only the own pause holds.
std::int64_t asked_to_wait(const Response& answer) {
    const auto text = header(answer.headers, "Retry-After");
    std::int64_t seconds = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), seconds).ec != std::errc()) return 0;
    return std::clamp<std::int64_t>(seconds, 0, longest_asked / second) * second;
}

/// Give or take a fifth, so that not all come back at once.
std::int64_t about(std::int64_t pause) {
    const auto chance = static_cast<double>(std::stoul(random_digits(2), nullptr, 16)) / 65535.0;
    return static_cast<std::int64_t>(static_cast<double>(pause) * (0.8 + 0.4 * chance));
}

/// What comes after what a destination was dealt with.
Query query_for(const Destination& to, const Progress& progress) {
    Query query;
    query.agent = to.agent;
    query.verb = to.verb;
    query.activity = to.activity;
    query.registration = to.registration;
    query.related_agents = query.related_activities = to.related;
    query.voided_too = true;
    query.ascending = true;
    query.cursor = progress.place;
    return query;
}

class Forwarder {
public:
    Forwarder(Store& store, const std::string& name, const SendOn& send, std::int64_t now)
        : store_(store),
          to_(destination_of(store, name)),
          known_(known_progress(store, name)),
          send_(send),
          now_(now) {}

    bool run() {
        if (known_.progress.paused || now_ < known_.progress.not_before) return false;
        if (known_.progress.retries_parked) return try_parked();
        Query query = query_for(to_, known_.progress);
        query.limit = batch;
        page_ = store_.query(query);
        if (page_.bodies.empty()) return false;
        return send_from(0, page_.bodies.size()) && page_.cursor.has_value();
    }

private:
    /// The answer, or nothing where none came; then it has paused.
    std::optional<Response> answer_to(const Request& request) {
        try {
            return send_(to_, request);
        } catch (const std::exception& error) {
            pause(beginning(error.what()), 0, "no_answer");
            return {};
        }
    }

    /// Sends statements of the page in order; false where it paused.
    bool send_from(std::size_t first, std::size_t end) {
        while (first < end) {
            const std::vector<std::string> bodies(page_.bodies.begin() + static_cast<std::ptrdiff_t>(first),
                                                  page_.bodies.begin() + static_cast<std::ptrdiff_t>(end));
            std::size_t count = bodies.size();
            const Request request = request_of(store_, to_, bodies, count);
            const auto answer = answer_to(request);
            if (!answer) return false;
            if (answer->status == 200 || answer->status == 204) {
                done(first + count - 1, static_cast<std::int64_t>(count));
            } else if (!is_refusal_of_statements(answer->status, bodies)) {
                pause(told(*answer), asked_to_wait(*answer));
                return false;
            } else if (answer->status == 400 && !takes_version()) {
                return false;
            } else if (count > 1) {
                // The first half, and then from there on.
                if (!send_from(first, first + count / 2)) return false;
                first += count / 2;
                continue;
            } else if (!park(first, *answer)) {
                return false;
            }
            first += count;
        }
        return true;
    }

    void done(std::size_t last, std::int64_t count) {
        Progress& progress = known_.progress;
        progress.place = page_.places[last];
        progress.sent += count;
        progress.failures = progress.refusals = progress.not_before = 0;
        progress.problem.clear();
        keep_progress(store_, to_.name, known_);
    }

    /// False where so many were refused one after another that it is not the statements' fault.
    bool park(std::size_t which, const Response& answer) {
        Progress& progress = known_.progress;
        progress.place = page_.places[which];
        ++progress.parked;
        ++progress.refusals;
        const bool too_many = progress.refusals >= most_refusals;
        if (too_many) {
            progress.problem = told(answer);
            progress.why = "ten_refused";
            progress.not_before = now_ + about(longest_pause);
            progress.refusals = 0;
        }
        const std::string id = json::parse(page_.bodies[which]).at("id");
        keep_progress(store_, to_.name, known_,
                      {{page_.places[which], {id, answer.status, beginning(answer.body), now_}}});
        return !too_many;
    }

    void pause(const std::string& problem, std::int64_t asked, const std::string& why = "") {
        Progress& progress = known_.progress;
        const std::int64_t doubled = std::min<std::int64_t>(progress.failures, 12);
        const std::int64_t pause = std::min(longest_pause, second << doubled);
        progress.problem = problem;
        progress.why = why;
        progress.not_before = now_ + std::max(about(pause), asked);
        ++progress.failures;
        keep_progress(store_, to_.name, known_);
    }

    /// Whether a 400 is about statements: asked once a run. False where the destination does not offer our version;
    /// then it has paused.
    bool takes_version() {
        if (asked_about_) return true;
        asked_about_ = true;
        const std::string version = to_.version == Version::v2_0_0 ? "2.0.0" : "1.0.3";
        Response answer;
        try {
            answer = send_(to_, {"GET", "/about", {{"X-Experience-API-Version", version}}, ""});
        } catch (const std::exception&) {
            return true;
        }
        const json offered = json::parse(answer.body, nullptr, false);
        // Without a list it cannot be told.
        if (answer.status != 200 || !offered.is_object() || !offered.contains("version") ||
            !offered["version"].is_array())
            return true;
        const std::string series = version.substr(0, 4);
        for (const json& one : offered["version"])
            if (one.is_string() && (one.get<std::string>() + ".").starts_with(series)) return true;
        pause(beginning(offered["version"].dump()), 0, "other_version");
        return false;
    }

    /// Sends what was refused once more, one by one.
    bool try_parked() {
        Progress& progress = known_.progress;
        for (const KeyedParked& one : keyed_parked(store_, to_.name)) {
            auto body = store_.find(one.parked.id);
            if (!body) body = store_.find(one.parked.id, true);
            if (body) {
                std::size_t count = 1;
                const auto answer = answer_to(request_of(store_, to_, {*body}, count));
                if (!answer) return false;
                if (is_refusal_of_statements(answer->status, {*body})) {
                    const std::int64_t place = std::stoll(one.key.substr(one.key.find(' ') + 1));
                    keep_progress(store_, to_.name, known_,
                                  {{place, {one.parked.id, answer->status, beginning(answer->body), now_}}});
                    continue;
                }
                if (answer->status != 200 && answer->status != 204) {
                    pause(told(*answer), asked_to_wait(*answer));
                    return false;
                }
                ++progress.sent;
            }
            // One that was erased meanwhile goes nowhere any more.
            --progress.parked;
            keep_progress(store_, to_.name, known_, {}, {one.key});
        }
        progress.retries_parked = false;
        progress.problem.clear();
        keep_progress(store_, to_.name, known_);
        return true;
    }

    Store& store_;
    Destination to_;
    KnownProgress known_;
    const SendOn& send_;
    std::int64_t now_;
    Page page_;
    bool asked_about_ = false;
};

}  // namespace

std::size_t waiting_for(Store& store, const std::string& name, std::size_t most) {
    Query query = query_for(destination_of(store, name), known_progress(store, name).progress);
    query.limit = most;
    return store.query(query).places.size();
}

bool forward_some(Store& store, const std::string& name, const SendOn& send, std::int64_t now) {
    return Forwarder(store, name, send, now).run();
}

}  // namespace palier::xapi
