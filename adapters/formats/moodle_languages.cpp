// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/moodle_languages.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace palier::formats::moodle {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool of_code(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// "fr-CA" as "fr_ca".
std::string code(std::string_view language) {
    std::string result;
    for (const char c : language) result += c == '-' ? '_' : lower(c);
    return result;
}

/// {"fr_ca", "fr"}.
std::vector<std::string> with_parents(const std::string& language) {
    std::vector<std::string> chain;
    for (std::string one = code(language); !one.empty();) {
        chain.push_back(one);
        const std::size_t cut = one.rfind('_');
        one.resize(cut == std::string::npos ? 0 : cut);
    }
    return chain;
}

/// A text that is read by its places, case aside.
class Scan {
public:
    explicit Scan(std::string_view text) : text_(text) {}
    std::size_t size() const { return text_.size(); }
    bool at_word(std::size_t at, std::string_view word) const {
        if (at > text_.size() || text_.size() - at < word.size()) return false;
        for (std::size_t i = 0; i < word.size(); ++i)
            if (lower(text_[at + i]) != word[i]) return false;
        return true;
    }
    std::size_t past_blanks(std::size_t at) const {
        while (at < text_.size() && blank(text_[at])) ++at;
        return at;
    }
    std::size_t find(std::string_view word, std::size_t from) const {
        for (std::size_t at = text_.find(word[0], from); at != std::string_view::npos; at = text_.find(word[0], at + 1))
            if (at_word(at, word)) return at;
        return std::string_view::npos;
    }
    std::string_view between(std::size_t from, std::size_t to) const { return text_.substr(from, to - from); }
    char operator[](std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }

private:
    std::string_view text_;
};

struct Tag {
    std::size_t end = 0;  // past ">"; 0 is no tag
    std::string language;
};

/// <span(\s+lang="[a-zA-Z0-9_-]+"|\s+class="multilang"){2}\s*>
Tag multilang_tag(const Scan& text, std::size_t at) {
    if (!text.at_word(at, "<span")) return {};
    Tag tag;
    std::size_t to = at + 5;
    for (int attribute = 0; attribute < 2; ++attribute) {
        const std::size_t name = text.past_blanks(to);
        if (name == to) return {};
        if (text.at_word(name, "class=\"multilang\"")) {
            to = name + 17;
        } else if (text.at_word(name, "lang=\"")) {
            to = name + 6;
            while (of_code(text[to])) ++to;
            if (to == name + 6 || text[to] != '"') return {};
            tag.language = code(text.between(name + 6, to++));
        } else {
            return {};
        }
    }
    to = text.past_blanks(to);
    if (text[to] != '>') return {};
    tag.end = to + 1;
    return tag;
}

constexpr std::string_view close_span = "</span>";

/// The row of spans that begins here: its end, and what Moodle shows of it.
struct Row {
    std::size_t end = 0;
    std::string shown;
};

/// Moodle takes a row apart by a second, wider expression: any <span … lang="XX" …> up to the next </span>.
std::vector<std::pair<std::string, std::string>> parts_of(std::string_view row) {
    std::vector<std::pair<std::string, std::string>> parts;
    const Scan text(row);
    for (std::size_t at = 0; (at = text.find("<span", at)) != std::string_view::npos;) {
        const std::size_t end = row.find('>', at);
        const std::size_t close = end == std::string_view::npos ? end : text.find(close_span, end);
        if (close == std::string_view::npos) break;
        std::string language;
        for (std::size_t name = at + 6; name + 6 < end; ++name) {
            if (!text.at_word(name, "lang=\"")) continue;
            std::size_t to = name + 6;
            while (of_code(text[to])) ++to;
            if (to > name + 6 && text[to] == '"' && to < end) language = code(text.between(name + 6, to));
        }
        if (language.empty()) {
            at = end + 1;
            continue;
        }
        const auto known =
            std::find_if(parts.begin(), parts.end(), [&](const auto& part) { return part.first == language; });
        if (known != parts.end())
            known->second = row.substr(end + 1, close - end - 1);
        else
            parts.emplace_back(language, row.substr(end + 1, close - end - 1));
        at = close + close_span.size();
    }
    return parts;
}

