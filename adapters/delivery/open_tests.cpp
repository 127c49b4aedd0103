// SPDX-License-Identifier: GPL-3.0-or-later
#include <functional>
#include <map>
#include <optional>

#include "adapters/delivery/handles.hpp"
#include "adapters/host/host.hpp"
#include "engine/errors.hpp"

namespace palier::delivery {
namespace {

constexpr std::size_t largest_request = std::size_t{65} << 20;
constexpr std::int64_t largest_number = 9007199254740991;

}  // namespace

struct OpenTests::State {
    std::shared_ptr<const Test> test;
    std::optional<Attempt> attempt;

    const Test& open_test() const {
        if (!test) throw ArgumentError("no test is open; call \"open\" first");
        return *test;
    }
    Attempt& current() {
        if (!attempt) throw ArgumentError("there is no attempt; call \"start\" or \"resume\" first");
        return *attempt;
    }

    Json open(const Json& request) {
        const ObjectReader in(request, "", ErrorKind::argument, {"call", "bundle"});
        const Json& bundle = in.at("bundle");
        test = Test::open(bundle.is_string() ? bundle.get<std::string>() : dump_json(bundle));
        attempt.reset();
        return test->about();
    }
    Json before(const Json& request) {
        const ObjectReader in(request, "", ErrorKind::argument, {"call", "lang", "kept_by"});
        const bool stays = in.choice("kept_by", "lms", {"lms", "browser"}) == "browser";
        return open_test().before(in.text("lang", "fr"), stays);
    }
    Json start(const Json& request) {
        const ObjectReader in(request, "", ErrorKind::argument, {"call", "lang", "seed", "context", "time"});
        open_test();
        in.at("seed");
        attempt = Attempt::start(
            test, in.text("lang", "fr"), static_cast<std::uint64_t>(in.integer("seed", 0, 0, largest_number)),
            in.has("context") ? in.at("context") : Json::object(), in.integer("time", 0, 0, largest_number));
        return attempt->view();
    }
    Json resume(const Json& request) {
        const ObjectReader in(request, "", ErrorKind::argument, {"call", "saved"});
        open_test();
        attempt = Attempt::resume(test, in.text("saved", "", 64 * 1024));
        return attempt->view();
    }
    Json answer(const Json& request) {
        const ObjectReader in(request, "", ErrorKind::argument, {"call", "sequence", "response", "ms", "time"});
        return current().answer(in.integer("sequence", -1, -1, largest_number),
                                request.contains("response") ? request["response"] : Json(),
                                in.integer("ms", -1, -1, largest_number), in.integer("time", 0, 0, largest_number));
    }
    Json unknown(const Json& request) {
        const ObjectReader in(request, "", ErrorKind::argument, {"call", "sequence", "ms", "time"});
        return current().unknown(in.integer("sequence", -1, -1, largest_number),
                                 in.integer("ms", -1, -1, largest_number), in.integer("time", 0, 0, largest_number));
    }
    Json move(const Json& request, Json (Attempt::*to)(std::int64_t, std::int64_t)) {
        const ObjectReader in(request, "", ErrorKind::argument, {"call", "sequence", "time"});
        return (current().*to)(in.integer("sequence", -1, -1, largest_number),
                               in.integer("time", 0, 0, largest_number));
    }
    Json read(const Json& request, Json (Attempt::*what)() const) {
        const ObjectReader in(request, "", ErrorKind::argument, {"call"});
        return (current().*what)();
    }

    Json answer_to(const Json& request) {
        if (!request.is_object() || !request.contains("call") || !request["call"].is_string())
            throw ArgumentError("the request should be an object with \"call\"");
        using Run = std::function<Json(State&, const Json&)>;
        static const std::map<std::string, Run> calls = {
            {"open", &State::open},
            {"before", &State::before},
            {"start", &State::start},
            {"resume", &State::resume},
            {"view", [](State& s, const Json& r) { return s.read(r, &Attempt::view); }},
            {"answer", &State::answer},
            {"unknown", &State::unknown},
            {"pause", [](State& s, const Json& r) { return s.move(r, &Attempt::pause); }},
            {"go_on", [](State& s, const Json& r) { return s.move(r, &Attempt::go_on); }},
            {"stop", [](State& s, const Json& r) { return s.move(r, &Attempt::stop); }},
            {"result", [](State& s, const Json& r) { return s.read(r, &Attempt::result); }},
            {"story", [](State& s, const Json& r) { return s.read(r, &Attempt::story); }},
            {"save",
             [](State& s, const Json& r) {
                 const ObjectReader in(r, "", ErrorKind::argument, {"call", "most"});
                 const auto most = in.integer("most", static_cast<std::int64_t>(default_saved), 1000, 60000);
                 return Json{{"saved", s.current().save(static_cast<std::size_t>(most))}};
             }},
            {"record", [](State& s, const Json& r) { return s.read(r, &Attempt::record); }}};
        const auto found = calls.find(request["call"].get<std::string>());
        if (found == calls.end()) {
            std::vector<std::string> names;
            for (const auto& [name, run] : calls) names.push_back(name);
            throw ArgumentError("unknown call " + show(request["call"]) + "; valid calls: " + join(names));
        }
        return found->second(*this, request);
    }
};

OpenTests::OpenTests() : state_(std::make_unique<State>()) {}
OpenTests::~OpenTests() = default;

std::string OpenTests::call(std::string_view request_json) {
    try {
        return dump_json(state_->answer_to(parse_json(request_json, ErrorKind::argument, "request", largest_request)));
    } catch (const std::exception& error) {
        return host::error_json(error);
    }
}

}  // namespace palier::delivery
