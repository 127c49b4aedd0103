// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <memory>

#include "adapters/cli/output.hpp"
#include "adapters/cli/xapi_options.hpp"
#include "adapters/xapi/store/backend/stores.hpp"
#include "engine/errors.hpp"

// `palier xapi store`: several stores behind one server.

namespace palier::cli {
namespace {

/// How much is in a store, without and with a name.
Json row_of_store(const std::string& address, const std::string& name) {
    xapi::Store store(address, name);
    std::int64_t open = 0;
    for (const xapi::Credential& one : store.rows().credentials()) open += one.revoked == 0 ? 1 : 0;
    return {{"store", name},
            {"path", name.empty() ? "/xapi" : "/stores/" + name + "/xapi"},
            {"statements", store.rows().count_statements()},
            {"keys", open}};
}

}  // namespace

void add_stores(CLI::App& parent) {
    auto* command = parent.add_subcommand("store", "Stores of several organisations behind one server");
    command->require_subcommand(1);
    struct Options {
        AddressOption address;
        std::string name;
        bool with_statements = false;
        OutputOption output;
    };
    const auto options = std::make_shared<Options>();
    auto* make = command->add_subcommand("make", "Makes a store, at /stores/NAME/xapi of the server from then on");
    options->address.add_to(*make);
    make->add_option("NAME", options->name, "1 to 30 lower-case letters, digits and hyphens")->required();
    make->callback([options] {
        options->address.check(true);
        xapi::make_store(options->address.path, options->name);
        print(Json{{"store", options->name}, {"path", "/stores/" + options->name + "/xapi"}}.dump());
    });
    auto* list = command->add_subcommand("list", "Lists the stores: path, number of statements, of keys in use");
    options->address.add_to(*list);
    options->output.add_to(*list);
    list->callback([options] {
        Json all = Json::array();
        std::error_code error;
        if (xapi::is_postgresql(options->address.path) || std::filesystem::exists(options->address.path, error))
            all.push_back(row_of_store(options->address.path, ""));
        for (const std::string& name : xapi::store_names(options->address.path))
            all.push_back(row_of_store(options->address.path, name));
        options->output.write(all);
    });
    auto* remove = command->add_subcommand("remove", "Takes a store away for good, with its keys and documents");
    options->address.add_to(*remove);
    remove->add_option("NAME", options->name, "Which")->required();
    remove->add_flag("--with-statements", options->with_statements, "Also where statements are in it");
    remove->callback([options] {
        if (!options->with_statements) {
            const auto count = xapi::Store(options->address.path, options->name).rows().count_statements();
            if (count > 0)
                throw Error(options->name + ": " + std::to_string(count) +
                            " statements are in it; --with-statements takes them away too");
        }
        xapi::remove_store(options->address.path, options->name);
    });
}

}  // namespace palier::cli
