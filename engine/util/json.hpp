// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Reading JSON that people write: every refusal names the place, what is there and what would be
// right.

namespace palier {

using Json = nlohmann::json;

/// Which error a refusal is.
enum class ErrorKind { bank, plan, log, argument };

[[noreturn]] void raise(ErrorKind kind, const std::string& message);

/// Parses UTF-8 JSON (RFC 8259). Refuses syntax errors (line and column), duplicate keys, more than `max_bytes` bytes
/// and objects and arrays in more than `max_depth` levels. `what` names the document in messages, e.g. "plan".
Json parse_json(std::string_view text, ErrorKind kind, const std::string& what, std::size_t max_bytes,
                std::size_t max_depth = 32);

/// Compact text; doubles so that they read back to the same value, infinities and NaN as null.
std::string dump_json(const Json& value);

/// How many texts parse_json() and dump_json() read and wrote on this thread while it lived: for tests of what a call
/// costs.
class JsonTextCount {
public:
    JsonTextCount();
    ~JsonTextCount();
    JsonTextCount(const JsonTextCount&) = delete;
    JsonTextCount& operator=(const JsonTextCount&) = delete;
    int read = 0;
    int written = 0;

private:
    JsonTextCount* outer_;
};

/// The value for a message: compact, at most 60 characters.
std::string show(const Json& value);

bool is_utf8(std::string_view text);

/// "; did you mean 'x'?" when one of the names is close, else "".
std::string did_you_mean(const std::string& word, const std::vector<std::string>& names);

/// "a, b, c".
std::string join(const std::vector<std::string>& words, const char* separator = ", ");

/// One JSON object, read key by key. The constructor refuses keys that are not in `keys`.
class ObjectReader {
public:
    static constexpr double no_limit = std::numeric_limits<double>::infinity();

    ObjectReader(const Json& object, std::string path, ErrorKind kind, std::vector<std::string> keys);

    bool has(const char* key) const;
    const Json& at(const char* key) const;
    /// The full name of a key, e.g. "stop.max_items".
    std::string path(const std::string& key) const;

    double number(const char* key, double fallback, double min = -no_limit, double max = no_limit) const;
    std::optional<double> number(const char* key) const;
    std::int64_t integer(const char* key, std::int64_t fallback, std::int64_t min, std::int64_t max) const;
    std::string text(const char* key, const std::string& fallback = "", std::size_t max_length = 4096) const;
    bool flag(const char* key, bool fallback) const;
    std::string choice(const char* key, const std::string& fallback, const std::vector<std::string>& names) const;
    std::vector<double> numbers(const char* key, std::size_t min_count, std::size_t max_count) const;
    std::vector<std::string> texts(const char* key, std::size_t max_count) const;

    [[noreturn]] void refuse(const std::string& key, const std::string& should) const;

private:
    const Json* find(const char* key) const;
    const Json& object_;
    std::string path_;
    ErrorKind kind_;
};

}  // namespace palier
