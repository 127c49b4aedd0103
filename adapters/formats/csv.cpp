// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "engine/errors.hpp"
#include "engine/util/json.hpp"

namespace palier::formats {
namespace {

constexpr std::size_t max_bytes = std::size_t{512} * 1024 * 1024;
constexpr std::size_t max_columns = 200000;
constexpr std::size_t max_cell = 64 * 1024;

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

char separator_of(std::string_view text) {
    const std::string_view first = text.substr(0, text.find_first_of("\r\n"));
    char best = ',';
    std::ptrdiff_t most = std::count(first.begin(), first.end(), ',');
    for (const char candidate : {';', '\t'}) {
        const auto count = std::count(first.begin(), first.end(), candidate);
        if (count > most) {
            most = count;
            best = candidate;
        }
    }
    return best;
}

class Scanner {
public:
    Scanner(std::string_view text, std::string name, char separator)
        : text_(text), name_(std::move(name)), separator_(separator) {}

    bool at_end() const { return at_ >= text_.size(); }

    CsvRow row() {
        CsvRow result{line_, {}};
        while (true) {
            result.cells.push_back(cell(result.cells.size() + 1));
            if (result.cells.size() > max_columns) fail("more than 200,000 cells");
            if (at_end()) break;
            if (text_[at_] == separator_) {
                ++at_;
                if (at_end()) {
                    result.cells.emplace_back();
                    break;
                }
                continue;
            }
            end_line();
            break;
        }
        return result;
    }

private:
    [[noreturn]] void fail(const std::string& what) const {
        throw Error(name_ + ", line " + std::to_string(line_) + ": " + what);
    }

    void end_line() {
        if (text_[at_] == '\r') ++at_;
        if (!at_end() && text_[at_] == '\n') ++at_;
        ++line_;
    }

    std::string cell(std::size_t number) {
        std::string value;
        if (!at_end() && text_[at_] == '"') {
            const int opened = line_;
            ++at_;
            while (true) {
                if (at_end())
                    throw Error(name_ + ", line " + std::to_string(opened) + ", column " + std::to_string(number) +
                                ": a quote is opened and never closed");
                const char ch = text_[at_++];
                if (ch == '"') {
                    if (at_end() || text_[at_] != '"') break;
                    ++at_;
                }
                if (ch == '\n') ++line_;
                value += ch;
                if (value.size() > max_cell) fail("a cell of more than 65,536 bytes");
            }
            if (!at_end() && text_[at_] != separator_ && text_[at_] != '\r' && text_[at_] != '\n')
                fail("column " + std::to_string(number) +
                     ": text after a closing quote; a quote inside a quoted cell is written twice (\"\")");
            return value;
        }
        const std::size_t start = at_;
        while (!at_end() && text_[at_] != separator_ && text_[at_] != '\r' && text_[at_] != '\n') ++at_;
        if (at_ - start > max_cell) fail("a cell of more than 65,536 bytes");
        return std::string(trim(text_.substr(start, at_ - start)));
    }

    std::string_view text_;
    std::string name_;
    char separator_;
    std::size_t at_ = 0;
    int line_ = 1;
};

bool is_blank(const CsvRow& row) {
    return std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return cell.empty(); });
}

}  // namespace

std::string Csv::place(const CsvRow& row, std::size_t column) const {
    return name + ", line " + std::to_string(row.line) + ", column '" + header[column] + "'";
}

Csv read_csv(std::string_view text, const std::string& name) {
    if (text.size() > max_bytes) throw Error(name + ": more than 512 MB");
    if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
    if (!is_utf8(text)) throw Error(name + ": not UTF-8; save the table as UTF-8");
    if (text.find('\0') != std::string_view::npos) throw Error(name + ": not a table (it has a zero byte)");

    Csv csv;
    csv.name = name;
    csv.separator = separator_of(text);
    Scanner scanner(text, name, csv.separator);
    while (!scanner.at_end()) {
        CsvRow row = scanner.row();
        if (is_blank(row)) continue;
        if (csv.header.empty()) {
            csv.header = std::move(row.cells);
            std::set<std::string> seen;
            for (const std::string& column : csv.header) {
                if (column.empty()) throw Error(name + ", line " + std::to_string(row.line) + ": a column has no name");
                if (!seen.insert(column).second)
                    throw Error(name + ", line " + std::to_string(row.line) + ": column '" + column +
                                "' is there twice");
            }
            continue;
        }
        if (row.cells.size() != csv.header.size())
            throw Error(name + ", line " + std::to_string(row.line) + ": " + std::to_string(row.cells.size()) +
                        " cells; the header has " + std::to_string(csv.header.size()));
        csv.rows.push_back(std::move(row));
    }
    if (csv.header.empty()) throw Error(name + ": empty; the first line should be the header");
    return csv;
}

std::optional<double> number_in(std::string_view cell, char separator) {
    std::string text(trim(cell));
    if (separator != ',' && text.find('.') == std::string::npos && std::count(text.begin(), text.end(), ',') == 1)
        std::replace(text.begin(), text.end(), ',', '.');
    if (!text.empty() && text[0] == '+') text.erase(0, 1);
    double value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || result.ec != std::errc() || result.ptr != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

}  // namespace palier::formats
