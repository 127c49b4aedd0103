// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/calibration.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/host/calibration_watch.hpp"
#include "engine/calibration/bank.hpp"
#include "engine/calibration/checks.hpp"
#include "engine/calibration/hierarchy.hpp"
#include "engine/errors.hpp"
#include "engine/fit/judgement.hpp"
#include "engine/fit/score_fit.hpp"
#include "engine/linking/new_scale.hpp"
#include "engine/result/change.hpp"
#include "engine/scoring/scoring.hpp"
#include "engine/util/index.hpp"

namespace palier::host {
namespace {

namespace cal = palier::calibration;

constexpr std::size_t most_answered = 100000;
constexpr int curve_points = 25;
constexpr double curve_end = 4;

// An item that was answered: what the bank knows of it, and how many categories its answers have.
struct Answered {
    std::string id;
    std::string scale;
    const Item* known = nullptr;
    int categories = 2;
};

// One person's answers: pairs of an item's place and a fraction of its marks.
struct Person {
    std::vector<std::pair<int, int>> answers;  // item, category
};

// Persons, and what is known beside their answers (calibration_watch.hpp).
struct Answers {
    std::vector<Person> persons;
    std::vector<Comparison> comparisons;
    std::vector<std::vector<std::int64_t>> when;
    std::vector<std::vector<double>> seconds;
};

Json item_json(const palier::Bank& bank, int position) {
    const std::vector<Item> one = {bank[position]};
    return palier::Bank::compile(one).to_json().at(0);
}

// The numbers of an item alone: what it is about is the host's.
Json numbers_of_item(const Json& item) {
    Json numbers = Json::object();
    for (const auto& [key, value] : item.items())
        if (key == "model" || (value.is_number() && key.rfind("num.", 0) != 0)) numbers[key] = value;
    return numbers;
}

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

double curve_theta(int place) { return -curve_end + 2 * curve_end * place / (curve_points - 1); }

// E(category) / (K - 1) over the range that a plot shows.
Json curve_of(const Parameters& item) {
    Json curve = Json::array();
    for (int k = 0; k < curve_points; ++k) {
        curve.push_back(fit::category_moments(item, curve_theta(k)).mean / (item.categories - 1));
    }
    return curve;
}

std::vector<Answered> answered_items(const ObjectReader& answers, const palier::Bank* bank) {
    const Json& list = answers.at("items");
    if (!list.is_array() || list.empty() || list.size() > most_answered)
        answers.refuse("items", "an array of 1 to 100000 items");
    std::vector<Answered> result;
    std::map<std::string, int> names;
    for (std::size_t k = 0; k < list.size(); ++k) {
        const std::string where = "answers.items[" + std::to_string(k) + "]";
        const ObjectReader in(list[k], where, ErrorKind::argument, {"item", "scale"});
        Answered item;
        item.id = in.text("item", "", 256);
        if (item.id.empty()) in.refuse("item", "the item's name");
        if (!names.emplace(item.id, 0).second) throw ArgumentError(where + ": item '" + item.id + "' is there twice");
        const int position = bank ? bank->find(item.id) : -1;
        if (position >= 0) item.known = &(*bank)[position];
        if (item.known && !item.known->loadings.empty())
            throw ArgumentError("item '" + item.id +
                                "' loads on scales by slopes a.SCALE; a calibration is of one scale");
        item.scale = in.text("scale", item.known ? item.known->scale : "", 256);
        if (item.known) item.categories = item.known->parameters.categories;
        result.push_back(std::move(item));
    }
    return result;
}

std::vector<Person> persons_of(const ObjectReader& answers, const std::vector<Answered>& items,
                               const Scoring& scoring) {
    const Json& list = answers.at("persons");
    if (!list.is_array()) answers.refuse("persons", "an array of arrays [item, fraction, item, fraction, …]");
    std::vector<Person> persons;
    persons.reserve(list.size());
    for (std::size_t n = 0; n < list.size(); ++n) {
        const Json& row = list[n];
        const auto fault = [&](const std::string& text) {
            return ArgumentError("answers.persons[" + std::to_string(n) + "]: " + text);
        };
        if (!row.is_array() || row.size() % 2 != 0)
            throw fault("should be an array [item, fraction, item, fraction, …]");
        Person person;
        for (std::size_t k = 0; k < row.size(); k += 2) {
            if (!row[k].is_number_integer() || row[k].get<std::int64_t>() < 0 ||
                row[k].get<std::int64_t>() >= static_cast<std::int64_t>(items.size()))
                throw fault("an item should be its place in answers.items, from 0");
            if (!row[k + 1].is_number() || !(row[k + 1].get<double>() >= -1) || !(row[k + 1].get<double>() <= 1))
                throw fault("a fraction of the marks should be from 0 to 1");
            const int item = row[k].get<int>();
            const double fraction = std::max(0.0, row[k + 1].get<double>());
            person.answers.emplace_back(item, category_of(scoring, fraction, items[at(item)].categories));
        }
        persons.push_back(std::move(person));
    }
    return persons;
}

Answers answers_beside(const ObjectReader& answers, std::vector<Person> persons) {
    std::vector<std::size_t> lengths;
    for (const Person& person : persons) lengths.push_back(person.answers.size());
    return {std::move(persons), comparisons_of(answers, lengths.size()), whens_of(answers, lengths),
            seconds_of(answers, lengths)};
}

bool stays(const Item& item) { return item.status == Status::operational || item.status == Status::retired; }

// The bank's items without any that stays: all are estimated anew.
palier::Bank all_free(const palier::Bank& bank) {
    std::vector<Item> items = bank.items();
    for (Item& item : items) item.status = Status::draft;
    return palier::Bank::compile(std::move(items));
}

std::optional<palier::linking::Method> link_method(const ObjectReader& options) {
    using palier::linking::Method;
    const std::string name =
        options.choice("link", "none", {"none", "mean_sigma", "mean_mean", "haebara", "stocking_lord"});
    if (name == "none") return std::nullopt;
    if (name == "mean_sigma") return Method::mean_sigma;
    if (name == "mean_mean") return Method::mean_mean;
    return name == "haebara" ? Method::haebara : Method::stocking_lord;
}

// Why an item cannot be calibrated at all; "" where it can. Those of others go on without it.
std::string hopeless(const std::vector<double>& counts, const Answered& item, bool priors, bool anchored) {
    const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
    if (all == 0) return "no_answers";
    const auto used = std::count_if(counts.begin(), counts.end(), [](double n) { return n > 0; });
    if (anchored && item.known && stays(*item.known)) return "";
    if (item.categories > 2 && used < item.categories) return "unused_categories";
    // With priors a difficulty is held by experts, anchors or the prior itself.
    if (!priors) return used < 2 ? "one_category" : "";
    if (item.known && (item.known->parameters.model == Model::nrm || item.known->parameters.model == Model::rsm))
        return "model_without_prior";
    return "";
}

cal::Options fit_options(const ObjectReader& options, Model model) {
    cal::Options result;
    // An asymptote that few answers tell of: near 0.2, as of a question with five choices.
    if (model == Model::three_pl) result.priors.lower = cal::Priors::Normal{-1.4, 0.5};
    result.threads = static_cast<int>(options.integer("threads", 1, 1, 64));
    result.search.iterations = static_cast<int>(options.integer("iterations", 2000, 1, 100000));
    return result;
}

fit::UseRules use_rules(const ObjectReader& options) {
    fit::UseRules rules;
    if (!options.has("rules")) return rules;
    const ObjectReader in(options.at("rules"), "options.rules", ErrorKind::argument,
                          {"answers", "error", "low", "high", "slope", "rarest"});
    rules.answers = in.number("answers", rules.answers, 0, 1e9);
    rules.error = in.number("error", rules.error, 0, 100);
    rules.low = in.number("low", rules.low, 0, 1);
    rules.high = in.number("high", rules.high, 1, 100);
    rules.slope = in.number("slope", rules.slope, 0, 100);
    rules.rarest = in.number("rarest", rules.rarest, 0, 0.5);
    return rules;
}

// How a scale is calibrated: the request's options.
struct Manner {
    Model model;
    bool priors;
    std::optional<palier::linking::Method> link;
    bool likelihood_ratio;
    cal::Options options;
    fit::UseRules rules;
};

class ScaleCalibration {
public:
    ScaleCalibration(std::string scale, const std::vector<Answered>& items, const Answers& answers,
                     const palier::Bank* bank, const Manner& manner)
        : scale_(std::move(scale)), bank_(bank), manner_(manner) {
        take(items, answers);
        watched_.likelihood_ratio = manner.likelihood_ratio;
    }

