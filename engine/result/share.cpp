// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result/share.hpp"

namespace palier {

std::optional<Share> share(const std::vector<double>& chances, double probability) {
    if (chances.empty()) return std::nullopt;
    // Of n = 20,000 all but a thousand values of K are as good as impossible: less than this is left out at either end.
    constexpr double nothing = 1e-18;
    std::vector<double> of{1};
    std::size_t first = 0;  // of[0] is P(K = first)
    double sum = 0;
    for (const double p : chances) {
        sum += p;
        of.push_back(0);
        for (std::size_t j = of.size() - 1; j > 0; --j) of[j] = of[j] * (1 - p) + of[j - 1] * p;
        of[0] *= 1 - p;
        while (of.back() < nothing) of.pop_back();
        std::size_t low = 0;
        while (of[low] < nothing) ++low;
        of.erase(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(low));
        first += low;
    }
    const auto n = static_cast<double>(chances.size());
    const auto quantile = [&](double q) {
        double below = 0;
        std::size_t j = 0;
        // What rounding takes from the sum is not to keep the quantile from being reached.
        for (; j + 1 < of.size(); ++j)
            if ((below += of[j]) >= q - 1e-12) break;
        return static_cast<double>(first + j) / n;
    };
    return Share{sum / n, {quantile(0.5 * (1 - probability)), quantile(0.5 * (1 + probability))}};
}

}  // namespace palier
