// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/event.hpp"

#include <algorithm>
#include <array>

#include "engine/errors.hpp"
#include "engine/stopping/stopping.hpp"

namespace palier {
namespace {

constexpr std::size_t max_log_bytes = 8 * 1024 * 1024;
constexpr std::int64_t max_exact = 9007199254740991;  // 2^53 - 1

constexpr std::array<const char*, 11> type_names = {"started", "asked",  "answered", "unknown", "skipped", "timed_out",
                                                    "dropped", "paused", "resumed",  "stopped", "rescored"};
constexpr std::array<const char*, 3> host_stops = {"learner", "time", "unavailable"};

std::vector<std::string> keys_of(EventType type) {
    switch (type) {
        case EventType::started:
            return {"type", "time", "prior", "priors", "self_placement", "seen", "excluded", "exposure"};
        case EventType::asked:
            return {"type", "time", "item"};
        case EventType::answered:
            return {"type", "time", "item", "response", "fraction", "category", "ms"};
        case EventType::unknown:
        case EventType::skipped:
        case EventType::timed_out:
            return {"type", "time", "item", "ms"};
        case EventType::dropped:
            return {"type", "time", "item", "reason"};
        case EventType::rescored:
            return {"type", "time", "item", "fraction", "category", "reason"};
        case EventType::stopped:
            return {"type", "time", "reason"};
        case EventType::paused:
        case EventType::resumed:
            break;
    }
    return {"type", "time"};
}

// {"counts":{…}} from a host, {"ineligible":[[…]…]} in a log.
void read_exposure_of(const Json& json, const std::string& where, Event& event) {
    const ObjectReader in(json, where, ErrorKind::log, {"counts", "ineligible"});
    if (in.has("counts") == in.has("ineligible"))
        throw LogError("'" + where + "' should have 'counts' or 'ineligible', one of them");
    if (in.has("counts")) {
        event.exposure_counts = exposure_counts_from_json(in.at("counts"), in.path("counts"));
        return;
    }
    const Json& segments = in.at("ineligible");
    if (!segments.is_array() || segments.empty() || segments.size() > 64)
        in.refuse("ineligible", "an array of 1 to 64 arrays of items, one for each segment of theta");
    Ineligible lists;
    for (const Json& segment : segments) {
        const Json object = {{"items", segment}};
        lists.push_back(
            ObjectReader(object, in.path("ineligible[" + std::to_string(lists.size()) + "]"), ErrorKind::log, {"items"})
                .texts("items", 1000000));
    }
    event.ineligible = std::move(lists);
}

constexpr int most_level = 2000;

// A level for all, or {"overall", "domains", "scales"}.
SelfPlacement self_placement_from_json(const Json& json, const std::string& where) {
    const auto level = [](const Json& value, const std::string& place) {
        if (!value.is_number_integer() || value < -most_level || value > most_level)
            throw LogError("'" + place + "' is " + show(value) + "; it should be the number of a level");
        return value.get<int>();
    };
    SelfPlacement placement;
    if (!json.is_object()) {
        placement.overall = level(json, where);
        return placement;
    }
    const ObjectReader in(json, where, ErrorKind::log, {"overall", "domains", "scales"});
    if (in.has("overall")) placement.overall = level(in.at("overall"), in.path("overall"));
    for (const auto& [key, list] : {std::pair{"domains", &placement.domains}, {"scales", &placement.scales}}) {
        if (!in.has(key)) continue;
        const Json& levels = in.at(key);
        if (!levels.is_object() || levels.size() > 64)
            in.refuse(key, "an object from identifier to the number of a level, at most 64");
        for (const auto& entry : levels.items())
            list->emplace_back(entry.key(), level(entry.value(), in.path(key) + "." + entry.key()));
    }
    return placement;
}

Json to_json(const SelfPlacement& placement) {
    Json json = Json::object();
    if (placement.overall) json["overall"] = *placement.overall;
    for (const auto& [id, level] : placement.domains) json["domains"][id] = level;
    for (const auto& [id, level] : placement.scales) json["scales"][id] = level;
    return json;
}

void read_started(const ObjectReader& in, const std::string& where, Event& event) {
    if (in.has("prior")) event.prior = prior_from_json(in.at("prior"), where + ".prior", ErrorKind::log);
    if (in.has("priors")) {
        const Json& priors = in.at("priors");
        if (!priors.is_object() || priors.empty() || priors.size() > 64)
            in.refuse("priors", "an object from scale to prior, 1 to 64 of them");
        for (const auto& entry : priors.items())
            event.priors.emplace_back(entry.key(),
                                      prior_from_json(entry.value(), where + ".priors." + entry.key(), ErrorKind::log));
    }
    if (in.has("self_placement"))
        event.self_placement = self_placement_from_json(in.at("self_placement"), where + ".self_placement");
    if (in.has("seen")) event.seen = in.texts("seen", 1000000);
    if (in.has("exposure")) read_exposure_of(in.at("exposure"), where + ".exposure", event);
    if (!in.has("excluded")) return;
    const Json& list = in.at("excluded");
    if (!list.is_array()) in.refuse("excluded", "an array of objects {\"item\", \"reason\"}");
    for (const Json& entry : list) {
        const ObjectReader exclusion(entry, where + ".excluded[" + std::to_string(event.excluded.size()) + "]",
                                     ErrorKind::log, {"item", "reason"});
        exclusion.at("item");
        exclusion.at("reason");
        event.excluded.push_back(
            {exclusion.text("item"),
             exclusion.choice("reason", "", {"device", "language", "access", "content", "exposure", "other"})});
    }
}

}  // namespace

const char* name(EventType type) { return type_names[static_cast<std::size_t>(type)]; }

bool is_outcome(EventType type) {
    return type == EventType::answered || type == EventType::unknown || type == EventType::skipped ||
           type == EventType::timed_out;
}

bool is_host_stop(std::string_view reason) {
    return std::find(host_stops.begin(), host_stops.end(), reason) != host_stops.end();
}

Event event_from_json(const Json& json, const std::string& where) {
    if (!json.is_object() || !json.contains("type"))
        throw LogError(where + ": " + show(json) + "; it should be an object with a \"type\"");
    const std::vector<std::string> types(type_names.begin(), type_names.end());
    const Json only_type = {{"type", json["type"]}};
    const std::string type = ObjectReader(only_type, where, ErrorKind::log, {"type"}).choice("type", "", types);
    Event event;
    for (std::size_t i = 0; i < type_names.size(); ++i)
        if (type == type_names[i]) event.type = static_cast<EventType>(i);
    const ObjectReader in(json, where + " (" + type + ")", ErrorKind::log, keys_of(event.type));
    if (in.has("time")) event.time = in.integer("time", 0, -max_exact, max_exact);
    if (event.type == EventType::started) {
        read_started(in, where, event);
        return event;
    }
    const bool marks = event.type == EventType::answered || event.type == EventType::rescored;
    if (marks || event.type == EventType::asked || event.type == EventType::dropped || is_outcome(event.type)) {
        in.at("item");
        event.item = in.text("item");
    }
    if (marks) {
        if (event.type == EventType::answered && in.has("response")) event.response = in.text("response", "", 16000);
        if (in.has("fraction")) event.fraction = in.number("fraction", 0, -1e6, 1e6);
        if (!event.fraction && !in.has("category"))
            throw LogError(where + " (" + type + "): neither 'fraction' nor 'category'; one of them should be there");
        if (in.has("category")) event.category = static_cast<int>(in.integer("category", 0, 0, 15));
    }
    if (is_outcome(event.type) && in.has("ms")) event.ms = in.integer("ms", 0, 0, max_exact);
    if (event.type == EventType::dropped) event.reason = in.choice("reason", "", {"appeal", "deleted", "faulty"});
    if (event.type == EventType::rescored) event.reason = in.choice("reason", "", {"appeal", "key"});
    if (event.type == EventType::stopped) {
        in.at("reason");
        std::vector<std::string> reasons = stop_names();
        for (const char* reason : host_stops) reasons.emplace_back(reason);
        event.reason = in.choice("reason", "", reasons);
    }
    return event;
}

Event started_from_json(const Json& json) {
    Json object = json.is_null() || (json.is_array() && json.empty()) ? Json::object() : json;
    if (!object.is_object()) throw LogError("context: " + show(json) + "; it should be an object");
    object["type"] = "started";
    return event_from_json(object, "context");
}

Json to_json(const Event& event) {
    Json json = {{"type", name(event.type)}};
    if (event.time) json["time"] = *event.time;
    if (event.type == EventType::started) {
        if (event.prior) json["prior"] = to_json(*event.prior);
        for (const auto& [scale, prior] : event.priors) json["priors"][scale] = to_json(prior);
        if (event.self_placement) json["self_placement"] = to_json(*event.self_placement);
        if (!event.seen.empty()) json["seen"] = event.seen;
        if (!event.excluded.empty()) {
            Json list = Json::array();
            for (const Exclusion& e : event.excluded) list.push_back({{"item", e.item}, {"reason", e.reason}});
            json["excluded"] = std::move(list);
        }
        if (event.ineligible) json["exposure"] = {{"ineligible", *event.ineligible}};
        if (event.exposure_counts) json["exposure"] = {{"counts", to_json(*event.exposure_counts)}};
        return json;
    }
    if (!event.item.empty()) json["item"] = event.item;
    if (event.response) json["response"] = *event.response;
    if (event.fraction) json["fraction"] = *event.fraction;
    if (event.category) json["category"] = *event.category;
    if (event.ms) json["ms"] = *event.ms;
    if (!event.reason.empty()) json["reason"] = event.reason;
    return json;
}

Log log_from_json(std::string_view text) { return read_log(parse_json(text, ErrorKind::log, "log", max_log_bytes)); }

Log read_log(const Json& json) {
    const ObjectReader in(json, "", ErrorKind::log, {"palier_log", "engine", "bank", "plan", "seed", "events"});
    if (!in.has("palier_log") || in.at("palier_log") != 1) in.refuse("palier_log", "1, the version of this format");
    Log log;
    log.engine = in.text("engine", "", 100);
    for (const auto& [key, value] : {std::pair{"bank", &log.bank}, {"plan", &log.plan}}) {
        *value = in.text(key, "", 64);
        const bool hex = value->find_first_not_of("0123456789abcdef") == std::string::npos;
        if (in.has(key) && (value->size() != 64 || !hex)) in.refuse(key, "a SHA-256 of 64 hexadecimal digits");
    }
    in.at("seed");
    log.seed = static_cast<std::uint64_t>(in.integer("seed", 0, 0, max_exact));
    const Json& events = in.at("events");
    if (!events.is_array() || events.empty() || events.size() > 20000)
        in.refuse("events", "an array of 1 to 20000 events");
    for (const Json& event : events)
        log.events.push_back(event_from_json(event, "event " + std::to_string(log.events.size())));
    return log;
}

Json to_json(const Log& log) {
    Json events = Json::array();
    for (const Event& event : log.events) events.push_back(to_json(event));
    Json json = {{"palier_log", 1}, {"seed", log.seed}, {"events", std::move(events)}};
    if (!log.engine.empty()) json["engine"] = log.engine;
    if (!log.bank.empty()) json["bank"] = log.bank;
    if (!log.plan.empty()) json["plan"] = log.plan;
    return json;
}

}  // namespace palier
