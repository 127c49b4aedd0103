// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/host.hpp"

#include <cmath>

#include "adapters/host/handles.hpp"
#include "adapters/host/simulate.hpp"
#include "adapters/host/solver.hpp"
#include "adapters/host/step.hpp"
#include "engine/errors.hpp"
#include "engine/session/earlier.hpp"
#include "engine/version.hpp"

namespace palier::host {
namespace {

constexpr std::size_t max_items_bytes = std::size_t{512} * 1024 * 1024;
constexpr std::size_t max_event_bytes = 64 * 1024;

}  // namespace

std::string version() { return engine_version; }

Bank::Bank(std::shared_ptr<const Content> content) : content_(std::move(content)) {}

Bank Bank::compile(std::string_view items_json) {
    const Json items = parse_json(items_json, ErrorKind::bank, "items", max_items_bytes);
    return Bank(std::make_shared<Content>(Content{std::make_shared<palier::Bank>(palier::Bank::from_json(items))}));
}

Bank Bank::from_bytes(std::string_view bytes) {
    return Bank(std::make_shared<Content>(Content{std::make_shared<palier::Bank>(palier::Bank::from_bytes(bytes))}));
}

std::string Bank::bytes() const { return content_->bank->bytes(); }
std::string Bank::hash() const { return content_->bank->hash(); }
int Bank::size() const { return content_->bank->size(); }
std::string Bank::items_json() const { return dump_json(content_->bank->to_json()); }

std::vector<double> Bank::information(const std::vector<double>& thetas) const {
    std::vector<double> result;
    for (const double theta : thetas) {
        if (!std::isfinite(theta)) throw ArgumentError("thetas: a value that is not finite");
        double sum = 0;
        for (const Item& item : content_->bank->items())
            if (item.status == Status::operational) sum += palier::information(item.parameters, theta);
        result.push_back(sum);
    }
    return result;
}

Plan::Plan(std::shared_ptr<const Content> content) : content_(std::move(content)) {}

Plan Plan::parse(std::string_view plan_json) { return Plan(std::make_shared<Content>(Content{read_plan(plan_json)})); }

std::string Plan::normalised() const { return dump_json(content_->plan->normalised); }
std::string Plan::hash() const { return content_->plan->hash; }

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Session Session::start(const Bank& bank, const Plan& plan, std::uint64_t seed, std::string_view context_json) {
    const Json context = context_json.empty()
                             ? Json::object()
                             : parse_json(context_json, ErrorKind::log, "context", std::size_t{8} * 1024 * 1024);
    return Session(std::make_unique<Impl>(Impl{
        palier::Session(bank.content().bank, plan.content().plan, seed, started_of(context, *plan.content().plan))}));
}

Session Session::resume(const Bank& bank, const Plan& plan, std::string_view log_json) {
    return Session(std::make_unique<Impl>(
        Impl{palier::Session::resume(bank.content().bank, plan.content().plan, log_from_json(log_json))}));
}

std::string Session::record(std::string_view event_json) {
    const std::string where = "event " + std::to_string(impl_->session.log().events.size());
    Event event = event_from_json(parse_json(event_json, ErrorKind::log, where, max_event_bytes), where);
    return dump_json(to_json(record_event(impl_->session, std::move(event))));
}

std::string Session::advance(std::int64_t time) {
    palier::Session& session = impl_->session;
    const std::size_t from = session.log().events.size();
    Json decision = decision_json(session, session.decide(listed_candidates));
    host::advance(session, time == 0 ? std::nullopt : std::optional<std::int64_t>(time));
    const auto& events = session.log().events;
    return dump_json(
        {{"event", events.size() > from ? to_json(events.back()) : Json(nullptr)}, {"decision", std::move(decision)}});
}

std::string Session::state() const { return dump_json(state_json(impl_->session)); }
std::string Session::replay() const { return dump_json(record_json(impl_->session)); }
std::string Session::verify() const { return dump_json(verify_json(impl_->session)); }
std::string Session::explain(std::string_view language) const {
    return dump_json(story_json(impl_->session, std::string(language)));
}
std::string Session::log() const { return dump_json(to_json(impl_->session.log())); }

std::string feasibility(const Bank& bank, const Plan& plan, std::string_view options_json) {
    const Json options =
        options_json.empty() ? Json::object() : parse_json(options_json, ErrorKind::argument, "options", 64 * 1024);
    return dump_json(feasibility_json(*bank.content().bank, *plan.content().plan, options));
}

std::string simulate(const Bank& bank, const Plan& plan, std::string_view options_json,
                     const std::function<bool(std::size_t, std::size_t)>& progress) {
    const Json options = options_json.empty()
                             ? Json::object()
                             : parse_json(options_json, ErrorKind::argument, "options", max_items_bytes);
    const StudyRequest request = study_request(options, *bank.content().bank);
    const std::size_t all = request.persons;
    SimulationProgress told;
    if (progress) told = [&](std::size_t done) { return progress(done, all); };
    return dump_json(study_json(bank.content().bank, plan.content().plan, request, told));
}

std::string error_json(const std::exception& error) {
    const char* type = "Error";
    if (dynamic_cast<const BankError*>(&error)) type = "BankError";
    if (dynamic_cast<const PlanError*>(&error)) type = "PlanError";
    if (dynamic_cast<const LogError*>(&error)) type = "LogError";
    if (dynamic_cast<const ArgumentError*>(&error)) type = "ArgumentError";
    return dump_json({{"error", {{"type", type}, {"message", error.what()}}}});
}

}  // namespace palier::host
