// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/php/bank_cache.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "engine/errors.hpp"

namespace palier::php {
namespace {

class File {
public:
    explicit File(const std::string& path)
        // Without O_NONBLOCK, opening a named pipe would wait for a writer for ever.
        : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
        if (descriptor_ < 0) throw BankError(path + ": cannot be opened: " + std::strerror(errno));
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { ::close(descriptor_); }

    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

std::string read_file(const std::string& path) {
    const File file(path);
    struct stat status {};
    if (::fstat(file.descriptor(), &status) != 0) throw BankError(path + ": " + std::strerror(errno));
    if (!S_ISREG(status.st_mode)) throw BankError(path + ": not a regular file");
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > largest_bank_file)
        throw BankError(path + ": " + std::to_string(size) + " bytes; a bank file has at most " +
                        std::to_string(largest_bank_file));

    std::string bytes(size, '\0');
    std::size_t read = 0;
    while (read < size) {
        const ssize_t got = ::read(file.descriptor(), bytes.data() + read, size - read);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw BankError(path + ": cannot be read: " + std::strerror(errno));
        if (got == 0) throw BankError(path + ": became shorter while it was read");
        read += static_cast<std::size_t>(got);
    }
    return bytes;
}

bool is_hash(const std::string& text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

BankCache::BankCache(std::size_t most_banks, std::size_t most_bytes)
    : most_banks_(most_banks), most_bytes_(most_bytes) {}

host::Bank BankCache::open(const std::string& path, const std::string& hash) {
    if (!is_hash(hash)) throw std::invalid_argument("hash: expected 64 lower-case hexadecimal digits");

    const std::lock_guard lock(mutex_);
    if (const auto found = by_hash_.find(hash); found != by_hash_.end()) {
        entries_.splice(entries_.begin(), entries_, found->second);
        return entries_.front().bank;
    }

    const std::string bytes = read_file(path);
    host::Bank bank = [&] {
        try {
            return host::Bank::from_bytes(bytes);
        } catch (const BankError& error) {
            throw BankError(path + ": " + error.what());
        }
    }();
    if (bank.hash() != hash) throw BankError(path + ": holds the bank " + bank.hash() + ", not " + hash);

    entries_.push_front({hash, bank, bytes.size()});
    by_hash_.emplace(entries_.front().hash, entries_.begin());
    bytes_ += bytes.size();
    while (entries_.size() > 1 && (entries_.size() > most_banks_ || bytes_ > most_bytes_)) {
        bytes_ -= entries_.back().bytes;
        by_hash_.erase(entries_.back().hash);
        entries_.pop_back();
    }
    return bank;
}

void BankCache::clear() {
    const std::lock_guard lock(mutex_);
    by_hash_.clear();
    entries_.clear();
    bytes_ = 0;
}

}  // namespace palier::php
