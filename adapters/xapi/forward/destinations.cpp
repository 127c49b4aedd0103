// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/forward/destinations.hpp"

#include <cstdio>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/store/backend/stores.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

const std::string destination_collection = "forward";
const std::string progress_collection = "forward-progress";
const std::string parked_collection = "forward-parked";
constexpr std::size_t most_destinations = 1000;
constexpr std::size_t most_listed = 10000;

void put(json& body, const char* key, const std::optional<std::string>& value) {
    if (value) body[key] = *value;
}
std::optional<std::string> get(const json& body, const char* key) {
    if (!body.contains(key)) return {};
    return body[key].get<std::string>();
}

/// http or https, a host, perhaps a path; neither key nor query.
bool is_endpoint(const std::string& text) {
    const std::size_t start = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
    return start > 0 && text.size() > start && text.size() <= 1000 && text[start] != '/' && text.back() != '/' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/[]%+", start) ==
               std::string::npos;
}

/// Whose key and place: places of one destination in their order.
std::string parked_key(const std::string& name, std::int64_t place) {
    char text[32];
    std::snprintf(text, sizeof text, " %019lld", static_cast<long long>(place));
    return name + text;
}

Destination read_destination(const KeyedRecord& one) {
    const json body = json::parse(one.record.body);
    Destination to;
    to.name = one.key;
    to.endpoint = body.at("endpoint");
    to.key = body.at("key");
    to.secret = body.at("secret");
    to.version = body.value("version", "1.0.3") == "2.0.0" ? Version::v2_0_0 : Version::v1_0_3;
    to.agent = get(body, "agent");
    to.verb = get(body, "verb");
    to.activity = get(body, "activity");
    to.registration = get(body, "registration");
    to.related = body.value("related", false);
    return to;
}

}  // namespace

SaidError no_destination(const std::string& name) { return SaidError("forward_gone", {{"name", shortened(name, 50)}}); }

std::string problem_words(const Progress& progress, words::Language language) {
    if (progress.problem.empty()) return "";
    const auto key = words::Key::named("forward_why_" + progress.why);
    return key ? words::text(*key, language, {{"words", progress.problem}}) : progress.problem;
}

std::string progress_text(const Progress& progress) {
    return json{
        {"place", progress.place},       {"sent", progress.sent},         {"parked", progress.parked},
        {"failures", progress.failures}, {"refusals", progress.refusals}, {"not_before", progress.not_before},
        {"problem", progress.problem},   {"why", progress.why},           {"retries_parked", progress.retries_parked},
        {"paused", progress.paused}}
        .dump(-1, ' ', false, json::error_handler_t::replace);
}

KnownProgress known_progress(Store& store, const std::string& name) {
    const auto record = store.record(progress_collection, name);
    if (!record) throw no_destination(name);
    const json body = json::parse(record->body);
    Progress progress;
    progress.place = body.at("place");
    progress.sent = body.at("sent");
    progress.parked = body.at("parked");
    progress.failures = body.at("failures");
    progress.refusals = body.at("refusals");
    progress.not_before = body.at("not_before");
    progress.problem = body.at("problem");
    progress.why = body.value("why", "");
    progress.retries_parked = body.at("retries_parked");
    progress.paused = body.value("paused", false);
    return {progress, record->revision};
}

void keep_progress(Store& store, const std::string& name, KnownProgress& known, const std::vector<ParkedAt>& parked,
                   const std::vector<std::string>& no_longer_parked) {
    store.write([&](Writer& writer) {
        for (const ParkedAt& one : parked) {
            const json body{{"id", one.parked.id},
                            {"status", one.parked.status},
                            {"words", one.parked.words},
                            {"when", one.parked.when}};
            const std::string key = parked_key(name, one.place);
            writer.remove_record(parked_collection, key);
            writer.change({parked_collection, key, {}, {1, body.dump(-1, ' ', false, json::error_handler_t::replace)}});
        }
        for (const std::string& key : no_longer_parked) writer.remove_record(parked_collection, key);
        if (!writer.change(
                {progress_collection, name, known.revision, {known.revision + 1, progress_text(known.progress)}}))
            throw Overtaken("another server has sent for " + name);
    });
    ++known.revision;
}

std::vector<KeyedParked> keyed_parked(Store& store, const std::string& name) {
    std::vector<KeyedParked> all;
    for (const KeyedRecord& one : store.rows().records(parked_collection, name + " ", most_listed)) {
        if (!one.key.starts_with(name + " ")) break;
        const json body = json::parse(one.record.body);
        all.push_back({one.key, {body.at("id"), body.at("status"), body.at("words"), body.at("when")}});
    }
    return all;
}

void add_destination(Store& store, const Destination& to, bool from_now) {
    if (!is_store_name(to.name)) throw SaidError("stores_names");
    if (!is_endpoint(to.endpoint)) throw SaidError("forward_no_address", {{"text", shortened(to.endpoint, 100)}});
    if (to.key.empty() || to.key.find(':') != std::string::npos) throw SaidError("forward_no_key");
    json body{{"endpoint", to.endpoint},
              {"key", to.key},
              {"secret", to.secret},
              {"version", to.version == Version::v2_0_0 ? "2.0.0" : "1.0.3"}};
    put(body, "agent", to.agent);
    put(body, "verb", to.verb);
    put(body, "activity", to.activity);
    put(body, "registration", to.registration);
    if (to.related) body["related"] = true;
    Progress progress;
    if (from_now) {
        Query last;
        last.limit = 1;
        last.voided_too = true;
        const Page page = store.query(last);
        if (!page.places.empty()) progress.place = page.places.front();
    }
    store.write([&](Writer& writer) {
        if (!writer.change({destination_collection, to.name, {}, {1, body.dump()}}) ||
            !writer.change({progress_collection, to.name, {}, {1, progress_text(progress)}}))
            throw SaidError("forward_taken", {{"name", to.name}});
    });
}

bool remove_destination(Store& store, const std::string& name) {
    bool removed = false;
    const auto parked = keyed_parked(store, name);
    store.write([&](Writer& writer) {
        removed = writer.remove_record(destination_collection, name);
        writer.remove_record(progress_collection, name);
        for (const KeyedParked& one : parked) writer.remove_record(parked_collection, one.key);
    });
    return removed;
}

std::vector<Destination> destinations(Store& store) {
    std::vector<Destination> all;
    for (const KeyedRecord& one : store.rows().records(destination_collection, "", most_destinations))
        all.push_back(read_destination(one));
    return all;
}

Destination destination_of(Store& store, const std::string& name) {
    const auto record = store.record(destination_collection, name);
    if (!record) throw no_destination(name);
    return read_destination({name, *record});
}

Progress progress_of(Store& store, const std::string& name) { return known_progress(store, name).progress; }

std::vector<Parked> parked_of(Store& store, const std::string& name) {
    known_progress(store, name);
    std::vector<Parked> all;
    for (KeyedParked& one : keyed_parked(store, name)) all.push_back(std::move(one.parked));
    return all;
}

void retry_destination(Store& store, const std::string& name) {
    auto known = known_progress(store, name);
    known.progress.retries_parked = true;
    known.progress.failures = known.progress.refusals = known.progress.not_before = 0;
    keep_progress(store, name, known);
}

void pause_destination(Store& store, const std::string& name, bool paused) {
    auto known = known_progress(store, name);
    known.progress.paused = paused;
    if (!paused) known.progress.failures = known.progress.refusals = known.progress.not_before = 0;
    keep_progress(store, name, known);
}

}  // namespace palier::xapi
