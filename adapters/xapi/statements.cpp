// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/statements.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "adapters/xapi/attempt.hpp"
#include "adapters/xapi/errors.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/templates.hpp"
#include "adapters/xapi/validate.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

std::string place(std::size_t event) { return "log.events[" + std::to_string(event) + "]"; }

/// The record's steps in the order of the log's outcomes.
class Steps {
public:
    explicit Steps(const std::vector<StepWords>& steps) : steps_(steps) {}

    /// The next step that has this outcome of this item; null when the record has none.
    const StepWords* next(const Event& event) {
        while (position_ < steps_.size()) {
            const StepWords& step = steps_[position_++];
            if (step.item == event.item && step.outcome == event.type) return &step;
        }
        return nullptr;
    }

private:
    const std::vector<StepWords>& steps_;
    std::size_t position_ = 0;
};

/// Time at the test: from the start to now, pauses left out; unknown when an event has no time.
class Clock {
public:
    void read(const Event& event) {
        const EventType type = event.type;
        if (event.time) latest_ = event.time;
        if (type == EventType::started || type == EventType::resumed) {
            if (type == EventType::started || paused_)
                running_since_ = event.time, known_ = known_ && event.time.has_value();
            paused_ = false;
        } else if ((type == EventType::paused || type == EventType::stopped) && !paused_) {
            if (event.time && running_since_)
                spent_ += std::max<std::int64_t>(0, *event.time - *running_since_);
            else
                known_ = false;
            paused_ = true;
        }
    }
    std::optional<std::int64_t> spent() const {
        if (!known_) return {};
        return spent_ + (paused_ || !running_since_ ? 0 : std::max<std::int64_t>(0, *latest_ - *running_since_));
    }

private:
    std::optional<std::int64_t> running_since_;
    std::optional<std::int64_t> latest_;
    std::int64_t spent_ = 0;
    bool known_ = true;
    bool paused_ = false;
};

/// When each statement was: after all that were told before it, as readers order an attempt by its timestamps. An event
/// is told at its time, or a millisecond after the last place of the event before; its statements have places of their
/// own, one a millisecond, whether they are told or not, so that a statement made anew is the same to the byte.
class Timeline {
public:
    /// `scales`: how many competences a result may tell of.
    Timeline(const std::vector<Event>& events, std::size_t scales) : result_places_(2 + static_cast<int>(scales)) {
        std::optional<std::int64_t> free;
        bool over = false;
        for (const Event& event : events) {
            const bool reopens = over && event.type == EventType::resumed;
            over = event.type == EventType::stopped || (over && !reopens);
            times_.push_back(event.time && free ? std::optional(std::max(*event.time, *free)) : event.time);
            if (times_.back()) free = *times_.back() + needed(event.type, reopens);
        }
    }
    /// Of a result: scored, judged, achieved for each scale; as many to take one back.
    int result_places() const { return result_places_; }
    std::optional<std::int64_t> at(std::size_t event, int rank) const {
        return times_[event] ? std::optional(*times_[event] + rank) : std::nullopt;
    }

private:
    int needed(EventType type, bool reopens) const {
        if (type == EventType::asked) return 0;
        // The former result and the new one, the answer with both marks; or resumed, and what the stop had.
        if (type == EventType::rescored || reopens) return 2 * result_places_ + 2;
        if (type == EventType::dropped) return 2 * result_places_;
        return type == EventType::stopped ? result_places_ + 2 : 1;
    }

    int result_places_;
    std::vector<std::optional<std::int64_t>> times_;
};

/// Walks through the log once. Earlier events than from_event only set the scene.
class Builder {
public:
    explicit Builder(const Attempt& attempt)
        : attempt_(attempt),
          make_(attempt),
          steps_(attempt.steps),
          timeline_(attempt.log.events, attempt.plan.scales.size()) {
        std::set<std::string> with_outcome;
        const auto& events = attempt.log.events;
        for (std::size_t i = 0; i < events.size(); ++i) {
            const EventType type = events[i].type;
            if (is_outcome(type)) with_outcome.insert(item_of(i));
            if (type == EventType::rescored || (type == EventType::dropped && with_outcome.contains(item_of(i))))
                recounts_.insert(i);
            if (type == EventType::stopped || recounts_.contains(i)) last_change_ = i;
        }
    }

