// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/exposure/options.hpp"
#include "engine/math/random.hpp"
#include "engine/util/json.hpp"

// Which items a session may use, so that no item is asked in more than a share r = max_rate of the
// sessions. The rates so far come from outside, with the `started` event; the draw is a function of
// (seed, plan, bank, counts), and the log keeps what was drawn.
//
//   maximum_rate    an item is left out while asked / sessions >= r (Revuelta and Ponsoda 1998: the
//                   restricted method). A rate is at most r + 1 / sessions.
//   eligibility     an item may be used with probability min(1, r e / a) min(1, r n / a)^8: a the sessions that asked
//                   it, e the sessions in which it was eligible, n all sessions. The first factor is van der Linden
//                   and Veldkamp's (2004), with `segments` within each segment of theta that a session visits (2007);
//                   it lags while better items are being shut out, and the second one holds back what is above r by
//                   then. It counts in each segment and over all of them. An item that has reached
//                   r n + 3 sqrt(r (1 - r) n) is left out, so that no rate exceeds r + 4 sqrt(r (1 - r) / n) once n
//                   is at least 1 / (r (1 - r)). With `fading` f, every count is multiplied by f at each session, so
//                   that the rates of about the last 1 / (1 - f) sessions count (Choi and van der Linden's TestDesign
//                   has 0.999).
//   sympson_hetter  an item may be used with the probability that the plan states for it (Sympson
//                   and Hetter 1985). They draw when an item is selected and put a rejected one
//                   aside for the rest of the test; drawing once per session and item before the
//                   test has the same distribution.
//
// Items that are left out are taken after all when no other candidate is left, as van der Linden
// and Veldkamp do where a test would be infeasible.

namespace palier {

const std::vector<std::string>& exposure_controls();

/// What earlier sessions did, by segment of theta (one where the plan has no segments).
/// Whole numbers, but for a plan that fades them.
struct ExposureCounts {
    struct Item {
        std::vector<double> asked;
        std::vector<double> ineligible;  ///< sessions in which it was left out
    };
    std::vector<double> sessions;       ///< that asked an item in this segment
    double total = 0;                   ///< all sessions; 0: not known, and at least the most of one segment
    std::map<std::string, Item> items;  ///< absent: never asked, never left out
};

/// {"sessions":[N…],"total":N,"items":{"q1":{"asked":[…],"ineligible":[…]}}}; `total` is needed where there are
/// segments (absent, it is taken for the largest of `sessions`). `path` opens messages. Throws
/// LogError: an array that has not one number a segment, a count below 0 or above the sessions.
ExposureCounts exposure_counts_from_json(const Json& json, const std::string& path);
Json to_json(const ExposureCounts& counts);

/// Items left out, by segment; each list in bank order.
using Ineligible = std::vector<std::vector<std::string>>;

int segment_count(const ExposureRules& rules);
/// Segment of an ability: the number of cuts at or below it.
int segment_of(const ExposureRules& rules, double theta);

/// Whether the control needs counts from outside (maximum_rate, eligibility).
bool needs_counts(const ExposureRules& rules);

/// The draw for the next session.
Ineligible draw_ineligible(const ExposureRules& rules, const Bank& bank, const ExposureCounts& counts,
                           const math::Random& random);

/// An item that a session asked, and the estimate of theta that it then had.
struct AskedAt {
    int item;
    double theta;
};

/// Takes a session into the counts: what it left out and what it asked. It counts in each segment
/// that it asked an item in.
ExposureCounts with_session(ExposureCounts counts, const ExposureRules& rules, const Bank& bank,
                            const Ineligible& ineligible, const std::vector<AskedAt>& asked);

}  // namespace palier