std::string spans(const std::string& html, std::vector<std::string> chain) {
    const Scan text(html);
    // Where a </span> is followed by another span of a row that is closed.
    std::vector<std::pair<std::size_t, std::size_t>> joints;  // end of the </span>, end of the next span's tag
    for (std::size_t at = 0; (at = text.find(close_span, at)) != std::string_view::npos; at += close_span.size()) {
        const std::size_t end = at + close_span.size();
        if (const Tag next = multilang_tag(text, text.past_blanks(end)); next.end > 0)
            joints.emplace_back(end, next.end);
    }
    if (joints.empty()) return html;
    chain.emplace_back("en");
    std::string result;
    std::size_t done = 0;
    for (std::size_t at = 0; (at = text.find("<span", at)) != std::string_view::npos;) {
        const Tag first = multilang_tag(text, at);
        const auto from = [&](std::size_t place) {
            return std::lower_bound(joints.begin(), joints.end(), std::pair(place, std::size_t{0}));
        };
        auto joint = first.end == 0 ? joints.end() : from(first.end + close_span.size());
        std::size_t end = 0;
        while (joint != joints.end()) {
            const std::size_t close = text.find(close_span, joint->second);
            if (close == std::string_view::npos) break;
            end = close + close_span.size();
            joint = from(end);
            if (joint == joints.end() || joint->first != end) break;
        }
        const auto parts = end == 0 ? decltype(parts_of(html)){} : parts_of(text.between(at, end));
        if (parts.empty()) {
            at += 5;
            continue;
        }
        const std::string* shown = &parts.front().second;
        for (auto wanted = chain.rbegin(); wanted != chain.rend(); ++wanted)
            for (const auto& [language, part] : parts)
                if (language == *wanted) shown = &part;
        result.append(html, done, at - done);
        result += *shown;
        done = at = end;
    }
    return result.append(html, done);
}

struct Block {
    std::size_t begin = 0, end = 0;  // end 0: there is no closing mark after it
    std::vector<std::string> languages;
    std::string text;
};

/// {mlang fr,en}…{mlang}; blanks are allowed inside the braces.
std::optional<Block> block_at(const Scan& text, std::size_t at) {
    Block block{at, 0, {}, {}};
    std::size_t to = text.past_blanks(at + 1);
    if (!text.at_word(to, "mlang") || !blank(text[to + 5])) return std::nullopt;
    to += 5;
    do {
        const std::size_t first = text.past_blanks(to);
        to = first;
        while (of_code(text[to])) ++to;
        if (to == first) return std::nullopt;
        block.languages.push_back(code(text.between(first, to)));
        to = text.past_blanks(to);
    } while (text[to] == ',' && ++to > 0);
    if (text[to] != '}') return std::nullopt;
    const std::size_t inside = to + 1;
    for (std::size_t close = text.find("{", inside); close != std::string_view::npos;
         close = text.find("{", close + 1)) {
        std::size_t end = text.past_blanks(close + 1);
        if (!text.at_word(end, "mlang")) continue;
        end = text.past_blanks(end + 5);
        if (text[end] != '}') continue;
        block.text = text.between(inside, close);
        block.end = end + 1;
        return block;
    }
    return block;
}

std::string blocks(const std::string& html, std::vector<std::string> chain, std::vector<std::string>& notes) {
    const Scan text(html);
    std::vector<Block> found;
    for (std::size_t at = html.find('{'); at != std::string::npos; at = html.find('{', at)) {
        auto block = block_at(text, at);
        if (block && block->end == 0) break;  // no later block ends either
        at = block ? block->end : at + 1;
        if (block) found.push_back(std::move(*block));
    }
    if (found.empty()) return html;
    chain.emplace_back("other");
    const auto has = [](const Block& block, const std::string& language) {
        return std::find(block.languages.begin(), block.languages.end(), language) != block.languages.end();
    };
    std::string chosen;
    for (auto wanted = chain.rbegin(); wanted != chain.rend(); ++wanted)
        if (std::any_of(found.begin(), found.end(), [&](const Block& block) { return has(block, *wanted); }))
            chosen = *wanted;
    if (chosen.empty()) {
        chosen = found.front().languages.front();
        notes.push_back("the text has no {mlang " + chain.front() + "}: that in '" + chosen.substr(0, 20) +
                        "' is carried");
    }
    std::string result;
    std::size_t done = 0;
    for (const Block& block : found) {
        result.append(html, done, block.begin - done);
        if (has(block, chosen)) result += block.text;
        done = block.end;
    }
    return result.append(html, done);
}

}  // namespace

OneLanguage in_language(const std::string& text, const std::string& language) {
    const Scan before(text);
    const bool has_spans = before.find("multilang", 0) != std::string_view::npos,
               has_blocks = before.find("mlang", 0) != std::string_view::npos;
    if (!has_spans && !has_blocks) return {text, {}};
    OneLanguage result;
    const std::vector<std::string> chain = with_parents(language.empty() ? "en" : language);
    result.text = has_spans ? spans(text, chain) : text;
    if (has_blocks) result.text = blocks(result.text, chain, result.notes);
    const Scan after(result.text);
    if (after.find("class=\"multilang\"", 0) != std::string_view::npos)
        result.notes.emplace_back("a span of class multilang is not one of a row, as Moodle's filter asks: it stays");
    for (std::size_t at = result.text.find('{'); at != std::string::npos; at = result.text.find('{', at + 1))
        if (after.at_word(after.past_blanks(at + 1), "mlang")) {
            result.notes.emplace_back("a mark {mlang} has no counterpart: it stays");
            break;
        }
    return result;
}

}  // namespace palier::formats::moodle