    Json run() {
        Json told = {{"scale", scale_}, {"persons", responses_->persons()}, {"items", Json::array()}};
        told["left_out"] = left_out_;
        if (items_.empty() || responses_->persons() == 0) {
            told["method"] = nullptr;
            told["converged"] = false;
            told["problems"] = Json::array({"no item of this scale has answers to calibrate it by"});
            return told;
        }
        cal::ModelChoice choice;
        choice.two = manner_.model;
        choice.experts = true;
        const std::optional<palier::Bank> free = manner_.link && bank_ ? std::optional(all_free(*bank_)) : std::nullopt;
        const auto requests = cal::requests_for(*responses_, choice, free ? &*free : bank_);
        const auto experts = bank_ ? cal::expert_difficulties(*responses_, *bank_)
                                   : cal::ExpertDifficulties(requests.size(), std::nullopt);
        const bool anchored = std::any_of(requests.begin(), requests.end(), [](const auto& r) { return r.fixed; });
        const bool rated = manner_.priors && !manner_.link &&
                           std::any_of(experts.begin(), experts.end(), [](const auto& e) { return e.has_value(); });
        cal::Calibration result = calibrate(requests, experts, manner_.priors && (anchored || rated), told);
        told["method"] = manner_.link ? "link" : anchored ? "anchors" : rated ? "experts" : "answers";
        told["log_likelihood"] = result.log_likelihood;
        told["converged"] = result.converged && result.is_highest.value_or(true);
        told["iterations"] = result.iterations;
        told["max_gradient"] = result.max_gradient;
        told["problems"] = result.problems;
        told["doubts"] = cal::doubts_of(*responses_);
        told["apart"] = cal::items_apart(*responses_);
        if (manner_.link && told["converged"] && !put_on_scale_of_bank(result, told)) return told;
        told["population"] = {{"mean", result.populations[0].mean}, {"variance", result.populations[0].variance}};
        if (told["converged"]) {
            told["items"] = items_json(result);
            told["information"] = information_json(result, told["items"]);
            for (const cal::CalibratedItem& item : result.items) {
                const Item* known = items_[watched_.anchors.size()].known;
                watched_.errors.push_back(known && known->se_b ? *known->se_b : 0);
                watched_.anchors.push_back(item.anchor);
            }
            watched_.requests = requests;
            add_watch(told, watched_, tested_by(result));
        }
        return told;
    }

private:
    void take(const std::vector<Answered>& all, const Answers& given) {
        const std::vector<Person>& persons = given.persons;
        std::vector<int> place(all.size(), -1);
        std::vector<std::vector<double>> counts(all.size());
        for (std::size_t j = 0; j < all.size(); ++j) counts[j].assign(at(all[j].categories), 0);
        for (const Person& person : persons)
            for (const auto& [item, category] : person.answers) ++counts[at(item)][at(category)];
        for (std::size_t j = 0; j < all.size(); ++j) {
            if (all[j].scale != scale_) continue;
            const std::string reason = hopeless(counts[j], all[j], manner_.priors, !manner_.link);
            if (!reason.empty()) {
                left_out_.push_back({{"item", all[j].id}, {"reason", reason}});
                continue;
            }
            place[j] = static_cast<int>(items_.size());
            items_.push_back(all[j]);
            counts_.push_back(counts[j]);
        }
        std::vector<std::string> ids;
        for (const Answered& item : items_) ids.push_back(item.id);
        responses_.emplace(std::move(ids), std::vector<std::string>{""});
        watched_.ids = responses_->items();
        for (const Comparison& comparison : given.comparisons) watched_.comparisons.push_back({comparison.name, {}});
        for (std::size_t n = 0; n < persons.size(); ++n) take_person(persons[n].answers, n, place, given);
    }

