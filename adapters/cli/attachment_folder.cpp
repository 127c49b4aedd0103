// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/attachment_folder.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/lrs/received.hpp"
#include "engine/errors.hpp"

namespace palier::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* types_name = "types.jsonl";

/// A SHA-2 and no path.
bool is_file_name(const std::string& sha2) {
    return !sha2.empty() && sha2.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

AttachmentWriter::AttachmentWriter(std::string folder) : folder_(std::move(folder)) {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) throw Error("--attachments " + folder_ + ": " + error.message());
    if (!fs::is_empty(folder_, error) || error)
        throw Error("--attachments " + folder_ + ": should be a folder that is not there yet, or empty");
    fs::permissions(folder_, fs::perms::owner_all, error);
}

void AttachmentWriter::add(xapi::Store& store, const Json& statement) {
    for (const std::string& sha2 : xapi::attachments_of(statement)) {
        if (!is_file_name(sha2) || !seen_.insert(sha2).second) continue;
        const auto found = store.rows().attachment(sha2);
        if (!found) continue;
        std::ofstream file(fs::path(folder_) / sha2, std::ios::binary);
        file.write(found->bytes.data(), static_cast<std::streamsize>(found->bytes.size()));
        file.close();
        std::ofstream types(fs::path(folder_) / types_name, std::ios::app);
        types << Json{{"sha2", sha2}, {"type", found->type}}.dump() << '\n';
        types.close();
        if (!file || !types) throw Error("--attachments " + folder_ + ": " + sha2 + " cannot be written");
    }
}

AttachmentReader::AttachmentReader(std::string folder) : folder_(std::move(folder)) {
    if (folder_.empty()) return;
    std::error_code error;
    if (!fs::is_directory(folder_, error)) throw Error("--attachments " + folder_ + ": there is no such folder");
    std::ifstream types(fs::path(folder_) / types_name);
    std::size_t number = 0;
    for (std::string line; std::getline(types, line);) {
        ++number;
        const Json one = Json::parse(line, nullptr, false);
        if (!one.is_object() || !one.contains("sha2") || !one["sha2"].is_string() || !one.contains("type") ||
            !one["type"].is_string())
            throw Error("--attachments " + folder_ + "/" + types_name + ": line " + std::to_string(number) +
                        ": {\"sha2\": …, \"type\": …} is expected");
        types_[one["sha2"]] = one["type"];
    }
}

std::optional<xapi::Attachment> AttachmentReader::find(const std::string& sha2) const {
    if (folder_.empty() || !is_file_name(sha2)) return {};
    std::ifstream file(fs::path(folder_) / sha2, std::ios::binary);
    if (!file) return {};
    xapi::Attachment found{sha2, "application/octet-stream", {std::istreambuf_iterator<char>(file), {}}};
    if (file.bad()) throw Error("--attachments " + folder_ + "/" + sha2 + ": cannot be read");
    if (const auto type = types_.find(sha2); type != types_.end()) found.type = type->second;
    found.matches = xapi::sha2(found.bytes, sha2.size()) == sha2;
    return found;
}

}  // namespace palier::cli
