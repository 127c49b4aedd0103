// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/cli/persons.hpp"
#include "adapters/host/files.hpp"
#include "engine/ability/map.hpp"
#include "engine/estimation/estimation.hpp"
#include "engine/estimation/many_by_eap.hpp"
#include "engine/plan/plan.hpp"

namespace palier::cli {
namespace {

struct ScoreOptions {
    BankOption bank;
    std::string plan;
    ResponsesOption responses;
    OutputOption output;
    std::string estimator = "eap";
    std::string prior = "normal:0,1";
    std::string range = "-6,6";
    int nodes = 61;
    std::string item_uncertainty = "carry";
    std::string standard_error;
    std::string robust_weight;
    double robust_constant = 0;
};

// Draft and pretest items are in the table for calibration: they do not count.
bool counts(const Item& item) { return item.status == Status::operational || item.status == Status::retired; }

Json score(const Bank& bank, const formats::PersonResponses& person, const std::string& scale,
           const Estimation& estimation, const Prior& prior) {
    Evidence evidence(estimation, prior, &bank);
    for (const formats::GivenResponse& response : person.responses) {
        const Item& item = bank[response.item];
        if (item.scale == scale && counts(item)) evidence.add(observation(bank, response.item, response.category));
    }
    const Estimate e = evidence.estimate();
    // Nothing is known without answers and without a prior; an estimate of no answers would be a figure of nothing.
    const bool known = std::isfinite(e.se) || !evidence.observations().empty();
    Json json = {{"theta", known ? Json(e.theta) : Json(nullptr)},
                 {"se", std::isfinite(e.se) ? Json(e.se) : Json(nullptr)},
                 {"estimator", estimation.estimator},
                 {"n", evidence.observations().size()},
                 {"at_bound", e.at_bound}};
    if (estimation.carry_item_uncertainty && std::any_of(bank.items().begin(), bank.items().end(), has_errors))
        json["se_measurement"] = std::isfinite(e.se_measurement) ? Json(e.se_measurement) : Json(nullptr);
    return json;
}

// By a plan of several scales: each scale, their mean, and the covariance in the order of the plan's scales.
Json score_together(const Bank& bank, const Plan& plan, const formats::PersonResponses& person) {
    const bool carry = plan.estimation.carry_item_uncertainty;
    AbilityMap map(
        carry ? bank.with_doubt() : bank, bank,
        {plan.scales, *plan.map, plan.estimation, plan.stop.standard_error, plan.stop.max_items, plan.stop.min_items},
        prior_of_map(*plan.map, plan.scales));
    std::vector<std::pair<int, int>> answers;
    for (const formats::GivenResponse& response : person.responses)
        if (map.fits(response.item) && counts(bank[response.item]))
            answers.emplace_back(response.item, response.category);
    map.take_all(answers);
    const Estimate overall = map.overall();
    Json json = {{"theta", overall.theta}, {"se", overall.se},         {"estimator", plan.estimation.estimator},
                 {"n", answers.size()},    {"scales", Json::object()}, {"covariance", Json::array()}};
    for (int s = 0; s < map.scales(); ++s) {
        const std::string& id = plan.scales[static_cast<std::size_t>(s)].id;
        json["scales"][id] = {{"theta", map.estimate().theta[static_cast<std::size_t>(s)]},
                              {"se", map.estimate().se(s)},
                              {"n", map.answered(s)}};
        if (carry && std::any_of(bank.items().begin(), bank.items().end(), has_errors))
            json["scales"][id]["se_measurement"] = map.exact_estimate().se(s);
        const double* const row = map.estimate().covariance.row(s);
        json["covariance"].push_back(std::vector<double>(row, row + map.scales()));
    }
    return json;
}

void run_score_together(const ScoreOptions& options) {
    const auto bank = options.bank.read();
    const Plan plan = Plan::parse(host::read_file(options.plan));
    if (!plan.map)
        throw CLI::ValidationError("--plan", "'" + options.plan + "' is of one scale; score takes a plan of several");
    static_cast<void>(scale_of(plan, *bank));
    auto table = options.responses.open(*bank);
    const auto entry = [&](const formats::PersonResponses& person, std::uint32_t) {
        Json result = score_together(*bank, plan, person);
        result["person"] = person.person;
        return result;
    };
    write_persons(options.output, entry({}, 0), table, entry);
}

bool is_plain(const std::string& name) {
    return std::all_of(name.begin(), name.end(), [](char ch) {
        return (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_' ||
               ch == '-' || ch == '.' || ch == '@';
    });
}

// What dump_json() says of a number, by the library's own way: other shortest forms differ in how they write an
// exponent.
void append_number(double number, std::string& text) {
    std::array<char, 64> buffer;
    text.append(buffer.data(), nlohmann::detail::to_chars(buffer.data(), buffer.data() + buffer.size(), number));
}

// Many persons by one curve an item, without a value of JSON for each: the text is that of score().
class QuickScores {
public:
    QuickScores(const Bank& bank, const std::string& scale, const Estimation& estimation, const Prior& prior, bool csv)
        : many_(estimation, prior, bank), csv_(csv) {
        for (const Item& item : bank.items()) counts_.push_back(item.scale == scale && counts(item) ? 1 : 0);
    }
    // False where a name has to be quoted.
    bool operator()(const formats::PersonResponses& person, std::string& text) const {
        if (!is_plain(person.person)) return false;
        thread_local std::vector<BankResponse> responses;
        thread_local ManyByEap::Room room;
        responses.clear();
        for (const formats::GivenResponse& response : person.responses)
            if (counts_[static_cast<std::size_t>(response.item)])
                responses.push_back({response.item, response.category});
        const Estimate e = many_.estimate(responses, room);
        if (!std::isfinite(e.se)) return false;
        const char* at_bound = e.at_bound ? "true" : "false";
        const std::string n = std::to_string(responses.size());
        if (csv_) {
            text.append(person.person).append(",").append(n).append(",").append(at_bound).append(",eap,");
            append_number(e.se, text);
            text += ',';
            append_number(e.theta, text);
            text += "\r\n";
            return true;
        }
        text.append("{\"at_bound\":").append(at_bound).append(",\"estimator\":\"eap\",\"n\":").append(n);
        text.append(",\"person\":\"").append(person.person).append("\",\"se\":");
        append_number(e.se, text);
        text += ",\"theta\":";
        append_number(e.theta, text);
        text += '}';
        return true;
    }

private:
    ManyByEap many_;
    bool csv_;
    std::vector<std::uint8_t> counts_;
};

void run_score(const ScoreOptions& options) {
    if (!options.plan.empty()) {
        run_score_together(options);
        return;
    }
    const auto range = numbers_of("--range", options.range);
    if (range.size() != 2 || !(range[0] < range[1]))
        throw CLI::ValidationError("--range", "'" + options.range + "' should be LO,HI with LO below HI");
    Json rules = {{"estimator", options.estimator},
                  {"range", range},
                  {"nodes", options.nodes},
                  {"item_uncertainty", options.item_uncertainty}};
    if (!options.standard_error.empty()) rules["standard_error"] = options.standard_error;
    if (!options.robust_weight.empty()) rules["robust_weight"] = options.robust_weight;
    if (options.robust_constant > 0) rules["robust_constant"] = options.robust_constant;
    const Estimation estimation = Plan::from_json({{"palier_plan", 1}, {"estimation", rules}}).estimation;
    const Prior prior = prior_of("--prior", options.prior);

    const auto bank = options.bank.read();
    auto table = options.responses.open(*bank);
    const auto entry = [&](const formats::PersonResponses& person, std::uint32_t) {
        Json result;
        if (bank->scales().size() > 1) {
            for (const std::string& scale : bank->scales())
                result["scales"][scale] = score(*bank, person, scale, estimation, prior);
        } else {
            result = score(*bank, person, bank->scales().empty() ? "" : bank->scales()[0], estimation, prior);
        }
        result["person"] = person.person;
        return result;
    };
    const Json like = entry({}, 0);
    std::function<bool(const formats::PersonResponses&, std::string&)> quick;
    if (bank->scales().size() <= 1 && !options.output.is_table() && ManyByEap::serves(estimation, prior, *bank) &&
        !like.contains("se_measurement"))
        quick = QuickScores(*bank, bank->scales().empty() ? "" : bank->scales()[0], estimation, prior,
                            options.output.is_csv());
    write_persons(options.output, like, table, entry, quick);
}

}  // namespace

void add_score(CLI::App& app) {
    auto* command = app.add_subcommand("score", "Score each person");
    const auto options = std::make_shared<ScoreOptions>();
    options->bank.add_to(*command);
    options->responses.add_to(*command);
    command->add_option("--plan", options->plan,
                        "Of several scales: scores them together, by its priors, correlations and estimator");
    command->add_option("--estimator", options->estimator, "ml, map, eap, wle, mlf (ml with fences) or robust")
        ->check(CLI::IsMember(estimator_names()));
    command->add_option("--prior", options->prior, "normal:MEAN,SD, uniform or jeffreys (default normal:0,1)");
    command->add_option("--range", options->range, "LO,HI in logits (default -6,6)");
    command->add_option("--nodes", options->nodes, "Nodes of EAP, 5 to 1001 (default 61)")->check(CLI::Range(5, 1001));
    command
        ->add_option("--standard-error", options->standard_error,
                     "expected (default), observed or sampling; not of eap and robust")
        ->check(CLI::IsMember(standard_error_names()));
    command->add_option("--robust-weight", options->robust_weight, "Of robust: huber (default) or tukey")
        ->check(CLI::IsMember({"huber", "tukey"}));
    command->add_option("--robust-constant", options->robust_constant, "Of robust: 0.1 to 100 (default 1, of tukey 4)")
        ->check(CLI::Range(0.1, 100.0));
    command
        ->add_option(
            "--item-uncertainty", options->item_uncertainty,
            "carry (default): an item whose parameters are in doubt (se_* of the bank) tells less; delta: as carry "
            "of version 0.1.0; ignore")
        ->check(CLI::IsMember({"carry", "delta", "ignore"}));
    options->output.add_to(*command);
    command->callback([options] { run_score(*options); });
}

}  // namespace palier::cli
