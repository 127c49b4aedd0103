// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/http.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <ctime>

#include "adapters/xapi/store/errors.hpp"

namespace palier::xapi {
namespace {

/// Names are compared with each other, so that their number is bounded.
constexpr std::size_t most_fields = 100;

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decode(std::string_view text, bool plus_is_space) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            result += ' ';
        } else if (text[i] != '%') {
            result += text[i];
        } else {
            const int high = i + 2 < text.size() ? hexadecimal(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hexadecimal(text[i + 2]) : -1;
            if (high < 0 || low < 0) throw Refusal{400, "a percent sign stands without two hexadecimal digits"};
            result += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return result;
}

}  // namespace

Response refused(const Refusal& refusal) {
    Response response{refusal.status, refusal.headers, refusal.text + "\n"};
    response.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
    return response;
}

Refusal failed(const StoreError& error) {
    if (dynamic_cast<const DiskFull*>(&error) == nullptr)
        return {500, std::string(error.what()) + "; it can be sent again"};
    return {507, std::string(error.what()) + ": nothing was changed; it can be sent again once there is room"};
}

std::optional<std::string_view> header(const Headers& headers, std::string_view name) {
    const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
    for (const auto& [key, value] : headers)
        if (key.size() == name.size() && std::equal(key.begin(), key.end(), name.begin(), same)) return value;
    return {};
}

Target read_target(std::string_view target) {
    target = target.substr(0, target.find('#'));
    const auto mark = target.find('?');
    Target result;
    for (const char c : decode(target.substr(0, mark), false))
        if (c != '/' || result.path.empty() || result.path.back() != '/') result.path += c;
    if (result.path.size() > 1 && result.path.back() == '/') result.path.pop_back();
    if (mark != std::string_view::npos) result.parameters = read_form(target.substr(mark + 1));
    return result;
}

Parameters read_form(std::string_view form) {
    Parameters fields;
    while (!form.empty()) {
        const auto end = std::min(form.find('&'), form.size());
        const std::string_view pair = form.substr(0, end);
        form.remove_prefix(std::min(end + 1, form.size()));
        if (pair.empty()) continue;
        if (fields.size() == most_fields)
            throw Refusal{400, "more than " + std::to_string(most_fields) + " parameters"};
        const auto equals = std::min(pair.find('='), pair.size());
        std::string name = decode(pair.substr(0, equals), true);
        for (const auto& [known, value] : fields)
            if (known == name) throw Refusal{400, "the parameter " + name.substr(0, 100) + " is there twice"};
        fields.emplace_back(std::move(name), decode(pair.substr(std::min(equals + 1, pair.size())), true));
    }
    return fields;
}

bool is_header_value(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::string media_type(const Request& request) {
    const auto type = header(request.headers, "Content-Type").value_or("");
    std::string name(type.substr(0, type.find(';')));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    while (!name.empty() && name.back() == ' ') name.pop_back();
    return name;
}

std::optional<std::string> header_parameter(std::string_view value, std::string_view name) {
    const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
    for (auto mark = value.find(';'); mark != std::string_view::npos;) {
        value.remove_prefix(mark + 1);
        while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
        const auto equals = value.find('=');
        if (equals == std::string_view::npos) return {};
        const auto key = value.substr(0, equals);
        value.remove_prefix(equals + 1);
        std::string text;
        if (!value.empty() && value.front() == '"') {
            std::size_t i = 1;
            for (; i < value.size() && value[i] != '"'; ++i) {
                if (value[i] == '\\' && i + 1 < value.size()) ++i;
                text += value[i];
            }
            value.remove_prefix(std::min(i + 1, value.size()));
        } else {
            text = value.substr(0, value.find(';'));
            value.remove_prefix(text.size());
            while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.pop_back();
        }
        if (std::equal(key.begin(), key.end(), name.begin(), name.end(), same)) return text;
        mark = value.find(';');
    }
    return {};
}

std::string http_date(std::int64_t microseconds) {
    const auto time = static_cast<std::time_t>(microseconds / 1000000);
    std::tm utc{};
    gmtime_r(&time, &utc);
    std::array<char, 40> text{};
    // The program sets no locale: names are English.
    return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc)};
}

std::string encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte < 0x80 && std::isalnum(byte) != 0) || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            result += c;
        else
            (result += '%') += {digits[byte >> 4], digits[byte & 15]};
    }
    return result;
}

bool same_secret(std::string_view given, std::string_view expected) {
    if (expected.empty()) return false;
    volatile unsigned char difference = given.size() == expected.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size(); ++i)
        difference = difference | static_cast<unsigned char>(given[i] ^ expected[i % expected.size()]);
    return difference == 0;
}

}  // namespace palier::xapi
