// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/classification/classification.hpp"
#include "engine/levels/levels.hpp"
#include "engine/session/session.hpp"

// What may be said of a person: the one value that hosts render, that grades are made of and that statements carry.
// Nothing else computes a level, an interval, a score, whether there is a result, whether it is provisional, or
// whether to offer a pause.
//
//   known        counted >= max(1, least): `counted` answers are evidence (answered, or not known and out of time where
//                the plan counts these as the lowest category), neither dropped nor of a pretest item; `least` is the
//                plan's stop.min_items, or floor.min_items of a test that its floor ended. Skipped questions count for
//                the length of a test, but tell nothing of a person. Whoever leaves before has no result: no level, no
//                decision, no score, whatever the prior says.
//   provisional  a counted answer is to an item whose difficulty has a standard error (it comes from experts, or from
//                few answers).
//   score        0 to 100, by the plan's one rule. With levels 100 (level - first) / (last - first), `last` the highest
//                that was asked about (top_level). Without, 100 /
//   (1 +
//                exp(m - theta)), rounded to 0.01 and held to 0.01 … 99.99, m the threshold, else the mean of a
//                normal prior, else 0. Its margin is the same function of the ends of the interval.
//   level        the likeliest; its interval is the shortest run of levels around it of the plan's probability, so
//                that sentence and chart cannot disagree (engine/levels).
//   pause offer  (`calm` in JSON: go on, with someone, on paper, stop) once a session: after three answers in a row or
//                more that earned nothing, the last of them to a question of the lowest level that the test can ask; or
//                without levels where nothing was earned yet.
//
// Of several scales (engine/ability) each says what it is:
//
//   measured            it has map.least_own answers of its own, and these explain at least map.least_added of
//                       its variance beyond what the answers to the others do
//   reported_as_domain  it has not; what is told is its domain's mean (or, of no domain, that of all scales)
//   not_assessed        nothing in its domain was answered: not a zero, and no level
//
// A level is told where its interval touches at most map.widest of them, and so is a band (levels of one name).
//
// theta, standard errors and intervals are in logits; the interval is central, of the plan's probability, within the
// range of the estimation (engine/levels).

