// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/cli/persons.hpp"
#include "engine/errors.hpp"
#include "engine/fit/limited_information.hpp"
#include "engine/fit/residuals.hpp"
#include "engine/fit/score_fit.hpp"

// `palier fit`: how a bank's models agree with answers, of the whole, each item, pairs of items, or each person.

namespace palier::cli {
namespace {

struct FitCommand {
    BankOption bank;
    ResponsesOption responses;
    OutputOption output;
    std::string group;
    std::string margins = "c2";
    std::string population;
    std::size_t pairs = 20;
    bool known = false;
    bool by_person = false;
};

// The items of a bank that were answered, and who answered.
struct Given {
    std::vector<int> places;  // of the bank's items among those that were answered; -1
    std::vector<std::string> ids;
    std::vector<std::string> groups;
};

int group_of(const Given& given, const std::string& name) {
    return static_cast<int>(std::find(given.groups.begin(), given.groups.end(), name) - given.groups.begin());
}

Given given_by(formats::ResponsesTable& table, const Bank& bank, const std::string& file) {
    Given given;
    std::vector<char> answered(bank.items().size(), 0);
    formats::PersonResponses person;
    while (table.next(person)) {
        for (const formats::GivenResponse& response : person.responses)
            answered[static_cast<std::size_t>(response.item)] = 1;
        if (group_of(given, person.group) == static_cast<int>(given.groups.size()))
            given.groups.push_back(person.group);
        if (given.groups.size() > 100) throw Error(file + ": more than 100 groups; a column of groups names a few");
    }
    table.rewind();
    std::string scale;
    for (std::size_t k = 0; k < answered.size(); ++k) {
        given.places.push_back(answered[k] != 0 ? static_cast<int>(given.ids.size()) : -1);
        if (answered[k] == 0) continue;
        const Item& item = bank.items()[k];
        if (!item.loadings.empty())
            throw Error("item '" + item.id + "' loads on scales by slopes a.SCALE; fit is of one scale");
        if (given.ids.empty()) scale = item.scale;
        if (item.scale != scale)
            throw Error("item '" + given.ids[0] + "' is of scale '" + scale + "' and '" + item.id + "' of scale '" +
                        item.scale + "'; fit is of one scale at a time: give a bank of one");
        given.ids.push_back(item.id);
    }
    if (given.ids.empty()) throw Error(file + ": no answer to an item of the bank");
    return given;
}

std::vector<calibration::Answer> answers_to(const formats::PersonResponses& person, const Given& given) {
    std::vector<calibration::Answer> answers;
    for (const formats::GivenResponse& response : person.responses)
        answers.push_back({given.places[static_cast<std::size_t>(response.item)], response.category});
    return answers;
}

calibration::Responses all_answers(formats::ResponsesTable& table, const Given& given) {
    calibration::Responses result(given.ids, given.groups);
    formats::PersonResponses person;
    while (table.next(person)) result.add(group_of(given, person.group), answers_to(person, given));
    table.rewind();
    return result;
}

fit::Tested tested_by(const FitCommand& options, const Bank& bank, const Given& given,
                      const calibration::Responses& responses) {
    fit::Tested tested;
    tested.estimated = !options.known;
    for (const std::string& id : given.ids) tested.items.push_back(bank[bank.find(id)].parameters);
    if (options.population.empty()) {
        tested.populations = fit::estimated_populations(responses, tested.items, tested.estimated);
        return tested;
    }
    const auto values = numbers_of("--population", options.population);
    if (values.size() != 2 || !(values[1] > 0))
        throw CLI::ValidationError("--population", "'" + options.population + "' should be MEAN,SD with SD above 0");
    tested.populations.assign(given.groups.size(), {values[0], values[1], false, false});
    return tested;
}

Json whole(double persons) { return static_cast<std::int64_t>(persons); }

Json finite_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json model_json(const fit::LimitedInformation& of) {
    if (!of.problem.empty()) return {{"problem", of.problem}};
    return {{"margins", of.margins == fit::Margins::m2 ? "m2" : "c2"},
            {"chi_square", of.chi_square},
            {"degrees", of.degrees},
            {"p", of.p},
            {"rmsea", of.rmsea},
            {"rmsea_low", of.rmsea_low},
            {"rmsea_high", of.rmsea_high},
            {"srmsr", of.srmsr},
            {"tli", of.tli},
            {"cfi", of.cfi}};
}

Json squares_json(const fit::MeanSquares& of) {
    return {{"infit", of.infit}, {"z_infit", of.z_infit}, {"outfit", of.outfit}, {"z_outfit", of.z_outfit}};
}

Json items_json(const std::vector<std::string>& ids, const fit::Classical& classical,
                const std::vector<fit::ScoreFit>& by_score, const fit::ResidualFit& residual) {
    Json items = Json::array();
    for (std::size_t j = 0; j < ids.size(); ++j) {
        Json item = {{"item", ids[j]}, {"answers", whole(residual.items[j].answers)}};
        if (classical.persons > 0) {
            const fit::ClassicalItem& of = classical.items[j];
            item["mean"] = of.mean;
            item["sd"] = of.sd;
            item["item_rest"] = finite_or_null(of.item_rest);
            item["alpha_without"] = finite_or_null(of.alpha_without);
        }
        item["s_x2"] = nullptr;
        if (!by_score.empty() && by_score[j].degrees > 0)
            item["s_x2"] = {{"chi_square", by_score[j].chi_square},
                            {"degrees", by_score[j].degrees},
                            {"p", by_score[j].p},
                            {"rmsea", by_score[j].rmsea}};
        item.update(squares_json(residual.items[j]));
        items.push_back(std::move(item));
    }
    return items;
}

// Who gave each category, beside the rest of their answers.
Json categories_json(const std::vector<std::string>& ids, const fit::Classical& classical) {
    Json rows = Json::array();
    for (std::size_t j = 0; j < ids.size(); ++j)
        for (std::size_t k = 0; k < classical.items[j].counts.size(); ++k)
            rows.push_back({{"item", ids[j]},
                            {"category", k},
                            {"persons", whole(classical.items[j].counts[k])},
                            {"mean_of_rest", finite_or_null(classical.items[j].mean_of_rest[k])}});
    return rows;
}

// The pairs that have most in common beside the ability, or least, first.
Json pairs_json(const std::vector<std::string>& ids, const std::vector<fit::PairFit>& pairs,
                const std::vector<double>& q3, std::size_t most) {
    const auto q3_of = [&](const fit::PairFit& pair) {
        const auto second = static_cast<std::size_t>(pair.second);
        return q3.empty() ? std::nan("") : q3[second * (second - 1) / 2 + static_cast<std::size_t>(pair.first)];
    };
    std::vector<const fit::PairFit*> order;
    for (const fit::PairFit& pair : pairs) order.push_back(&pair);
    std::stable_sort(order.begin(), order.end(), [&](const fit::PairFit* a, const fit::PairFit* b) {
        return std::fabs(std::isnan(a->v) ? 0 : a->v) > std::fabs(std::isnan(b->v) ? 0 : b->v);
    });
    if (order.size() > most) order.resize(most);
    Json result = Json::array();
    for (const fit::PairFit* pair : order)
        result.push_back({{"first", ids[static_cast<std::size_t>(pair->first)]},
                          {"second", ids[static_cast<std::size_t>(pair->second)]},
                          {"q3", finite_or_null(q3_of(*pair))},
                          {"v", finite_or_null(pair->v)},
                          {"chi_square", pair->chi_square},
                          {"degrees", pair->degrees},
                          {"p", pair->p}});
    return result;
}

void tell(const std::string& text) { std::cerr << "palier: " << text << '\n'; }

void run_fit(const FitCommand& options) {
    const auto bank = options.bank.read();
    const std::string& file = options.responses.path;
    formats::ResponsesTable table(input_pieces(file), file, *bank,
                                  {options.responses.first_category, options.group, {}});
    const Given given = given_by(table, *bank, file);
    const calibration::Responses responses = all_answers(table, given);
    const fit::Tested tested = tested_by(options, *bank, given, responses);
    if (options.by_person) {
        const fit::ExpectedAbility ability(tested);
        const auto entry = [&](const formats::PersonResponses& person, std::uint32_t) {
            const auto answers = answers_to(person, given);
            const int group = std::min(group_of(given, person.group), static_cast<int>(given.groups.size()) - 1);
            const fit::PersonFit of = fit::person_fit(tested, ability, group, answers);
            Json row = {{"person", person.person}, {"n", answers.size()}, {"theta", finite_or_null(of.theta)}};
            row["lz"] = finite_or_null(of.lz);
            row.update(answers.empty()
                           ? Json{{"infit", nullptr}, {"z_infit", nullptr}, {"outfit", nullptr}, {"z_outfit", nullptr}}
                           : squares_json(of.squares));
            return row;
        };
        write_persons(options.output, entry({}, 0), table, entry);
        return;
    }
    std::vector<int> categories;
    for (const Parameters& item : tested.items) categories.push_back(item.categories);
    const fit::Classical classical = fit::classical(responses, categories);
    const auto by_score = fit::score_fit(responses, tested);
    const fit::ResidualFit residual = fit::residual_fit(responses, tested);
    const auto kind = options.margins == "m2" ? fit::Margins::m2 : fit::Margins::c2;
    Json result = {{"persons", responses.persons()}, {"complete_persons", whole(classical.persons)}};
    result["populations"] = Json::array();
    for (std::size_t g = 0; g < given.groups.size(); ++g)
        result["populations"].push_back(
            {{"group", given.groups[g]}, {"mean", tested.populations[g].mean}, {"sd", tested.populations[g].sd}});
    result["model"] = model_json(fit::limited_information(responses, tested, kind));
    if (classical.persons > 0) {
        result["categories"] = categories_json(given.ids, classical);
        result["sum"] = {{"mean", classical.mean}, {"sd", classical.sd}, {"alpha", finite_or_null(classical.alpha)}};
    }
    result["items"] = items_json(given.ids, classical, by_score, residual);
    result["pairs"] = pairs_json(given.ids, fit::pair_fit(responses, tested), residual.q3, options.pairs);
    if (classical.persons < static_cast<double>(responses.persons()))
        tell("S-X2, the model's fit and the sums are of the " + std::to_string(static_cast<long>(classical.persons)) +
             " persons who answered every item, of " + std::to_string(responses.persons()));
    if (result["model"].contains("problem"))
        tell("the model's fit is not told: " + result["model"]["problem"].get<std::string>());
    options.output.write(result);
}

}  // namespace

void add_fit(CLI::App& app) {
    auto* command = app.add_subcommand("fit", "How a bank agrees with answers: the model, items, pairs, persons");
    const auto options = std::make_shared<FitCommand>();
    options->bank.add_to(*command);
    options->responses.add_to(*command);
    command->add_option("--group", options->group,
                        "The column of the persons' groups (default: group, where there is one)");
    command->add_option("--population", options->population,
                        "MEAN,SD of the abilities of every group (default: estimated from the answers)");
    command->add_flag(
        "--known", options->known,
        "The bank was calibrated by other answers: no degrees of freedom are taken off for its parameters");
    command->add_option("--margins", options->margins, "Of the model's fit: c2 (default) or m2 (M2*)")
        ->check(CLI::IsMember({"c2", "m2"}));
    command->add_option("--pairs", options->pairs, "How many pairs of items to tell, the most dependent first (20)");
    command->add_flag("--persons", options->by_person, "Each person's lz, infit and outfit, and nothing else");
    options->output.add_to(*command);
    command->callback([options] { run_fit(*options); });
}

}  // namespace palier::cli
