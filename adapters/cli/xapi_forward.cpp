// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "adapters/cli/http_client.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/cli/xapi_options.hpp"
#include "adapters/xapi/forward/forward.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "engine/errors.hpp"

// `palier xapi forward`: other stores that statements are sent on to.

namespace palier::cli {
namespace {

struct ForwardOptions {
    StoreOption store;
    FilterOptions filters;
    OutputOption output;
    std::string name, endpoint, key, secret, version = "1.0.3";
    bool from_now = false;
};

Json text_or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

std::string problem_of(const xapi::Progress& progress) { return problem_words(progress, words::Language::en); }

/// Without the secret.
Json row_of_destination(xapi::Store& store, const xapi::Destination& to) {
    const xapi::Progress progress = xapi::progress_of(store, to.name);
    const bool waits = progress.not_before > xapi::microseconds_now();
    return {{"name", to.name},
            {"to", to.endpoint},
            {"key", to.key},
            {"version", to.version == xapi::Version::v2_0_0 ? "2.0.0" : "1.0.3"},
            {"agent", text_or_null(to.agent)},
            {"verb", text_or_null(to.verb)},
            {"activity", text_or_null(to.activity)},
            {"registration", text_or_null(to.registration)},
            {"sent", progress.sent},
            {"parked", progress.parked},
            {"paused", progress.paused},
            {"problem", progress.problem.empty() ? Json() : Json(problem_of(progress))},
            {"again_at", waits ? Json(xapi::timestamp(progress.not_before / 1000)) : Json()}};
}

void add_destination_command(CLI::App& command, const std::shared_ptr<ForwardOptions>& options) {
    auto* add = command.add_subcommand("add", "Sends statements on to another store, in their order, each once");
    options->store.add_to(*add);
    add->add_option("NAME", options->name, "A name for it: 1 to 30 lower-case letters, digits and hyphens")->required();
    add->add_option("--to", options->endpoint, "Its address, such as https://lrs.example.org/xapi")->required();
    add->add_option("--key", options->key, "Key there")->required()->envname("PALIER_FORWARD_KEY");
    add->add_option("--secret", options->secret, "Its secret")->required()->envname("PALIER_FORWARD_SECRET");
    add->add_option("--xapi-version", options->version, "1.0.3 (default) or 2.0.0")
        ->check(CLI::IsMember({"1.0.3", "2.0.0"}));
    add->add_flag("--from-now", options->from_now, "Only what comes from now on (default: all that is kept)");
    options->filters.add_content_to(*add);
    add->callback([options] {
        const xapi::Query filter = options->filters.query();
        auto store = options->store.open();
        xapi::Destination to{options->name, options->endpoint, options->key, options->secret, {}, {}, {}, {}, {},
                             false};
        while (!to.endpoint.empty() && to.endpoint.back() == '/') to.endpoint.pop_back();
        to.version = options->version == "2.0.0" ? xapi::Version::v2_0_0 : xapi::Version::v1_0_3;
        to.agent = filter.agent;
        to.verb = filter.verb;
        to.activity = filter.activity;
        to.registration = filter.registration;
        to.related = options->filters.related;
        xapi::add_destination(store, to, options->from_now);
        print(row_of_destination(store, to).dump());
    });
}

void add_one_command(CLI::App& command, const std::shared_ptr<ForwardOptions>& options, const char* name,
                     const char* does, const std::function<void(xapi::Store&)>& work) {
    auto* one = command.add_subcommand(name, does);
    options->store.add_to(*one);
    one->add_option("NAME", options->name, "Its name")->required();
    one->callback([options, work] {
        auto store = options->store.open();
        work(store);
    });
}

}  // namespace

void add_forward(CLI::App& parent) {
    auto* command = parent.add_subcommand("forward", "Other stores that the running server sends statements on to");
    command->require_subcommand(1);
    const auto options = std::make_shared<ForwardOptions>();
    add_destination_command(*command, options);
    auto* list = command->add_subcommand("list", "Lists them: how much was sent and refused, and what is wrong");
    options->store.add_to(*list);
    options->output.add_to(*list);
    list->callback([options] {
        auto store = options->store.open();
        Json all = Json::array();
        for (const auto& to : xapi::destinations(store)) all.push_back(row_of_destination(store, to));
        options->output.write(all);
    });
    add_one_command(*command, options, "remove", "Sends nothing on to it any more", [options](xapi::Store& store) {
        if (!xapi::remove_destination(store, options->name))
            throw Error(options->store.shown() + ": no destination " + options->name);
    });
    add_one_command(*command, options, "retry", "Has what it refused, and what waits, be sent again at once",
                    [options](xapi::Store& store) { xapi::retry_destination(store, options->name); });
    add_one_command(*command, options, "pause", "Sends nothing on to it until it is resumed",
                    [options](xapi::Store& store) { xapi::pause_destination(store, options->name, true); });
    add_one_command(*command, options, "resume", "Goes on sending to one that was paused",
                    [options](xapi::Store& store) { xapi::pause_destination(store, options->name, false); });
    auto* parked = command->add_subcommand("parked", "Lists the statements that it refused, with its words");
    options->store.add_to(*parked);
    options->output.add_to(*parked);
    parked->add_option("NAME", options->name, "Its name")->required();
    parked->callback([options] {
        auto store = options->store.open();
        Json all = Json::array();
        for (const auto& one : xapi::parked_of(store, options->name))
            all.push_back({{"id", one.id},
                           {"status", one.status},
                           {"words", one.words},
                           {"when", xapi::timestamp(one.when / 1000)}});
        options->output.write(all);
    });
    add_one_command(*command, options, "run", "Sends what waits for it now; for where no server runs",
                    [options](xapi::Store& store) {
                        const xapi::SendOn send = [](const xapi::Destination& to, const xapi::Request& request) {
                            return ask_server(to.endpoint, request);
                        };
                        while (xapi::forward_some(store, options->name, send, xapi::microseconds_now())) {
                        }
                        for (const auto& to : xapi::destinations(store))
                            if (to.name == options->name) print(row_of_destination(store, to).dump());
                        const auto progress = xapi::progress_of(store, options->name);
                        if (!progress.problem.empty()) throw Error(options->name + ": " + problem_of(progress));
                    });
}

}  // namespace palier::cli
