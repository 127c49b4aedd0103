// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/xapi_export.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "engine/errors.hpp"

namespace palier::cli {

ExportFile::ExportFile(std::string path) : path_(std::move(path)), out_(&std::cout) {
    if (path_ == "-") return;
    beside_ = path_ + ".new";
    file_ = std::make_unique<std::ofstream>(beside_, std::ios::binary);
    out_ = file_.get();
    if (!*out_) throw Error(beside_ + ": cannot be written");
}

ExportFile::~ExportFile() {
    std::error_code ignored;
    if (!beside_.empty()) std::filesystem::remove(beside_, ignored);
}

void ExportFile::write(const std::string& text) {
    *out_ << text;
    if (!*out_) throw Error((path_ == "-" ? "standard output" : beside_) + " cannot be written");
}

void ExportFile::finish() {
    out_->flush();
    if (!*out_) throw Error((path_ == "-" ? "standard output" : beside_) + " cannot be written");
    if (path_ == "-") return;
    file_.reset();
    std::filesystem::rename(beside_, path_);
    beside_.clear();
}

}  // namespace palier::cli
