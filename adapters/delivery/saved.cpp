// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "adapters/delivery/handles.hpp"
#include "adapters/delivery/packed_response.hpp"
#include "engine/errors.hpp"
#include "engine/stopping/stopping.hpp"
#include "engine/version.hpp"

// An attempt as a line of text:
//
//   P1;BUNDLE;LANG;SEED;ENGINE;TIME,CONTEXT;EVENT;…;CHECKSUM
//
// BUNDLE is the first 16 digits of the bundle's hash, SEED and every count in base 36, CONTEXT the
// started event's JSON (empty where it says nothing), CHECKSUM FNV-1a (32 bits, 8 digits) of all
// before its semicolon. An event is a letter and fields, times as differences to the event before:
//
//   a POSITION,dt          asked          u ms,dt   unknown      p dt   paused
//   r FRACTION,ms,dt,RESPONSE  answered   k ms,dt   skipped      q dt   resumed
//   x REASON,dt            stopped        t ms,dt   timed out    d POSITION,REASON,dt  dropped

namespace palier::delivery {
namespace {

constexpr std::size_t largest_read = 64 * 1024;
// Saved texts hold the place of one of these, so nothing goes in between; a reason that is not here goes by its name.
constexpr std::array stop_reasons{
    "standard_error",         "max_items",      "bank_exhausted", "no_information", "learner", "time",      "floor",
    "standard_error_plateau", "interval_width", "theta_change",   "classified",     "length",  "time_limit"};
constexpr std::array drop_reasons{"appeal", "deleted", "faulty"};

[[noreturn]] void refuse(const std::string& what) { throw ArgumentError("saved: " + what); }

std::string base36(std::int64_t value) {
    char buffer[24];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, 36).ptr;
    return {buffer, end};
}

std::int64_t from_base36(std::string_view text, const std::string& what) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 36);
    constexpr std::int64_t most = 9007199254740991;
    if (error != std::errc() || end != text.data() + text.size() || value > most || value < -most)
        refuse(what + " is no number");
    return value;
}

// Shortest text that reads back to the same double.
std::string shortest(double value) {
    char buffer[40];
    for (int digits = 1; digits <= 17; ++digits) {
        std::snprintf(buffer, sizeof buffer, "%.*g", digits, value);
        if (std::strtod(buffer, nullptr) == value) break;
    }
    return buffer;
}

double from_decimal(const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    const bool plain = !text.empty() && text.find_first_not_of("0123456789.-+e") == std::string::npos;
    if (!plain || end != text.c_str() + text.size()) refuse("a mark is no number");
    return value;
}

std::string checksum(std::string_view text) {
    std::uint32_t hash = 0x811c9dc5U;
    for (const unsigned char c : text) hash = (hash ^ c) * 0x01000193U;
    char digits[16];
    std::snprintf(digits, sizeof digits, "%08x", static_cast<unsigned>(hash));
    return digits;
}

std::vector<std::string> split(std::string_view text, char mark) {
    std::vector<std::string> parts(1);
    for (const char c : text)
        if (c == mark)
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

char letter(EventType type) {
    switch (type) {
        case EventType::asked:
            return 'a';
        case EventType::answered:
            return 'r';
        case EventType::unknown:
            return 'u';
        case EventType::skipped:
            return 'k';
        case EventType::timed_out:
            return 't';
        case EventType::dropped:
            return 'd';
        case EventType::paused:
            return 'p';
        case EventType::resumed:
            return 'q';
        case EventType::stopped:
            return 'x';
        default:
            return 's';
    }
}

template <std::size_t n>
std::string place_of(const std::array<const char*, n>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? name : std::to_string(found - names.begin());
}

template <std::size_t n>
std::string name_at(const std::array<const char*, n>& names, const std::string& place) {
    for (std::size_t i = 0; i < n; ++i)
        if (place == std::to_string(i)) return names[i];
    refuse("a reason is unknown");
}

std::string stop_reason_of(const std::string& text) {
    const auto& names = stop_names();
    return std::find(names.begin(), names.end(), text) == names.end() ? name_at(stop_reasons, text) : text;
}

// One event without its response.
std::string event_text(const palier::Bank& bank, const Event& event, std::optional<std::int64_t>& before) {
    std::string text(1, letter(event.type));
    if (event.type == EventType::asked || event.type == EventType::dropped) text += base36(bank.find(event.item)) + ",";
    if (event.type == EventType::dropped) text += place_of(drop_reasons, event.reason) + ",";
    if (event.type == EventType::stopped) text += place_of(stop_reasons, event.reason) + ",";
    if (event.type == EventType::answered) text += shortest(event.fraction.value_or(0)) + ",";
    if (is_outcome(event.type)) text += (event.ms ? base36(*event.ms) : "") + ",";
    if (event.time) {
        text += base36(*event.time - before.value_or(0));
        before = event.time;
    }
    return text;
}

struct Reader {
    const Variant& variant;
    std::optional<std::int64_t> before = {};
    std::string pending = {};

    const palier::Bank& bank() const { return *variant.bank; }

    std::string item_at(const std::string& field) const {
        const std::int64_t position = from_base36(field, "an item");
        if (position < 0 || position >= bank().size()) refuse("an item is not in the bank");
        return bank()[static_cast<int>(position)].id;
    }

    std::optional<std::int64_t> time(const std::string& field) {
        if (field.empty()) return std::nullopt;
        const std::int64_t value = before.value_or(0) + from_base36(field, "a time");
        before = value;
        return value;
    }

    Event event(const std::string& text) {
        if (text.empty()) refuse("an event is empty");
        const std::vector<std::string> fields = split(std::string_view(text).substr(1), ',');
        const auto has = [&](std::size_t count) {
            if (fields.size() != count) refuse("an event has " + std::to_string(fields.size()) + " fields");
        };
        Event event;
        switch (text[0]) {
            case 'a':
                has(2);
                event.type = EventType::asked;
                event.item = pending = item_at(fields[0]);
                break;
            case 'd':
                has(3);
                event.type = EventType::dropped;
                event.item = item_at(fields[0]);
                event.reason = name_at(drop_reasons, fields[1]);
                break;
            case 'x':
                has(2);
                event.type = EventType::stopped;
                event.reason = stop_reason_of(fields[0]);
                break;
            case 'p':
            case 'q':
                has(1);
                event.type = text[0] == 'p' ? EventType::paused : EventType::resumed;
                break;
            case 'r':
                has(4);
                event.type = EventType::answered;
                event.fraction = from_decimal(fields[0]);
                if (!fields[1].empty()) event.ms = from_base36(fields[1], "a time on screen");
                event.item = pending;
                event.response = response_of(fields[3]);
                event.time = time(fields[2]);
                return event;
            case 'u':
            case 'k':
            case 't':
                has(2);
                event.type = text[0] == 'u'   ? EventType::unknown
                             : text[0] == 'k' ? EventType::skipped
                                              : EventType::timed_out;
                if (!fields[0].empty()) event.ms = from_base36(fields[0], "a time on screen");
                event.item = pending;
                break;
            default:
                refuse("an event is of no kind that is known");
        }
        event.time = time(fields.back());
        return event;
    }

    std::optional<std::string> response_of(const std::string& packed) const {
        if (packed.empty()) return std::nullopt;
        const int position = bank().find(pending);
        if (position < 0) refuse("an answer without a question");
        return unpacked(variant.items[static_cast<std::size_t>(position)], packed);
    }
};

}  // namespace

