// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>
#include <iostream>
#include <memory>

#include "adapters/cli/attachment_folder.hpp"
#include "adapters/cli/xapi_options.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/lrs/received.hpp"
#include "adapters/xapi/store/ops/add.hpp"
#include "adapters/xapi/validate.hpp"
#include "engine/errors.hpp"

// `palier xapi import`: what `palier xapi export` wrote, or another store's statements, one a line.

namespace palier::cli {
namespace {

constexpr std::size_t statements_at_once = 200;

struct Batch {
    std::vector<xapi::Entry> entries;
    std::vector<std::int64_t> stored;
};

class Import {
public:
    Import(std::string path, const std::string& folder) : path_(std::move(path)), attachments_(folder) {}

    /// Reads a line more. Throws Error that names it.
    void read(const std::string& line, std::size_t number, Batch& batch) {
        const std::string place = path_ + ": line " + std::to_string(number);
        Json statement = xapi::read_json(line, place);
        const bool is_2 = statement.is_object() && statement.contains("version") && statement["version"].is_string() &&
                          statement["version"].get<std::string>().starts_with("2.");
        const auto version = is_2 ? xapi::Version::v2_0_0 : xapi::Version::v1_0_3;
        if (const auto problem = xapi::validate(statement, version))
            throw Error(place + ": " + problem->path + (problem->path.empty() ? "" : ": ") + problem->message);
        std::optional<std::int64_t> stored;
        if (statement.contains("stored")) stored = xapi::read_timestamp(statement["stored"].get<std::string>());
        Json authority{{"objectType", "Agent"},
                       {"account", {{"homePage", "https://localhost/palier"}, {"name", "palier xapi import"}}}};
        if (statement.contains("authority")) authority = statement["authority"];
        std::vector<xapi::Attachment> bytes;
        for (const std::string& sha2 : xapi::attachments_of(statement))
            if (auto found = attachments_.find(sha2)) bytes.push_back(std::move(*found));
        batch.entries.push_back(xapi::make_entry(std::move(statement), authority, version));
        batch.entries.back().attachments = std::move(bytes);
        batch.stored.push_back(stored.value_or(0));
    }

private:
    std::string path_;
    AttachmentReader attachments_;
};

}  // namespace

void add_import(CLI::App& parent) {
    auto* command = parent.add_subcommand(
        "import", "Keeps what export wrote (JSON lines) as it was: with its authority, and its time where that can be");
    struct Options {
        StoreOption store;
        std::string path, attachments;
    };
    const auto options = std::make_shared<Options>();
    options->store.add_to(*command);
    command->add_option("FILE", options->path, "The file; - is standard input")->required();
    command->add_option("--attachments", options->attachments, "The folder of the attachments that export wrote");
    command->callback([options] {
        std::ifstream file;
        if (options->path != "-") {
            file.open(options->path, std::ios::binary);
            if (!file) throw Error(options->path + ": cannot be read");
        }
        std::istream& in = options->path == "-" ? std::cin : file;
        Import import(options->path, options->attachments);
        auto store = options->store.open(true);
        const std::int64_t before = store.rows().count_statements();
        Batch batch;
        std::int64_t read = 0;
        const auto keep = [&] {
            store.write([&](xapi::Writer& writer) { xapi::import_batch(writer, batch.entries, batch.stored); });
            read += static_cast<std::int64_t>(batch.entries.size());
            batch = {};
        };
        std::size_t number = 0;
        try {
            for (std::string line; std::getline(in, line);) {
                ++number;
                if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
                import.read(line, number, batch);
                if (batch.entries.size() == statements_at_once) keep();
            }
            keep();
        } catch (const std::exception& error) {
            throw Error(std::string(error.what()) + "; " + std::to_string(read) +
                        " statements before it are kept, and the import can be run again");
        }
        print(Json{{"read", read}, {"kept", store.rows().count_statements() - before}}.dump());
    });
}

}  // namespace palier::cli
