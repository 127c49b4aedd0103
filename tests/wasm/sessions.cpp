// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <memory>
#include <string>

#include "adapters/host/handles.hpp"
#include "engine/math/elementary.hpp"
#include "engine/selection/criterion.hpp"
#include "engine/simulation/map_study.hpp"
#include "engine/simulation/simulation.hpp"
#include "tests/support/map_bank.hpp"
#include "tests/support/mixed_bank.hpp"

// Runs 1,000 seeded sessions on banks of right-or-wrong items, and 10 for each criterion on a bank of
// every model, and prints what they were. Built natively and to WebAssembly, the two
// outputs have to be the same bytes (tests/wasm/compare.cmake).

using namespace palier;

namespace {

// 120 items, every third one a 3PL; normal difficulties, lognormal slopes.
std::shared_ptr<const Bank> make_bank(std::uint64_t seed) {
    const math::Random random(seed);
    const auto uniform = [&](int item, int draw) {
        return random.uniform(math::Stream::ability, static_cast<std::uint32_t>(item),
                              static_cast<std::uint32_t>(draw)) +
               0x1.0p-54;
    };
    std::vector<Item> items;
    for (int i = 0; i < 120; ++i) {
        Item item;
        item.id = "q" + std::to_string(i);
        const double a = math::exp(0.1 + 0.3 * math::normal_quantile(uniform(i, 0)));
        const double b = 1.2 * math::normal_quantile(uniform(i, 1));
        item.parameters = i % 3 == 0 ? Parameters{Model::three_pl, a, b, 0.05 + 0.25 * uniform(i, 2), 1}
                                     : Parameters{Model::two_pl, a, b, 0, 1};
        if (i % 4 == 0) item.se_b = 0.3;
        items.push_back(item);
    }
    return std::make_shared<Bank>(Bank::compile(std::move(items)));
}

std::shared_ptr<const Plan> make_plan(int session) {
    static const char* const estimators[] = {"eap", "eap", "eap", "eap", "eap", "eap", "eap", "map", "wle", "ml"};
    Json json = {{"palier_plan", 1},
                 {"estimation", {{"estimator", estimators[session % 10]}, {"range", {-4, 4}}}},
                 {"selection", {{"randomesque", 5}}},
                 {"levels", {{"cuts", {-1.5, -0.5, 0.5, 1.5}}, {"first", 1}}},
                 {"stop", {{"standard_error", 0.35}, {"max_items", 25}, {"min_items", 5}}}};
    if (session % 20 == 9)
        json["estimation"].update({{"estimator", "robust"}, {"robust_weight", session % 40 == 9 ? "huber" : "tukey"}});
    if (session % 20 == 7 || session % 20 == 16)
        json["scales"] = {{{"id", "a"}, {"prior", {{"distribution", "jeffreys"}}}}};
    // Two in three have more than a precision to decide.
    static const char* const methods[] = {"probability", "interval", "sprt", "glr"};
    if (session % 3 == 1) {
        json["classification"] = {{"method", methods[session / 3 % 4]}, {"cuts", {-0.8, 0.8}}};
        json["stop"]["rules"] = {
            {"any",
             {{{"rule", "classified"}},
              {{"all",
                {{{"rule", "theta_change"}, {"at_most", 0.05}, {"over", 2}}, {{"rule", "length"}, {"items", 12}}}}},
              {{"rule", "standard_error_plateau"}, {"within", 0.002}}}}};
    } else if (session % 3 == 2) {
        json["floor"] = {{"theta", -1}};
        json["stop"].erase("standard_error");
    }
    return std::make_shared<Plan>(Plan::from_json(json));
}

std::shared_ptr<const Plan> mixed_plan(const std::string& criterion, int session) {
    static const char* const estimators[] = {"eap", "eap", "map", "eap", "wle", "eap", "ml", "eap", "mlf", "eap"};
    Json json = {{"palier_plan", 1},
                 {"estimation", {{"estimator", estimators[session % 10]}}},
                 {"selection", {{"criterion", criterion}, {"randomesque", 1 + session % 2}}},
                 {"stop", {{"max_items", 15}}}};
    if (criterion == "target_information") json["selection"]["target"] = 8;
    if (session % 10 == 9) json["estimation"]["quadrature"] = "adaptive";
    if (session % 10 == 7) json["scales"] = {{{"id", "a"}, {"prior", {{"distribution", "jeffreys"}}}}};
    return std::make_shared<Plan>(Plan::from_json(json));
}

// The same session again through JSON and the calls of a host: log, record and story as text.
void print_texts(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                 const SimulatedPerson& person, std::uint64_t seed) {
    const host::Bank b = host::Bank::compile(dump_json(bank->to_json()));
    const host::Plan p = host::Plan::parse(dump_json(plan->normalised));
    host::Session session = host::Session::start(b, p, seed, "{}");
    for (std::size_t i = 0; i < person.items.size(); ++i) {
        session.advance(1000 * static_cast<std::int64_t>(i + 1));
        session.record(dump_json(
            {{"type", "answered"}, {"item", (*bank)[person.items[i]].id}, {"fraction", person.responses[i]}}));
    }
    session.advance(0);
    std::printf("%s\n%s\n%s\n%s\n", session.log().c_str(), session.replay().c_str(), session.verify().c_str(),
                session.explain("fr").c_str());
}

// Sessions of several scales: 1 (a plan of one), 2 (integrated), 5 and 16 (expectation propagation), with items on
// two scales, by eap and map, and by each rule.
void print_maps() {
    for (const int scales : {1, 2, 5, 16}) {
        const auto bank = map_bank::bank(scales, 20, 3, scales > 1 ? 6 : 0, scales == 5 ? 0.3 : 0);
        std::printf("%s\n", bank->hash().c_str());
        for (int k = 0; k < 22; ++k) {
            const std::string& rule = map_criterion_names()[static_cast<std::size_t>(k) % map_criterion_names().size()];
            Json more = {{"stop", {{"standard_error", 0.55}, {"max_items", scales == 16 ? 40 : 20}}},
                         {"estimation", {{"estimator", k % 3 == 2 ? "map" : "eap"}}}};
            std::shared_ptr<const Plan> plan;
            if (scales == 1) {
                plan = std::make_shared<Plan>(
                    Plan::from_json({{"palier_plan", 1}, {"stop", more["stop"]}, {"estimation", more["estimation"]}}));
                const auto person = simulate_person(bank, plan, 0.1 * k, 11, static_cast<std::uint32_t>(k));
                std::printf("one %d", k);
                for (const int item : person.items) std::printf(" %d", item);
                std::printf(" %.17g %.17g\n", person.estimate.theta, person.estimate.se);
                continue;
            }
            more["map"] = {{"criterion", rule}};
            plan = map_bank::plan(scales, 0.6, more);
            const AbilityPrior population = prior_of_map(*plan->map, plan->scales);
            Matrix factor = population.covariance;
            cholesky(factor);
            const auto person =
                simulate_map_person(bank, plan, drawn_abilities(population, factor, static_cast<std::size_t>(k), 4), 11,
                                    static_cast<std::uint32_t>(k));
            std::printf("map %d %s %s", scales, rule.c_str(), person.stop.c_str());
            for (std::size_t i = 0; i < person.items.size(); ++i)
                std::printf(" %d:%d", person.items[i], person.responses[i]);
            for (int s = 0; s < scales; ++s)
                std::printf(" %.17g %.17g", person.estimate.theta[static_cast<std::size_t>(s)], person.estimate.se(s));
            std::printf("\n");
            if (k < 2) {
                SimulatedPerson told;
                told.items = person.items;
                told.responses = person.responses;
                print_texts(bank, plan, told, person_seed(11, static_cast<std::uint32_t>(k)));
            }
        }
    }
}

}  // namespace

