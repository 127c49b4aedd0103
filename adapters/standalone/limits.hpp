// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <mutex>

namespace palier::standalone {

/// So many at once, and so many a second after that (a token bucket). Thread-safe.
class Rate {
public:
    Rate(double burst, double per_second) : burst_(burst), per_second_(per_second), left_(burst) {}

    /// Takes one, if there is one.
    bool take() {
        const std::lock_guard lock(mutex_);
        const auto now = Clock::now();
        left_ = std::min(burst_, left_ + per_second_ * std::chrono::duration<double>(now - last_).count());
        last_ = now;
        if (left_ < 1) return false;
        left_ -= 1;
        return true;
    }

private:
    using Clock = std::chrono::steady_clock;
    std::mutex mutex_;
    double burst_, per_second_, left_;
    Clock::time_point last_ = Clock::now();
};

}  // namespace palier::standalone
