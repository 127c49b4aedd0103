// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ability/map.hpp"
#include "engine/constraints/order.hpp"
#include "engine/estimation/estimation.hpp"
#include "engine/math/random.hpp"
#include "engine/selection/criterion.hpp"
#include "engine/selection/selection.hpp"
#include "engine/session/event.hpp"
#include "engine/session/test_rules.hpp"

// A session is its events; everything else here is derived from them by replay, which never decides.
// The same events give the same estimates in any build, whether they came one by one or from a log.
//
// Costs: for EAP, n events cost O(n nodes). An estimate is made when it is asked for, and may go through all
// answers: a log that is read makes one at its end, those that a stop rule looks back at, and those of
// progress.cpp, which grow far apart, so that its cost grows with its answers. A decision by mfi looks at the
// items that can be the most informative near theta, one by another rule at every candidate (curves are kept by
// the bank). Nothing is allocated in a session's steps and decisions once the log's and the bank's space is there.
// Const calls keep what they made: one thread at a time.
//
// n counts the items that have an outcome and were not dropped. A dropped item counts no more, and
// the estimates are then those of the same session without it; it is not asked again, and its
// enemies stay out. A rescored item was marked anew, as where its key was wrong: the estimates are then those of the
// same session with the new mark. `resumed` after a stop that was the host's (learner, time, unavailable) opens the
// session again; one that a rule of the plan stopped stays so.

namespace palier {

struct Step {
    int item;  ///< position in the bank
    EventType outcome;
    std::optional<std::string> response;
    std::optional<double> fraction;
    std::optional<int> category;  ///< absent: no evidence
    std::optional<std::int64_t> ms;
    std::optional<std::int64_t> time;
    bool dropped = false;
    bool seen = false;
    Estimate after{};      ///< known after this step, dropped steps left out
    bool pretest = false;  ///< asked to be tried out: it does not count
};

/// What one stage of a decision did; the stages are those of decide.cpp.
struct StageTrace {
    std::string stage;         ///< "content", "exposure"…
    std::string rule;          ///< the rule by its plan name
    std::vector<int> removed;  ///< positions that it took out of the candidates
};

struct Decision {
    std::optional<int> next;
    std::string stop;
    bool pending = false;
    double target = 0;                  ///< the theta that the candidates' values are for
    std::vector<Candidate> candidates;  ///< in order; as many as were asked for
    std::string_view rule;              ///< the criterion, or "items" for a start item; valid as long as the session
    int drawn_among = 1;
    std::vector<StageTrace> stages;  ///< where candidates were asked for, in order
};

class Session {
public:
    /// Begins with the started event. `user`: the host's own criteria. Throws PlanError or LogError.
    Session(std::shared_ptr<const Bank> bank, std::shared_ptr<const Plan> plan, std::uint64_t seed, Event started,
            const UserCriteria& user = {});
    /// Goes on from a log. Throws LogError that names the event.
    static Session resume(std::shared_ptr<const Bank> bank, std::shared_ptr<const Plan> plan, const Log& log,
                          const UserCriteria& user = {});

    /// Checks and appends one event, as it comes from a host or from a log; fills in its category.
    /// Throws LogError that names its number, and then nothing has changed.
    const Event& append(Event event);

    /// Asks an item and takes a response of this category, as the events `asked` and `answered` would, and
    /// keeps no event: for simulations. The item has to be a candidate, without another on screen.
    void answer(int position, int category);

    /// What this engine does now; changes nothing that can be seen. `candidates`: how many of the best to
    /// list, with what each stage did (0: none, which is the fastest). One thread at a time.
    Decision decide(std::size_t candidates = 0) const;

