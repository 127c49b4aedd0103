// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/zip_read.hpp"

#include <zip.h>

#include <algorithm>
#include <utility>

#include "adapters/formats/errors.hpp"

namespace palier::formats {
namespace {

constexpr zip_int64_t most_entries = 20'000;
constexpr std::size_t largest_entry = std::size_t{64} << 20, most_read = std::size_t{256} << 20;

}  // namespace

struct ZipReader::Archive {
    struct Discard {
        void operator()(zip_t* archive) const { zip_discard(archive); }
    };
    std::unique_ptr<zip_t, Discard> zip;
};

bool is_local_path(std::string_view path) {
    if (path.empty() || path.front() == '/' || path.find('\\') != std::string_view::npos) return false;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string_view part = path.substr(at, end - at);
        if (part.empty() || part == "." || part == "..") return false;
        at = end + 1;
    }
    return true;
}

ZipReader::ZipReader(std::string_view bytes, std::string file)
    : file_(std::move(file)), archive_(std::make_unique<Archive>()) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    archive_->zip.reset(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!archive_->zip) {
        const std::string message = zip_error_strerror(&error);
        if (source != nullptr) zip_source_free(source);
        zip_error_fini(&error);
        throw FormatError(file_, 0, "the zip file cannot be read: " + message);
    }
    zip_error_fini(&error);
    const zip_int64_t count = zip_get_num_entries(archive_->zip.get(), 0);
    if (count > most_entries) throw FormatError(file_, 0, "the zip file has more than 20,000 entries");
    for (zip_int64_t i = 0; i < count; ++i) {
        const char* name = zip_get_name(archive_->zip.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_GUESS);
        if (name != nullptr && is_local_path(name)) names_.emplace_back(name);
    }
    std::sort(names_.begin(), names_.end());
}

ZipReader::~ZipReader() = default;

bool ZipReader::has(const std::string& name) const { return std::binary_search(names_.begin(), names_.end(), name); }

std::string ZipReader::read(const std::string& name) {
    const auto refuse = [&](const std::string& what) { return FormatError(file_ + "/" + name, 0, what); };
    zip_t* zip = archive_->zip.get();
    zip_stat_t stat;
    if (!has(name) || zip_stat(zip, name.c_str(), 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0)
        throw refuse("the zip file has no such entry");
    if (stat.size > largest_entry) throw refuse("it has more than 64 MiB");
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
        throw refuse("it is encrypted");
    bytes_read_ += static_cast<std::size_t>(stat.size);
    if (bytes_read_ > most_read) throw refuse("the files that are read of the zip file make more than 256 MiB");
    std::string bytes(static_cast<std::size_t>(stat.size), '\0');
    zip_file_t* file = zip_fopen(zip, name.c_str(), 0);
    std::size_t at = 0;
    while (file != nullptr && at < bytes.size()) {
        const zip_int64_t got = zip_fread(file, bytes.data() + at, bytes.size() - at);
        if (got <= 0) break;
        at += static_cast<std::size_t>(got);
    }
    // One byte more makes libzip compare the checksum.
    char more = 0;
    const bool whole = file != nullptr && at == bytes.size() && zip_fread(file, &more, 1) == 0;
    if (file != nullptr) zip_fclose(file);
    if (!whole) throw refuse("it is damaged");
    return bytes;
}

}  // namespace palier::formats
