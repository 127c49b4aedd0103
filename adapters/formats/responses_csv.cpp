// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/responses_csv.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>
#include <unordered_map>

#include "adapters/formats/person_lines.hpp"
#include "adapters/formats/table_rules.hpp"
#include "adapters/formats/table_text.hpp"
#include "engine/errors.hpp"

namespace palier::formats {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

// A text whose pieces are given one after the other, as long as it lives.
CsvScanner::More pieces_of(std::string_view text) {
    return [text, at = std::size_t{0}](char* into, std::size_t room) mutable {
        const std::size_t size = std::min(room, text.size() - at);
        std::memcpy(into, text.data() + at, size);
        at += size;
        return size;
    };
}

std::string all_bytes(CsvScanner::More more) {
    std::string bytes;
    std::vector<char> piece(std::size_t{1} << 20);
    while (const std::size_t size = more(piece.data(), piece.size())) bytes.append(piece.data(), size);
    return bytes;
}

// Whether it can be read piece by piece: UTF-8 without a zero byte.
bool is_plain(CsvScanner::More more) {
    std::string piece(std::size_t{1} << 20, '\0');
    std::size_t kept = 0;  // the bytes of a letter that the next piece ends
    while (true) {
        const std::size_t size = more(piece.data() + kept, piece.size() - kept);
        std::string_view text(piece.data(), kept + size);
        if (size == 0) return kept == 0;
        std::size_t whole = text.size();
        while (whole > 0 && text.size() - whole < 4 && (static_cast<unsigned char>(text[whole - 1]) & 0xC0) == 0x80)
            --whole;
        if (whole > 0 && (static_cast<unsigned char>(text[whole - 1]) & 0x80) != 0) --whole;
        const bool ends_whole = is_utf8(text.substr(whole));
        const std::string_view checked = ends_whole ? text : text.substr(0, whole);
        if (!is_utf8(checked) || checked.find('\0') != std::string_view::npos) return false;
        kept = text.size() - checked.size();
        if (kept > 4) return false;
        std::memmove(piece.data(), piece.data() + checked.size(), kept);
    }
}

}  // namespace

struct ResponsesTable::Impl {
    Impl(Source source_, const std::string& name_, const Bank& bank_, const ResponsesOptions& options_)
        : source(std::move(source_)), name(name_), bank(bank_), options(options_) {}

    // What a simple line is read by: wide, and all columns are the person's or an item's.
    struct Column {
        int item;  ///< -1: the person
        int first;
        int count;
    };

    Source source;
    std::string name;
    const Bank& bank;
    ResponsesOptions options;
    std::string decoded;  // where the table is not UTF-8
    TableNotes problems;
    TableNotes notices;

    std::vector<std::string> header;
    int header_line = 1;
    bool is_long = false;
    std::size_t person = none, item = none, response = none, group = none, ms = none;
    std::vector<int> positions;   // wide: of each column's item; -1 none
    std::vector<Column> columns;  // empty where no line is simple
    std::vector<bool> unread;     // columns that are named where they have values
    std::size_t persons = 0;
    std::set<int> twice;  // lines of persons who stood on an earlier one; no more than are told
    bool held = false;
    std::vector<PersonResponses> all;  // held
    std::size_t given = 0;

    bool saw_zero = false, saw_several = false;
    std::unique_ptr<CsvScanner> scanner;
    CsvRow row{};
    bool row_waits = false;  // long: the first row of the next person was read
    std::size_t number = 0;  // of persons without names

    void add(int line, const std::string& column, const char* code, std::vector<std::string> values = {}) {
        problems.add({line, column, code, std::move(values), ""});
    }

    CsvScanner::More open() { return decoded.empty() ? without_mark(source()) : pieces_of(decoded); }

    static CsvScanner::More without_mark(CsvScanner::More more) {
        return [more = std::move(more), begun = false](char* into, std::size_t room) mutable {
            std::size_t size = more(into, room);
            if (!begun && size >= 3 && std::memcmp(into, "\xEF\xBB\xBF", 3) == 0) {
                std::memmove(into, into + 3, size - 3);
                size -= 3;
                if (size == 0) size = more(into, room);
            }
            begun = true;
            return size;
        };
    }