    const Bank& bank() const { return *bank_; }
    const Plan& plan() const { return *plan_; }
    const Log& log() const { return log_; }
    const std::vector<Step>& steps() const {
        settle(0);
        return steps_;
    }
    /// The same, with Step::after of those from `first` on alone.
    const std::vector<Step>& steps_from(std::size_t first) const {
        settle(first);
        return steps_;
    }
    /// The same for those who do not read Step::after, which may cost an estimate a step.
    const std::vector<Step>& outcomes() const { return steps_; }
    /// Of a plan of several scales that of their mean; each has its own in map().
    const Estimate& estimate() const;
    /// Answers that estimates of one scale went through so far, each once an estimate: what reading a log costs.
    std::uint64_t answers_estimated() const { return answers_estimated_; }
    /// What is known of several scales; nullptr where the plan has one.
    const AbilityMap* map() const { return map_.get(); }
    /// By the plan's estimator, before any answer and after each that is evidence and was not dropped, oldest first.
    std::vector<AbilityEstimate> map_trail() const;
    const std::string& stop() const { return stop_; }
    std::optional<int> pending() const { return pending_; }
    bool pending_was_seen() const { return pending_ && seen_[static_cast<std::size_t>(*pending_)]; }
    int n() const { return n_; }
    /// The scale that is measured, as the bank names it; "" where there are several.
    const std::string& scale() const { return scale_; }
    /// That the outcomes took, as the host said it.
    std::int64_t ms() const { return ms_; }
    /// Whether it began with a prior of the person: an earlier result; of one scale of a map.
    bool has_earlier() const { return log_.events[0].prior.has_value() || !log_.events[0].priors.empty(); }
    bool has_earlier(int scale) const;
    /// A pretest item of this plan: asked, and of no weight.
    bool is_pretest(int position) const { return plan_->pretest && (*bank_)[position].status == Status::pretest; }
    const Evidence& evidence() const { return evidence_; }
    Removal removal(int position) const { return removed_[static_cast<std::size_t>(position)]; }
    bool is_seen(int position) const { return seen_[static_cast<std::size_t>(position)]; }
    /// What exposure control left out, by segment of theta; empty where the plan has no control.
    const Ineligible& ineligible() const { return ineligible_; }
    /// The items asked so far with what was known of theta when each was chosen.
    std::vector<AskedAt> asked_at() const;
    /// Demands, by plan key, that cannot hold together in this session; empty where they can.
    std::vector<Conflict> conflict() const;
    /// Whether any item that counts has a difficulty with a standard error.
    bool provisional() const;
    /// 0 to 1; never falls, 1 after a stop.
    double progress() const { return stop_.empty() ? progress_ : 1.0; }
    /// About how many items are still to come: what was said after an earlier answer, or fewer. 0 after a stop.
    int expected_remaining() const {
        return stop_.empty() ? std::min({remaining_at_first(), said_remaining_, remaining_now()}) : 0;
    }

private:
    /// The event that messages name; a text only where there is one.
    struct Where {
        std::size_t number;
        EventType type;
        std::string text() const { return "event " + std::to_string(number) + " (" + name(type) + ")"; }
    };
    void apply_asked(const Event& event, const Where& where);
    void apply_outcome(Event& event, const Where& where);
    void apply_dropped(const Event& event, const Where& where);
    void apply_rescored(Event& event, const Where& where);
    void fill_category(Event& event, int count_of, const Where& where) const;
    void count_again();
    void draw_exposure(Event& started);
    void ask(int position);
    void take(Step step);
    void count(Step& step);
    void settle(std::size_t first) const;
    void settle_trail(std::size_t last) const;
    void advance_progress();
    int most_remaining() const;
    int remaining_now() const;
    int remaining_at_first() const;
    int items_for(double missing, double each, int most, int n) const;
    int open_items() const;
    int position_of(const Event& event, const Where& where) const;
    double target() const;
    /// The estimate that choices go by: of several scales that of their mean at the mode.
    const Estimate& estimate_now() const { return map_ ? map_->trail().back() : estimate(); }
    bool nothing_counts() const { return map_ ? map_->evidence().answers().empty() : evidence_.observations().empty(); }
    const char* stop_of_map() const;
    void close_too_hard_of_map() const;
    void start_from(const SelfPlacement& placement);
    void make_order();
    std::vector<double> values_in_test(int given, const std::vector<int>& open) const;
    void narrow_rules(Decision& decision, bool traced) const;
    void narrow_order(Decision& decision, bool traced) const;
    double a_second(int item, double value) const;
    void remove(int position, Removal why);
    Criterion& criterion_now() const;
    const std::string& criterion_name_now() const;
    // The stages of a decision (decide.cpp).
    void open_eligible() const;
    void close_ineligible(Decision& decision, bool traced) const;
    std::optional<int> pretest_now() const;
    TestSoFar test_so_far() const;
    std::vector<int> open_with(int given) const;
    void narrow_content(Decision& decision, bool traced) const;
    void value_candidates(const Decision& decision, std::size_t count) const;
    int among_best() const;
    std::size_t how_many_best() const;
    void value_blocks() const;
    const char* stop_now(const Decision& decision) const;
    void choose_next(Decision& decision) const;
    void list_candidates(Decision& decision, std::size_t wanted) const;
    double information_gained(double se) const;

