// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "adapters/host/findings.hpp"
#include "adapters/host/plan_check.hpp"
#include "adapters/host/promise.hpp"
#include "engine/errors.hpp"
#include "engine/util/section.hpp"

namespace palier::host {
namespace {

constexpr int most_persons = 10000000;

// Lengths are of all persons; what compares estimates with truths, of those who can be compared.
Json summary_json(const std::vector<const SimulatedPerson*>& persons,
                  const std::vector<const SimulatedPerson*>& measured, const palier::Plan& plan) {
    const SimulationSummary s = summarise(persons, plan);
    const SimulationSummary accuracy = summarise(measured, plan);
    const auto figure = [&](double value) {
        return measured.empty() || !std::isfinite(value) ? Json(nullptr) : Json(value);
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
void add_decisions(Json& json, const std::vector<const SimulatedPerson*>& persons, const palier::Plan& plan) {
    const DecisionReport report = decisions(persons, plan);
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
    if (makes_a_promise(plan)) json["kept"] = promise_kept(persons, plan);
}

std::vector<const SimulatedPerson*> pointers(const std::vector<SimulatedPerson>& persons) {
    std::vector<const SimulatedPerson*> all;
    for (const SimulatedPerson& p : persons) all.push_back(&p);
    return all;
}

std::vector<const SimulatedPerson*> measured_of(const std::vector<const SimulatedPerson*>& persons) {
    std::vector<const SimulatedPerson*> result;
    std::copy_if(persons.begin(), persons.end(), std::back_inserter(result),
                 [](const SimulatedPerson* p) { return p->measured; });
    return result;
}

Json by_level_json(const std::vector<const SimulatedPerson*>& persons, const palier::Plan& plan) {
    Json result = Json::array();
    for (const auto& [key, members] : by_true_level(persons, plan)) {
        const auto compared = measured_of(members);
        Json entry = summary_json(members, compared, plan);
        add_decisions(entry, compared, plan);
        double mean = 0;
        for (const SimulatedPerson* p : members) mean += p->theta / static_cast<double>(members.size());
        entry["level"] = plan.levels ? Json(key) : Json(nullptr);
        entry["theta"] = mean;
        result.push_back(std::move(entry));
    }
    return result;
}

Json exposure_json(const std::vector<SimulatedPerson>& persons, const palier::Bank& bank) {
    const auto rates = exposure_rates(persons, bank.size());
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

Json nothing_to_compare(std::size_t left_out, std::size_t all, Language language) {
    const words::Key key = "check_nothing_to_compare";
    return finding(key,
                   words::counted(key, language, static_cast<std::int64_t>(left_out), {{"of", std::to_string(all)}}),
                   {{"persons", left_out}});
}

std::vector<double> abilities_of(const Json& population, int persons, std::uint64_t seed) {
    const ObjectReader in(population, "options.population", ErrorKind::argument,
                          {"distribution", "mean", "sd", "low", "high", "thetas"});
    if (in.has("thetas")) {
        const auto thetas = in.numbers("thetas", 1, most_persons);
        std::vector<double> abilities;
        for (int k = 0; k < persons; ++k) abilities.push_back(thetas[static_cast<std::size_t>(k) % thetas.size()]);
        return abilities;
    }
    if (in.choice("distribution", "normal", {"normal", "uniform"}) == "uniform") {
        in.at("low");
        in.at("high");
        const double low = in.number("low", 0, -max_logit, max_logit);
        return uniform_abilities(persons, low, in.number("high", 0, low, max_logit), seed);
    }
    const double sd = in.number("sd", 1, 0, max_logit);
    return normal_abilities(persons, in.number("mean", 0, -max_logit, max_logit), sd, seed);
}

void read_responses(const ObjectReader& in, const palier::Bank& bank, StudyRequest& request) {
    const Json& list = in.at("responses");
    if (!list.is_array() || list.empty()) in.refuse("responses", "an array of objects {\"person\", \"responses\"}");
    for (const Json& entry : list) {
        const std::string path = "options.responses[" + std::to_string(request.responses.size()) + "]";
        const ObjectReader person(entry, path, ErrorKind::argument, {"person", "responses"});
        if (!person.at("responses").is_object()) person.refuse("responses", "an object from item to category");
        request.persons.push_back(person.text("person", "", 256));
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
        request.responses.push_back(std::move(known));
    }
}

}  // namespace

StudyRequest study_request(const Json& options, const palier::Bank& bank) {
    const bool none = options.is_null() || (options.is_array() && options.empty());
    const Json empty = Json::object();
    const ObjectReader in(none ? empty : options, "options", ErrorKind::argument,
                          {"persons", "seed", "threads", "population", "responses", "sample", "lang"});
    StudyRequest request;
    request.seed = static_cast<std::uint64_t>(in.integer("seed", 1, 0, 9007199254740991));
    request.threads = static_cast<int>(in.integer("threads", 1, 1, 256));
    request.sample = static_cast<int>(in.integer("sample", 0, 0, 10000));
    request.language = language_named(in.text("lang", "en"));
    if (in.has("responses")) {
        for (const char* key : {"population", "persons"})
            if (in.has(key)) in.refuse(key, "absent: the persons are those of 'responses'");
        read_responses(in, bank, request);
        request.population = "responses";
        return request;
    }
    const int persons = static_cast<int>(in.integer("persons", 1000, 1, most_persons));
    request.population =
        in.has("population") ? in.at("population") : Json{{"distribution", "normal"}, {"mean", 0}, {"sd", 1}};
    request.abilities = abilities_of(request.population, persons, request.seed);
    if (request.population.contains("thetas")) request.population = "thetas";
    return request;
}

Json study_json(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
                const StudyRequest& request, const SimulationProgress& progress) {
    PlanCheck check = check_plan(*bank, *plan, request.language);
    const auto persons =
        request.responses.empty()
            ? simulate(bank, plan, request.abilities, request.seed, request.threads, progress)
            : simulate_responses(bank, plan, request.responses, request.seed, request.threads, progress);
    const auto all = pointers(persons);
    const auto measured = measured_of(all);
    Json result = summary_json(all, measured, *plan);
    add_decisions(result, measured, *plan);
    std::map<std::string, int> stops;
    for (const SimulatedPerson& p : persons) ++stops[p.stop];
    result["can_run"] = check.problems.empty();
    result["problems"] = std::move(check.problems);
    result["seed"] = request.seed;
    result["population"] = request.population;
    result["stops"] = stops;
    result["overlap"] = test_overlap(persons, bank->size());
    result["by_level"] = by_level_json(all, *plan);
    result["exposure"] = exposure_json(persons, *bank);
    result["information"] = information_json(*bank, *plan, operational_items(*bank, *plan));
    result["warnings"] = Json::array();
    if (measured.size() < all.size())
        result["warnings"].push_back(nothing_to_compare(all.size() - measured.size(), all.size(), request.language));
    for (Json& warning : thin_places(measured, *bank, *plan, request.language))
        result["warnings"].push_back(std::move(warning));
    if (request.sample > 0) {
        const std::size_t count = std::min(persons.size(), static_cast<std::size_t>(request.sample));
        Json list = Json::array();
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t k = i * persons.size() / count;
            Json person = {{"theta", persons[k].measured ? Json(persons[k].theta) : Json(nullptr)},
                           {"estimate", persons[k].estimate.theta},
                           {"se", persons[k].estimate.se},
                           {"n", persons[k].items.size()},
                           {"stop", persons[k].stop}};
            if (!request.persons.empty()) person["person"] = request.persons[k];
            list.push_back(std::move(person));
        }
        result["sample"] = std::move(list);
    }
    return result;
}

}  // namespace palier::host