    void take_person(const std::vector<std::pair<int, int>>& all, std::size_t n, const std::vector<int>& place,
                     const Answers& given) {
        fit::Person answers;
        std::vector<std::int64_t> when;
        std::vector<double> seconds;
        for (std::size_t k = 0; k < all.size(); ++k) {
            const auto& [item, category] = all[k];
            if (place[at(item)] < 0) continue;
            answers.push_back({place[at(item)], category});
            if (!given.when.empty()) when.push_back(given.when[n][k]);
            if (!given.seconds.empty()) seconds.push_back(given.seconds[n][k]);
        }
        if (answers.empty()) return;
        responses_->add(0, answers);
        watched_.persons.push_back(std::move(answers));
        if (!given.when.empty()) watched_.when.push_back(std::move(when));
        if (!given.seconds.empty()) watched_.seconds.push_back(std::move(seconds));
        for (std::size_t k = 0; k < given.comparisons.size(); ++k)
            watched_.comparisons[k].side.push_back(given.comparisons[k].side[n]);
    }

    cal::Calibration calibrate(const std::vector<cal::ItemRequest>& requests, const cal::ExpertDifficulties& experts,
                               bool held, Json& told) const {
        if (held) {
            cal::HierarchicalCalibration found =
                cal::hierarchical_calibrate(*responses_, requests, experts, manner_.options);
            told["hierarchy"] = {{"expert_sd", found.expert_sd},
                                 {"difficulty_mean", found.difficulty_mean},
                                 {"difficulty_sd", found.difficulty_sd},
                                 {"log_slope_mean", found.log_slope_mean},
                                 {"log_slope_sd", found.log_slope_sd}};
            return std::move(found.calibration);
        }
        // Nothing is known of any item, or nothing is to count but the answers: wide priors keep rare answers sane.
        cal::Options wide = manner_.options;
        if (manner_.priors) {
            wide.priors.difficulty = cal::Priors::Normal{0, 2};
            wide.priors.log_slope = cal::Priors::Normal{0.1, 0.5};
        }
        return cal::calibrate(*responses_, requests, cal::usual_populations(*responses_, requests), wide);
    }

