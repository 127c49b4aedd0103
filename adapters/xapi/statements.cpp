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

bool is_outcome(const std::string& type) {
    return type == "answered" || type == "unknown" || type == "skipped" || type == "timed_out";
}

std::string place(std::size_t event) { return "log.events[" + std::to_string(event) + "]"; }

/// Whether there is a result: the engine's word. A state that was stored before it had that word (0.1.0) was told where
/// any answer counted.
bool is_known(const json& state) {
    if (const json& known = member(state, "known"); known.is_boolean()) return known;
    const json& steps = member(state, "steps");
    if (!steps.is_array()) return member(state, "n") != 0;
    return std::any_of(steps.begin(), steps.end(), [](const json& step) {
        return member(step, "category").is_number() && member(step, "dropped") != true &&
               member(step, "pretest") != true;
    });
}

/// The record's steps in the order of the log's outcomes.
class Steps {
public:
    explicit Steps(const json& record) : steps_(member(record, "steps")) {}

    /// The next step that has this outcome of this item; null when the record has none.
    const json& next(const std::string& type, const std::string& item) {
        static const json none;
        if (!steps_.is_array()) return none;
        while (position_ < steps_.size()) {
            const json& step = steps_[position_++];
            if (member(step, "item") == item && member(step, "outcome") == type) return step;
        }
        return none;
    }

private:
    const json& steps_;
    std::size_t position_ = 0;
};

/// Time at the test: from the start to now, pauses left out; unknown when an event has no time.
class Clock {
public:
    void read(const json& event, const std::string& type) {
        const auto time = time_of(event);
        if (type == "started" || type == "resumed") {
            if (type == "started" || paused_) running_since_ = time, known_ = known_ && time.has_value();
            paused_ = false;
        } else if ((type == "paused" || type == "stopped") && !paused_) {
            if (time && running_since_)
                spent_ += std::max<std::int64_t>(0, *time - *running_since_);
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
    explicit Builder(const Attempt& attempt) : attempt_(attempt), make_(attempt), steps_(attempt.record) {
        std::set<std::string> with_outcome;
        const json& events = attempt.events();
        for (std::size_t i = 0; i < events.size(); ++i) {
            const std::string type = events[i].at("type");
            if (is_outcome(type)) with_outcome.insert(item_of(i));
            if (type == "dropped" && with_outcome.contains(item_of(i))) recounts_.insert(i);
            if (type == "stopped" || recounts_.contains(i)) last_change_ = i;
        }
    }

    std::vector<Emitted> build() {
        for (std::size_t i = 0; i < attempt_.events().size(); ++i) read(i);
        return std::move(emitted_);
    }

private:
    void read(std::size_t i) {
        const json& event = attempt_.events()[i];
        const std::string type = event.at("type");
        const bool wanted = i >= attempt_.from_event;
        clock_.read(event, type);
        if (is_outcome(type)) {
            const json& step = steps_.next(type, item_of(i));
            if (wanted && !recounted_after(i)) answered(i, step);
        } else if (type == "stopped") {
            if (wanted) stopped(i);
            result_ = i;
        } else if (result_ && recounts_.contains(i)) {
            if (wanted) corrected(i, *result_);
            result_ = i;
        } else if (wanted && type == "started") {
            emit(make_.initialized(i));
        } else if (wanted && type == "paused") {
            emit(make_.suspended(i));
        } else if (wanted && type == "resumed") {
            emit(make_.resumed(i));
        }
    }

    std::string item_of(std::size_t i) const {
        const json& item = member(attempt_.events()[i], "item");
        if (!item.is_string()) throw RequestError(place(i) + ".item: an item's name is expected");
        return item;
    }

    /// The record tells every step without what was dropped since, not what was known then.
    bool recounted_after(std::size_t i) const { return recounts_.upper_bound(i) != recounts_.end(); }

    void answered(std::size_t i, const json& step) {
        if (step.is_null())
            throw RequestError("record.steps: no step for " + place(i) + "; give the record of this log");
        emit(make_.answered(i, step));
    }

    /// The record tells the result as of the last stop or drop.
    bool has_result(std::size_t i) const {
        if (i != last_change_) return false;
        if (!member(attempt_.record, "theta").is_number())
            throw RequestError("record: " + place(i) + " needs the state, with its theta");
        return is_known(attempt_.record);
    }

    void stopped(std::size_t i) {
        const json& reason = member(attempt_.events()[i], "reason");
        if (!reason.is_string()) throw RequestError(place(i) + ".reason: the reason to stop is expected");
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
        const bool was_scored = attempt_.former.is_null() || is_known(attempt_.former);
        if (was_scored) emit(make_.voided(i, "scored", former));
        if (was_scored && was_judged()) emit(make_.voided(i, "judged", former));
    }

    /// Without the former state, a threshold may have judged: voiding an unknown statement harms
    /// none.
    bool was_judged() const {
        const json& state = attempt_.former.is_null() ? attempt_.record : attempt_.former;
        const json& threshold = member(state, "threshold");
        return threshold.is_object() && (attempt_.former.is_null() || member(threshold, "decision") != "undecided");
    }

    void emit(Emitted emitted) {
        const Version version = attempt_.version.front() == '2' ? Version::v2_0_0 : Version::v1_0_3;
        if (const auto problem = validate(emitted.statement, version))
            throw RequestError(place(emitted.event) + ", " + emitted.verb + ": " + problem->path + ": " +
                               problem->message);
        emitted_.push_back(std::move(emitted));
    }

    const Attempt& attempt_;
    Templates make_;
    Steps steps_;
    Clock clock_;
    std::vector<Emitted> emitted_;
    std::set<std::size_t> recounts_;     ///< drops of items that had an outcome
    std::optional<std::size_t> result_;  ///< event of the result that stands
    std::size_t last_change_ = 0;
};

}  // namespace

json statements_of(json request) {
    const Attempt attempt = read_attempt(std::move(request));
    json list = json::array();
    for (Emitted& emitted : Builder(attempt).build())
        list.push_back({{"id", emitted.id},
                        {"event", emitted.event},
                        {"verb", emitted.verb},
                        {"statement", std::move(emitted.statement)}});
    return list;
}

}  // namespace palier::xapi
