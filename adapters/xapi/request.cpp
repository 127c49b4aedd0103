// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iterator>
#include <limits>

#include "adapters/xapi/attempt.hpp"
#include "adapters/xapi/errors.hpp"
#include "adapters/xapi/reading.hpp"
#include "adapters/xapi/validate.hpp"
#include "engine/errors.hpp"

// A stored log and record as values. Both may be of an earlier version: what they do not say is left out.

namespace palier::xapi {
namespace {

using nlohmann::json;

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

double number_in(const json& value) { return value.is_number() ? value.get<double>() : no_number; }

std::string text_in(const json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }

constexpr EventType event_types[] = {EventType::started, EventType::asked,     EventType::answered, EventType::unknown,
                                     EventType::skipped, EventType::timed_out, EventType::dropped,  EventType::paused,
                                     EventType::resumed, EventType::stopped,   EventType::rescored};

std::optional<EventType> event_type(const json& value) {
    const auto* const found = std::find_if(std::begin(event_types), std::end(event_types),
                                           [&](EventType type) { return value == name(type); });
    return found == std::end(event_types) ? std::nullopt : std::optional(*found);
}

std::optional<std::int64_t> time_of(const json& event) {
    const json& time = member(event, "time");
    if (time.is_null()) return {};
    if (!time.is_number_integer()) throw RequestError("log: time: milliseconds since 1970-01-01 UTC are expected");
    return time.get<std::int64_t>();
}

Event read_event(const json& told, const std::string& place) {
    const auto type = event_type(member(told, "type"));
    if (!type) throw RequestError(place + ": an event with its type is expected");
    Event event;
    event.type = *type;
    event.time = time_of(told);
    event.item = text_in(member(told, "item"));
    event.reason = text_in(member(told, "reason"));
    if (const json& response = member(told, "response"); response.is_string()) event.response = response;
    if (const json& fraction = member(told, "fraction"); fraction.is_number()) event.fraction = fraction;
    if (const json& ms = member(told, "ms"); ms.is_number_integer()) event.ms = ms;
    return event;
}

void read_log(Attempt& attempt, json& request) {
    const json log = take_object(request, "log", "log");
    attempt.log.engine = text_in(member(log, "engine"));
    attempt.log.bank = text_in(member(log, "bank"));
    attempt.log.plan = text_in(member(log, "plan"));
    const json& seed = member(log, "seed");
    attempt.has_seed = seed.is_number_integer() && seed >= 0;
    if (attempt.has_seed) attempt.log.seed = seed;
    const json& events = member(log, "events");
    if (!events.is_array()) throw RequestError("log.events: an array of events is expected");
    for (std::size_t i = 0; i < events.size(); ++i)
        attempt.log.events.push_back(read_event(events[i], "log.events[" + std::to_string(i) + "]"));
    const json& from = member(request, "from_event");
    if (from.is_null()) return;
    if (!from.is_number_integer() || from < 0 || from > events.size())
        throw RequestError("from_event: a whole number from 0 to " + std::to_string(events.size()) + " is expected");
    attempt.from_event = from;
}

std::optional<std::pair<int, int>> whole_pair(const json& pair) {
    if (!pair.is_array() || pair.size() != 2) return {};
    const auto low = whole(pair[0]), high = whole(pair[1]);
    return low && high ? std::optional(std::pair(*low, *high)) : std::nullopt;
}

Told read_told(const json& from, const json& interval, const json& level) {
    Told told;
    told.estimate = {number_in(member(from, "theta")), number_in(member(from, "se")),
                     number_in(member(from, "se_measurement")), member(from, "at_bound") == true};
    told.interval = {no_number, no_number};
    if (interval.is_array() && interval.size() == 2) told.interval = {number_in(interval[0]), number_in(interval[1])};
    told.level = whole(level);
    told.level_interval = whole_pair(member(from, "level_interval"));
    return told;
}

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

std::optional<ThresholdResult> read_threshold(const json& state) {
    const json& threshold = member(state, "threshold");
    if (!threshold.is_object()) return {};
    const json& side = member(threshold, "decision");
    return ThresholdResult{number_in(member(threshold, "theta")), number_in(member(threshold, "p_above")),
                           side == "above"   ? Side::above
                           : side == "below" ? Side::below
                                             : Side::undecided};
}

// The scales of a map; nothing of a state of one scale.
std::vector<ScaleResult> read_scales(const json& state) {
    std::vector<ScaleResult> scales;
    const json& composites = member(state, "composites");
    const json& list = member(state, "scales");
    if (!composites.is_array() || composites.empty() || !list.is_array()) return scales;
    for (const json& one : list) {
        ScaleResult scale;
        static_cast<Told&>(scale) = read_told(one, member(one, "interval"), member(member(one, "level"), "number"));
        scale.id = text_in(member(one, "id"));
        scale.name = member(one, "name");
        scale.n = whole(member(one, "n")).value_or(0);
        if (member(one, "state") == name(ScaleState::measured)) scale.state = ScaleState::measured;
        if (const json& band = member(one, "band"); band.is_object())
            scale.band = whole_pair(json{member(band, "first"), member(band, "last")});
        if (const json& required = member(one, "required"); required.is_object()) {
            const json& side = member(required, "decision");
            scale.required =
                ThresholdResult{number_in(member(required, "theta")), number_in(member(required, "p_reached")),
                                side == "reached"       ? Side::above
                                : side == "not_reached" ? Side::below
                                                        : Side::undecided};
        }
        scales.push_back(std::move(scale));
    }
    return scales;
}

void read_record(Attempt& attempt, const json& record) {
    attempt.estimator = text_in(member(record, "estimator"));
    const json& interval = member(record, "interval");
    if (const json& probability = member(interval, "probability"); probability.is_number())
        attempt.probability = probability;
    if (const json& steps = member(record, "steps"); steps.is_array())
        for (const json& step : steps)
            attempt.steps.push_back(
                {text_in(member(step, "item")), event_type(member(step, "outcome")).value_or(EventType::started),
                 whole(member(step, "n")).value_or(0), member(step, "pretest") == true, member(step, "seen") == true,
                 read_told(step, member(step, "interval"), member(step, "level")), text_in(member(step, "scale"))});
    if (!member(record, "theta").is_number()) return;
    Result result;
    result.known = is_known(record);
    result.provisional = member(record, "provisional") == true;
    result.n = whole(member(record, "n")).value_or(0);
    result.reason = text_in(member(record, "stop"));
    const json& score = member(record, "score");
    if (const json& value = member(score, "value"); value.is_number())
        result.score = Score{value, number_in(member(score, "low")), number_in(member(score, "high")), false};
    result.decisions.threshold = read_threshold(record);
    result.scales = read_scales(record);
    ScaleResult scale;
    static_cast<Told&>(scale) = read_told(record, member(interval, "theta"), member(member(record, "level"), "number"));
    // What is said of the test is that of its only scale, or of the mean of several.
    (result.scales.empty() ? result.scales : result.composites).push_back(std::move(scale));
    attempt.result = std::move(result);
}

}  // namespace

const json& member(const json& object, std::string_view key) {
    static const json none;
    if (!object.is_object()) return none;
    const auto found = object.find(key);
    return found == object.end() ? none : *found;
}

json take_object(json& parent, const char* key, const std::string& path) {
    const auto found = parent.find(key);
    if (found == parent.end() || found->is_null()) return json::object();
    json value;
    try {
        value = found->is_string() ? read_json(found->get_ref<const std::string&>(), path) : std::move(*found);
    } catch (const ArgumentError& error) {
        throw RequestError(error.what());
    }
    if (value.is_array() && value.empty()) return json::object();
    if (!value.is_object()) throw RequestError(path + ": an object is expected");
    return value;
}

std::optional<int> whole(const json& value) {
    if (!value.is_number_integer() || value < std::numeric_limits<int>::min() ||
        value > std::numeric_limits<int>::max())
        return {};
    return value.get<int>();
}

std::optional<FormerWords> read_former(json& context) {
    const json former = take_object(context, "former", "context.former");
    if (former.empty()) return {};
    FormerWords words{is_known(former), {}, {}};
    for (const ScaleResult& scale : read_scales(former))
        if (is_told(scale)) words.achieved.push_back(scale.id);
    if (const auto threshold = read_threshold(former)) words.threshold = threshold->side;
    return words;
}

Attempt read_attempt(json request) {
    if (!request.is_object()) throw RequestError("request: an object with log, record and context is expected");
    Attempt attempt;
    read_log(attempt, request);
    read_record(attempt, take_object(request, "record", "record"));
    json context = take_object(request, "context", "context");
    attempt.plan = plan_words(take_object(context, "plan", "context.plan"));
    attempt.former = read_former(context);
    attempt.who = read_identities(context);
    for (StepWords& step : attempt.steps)
        if (const auto item = attempt.who.items.find(step.item); step.scale.empty() && item != attempt.who.items.end())
            step.content = item->second.content;
    const json& bank = member(context, "bank");
    if (!bank.is_null()) {
        if (!bank.is_string() || bank.get_ref<const std::string&>().empty())
            throw RequestError("context.bank: a text is expected");
        attempt.log.bank = bank;
    }
    return attempt;
}

}  // namespace palier::xapi
