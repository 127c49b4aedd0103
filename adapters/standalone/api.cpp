// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/html.hpp"
#include "adapters/standalone/site.hpp"
#include "engine/errors.hpp"

// JSON for the player's remote adapter (docs/delivery.md).

namespace palier::standalone {
namespace {

constexpr std::int64_t largest_exact = 9007199254740991;

Json body_of(const xapi::Request& request) {
    return request.body.empty() ? Json::object() : parse_json(request.body, ErrorKind::argument, "body", largest_post);
}

std::string name_of(const ObjectReader& in) {
    std::string name = in.text("name", "", 240);
    for (const unsigned char c : name)
        if (c < 0x20) in.refuse("name", "a name without control characters");
    return name;
}

Json done(delivery::Attempt& attempt, const std::string& what, const Json& body) {
    if (what == "answers") {
        const ObjectReader in(body, "", ErrorKind::argument, {"sequence", "response", "unknown", "ms"});
        const std::int64_t sequence = in.integer("sequence", -1, -1, largest_exact),
                           ms = in.integer("ms", -1, -1, largest_exact);
        if (body.contains("unknown") && body["unknown"] == true) return attempt.unknown(sequence, ms, now());
        return attempt.answer(sequence, body.contains("response") ? body["response"] : Json(), ms, now());
    }
    const ObjectReader in(body, "", ErrorKind::argument, {"sequence"});
    const std::int64_t sequence = in.integer("sequence", -1, -1, largest_exact);
    if (what == "pause") return attempt.pause(sequence, now());
    if (what == "go_on") return attempt.go_on(sequence, now());
    return attempt.stop(sequence, now());
}

}  // namespace

xapi::Response Site::api(const xapi::Request& request, const xapi::Target& target) {
    const std::string& path = target.path;
    const bool post = request.method == "POST";
    const Reader reader = reader_of(request, target.parameters);
    const std::string root = "/api/attempts/current";
    const auto only = [&](bool right) {
        if (!right) throw xapi::Refusal{405, "another method is expected at this address"};
    };
    if (path == "/api/before") {
        only(!post);
        return json(200, dump_json(test(value_of(target.parameters, "test"))->before(reader.code())));
    }
    if (path == "/api/attempts") {
        only(post);
        const Json body = body_of(request);
        const ObjectReader in(body, "", ErrorKind::argument, {"lang", "name", "test"});
        Json view;
        xapi::Response response = begin(request.from, in.text("test", "", 240),
                                        in.choice("lang", reader.code(), {"fr", "en"}), name_of(in), view);
        response.status = 201;
        response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
        response.body = dump_json(view);
        return response;
    }
    const std::string token = cookie(request, "palier_attempt");
    const xapi::Refusal none{404, reader.say("no_test_here")};
    if (path == root || path == root + "/result" || path == root + "/story") {
        only(!post);
        Json view;
        const bool there = attempts_.look(
            token,
            [&](const delivery::Attempt& attempt) {
                view = path == root ? attempt.view() : path.ends_with("story") ? attempt.story() : attempt.result();
            },
            value_of(target.parameters, "test"));
        if (!there) throw none;
        return json(200, dump_json(view));
    }
    if (path == root + "/leave") {
        only(post);
        xapi::Response response = json(200, "{}");
        response.headers.push_back(no_attempt());
        return response;
    }
    for (const char* what : {"answers", "pause", "go_on", "stop"}) {
        if (path != root + "/" + what) continue;
        only(post);
        if (!answers_.take(request.from)) throw Refused{429, "many_at_once", {{"Retry-After", "2"}}};
        const Json body = body_of(request);
        const auto view = attempts_.step(
            token, [&](delivery::Attempt& attempt) { return done(attempt, what, body); }, now());
        if (!view) throw none;
        return json(200, dump_json(*view));
    }
    throw xapi::Refusal{404, "there is nothing at this address; docs/delivery.md lists what there is"};
}

}  // namespace palier::standalone
