// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/sqlite/stores.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "adapters/database/sqlite.hpp"
#include "adapters/xapi/store/backend/connection.hpp"
#include "adapters/xapi/store/backend/sqlite/migrate.hpp"
#include "adapters/xapi/store/errors.hpp"

namespace palier::xapi {
namespace {

constexpr std::string_view suffix = ".db";

std::string folder_of(const std::string& path) { return path + ".stores"; }

std::string file_of(const std::string& path, const std::string& name) {
    return folder_of(path) + "/" + name + std::string(suffix);
}

std::string file_that_is_there(const std::string& path, const std::string& name) {
    std::string file = file_of(path, name);
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        throw StoreError(path + ": there is no store " + name + " beside it");
    return file;
}

/// What SQLite keeps beside a file.
void remove_companions(const std::string& file) {
    for (const auto* more : {"-wal", "-shm"}) ::unlink((file + more).c_str());
}

/// What root makes belongs to whom the store without a name belongs, who may be another user's server: as SQLite does
/// with the files that it makes.
void give_to_owner_of(const std::string& path, const std::string& made) {
    struct stat status {};
    if (::geteuid() != 0 || ::stat(path.c_str(), &status) != 0) return;
    if (::chown(made.c_str(), status.st_uid, status.st_gid) != 0) throw StoreError(made + ": " + std::strerror(errno));
}

}  // namespace

std::unique_ptr<Backend> open_sqlite_store(const std::string& path, const std::string& name) {
    return open_sqlite(file_that_is_there(path, name));
}

std::vector<std::string> sqlite_store_names(const std::string& path) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder_of(path), error))
        if (entry.path().extension() == suffix && entry.is_regular_file(error))
            names.push_back(entry.path().stem().string());
    return names;
}

void make_sqlite_store(const std::string& path, const std::string& name) {
    const std::string folder = folder_of(path), file = file_of(path, name);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) throw StoreError(folder + ": " + std::strerror(errno));
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0 && errno == EEXIST) throw StoreError(file + ": there is a store of this name already");
    if (made < 0) throw StoreError(file + ": " + std::strerror(errno));
    ::close(made);
    give_to_owner_of(path, folder);
    give_to_owner_of(path, file);
    // Of one whose removal was broken off: they are not this one's.
    remove_companions(file);
    open_sqlite(file);
}

void remove_sqlite_store(const std::string& path, const std::string& name) {
    const std::string file = file_that_is_there(path, name);
    auto database = database::SqliteDatabase::writer(file);
    check_is_store(*database, file);
    {
        // Whoever has it open finds no table to write to, and so acknowledges nothing that goes with the file.
        Transaction transaction(*database);
        const bool is_whole = database->prepared("SELECT 1 FROM sqlite_master WHERE name = 'statement'")->next();
        if (is_whole) database->run("ALTER TABLE statement RENAME TO removed");
        transaction.commit();
    }
    database.reset();
    // The file comes last: while it is there, the removal can be asked again.
    remove_companions(file);
    if (::unlink(file.c_str()) != 0 && errno != ENOENT) throw StoreError(file + ": " + std::strerror(errno));
    ::rmdir(folder_of(path).c_str());
}

std::string sqlite_store_mark(const std::string& path, const std::string& name) {
    struct stat status {};
    if (::stat(file_of(path, name).c_str(), &status) != 0) return {};
    return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
}

}  // namespace palier::xapi
