// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/table_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "engine/bank/bank.hpp"

namespace palier::formats {
namespace {

struct Alias {
    const char* written;
    const char* means;
};

// '#' stands for a number.
constexpr Alias bank_aliases[] = {
    {"idnumber", "item"}, {"item_id", "item"},
    {"itemid", "item"},   {"item.id", "item"},
    {"items", "item"},    {"slope", "a"},
    {"dscrmn", "a"},      {"alpha", "a"},
    {"dffclt", "b"},      {"beta", "b"},
    {"g", "c"},           {"gussng", "c"},
    {"guessing", "c"},    {"lower_asymptote", "c"},
    {"u", "d"},           {"upper_asymptote", "d"},
    {"extrmt#", "b#"},    {"catgr.#", "b#"},
    {"se.a", "se_a"},     {"se.b", "se_b"},
    {"se.c", "se_c"},     {"se.d", "se_d"},
};

constexpr Alias response_aliases[] = {
    {"person", "person"}, {"id", "person"},   {"person_id", "person"},  {"personid", "person"}, {"item", "item"},
    {"item_id", "item"},  {"itemid", "item"}, {"response", "response"}, {"resp", "response"},   {"group", "group"},
    {"ms", "ms"},
};

// What Moodle's export, and people who mend it, say of a question beside its parameters.
constexpr const char* passed_over[] = {"level", "source", "qtype", "entryid", "questionid", "name"};

constexpr const char* blank_words[] = {"NA", "N/A", "#N/A", "#NA", "#NV", "#N/D", "NaN", "nan", "NAN", "NULL", "<NA>"};

// English, French and German names.
constexpr const char* error_words[] = {"#DIV/0!", "#VALUE!", "#VALEUR!", "#WERT!", "#REF!",  "#BEZUG!", "#NAME?",
                                       "#NOM?",   "#NUM!",   "#NOMBRE!", "#ZAHL!", "#NULL!", "#NUL!",   "#SPILL!"};

// Blanks that text programs put around and inside numbers: no-break, narrow no-break, thin, figure, zero-width, BOM.
constexpr std::array<std::string_view, 6> wide_blanks = {"\u00A0", "\u202F", "\u2009", "\u2007", "\u200B", "\uFEFF"};
// Dashes that stand for a minus before a digit: minus, hyphen, no-break hyphen, figure dash, en dash, small, full
// width.
constexpr std::array<std::string_view, 7> dashes = {"\u2212", "\u2010", "\u2011", "\u2012",
                                                    "\u2013", "\uFE63", "\uFF0D"};

bool digit(char ch) { return ch >= '0' && ch <= '9'; }

std::size_t blank_at(std::string_view text) {
    if (text.empty()) return 0;
    if (text[0] == ' ' || text[0] == '\t') return 1;
    for (const std::string_view blank : wide_blanks)
        if (text.substr(0, blank.size()) == blank) return blank.size();
    return 0;
}

bool is_number_of(const std::string& text, std::size_t from, int limit) {
    if (from >= text.size() || text.size() - from > 2) return false;
    if (!std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), digit)) return false;
    const int number = std::stoi(text.substr(from));
    return number >= 1 && number <= limit && text[from] != '0';
}

std::optional<std::string> means(const std::string& name, const Alias* aliases, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view written = aliases[i].written;
        if (name == written) return aliases[i].means;
        const std::string_view stem = written.substr(0, written.size() - 1);
        if (written.back() != '#' || name.compare(0, stem.size(), stem) != 0) continue;
        if (is_number_of(name, stem.size(), 99)) return std::string(1, aliases[i].means[0]) + name.substr(stem.size());
    }
    return std::nullopt;
}

bool is_parameter(const std::string& key) {
    const std::string of = key.rfind("se_", 0) == 0 ? key.substr(3) : key;
    if (of.rfind("intercept", 0) == 0 && of.size() > 9) return is_number_of(of, 9, 99);
    if (of.empty() || std::string("abcd").find(of[0]) == std::string::npos) return of == "intercept";
    return of.size() == 1 || (of[0] != 'd' && is_number_of(of, 1, 99));
}

