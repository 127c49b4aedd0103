// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "engine/errors.hpp"

#ifndef __EMSCRIPTEN__
#include <unistd.h>
#endif

namespace palier::host {
namespace {

std::string process_id() {
#ifdef __EMSCRIPTEN__
    return "0";
#else
    return std::to_string(getpid());
#endif
}

}  // namespace

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw Error(path + ": cannot be read: " + std::strerror(errno));
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (in.bad()) throw Error(path + ": cannot be read");
    return bytes.str();
}

void write_file(const std::string& path, const std::string& bytes) {
    const std::string aside = path + ".part-" + process_id();
    {
        std::ofstream out(aside, std::ios::binary | std::ios::trunc);
        if (!out) throw Error(aside + ": cannot be written: " + std::strerror(errno));
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        out.flush();
        if (!out) {
            std::remove(aside.c_str());
            throw Error(aside + ": cannot be written: " + std::strerror(errno));
        }
    }
    if (std::rename(aside.c_str(), path.c_str()) != 0) {
        const std::string reason = std::strerror(errno);
        std::remove(aside.c_str());
        throw Error(path + ": cannot be written: " + reason);
    }
}

}  // namespace palier::host
