// SPDX-License-Identifier: GPL-3.0-or-later
#include "scorm/package/zip_file.hpp"

#include <zip.h>

#include <algorithm>
#include <memory>

#include "engine/errors.hpp"

namespace palier::package {
namespace {

constexpr zip_uint16_t first_day = (1 << 5) | 1;  // 1980-01-01 as MS-DOS has it

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};

bool is_local(const std::string& path) {
    if (path.empty() || path.front() == '/' || path.find('\\') != std::string::npos) return false;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string part = path.substr(at, end - at);
        if (part.empty() || part == "." || part == "..") return false;
        at = end + 1;
    }
    return true;
}

}  // namespace

void write_zip(const std::string& path, const Files& files) {
    int code = 0;
    std::unique_ptr<zip_t, Discard> archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
    if (!archive) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const std::string message = zip_error_strerror(&error);
        zip_error_fini(&error);
        throw Error(path + ": " + message);
    }
    const auto failed = [&](const std::string& name) {
        return Error(path + ", " + name + ": " + zip_strerror(archive.get()));
    };
    for (const auto& [name, bytes] : files) {
        if (!is_local(name)) throw Error(path + ": '" + name + "' is no path inside a package");
        // The bytes live until zip_close, which reads them.
        zip_source_t* source = zip_source_buffer(archive.get(), bytes.data(), bytes.size(), 0);
        if (source == nullptr) throw failed(name);
        const zip_int64_t index = zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            throw failed(name);
        }
        const auto entry = static_cast<zip_uint64_t>(index);
        if (zip_file_set_dostime(archive.get(), entry, 0, first_day, 0) != 0 ||
            zip_set_file_compression(archive.get(), entry, ZIP_CM_DEFLATE, 9) != 0)
            throw failed(name);
    }
    if (zip_close(archive.get()) != 0) throw failed("the archive");
    static_cast<void>(archive.release());
}

std::string read_zip_entry(const std::string& zip, const std::string& name, std::size_t most) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(zip.data(), zip.size(), 0, &error);
    std::unique_ptr<zip_t, Discard> archive(source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr);
    if (!archive) {
        const std::string message = zip_error_strerror(&error);
        if (source != nullptr) zip_source_free(source);
        zip_error_fini(&error);
        throw Error("the archive: " + message);
    }
    zip_error_fini(&error);
    zip_stat_t stat;
    if (zip_stat(archive.get(), name.c_str(), 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0)
        throw Error("the archive has no " + name);
    if (stat.size > most) throw Error(name + " in the archive: it has more than " + std::to_string(most) + " bytes");
    std::string bytes(static_cast<std::size_t>(stat.size), '\0');
    zip_file_t* file = zip_fopen(archive.get(), name.c_str(), 0);
    const zip_int64_t read = file ? zip_fread(file, bytes.data(), bytes.size()) : -1;
    if (file != nullptr) zip_fclose(file);
    if (read != static_cast<zip_int64_t>(bytes.size())) throw Error(name + " in the archive: it cannot be read whole");
    return bytes;
}

}  // namespace palier::package
