// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "adapters/host/findings.hpp"
#include "adapters/host/map_study.hpp"
#include "adapters/host/plan_check.hpp"
#include "adapters/host/plan_warnings.hpp"
#include "adapters/host/thin_places.hpp"
#include "engine/errors.hpp"
#include "engine/util/section.hpp"

namespace palier::host {
namespace {

constexpr int most_persons = 10000000;

// The figures of all persons, and of those whose estimates can be compared with truths.
struct Figures {
    explicit Figures(const palier::Plan& plan) : all(plan), measured(plan) {}
    void add(const SimulatedPerson& person) {
        all.add(person);
        if (person.measured) measured.add(person);
    }
    StudyFigures all;
    StudyFigures measured;
};

Json summary_json(const Figures& figures) {
    const SimulationSummary s = figures.all.summary();
    const SimulationSummary accuracy = figures.measured.summary();
    const auto figure = [&](double value) {
        return accuracy.persons == 0 || !std::isfinite(value) ? Json(nullptr) : Json(value);
    };
    return {{"persons", s.persons},
            {"measured", accuracy.persons},
            {"bias", figure(accuracy.bias)},
            {"rmse", figure(accuracy.rmse)},
            {"se", figure(accuracy.mean_se)},
            {"coverage", figure(accuracy.coverage)},
            {"length", {{"mean", s.mean_length}, {"sd", s.sd_length}, {"min", s.min_length}, {"max", s.max_length}}}};
}

Json cut_json(const CutReport& report) {
    return {{"theta", report.cut},     {"below", report.said[0]}, {"undecided", report.said[1]},
            {"above", report.said[2]}, {"right", report.right},   {"wrong", report.wrong}};
}

// Only what the plan decides.
void add_decisions(Json& json, const StudyFigures& figures, const palier::Plan& plan) {
    const DecisionReport report = figures.decisions();
    if (plan.classification) {
        Json cuts = Json::array();
        for (const CutReport& cut : report.classification) cuts.push_back(cut_json(cut));
        json["classification"] = {{"method", name(plan.classification->method)},
                                  {"right", report.category_right},
                                  {"wrong", report.category_wrong},
                                  {"undecided", report.category_undecided},
                                  {"cuts", std::move(cuts)}};
    }
    if (plan.threshold) json["threshold"] = cut_json(report.threshold);
    if (plan.floor) json["floor"] = cut_json(report.floor);
    if (plan.levels) json["levels"] = {{"right", report.level_right}, {"near", report.level_near}};
    if (makes_a_promise(plan)) json["kept"] = figures.promise_kept();
}

Json by_level_json(const std::map<int, Figures>& levels, const palier::Plan& plan) {
    Json result = Json::array();
    for (const auto& [key, figures] : levels) {
        Json entry = summary_json(figures);
        add_decisions(entry, figures.measured, plan);
        entry["level"] = plan.levels ? Json(key) : Json(nullptr);
        entry["theta"] = figures.all.mean_theta();
        result.push_back(std::move(entry));
    }
    return result;
}

Json exposure_json(const AskedItems& asked, const palier::Bank& bank) {
    const auto rates = asked.rates();
    double largest = 0;
    int unused = 0;
    Json items = Json::array();
    for (int i = 0; i < bank.size(); ++i) {
        const double rate = rates[static_cast<std::size_t>(i)];
        largest = std::max(largest, rate);
        unused += rate == 0 ? 1 : 0;
        items.push_back({{"item", bank[i].id}, {"rate", rate}});
    }
    return {{"max", largest}, {"unused", unused}, {"items", std::move(items)}};
}

Json nothing_to_compare(int left_out, int all, Language language) {
    const words::Key key = "check_nothing_to_compare";
    return finding(key, words::counted(key, language, left_out, {{"of", std::to_string(all)}}),
                   {{"persons", left_out}});
}

AbilityOf ability_of(const Json& population, std::uint64_t seed) {
    const ObjectReader in(population, "options.population", ErrorKind::argument,
                          {"distribution", "mean", "sd", "low", "high", "thetas", "correlation"});
    if (in.has("thetas"))
        return [thetas = in.numbers("thetas", 1, most_persons)](std::size_t k) { return thetas[k % thetas.size()]; };
    if (in.choice("distribution", "normal", {"normal", "uniform"}) == "uniform") {
        in.at("low");
        in.at("high");
        const double low = in.number("low", 0, -max_logit, max_logit);
        const double high = in.number("high", 0, low, max_logit);
        return [=](std::size_t k) { return uniform_ability(k, low, high, seed); };
    }
    const double sd = in.number("sd", 1, 0, max_logit);
    const double mean = in.number("mean", 0, -max_logit, max_logit);
    return [=](std::size_t k) { return normal_ability(k, mean, sd, seed); };
}

void read_responses(const ObjectReader& in, const palier::Bank& bank, StudyRequest& request) {
    const Json& list = in.at("responses");
    if (!list.is_array() || list.empty()) in.refuse("responses", "an array of objects {\"person\", \"responses\"}");
    std::vector<RealPerson> persons;
    for (const Json& entry : list) {
        const std::string path = "options.responses[" + std::to_string(persons.size()) + "]";
        const ObjectReader person(entry, path, ErrorKind::argument, {"person", "responses"});
        if (!person.at("responses").is_object()) person.refuse("responses", "an object from item to category");
        std::vector<KnownResponse> known;
        for (const auto& [item, category] : entry["responses"].items()) {
            const int position = bank.find(item);
            if (position < 0) throw ArgumentError("'" + path + ".responses': item '" + item + "' is not in the bank");
            const int count = categories(bank[position].parameters);
            if (!category.is_number_integer() || category.get<std::int64_t>() < 0 ||
                category.get<std::int64_t>() >= count)
                throw ArgumentError("'" + path + ".responses." + item + "' is " + show(category) +
                                    "; it should be a category, 0 to " + std::to_string(count - 1));
            known.push_back({position, category.get<int>()});
        }
        std::sort(known.begin(), known.end(),
                  [](const KnownResponse& x, const KnownResponse& y) { return x.item < y.item; });
        persons.push_back({person.text("person", "", 256), std::move(known)});
    }
    request.persons = persons.size();
    request.next = [persons = std::move(persons), k = std::size_t{0}](RealPerson& person) mutable {
        if (k == persons.size()) return false;
        person = std::move(persons[k++]);
        return true;
    };
}

// Some of the persons, for a drawing: as many as are asked for, evenly among all.
class Sample {
public:
    Sample(const StudyRequest& request)
        : persons_(request.persons), count_(std::min(persons_, static_cast<std::size_t>(request.sample))) {}

