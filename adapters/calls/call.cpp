// SPDX-License-Identifier: GPL-3.0-or-later

#include "adapters/calls/call.hpp"

#include "adapters/calls/step_call.hpp"
#include "adapters/host/calibration.hpp"
#include "adapters/host/files.hpp"
#include "adapters/host/gains.hpp"
#include "adapters/host/handles.hpp"
#include "adapters/host/parameters.hpp"
#include "adapters/host/plan_warnings.hpp"
#include "adapters/host/result_words.hpp"
#include "adapters/host/shares.hpp"
#include "adapters/host/simulate.hpp"
#include "adapters/host/solver.hpp"
#include "adapters/host/words.hpp"
#include "adapters/text/base64.hpp"
#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"
#include "engine/simulation/walk.hpp"
#include "engine/version.hpp"

// `palier call`: one JSON request, one JSON answer (docs/host-calls.md).

namespace palier::calls {

using namespace host;

namespace {

constexpr std::size_t max_request_bytes = std::size_t{512} * 1024 * 1024;

std::shared_ptr<const palier::Bank> bank_of(const ObjectReader& request) {
    if (request.has("bank_file") == request.has("items"))
        throw ArgumentError("the request should have 'bank_file' or 'items', one of them");
    auto bank = std::make_shared<palier::Bank>(request.has("items")
                                                   ? palier::Bank::from_json(request.at("items"))
                                                   : palier::Bank::from_bytes(read_file(request.text("bank_file"))));
    if (request.has("bank_hash") && request.text("bank_hash") != bank->hash())
        throw BankError("the bank is " + bank->hash() + "; the request names " + request.text("bank_hash"));
    return bank;
}

// A plan, log or list of items comes as JSON, or as a text that holds JSON.
Json document(const ObjectReader& request, const char* key, ErrorKind kind) {
    const Json& value = request.at(key);
    return value.is_string() ? parse_json(value.get<std::string>(), kind, key, 8 * 1024 * 1024) : value;
}

std::shared_ptr<const palier::Plan> plan_of(const ObjectReader& request) {
    return host::plan_of(document(request, "plan", ErrorKind::plan));
}

palier::Session resume(const ObjectReader& request) {
    return palier::Session::resume(bank_of(request), plan_of(request),
                                   read_log(document(request, "log", ErrorKind::log)));
}

std::vector<std::string> with_bank(std::vector<std::string> keys) {
    for (const char* key : {"bank_file", "items", "bank_hash"}) keys.emplace_back(key);
    return keys;
}

Json call_version(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument, {"call"});
    return {{"version", engine_version}};
}

Json call_compile(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument, {"call", "items", "output"});
    const palier::Bank bank = palier::Bank::from_json(document(in, "items", ErrorKind::bank));
    Json answer = {{"hash", bank.hash()}, {"size", bank.size()}};
    if (in.has("output")) {
        write_file(in.text("output"), bank.bytes());
    } else {
        answer["bytes_base64"] = base64::encode(bank.bytes());
    }
    return answer;
}

Json call_plan(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument, {"call", "plan"});
    const auto plan = plan_of(in);
    return {{"normalised", plan->normalised}, {"hash", plan->hash}, {"text", dump_json(plan->normalised)}};
}

Json call_step(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument,
                          with_bank({"call", "plan", "log", "seed", "context", "events", "time", "advance", "told"}));
    return step_json(bank_of(in), plan_of(in), in);
}

Json call_session(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument, with_bank({"call", "plan", "log", "lang"}));
    const std::string call = in.text("call");
    const palier::Session session = resume(in);
    if (call == "state") return state_json(session);
    if (call == "replay") return record_json(session);
    if (call == "verify") return verify_json(session);
    return story_json(session, in.text("lang", "en"));
}

Json call_feasibility(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument, with_bank({"call", "plan", "options"}));
    return feasibility_json(*bank_of(in), *plan_of(in), in.has("options") ? in.at("options") : Json::object());
}

Json call_simulate(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument, with_bank({"call", "plan", "options"}));
    const auto bank = bank_of(in);
    return study_json(bank, plan_of(in), study_request(in.has("options") ? in.at("options") : Json::object(), *bank));
}

