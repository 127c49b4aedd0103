// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/responses_csv.hpp"

#include <set>
#include <unordered_map>

#include "adapters/formats/person_lines.hpp"
#include "adapters/formats/response_rows.hpp"
#include "adapters/formats/table_pieces.hpp"
#include "adapters/formats/table_rules.hpp"
#include "adapters/formats/table_text.hpp"
#include "engine/errors.hpp"

namespace palier::formats {

struct ResponsesTable::Impl {
    Impl(Source source_, const std::string& name_, const Bank& bank_, const ResponsesOptions& options_)
        : source(std::move(source_)), name(name_), bank(bank_), options(options_) {}

    static constexpr std::size_t none = ResponseColumns::none;

    Source source;
    std::string name;
    const Bank& bank;
    ResponsesOptions options;
    std::string decoded;  // where the table is not UTF-8
    TableNotes problems;
    TableNotes notices;
    ResponseColumns columns;
    ResponseRows rows{bank, options.first_category, columns, problems, notices};

    std::size_t persons = 0;
    std::set<int> twice;  // lines of persons who stood on an earlier one; no more than are told
    bool held = false;
    std::vector<PersonResponses> all;  // held
    std::size_t given = 0;
    bool row_waits = false;  // long: the first row of the next person was read

    CsvScanner::More open() { return decoded.empty() ? without_mark(source()) : pieces_of(decoded); }