    /// Whether the person is one of them.
    bool takes(std::size_t number) const {
        const std::size_t i = (number * count_ + persons_ - 1) / persons_;
        return i < count_ && i * persons_ / count_ == number;
    }
    void name(std::size_t number, const std::string& name) {
        if (takes(number)) names_.push_back(name);
    }
    void add(std::size_t number, const SimulatedPerson& person) {
        if (!takes(number)) return;
        Json entry = {{"theta", person.measured ? Json(person.theta) : Json(nullptr)},
                      {"estimate", person.estimate.theta},
                      {"se", person.estimate.se},
                      {"n", person.items.size()},
                      {"stop", person.stop}};
        if (!names_.empty()) entry["person"] = names_[list_.size()];
        list_.push_back(std::move(entry));
    }
    Json list() { return std::move(list_); }

private:
    std::size_t persons_;
    std::size_t count_;
    std::vector<std::string> names_;  // of real persons, ahead of the list
    Json list_ = Json::array();
};

// An error in levels, or {"error", "of"}.
SelfStatement self_statement(const ObjectReader& options) {
    constexpr double most = 100;
    SelfStatement statement;
    if (!options.at("self_placement").is_object()) {
        statement.error = options.number("self_placement", 1, 0, most);
        return statement;
    }
    const ObjectReader in(options.at("self_placement"), "options.self_placement", ErrorKind::argument, {"error", "of"});
    statement.error = in.number("error", 1, 0, most);
    const std::string of = in.text("of", "overall");
    if (of != "overall" && of != "scales") in.refuse("of", "overall or scales");
    statement.of_scales = of == "scales";
    return statement;
}

}  // namespace

StudyRequest study_request(const Json& options, const palier::Bank& bank) {
    const bool none = options.is_null() || (options.is_array() && options.empty());
    const Json empty = Json::object();
    const ObjectReader in(
        none ? empty : options, "options", ErrorKind::argument,
        {"persons", "seed", "threads", "population", "responses", "sample", "shift", "self_placement", "lang"});
    StudyRequest request;
    request.seed = static_cast<std::uint64_t>(in.integer("seed", 1, 0, 9007199254740991));
    request.threads = static_cast<int>(in.integer("threads", 1, 1, 256));
    request.sample = static_cast<int>(in.integer("sample", 0, 0, 10000));
    request.language = language_named(in.text("lang", "en"));
    request.shift = in.number("shift", 0, 0, max_logit);
    if (in.has("responses")) {
        for (const char* key : {"population", "persons", "shift", "self_placement"})
            if (in.has(key)) in.refuse(key, "absent: the persons are those of 'responses'");
        read_responses(in, bank, request);
        request.population = "responses";
        return request;
    }
    if (in.has("self_placement")) request.statement = self_statement(in);
    const int persons = static_cast<int>(in.integer("persons", 1000, 1, most_persons));
    request.population =
        in.has("population") ? in.at("population") : Json{{"distribution", "normal"}, {"mean", 0}, {"sd", 1}};
    request.persons = static_cast<std::size_t>(persons);
    request.ability = ability_of(request.population, request.seed);
    if (request.population.contains("thetas")) request.population = "thetas";
    return request;
}

Json study_json(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                const StudyRequest& request, const SimulationProgress& progress) {
    if (plan->map) return map_study_json(bank, plan, request, progress);
    if (request.shift > 0 && std::none_of(bank->items().begin(), bank->items().end(), has_errors))
        throw ArgumentError(
            "the shift is of items whose parameters are in doubt; this bank has none (no standard errors, se_b)");
    PlanCheck check = check_plan(*bank, *plan, request.language);
    Figures all(*plan);
    std::map<int, Figures> levels;
    std::map<std::string, int> stops;
    AskedItems asked(bank->size());
    Sample sample(request);
    const auto items = static_cast<int>(check.operational.size());
    double early_length = 0;
    int early = 0;
    const auto take = [&](std::size_t number, const SimulatedPerson& person) {
        all.add(person);
        levels.try_emplace(true_level(person, *plan), *plan).first->second.add(person);
        ++stops[person.stop];
        if (!request.next && ends_early(person, *plan, items)) {
            ++early;
            early_length += static_cast<double>(person.items.size());
        }
        asked.add(person);
        sample.add(number, person);
    };
    if (request.next) {
        const auto next = [&, number = std::size_t{0},
                           person = RealPerson{}](std::vector<KnownResponse>& known) mutable {
            if (!request.next(person)) return false;
            sample.name(number++, person.name);
            std::swap(known, person.responses);
            return true;
        };
        simulate_responses(bank, plan, next, request.seed, request.threads, take, progress);
    } else {
        simulate(bank, plan, request.persons, request.ability, request.seed, request.threads, take, progress,
                 request.shift, request.statement);
    }
    Json result = summary_json(all);
    add_decisions(result, all.measured, *plan);
    result["can_run"] = check.problems.empty();
    result["problems"] = std::move(check.problems);
    result["seed"] = request.seed;
    result["population"] = request.population;
    result["stops"] = stops;
    result["overlap"] = asked.overlap();
    result["by_level"] = by_level_json(levels, *plan);
    result["exposure"] = exposure_json(asked, *bank);
    result["information"] = information_json(*bank, *plan, operational_items(*bank, *plan));
    result["warnings"] = Json::array();
    const int compared = all.measured.persons();
    if (compared < all.all.persons())
        result["warnings"].push_back(
            nothing_to_compare(all.all.persons() - compared, all.all.persons(), request.language));
    FiguresByLevel measured;
    for (const auto& [level, figures] : levels)
        if (figures.measured.persons() > 0) measured.emplace(level, figures.measured);
    for (Json& warning : thin_places(measured, *bank, *plan, request.language))
        result["warnings"].push_back(std::move(warning));
    for (const Json& list :
         {rule_warnings(bank, plan, request.language),
          early_ends(early, early_length / std::max(1, early), all.all.persons(), bank, plan, request.language),
          decision_warnings(bank, plan, request.seed, request.language)})
        for (const Json& warning : list) result["warnings"].push_back(warning);
    if (request.shift > 0) {
        StudyFigures unshifted(*plan);
        simulate(
            bank, plan, request.persons, request.ability, request.seed, request.threads,
            [&](std::size_t, const SimulatedPerson& person) { unshifted.add(person); }, {}, 0, request.statement);
        const SimulationSummary without = unshifted.summary();
        result["shift"] = {{"sd", request.shift},
                           {"rmse_without", without.rmse},
                           {"coverage_without", without.coverage},
                           {"bias_without", without.bias}};
    }
    if (request.sample > 0) result["sample"] = sample.list();
    return result;
}

}  // namespace palier::host
