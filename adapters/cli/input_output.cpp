// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <iterator>

#include "adapters/cli/files.hpp"
#include "adapters/host/files.hpp"
#include "engine/errors.hpp"

namespace palier::cli {
namespace {

// The regular file behind a path, or behind a descriptor for "-".
std::optional<struct stat> regular_file(const std::string& path, int descriptor) {
    struct stat is {};
    const int failed = path == "-" ? ::fstat(descriptor, &is) : ::stat(path.c_str(), &is);
    if (failed != 0 || !S_ISREG(is.st_mode)) return std::nullopt;
    return is;
}

bool same_file(const std::string& output, const std::string& input) {
    const auto written = regular_file(output, STDOUT_FILENO);
    const auto read = regular_file(input, STDIN_FILENO);
    if (written && read) return written->st_dev == read->st_dev && written->st_ino == read->st_ino;
    if (output == "-" || input == "-") return false;
    namespace fs = std::filesystem;
    std::error_code first;
    std::error_code second;
    const fs::path left = fs::weakly_canonical(fs::absolute(output), first);
    const fs::path right = fs::weakly_canonical(fs::absolute(input), second);
    return !first && !second && left == right;
}

[[noreturn]] void refuse_own_output(const std::string& path) {
    throw CLI::ValidationError(path == "-" ? "standard input" : path,
                               "standard output is written to this file; write to another one");
}

}  // namespace

std::string read_input(const std::string& path) {
    if (same_file("-", path)) refuse_own_output(path);
    if (path != "-") return host::read_file(path);
    static bool was_read = false;
    if (was_read) throw CLI::ValidationError("-", "standard input can be read once; name files for the others");
    was_read = true;
    std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
    if (std::cin.bad()) throw Error("standard input cannot be read");
    return bytes;
}

formats::ResponsesTable::Source input_pieces(const std::string& path) {
    if (same_file("-", path)) refuse_own_output(path);
    const auto close = [](std::FILE* it) {
        if (it) std::fclose(it);
    };
    std::shared_ptr<std::FILE> file;
    struct stat is {};
    if (path != "-" && ::stat(path.c_str(), &is) == 0 && S_ISREG(is.st_mode)) {
        file = {std::fopen(path.c_str(), "rbe"), close};
        if (!file) throw Error(path + ": cannot be read: " + std::strerror(errno));
    } else {
        const std::string bytes = read_input(path);
        file = {std::tmpfile(), close};
        if (!file || std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() ||
            std::fflush(file.get()) != 0)
            throw Error("a file for what was read cannot be made: " + std::string(std::strerror(errno)));
    }
    return [file] {
        return [file, at = long{0}](char* into, std::size_t room) mutable {
            const ssize_t size = ::pread(::fileno(file.get()), into, room, at);
            if (size < 0) throw Error("the responses cannot be read: " + std::string(std::strerror(errno)));
            at += size;
            return static_cast<std::size_t>(size);
        };
    };
}

void check_output(const std::string& option, const std::string& path, const std::vector<std::string>& inputs) {
    for (const std::string& input : inputs)
        if (!input.empty() && same_file(path, input))
            throw CLI::ValidationError(
                option, "'" + path + "' is also an input (" + input + "); it would be lost. Name another file");
    if (path != "-" && same_file("-", path))
        throw CLI::ValidationError(option, "'" + path + "' is where standard output goes; name another file");
}

void write_output(const std::string& path, const std::string& bytes) {
    if (path != "-") {
        host::write_file(path, bytes);
        return;
    }
    std::cout << bytes << std::flush;
    if (!std::cout) throw Error("standard output cannot be written");
}

}  // namespace palier::cli
