// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <ctime>
#include <vector>

namespace palier::bench {

/// CPU time of this process, seconds.
inline double cpu_now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

template <class Work>
std::vector<double> sorted_seconds(int times, const Work& work) {
    std::vector<double> seconds;
    for (int i = 0; i < times; ++i) {
        const double begin = cpu_now();
        work();
        seconds.push_back(cpu_now() - begin);
    }
    std::sort(seconds.begin(), seconds.end());
    return seconds;
}

template <class Work>
double best_seconds(int times, const Work& work) {
    return sorted_seconds(times, work).front();
}

template <class Work>
double median_seconds(int times, const Work& work) {
    return sorted_seconds(times, work)[static_cast<std::size_t>(times / 2)];
}

}  // namespace palier::bench