std::string saved_text(const Attempt::Impl& attempt, std::size_t most) {
    const palier::Bank& bank = attempt.session.bank();
    const Log& log = attempt.session.log();
    const Event& started = log.events.front();
    Json context = to_json(started);
    context.erase("type");
    context.erase("time");
    std::string text = "P1;" + attempt.test->hash().substr(0, 16) + ";" + attempt.language + ";" +
                       base36(static_cast<std::int64_t>(log.seed)) + ";" + escaped_field(log.engine) + ";" +
                       (started.time ? base36(*started.time) : "") + "," +
                       (context.empty() ? "" : escaped_field(dump_json(context)));

    std::vector<std::string> events;
    std::vector<std::string> responses;
    std::optional<std::int64_t> before = started.time;
    std::size_t size = text.size() + 9;
    for (std::size_t i = 1; i < log.events.size(); ++i) {
        const Event& event = log.events[i];
        events.push_back(event_text(bank, event, before));
        responses.emplace_back();
        if (event.type == EventType::answered) {
            events.back() += ",";
            if (event.response)
                responses.back() =
                    packed(attempt.variant->items[static_cast<std::size_t>(bank.find(event.item))], *event.response);
        }
        size += events.back().size() + responses.back().size() + 1;
    }
    // The longest responses go first, their marks stay.
    while (size > most) {
        const auto longest = std::max_element(responses.begin(), responses.end(),
                                              [](const auto& a, const auto& b) { return a.size() < b.size(); });
        if (longest == responses.end() || longest->empty()) break;
        size -= longest->size();
        longest->clear();
    }
    for (std::size_t i = 0; i < events.size(); ++i) text += ";" + events[i] + responses[i];
    return text + ";" + checksum(text);
}

Saved read_saved(const Test::Content& test, std::string_view text) {
    if (text.size() > largest_read) refuse("it is too long");
    if (!is_utf8(text)) refuse("it is not UTF-8");
    const std::size_t last = text.rfind(';');
    if (!text.starts_with("P1;") || last == std::string_view::npos ||
        checksum(text.substr(0, last)) != text.substr(last + 1))
        refuse("it was cut or altered");
    const std::vector<std::string> parts = split(text.substr(0, last), ';');
    if (parts.size() < 6) refuse("it was cut or altered");
    if (parts[1] != test.hash.substr(0, 16)) refuse("it belongs to another version of this test");
    if (parts[2] != "fr" && parts[2] != "en" &&
        std::find(test.languages.begin(), test.languages.end(), parts[2]) == test.languages.end())
        refuse("its language is neither fr nor en, nor one of the test's");
    Saved saved;
    saved.language = parts[2];
    const Variant& variant = test.variant(saved.language);
    saved.log.bank = variant.bank->hash();
    saved.log.plan = test.plan->hash;
    const std::int64_t seed = from_base36(parts[3], "the seed");
    if (seed < 0) refuse("the seed is below 0");
    saved.log.seed = static_cast<std::uint64_t>(seed);
    saved.log.engine = unescaped_field(parts[4]);
    const std::size_t comma = parts[5].find(',');
    if (comma == std::string::npos) refuse("it was cut or altered");
    const std::string context = unescaped_field(parts[5].substr(comma + 1));
    Event started = started_from_json(
        context.empty() ? Json::object() : parse_json(context, ErrorKind::argument, "saved", largest_read));
    Reader reader{variant};
    started.time = reader.time(parts[5].substr(0, comma));
    saved.log.events.push_back(std::move(started));
    for (std::size_t i = 6; i < parts.size(); ++i) saved.log.events.push_back(reader.event(parts[i]));
    return saved;
}

}  // namespace palier::delivery
