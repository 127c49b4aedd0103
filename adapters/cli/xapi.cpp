// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/xapi.hpp"

#include <filesystem>
#include <functional>
#include <iostream>
#include <limits>
#include <memory>

#include "adapters/cli/attachment_folder.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/cli/statement_file.hpp"
#include "adapters/cli/xapi_export.hpp"
#include "adapters/cli/xapi_options.hpp"
#include "adapters/standalone/trainer_log.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/lrs/identity.hpp"
#include "adapters/xapi/lrs/statement_rows.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/store/ops/erase.hpp"
#include "adapters/xapi/validate.hpp"
#include "engine/errors.hpp"

// `palier xapi`: the statement store without HTTP, also while `palier serve` runs on the same file.

namespace palier::cli {
namespace {

/// Every statement of a query, page by page, oldest first.
void each(xapi::Store& store, const FilterOptions& filters, const std::function<void(const std::string&)>& use,
          bool voided_too = false) {
    xapi::Query query = filters.query();
    query.voided_too = voided_too;
    std::size_t left = filters.limit == 0 ? std::numeric_limits<std::size_t>::max() : filters.limit;
    for (bool more = true; more && left > 0;) {
        query.limit = std::min<std::size_t>(left, 1000);
        const xapi::Page page = store.query(query);
        for (const std::string& body : page.bodies) use(body);
        left -= page.bodies.size();
        more = page.cursor.has_value();
        query.cursor = page.cursor;
    }
}

/// Says what is wrong on standard output; gives how many are.
std::size_t problems_of(const std::vector<FileStatement>& statements, xapi::Version version, std::ostream& out) {
    std::size_t count = 0;
    for (const auto& [place, number, statement] : statements)
        if (const auto problem = xapi::validate(statement, version)) {
            ++count;
            out << place << ": " << problem->path << (problem->path.empty() ? "" : ": ") << problem->message << '\n';
        }
    return count;
}

xapi::Version version_of(const std::string& text) {
    return text.starts_with('2') ? xapi::Version::v2_0_0 : xapi::Version::v1_0_3;
}

void add_version_to(CLI::App& command, std::string& version) {
    command.add_option("--xapi-version", version, "1.0.3 (default) or 2.0.0")->check(CLI::IsMember({"1.0.3", "2.0.0"}));
}

void add_list(CLI::App& parent) {
    auto* command = parent.add_subcommand("list", "Lists statements, oldest first: when, who, what");
    struct Options {
        StoreOption store;
        FilterOptions filters;
        OutputOption output;
    };
    const auto options = std::make_shared<Options>();
    options->store.add_to(*command);
    options->filters.add_to(*command);
    options->output.add_to(*command);
    command->callback([options] {
        auto store = options->store.open();
        RowWriter rows(options->output, xapi::summary_of(Json::object()));
        each(store, options->filters,
             [&](const std::string& body) { rows.write(rows.text_of(xapi::summary_of(Json::parse(body)))); });
        rows.end();
    });
}

void add_read(CLI::App& parent) {
    auto* command = parent.add_subcommand("read", "Prints statements as JSON lines, oldest first");
    struct Options {
        StoreOption store;
        FilterOptions filters;
        std::string id;
    };
    const auto options = std::make_shared<Options>();
    options->store.add_to(*command);
    options->filters.add_to(*command);
    command->add_option("--id", options->id, "The statement of this id alone, voided or not");
    command->callback([options] {
        auto store = options->store.open();
        if (options->id.empty()) return each(store, options->filters, print);
        if (!xapi::is_uuid(options->id)) throw CLI::ValidationError("--id", "'" + options->id + "' is no UUID");
        auto body = store.find(options->id);
        if (!body) body = store.find(options->id, true);
        if (!body) throw Error(options->store.shown() + ": no statement " + options->id);
        print(*body);
    });
}

void add_write(CLI::App& parent) {
    auto* command = parent.add_subcommand(
        "write", "Keeps statements of a file (JSON lines or a list), all or none; prints their ids");
    struct Options {
        StoreOption store;
        std::string path, version = "1.0.3", name = "palier xapi write";
    };
    const auto options = std::make_shared<Options>();
    options->store.add_to(*command);
    command->add_option("FILE", options->path, "The file; - is standard input")->required();
    add_version_to(*command, options->version);
    command->add_option("--name", options->name, "Who vouches for them: name of the authority's account");
    command->callback([options] {
        auto statements = read_statements(options->path);
        const auto version = version_of(options->version);
        if (const auto count = problems_of(statements, version, std::cerr); count > 0)
            throw Error(std::to_string(count) + " of " + std::to_string(statements.size()) +
                        " statements are not valid; nothing was changed");
        const Json authority{{"objectType", "Agent"},
                             {"account", {{"homePage", "https://localhost/palier"}, {"name", options->name}}}};
        std::vector<xapi::Entry> entries;
        for (auto& [place, number, statement] : statements) {
            if (statement.contains("attachments"))
                for (const Json& one : statement["attachments"])
                    if (!one.contains("fileUrl"))
                        throw Error(place + ": an attachment without a fileUrl can only be sent over HTTP");
            entries.push_back(xapi::make_entry(std::move(statement), authority, version));
        }
        auto store = options->store.open(true);
        store.add(entries);
        for (const auto& entry : entries) print(entry.id);
    });
}

void add_validate(CLI::App& parent) {
    auto* command = parent.add_subcommand(
        "validate",
        "Says what is wrong with the statements of a file (JSON lines or a list); exit 1 where anything is");
    struct Options {
        std::string path, version = "1.0.3";
    };
    const auto options = std::make_shared<Options>();
    command->add_option("FILE", options->path, "The file; - is standard input")->required();
    add_version_to(*command, options->version);
    command->callback([options] {
        const auto statements = read_statements(options->path);
        const auto count = problems_of(statements, version_of(options->version), std::cout);
        if (count > 0)
            throw Error(std::to_string(count) + " of " + std::to_string(statements.size()) +
                        " statements are not valid");
        print(std::to_string(statements.size()) + " statements are valid");
    });
}

void add_export(CLI::App& parent) {
    auto* command = parent.add_subcommand("export", "Writes statements to a file, oldest first");
    struct Options {
        StoreOption store;
        FilterOptions filters;
        std::string output, format = "jsonl", attachments;
        bool voided_too = false;
    };
    const auto options = std::make_shared<Options>();
    options->store.add_to(*command);
    options->filters.add_to(*command);
    command->add_option("--output", options->output, "The file; - is standard output")->required();
    command
        ->add_option("--format", options->format,
                     "jsonl (statements as they are kept, default); csv (a row each); csv-fr (for French spreadsheets: "
                     "semicolons, decimal commas, a byte order mark)")
        ->check(CLI::IsMember({"jsonl", "csv", "csv-fr"}));
    command->add_flag("--voided", options->voided_too, "Also statements that were voided");
    command->add_option("--attachments", options->attachments,
                        "A new folder for the bytes of attachments, as import takes it");
    command->callback([options] {
        check_output("--output", options->output, {options->store.path});
        auto store = options->store.open();
        ExportFile file(options->output);
        const bool is_csv = options->format != "jsonl";
        const xapi::CsvStyle style{options->format == "csv-fr"};
        std::optional<AttachmentWriter> attachments;
        if (!options->attachments.empty()) attachments.emplace(options->attachments);
        if (is_csv) file.write(xapi::csv_header(style));
        each(
            store, options->filters,
            [&](const std::string& body) {
                file.write(is_csv ? xapi::csv_row(Json::parse(body), style) : body + "\n");
                if (attachments) attachments->add(store, Json::parse(body));
            },
            options->voided_too);
        file.finish();
    });
}

void add_erase(CLI::App& parent) {
    auto* command = parent.add_subcommand(
        "erase",
        "Takes away for good what is of an agent, or was stored up to a date, or both; ids stay, so that "
        "nothing comes again");
    struct Options {
        StoreOption store;
        std::string agent, until;
        bool related = false, dry_run = false;
    };
    const auto options = std::make_shared<Options>();
    options->store.add_to(*command);
    command->add_option(
        "--agent", options->agent,
        "An agent as JSON, or mailto:ADDRESS: statements whose actor or object it is, its documents, its names");
    command->add_option("--until", options->until, "Stored up to this date or instant");
    command->add_flag("--related", options->related,
                      "Also statements that name the agent elsewhere (instructor, team)");
    command->add_flag("--dry-run", options->dry_run, "Only say how many statements it would be");
    command->callback([options] {
        xapi::Erasure what;
        if (!options->agent.empty()) what.agent = agent_of(options->agent);
        if (!options->until.empty()) what.until = instant("--until", options->until);
        what.related = options->related;
        if (!what.agent && !what.until)
            throw CLI::ValidationError("palier xapi erase", "give --agent, --until or both");
        auto store = options->store.open();
        if (options->dry_run)
            return print(Json{{"statements", xapi::count_to_erase(store, what)}, {"dry_run", true}}.dump());
        const xapi::Erased erased = xapi::erase(store, what);
        Json said{{"statements", erased.statements}, {"documents", erased.documents}};
        // Who read what of a person stays, without saying who the person was.
        if (what.agent && !what.until) said["readings"] = standalone::forget_in_readings(store, *what.agent);
        if (what.agent && !what.until && !what.related) {
            what.related = true;
            said["statements_that_name_the_agent_still"] = xapi::count_to_erase(store, what);
        }
        print(said.dump());
    });
}

void add_key(CLI::App& parent) {
    auto* command = parent.add_subcommand("key", "Keys of clients, and what they may do");
    command->require_subcommand(1);
    struct Options {
        StoreOption store;
        OutputOption output;
        std::string scopes = "statements/write statements/read/mine define", label, key;
    };
    const auto options = std::make_shared<Options>();
    auto* make = command->add_subcommand("make", "Makes a key; its secret is printed once and not kept");
    options->store.add_to(*make);
    make->add_option(
        "--scopes", options->scopes,
        "Of statements/write, statements/read, statements/read/mine, state, define, profile, all/read, all, admin; "
        "separated by commas (default: statements/write, statements/read/mine, define)");
    make->add_option("--label", options->label, "A note: who uses this key");
    make->callback([options] {
        std::vector<xapi::Scope> scopes;
        try {
            scopes = xapi::read_scopes(options->scopes);
        } catch (const ArgumentError& error) {
            throw CLI::ValidationError("--scopes", error.what());
        }
        if (scopes.empty()) throw CLI::ValidationError("--scopes", "at least one");
        auto store = options->store.open(true);
        const xapi::NewCredential made = xapi::make_credential(scopes, options->label);
        store.write([&](xapi::Writer& writer) { writer.put(made.credential); });
        print(Json{{"key", made.credential.key}, {"secret", made.secret}, {"scopes", made.credential.scopes}}.dump());
    });
    auto* list = command->add_subcommand("list", "Lists keys, without secrets");
    options->store.add_to(*list);
    options->output.add_to(*list);
    list->callback([options] {
        auto store = options->store.open();
        Json all = Json::array();
        for (const xapi::Credential& one : store.rows().credentials())
            all.push_back({{"key", one.key},
                           {"scopes", one.scopes},
                           {"label", one.label},
                           {"made", xapi::timestamp(one.created / 1000)},
                           {"revoked", one.revoked == 0 ? Json() : Json(xapi::timestamp(one.revoked / 1000))}});
        options->output.write(all);
    });
    auto* revoke = command->add_subcommand("revoke", "Has a key open nothing any more, from the next request on");
    options->store.add_to(*revoke);
    revoke->add_option("KEY", options->key, "The key")->required();
    revoke->callback([options] {
        auto store = options->store.open();
        store.write([&](xapi::Writer& writer) {
            auto credential = writer.credential(options->key);
            if (!credential) throw Error(options->store.shown() + ": no key " + options->key);
            if (credential->revoked == 0) credential->revoked = xapi::microseconds_now();
            writer.put(*credential);
        });
    });
}

}  // namespace

void add_xapi(CLI::App& app) {
    auto* command =
        app.add_subcommand("xapi", "The statement store's file: lists, reads, writes, exports, erases; keys");
    command->require_subcommand(1);
    add_list(*command);
    add_read(*command);
    add_write(*command);
    add_validate(*command);
    add_export(*command);
    add_erase(*command);
    add_key(*command);
    add_stores(*command);
    add_retention(*command);
    add_forward(*command);
    add_import(*command);
}

}  // namespace palier::cli