    std::shared_ptr<const Bank> bank_;
    std::shared_ptr<const Plan> plan_;
    const Bank* scored_;  ///< by which answers are scored and items chosen: the bank with the doubt in its slopes
    std::string scale_;
    Prior prior_;
    math::Random random_;
    // The criterion of the plan, and the one that holds until a response counts (where it is another).
    std::string start_name_;
    std::unique_ptr<Criterion> criterion_;
    std::unique_ptr<Criterion> start_;
    std::shared_ptr<const SuccessPoints> success_;  ///< null where the plan has no min_success
    std::unique_ptr<AbilityMap> map_;               ///< null where the plan has one scale
    std::unique_ptr<ContentOrder> order_;           ///< null where the plan has none
    std::vector<std::string> order_names_;          ///< of its classes
    std::vector<double> seconds_;                   ///< of each item, where selection.time has them
    std::unique_ptr<TestRules> rules_;              ///< null where the plan demands nothing of the whole test
    Ineligible ineligible_;
    std::vector<std::vector<int>> ineligible_items_;  ///< the same as positions
    std::vector<int> pretest_positions_;
    double start_theta_ = 0;
    std::vector<int> start_items_;
    Log log_;
    Evidence evidence_;
    Estimate before_{};  ///< known before any answer
    // What is known after the last answer, and after each; made when it is asked for.
    mutable bool settled_ = true;
    mutable bool estimated_ = true;
    mutable std::uint64_t answers_estimated_ = 0;
    mutable Estimate estimate_{};
    std::vector<Removal> removed_;
    Pool eligible_;            // what no rule has removed; seen items apart
    Pool eligible_with_seen_;  // seen.policy flag: the same, with the seen ones
    std::vector<bool> seen_;
    mutable std::vector<Step> steps_;
    std::optional<int> pending_;
    std::string stop_;
    /// After each response that is evidence and was not dropped; of a negative se where it is still to be made.
    mutable std::vector<Estimate> trail_;
    std::optional<std::int64_t> asked_at_;
    std::int64_t ms_ = 0;  ///< that the outcomes took, as the host said it
    int asked_ = 0;
    std::optional<int> first_asked_;
    int n_ = 0;
    int limit_ = 0;
    double progress_ = 0;
    int said_remaining_ = std::numeric_limits<int>::max();  ///< the least that was said after an answer
    // Space for a decision, kept so that nothing is allocated a step; it holds nothing between two.
    mutable Pool pool_;
    mutable Pool before_area_;  ///< of a map with proportions: what they choose from
    mutable std::vector<std::uint8_t> kept_;
    mutable std::vector<Candidate> candidates_;
};

}  // namespace palier