int main() {
    print_maps();
    std::vector<std::shared_ptr<const Bank>> banks;
    for (std::uint64_t k = 0; k < 10; ++k) banks.push_back(make_bank(k + 1));
    const auto abilities = normal_abilities(1000, 0, 1.2, 42);
    for (int k = 0; k < 1000; ++k) {
        const auto& bank = banks[static_cast<std::size_t>(k % 10)];
        const auto plan = make_plan(k);
        const auto person =
            simulate_person(bank, plan, abilities[static_cast<std::size_t>(k)], 7, static_cast<std::uint32_t>(k));
        std::printf("%d %s", k, person.stop.c_str());
        for (std::size_t i = 0; i < person.items.size(); ++i)
            std::printf(" %d:%d", person.items[i], person.responses[i]);
        for (const Side side : person.cuts) std::printf(" %s", name(side));
        std::printf(" %s %.17g %.17g %.17g\n", name(person.floor), person.theta, person.estimate.theta,
                    person.estimate.se);
        if (k % 50 < 10 && k % 100 < 50) print_texts(bank, plan, person, person_seed(7, static_cast<std::uint32_t>(k)));
    }
    const auto mixed = std::make_shared<const Bank>(Bank::compile(test::mixed_items(120, 5)));
    std::printf("%s\n", mixed->hash().c_str());
    for (const std::string& criterion : criterion_names()) {
        for (int k = 0; k < 10; ++k) {
            const auto plan = mixed_plan(criterion, k);
            const auto person =
                simulate_person(mixed, plan, abilities[static_cast<std::size_t>(k)], 9, static_cast<std::uint32_t>(k));
            std::printf("%s %d %s", criterion.c_str(), k, person.stop.c_str());
            for (std::size_t i = 0; i < person.items.size(); ++i)
                std::printf(" %d:%d", person.items[i], person.responses[i]);
            std::printf(" %.17g %.17g\n", person.estimate.theta, person.estimate.se);
        }
    }
    return 0;
}