// {"level":3} or {"theta":0.5}: whose test it is.
Json call_walk(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument,
                          with_bank({"call", "plan", "level", "theta", "seed", "lang"}));
    const auto bank = bank_of(in);
    const auto plan = plan_of(in);
    if (in.has("level") == in.has("theta"))
        throw ArgumentError("the request should have 'level' or 'theta', one of them");
    double theta = 0;
    if (in.has("level")) {
        if (!plan->levels) throw ArgumentError("'level': the plan has no levels; 'theta' is an ability in logits");
        const int first = plan->levels->first;
        const auto last = first + static_cast<int>(plan->levels->cuts.size());
        theta = middle_of_level(*plan->levels, static_cast<int>(in.integer("level", 0, first, last)) - first);
    } else {
        theta = in.number("theta", 0, -1000, 1000);
    }
    const auto seed = static_cast<std::uint64_t>(in.integer("seed", 1, 0, 9007199254740991));
    const palier::Session session = walk(bank, plan, theta, seed);
    const std::string language = in.text("lang", "en");
    // Whoever reads it is not the simulated person.
    Json answer = {
        {"theta", theta}, {"record", record_json(session)}, {"story", story_json(session, language, Reader::other)}};
    answer.update(plan_findings(bank, plan, language_named(language)));
    return answer;
}

Json call_information(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument, with_bank({"call", "thetas"}));
    const host::Bank bank(std::make_shared<host::Bank::Content>(host::Bank::Content{bank_of(in)}));
    return {{"information", bank.information(in.numbers("thetas", 0, 100000))}};
}

Json call_assemble(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument,
                          with_bank({"call", "plan", "forms", "thetas", "weights", "target"}));
    return forms_json(*bank_of(in), *plan_of(in), forms_request(in));
}

Json call_exposure(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument, with_bank({"call", "plan", "counts", "logs"}));
    const bool counted = in.has("counts") && !in.at("counts").is_null();
    const Json logs = in.has("logs") ? in.at("logs") : Json::array();
    if (!logs.is_array()) in.refuse("logs", "an array of session logs");
    return exposure_json(bank_of(in), plan_of(in),
                         counted ? exposure_counts_from_json(in.at("counts"), "counts") : ExposureCounts{}, logs);
}

Json call_calibrate(const Json& request) {
    return calibration_json(ObjectReader(request, "", ErrorKind::argument, {"call", "items", "answers", "options"}));
}

Json call_changes(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument, with_bank({"call", "plan", "changed", "logs", "alone"}));
    return changes_json(bank_of(in), plan_of(in), in);
}

Json call_gains(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument, {"call", "plan", "persons", "probability", "each"});
    return gains_json(*plan_of(in), in);
}

Json call_shares(const Json& request) {
    return shares_json(ObjectReader(request, "", ErrorKind::argument, {"call", "groups", "probability"}));
}

Json call_statements(const Json& request) {
    Json body = request;
    body.erase("call");
    return {{"statements", statements_json(std::move(body))}};
}

Json call_sentences(const Json& request) {
    return sentences_json(ObjectReader(request, "", ErrorKind::argument, {"call", "statements", "lang"}));
}

Json call_parameters(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument, {"call", "csv", "csv_base64", "items", "options"});
    return parameters_json(in);
}

Json call_words(const Json& request) {
    const ObjectReader in(request, "", ErrorKind::argument, {"call", "states", "lang", "reader"});
    return words_json(in.at("states"), in.text("lang", "en"), in.text("reader", "learner"));
}

struct Call {
    const char* name;
    Json (*run)(const Json& request);
};

constexpr Call calls[] = {{"version", call_version},
                          {"compile", call_compile},
                          {"parameters", call_parameters},
                          {"plan", call_plan},
                          {"step", call_step},
                          {"state", call_session},
                          {"replay", call_session},
                          {"verify", call_session},
                          {"explain", call_session},
                          {"words", call_words},
                          {"feasibility", call_feasibility},
                          {"simulate", call_simulate},
                          {"walk", call_walk},
                          {"information", call_information},
                          {"statements", call_statements},
                          {"sentences", call_sentences},
                          {"assemble", call_assemble},
                          {"exposure", call_exposure},
                          {"calibrate", call_calibrate},
                          {"changes", call_changes},
                          {"gains", call_gains},
                          {"shares", call_shares}};

}  // namespace

std::string call(std::string_view request_json) {
    const Json request = parse_json(request_json, ErrorKind::argument, "request", max_request_bytes);
    if (!request.is_object() || !request.contains("call") || !request["call"].is_string())
        throw ArgumentError("the request should be an object with \"call\"");
    const auto name = request["call"].get<std::string>();
    std::vector<std::string> names;
    for (const Call& entry : calls) {
        if (name == entry.name) return dump_json(entry.run(request));
        names.emplace_back(entry.name);
    }
    throw ArgumentError("unknown call '" + name + "'" + did_you_mean(name, names) +
                        (did_you_mean(name, names).empty() ? "; " : " ") + "valid calls: " + join(names));
}

}  // namespace palier::calls
