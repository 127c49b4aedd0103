// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "adapters/delivery/feedback.hpp"
#include "adapters/delivery/handles.hpp"
#include "adapters/delivery/response_words.hpp"
#include "adapters/delivery/words.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/grader.hpp"
#include "adapters/formats/qti3.hpp"
#include "adapters/host/handles.hpp"
#include "adapters/host/step.hpp"
#include "engine/errors.hpp"
#include "engine/math/elementary.hpp"

namespace palier::delivery {
namespace {

constexpr std::size_t largest_context = 4000;
constexpr std::size_t most_pauses = 100;
constexpr std::size_t longest_typed = 200;  // code points

std::optional<std::int64_t> at(std::int64_t time) {
    return time == 0 ? std::nullopt : std::optional<std::int64_t>(time);
}

Event event_of(EventType type, std::int64_t time) {
    Event event;
    event.type = type;
    event.time = at(time);
    return event;
}

std::size_t code_points(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

// Identifiers as they stand in the QTI, where they are NCNames.
formats::Response unescaped(formats::Response response) {
    using formats::from_ncname;
    if (auto* selection = std::get_if<formats::Selection>(&response)) {
        for (auto& id : selection->choices) id = from_ncname(id);
    } else if (auto* sequence = std::get_if<formats::Sequence>(&response)) {
        for (auto& id : sequence->order) id = from_ncname(id);
    } else if (auto* pairs = std::get_if<formats::Pairs>(&response)) {
        formats::Pairs result;
        for (const auto& [from, to] : pairs->pairs) result.pairs[from_ncname(from)] = from_ncname(to);
        *pairs = std::move(result);
    } else if (auto* entry = std::get_if<formats::Entry>(&response); entry && entry->unit) {
        entry->unit = from_ncname(*entry->unit);
    }
    return response;
}

struct Judged {
    formats::Response response;
    formats::Grade grade;
    std::string invalid;  // why it was no step
};

Judged judge(const formats::Item& item, const Json& json, host::Language words) {
    Judged judged;
    try {
        judged.response = formats::response_from_json(json);
    } catch (const formats::FormatError&) {
        judged.invalid = invalid_sentence(formats::Reason::wrong_kind, words);
        return judged;
    }
    if (const auto* entry = std::get_if<formats::Entry>(&judged.response);
        entry && code_points(entry->text) + code_points(entry->unit.value_or("")) > longest_typed) {
        judged.invalid = too_long_sentence(longest_typed, words);
        return judged;
    }
    judged.grade = formats::grade(item, judged.response);
    if (judged.grade.state != formats::State::graded) {
        const formats::Response other = unescaped(judged.response);
        const formats::Grade again = formats::grade(item, other);
        if (again.state == formats::State::graded) {
            judged.response = other;
            judged.grade = again;
        }
    }
    if (judged.grade.state != formats::State::graded) judged.invalid = invalid_sentence(judged.grade.reason, words);
    return judged;
}

void forget(Attempt::Impl& attempt) {
    attempt.saved = attempt.put_aside = attempt.calm = false;
    attempt.notice.clear();
    attempt.invalid.clear();
    attempt.response = nullptr;
    attempt.feedback = nullptr;
}

// Whether a post is about the screen that is there now; says so where it is not.
bool is_current(Attempt::Impl& attempt, std::int64_t sequence) {
    if (attempt.finished()) {
        attempt.notice = words::text("stale_finished", attempt.words());
        return false;
    }
    if (sequence == attempt.sequence()) return true;
    attempt.notice = words::text("stale", attempt.words());
    return false;
}

// Appends an outcome and what the engine decides then; all or nothing.
void step(Attempt::Impl& attempt, Event outcome, std::int64_t time) {
    const int position = *attempt.session.pending();
    outcome.item = attempt.session.bank()[position].id;
    host::StepRequest request{attempt.variant->bank, attempt.test->content().plan, attempt.session.log()};
    request.events.push_back(std::move(outcome));
    request.time = at(time);
    host::StepAnswer answer = host::step(std::move(request));
    attempt.session = std::move(answer.session);
    attempt.saved = true;
    attempt.calm = answer.result.pause_offer;
    if (attempt.plan().normalised["purpose"] != "practice") return;
    const auto& outcomes = attempt.session.outcomes();
    attempt.feedback = feedback_json(attempt.shown(position), outcomes.back(), attempt.words());
    attempt.feedback["n"] = outcomes.size();
}

void append(Attempt::Impl& attempt, Event event) { host::record_event(attempt.session, std::move(event)); }

}  // namespace

bool Attempt::Impl::paused() const {
    return put_aside || (!finished() && session.log().events.back().type == EventType::paused);
}

formats::Item Attempt::Impl::shown(int position) const {
    return formats::arranged(variant->items[static_cast<std::size_t>(position)], session.log().seed);
}

std::string Attempt::Impl::label(int position) const {
    const std::string& given = session.bank()[position].label;
    const auto& key = variant->items[static_cast<std::size_t>(position)].key;
    return given.empty() && key ? key->title : given;
}

Attempt::Attempt(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Attempt::Attempt(Attempt&&) noexcept = default;
Attempt& Attempt::operator=(Attempt&&) noexcept = default;
Attempt::~Attempt() = default;

Attempt Attempt::start(std::shared_ptr<const Test> test, const std::string& language, std::uint64_t seed,
                       const Json& context, std::int64_t time) {
    if (seed > 9007199254740991ULL) throw ArgumentError("seed: it should be a whole number from 0 to 2^53 - 1");
    const std::string spoken = test->content().language_of_attempt(language);
    if (dump_json(context).size() > largest_context)
        throw ArgumentError("context: it is larger than " + std::to_string(largest_context) + " bytes");
    Event started = started_from_json(context);
    if (!started.time) started.time = at(time);
    const Variant& variant = test->content().variant(spoken);
    host::StepRequest request{variant.bank, test->content().plan};
    request.seed = seed;
    request.started = std::move(started);
    request.time = at(time);
    return Attempt(
        std::make_unique<Impl>(Impl{test, &variant, spoken, std::move(host::step(std::move(request)).session)}));
}

Attempt Attempt::resume(std::shared_ptr<const Test> test, std::string_view saved) {
    Saved read = read_saved(test->content(), saved);
    const Variant& variant = test->content().variant(read.language);
    host::StepRequest request{variant.bank, test->content().plan};
    // A text saved between an outcome and the next question goes on where it was.
    request.time = read.log.events.back().time;
    request.log = std::move(read.log);
    return Attempt(
        std::make_unique<Impl>(Impl{test, &variant, read.language, std::move(host::step(std::move(request)).session)}));
}

Json Attempt::view() const { return view_json(*impl_); }

Json Attempt::answer(std::int64_t sequence, const Json& response, std::int64_t ms, std::int64_t time) {
    forget(*impl_);
    if (is_current(*impl_, sequence) && !impl_->paused()) {
        const Judged judged = judge(impl_->shown(*impl_->session.pending()), response, impl_->words());
        if (!judged.invalid.empty()) {
            impl_->invalid = judged.invalid;
            impl_->response = response;
        } else {
            Event event;
            event.type = EventType::answered;
            event.time = at(time);
            event.response = dump_json(formats::to_json(judged.response));
            event.fraction = judged.grade.fraction;
            if (ms >= 0) event.ms = ms;
            step(*impl_, std::move(event), time);
        }
    }
    return view();
}

Json Attempt::unknown(std::int64_t sequence, std::int64_t ms, std::int64_t time) {
    forget(*impl_);
    if (is_current(*impl_, sequence) && !impl_->paused()) {
        Event event = event_of(EventType::unknown, time);
        if (ms >= 0) event.ms = ms;
        step(*impl_, std::move(event), time);
    }
    return view();
}

Json Attempt::pause(std::int64_t sequence, std::int64_t time) {
    forget(*impl_);
    if (is_current(*impl_, sequence) && !impl_->paused()) {
        const auto& events = impl_->session.log().events;
        const auto pauses = static_cast<std::size_t>(std::count_if(
            events.begin(), events.end(), [](const Event& event) { return event.type == EventType::paused; }));
        // Saved texts have a size: after many pauses one more is only shown.
        if (pauses < most_pauses)
            append(*impl_, event_of(EventType::paused, time));
        else
            impl_->put_aside = true;
    }
    return view();
}

Json Attempt::go_on(std::int64_t sequence, std::int64_t time) {
    forget(*impl_);
    if (is_current(*impl_, sequence)) {
        if (impl_->paused()) {
            append(*impl_, event_of(EventType::resumed, time));
            impl_->notice = words::text("welcome_back", impl_->words());
        }
    }
    return view();
}

Json Attempt::stop(std::int64_t sequence, std::int64_t time) {
    forget(*impl_);
    if (is_current(*impl_, sequence)) {
        Event event = event_of(EventType::stopped, time);
        event.reason = "learner";
        append(*impl_, std::move(event));
    }
    return view();
}

Json Attempt::result() const { return impl_->finished() ? result_view(*impl_) : view(); }
Json Attempt::story() const { return impl_->finished() ? story_view(*impl_) : view(); }
std::string Attempt::save(std::size_t most) const { return saved_text(*impl_, most); }

Json Attempt::record() const {
    const palier::Session& session = impl_->session;
    Json items = Json::object();
    for (const Step& step : session.outcomes()) {
        const int position = step.item;
        Json item = {{"label", impl_->label(position)}};
        item.update(interaction_json(impl_->shown(position), step.response, impl_->words()));
        items[session.bank()[position].id] = std::move(item);
    }
    if (session.pending()) {
        const int position = *session.pending();
        Json item = {{"label", impl_->label(position)}};
        item.update(interaction_json(impl_->shown(position), std::nullopt, impl_->words()));
        items[session.bank()[position].id] = std::move(item);
    }
    const auto& events = session.log().events;
    const auto seconds = events.front().time && events.back().time
                             ? Json((*events.back().time - *events.front().time) / 1000)
                             : Json(nullptr);
    return {
        {"bundle", impl_->test->hash()},  {"lang", impl_->language},  {"title", impl_->test->title(impl_->language)},
        {"finished", finished()},         {"seconds", seconds},       {"log", to_json(session.log())},
        {"record", record_json(session)}, {"items", std::move(items)}};
}

std::optional<formats::Item> Attempt::item() const {
    if (impl_->finished() || impl_->paused()) return std::nullopt;
    formats::Item item = impl_->shown(*impl_->session.pending());
    item.key.reset();
    item.id = question_id(*impl_);
    return item;
}

const palier::Session& Attempt::session() const { return impl_->session; }
bool Attempt::finished() const { return impl_->finished(); }
std::int64_t Attempt::sequence() const { return impl_->sequence(); }
const std::string& Attempt::language() const { return impl_->language; }

}  // namespace palier::delivery