// 1 234 or 12 345,6 without its blanks; nothing where they are not between groups of three digits.
std::optional<std::string> without_groups(std::string_view text) {
    std::string plain;
    std::size_t since = 0;  // digits after the last blank
    bool grouped = false;
    bool whole = true;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t wide = blank_at(text.substr(at));
        if (wide > 0) {
            const bool first = !grouped && since >= 1 && since <= 3;
            if (!whole || !(first || (grouped && since == 3))) return std::nullopt;
            grouped = true;
            since = 0;
            at += wide;
            continue;
        }
        if (whole && !digit(text[at]) && !(plain.empty() && text[at] == '-')) {
            if (grouped && since != 3) return std::nullopt;
            whole = false;
        }
        if (digit(text[at])) ++since;
        plain += text[at++];
    }
    if (whole && grouped && since != 3) return std::nullopt;
    return plain;
}

}  // namespace

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& ch : result)
        if (ch >= 'A' && ch <= 'Z') ch = static_cast<char>(ch - 'A' + 'a');
    return result;
}

namespace {

// mirt's items of several scales, without those of gpcm, which have scoring functions ak0… beside them.
bool has_slopes_of_mirt(const std::vector<std::string>& header) {
    std::vector<std::string> names;
    for (const std::string& column : header) names.push_back(lower(column));
    const auto has = [&](const char* name) { return std::find(names.begin(), names.end(), name) != names.end(); };
    const bool others = has("b") || has("b1") || has("c1") || has("intercept") || has("d0") || has("ak0") || has("ak1");
    return has("a1") && has("a2") && (has("d") || has("d1")) && !others;
}

// What a column of such a table is here; "" for all others.
std::string key_of_mirt(const std::string& name, const std::vector<std::string>& header) {
    const bool numbered = is_number_of(name, 1, 99);
    std::string key;
    if (name == "d" || (numbered && name[0] == 'd')) key = "intercept" + name.substr(1);
    if (numbered && name[0] == 'a') key = "a.F" + name.substr(1);
    return !key.empty() && has_slopes_of_mirt(header) ? key : "";
}

}  // namespace

std::optional<ColumnMeaning> bank_column(const std::string& written, const std::vector<std::string>& header) {
    const std::string name = lower(written);
    if (const std::string key = key_of_mirt(name, header); !key.empty()) return ColumnMeaning{ColumnKind::number, key};
    if (name.rfind("num.", 0) == 0) return ColumnMeaning{ColumnKind::number, "num." + written.substr(4)};
    if (name.rfind("a.", 0) == 0) return ColumnMeaning{ColumnKind::number, "a." + written.substr(2)};
    if (name.rfind("se_a.", 0) == 0) return ColumnMeaning{ColumnKind::number, "se_a." + written.substr(5)};
    if (is_parameter(name)) return ColumnMeaning{ColumnKind::number, name};
    const auto& keys = item_keys();
    if (std::find(keys.begin(), keys.end(), name) != keys.end()) return ColumnMeaning{ColumnKind::text, name};
    if (std::find(std::begin(passed_over), std::end(passed_over), name) != std::end(passed_over))
        return ColumnMeaning{ColumnKind::passed_over, name};
    if (const auto key = means(name, bank_aliases, std::size(bank_aliases)))
        return ColumnMeaning{is_parameter(*key) ? ColumnKind::number : ColumnKind::text, *key};
    return std::nullopt;
}

std::vector<std::string> bank_column_names() {
    std::vector<std::string> names = item_keys();
    for (const char* parameter : {"a", "b", "c", "intercept"})
        for (const char* before : {"", "se_"}) names.push_back(std::string(before) + parameter + "#");
    names.insert(names.end(), {"intercept", "se_intercept", "a.SCALE", "se_a.SCALE", "num.NAME"});
    for (const Alias& alias : bank_aliases) names.emplace_back(alias.written);
    names.insert(names.end(), std::begin(passed_over), std::end(passed_over));
    return names;
}

std::vector<std::string> response_column_names() {
    std::vector<std::string> names;
    for (const Alias& alias : response_aliases) names.emplace_back(alias.written);
    return names;
}

