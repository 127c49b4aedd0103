// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#define TARGET(name) extern "C" int fuzz_##name(const std::uint8_t*, std::size_t);
#include "targets.inc"
#undef TARGET

namespace {

const struct {
    const char* name;
    int (*take)(const std::uint8_t*, std::size_t);
} targets[] = {
#define TARGET(name) {#name, fuzz_##name},
#include "targets.inc"
#undef TARGET
};

}  // namespace

// fuzz_corpus FOLDER: every fuzz target takes the files of its corpus, FOLDER/NAME, once; what they must not do ends
// the program. The fuzzers themselves are of a build of their own (CMakeLists.txt).
int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: fuzz_corpus FOLDER\n";
        return 2;
    }
    int files = 0;
    for (const auto& target : targets) {
        const std::filesystem::path folder = std::filesystem::path(argv[1]) / target.name;
        int own = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            std::cout << target.name << ' ' << entry.path().filename().string() << std::endl;
            target.take(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
            ++own;
        }
        if (own == 0) {
            std::cerr << folder.string() << " has no file\n";
            return 1;
        }
        files += own;
    }
    std::cout << files << " files\n";
    return 0;
}
