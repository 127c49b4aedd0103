// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/errors.hpp"

namespace palier::host {
namespace {

std::string cannot_be_written(const std::string& path, int reason) {
    return path + ": cannot be written: " + std::strerror(reason);
}

// All bytes, or the reason why not; closes the file. A full device may tell it at the end alone.
int write_and_close(int file, const std::string& bytes) {
    int reason = 0;
    for (std::size_t at = 0; at < bytes.size() && reason == 0;) {
        const ssize_t size = ::write(file, bytes.data() + at, bytes.size() - at);
        if (size < 0 && errno != EINTR) reason = errno;
        if (size > 0) at += static_cast<std::size_t>(size);
    }
    struct stat is {};
    if (reason == 0 && ::fstat(file, &is) == 0 && S_ISREG(is.st_mode) && ::fsync(file) != 0) reason = errno;
    if (::close(file) != 0 && reason == 0) reason = errno;
    return reason;
}

}  // namespace

std::string read_file(const std::string& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) throw Error(path + ": it is a folder; it should be a file");
    std::ifstream in(path, std::ios::binary);
    if (!in) throw Error(path + ": cannot be read: " + std::strerror(errno));
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (in.bad()) throw Error(path + ": cannot be read");
    return bytes.str();
}

void write_file(const std::string& path, const std::string& bytes) {
    struct stat is {};
    const bool there = ::stat(path.c_str(), &is) == 0;
    if (there && S_ISDIR(is.st_mode)) throw Error(path + ": it is a folder; it should be a file");
    if (there && !S_ISREG(is.st_mode)) {  // a device or a pipe has no place beside it
        const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
        const int reason = file < 0 ? errno : write_and_close(file, bytes);
        if (reason != 0) throw Error(cannot_be_written(path, reason));
        return;
    }
    // Through a link to what it names; and with the rights that the file has.
    std::error_code error;
    const std::filesystem::path named = there ? std::filesystem::canonical(path, error) : std::filesystem::path(path);
    const std::string target = error ? path : named.string();
    const std::string aside = target + ".part-" + std::to_string(::getpid());
    const int file = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) throw Error(cannot_be_written(path, errno));
    if (there) static_cast<void>(::fchmod(file, is.st_mode & 07777));
    int reason = write_and_close(file, bytes);
    if (reason == 0 && std::rename(aside.c_str(), target.c_str()) != 0) reason = errno;
    if (reason == 0) return;
    std::remove(aside.c_str());
    throw Error(cannot_be_written(path, reason));
}

}  // namespace palier::host