std::string doubtful_column(const std::string& written, const std::vector<std::string>& header) {
    const std::string name = lower(written);
    if (!key_of_mirt(name, header).empty()) return "";
    const auto has = [&](const char* other) {
        return std::any_of(header.begin(), header.end(),
                           [&](const std::string& column) { return lower(column) == other; });
    };
    // mirt without IRTpars: slopes a1…, intercepts d or d1…; here d is the upper asymptote and a1… the slopes
    // of nrm.
    const bool numbered_d = name.size() > 1 && name[0] == 'd' && is_number_of(name, 1, 99);
    const bool numbered_ak = name.rfind("ak", 0) == 0 && name.size() > 2 && digit(name[2]);
    if (numbered_d || numbered_ak || name == "d0") return has("a2") ? "mirt_steps" : "mirt_intercepts";
    if ((name == "d" || name == "a1") && has("a1") && has("d") && !has("b") && !has("c1"))
        return has("a2") ? "mirt_steps" : "mirt_intercepts";
    if (name == "(intercept)" || name == "z1") return "ltm_intercepts";
    if (name.rfind("beta.", 0) == 0 && is_number_of(name, 5, 99)) return "ltm_intercepts";
    if (name == "beta" && has("beta.1")) return "ltm_intercepts";
    if (name == "difficulty" || name == "difficulté" || name == "difficulte" || name == "discrimination")
        return "classical_or_logits";
    if (name == "beta" && !has("alpha")) return "easiness_or_difficulty";
    if (name.rfind("tau.cat", 0) == 0) return "tam_steps";
    if (name == "xsi" || name == "xsi.item") return "tam_xsi";
    return "";
}

std::string response_column(const std::string& written) {
    return means(lower(written), response_aliases, std::size(response_aliases)).value_or("");
}

bool is_blank(std::string_view cell) {
    cell = clean(cell);
    return cell.empty() || std::find(std::begin(blank_words), std::end(blank_words), cell) != std::end(blank_words);
}

bool is_sheet_error(std::string_view cell) {
    cell = clean(cell);
    return std::find(std::begin(error_words), std::end(error_words), cell) != std::end(error_words);
}

std::string_view clean(std::string_view cell) {
    while (const std::size_t wide = blank_at(cell)) cell.remove_prefix(wide);
    while (!cell.empty()) {
        std::size_t wide = cell.back() == ' ' || cell.back() == '\t' ? 1 : 0;
        for (const std::string_view blank : wide_blanks)
            if (cell.size() >= blank.size() && cell.substr(cell.size() - blank.size()) == blank) wide = blank.size();
        if (wide == 0) break;
        cell.remove_suffix(wide);
    }
    const std::size_t text = cell.find_first_not_of('\'');
    if (text != 0 && text != std::string_view::npos && std::string_view("=+-@\t\r\n").find(cell[text]) != cell.npos)
        cell.remove_prefix(1);
    return cell;
}

std::optional<CellNumber> read_cell_number(std::string_view cell) {
    cell = clean(cell);
    std::string text;
    for (const std::string_view dash : dashes) {
        if (cell.substr(0, dash.size()) != dash) continue;
        text = "-";
        cell.remove_prefix(dash.size());
        break;
    }
    if (text.empty() && !cell.empty() && cell[0] == '+') {
        cell.remove_prefix(1);
        if (!cell.empty() && (cell[0] == '-' || cell[0] == '+')) return std::nullopt;
    }
    if (!text.empty() && (cell.empty() || !(digit(cell[0]) || cell[0] == '.' || cell[0] == ','))) return std::nullopt;
    const auto plain = without_groups(cell);
    if (!plain) return std::nullopt;
    text += *plain;
    char sign = text.find('.') != std::string::npos ? '.' : '\0';
    if (const auto comma = text.find(','); comma != std::string::npos) {
        if (sign != '\0' || text.find(',', comma + 1) != std::string::npos) return std::nullopt;
        sign = ',';
        text[comma] = '.';
    }
    double value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || result.ec != std::errc() || result.ptr != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return CellNumber{value, sign};
}

}  // namespace palier::formats
