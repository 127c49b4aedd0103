// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/php/facade.hpp"

#include <stdexcept>
#include <utility>

#include "adapters/calls/call.hpp"
#include "adapters/calls/step_call.hpp"
#include "adapters/host/parameters.hpp"
#include "adapters/php/binding.hpp"
#include "engine/errors.hpp"
#include "engine/util/json.hpp"

namespace palier::php {
namespace {

// Seeds cross JSON, and JavaScript reads its numbers as doubles.
constexpr std::int64_t largest_seed = (std::int64_t{1} << 53) - 1;

void check_path(const std::string& path) {
    if (path.find('\0') != std::string::npos) throw std::invalid_argument("path: must not contain null bytes");
    if (!path_allowed(path)) throw BankError(path + ": open_basedir does not allow it");
}

Json read_request(std::string_view text) {
    constexpr std::size_t most_bytes = std::size_t{512} << 20;
    Json request = parse_json(text, ErrorKind::argument, "request", most_bytes);
    if (!request.is_object()) throw ArgumentError("the request should be an object");
    return request;
}

// A request may name files; PHP's own limit on files holds for them too.
void check_paths(std::string_view text) {
    if (!paths_are_limited()) return;
    const Json request = read_request(text);
    for (const char* key : {"bank_file", "output"})
        if (const auto path = request.find(key); path != request.end() && path->is_string())
            check_path(path->get<std::string>());
}

}  // namespace

PalierBank PalierBank::compile(std::string_view itemsJson) { return PalierBank(host::Bank::compile(itemsJson)); }
PalierBank PalierBank::fromBytes(std::string_view bytes) { return PalierBank(host::Bank::from_bytes(bytes)); }
PalierBank PalierBank::open(std::string_view path, std::string_view hash) {
    const std::string name(path);
    check_path(name);
    return PalierBank(opened_banks().open(name, std::string(hash)));
}
std::string PalierBank::bytes() const { return bank_.bytes(); }
std::string PalierBank::hash() const { return bank_.hash(); }
int PalierBank::size() const { return bank_.size(); }
std::string PalierBank::itemsJson() const { return bank_.items_json(); }
std::vector<double> PalierBank::information(const std::vector<double>& thetas) const {
    return bank_.information(thetas);
}

PalierPlan PalierPlan::parse(std::string_view planJson) { return PalierPlan(host::Plan::parse(planJson)); }
std::string PalierPlan::normalised() const { return plan_.normalised(); }
std::string PalierPlan::hash() const { return plan_.hash(); }

PalierSession PalierSession::start(const PalierBank& bank, const PalierPlan& plan, std::int64_t seed,
                                   std::string_view contextJson) {
    if (seed < 0 || seed > largest_seed)
        throw std::invalid_argument("seed: expected 0 to " + std::to_string(largest_seed) + ", got " +
                                    std::to_string(seed));
    return PalierSession(host::Session::start(bank.bank(), plan.plan(), static_cast<std::uint64_t>(seed), contextJson));
}
PalierSession PalierSession::resume(const PalierBank& bank, const PalierPlan& plan, std::string_view logJson) {
    return PalierSession(host::Session::resume(bank.bank(), plan.plan(), logJson));
}
std::string PalierSession::record(std::string_view eventJson) { return session_.record(eventJson); }
std::string PalierSession::advance(std::int64_t time) { return session_.advance(time); }
std::string PalierSession::state() const { return session_.state(); }
std::string PalierSession::replay() const { return session_.replay(); }
std::string PalierSession::verify() const { return session_.verify(); }
std::string PalierSession::explain(std::string_view language) const { return session_.explain(language); }
std::string PalierSession::log() const { return session_.log(); }

std::string Palier::version() { return host::version(); }
std::string Palier::feasibility(const PalierBank& bank, const PalierPlan& plan, std::string_view optionsJson) {
    return host::feasibility(bank.bank(), plan.plan(), optionsJson);
}
std::string Palier::simulate(const PalierBank& bank, const PalierPlan& plan, std::string_view optionsJson) {
    return host::simulate(bank.bank(), plan.plan(), optionsJson);
}
std::string Palier::step(const PalierBank& bank, const PalierPlan& plan, std::string_view requestJson) {
    return calls::step(bank.bank(), plan.plan(), requestJson);
}
std::string Palier::statements(std::string_view requestJson) {
    return dump_json({{"statements", calls::statements_json(read_request(requestJson))}});
}
std::string Palier::words(std::string_view statesJson, std::string_view language) {
    return host::result_in_words(statesJson, language);
}

std::string Palier::parameters(std::string_view csv, std::string_view optionsJson) {
    return host::parameters(csv, optionsJson);
}

std::string Palier::call(std::string_view requestJson) {
    check_paths(requestJson);
    return calls::call(requestJson);
}

}  // namespace palier::php