namespace palier {

/// Whether a scale was measured for itself, is told by the domain that it belongs to, or was not asked about.
enum class ScaleState : std::uint8_t { measured, reported_as_domain, not_assessed };
const char* name(ScaleState state);

/// An estimate as it may be told: with its interval, and its levels where the plan has them.
struct Told {
    Estimate estimate{};
    Interval interval{};
    std::optional<int> level;
    std::optional<std::pair<int, int>> level_interval;
    /// The level with its part (3.5: half-way through level 3), and that of the interval's ends.
    std::optional<double> decimal_level;
    std::optional<Interval> decimal_interval;
    /// The highest level that was asked about, where that is not the plan's highest: at least this level is told there,
    /// and nothing of those above it.
    std::optional<int> top_level;
};
/// Of the plan's one scale, or of the mean of all.
Told told_of(const Plan& plan, const Estimate& estimate);
/// Of what was asked about up to `top` (none: the plan's highest level).
Told told_of(const Plan& plan, const Estimate& estimate, std::optional<int> top);

/// A scale of a map and how far it is from what is asked of it (docs/measurement.md, "What is told").
struct Gap {
    double to;        ///< what the plan's profile asks for, else where the highest level that is asked about begins
    double distance;  ///< to - theta, logits, at least 0
    double p_below;   ///< P(ability < to)
    double weight() const { return distance * p_below; }
};

/// A next step of the plan that the result proposes.
struct Proposed {
    int step;                ///< its place in the plan's next_steps
    std::optional<Gap> gap;  ///< of a scale of a map
};

struct ThresholdResult {
    double theta;
    double p_above;
    Side side;
    std::optional<int> level = {};  ///< that begins there, where one does
};

struct ScaleResult : Told {
    std::string id;  ///< as the plan names it, or the bank's only scale
    ScaleState state = ScaleState::not_assessed;
    int n = 0;  ///< counted answers to its own items
    /// P(level >= first + k), k = 0 … number of cuts, or to top_level; empty without levels.
    std::vector<double> p_level_at_least;
    // Of a plan of several scales.
    Json name;           ///< as the plan has it, or null
    std::string domain;  ///< that it belongs to; of a composite "domain" or "overall"
    /// The levels of the band of theta, where the interval touches at most map.widest bands.
    std::optional<std::pair<int, int>> band;
    /// The share of the variance between persons that the answers explain, 1 - posterior variance / prior variance
    /// (PRMSE, Haberman 2008), and the same by the answers to questions of other scales alone.
    std::optional<double> prmse;
    std::optional<double> prmse_by_others;
    std::optional<Gap> gap;  ///< of a measured scale of a map
    /// What the plan's profile asks of it.
    std::optional<ThresholdResult> required;
};

/// Of a map whose plan asks something of some of its scales: how the person stands to all of it.
struct ProfileResult {
    int reached = 0, not_reached = 0, undecided = 0;  ///< scales
    /// P(every scale has what is asked of it), by the posterior of all together (engine/ability/orthant.hpp).
    double p_reached = 1;
    /// above (reached): p_reached is at least map.confidence and every scale was measured. below (not reached): of the
    /// measured scales alone it is at most 1 - map.confidence. The whole may be decided where single scales are not,
    /// and undecided where each scale alone is reached: it asks for all of them at once.
    Side side = Side::undecided;
    std::optional<std::string> furthest;  ///< the measured scale with the largest distance below what is asked
};

struct CutResult {
    double theta;
    double p_above;
    Side side;
    std::optional<double> log_ratio;  ///< sprt and glr
};

struct ClassificationResult {
    std::vector<CutResult> cuts;
    std::vector<double> shares;   ///< P(category first + k)
    std::optional<int> category;  ///< its number, where every cut is decided
    Json name;                    ///< of that category, or null
    std::pair<int, int> between;  ///< numbers of the categories that are still possible
    std::optional<Bounds> bounds;
};

struct FloorResult {
    double theta;
    double p_below;
    Side side;
};

struct Decisions {
    std::optional<ThresholdResult> threshold;
    std::optional<ClassificationResult> classification;
    std::optional<FloorResult> floor;
};
Decisions decisions(const Session& session);

struct Score {
    double value;
    double low;
    double high;
    bool by_level;
};

struct Result {
    bool stopped = false;
    std::string reason;  ///< to stop; "" while open
    std::optional<std::string> pending;
    int n = 0;        ///< items with an outcome that were not dropped or pretests, as stop rules count them
    int counted = 0;  ///< those that are evidence
    int least = 1;    ///< how many there have to be for a result
    bool known = false;
    bool provisional = false;
    bool earlier = false;  ///< the session began with a prior of the person: an earlier result counts as well
    double progress = 0;
    int expected_remaining = 0;
    bool pause_offer = false;
    double minutes = 0;  ///< that the outcomes took, as the host said it
    std::vector<ScaleResult> scales;
    /// Of a plan of several scales: its domains, and last the mean of all scales.
    std::vector<ScaleResult> composites;
    /// What a plan of one scale says of that, and one of several of their mean.
    const ScaleResult& overall() const { return composites.empty() ? scales.front() : composites.back(); }
    Decisions decisions;
    std::optional<Score> score;  ///< only where known
    /// 0 to 100, what a grade book takes: with a threshold 100 where it is reached and 0 where not, else the score's
    /// value; none while a threshold is undecided, or where nothing is known.
    std::optional<double> grade;
    /// Items of the bank that were answered fully, hardest first: what the person has shown to be able to do. Pretest
    /// items and dropped ones are left out.
    std::vector<int> achieved;
    /// At most most_proposed, in the order in which a host proposes them; of those that its reader cannot use (a course
    /// that is not open to that person) the next one takes the place.
    std::vector<Proposed> next_steps;
};

/// A host shows so many next steps at most; a result lists some more.
constexpr std::size_t most_shown = 3;
constexpr std::size_t most_proposed = 12;

Result result(const Session& session);

/// The score of an estimate, known or not.
Score score(const Plan& plan, const Told& told);

/// The shape "state" of docs/host-calls.md: for one scale flat keys; what is not known is null.
Json to_json(const Result& result, const Session& session);
/// {"threshold","classification","floor"}, null where the plan has none.
Json to_json(const Decisions& decisions, const Plan& plan);
/// The shape "record": a state with its steps, each with what was known after it.
Json record_json(const Session& session);

}  // namespace palier