    void begin() {
        scanner = std::make_unique<CsvScanner>(open());
        row = CsvRow{};
        row_waits = false;
        number = 0;
        given = 0;
        CsvRow first{};
        scanner->next(first);
    }

    void read_header() {
        if (!is_plain(source())) {
            TableText text = table_text(decoded = all_bytes(source()));
            if (text.problem) {
                problems.add(*text.problem);
                return;
            }
            if (text.encoding != std::string("UTF-16")) notices.add({0, "", "encoding_read", {text.encoding}, ""});
            decoded = text.decoded.empty() ? std::string(text.utf8) : std::move(text.decoded);
        }
        CsvScanner reader(open());
        CsvRow first{};
        CsvRow second{};
        if (!reader.next(first)) {
            if (reader.problem()) {
                problems.add(*reader.problem());
            } else {
                add(0, "", "empty");
            }
            return;
        }
        const bool more = reader.next(second);
        header = std::move(first.cells);
        header_line = first.line;
        for (std::string& column : header) column = std::string(clean(column));
        while (header.size() > 1 && header.back().empty()) header.pop_back();
        // R's write.table: no name for the row names, which are quoted.
        if (more && second.cells.size() == header.size() + 1 && (first.quoted & 1u) != 0 && (second.quoted & 3u) == 3u)
            header.insert(header.begin(), "");
        name_columns();
    }

    void name_columns() {
        const auto is_item = [&](const std::string& column) { return bank.find(column) >= 0; };
        const auto find = [&](const char* meaning) {
            for (std::size_t k = 0; k < header.size(); ++k)
                if (!is_item(header[k]) && response_column(header[k]) == meaning) return k;
            return none;
        };
        person = find("person");
        item = find("item");
        response = find("response");
        group = find("group");
        is_long = item != none && response != none;
        if (is_long) ms = find("ms");
        if (person == none && header[0].empty()) person = 0;
        if (is_long && person == none) add(header_line, "", "column_missing", {"person", join(header)});
        positions.assign(header.size(), -1);
        unread.assign(header.size(), false);
        std::set<std::string> seen;
        for (std::size_t k = 0; k < header.size(); ++k) {
            if (!header[k].empty() && !seen.insert(header[k]).second) add(header_line, "", "column_twice", {header[k]});
            if (k == person || k == group || (is_long && (k == item || k == response || k == ms))) continue;
            if (!is_long && !header[k].empty()) positions[k] = bank.find(header[k]);
            unread[k] = positions[k] < 0;
        }
        if (header[0].empty() && person == 0) {
            notices.add({header_line, "", "row_names_read_as", {"person"}, ""});
        } else if (header[0].empty() && unread[0]) {
            notices.add({header_line, "", "row_names", {}, ""});
            unread[0] = false;
        }
    }

    std::string hint(const std::string& id) const {
        if (bank.size() > 10000) return "";
        std::vector<std::string> ids = {"person", "group"};
        for (const Item& entry : bank.items()) ids.push_back(entry.id);
        return did_you_mean(id, ids);
    }

    // A column that is none of ours is told once, where it first has a value.
    void see_unread() {
        for (std::size_t k = 0; k < unread.size(); ++k) {
            if (!unread[k] || row.cells[k].empty()) continue;
            unread[k] = false;
            if (header[k].empty()) {
                add(header_line, "", "column_unnamed", {std::to_string(k + 1)});
            } else if (is_long) {
                notices.add({header_line, header[k], "column_ignored", {header[k]}, ""});
            } else {
                add(header_line, header[k], "item_unknown", {header[k], hint(header[k])});
            }
        }
    }

    // Cells as wide as the header: empty ones after it are passed over.
    bool fit_row(bool tell) {
        const std::size_t found = row.cells.size();
        while (row.cells.size() > header.size() && row.cells.back().empty()) row.cells.pop_back();
        if (row.cells.size() == header.size()) return true;
        if (tell) add(row.line, "", "cells", {std::to_string(found), std::to_string(header.size())});
        return false;
    }