    std::vector<Statement> build() {
        for (std::size_t i = 0; i < attempt_.log.events.size(); ++i) read(i);
        return std::move(emitted_);
    }

private:
    void read(std::size_t i) {
        const Event& event = attempt_.log.events[i];
        const bool wanted = i >= attempt_.from_event;
        clock_.read(event);
        if (event.type == EventType::asked) asked_at_ = clock_.spent();
        if (is_outcome(event.type)) {
            const StepWords* step = steps_.next(event);
            if (wanted && !recounted_after(i)) answered(i, step);
            told_answer_[event.item] = {i, on_screen(i)};
        } else if (event.type == EventType::rescored) {
            if (wanted) rescored(i);
            told_answer_[event.item].event = i;
            if (result_) result_ = i;
        } else if (event.type == EventType::stopped) {
            if (wanted) stopped(i);
            result_ = stop_ = i;
        } else if (result_ && recounts_.contains(i)) {
            if (wanted) corrected(i, *result_);
            result_ = i;
        } else if (wanted && event.type == EventType::started) {
            emit(make_.initialized(i));
        } else if (wanted && event.type == EventType::paused) {
            emit(make_.suspended(i));
        } else if (event.type == EventType::resumed) {
            if (wanted) resumed(i);
            result_.reset();
        }
    }

    const std::string& item_of(std::size_t i) const {
        const std::string& item = attempt_.log.events[i].item;
        if (item.empty()) throw RequestError(place(i) + ".item: an item's name is expected");
        return item;
    }

    /// The record tells every step without what was dropped since, not what was known then.
    bool recounted_after(std::size_t i) const { return recounts_.upper_bound(i) != recounts_.end(); }

    void answered(std::size_t i, const StepWords* step) {
        if (!step) throw RequestError("record.steps: no step for " + place(i) + "; give the record of this log");
        emit(make_.answered(i, *step, on_screen(i)));
    }

    /// The answer with its new mark, and after the stop the result; then what they take the place of is taken back.
    void rescored(std::size_t i) {
        const std::string& name = item_of(i);
        const auto former = told_answer_.find(name);
        const auto step = std::find_if(attempt_.steps.begin(), attempt_.steps.end(),
                                       [&](const StepWords& s) { return s.item == name; });
        if (former == told_answer_.end() || step == attempt_.steps.end())
            throw RequestError(place(i) + ".item: " + name + " has no answer that could be marked anew");
        if (!recounted_after(i)) emit(make_.answered(i, *step, former->second.on_screen));
        if (result_) corrected(i, *result_, 1);
        emit(make_.voided(i, "answered", former->second.event), 1 + 2 * timeline_.result_places());
    }

    void resumed(std::size_t i) {
        emit(make_.resumed(i));
        if (!result_) return;
        void_result(i, *result_, 1);
        if (attempt_.log.events[stop_].reason != "learner")
            emit(make_.voided(i, "completed", stop_), 1 + timeline_.result_places());
        emit(make_.voided(i, "terminated", stop_), 2 + timeline_.result_places());
    }

    /// What the host says of its screen, never more than the time between question and answer by the log's own clock.
    std::optional<std::int64_t> on_screen(std::size_t i) const {
        const auto told = attempt_.log.events[i].ms;
        const auto now = clock_.spent();
        if (!now || !asked_at_ || !attempt_.log.events[i].time) return told;
        return std::min(told.value_or(*now - *asked_at_), *now - *asked_at_);
    }

    /// The record tells the result as of the last stop or drop.
    bool has_result(std::size_t i) const {
        if (i != last_change_) return false;
        if (!attempt_.result) throw RequestError("record: " + place(i) + " needs the state, with its theta");
        return attempt_.result->known;
    }

