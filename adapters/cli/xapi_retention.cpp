// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "adapters/cli/output.hpp"
#include "adapters/cli/xapi_options.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/store/ops/retention.hpp"
#include "engine/errors.hpp"

// `palier xapi retention`: how long statements are kept.

namespace palier::cli {
namespace {

Json row_of_rule(const xapi::RetentionRule& rule) {
    return {{"rule", rule.id},
            {"days", rule.days},
            {"verb", rule.verb ? Json(*rule.verb) : Json()},
            {"activity", rule.activity ? Json(*rule.activity) : Json()},
            {"related", rule.related}};
}

}  // namespace

void add_retention(CLI::App& parent) {
    auto* command = parent.add_subcommand(
        "retention", "How long statements are kept: rules that the running server applies every hour");
    command->require_subcommand(1);
    struct Options {
        StoreOption store;
        OutputOption output;
        std::string verb, activity, rule;
        std::int64_t days = 0;
        bool related = false, dry_run = false;
    };
    const auto options = std::make_shared<Options>();
    auto* add = command->add_subcommand("add", "Adds a rule; what is older than it says goes when rules are applied");
    options->store.add_to(*add);
    add->add_option("--days", options->days, "What was stored more days ago goes")
        ->required()
        ->check(CLI::Range(std::int64_t{1}, xapi::most_days));
    add->add_option("--verb", options->verb, "Only statements with this verb (IRI)");
    add->add_option("--activity", options->activity, "Only statements about this activity (IRI)");
    add->add_flag("--related", options->related, "Also where the activity stands in a statement's context");
    add->callback([options] {
        xapi::RetentionRule rule;
        rule.days = options->days;
        rule.verb = iri_of("--verb", options->verb);
        rule.activity = iri_of("--activity", options->activity);
        rule.related = options->related;
        if (rule.related && !rule.activity) throw CLI::ValidationError("--related", "goes with --activity");
        auto store = options->store.open();
        rule.id = xapi::add_retention_rule(store, rule);
        print(row_of_rule(rule).dump());
    });
    auto* list = command->add_subcommand("list", "Lists the rules");
    options->store.add_to(*list);
    options->output.add_to(*list);
    list->callback([options] {
        auto store = options->store.open();
        Json all = Json::array();
        for (const auto& rule : xapi::retention_rules(store)) all.push_back(row_of_rule(rule));
        options->output.write(all);
    });
    auto* remove = command->add_subcommand("remove", "Takes a rule away; what it has taken away does not come back");
    options->store.add_to(*remove);
    remove->add_option("RULE", options->rule, "Its id, as `list` says it")->required();
    remove->callback([options] {
        auto store = options->store.open();
        if (!xapi::remove_retention_rule(store, options->rule))
            throw Error(options->store.shown() + ": no rule " + options->rule);
    });
    auto* run = command->add_subcommand("run", "Applies the rules now, whether or not a server runs");
    options->store.add_to(*run);
    options->output.add_to(*run);
    run->add_flag("--dry-run", options->dry_run, "Only say how many statements each would take away");
    run->callback([options] {
        auto store = options->store.open();
        Json all = Json::array();
        for (const auto& one : xapi::apply_retention(store, xapi::microseconds_now(), options->dry_run)) {
            Json row = row_of_rule(one.rule);
            row["statements"] = one.erased.statements;
            row["documents"] = options->dry_run ? Json() : Json(one.erased.documents);
            row["dry_run"] = options->dry_run;
            all.push_back(row);
        }
        options->output.write(all);
    });
}

}  // namespace palier::cli
