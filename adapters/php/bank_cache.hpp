// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "adapters/host/host.hpp"

namespace palier::php {

/// Largest bank file that is read, in bytes: far above any real bank (100,000 items need some
/// tens of megabytes), low enough that a wrong path cannot exhaust a worker.
inline constexpr std::size_t largest_bank_file = std::size_t{256} << 20;

/// Banks opened by this process, by hash, the most recently used first.
///
/// A bank is immutable and its hash is its identity, so an entry is never out of date: a file that
/// changed has another hash. Both the number of banks and the bytes of their files are bounded;
/// what was used longest ago goes first, and sessions that hold it keep it alive.
///
/// Thread-safe.
class BankCache {
public:
    BankCache(std::size_t most_banks, std::size_t most_bytes);

    /// The bank with this hash, from the cache or else from the file. Throws std::invalid_argument
    /// when `hash` is not 64 lower-case hexadecimal digits, BankError when the file cannot be
    /// read, is no regular file, is larger than largest_bank_file or holds another bank.
    host::Bank open(const std::string& path, const std::string& hash);

    void clear();

private:
    struct Entry {
        std::string hash;
        host::Bank bank;
        std::size_t bytes;
    };

    const std::size_t most_banks_;
    const std::size_t most_bytes_;
    std::mutex mutex_;
    std::list<Entry> entries_;
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_hash_;
    std::size_t bytes_ = 0;
};

}  // namespace palier::php