    void stopped(std::size_t i) {
        const std::string& reason = attempt_.log.events[i].reason;
        if (reason.empty()) throw RequestError(place(i) + ".reason: the reason to stop is expected");
        result({i, clock_.spent(), {}}, 0);
        if (reason != "learner") emit(make_.completed(i, clock_.spent()), timeline_.result_places());
        emit(make_.terminated(i, clock_.spent()), timeline_.result_places() + 1);
    }

    void result(const Templates::About& about, int rank) {
        if (!has_result(about.event)) return;
        emit(make_.scored(about), rank);
        if (auto statement = make_.judged(about)) emit(std::move(*statement), rank + 1);
        if (attempt_.plan.scales.empty()) return;
        for (const ScaleResult& scale : attempt_.result->scales)
            if (const auto place = place_of(scale.id); place && is_told(scale))
                emit(make_.achieved(about, scale), rank + 2 + *place);
    }

    /// Of a scale among those of the plan.
    std::optional<int> place_of(const std::string& scale) const {
        const auto& all = attempt_.plan.scales;
        const auto found = std::find(all.begin(), all.end(), scale);
        return found == all.end() ? std::nullopt : std::optional(static_cast<int>(found - all.begin()));
    }

    /// The corrected result comes before the void of the former one, so that there always is one.
    void corrected(std::size_t i, std::size_t former, int rank = 0) {
        result({i, {}, former}, rank);
        void_result(i, former, rank + timeline_.result_places());
    }

    void void_result(std::size_t i, std::size_t former, int rank) {
        const bool was_scored = !attempt_.former || attempt_.former->known;
        if (!was_scored) return;
        emit(make_.voided(i, "scored", former), rank);
        if (was_judged()) emit(make_.voided(i, "judged", former), rank + 1);
        for (const std::string& scale : attempt_.former ? attempt_.former->achieved : attempt_.plan.scales)
            if (const auto place = place_of(scale))
                emit(make_.voided(i, "achieved/" + scale, former), rank + 2 + *place);
    }

    /// Without the former state, a threshold may have judged, and each scale been told: voiding an unknown statement
    /// harms none.
    bool was_judged() const {
        if (attempt_.former) return attempt_.former->threshold && *attempt_.former->threshold != Side::undecided;
        return attempt_.result && attempt_.result->decisions.threshold.has_value();
    }

    /// `rank`: which of the event's statements it is (Timeline).
    void emit(Statement emitted, int rank = 0) {
        if (const auto time = timeline_.at(emitted.event, rank)) emitted.statement["timestamp"] = timestamp(*time);
        const Version version = attempt_.who.version.front() == '2' ? Version::v2_0_0 : Version::v1_0_3;
        if (const auto problem = validate(emitted.statement, version))
            throw RequestError(place(emitted.event) + ", " + emitted.verb + ": " + problem->path + ": " +
                               problem->message);
        emitted_.push_back(std::move(emitted));
    }

    const Attempt& attempt_;
    Templates make_;
    Steps steps_;
    Clock clock_;
    Timeline timeline_;
    std::optional<std::int64_t> asked_at_;  ///< time at the test when the question on screen was asked
    std::vector<Statement> emitted_;
    std::set<std::size_t> recounts_;  ///< drops of items that had an outcome, and new marks
    /// The event that told the answer to an item as it stands, and how long it took.
    struct ToldAnswer {
        std::size_t event = 0;
        std::optional<std::int64_t> on_screen{};
    };
    std::map<std::string, ToldAnswer> told_answer_;
    std::size_t stop_ = 0;               ///< event of the last stop
    std::optional<std::size_t> result_;  ///< event of the result that stands
    std::size_t last_change_ = 0;
};

}  // namespace

std::vector<Statement> statements_about(const Attempt& attempt) { return Builder(attempt).build(); }

json statements_of(json request) {
    json list = json::array();
    for (Statement& one : statements_about(read_attempt(std::move(request)))) {
        list.push_back({{"id", std::move(one.id)},
                        {"event", one.event},
                        {"verb", std::move(one.verb)},
                        {"statement", std::move(one.statement)}});
        if (!one.scale.empty()) list.back()["scale"] = one.scale;
    }
    return list;
}

}  // namespace palier::xapi