    // Whether the items that the bank and the answers have in common tell how. Where not, nothing is proposed.
    bool put_on_scale_of_bank(cal::Calibration& result, Json& told) const {
        try {
            const auto link = palier::linking::link(result, bank_ ? *bank_ : palier::Bank::compile(std::vector<Item>{}),
                                                    *manner_.link);
            told["link"] = {{"slope", link.slope}, {"intercept", link.intercept}, {"common_items", link.common_items}};
            result = palier::linking::linked(std::move(result), link);
            return true;
        } catch (const ArgumentError& error) {
            told["link"] = nullptr;
            told["problems"].push_back(error.what());
            return false;
        }
    }

    fit::Tested tested_by(const cal::Calibration& result) const {
        fit::Tested tested;
        for (const cal::CalibratedItem& item : result.items) tested.items.push_back(item.parameters);
        tested.populations = {{result.populations[0].mean, std::sqrt(result.populations[0].variance), false, false}};
        return tested;
    }

    Json items_json(const cal::Calibration& result) const {
        const fit::Tested tested = tested_by(result);
        const fit::ResidualFit residual = fit::residual_fit(*responses_, tested);
        const auto by_score = fit::score_fit(*responses_, tested);
        const auto observed = fit::observed_points(*responses_, tested);
        const cal::CalibratedBank made = cal::calibrated_bank(result, nullptr, Status::operational);
        const Json numbers = made.items.empty() ? Json::array() : palier::Bank::compile(made.items).to_json();
        std::map<std::string, Json> proposed;
        for (const Json& item : numbers) proposed.emplace(item.at("item").get<std::string>(), numbers_of_item(item));
        Json list = Json::array();
        for (std::size_t j = 0; j < items_.size(); ++j) {
            const cal::CalibratedItem& item = result.items[j];
            const Answered& of = items_[j];
            double mean = 0;
            for (std::size_t k = 1; k < counts_[j].size(); ++k) mean += static_cast<double>(k) * counts_[j][k];
            mean /= item.answers * (of.categories - 1);
            Json entry = {{"item", item.id}, {"anchor", item.anchor}, {"answers", item.answers}, {"mean", mean}};
            entry["present"] = of.known ? numbers_of_item(item_json(*bank_, bank_->find(item.id))) : Json(nullptr);
            entry["proposed"] = nullptr;
            const auto found = proposed.find(item.id);
            if (found != proposed.end()) entry["proposed"] = found->second;
            entry["fit"] = {{"infit", finite(residual.items[j].infit)},
                            {"z_infit", finite(residual.items[j].z_infit)},
                            {"outfit", finite(residual.items[j].outfit)},
                            {"z_outfit", finite(residual.items[j].z_outfit)},
                            {"s_x2", nullptr}};
            if (!by_score.empty() && by_score[j].degrees > 0)
                entry["fit"]["s_x2"] = {{"chi_square", by_score[j].chi_square},
                                        {"degrees", by_score[j].degrees},
                                        {"p", by_score[j].p},
                                        {"rmsea", by_score[j].rmsea}};
            entry["reasons"] = fit::reasons_against(item, residual.items[j], mean, manner_.rules);
            entry["observed"] = Json::array();
            for (const fit::ObservedPoint& point : observed[j])
                entry["observed"].push_back({{"theta", point.theta},
                                             {"persons", point.persons},
                                             {"mean", point.mean},
                                             {"expected", point.expected}});
            entry["curve"] = {{"from", -curve_end}, {"to", curve_end}, {"proposed", curve_of(item.parameters)}};
            entry["curve"]["present"] = of.known ? curve_of(of.known->parameters) : Json(nullptr);
            list.push_back(std::move(entry));
        }
        return list;
    }

