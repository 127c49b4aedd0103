// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/util/json.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/errors.hpp"

namespace palier {
namespace {

thread_local JsonTextCount* counting = nullptr;

std::string place(std::string_view text, std::size_t byte) {
    std::size_t line = 1;
    std::size_t column = 1;
    for (std::size_t i = 0; i + 1 < byte && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++line;
            column = 1;
        } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
            ++column;
        }
    }
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

// nlohmann writes "[json.exception.parse_error.101] parse error at line 1, column 5: what".
std::string reason(const std::string& message) {
    const auto at = message.find(": ");
    std::string text = at == std::string::npos ? message : message.substr(at + 2);
    return text.size() > 200 ? text.substr(0, 200) + "…" : text;
}

/// Builds the value while it is read, so that what is too deep or twice there stops the reading.
class TextReader : public nlohmann::json_sax<Json> {
public:
    TextReader(std::string_view text, ErrorKind kind, const std::string& what, std::size_t max_depth)
        : text_(text), kind_(kind), what_(what), max_depth_(max_depth) {}

    Json take() { return std::move(root_); }

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        const auto [place, fresh] = open_.back()->emplace(name, nullptr);
        if (!fresh) raise(kind_, what_ + ": key '" + name.substr(0, 100) + "' appears twice in one object");
        next_ = &*place;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const Json::exception& error) override {
        raise(kind_, what_ + ": not JSON at " + place(text_, position) + ": " + reason(error.what()));
    }

private:
    Json* keep(Json value) {
        if (open_.empty()) return &(root_ = std::move(value));
        if (open_.back()->is_array()) return &open_.back()->emplace_back(std::move(value));
        return &(*next_ = std::move(value));
    }

    bool put(Json value) {
        keep(std::move(value));
        return true;
    }

    bool open(Json value) {
        if (open_.size() == max_depth_)
            raise(kind_, what_ + ": nested more than " + std::to_string(max_depth_) + " levels deep");
        open_.push_back(keep(std::move(value)));
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    std::string_view text_;
    ErrorKind kind_;
    const std::string& what_;
    std::size_t max_depth_;
    Json root_;
    std::vector<Json*> open_;  // from the outside in; only the innermost grows, so pointers hold
    Json* next_ = nullptr;
};

std::size_t edit_distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::string plain(double x) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.10g", x);
    return buffer;
}

}  // namespace

void raise(ErrorKind kind, const std::string& message) {
    switch (kind) {
        case ErrorKind::bank:
            throw BankError(message);
        case ErrorKind::plan:
            throw PlanError(message);
        case ErrorKind::log:
            throw LogError(message);
        case ErrorKind::argument:
            break;
    }
    throw ArgumentError(message);
}

JsonTextCount::JsonTextCount() : outer_(counting) { counting = this; }
JsonTextCount::~JsonTextCount() { counting = outer_; }

Json parse_json(std::string_view text, ErrorKind kind, const std::string& what, std::size_t max_bytes,
                std::size_t max_depth) {
    if (counting) ++counting->read;
    if (text.size() > max_bytes) {
        raise(kind,
              what + ": " + std::to_string(text.size()) + " bytes; at most " + std::to_string(max_bytes) + " are read");
    }
    TextReader reader(text, kind, what, max_depth);
    Json::sax_parse(text, &reader);
    return reader.take();
}

std::string dump_json(const Json& value) {
    if (counting) ++counting->written;
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string show(const Json& value) {
    std::string text = dump_json(value);
    if (text.size() <= 60) return text;
    std::size_t end = 57;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end) + "…";
}

bool is_utf8(std::string_view text) {
    const auto* p = reinterpret_cast<const unsigned char*>(text.data());
    const auto* end = p + text.size();
    while (p < end) {
        int more = 0;
        std::uint32_t code = 0;
        if (*p < 0x80) {
            ++p;
            continue;
        }
        if (*p >= 0xC2 && *p < 0xE0) {
            more = 1;
            code = *p & 0x1Fu;
        } else if (*p >= 0xE0 && *p < 0xF0) {
            more = 2;
            code = *p & 0x0Fu;
        } else if (*p >= 0xF0 && *p < 0xF5) {
            more = 3;
            code = *p & 0x07u;
        } else {
            return false;
        }
        if (end - p <= more) return false;
        for (int i = 1; i <= more; ++i) {
            if ((p[i] & 0xC0) != 0x80) return false;
            code = (code << 6) | (p[i] & 0x3Fu);
        }
        if ((more == 2 && (code < 0x800 || (code >= 0xD800 && code < 0xE000))) ||
            (more == 3 && (code < 0x10000 || code > 0x10FFFF)))
            return false;
        p += more + 1;
    }
    return true;
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& names) {
    if (word.size() > 64) return "";
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& name : names) {
        const std::size_t distance = edit_distance(word, name);
        if (distance < best_distance && distance < name.size()) {
            best_distance = distance;
            best = name;
        }
    }
    return best.empty() ? "" : "; did you mean '" + best + "'?";
}

std::string join(const std::vector<std::string>& words, const char* separator) {
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty()) text += separator;
        text += word;
    }
    return text;
}

