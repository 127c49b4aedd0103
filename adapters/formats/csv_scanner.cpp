// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "adapters/formats/csv.hpp"
#include "adapters/formats/table_rules.hpp"

namespace palier::formats {
namespace {

constexpr std::size_t max_columns = 200000;
constexpr std::size_t max_cell = 64 * 1024;
constexpr std::size_t piece_size = std::size_t{1} << 20;
constexpr std::size_t max_first_line = std::size_t{32} << 20;

std::string_view line_at(std::string_view text, std::size_t from) {
    return text.substr(from, std::min(text.find_first_of("\r\n", from), text.size()) - from);
}

// The sign that stands most often between the cells of a line, quotes aside.
char separator_in(std::string_view line) {
    char best = ',';
    std::ptrdiff_t most = -1;
    for (const char candidate : {',', ';', '\t'}) {
        std::ptrdiff_t count = 0;
        bool quoted = false;
        for (const char ch : line) {
            if (ch == '"') quoted = !quoted;
            if (ch == candidate && !quoted) ++count;
        }
        if (count > most) {
            most = count;
            best = candidate;
        }
    }
    return best;
}

// A spreadsheet's "sep=;" (perhaps in quotes, perhaps with the signs of the empty cells beside it).
std::optional<char> separator_named(std::string_view line) {
    if (!line.empty() && line[0] == '"') line.remove_prefix(1);
    if (lower(line.substr(0, 4)) != "sep=" || line.size() < 5) return std::nullopt;
    const char sign = line[4];
    line.remove_prefix(5);
    if (!line.empty() && line[0] == '"') line.remove_prefix(1);
    if (std::string_view(",;\t|").find(sign) == std::string_view::npos) return std::nullopt;
    return line.find_first_not_of(sign) == std::string_view::npos ? std::optional<char>(sign) : std::nullopt;
}

}  // namespace

CsvScanner::CsvScanner(std::string_view text) : text_(text) { open(); }

CsvScanner::CsvScanner(More more) : more_(std::move(more)) { open(); }

void CsvScanner::open() {
    // The whole first line that is not blank, to know what separates its cells.
    std::size_t from = 0;
    while (true) {
        from = std::min(text_.find_first_not_of("\r\n", from), text_.size());
        const std::string_view line = line_at(text_, from);
        if (from + line.size() < text_.size() || text_.size() > max_first_line) break;
        if (!more_) break;
        const std::size_t before = piece_.size();
        piece_.resize(before + piece_size);
        piece_.resize(before + more_(piece_.data() + before, piece_size));
        text_ = piece_;
        if (piece_.size() == before) {
            more_ = nullptr;
            break;
        }
        if (before == 0) from = 0;
    }
    const std::string_view first = line_at(text_, from);
    if (const auto named = separator_named(first)) {
        separator_ = *named;
        while (at_ < from) end_line();
        at_ += first.size();
        if (!at_end()) end_line();
        return;
    }
    separator_ = separator_in(first);
}

bool CsvScanner::fill() {
    if (!more_) return false;
    piece_.resize(piece_size);
    piece_.resize(more_(piece_.data(), piece_size));
    text_ = piece_;
    at_ = 0;
    if (piece_.empty()) more_ = nullptr;
    return !piece_.empty();
}

bool CsvScanner::fail(int line, std::string code, std::vector<std::string> values) {
    problem_ = TableNote{line, "", std::move(code), std::move(values), ""};
    return false;
}

void CsvScanner::end_line() {
    if (text_[at_] == '\r') ++at_;
    if (!at_end() && text_[at_] == '\n') ++at_;
    ++line_;
}

std::optional<std::string_view> CsvScanner::peek_line() const {
    if (problem_) return std::nullopt;
    const std::size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos) return std::nullopt;
    return text_.substr(at_, end - at_ - (end > at_ && text_[end - 1] == '\r' ? 1 : 0));
}

void CsvScanner::skip_line() {
    at_ = text_.find('\n', at_) + 1;
    ++line_;
}

bool CsvScanner::next(CsvRow& row) {
    while (!problem_ && !at_end()) {
        if (!read_row(row)) return false;
        if (std::any_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return !cell.empty(); }))
            return true;
    }
    return false;
}

bool CsvScanner::read_row(CsvRow& row) {
    row.line = line_;
    row.quoted = 0;
    std::size_t count = 0;
    while (true) {
        if (count == max_columns) return fail(line_, "columns_many");
        if (row.cells.size() <= count) row.cells.emplace_back();
        bool quoted = false;
        if (!read_cell(row.cells[count], count + 1, quoted)) return false;
        if (quoted && count < 32) row.quoted |= std::uint32_t{1} << count;
        ++count;
        if (at_end()) break;
        if (text_[at_] != separator_) {
            end_line();
            break;
        }
        ++at_;
        if (at_end()) {
            if (row.cells.size() <= count) row.cells.emplace_back();
            row.cells[count++].clear();
            break;
        }
    }
    row.cells.resize(count);
    return true;
}

bool CsvScanner::read_cell(std::string& value, std::size_t number, bool& quoted) {
    value.clear();
    if (!at_end() && text_[at_] == '"') {
        quoted = true;
        const int opened = line_;
        ++at_;
        while (true) {
            if (at_end()) return fail(opened, "quote_open", {std::to_string(number)});
            const char ch = text_[at_++];
            if (ch == '"') {
                if (at_end() || text_[at_] != '"') break;
                ++at_;
            }
            if (ch == '\n') ++line_;
            value += ch;
            if (value.size() > max_cell) return fail(line_, "cell_long");
        }
        if (!at_end() && text_[at_] != separator_ && text_[at_] != '\r' && text_[at_] != '\n')
            return fail(line_, "quote_after", {std::to_string(number)});
        return true;
    }
    const char ends[] = {separator_, '\r', '\n'};
    while (!at_end()) {
        const std::size_t end = std::min(text_.find_first_of(std::string_view(ends, 3), at_), text_.size());
        if (value.size() + end - at_ > max_cell) return fail(line_, "cell_long");
        value.append(text_, at_, end - at_);
        at_ = end;
        if (end < text_.size()) break;
    }
    const std::string_view text = clean(value);
    if (text.size() != value.size()) value = std::string(text);
    return true;
}

}  // namespace palier::formats
