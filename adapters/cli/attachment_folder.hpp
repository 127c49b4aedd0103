// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "adapters/xapi/store/store.hpp"
#include "engine/util/json.hpp"

// The bytes of attachments as files: FOLDER/SHA2 each, and FOLDER/types.jsonl with the Content-Type that each came
// with.

namespace palier::cli {

/// Writes those of statements, each once. The folder is made; nothing in it may be there yet.
class AttachmentWriter {
public:
    /// Throws Error where the folder is there and not empty, or cannot be made.
    explicit AttachmentWriter(std::string folder);
    void add(xapi::Store& store, const Json& statement);

private:
    std::string folder_;
    std::set<std::string> seen_;
};

class AttachmentReader {
public:
    /// "": there are none. Throws Error.
    explicit AttachmentReader(std::string folder);
    /// The bytes of one, where they are there.
    std::optional<xapi::Attachment> find(const std::string& sha2) const;

private:
    std::string folder_;
    std::map<std::string, std::string> types_;
};

}  // namespace palier::cli