ObjectReader::ObjectReader(const Json& object, std::string path, ErrorKind kind, std::vector<std::string> keys)
    : object_(object), path_(std::move(path)), kind_(kind) {
    if (!object.is_object())
        raise(kind_, (path_.empty() ? std::string("the document") : path_) + " is " + show(object) +
                         "; it should be an object {…}");
    for (const auto& entry : object.items()) {
        if (std::find(keys.begin(), keys.end(), entry.key()) != keys.end()) continue;
        const std::string key = entry.key().size() > 80 ? entry.key().substr(0, 80) + "…" : entry.key();
        const std::string hint = did_you_mean(entry.key(), keys);
        raise(kind_,
              "unknown key '" + this->path(key) + "'" + (hint.empty() ? ";" : hint) + " valid keys: " + join(keys));
    }
}

const Json* ObjectReader::find(const char* key) const {
    const auto found = object_.find(key);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
}

bool ObjectReader::has(const char* key) const { return find(key) != nullptr; }

const Json& ObjectReader::at(const char* key) const {
    const Json* value = find(key);
    if (!value) raise(kind_, "'" + path(key) + "' is missing");
    return *value;
}

std::string ObjectReader::path(const std::string& key) const { return path_.empty() ? key : path_ + "." + key; }

void ObjectReader::refuse(const std::string& key, const std::string& should) const {
    const Json* value = find(key.c_str());
    raise(kind_, "'" + path(key) + "'" + (value ? " is " + show(*value) : std::string(" is missing")) +
                     "; it should be " + should);
}

double ObjectReader::number(const char* key, double fallback, double min, double max) const {
    const Json* value = find(key);
    if (!value) return fallback;
    std::string should = "a number";
    if (min > -no_limit && max < no_limit) {
        should += " from " + plain(min) + " to " + plain(max);
    } else if (min > -no_limit) {
        should += " of at least " + plain(min);
    } else if (max < no_limit) {
        should += " of at most " + plain(max);
    }
    if (!value->is_number()) refuse(key, should);
    const double x = value->get<double>();
    if (!std::isfinite(x) || x < min || x > max) refuse(key, should);
    return x;
}

std::optional<double> ObjectReader::number(const char* key) const {
    if (!find(key)) return std::nullopt;
    return number(key, 0.0);
}

std::int64_t ObjectReader::integer(const char* key, std::int64_t fallback, std::int64_t min, std::int64_t max) const {
    const Json* value = find(key);
    if (!value) return fallback;
    const std::string should = "a whole number from " + std::to_string(min) + " to " + std::to_string(max);
    // 3.0 is a whole number too: languages without integers write it so.
    if (value->is_number_float()) {
        const double x = value->get<double>();
        if (!(std::fabs(x) <= 9007199254740992.0) || x != std::floor(x)) refuse(key, should);
        const auto n = static_cast<std::int64_t>(x);
        if (n < min || n > max) refuse(key, should);
        return n;
    }
    if (value->is_number_unsigned() && value->get<std::uint64_t>() > 9223372036854775807u) refuse(key, should);
    if (!value->is_number_integer()) refuse(key, should);
    const auto n = value->get<std::int64_t>();
    if (n < min || n > max) refuse(key, should);
    return n;
}

std::string ObjectReader::text(const char* key, const std::string& fallback, std::size_t max_length) const {
    const Json* value = find(key);
    if (!value) return fallback;
    const std::string should =
        max_length == std::string::npos ? "a text" : "a text of at most " + std::to_string(max_length) + " bytes";
    if (!value->is_string() || value->get_ref<const std::string&>().size() > max_length) refuse(key, should);
    return value->get<std::string>();
}

bool ObjectReader::flag(const char* key, bool fallback) const {
    const Json* value = find(key);
    if (!value) return fallback;
    if (!value->is_boolean()) refuse(key, "true or false");
    return value->get<bool>();
}

std::string ObjectReader::choice(const char* key, const std::string& fallback,
                                 const std::vector<std::string>& names) const {
    const Json* value = find(key);
    if (!value) return fallback;
    if (value->is_string() && std::find(names.begin(), names.end(), value->get<std::string>()) != names.end())
        return value->get<std::string>();
    const std::string hint = value->is_string() ? did_you_mean(value->get<std::string>(), names) : "";
    refuse(key, "one of " + join(names) + hint);
}

std::vector<double> ObjectReader::numbers(const char* key, std::size_t min_count, std::size_t max_count) const {
    const Json& value = at(key);
    const std::string should =
        "an array of " +
        (min_count == max_count ? std::to_string(min_count)
                                : std::to_string(min_count) + " to " + std::to_string(max_count)) +
        " numbers";
    if (!value.is_array() || value.size() < min_count || value.size() > max_count) refuse(key, should);
    std::vector<double> result;
    for (const Json& element : value) {
        if (!element.is_number() || !std::isfinite(element.get<double>())) refuse(key, should);
        result.push_back(element.get<double>());
    }
    return result;
}

std::vector<std::string> ObjectReader::texts(const char* key, std::size_t max_count) const {
    const Json& value = at(key);
    const std::string should = "an array of at most " + std::to_string(max_count) + " texts";
    if (!value.is_array() || value.size() > max_count) refuse(key, should);
    std::vector<std::string> result;
    for (const Json& element : value) {
        if (!element.is_string() || element.get_ref<const std::string&>().size() > 4096) refuse(key, should);
        result.push_back(element.get<std::string>());
    }
    return result;
}

}  // namespace palier
