// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/package_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "adapters/cli/files.hpp"
#include "engine/errors.hpp"

namespace palier::cli {

namespace fs = std::filesystem;

fs::path package_player() {
    const auto file = file_with_program("player/player.js");
    return file ? fs::path(*file).parent_path() : fs::path();
}

package::Files read_folder(const fs::path& folder) {
    package::Files files;
    if (!fs::is_directory(folder)) throw Error(folder.string() + ": no such folder");
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files[fs::relative(entry.path(), folder).generic_string()] = read_input(entry.path().string());
    return files;
}

// By a file of its own: libzip replaces what a path names, be it a device.
std::string zip_bytes(const package::Files& files) {
    std::string folder = (fs::temp_directory_path() / "palier-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) throw Error(folder + ": cannot be made: " + std::strerror(errno));
    struct Remove {
        const std::string& path;
        ~Remove() {
            std::error_code error;
            fs::remove_all(path, error);
        }
    } const remove{folder};
    const std::string path = folder + "/package.zip";
    package::write_zip(path, files);
    return read_input(path);
}

}  // namespace palier::cli