    void begin() {
        rows.begin(open());
        row_waits = false;
        given = 0;
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
                rows.add(0, "", "empty");
            }
            return;
        }
        const bool more = reader.next(second);
        std::vector<std::string>& header = columns.header;
        header = std::move(first.cells);
        columns.header_line = first.line;
        for (std::string& column : header) column = std::string(clean(column));
        while (header.size() > 1 && header.back().empty()) header.pop_back();
        // R's write.table: no name for the row names, which are quoted.
        if (more && second.cells.size() == header.size() + 1 && (first.quoted & 1u) != 0 && (second.quoted & 3u) == 3u)
            header.insert(header.begin(), "");
        columns.name(bank, options.group_column, options.passed_over, problems, notices);
    }

    // The person whose name stands on a line; for names that have one hash.
    std::string person_on(int line) {
        CsvScanner reader(open());
        CsvRow found{};
        while (reader.next(found))
            if (found.line == line)
                return columns.person < found.cells.size() ? std::string(clean(found.cells[columns.person])) : "";
        return "";
    }

    // The column of the person, whom a fault is about.
    const std::string& person_column() const { return columns.header[columns.person]; }

    void check_wide() {
        PersonLines lines;
        PersonResponses entry;
        while (true) {
            int line = rows.scanner->line();
            if (!rows.read_simple(entry)) {
                if (!rows.next(true)) break;
                line = rows.row.line;
                rows.see_unread();
                rows.read_wide(entry, true);
            }
            ++persons;
            if (columns.person == none) continue;
            if (entry.person.empty()) rows.add(line, person_column(), "person_empty");
            check_name(lines, entry.person, line);
        }
        if (lines.is_full() && !rows.scanner->problem()) check_names();
    }

    void check_name(PersonLines& lines, const std::string& name_read, int line) {
        const int first = name_read.empty() ? 0 : lines.first(name_read, line);
        if (first == 0) return;
        if (problems.count() <= TableNotes::most) {
            if (person_on(first) != name_read || !twice.insert(line).second) return;
        }
        rows.add(line, person_column(), "person_twice", {name_read, std::to_string(first)});
    }

    // Of more persons than are kept: part by part.
    void check_names() {
        const std::size_t parts = persons / (PersonLines::most / 2) + 1;
        for (std::size_t part = 0; part < parts && problems.count() <= TableNotes::most; ++part) {
            begin();
            PersonLines lines(part, parts);
            std::string name_read;
            while (true) {
                int line = rows.scanner->line();
                if (!rows.read_name(name_read)) {
                    if (!rows.next(false)) break;
                    line = rows.row.line;
                    name_read = rows.text(columns.person);
                }
                check_name(lines, name_read, line);
            }
        }
    }

    // Long: whether each person's rows stand together; if so, a person is read at a time.
    bool is_together() {
        bool together = true;
        const auto look = [&](PersonLines lines) {
            std::string last;
            bool begun = false;
            std::size_t changes = 0;
            while (rows.next(false)) {
                const std::string now = rows.text(columns.person);
                if (begun && now == last) continue;
                if (lines.first(now, rows.row.line) != 0) together = false;
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

    // The person of a long row that is checked.
    std::string person_checked() {
        rows.see_unread();
        const std::string now = rows.text(columns.person);
        if (now.empty()) rows.add(rows.row.line, person_column(), "person_empty");
        return now;
    }

    void same_group(const std::string& now, const std::string& group, const std::string& before) {
        if (group != before)
            rows.add(rows.row.line, columns.header[columns.group], "group_differs", {group, now, before});
    }

    void answered_twice(const std::string& now, int item) {
        rows.add(rows.row.line, columns.header[columns.item], "response_twice", {now, bank[item].id});
    }

    void check_together() {
        std::string last;
        std::string last_group;
        bool begun = false;
        std::set<int> answered;
        while (rows.next(true)) {
            const std::string now = person_checked();
            const std::string group = rows.text(columns.group);
            if (!begun || now != last) {
                ++persons;
                answered.clear();
                last = now;
                last_group = group;
                begun = true;
            }
            same_group(now, group, last_group);
            const auto value = rows.read_response(true);
            if (value && !answered.insert(value->item).second) answered_twice(now, value->item);
        }
    }

    void check_apart() {
        held = true;
        std::unordered_map<std::string, std::size_t> places;
        std::set<std::pair<std::size_t, int>> answered;
        while (rows.next(true)) {
            const std::string now = person_checked();
            const std::string group = rows.text(columns.group);
            const auto [place, added] = places.emplace(now, all.size());
            if (added) all.push_back({now, group, {}});
            PersonResponses& entry = all[place->second];
            same_group(now, group, entry.group);
            const auto value = rows.read_response(true);
            if (!value) continue;
            if (!answered.insert({place->second, value->item}).second) {
                answered_twice(now, value->item);
            } else {
                entry.responses.push_back(*value);
            }
        }
        persons = all.size();
    }

    void check() {
        read_header();
        if (problems.empty() && !columns.header.empty()) {
            begin();
            columns.know(bank, options.first_category);
            if (!columns.is_long) {
                check_wide();
            } else if (is_together()) {
                begin();
                check_together();
            } else {
                begin();
                check_apart();
            }
            if (rows.scanner->problem()) problems.add(*rows.scanner->problem());
        }
        if (!problems.empty()) throw Error(note_messages(problems, name));
        if (rows.saw_several && !rows.saw_zero)
            notices.add({0,
                         "",
                         options.first_category == 0 ? "no_zero" : "no_first",
                         {std::to_string(options.first_category)},
                         ""});
        begin();
    }

    bool next_row() {
        if (!row_waits) return rows.next(false);
        row_waits = false;
        return true;
    }

    bool next(PersonResponses& entry) {
        if (held) {
            if (given == all.size()) return false;
            entry = all[given++];
            return true;
        }
        if (rows.read_simple(entry)) return true;
        if (!next_row()) return false;
        if (!columns.is_long) {
            rows.read_wide(entry, false);
            return true;
        }
        entry.person = rows.text(columns.person);
        entry.group = rows.text(columns.group);
        entry.responses.clear();
        do {
            if (clean(rows.row.cells[columns.person]) != entry.person) {
                row_waits = true;
                break;
            }
            if (const auto value = rows.read_response(false)) entry.responses.push_back(*value);
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
