// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/identifiers.hpp"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <chrono>
#include <cstdio>

#include "adapters/xapi/errors.hpp"

namespace palier::xapi {

std::string uuid5(std::string_view name) {
    static const boost::uuids::name_generator_sha1 generate(boost::uuids::ns::url());
    return boost::uuids::to_string(generate(name.data(), name.size()));
}

std::string uuid4() {
    thread_local boost::uuids::random_generator generate;
    return boost::uuids::to_string(generate());
}

std::string uuid_bytes(std::string_view uuid) {
    const auto value = boost::uuids::string_generator()(uuid.begin(), uuid.end());
    return {value.begin(), value.end()};
}

std::string timestamp(std::int64_t milliseconds) {
    using namespace std::chrono;
    constexpr std::int64_t first = -62135596800000;  // 0001-01-01
    constexpr std::int64_t last = 253402300799999;   // 9999-12-31
    if (milliseconds < first || milliseconds > last)
        throw RequestError("time " + std::to_string(milliseconds) + ": milliseconds since 1970-01-01 UTC are expected");
    const sys_time<std::chrono::milliseconds> instant{std::chrono::milliseconds{milliseconds}};
    const auto day = floor<days>(instant);
    const year_month_day date{day};
    const hh_mm_ss clock{instant - day};
    char text[80];  // as wide as the compiler can imagine the numbers
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text;
}

std::string timestamp_microseconds(std::int64_t microseconds) {
    const std::int64_t rest = (microseconds % 1000 + 1000) % 1000;
    std::string text = timestamp((microseconds - rest) / 1000);
    text.pop_back();
    const std::string digits = std::to_string(1000 + rest);
    return text + digits.substr(1) + "Z";
}

std::string duration(std::int64_t milliseconds) {
    if (milliseconds < 5) return "PT0S";
    const std::int64_t hundredths = milliseconds / 10 + (milliseconds % 10 >= 5 ? 1 : 0);
    const std::int64_t hours = hundredths / 360000;
    const std::int64_t minutes = hundredths / 6000 % 60;
    const std::int64_t rest = hundredths % 6000;
    std::string text = "PT";
    if (hours > 0) text += std::to_string(hours) + "H";
    if (minutes > 0) text += std::to_string(minutes) + "M";
    if (rest > 0) {
        text += std::to_string(rest / 100);
        if (rest % 100 > 0) {
            text += '.';
            text += static_cast<char>('0' + rest % 100 / 10);
            if (rest % 10 > 0) text += static_cast<char>('0' + rest % 10);
        }
        text += 'S';
    }
    return text;
}

}  // namespace palier::xapi
