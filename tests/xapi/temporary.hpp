// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "adapters/xapi/identifiers.hpp"

namespace palier::test {

/// A folder of one's own that goes away with the test.
class Temporary {
public:
    Temporary() : path_(std::filesystem::temp_directory_path() / ("palier-" + xapi::uuid4())) {
        std::filesystem::create_directories(path_);
    }
    ~Temporary() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

}  // namespace palier::test
