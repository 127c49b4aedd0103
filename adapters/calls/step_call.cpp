// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/calls/step_call.hpp"

#include "adapters/calls/call.hpp"
#include "adapters/host/handles.hpp"
#include "adapters/host/plan_warnings.hpp"
#include "adapters/host/step.hpp"
#include "engine/errors.hpp"
#include "engine/session/earlier.hpp"

#ifdef PALIER_HAS_XAPI
#include "adapters/xapi/attempt.hpp"
#include "adapters/xapi/errors.hpp"
#include "adapters/xapi/sentence.hpp"
#include "adapters/xapi/statements.hpp"
#endif

namespace palier::calls {
namespace {

constexpr std::size_t max_step_bytes = std::size_t{16} * 1024 * 1024;

std::optional<std::int64_t> time_of(const ObjectReader& request) {
    constexpr std::int64_t most = 9007199254740991;
    if (!request.has("time")) return std::nullopt;
    return request.integer("time", 0, -most, most);
}

// A log comes as JSON, or as a text that holds JSON.
Log log_of(const ObjectReader& request) {
    const Json& value = request.at("log");
    return value.is_string() ? log_from_json(value.get_ref<const std::string&>()) : read_log(value);
}

Json told_events(const palier::Session& session, std::size_t from) {
    Json events = Json::array();
    for (std::size_t i = from; i < session.log().events.size(); ++i) {
        const Event& event = session.log().events[i];
        events.push_back({{"type", name(event.type)},
                          {"time", event.time ? Json(*event.time) : Json(nullptr)},
                          {"data", dump_json(to_json(event))}});
    }
    return events;
}

Json told_statements(const host::StepAnswer& answer, Json context) {
    if (!context.is_object()) throw ArgumentError("'told' should be the context of statements, an object");
    const palier::Session& session = answer.session;
#ifdef PALIER_HAS_XAPI
    try {
        xapi::Attempt attempt = xapi::attempt_of(session, xapi::read_identities(context), answer.from);
        attempt.former = xapi::read_former(context);
        Json list = Json::array();
        for (const xapi::Statement& one : xapi::statements_about(attempt)) {
            list.push_back(
                {{"id", one.id}, {"event", one.event}, {"verb", one.verb}, {"statement", dump_json(one.statement)}});
            if (!one.scale.empty()) list.back()["scale"] = one.scale;
        }
        return list;
    } catch (const xapi::RequestError& error) {
        throw ArgumentError(error.what());
    }
#else
    (void)session;
    throw ArgumentError("this build has no xAPI statements");
#endif
}

}  // namespace

Json statements_json(Json request) {
#ifdef PALIER_HAS_XAPI
    try {
        return xapi::statements_of(std::move(request));
    } catch (const xapi::RequestError& error) {
        throw ArgumentError(error.what());
    }
#else
    (void)request;
    throw ArgumentError("this build has no xAPI statements");
#endif
}

Json sentences_json(const ObjectReader& request) {
#ifdef PALIER_HAS_XAPI
    const Json& list = request.at("statements");
    if (!list.is_array()) request.refuse("statements", "an array of {\"statement\",\"person\"}");
    const std::string language = request.text("lang", "en");
    Json sentences = Json::array();
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string where = "statements[" + std::to_string(i) + "]";
        const ObjectReader in(list[i], where, ErrorKind::argument, {"statement", "person"});
        sentences.push_back(xapi::sentence(in.at("statement"), language, in.text("person", "")));
    }
    return {{"sentences", std::move(sentences)}};
#else
    (void)request;
    throw ArgumentError("this build has no xAPI statements");
#endif
}

Json step_json(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
               const ObjectReader& in) {
    host::StepRequest request{bank, plan};
    request.time = time_of(in);
    request.advance = in.flag("advance", true);
    if (in.has("log") && in.has("seed"))
        throw ArgumentError("the request should have 'log' (to go on) or 'seed' (to begin), one of them");
    if (in.has("log")) {
        request.log = log_of(in);
    } else {
        in.at("seed");
        request.seed = static_cast<std::uint64_t>(in.integer("seed", 0, 0, 9007199254740991));
        request.started = started_of(in.has("context") ? in.at("context") : Json::object(), *plan);
        if (!request.started.time) request.started.time = request.time;
    }
    if (in.has("events")) {
        if (!in.at("events").is_array()) in.refuse("events", "an array of events");
        const std::size_t first = request.log ? request.log->events.size() : 1;
        for (const Json& event : in.at("events"))
            request.events.push_back(event_from_json(event, "event " + std::to_string(first + request.events.size())));
    }
    host::StepAnswer answer = host::step(std::move(request));
    Json json = {{"events", told_events(answer.session, answer.from)},
                 {"next", answer.result.pending ? Json(*answer.result.pending) : Json(nullptr)},
                 {"result", to_json(answer.result, answer.session)},
                 {"statements", Json::array()}};
    if (answer.from == 0) {
        json["log"] = to_json(answer.session.log());
        json["log"].erase("events");
        json.update(host::plan_findings(bank, plan, host::Language::en));
    }
    if (in.has("told")) json["statements"] = told_statements(answer, in.at("told"));
    return json;
}

std::string step(const host::Bank& bank, const host::Plan& plan, std::string_view request_json) {
    const Json request = parse_json(request_json, ErrorKind::argument, "request", max_step_bytes);
    const ObjectReader in(request, "", ErrorKind::argument,
                          {"log", "seed", "context", "events", "time", "advance", "told"});
    return dump_json(step_json(bank.content().bank, plan.content().plan, in));
}

}  // namespace palier::calls