    std::optional<int> category(std::size_t k, const Item& of, bool tell) {
        const std::string& cell = row.cells[k];
        const int count = categories(of.parameters);
        const int first = count > 2 ? options.first_category : 0;
        std::optional<double> value;
        if (cell.size() == 1 && cell[0] >= '0' && cell[0] <= '9') {
            value = cell[0] - '0';
        } else if (const auto number_read = read_cell_number(cell)) {
            value = number_read->value;
        }
        if (value && *value == std::floor(*value) && *value >= first && *value < first + count) {
            const int result = static_cast<int>(*value) - first;
            if (count > 2) {
                saw_several = true;
                saw_zero = saw_zero || result == 0;
            }
            return result;
        }
        if (!tell) return std::nullopt;
        const char* code = is_sheet_error(cell)                                  ? "response_error"
                           : value && *value == count && count > 2 && first == 0 ? "category_from_one"
                                                                                 : "category";
        add(row.line, header[k], code,
            {cell.substr(0, 80), of.id, std::to_string(first), std::to_string(first + count - 1)});
        return std::nullopt;
    }

    void know_columns() {
        columns.clear();
        if (is_long || group != none) return;
        for (std::size_t k = 0; k < header.size(); ++k) {
            if (k != person && positions[k] < 0) {
                columns.clear();
                return;
            }
            const int count = k == person ? 0 : categories(bank[positions[k]].parameters);
            columns.push_back({k == person ? -1 : positions[k], count > 2 ? options.first_category : 0, count});
        }
    }

