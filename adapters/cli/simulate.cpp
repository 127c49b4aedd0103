// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/cli/simulation_report.hpp"
#include "adapters/formats/csv.hpp"
#include "adapters/host/files.hpp"
#include "adapters/host/simulate.hpp"
#include "engine/errors.hpp"

namespace palier::cli {
namespace {

constexpr int drawn_persons = 400;

struct SimulateOptions {
    BankOption bank;
    PlanOption plan;
    OutputOption output;
    ResponsesOption responses;
    std::string language = "en";
    int persons = 0;
    int threads = 0;
    std::string population;  ///< as given; of one scale the standard normal one where it is not
    std::uint64_t seed = 1;
    double shift = 0;
    std::string self_placement;
    std::string report;
    bool adjustable = false;
};

std::string engine_script() {
    const auto file = file_with_program("palier-calls.js");
    if (!file)
        throw Error("--adjustable: the engine for pages is not built: run cmake --build on the target palier_player");
    return read_input(*file);
}

// One ability a line; a header "theta" is allowed, and other columns beside it.
std::vector<double> abilities_in(const std::string& path) {
    const auto csv = formats::read_csv(read_input(path), path);
    const auto found = std::find(csv.header.begin(), csv.header.end(), "theta");
    const auto column = found == csv.header.end() ? 0 : static_cast<std::size_t>(found - csv.header.begin());
    std::vector<double> result;
    if (found == csv.header.end()) {
        const auto first = formats::number_in(csv.header[0], csv.separator);
        if (csv.header.size() != 1 || !first)
            throw Error(path + ": no column 'theta'; it should have one, or be one number a line");
        result.push_back(*first);
    }
    std::string faults;
    for (const auto& row : csv.rows) {
        const auto value = formats::number_in(row.cells[column], csv.separator);
        if (value) {
            result.push_back(*value);
        } else if (faults.size() < 10000) {
            faults +=
                (faults.empty() ? "" : "\n") + csv.place(row, column) + ": '" + row.cells[column] + "' is not a number";
        }
    }
    if (!faults.empty()) throw Error(faults);
    if (result.empty()) throw Error(path + ": no ability in it");
    return result;
}

AbilityOf ability_of(const std::string& text, std::uint64_t seed) {
    const Population population = population_of("--population", text, true);
    if (population.kind != Population::Kind::file)
        return [population, seed](std::size_t k) { return drawn_ability(population, k, seed); };
    return [given = abilities_in(text)](std::size_t k) { return given[k % given.size()]; };
}

// The bar of a terminal; elsewhere none.
SimulationProgress progress_bar(std::size_t all) {
    if (isatty(STDERR_FILENO) == 0) return {};
    return [all, last = -1](std::size_t done) mutable {
        const int percent = static_cast<int>(100 * done / all);
        if (percent == last) return true;
        last = percent;
        std::cerr << "\r[" << std::string(static_cast<std::size_t>(percent / 2), '#')
                  << std::string(static_cast<std::size_t>(50 - percent / 2), ' ') << "] " << percent << " %"
                  << (percent == 100 ? "\n" : "") << std::flush;
        return true;
    };
}

// Of a plan of several scales: its prior, or that with another correlation.
Json map_population(const std::string& text) {
    if (text.empty()) return "prior";
    const std::string stem = "correlation:";
    const auto number = text.rfind(stem, 0) == 0 ? formats::number_in(text.substr(stem.size()), ',') : std::nullopt;
    if (!number)
        throw CLI::ValidationError("--population",
                                   "'" + text + "' should be correlation:R for a plan of several scales");
    return {{"correlation", *number}};
}

// SD, or SD,scales.
SelfStatement self_statement(const std::string& text) {
    SelfStatement statement;
    std::string error = text;
    const auto comma = text.find(',');
    if (comma != std::string::npos) {
        statement.of_scales = text.substr(comma + 1) == "scales";
        if (!statement.of_scales)
            error.clear();
        else
            error = text.substr(0, comma);
    }
    const auto number = formats::number_in(error, ',');
    if (!number || *number < 0 || *number > 100)
        throw CLI::ValidationError("--self-placement", "'" + text + "' should be SD or SD,scales (0 to 100 levels)");
    statement.error = *number;
    return statement;
}

host::StudyRequest request_of(const SimulateOptions& options, const Bank& bank, bool several) {
    host::StudyRequest request;
    request.seed = options.seed;
    request.threads =
        options.threads > 0 ? options.threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    request.language = host::language_named(options.language);
    request.shift = options.shift;
    if (!options.self_placement.empty()) request.statement = self_statement(options.self_placement);
    request.sample = options.report.empty() ? 0 : drawn_persons;
    if (options.responses.path.empty()) {
        request.persons = static_cast<std::size_t>(options.persons);
        if (several) {
            request.population = map_population(options.population);
            return request;
        }
        const std::string population = options.population.empty() ? "normal:0,1" : options.population;
        request.population = population;
        request.ability = ability_of(population, options.seed);
        return request;
    }
    request.population = options.responses.path;
    const auto table = std::make_shared<formats::ResponsesTable>(options.responses.open(bank));
    if (table->persons() == 0) throw Error(options.responses.path + ": no person in it");
    request.persons = table->persons();
    request.next = [table, read = formats::PersonResponses{}](host::RealPerson& person) mutable {
        if (!table->next(read)) return false;
        person.name = read.person;
        person.responses.clear();
        for (const auto& response : read.responses) person.responses.push_back({response.item, response.category});
        return true;
    };
    return request;
}

// A report is a page, whatever its name says.
void check_report_name(const std::string& path) {
    std::error_code error;
    const std::filesystem::path name(path);
    const std::string ending = name.extension().string();
    if (ending == ".html" || ending == ".htm" || std::filesystem::is_other(name, error)) return;
    throw CLI::ValidationError("--report", "'" + path + "' should end in .html: the report is a page");
}

void run_simulate(const SimulateOptions& options) {
    if ((options.persons > 0) == !options.responses.path.empty())
        throw CLI::ValidationError("simulate", "--persons or --responses is required, one of them");
    if (!options.self_placement.empty() && !options.responses.path.empty())
        throw CLI::ValidationError("--self-placement", "the persons of --responses are real; leave it out");
    if (options.adjustable && options.report.empty())
        throw CLI::ValidationError("--adjustable", "it needs --report FILE.html");
    if (!options.report.empty()) {
        check_report_name(options.report);
        check_output("--report", options.report,
                     {options.bank.path, options.plan.path, options.responses.path, options.population});
    }
    const std::string engine = options.adjustable ? engine_script() : "";
    const auto bank = options.bank.read();
    const auto plan = options.plan.read_for(*bank, host::language_named(options.language));
    if (options.adjustable && plan->map)
        throw CLI::ValidationError("--adjustable", "its sliders are for a plan of one scale; leave it out");
    const auto request = request_of(options, *bank, plan->map.has_value());
    Json result = host::study_json(bank, plan, request, progress_bar(request.persons));
    for (const Json& warning : result["warnings"])
        std::cerr << "palier: " << warning["message"].get<std::string>() << '\n';
    if (!options.report.empty())
        host::write_file(options.report, simulation_report(result, *bank, *plan, request.language, engine));
    result.erase("sample");
    options.output.write(result);
}

}  // namespace

void add_simulate(CLI::App& app) {
    auto* command = app.add_subcommand("simulate", "A design study: the plan for many simulated persons");
    const auto options = std::make_shared<SimulateOptions>();
    options->bank.add_to(*command);
    options->plan.add_to(*command);
    options->plan.add_anyway_to(*command);
    command->add_option("--persons", options->persons, "How many simulated persons")->check(CLI::Range(1, 10000000));
    options->responses.add_to(*command, false);
    command->add_option("--threads", options->threads, "Default: all cores")->check(CLI::Range(1, 1024));
    command->add_option(
        "--population", options->population,
        "normal:M,SD, uniform:LO,HI or a file with a column theta (default normal:0,1); of several scales "
        "correlation:R (default: the plan's prior)");
    command->add_option("--seed", options->seed, "Default 1")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{9007199254740991}));
    command
        ->add_option("--shift", options->shift,
                     "SD of an error that all items in doubt (se_* of the bank) share, logits (default 0)")
        ->check(CLI::Range(0.0, 1000.0));
    command->add_option("--self-placement", options->self_placement,
                        "Persons say their level before they begin, off by a normal error of SD levels, and the first "
                        "questions are chosen for it: SD, or SD,scales (of each scale, not overall)");
    command->add_option("--report", options->report, "Draws the result: FILE.html");
    command->add_flag(
        "--adjustable", options->adjustable,
        "The report has sliders for precision and length, and the engine inside to say what they would give");
    command->add_option("--lang", options->language, "Language of the report and the warnings: fr or en")
        ->check(CLI::IsMember({"fr", "en"}));
    options->output.add_to(*command);
    command->callback([options] { run_simulate(*options); });
}

}  // namespace palier::cli
