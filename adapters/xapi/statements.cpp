// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/statements.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "adapters/xapi/attempt.hpp"
#include "adapters/xapi/errors.hpp"
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
    std::optional<std::int64_t> spent() const { return known_ ? std::optional(spent_) : std::nullopt; }

private:
    std::optional<std::int64_t> running_since_;
    std::int64_t spent_ = 0;
    bool known_ = true;
    bool paused_ = false;
};

/// Walks through the log once. Earlier events than from_event only set the scene.
class Builder {
public:
    explicit Builder(const Attempt& attempt) : attempt_(attempt), make_(attempt), steps_(attempt.steps) {
        std::set<std::string> with_outcome;
        const auto& events = attempt.log.events;
        for (std::size_t i = 0; i < events.size(); ++i) {
            const EventType type = events[i].type;
            if (is_outcome(type)) with_outcome.insert(item_of(i));
            if (type == EventType::dropped && with_outcome.contains(item_of(i))) recounts_.insert(i);
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
        if (is_outcome(event.type)) {
            const StepWords* step = steps_.next(event);
            if (wanted && !recounted_after(i)) answered(i, step);
        } else if (event.type == EventType::stopped) {
            if (wanted) stopped(i);
            result_ = i;
        } else if (result_ && recounts_.contains(i)) {
            if (wanted) corrected(i, *result_);
            result_ = i;
        } else if (wanted && event.type == EventType::started) {
            emit(make_.initialized(i));
        } else if (wanted && event.type == EventType::paused) {
            emit(make_.suspended(i));
        } else if (wanted && event.type == EventType::resumed) {
            emit(make_.resumed(i));
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
        emit(make_.answered(i, *step));
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
        if (has_result(i)) {
            emit(make_.scored({i, clock_.spent(), {}}));
            if (auto statement = make_.judged({i, clock_.spent(), {}})) emit(std::move(*statement));
        }
        if (reason != "learner") emit(make_.completed(i, clock_.spent()));
        emit(make_.terminated(i, clock_.spent()));
    }

    /// The corrected result comes before the void of the former one, so that there always is one.
    void corrected(std::size_t i, std::size_t former) {
        if (has_result(i)) {
            emit(make_.scored({i, {}, former}));
            if (auto statement = make_.judged({i, {}, former})) emit(std::move(*statement));
        }
        const bool was_scored = !attempt_.former || attempt_.former->known;
        if (was_scored) emit(make_.voided(i, "scored", former));
        if (was_scored && was_judged()) emit(make_.voided(i, "judged", former));
    }

    /// Without the former state, a threshold may have judged: voiding an unknown statement harms
    /// none.
    bool was_judged() const {
        if (attempt_.former) return attempt_.former->threshold && *attempt_.former->threshold != Side::undecided;
        return attempt_.result && attempt_.result->decisions.threshold.has_value();
    }

    void emit(Statement emitted) {
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
    std::vector<Statement> emitted_;
    std::set<std::size_t> recounts_;     ///< drops of items that had an outcome
    std::optional<std::size_t> result_;  ///< event of the result that stands
    std::size_t last_change_ = 0;
};

}  // namespace

std::vector<Statement> statements_about(const Attempt& attempt) { return Builder(attempt).build(); }

json statements_of(json request) {
    json list = json::array();
    for (Statement& one : statements_about(read_attempt(std::move(request))))
        list.push_back({{"id", std::move(one.id)},
                        {"event", one.event},
                        {"verb", std::move(one.verb)},
                        {"statement", std::move(one.statement)}});
    return list;
}

}  // namespace palier::xapi
