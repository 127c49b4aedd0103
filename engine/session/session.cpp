// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/session.hpp"

#include <algorithm>
#include <cmath>

#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"
#include "engine/start/start.hpp"
#include "engine/stopping/stopping.hpp"
#include "engine/util/index.hpp"
#include "engine/version.hpp"

namespace palier {
namespace {

Prior prior_of(const Plan& plan, const Event& started) {
    return started.prior ? *started.prior : palier::prior_of(plan);
}

const Bank& scoring_bank(const Bank& bank, const Plan& plan) {
    const Estimation& rules = plan.estimation;
    return rules.carry_item_uncertainty && !rules.delta_method ? bank.with_doubt() : bank;
}

// Sessions of engine 0.1.0 took the doubt about items into the standard error by the delta method and gave glr Wald's
// bounds: they go on so.
std::shared_ptr<const Plan> as_begun(std::shared_ptr<const Plan> plan, const std::string& engine) {
    if (engine != "0.1.0" || !(plan->estimation.carry_item_uncertainty || plan->classification)) return plan;
    auto old = std::make_shared<Plan>(*plan);
    old->estimation.delta_method = old->estimation.carry_item_uncertainty;
    if (old->classification) old->classification->wald_thresholds = true;
    return old;
}

// The prior of the plan's scales, each with the mean and standard deviation that the person has by earlier results.
AbilityPrior prior_of_person(const Plan& plan, const Event& started) {
    std::vector<ScaleRules> scales = plan.scales;
    for (const auto& [id, prior] : started.priors) {
        const auto found =
            std::find_if(scales.begin(), scales.end(), [&, name = id](const ScaleRules& s) { return s.id == name; });
        if (found == scales.end())
            throw LogError("event 0 (started): 'priors' has \"" + id + "\"; the plan's scales are others");
        if (prior.distribution != Prior::Distribution::normal)
            throw LogError("event 0 (started): 'priors." + id + "' should be normal");
        found->prior = prior;
    }
    return prior_of_map(*plan.map, scales);
}

// Of each item that the test may ask how long an answer is expected to take; 1 of the others.
std::vector<double> seconds_of_items(const Bank& bank, const Plan& plan, const std::string& scale) {
    std::vector<double> seconds;
    const auto measured = measured_by(plan, scale);
    for (const Item& item : bank.items()) {
        const auto value = item.number(plan.selection.time);
        const bool needed = measured(item) && item.status == Status::operational;
        if (needed && !(value && *value > 0))
            throw PlanError("'selection.time' is \"" + plan.selection.time + "\"; item '" + item.id + "' has " +
                            (value ? "num." + plan.selection.time + " " + dump_json(Json(*value))
                                   : "no num." + plan.selection.time) +
                            ", and every item should have a number of seconds above 0 there");
        seconds.push_back(value && *value > 0 ? *value : 1);
    }
    return seconds;
}

std::vector<int> pretest_positions(const Plan& plan, const math::Random& random) {
    if (!plan.pretest) return {};
    if (!plan.pretest->positions.empty()) return plan.pretest->positions;
    std::vector<int> places;
    for (int p = plan.pretest->first; p <= plan.pretest->last; ++p) places.push_back(p);
    const auto count = static_cast<std::size_t>(plan.pretest->count);
    for (std::size_t k = 0; k < count; ++k) {  // the first `count` of a shuffle
        const auto rest = static_cast<std::uint32_t>(places.size() - k);
        std::swap(places[k], places[k + random.below(rest, math::Stream::pretest, 0, static_cast<std::uint32_t>(k))]);
    }
    places.resize(count);
    std::sort(places.begin(), places.end());
    return places;
}

}  // namespace

Session::Session(std::shared_ptr<const Bank> bank, std::shared_ptr<const Plan> plan, std::uint64_t seed, Event started,
                 const UserCriteria& user)
    : bank_(std::move(bank)),
      plan_(std::move(plan)),
      scored_(&scoring_bank(*bank_, *plan_)),
      scale_(scale_of(*plan_, *bank_)),
      prior_(prior_of(*plan_, started)),
      random_(seed),
      start_name_(start_criterion(plan_->start, plan_->selection)),
      criterion_(make_criterion(plan_->selection.criterion, criterion_setup(*scored_, *plan_), user)),
      start_(start_name_ == plan_->selection.criterion
                 ? nullptr
                 : make_criterion(start_name_, criterion_setup(*scored_, *plan_), user)),
      evidence_(plan_->estimation, prior_, bank_.get()),
      removed_(at(bank_->size()), Removal::none),
      seen_(at(bank_->size()), false) {
    if (seed > 9007199254740991u) throw LogError("'seed' is above 2^53 - 1");
    if (plan_->map) {
        if (started.prior)
            throw LogError("event 0 (started): 'prior' is of one scale; the plan has " +
                           std::to_string(plan_->scales.size()) + ", whose priors 'priors' names");
        map_ = std::make_unique<AbilityMap>(
            *scored_, *bank_,
            MapSetup{plan_->scales, *plan_->map, plan_->estimation, plan_->stop.standard_error, plan_->stop.max_items,
                     plan_->stop.min_items},
            prior_of_person(*plan_, started));
    } else if (!started.priors.empty()) {
        throw LogError("event 0 (started): 'priors' are of several scales; the plan has one, whose prior is 'prior'");
    }
    for (int i = 0; i < bank_->size(); ++i) {
        const Item& item = (*bank_)[i];
        if (map_ ? !map_->fits(i) || map_->above_top(i) : item.scale != scale_) {
            removed_[at(i)] = Removal::scale;
        } else if (item.status == Status::pretest) {
            removed_[at(i)] = Removal::pretest;
        } else if (item.status != Status::operational) {
            removed_[at(i)] = Removal::status;
        }
    }
    for (const Exclusion& exclusion : started.excluded) {
        const int position = bank_->find(exclusion.item);
        if (position >= 0 && (removed_[at(position)] == Removal::none || is_pretest(position)))
            removed_[at(position)] = Removal::excluded;
    }
    for (const std::string& id : started.seen) {
        const int position = bank_->find(id);
        if (position < 0) continue;
        seen_[at(position)] = true;
        if (plan_->seen_policy == "exclude" && (removed_[at(position)] == Removal::none || is_pretest(position)))
            removed_[at(position)] = Removal::seen;
    }
    eligible_.open.assign(removed_.size(), 0);
    for (std::size_t i = 0; i < removed_.size(); ++i) {
        if (removed_[i] != Removal::none) continue;
        eligible_.open[i] = 1;
        ++eligible_.count;
    }
    if (plan_->seen_policy == "flag") {
        eligible_with_seen_ = eligible_;
        for (std::size_t i = 0; i < removed_.size(); ++i)
            if (seen_[i]) eligible_.close(static_cast<int>(i));
    }
    const auto candidates = static_cast<int>(std::count(removed_.begin(), removed_.end(), Removal::none));
    limit_ = std::min(candidates, plan_->stop.max_items.value_or(candidates));
    if (plan_->floor) limit_ = std::min(limit_, plan_->floor->max_items);
    before_ = map_ ? map_->overall() : evidence_.estimate();
    estimate_ = before_;
    trail_.reserve(64);
    start_theta_ = start_theta(plan_->start, evidence_.prior_mean(), random_);
    if (started.self_placement) start_from(*started.self_placement);
    for (const std::string& id : plan_->start.items) start_items_.push_back(bank_->find(id));
    if (TestRules::needed(*plan_)) rules_ = std::make_unique<TestRules>(*scored_, *plan_, measured_by(*plan_, scale_));
    make_order();
    if (!plan_->selection.time.empty()) seconds_ = seconds_of_items(*bank_, *plan_, scale_);
    pretest_positions_ = pretest_positions(*plan_, random_);
    draw_exposure(started);
    log_ = {engine_version, bank_->hash(), plan_->hash, seed, {}};
    log_.events.reserve(128);
    steps_.reserve(64);
    candidates_.reserve(removed_.size());
    pool_.open.reserve(removed_.size());
    if (plan_->selection.min_success > 0) {
        success_ = scored_->tables().success_points(plan_->selection.min_success);
        kept_.reserve(removed_.size());
    }
    log_.events.push_back(std::move(started));
}

// Where the first questions are chosen for, by what the person says.
void Session::start_from(const SelfPlacement& placement) {
    const auto theta_of = [&](const std::string& key, int level) {
        const std::string where = "event 0 (started): 'self_placement" + key + "' is " + std::to_string(level);
        if (!plan_->levels) throw LogError(where + "; the plan has no 'levels' that it could be one of");
        const int last = plan_->levels->first + static_cast<int>(plan_->levels->cuts.size());
        if (level < plan_->levels->first || level > last)
            throw LogError(where + "; the plan's levels are " + std::to_string(plan_->levels->first) + " to " +
                           std::to_string(last));
        return middle_of_level(*plan_->levels, level - plan_->levels->first);
    };
    if (placement.overall) start_theta_ = theta_of(".overall", *placement.overall);
    if (!map_) {
        if (!placement.domains.empty())
            throw LogError("event 0 (started): 'self_placement.domains' belongs to plans of several scales");
        for (const auto& [id, level] : placement.scales) {
            if (id != scale_ && (plan_->scales.empty() || id != plan_->scales[0].id))
                throw LogError("event 0 (started): 'self_placement.scales' has \"" + id + "\"; the plan's scale is \"" +
                               scale_ + "\"");
            start_theta_ = theta_of(".scales." + id, level);
        }
        return;
    }
    MapStart start;
    if (placement.overall) start.overall = start_theta_;
    start.domains.resize(plan_->map->domains.size());
    start.scales.resize(plan_->scales.size());
    const auto place = [&](const auto& named, const auto& there, const char* what, auto& places) {
        for (const auto& [id, level] : named) {
            const auto found =
                std::find_if(there.begin(), there.end(), [&, name = id](const auto& each) { return each.id == name; });
            if (found == there.end())
                throw LogError(std::string("event 0 (started): 'self_placement.") + what + "' has \"" + id +
                               "\"; the plan's " + what + " are others");
            places[static_cast<std::size_t>(found - there.begin())] =
                theta_of(std::string(".") + what + "." + id, level);
        }
    };
    place(placement.domains, plan_->map->domains, "domains", start.domains);
    place(placement.scales, plan_->scales, "scales", start.scales);
    map_->start_from(std::move(start));
}

// The classes of each item by constraints.order.
void Session::make_order() {
    if (!plan_->constraints || !plan_->constraints->order) return;
    const OrderRules& rules = *plan_->constraints->order;
    std::vector<std::string> names = rules.values;
    const auto names_of = [&](int item) {
        const Item& of = (*bank_)[item];
        if (rules.by == "content") return of.content.empty() ? std::vector<std::string>{""} : of.content;
        if (rules.by == "key_format") return std::vector<std::string>{of.key_format};
        if (rules.by == "model") return std::vector<std::string>{palier::name(of.parameters.model)};
        const int scale = map_->own_scale(item);
        if (rules.by == "scale") return std::vector<std::string>{plan_->scales[at(scale)].id};
        return std::vector<std::string>{plan_->scales[at(scale)].domain};
    };
    const bool listed = !names.empty();
    std::vector<std::vector<int>> classes(removed_.size());
    bool others = false;
    for (int i = 0; i < bank_->size(); ++i) {
        if (removed_[at(i)] == Removal::scale) continue;
        for (const std::string& value : names_of(i)) {
            auto found = std::find(names.begin(), names.end(), value);
            if (found == names.end() && !listed) found = names.insert(names.end(), value);
            if (found != names.end()) classes[at(i)].push_back(static_cast<int>(found - names.begin()));
        }
        if (classes[at(i)].empty()) {
            classes[at(i)].push_back(static_cast<int>(rules.values.size()));
            others = true;
        }
    }
    for (std::size_t k = 0; k < rules.values.size() && rules.by != "scale" && rules.by != "domain"; ++k) {
        const bool there = std::any_of(classes.begin(), classes.end(), [&](const std::vector<int>& of) {
            return std::find(of.begin(), of.end(), static_cast<int>(k)) != of.end();
        });
        if (!there)
            throw PlanError("'constraints.order.values[" + std::to_string(k) + "]' is \"" + rules.values[k] +
                            "\"; no item of the test has it as its " + rules.by);
    }
    order_ =
        std::make_unique<ContentOrder>(rules, std::move(classes), static_cast<int>(names.size()) + (others ? 1 : 0));
    order_names_ = std::move(names);
}

// An item leaves the candidates.
void Session::remove(int position, Removal why) {
    removed_[at(position)] = why;
    eligible_.close(position);
    if (!eligible_with_seen_.open.empty()) eligible_with_seen_.close(position);
}

// A host that passes counts has the draw made here, and the log keeps the draw; one that passes
// nothing has no control but Sympson and Hetter's, whose probabilities are the plan's.
void Session::draw_exposure(Event& started) {
    if (plan_->exposure && started.exposure_counts)
        started.ineligible = draw_ineligible(*plan_->exposure, *bank_, *started.exposure_counts, random_);
    started.exposure_counts.reset();
    if (!plan_->exposure || plan_->exposure->control == "none") return;
    if (started.ineligible) {
        ineligible_ = *started.ineligible;
    } else if (!needs_counts(*plan_->exposure)) {
        ineligible_ = draw_ineligible(*plan_->exposure, *bank_, {}, random_);
    }
    const auto segments = static_cast<std::size_t>(segment_count(*plan_->exposure));
    if (!ineligible_.empty() && ineligible_.size() != segments)
        throw LogError("event 0 (started): 'exposure.ineligible' has " + std::to_string(ineligible_.size()) +
                       " lists; the plan has " + std::to_string(segments) + " segments of theta");
    for (const auto& segment : ineligible_) {
        ineligible_items_.emplace_back();
        for (const std::string& id : segment)
            if (const int position = bank_->find(id); position >= 0) ineligible_items_.back().push_back(position);
    }
}

Session Session::resume(std::shared_ptr<const Bank> bank, std::shared_ptr<const Plan> plan, const Log& log,
                        const UserCriteria& user) {
    if (!log.bank.empty() && log.bank != bank->hash())
        throw LogError("the log is of bank " + log.bank + "; this bank is " + bank->hash());
    if (!log.plan.empty() && log.plan != plan->hash)
        throw LogError("the log is of plan " + log.plan + "; this plan is " + plan->hash);
    if (log.events.empty() || log.events[0].type != EventType::started)
        throw LogError("event 0: the first event should be 'started'");
    Session session(std::move(bank), as_begun(std::move(plan), log.engine), log.seed, log.events[0], user);
    for (std::size_t i = 1; i < log.events.size(); ++i) session.append(log.events[i]);
    session.log_.engine = log.engine;
    return session;
}

int Session::position_of(const Event& event, const Where& where) const {
    const int position = bank_->find(event.item);
    if (position < 0) throw LogError(where.text() + ": item " + event.item + " is not in the bank");
    return position;
}

const Event& Session::append(Event event) {
    const Where where{log_.events.size(), event.type};
    if (log_.events.size() >= 20000) throw LogError(where.text() + ": a log holds at most 20000 events");
    if (event.type == EventType::started) throw LogError(where.text() + ": only event 0 is 'started'");
    const bool reopens = event.type == EventType::resumed && is_host_stop(stop_);
    if (!stop_.empty() && !reopens && event.type != EventType::dropped && event.type != EventType::rescored)
        throw LogError(where.text() + ": the session has stopped (" + stop_ + ")");
    if (event.type == EventType::asked) {
        apply_asked(event, where);
    } else if (is_outcome(event.type)) {
        apply_outcome(event, where);
    } else if (event.type == EventType::dropped) {
        apply_dropped(event, where);
    } else if (event.type == EventType::rescored) {
        apply_rescored(event, where);
    } else if (reopens) {
        stop_.clear();
    } else if (event.type == EventType::stopped) {
        stop_ = event.reason;
        pending_.reset();
    }
    log_.events.push_back(std::move(event));
    return log_.events.back();
}

void Session::apply_asked(const Event& event, const Where& where) {
    const int position = position_of(event, where);
    if (pending_)
        throw LogError(where.text() + ": item " + event.item + " cannot be asked; " + (*bank_)[*pending_].id +
                       " is on screen without an outcome");
    const Removal removal = removed_[at(position)];
    if (removal == Removal::asked || removal == Removal::dropped)
        throw LogError(where.text() + ": item " + event.item + " was " + palier::name(removal) + " before");
    if (removal == Removal::scale)
        throw LogError(where.text() + ": item " + event.item + " is of another scale than the plan's");
    ask(position);
    asked_at_ = event.time;
}

void Session::answer(int position, int category) {
    ask(position);
    take({position,
          EventType::answered,
          std::nullopt,
          std::nullopt,
          category,
          std::nullopt,
          std::nullopt,
          false,
          seen_[at(position)],
          {}});
}

void Session::ask(int position) {
    pending_ = position;
    if (!first_asked_) first_asked_ = position;
    ++asked_;
    remove(position, Removal::asked);
    for (const int enemy : bank_->enemies(position))
        if (removed_[at(enemy)] == Removal::none) remove(enemy, Removal::enemies);
}

void Session::fill_category(Event& event, int count_of, const Where& where) const {
    if (!event.category) event.category = category_of(plan_->scoring, event.fraction.value_or(0), count_of);
    if (*event.category >= count_of)
        throw LogError(where.text() + ": category " + std::to_string(*event.category) + "; item " + event.item +
                       " has the categories 0 to " + std::to_string(count_of - 1));
}

void Session::apply_outcome(Event& event, const Where& where) {
    const int position = position_of(event, where);
    if (!pending_ || *pending_ != position) {
        throw LogError(where.text() + ": item " + event.item + " is not on screen; " +
                       (pending_ ? (*bank_)[*pending_].id + " is" : std::string("none is")));
    }
    const Item& item = (*bank_)[position];
    const int count_of = categories(item.parameters);
    Step step{position, event.type, event.response, event.fraction,      std::nullopt,
              event.ms, event.time, false,          seen_[at(position)], {}};
    if (event.type == EventType::answered) {
        fill_category(event, count_of, where);
        step.category = event.category;
    } else {
        const CountedAs rule = event.type == EventType::unknown   ? plan_->scoring.unknown
                               : event.type == EventType::skipped ? plan_->scoring.skipped
                                                                  : plan_->scoring.timed_out;
        if (rule == CountedAs::lowest) step.category = 0;
    }
    std::int64_t took = 0;
    if (event.ms) {
        took = *event.ms;
    } else if (event.time && asked_at_ && *event.time > *asked_at_) {
        took = *event.time - *asked_at_;
    }
    constexpr std::int64_t most = std::int64_t{1} << 53;
    ms_ = std::min(most, ms_ + std::min(most, took));
    take(std::move(step));
}

void Session::take(Step step) {
    count(step);
    steps_.push_back(std::move(step));
    pending_.reset();
    advance_progress();
}

// Takes a step into the estimate.
void Session::count(Step& step) {
    settled_ = false;
    step.pretest = is_pretest(step.item);
    if (!step.dropped && !step.pretest) {
        ++n_;
        if (map_) {
            map_->take(step.item, step.category);
            if (step.category) trail_.push_back({0, -1, -1, false});
            estimated_ = estimated_ && !step.category;
        } else if (step.category) {
            evidence_.add(observation(*bank_, step.item, *step.category));
            trail_.push_back({0, -1, -1, false});
            estimated_ = false;
        }
    }
}

const Estimate& Session::estimate() const {
    if (!estimated_) {
        estimate_ = map_ ? map_->overall() : evidence_.estimate();
        answers_estimated_ += evidence_.observations().size();
        estimated_ = true;
        trail_.back() = estimate_;
    }
    return estimate_;
}

// Makes those of the last `last` estimates of the trail that were not asked for before, of the same answers one by one.
void Session::settle_trail(std::size_t last) const {
    if (last == 0) return;
    estimate();
    const std::size_t first = trail_.size() - std::min(last, trail_.size());
    const auto from = trail_.begin() + static_cast<std::ptrdiff_t>(first);
    if (std::none_of(from, trail_.end(), [](const Estimate& e) { return e.se < 0; })) return;
    if (map_) {
        const std::vector<AbilityEstimate> all = map_trail();
        for (std::size_t k = 0; k < trail_.size(); ++k) {
            if (trail_[k].se >= 0) continue;
            const double se = map_->overall_composite().se(all[k + 1]);
            trail_[k] = {map_->overall_composite().theta(all[k + 1]), se, se, false};
        }
        return;
    }
    Evidence again(plan_->estimation, prior_, bank_.get());
    std::size_t k = 0;
    for (const Step& step : steps_) {
        if (k == trail_.size()) break;
        if (step.dropped || step.pretest || !step.category) continue;
        again.add(observation(*bank_, step.item, *step.category));
        if (k >= first && trail_[k].se < 0) {
            trail_[k] = again.estimate();
            answers_estimated_ += k + 1;
        }
        ++k;
    }
}

// Step::after of the steps from `first` on.
void Session::settle(std::size_t first) const {
    if (settled_) return;
    const auto counts = [](const Step& s) { return !s.dropped && !s.pretest && s.category.has_value(); };
    const auto begin = steps_.begin() + static_cast<std::ptrdiff_t>(std::min(first, steps_.size()));
    const auto after = static_cast<std::size_t>(std::count_if(begin, steps_.end(), counts));
    settle_trail(after + 1);
    std::size_t k = trail_.size() - after;
    Estimate now = k > 0 ? trail_[k - 1] : before_;
    for (auto step = begin; step != steps_.end(); ++step) {
        if (counts(*step)) now = trail_[k++];
        step->after = now;
    }
    settled_ = first == 0;
}

bool Session::has_earlier(int scale) const {
    const auto& priors = log_.events[0].priors;
    return std::any_of(priors.begin(), priors.end(),
                       [&](const auto& entry) { return entry.first == plan_->scales[at(scale)].id; });
}

std::vector<AbilityEstimate> Session::map_trail() const {
    std::vector<AbilityEstimate> trail;
    if (!map_) return trail;
    AbilityMap again(*scored_, *scored_,
                     MapSetup{plan_->scales, *plan_->map, plan_->estimation, plan_->stop.standard_error,
                              plan_->stop.max_items, plan_->stop.min_items},
                     map_->evidence().prior());
    trail.push_back(again.estimate());
    for (const Step& step : steps_) {
        if (step.dropped || step.pretest || !step.category) continue;
        again.take(step.item, step.category);
        trail.push_back(again.estimate());
    }
    return trail;
}

void Session::apply_dropped(const Event& event, const Where& where) {
    const int position = position_of(event, where);
    if (removed_[at(position)] == Removal::dropped)
        throw LogError(where.text() + ": item " + event.item + " was dropped before");
    remove(position, Removal::dropped);
    if (pending_ && *pending_ == position) pending_.reset();
    const auto found = std::find_if(steps_.begin(), steps_.end(), [&](const Step& s) { return s.item == position; });
    if (found == steps_.end()) return;
    found->dropped = true;
    count_again();
}

void Session::apply_rescored(Event& event, const Where& where) {
    const int position = position_of(event, where);
    const auto found = std::find_if(steps_.begin(), steps_.end(), [&](const Step& s) { return s.item == position; });
    if (found == steps_.end() || found->outcome != EventType::answered)
        throw LogError(where.text() + ": item " + event.item + " has no answer that could be marked anew");
    fill_category(event, categories((*bank_)[position].parameters), where);
    found->fraction = event.fraction;
    found->category = event.category;
    count_again();
}

// Takes all steps into the estimate anew.
void Session::count_again() {
    evidence_.clear();
    if (map_) map_->clear();
    estimate_ = before_;
    estimated_ = true;
    trail_.clear();
    n_ = 0;
    for (Step& step : steps_) count(step);
}

double Session::target() const {
    if (map_) return estimate_now().theta;
    const double theta = evidence_.observations().empty() ? start_theta_ : estimate().theta;
    return plan_->floor && plan_->floor->halfway ? 0.5 * (theta + plan_->floor->theta) : theta;
}

}  // namespace palier