    static bool in_plain_name(char ch) {
        return (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_' ||
               ch == '-' || ch == '.' || ch == '@';
    }

    // Most lines of most tables: a name of letters, digits and -_.@, categories of one digit, cells that are empty or
    // NA. Read without a copy of each cell; false, and nothing is taken, where there is anything else.
    bool read_simple(PersonResponses& entry) {
        if (columns.empty()) return false;
        const auto line = scanner->peek_line();
        if (!line || line->empty()) return false;
        const char separator = scanner->separator();
        const char* at = line->data();
        const char* const end = at + line->size();
        std::string_view name_read;
        bool zero = false, several = false;
        entry.responses.resize(columns.size());
        std::size_t given_here = 0;
        for (std::size_t k = 0; k < columns.size(); ++k) {
            if (k > 0) {
                if (at == end || *at != separator) return false;
                ++at;
            }
            const Column& column = columns[k];
            if (column.item < 0) {
                const char* const begin = at;
                while (at != end && in_plain_name(*at)) ++at;
                name_read = {begin, static_cast<std::size_t>(at - begin)};
                continue;
            }
            if (at == end || *at == separator) continue;
            if (*at == 'N') {
                if (end - at < 2 || at[1] != 'A') return false;
                at += 2;
                continue;
            }
            const int value = *at - '0' - column.first;
            if (*at < '0' || *at > '9' || value < 0 || value >= column.count) return false;
            ++at;
            if (column.count > 2) {
                several = true;
                zero = zero || value == 0;
            }
            GivenResponse& response_read = entry.responses[given_here++];
            response_read.item = column.item;
            response_read.category = value;
            response_read.ms.reset();
        }
        if (at != end || (person != none ? name_read.empty() : given_here == 0)) return false;
        entry.responses.resize(given_here);
        ++number;
        if (person == none) {
            entry.person = std::to_string(number);
        } else {
            entry.person = name_read;
        }
        entry.group.clear();
        saw_several = saw_several || several;
        saw_zero = saw_zero || zero;
        scanner->skip_line();
        return true;
    }

    bool blank(std::size_t k) const { return row.cells[k].empty() || is_blank(row.cells[k]); }

    std::string person_name() {
        ++number;
        return person == none ? std::to_string(number) : std::string(clean(row.cells[person]));
    }

    void read_wide(PersonResponses& entry, bool tell) {
        entry.person = person_name();
        entry.group = group == none ? "" : std::string(clean(row.cells[group]));
        entry.responses.clear();
        for (std::size_t k = 0; k < header.size(); ++k) {
            if (positions[k] < 0 || blank(k)) continue;
            if (const auto value = category(k, bank[positions[k]], tell))
                entry.responses.push_back({positions[k], *value, std::nullopt});
        }
    }

    // The response of a long row, if it has one that is right.
    std::optional<GivenResponse> read_response(bool tell) {
        const std::string id(clean(row.cells[item]));
        const int position = bank.find(id);
        if (position < 0) {
            if (tell) add(row.line, header[item], "item_unknown", {id, hint(id)});
            return std::nullopt;
        }
        if (blank(response)) return std::nullopt;
        const auto value = category(response, bank[position], tell);
        if (!value) return std::nullopt;
        GivenResponse result{position, *value, std::nullopt};
        if (ms != none && !blank(ms)) {
            const auto time = read_cell_number(row.cells[ms]);
            if (time && time->value >= 0 && time->value <= 9e15 && time->sign != ',') {
                result.ms = static_cast<std::int64_t>(time->value);
            } else if (tell) {
                add(row.line, header[ms], "milliseconds", {row.cells[ms].substr(0, 80)});
            }
        }
        return result;
    }

    bool next_row() {
        if (row_waits) {
            row_waits = false;
            return true;
        }
        while (scanner->next(row))
            if (fit_row(false)) return true;
        return false;
    }

    // The person whose name stands on a line; for names that have one hash.
    std::string person_on(int line) {
        CsvScanner reader(open());
        CsvRow found{};
        while (reader.next(found))
            if (found.line == line) return person < found.cells.size() ? std::string(clean(found.cells[person])) : "";
        return "";
    }

    void check_wide() {
        PersonLines lines;
        PersonResponses entry;
        while (true) {
            int line = scanner->line();
            if (!read_simple(entry)) {
                if (!scanner->next(row)) break;
                if (!fit_row(true)) continue;
                line = row.line;
                see_unread();
                read_wide(entry, true);
            }
            ++persons;
            if (person == none) continue;
            if (entry.person.empty()) add(line, header[person], "person_empty");
            check_name(lines, entry.person, line);
        }
        if (lines.is_full() && !scanner->problem()) check_names();
    }

    void check_name(PersonLines& lines, const std::string& name_read, int line) {
        const int first = name_read.empty() ? 0 : lines.first(name_read, line);
        if (first == 0) return;
        if (problems.count() <= TableNotes::most) {
            if (person_on(first) != name_read || !twice.insert(line).second) return;
        }
        add(line, header[person], "person_twice", {name_read, std::to_string(first)});
    }

    // Of more persons than are kept: part by part.
    void check_names() {
        const std::size_t parts = persons / (PersonLines::most / 2) + 1;
        for (std::size_t part = 0; part < parts && problems.count() <= TableNotes::most; ++part) {
            begin();
            PersonLines lines(part, parts);
            std::string name_read;
            while (true) {
                int line = scanner->line();
                if (!read_name(name_read)) {
                    if (!scanner->next(row)) break;
                    if (!fit_row(false)) continue;
                    line = row.line;
                    name_read = clean(row.cells[person]);
                }
                check_name(lines, name_read, line);
            }
        }
    }

    // The person of a line of which nothing else is asked; false, and nothing is taken, where it is not the first cell
    // or the line has quotes.
    bool read_name(std::string& name_read) {
        if (person != 0 || columns.empty()) return false;
        const auto line = scanner->peek_line();
        if (!line || line->find_first_of("\"\r") != std::string_view::npos) return false;
        std::size_t end = 0;
        while (end < line->size() && in_plain_name((*line)[end])) ++end;
        if (end == 0 || (end < line->size() && (*line)[end] != scanner->separator())) return false;
        name_read = line->substr(0, end);
        scanner->skip_line();
        return true;
    }

    // Long: whether each person's rows stand together; if so, a person is read at a time.
    bool is_together() {
        bool together = true;
        const auto look = [&](PersonLines lines) {
            std::string last;
            bool begun = false;
            std::size_t changes = 0;
            while (scanner->next(row)) {
                if (!fit_row(false)) continue;
                const std::string now(clean(row.cells[person]));
                if (begun && now == last) continue;
                if (lines.first(now, row.line) != 0) together = false;
                if (!together) break;
                last = now;
                begun = true;
                ++changes;
            }
            return lines.is_full() ? changes : 0;
        };
        const std::size_t parts = look(PersonLines()) / (PersonLines::most / 2) + 1;
        for (std::size_t part = 0; part < parts && parts > 1 && together; ++part) {
            begin();
            look(PersonLines(part, parts));
        }
        return together;
    }

    void check_together() {
        std::string last;
        std::string last_group;
        bool begun = false;
        std::set<int> answered;
        while (scanner->next(row)) {
            if (!fit_row(true)) continue;
            see_unread();
            const std::string now(clean(row.cells[person]));
            if (now.empty()) add(row.line, header[person], "person_empty");
            const std::string group_now = group == none ? "" : std::string(clean(row.cells[group]));
            if (!begun || now != last) {
                ++persons;
                answered.clear();
                last = now;
                last_group = group_now;
                begun = true;
            }
            if (group_now != last_group) add(row.line, header[group], "group_differs", {group_now, now, last_group});
            const auto value = read_response(true);
            if (value && !answered.insert(value->item).second)
                add(row.line, header[item], "response_twice", {now, bank[value->item].id});
        }
    }

    void check_apart() {
        held = true;
        std::unordered_map<std::string, std::size_t> places;
        std::set<std::pair<std::size_t, int>> answered;
        while (scanner->next(row)) {
            if (!fit_row(true)) continue;
            see_unread();
            const std::string now(clean(row.cells[person]));
            if (now.empty()) add(row.line, header[person], "person_empty");
            const std::string group_now = group == none ? "" : std::string(clean(row.cells[group]));
            const auto [place, added] = places.emplace(now, all.size());
            if (added) all.push_back({now, group_now, {}});
            PersonResponses& entry = all[place->second];
            if (group_now != entry.group) add(row.line, header[group], "group_differs", {group_now, now, entry.group});
            const auto value = read_response(true);
            if (!value) continue;
            if (!answered.insert({place->second, value->item}).second) {
                add(row.line, header[item], "response_twice", {now, bank[value->item].id});
            } else {
                entry.responses.push_back(*value);
            }
        }
        persons = all.size();
    }

    void check() {
        read_header();
        if (problems.empty() && !header.empty()) {
            begin();
            know_columns();
            if (!is_long) {
                check_wide();
            } else if (is_together()) {
                begin();
                check_together();
            } else {
                begin();
                check_apart();
            }
            if (scanner->problem()) problems.add(*scanner->problem());
        }
        if (!problems.empty()) throw Error(note_messages(problems, name));
        if (saw_several && !saw_zero)
            notices.add({0,
                         "",
                         options.first_category == 0 ? "no_zero" : "no_first",
                         {std::to_string(options.first_category)},
                         ""});
        begin();
    }

    bool next(PersonResponses& entry) {
        if (held) {
            if (given == all.size()) return false;
            entry = all[given++];
            return true;
        }
        if (read_simple(entry)) return true;
        if (!next_row()) return false;
        if (!is_long) {
            read_wide(entry, false);
            return true;
        }
        entry.person = std::string(clean(row.cells[person]));
        entry.group = group == none ? "" : std::string(clean(row.cells[group]));
        entry.responses.clear();
        do {
            if (clean(row.cells[person]) != entry.person) {
                row_waits = true;
                break;
            }
            if (const auto value = read_response(false)) entry.responses.push_back(*value);
        } while (next_row());
        return true;
    }
};

ResponsesTable::ResponsesTable(Source source, const std::string& name, const Bank& bank,
                               const ResponsesOptions& options)
    : impl_(std::make_unique<Impl>(std::move(source), name, bank, options)) {
    impl_->check();
}

ResponsesTable::~ResponsesTable() = default;
ResponsesTable::ResponsesTable(ResponsesTable&&) noexcept = default;

std::size_t ResponsesTable::persons() const { return impl_->persons; }
const TableNotes& ResponsesTable::notices() const { return impl_->notices; }
bool ResponsesTable::next(PersonResponses& person) { return impl_->next(person); }
void ResponsesTable::rewind() { impl_->begin(); }

std::vector<PersonResponses> read_responses_csv(std::string_view text, const std::string& name, const Bank& bank,
                                                const ResponsesOptions& options, TableNotes* notices) {
    ResponsesTable table([text] { return pieces_of(text); }, name, bank, options);
    if (notices) *notices = table.notices();
    std::vector<PersonResponses> result;
    PersonResponses person;
    while (table.next(person)) result.push_back(person);
    return result;
}

}  // namespace palier::formats
