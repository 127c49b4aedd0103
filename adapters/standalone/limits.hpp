// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace palier::standalone {

/// So many at once from one address, and so many a second after that (token buckets), so that one client takes nothing
/// from the others. Thread-safe.
class Rate {
public:
    Rate(double burst, double per_second) : burst_(burst), per_second_(per_second) {}

    /// Takes one, if there is one.
    bool take(const std::string& from) {
        const std::lock_guard lock(mutex_);
        const auto now = Clock::now();
        if (buckets_.size() >= most)
            std::erase_if(buckets_, [&](const auto& one) { return left(one.second, now) >= burst_; });
        if (buckets_.size() >= most && !buckets_.contains(from)) return false;
        Bucket& bucket = buckets_.try_emplace(from, Bucket{burst_, now}).first->second;
        bucket = {left(bucket, now), now};
        if (bucket.left < 1) return false;
        bucket.left -= 1;
        return true;
    }

private:
    using Clock = std::chrono::steady_clock;
    struct Bucket {
        double left;
        Clock::time_point when;
    };
    static constexpr std::size_t most = 10000;

    double left(const Bucket& bucket, Clock::time_point now) const {
        return std::min(burst_, bucket.left + per_second_ * std::chrono::duration<double>(now - bucket.when).count());
    }

    std::mutex mutex_;
    double burst_, per_second_;
    std::map<std::string, Bucket> buckets_;
};

}  // namespace palier::standalone
