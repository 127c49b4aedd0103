// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
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

/// When another store kept a statement, or 0.
std::int64_t stored_of(const Json& statement) {
    const auto stored = statement.is_object() ? statement.find("stored") : statement.end();
    if (stored == statement.end() || !stored->is_string()) return 0;
    return xapi::read_timestamp(stored->get<std::string>()).value_or(0);
}

bool is_blank(const std::string& line) { return line.find_first_not_of(" \t\r") == std::string::npos; }

std::string place_of(const std::string& path, std::size_t number) { return path + ": line " + std::to_string(number); }

/// A line of a file: where it begins, and when its statement was stored.
struct Line {
    std::int64_t stored = 0;
    std::streamoff begin = 0;
    std::size_t number = 0;
};

/// A file's lines in the order in which their statements were stored: what asks another store for its pages writes the
/// newest first. Throws Error that names a line which is no JSON.
std::vector<Line> lines_of(std::istream& file, const std::string& path) {
    std::vector<Line> lines;
    std::size_t number = 0;
    std::streamoff begin = 0;
    for (std::string line; std::getline(file, line); begin = file.tellg()) {
        ++number;
        if (!is_blank(line)) lines.push_back({stored_of(xapi::read_json(line, place_of(path, number))), begin, number});
        if (file.eof()) break;
    }
    file.clear();
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.stored < b.stored; });
    return lines;
}

class Import {
public:
    Import(std::string path, const std::string& folder) : path_(std::move(path)), attachments_(folder) {}

    /// Reads a line more. Throws Error that names it.
    void read(const std::string& line, std::size_t number, Batch& batch) {
        const std::string place = place_of(path_, number);
        Json statement = xapi::read_json(line, place);
        const bool is_2 = statement.is_object() && statement.contains("version") && statement["version"].is_string() &&
                          statement["version"].get<std::string>().starts_with("2.");
        const auto version = is_2 ? xapi::Version::v2_0_0 : xapi::Version::v1_0_3;
        if (const auto problem = xapi::validate(statement, version))
            throw Error(place + ": " + problem->path + (problem->path.empty() ? "" : ": ") + problem->message);
        const std::int64_t stored = stored_of(statement);
        Json authority{{"objectType", "Agent"},
                       {"account", {{"homePage", "https://localhost/palier"}, {"name", "palier xapi import"}}}};
        if (statement.contains("authority")) authority = statement["authority"];
        std::vector<xapi::Attachment> bytes;
        for (const std::string& sha2 : xapi::attachments_of(statement))
            if (auto found = attachments_.find(sha2)) bytes.push_back(std::move(*found));
        batch.entries.push_back(xapi::make_entry(std::move(statement), authority, version));
        batch.entries.back().attachments = std::move(bytes);
        batch.stored.push_back(stored);
    }

private:
    std::string path_;
    AttachmentReader attachments_;
};

}  // namespace

void add_import(CLI::App& parent) {
    auto* command = parent.add_subcommand(
        "import",
        "Keeps what export wrote (JSON lines) as it was: in the order in which it was stored, with its authority, and its "
        "time where that can be");
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
        // What comes through a pipe is taken as it comes.
        std::error_code ignored;
        const bool sorts = std::filesystem::is_regular_file(options->path, ignored);
        const std::vector<Line> lines = sorts ? lines_of(in, options->path) : std::vector<Line>();
        Import import(options->path, options->attachments);
        auto store = options->store.open(true);
        const std::int64_t before = store.rows().count_statements();
        Batch batch;
        std::int64_t read = 0, last = 0;
        const auto keep = [&] {
            store.write(
                [&](xapi::Writer& writer) { last = xapi::import_batch(writer, batch.entries, batch.stored, last); });
            read += static_cast<std::int64_t>(batch.entries.size());
            batch = {};
        };
        const auto take = [&](const std::string& line, std::size_t number) {
            if (is_blank(line)) return;
            import.read(line, number, batch);
            if (batch.entries.size() == statements_at_once) keep();
        };
        try {
            std::string text;
            for (std::size_t number = 1; !sorts && std::getline(in, text); ++number) take(text, number);
            for (const Line& line : lines) {
                in.seekg(line.begin);
                std::getline(in, text);
                take(text, line.number);
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