    // What all items that may be asked tell together: by the parameters that they have, and once all is accepted.
    Json information_json(const cal::Calibration& result, const Json& told) const {
        std::array<double, curve_points> present{}, proposed{};
        bool known = false;
        for (std::size_t j = 0; j < items_.size(); ++j) {
            const Item* const before = items_[j].known;
            if (before && before->status == Status::retired) continue;
            const bool after = result.items[j].anchor || !told[j]["proposed"].is_null();
            known = known || before;
            for (int k = 0; k < curve_points; ++k) {
                if (before) present[at(k)] += palier::information(before->parameters, curve_theta(k));
                if (after) proposed[at(k)] += palier::information(result.items[j].parameters, curve_theta(k));
            }
        }
        return {{"from", -curve_end},
                {"to", curve_end},
                {"present", known ? Json(present) : Json(nullptr)},
                {"proposed", proposed}};
    }

    std::string scale_;
    const palier::Bank* bank_;
    Manner manner_;
    std::vector<Answered> items_;
    std::vector<std::vector<double>> counts_;
    std::optional<cal::Responses> responses_;
    Watched watched_;
    Json left_out_ = Json::array();
};

}  // namespace

Json calibration_json(const ObjectReader& request) {
    std::optional<palier::Bank> bank;
    if (request.has("items") && !request.at("items").empty()) bank = palier::Bank::from_json(request.at("items"));
    const Json none = Json::object();
    const ObjectReader options(
        request.has("options") ? request.at("options") : none, "options", ErrorKind::argument,
        {"model", "priors", "link", "likelihood_ratio", "rules", "threads", "iterations", "scoring"});
    const Model model = *model_named(options.choice("model", "2pl", {"rasch", "2pl", "3pl"}));
    const Manner manner = {model,
                           options.flag("priors", true),
                           link_method(options),
                           options.flag("likelihood_ratio", false),
                           fit_options(options, model),
                           use_rules(options)};
    Json normalised = Json::object();
    Json scoring = Json::object();
    if (options.has("scoring")) scoring["scoring"] = options.at("scoring");
    const Scoring rules = read_scoring(scoring, normalised);
    const ObjectReader answers(request.at("answers"), "answers", ErrorKind::argument,
                               {"items", "persons", "groups", "when", "ms"});
    const std::vector<Answered> items = answered_items(answers, bank ? &*bank : nullptr);
    const Answers persons = answers_beside(answers, persons_of(answers, items, rules));
    std::vector<std::string> scales;
    for (const Answered& item : items)
        if (std::find(scales.begin(), scales.end(), item.scale) == scales.end()) scales.push_back(item.scale);
    Json list = Json::array();
    for (const std::string& scale : scales)
        list.push_back(ScaleCalibration(scale, items, persons, bank ? &*bank : nullptr, manner).run());
    return {{"scales", std::move(list)}};
}

Json changes_json(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                  const ObjectReader& request) {
    const palier::Bank changed = palier::Bank::from_json(request.at("changed"));
    const Json& logs = request.at("logs");
    if (!logs.is_array()) request.refuse("logs", "an array of session logs");
    const bool alone = request.flag("alone", true);
    // The bank with all that changed, or with one item of it alone.
    const auto with = [&](const std::string* only) {
        std::vector<Item> items = bank->items();
        for (Item& item : items) {
            const int position = changed.find(item.id);
            if (position < 0 || (only && item.id != *only)) continue;
            const Item& other = changed[position];
            if (!item.loadings.empty() || other.parameters.categories != item.parameters.categories) continue;
            item.parameters = other.parameters;
            item.se_a = other.se_a;
            item.se_b = other.se_b;
            item.se_c = other.se_c;
            item.se_d = other.se_d;
            item.se_steps = other.se_steps;
            item.se_intercepts = other.se_intercepts;
        }
        return std::make_shared<const palier::Bank>(palier::Bank::compile(std::move(items)));
    };
    const auto all = with(nullptr);
    std::map<std::string, std::shared_ptr<const palier::Bank>> single;
    Json results = Json::array();
    for (std::size_t n = 0; n < logs.size(); ++n) {
        const Log log = with_other_bank(logs[n].is_string() ? log_from_json(logs[n].get_ref<const std::string&>())
                                                            : read_log(logs[n]));
        const palier::Session before = palier::Session::resume(bank, plan, log);
        const auto told_of_bank = [&](const std::shared_ptr<const palier::Bank>& other) {
            return changes(before, palier::Session::resume(other, plan, log));
        };
        Json entry = {{"scales", Json::array()}, {"beyond_margin", false}, {"items", Json::object()}};
        for (const ScaleChange& change : told_of_bank(all)) {
            entry["scales"].push_back({{"id", change.id},
                                       {"theta", change.before.estimate.theta},
                                       {"theta_after", change.after.estimate.theta},
                                       {"level", change.before.level ? Json(*change.before.level) : Json(nullptr)},
                                       {"level_after", change.after.level ? Json(*change.after.level) : Json(nullptr)},
                                       {"beyond_margin", change.beyond_margin}});
            if (change.beyond_margin) entry["beyond_margin"] = true;
        }
        for (const Step& step : before.outcomes()) {
            const std::string& id = (*bank)[step.item].id;
            if (step.dropped || step.pretest || !step.category || changed.find(id) < 0) continue;
            Json moved = {{"theta", nullptr}, {"beyond_margin", false}};
            if (alone) {
                auto& own = single[id];
                if (!own) own = with(&id);
                double most = 0;
                for (const ScaleChange& change : told_of_bank(own)) {
                    const double by = change.after.estimate.theta - change.before.estimate.theta;
                    if (std::fabs(by) > std::fabs(most)) most = by;
                    if (change.beyond_margin) moved["beyond_margin"] = true;
                }
                moved["theta"] = most;
            }
            entry["items"][id] = std::move(moved);
        }
        results.push_back(std::move(entry));
    }
    return {{"results", std::move(results)}};
}

}  // namespace palier::host
