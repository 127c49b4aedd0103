// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/trainer_log.hpp"

#include <cstdio>
#include <limits>

#include "adapters/standalone/html.hpp"
#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/store/ops/clock.hpp"

namespace palier::standalone {
namespace {

const std::string reading_collection = "trainer-readings";
constexpr std::int64_t kept = 365LL * 24 * 3600 * 1000000;  // microseconds
constexpr std::size_t forgotten_at_once = 200;
constexpr std::string_view separator = " & ";

/// Records are read in the order of their keys: the later an instant, the smaller its key.
std::string key_of(std::int64_t microseconds) {
    char text[24];
    std::snprintf(text, sizeof text, "%019lld",
                  static_cast<long long>(std::numeric_limits<std::int64_t>::max() - microseconds));
    return text;
}

/// As it is noted.
std::string told_parameter(const std::string& name, const std::string& value) {
    return name + "=" + xapi::shortened(value, 300);
}

bool is_key(const std::string& text) {
    return text.size() == 24 && text.find_first_not_of("0123456789abcdef ") == std::string::npos;
}

}  // namespace

std::string told_filter(const xapi::Parameters& parameters) {
    std::string text;
    for (const char* name : {"person", "group", "test", "question", "competence", "verb", "from", "to", "level",
                             "final", "before", "registration", "id"})
        if (const std::string value = value_of(parameters, name); !value.empty())
            text += (text.empty() ? "" : std::string(separator)) + told_parameter(name, value);
    return text;
}

void keep_reading(xapi::Store& store, const Reading& reading) {
    const std::int64_t now = xapi::microseconds_now();
    const auto old = store.rows().records(reading_collection, key_of(now - kept), forgotten_at_once);
    const nlohmann::json body{
        {"who", reading.who}, {"what", reading.what}, {"filter", reading.filter}, {"when", now / 1000}};
    store.write([&](xapi::Writer& writer) {
        for (const auto& one : old) writer.remove_record(reading_collection, one.key);
        writer.change({reading_collection,
                       key_of(now) + " " + xapi::random_digits(2),
                       {},
                       {1, body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)}});
    });
}

std::int64_t forget_in_readings(xapi::Store& store, const std::string& agent) {
    std::int64_t count = 0;
    std::string after;
    for (bool more = true; more;) {
        const auto found = store.rows().records(reading_collection, after, forgotten_at_once);
        more = found.size() == forgotten_at_once;
        store.write([&](xapi::Writer& writer) {
            for (const auto& one : found) {
                auto body = nlohmann::json::parse(one.record.body);
                std::string filter = body.at("filter");
                bool named = false;
                for (const char* name : {"person", "group"}) {
                    const std::string part = told_parameter(name, agent);
                    const auto at = filter.find(part);
                    const auto end = at == std::string::npos ? at : at + part.size();
                    const bool whole = at != std::string::npos &&
                                       (at == 0 || filter.substr(0, at).ends_with(separator)) &&
                                       (end == filter.size() || filter.compare(end, separator.size(), separator) == 0);
                    if (!whole) continue;
                    filter.replace(at, part.size(), std::string(name) + "=…");
                    named = true;
                }
                if (!named) continue;
                body["filter"] = filter;
                if (writer.change(
                        {reading_collection, one.key, one.record.revision, {one.record.revision, body.dump()}}))
                    ++count;
            }
        });
        if (more) after = found.back().key;
    }
    return count;
}

ReadingPage readings(xapi::Store& store, const std::string& after, std::size_t limit) {
    ReadingPage page;
    auto found = store.rows().records(reading_collection, is_key(after) ? after : "", limit + 1);
    if (found.size() > limit) {
        found.resize(limit);
        page.after = found.back().key;
    }
    for (const auto& one : found) {
        const auto body = nlohmann::json::parse(one.record.body);
        page.readings.push_back({body.at("who"), body.at("what"), body.at("filter"), body.at("when")});
    }
    return page;
}

}  // namespace palier::standalone
