// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/trainer_log.hpp"

#include <cstdio>
#include <limits>

#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/store/ops/clock.hpp"

namespace palier::standalone {
namespace {

const std::string reading_collection = "trainer-readings";
constexpr std::int64_t kept = 365LL * 24 * 3600 * 1000000;  // microseconds
constexpr std::size_t forgotten_at_once = 200;

/// Records are read in the order of their keys: the later an instant, the smaller its key.
std::string key_of(std::int64_t microseconds) {
    char text[24];
    std::snprintf(text, sizeof text, "%019lld",
                  static_cast<long long>(std::numeric_limits<std::int64_t>::max() - microseconds));
    return text;
}

bool is_key(const std::string& text) {
    return text.size() == 24 && text.find_first_not_of("0123456789abcdef ") == std::string::npos;
}

}  // namespace

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
