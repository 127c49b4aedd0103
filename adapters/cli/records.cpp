// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <iostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/cli/statement_file.hpp"
#include "adapters/delivery/returned.hpp"
#include "adapters/formats/csv.hpp"
#include "adapters/xapi/vocabulary.hpp"
#include "engine/errors.hpp"
#include "scorm/package/package.hpp"

// `palier records`: what packages recorded in a learning platform, graded and scored again.

namespace palier::cli {
namespace {

struct RecordsOptions {
    std::string test;
    std::string records;
    bool whole = false;
    OutputOption output;
};

struct RecordRow {
    std::string place;  ///< for messages
    int line = 0;       ///< of the file
    std::string person;
    std::string text;
    std::optional<double> score;
    bool from_store = false;  ///< where records of other tests are nothing unusual
};

/// A record without what the player writes before it in suspend_data (scorm/player/src/host/attempt-storage.ts).
std::string session_of(const std::string& text) {
    if (text.rfind("palier-1 ", 0) != 0) return text;
    std::size_t at = 0;
    for (int word = 0; word < 4; ++word) {
        at = text.find(' ', at);
        if (at == std::string::npos) return text;
        ++at;
    }
    return text.substr(at);
}

std::optional<double> number(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::size_t column(const formats::Csv& table, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        const auto found = std::find(table.header.begin(), table.header.end(), name);
        if (found != table.header.end()) return static_cast<std::size_t>(found - table.header.begin());
    }
    return table.header.size();
}

/// A member of an object that may be none of these.
const Json& inside(const Json& object, const std::string& name) {
    static const Json nothing;
    const auto found = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && found != object.end() ? *found : nothing;
}

/// Who a statement is of, by the name that a store has of them.
std::string person_of(const Json& statement) {
    const Json& actor = inside(statement, "actor");
    for (const Json* name : {&inside(inside(actor, "account"), "name"), &inside(actor, "mbox"),
                             &inside(actor, "mbox_sha1sum"), &inside(actor, "openid")})
        if (name->is_string()) {
            const std::string text = name->get<std::string>();
            return text.starts_with("mailto:") ? text.substr(7) : text;
        }
    return "";
}

/// What cmi5 packages left in a statement store: their statement of the result has the record and the score.
std::vector<RecordRow> records_of(const std::vector<FileStatement>& statements) {
    std::vector<RecordRow> rows;
    for (const auto& [place, number, statement] : statements) {
        const Json& result = inside(statement, "result");
        const Json& record = inside(inside(result, "extensions"), xapi::extension("record"));
        if (!record.is_string()) continue;
        RecordRow one{place, number, person_of(statement), record.get<std::string>(), std::nullopt, true};
        const Json& scaled = inside(inside(result, "score"), "scaled");
        if (scaled.is_number()) one.score = 100 * scaled.get<double>();
        rows.push_back(std::move(one));
    }
    return rows;
}

/// Lines that are records, a table with a column of them, or statements.
std::vector<RecordRow> read_records(const std::string& path) {
    const std::string bytes = read_input(path);
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (first != std::string::npos && (bytes[first] == '{' || bytes[first] == '['))
        return records_of(parse_statements(bytes, path));
    std::vector<RecordRow> rows;
    if (bytes.rfind("palier-1 ", 0) == 0 || bytes.rfind("P1;", 0) == 0) {
        int line = 0;
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
            std::string text = bytes.substr(at, end - at);
            if (!text.empty() && text.back() == '\r') text.pop_back();
            ++line;
            if (!text.empty())
                rows.push_back(
                    {path + ", line " + std::to_string(line), line, std::to_string(line), text, std::nullopt});
            at = end + 1;
        }
        return rows;
    }
    formats::TableNotes problems;
    formats::TableNotes notices;
    const formats::Csv table = formats::scan_csv(bytes, path, problems, notices);
    if (!problems.empty()) throw Error(formats::note_messages(problems, path));
    const std::size_t record = column(table, {"record", "suspend_data", "cmi.suspend_data"});
    const std::size_t person = column(table, {"person", "student_id", "cmi.core.student_id", "cmi.learner_id"});
    const std::size_t score = column(table, {"score", "cmi.core.score.raw", "cmi.score.raw"});
    if (record == table.header.size())
        throw Error(path + ", line " + std::to_string(table.header_line) +
                    ": no column 'record' or 'suspend_data'; a file without a header has a record a line");
    for (const formats::CsvRow& row : table.rows) {
        RecordRow one{path + ", line " + std::to_string(row.line), row.line, std::to_string(row.line),
                      row.cells[record], std::nullopt};
        if (person < row.cells.size()) one.person = row.cells[person];
        if (score < row.cells.size() && !row.cells[score].empty()) {
            one.score = number(row.cells[score]);
            if (!one.score)
                throw Error(table.place(row, score) + ": '" + row.cells[score] + "' is no score of 0 to 100");
        }
        if (!one.text.empty()) rows.push_back(std::move(one));
    }
    return rows;
}

Json entry(const std::shared_ptr<const delivery::Test>& test, const RecordRow& row, const RecordsOptions& options) {
    const delivery::Returned returned = delivery::check_saved(test, session_of(row.text), row.score);
    const Json& record = returned.record;
    const Json interval = record.value("level_interval", Json());
    const bool known = record.value("known", false);
    std::string differences;
    Json told = Json::array();
    for (const delivery::Difference& one : returned.differences) {
        differences += (differences.empty() ? "" : "; ") + one.english;
        told.push_back(one.data);
    }
    Json line = {{"person", row.person},
                 {"finished", returned.finished},
                 {"lang", returned.language},
                 {"questions", record["steps"].size()},
                 {"theta", known ? record["theta"] : Json()},
                 {"se", known ? record["se"] : Json()},
                 {"level", inside(inside(record, "level"), "number")},
                 {"level_low", interval.is_array() ? interval[0] : Json()},
                 {"level_high", interval.is_array() ? interval[1] : Json()},
                 {"score", inside(inside(record, "score"), "value")},
                 {"decision", inside(inside(record, "threshold"), "decision")},
                 {"same", returned.differences.empty()},
                 {"unchecked", returned.unchecked},
                 {"differences", differences}};
    if (options.whole) {
        Json events = Json::array();
        for (const Json& event : returned.log["events"])
            events.push_back({{"type", event["type"]}, {"time", event.value("time", 0LL)}, {"data", dump_json(event)}});
        line.update({{"line", row.line},
                     {"told", told},
                     {"items", returned.items},
                     {"record", returned.record},
                     {"events", events}});
        for (const char* name : {"engine", "bank", "plan", "seed"}) line[name] = returned.log.value(name, Json());
    }
    return line;
}

void run_records(const RecordsOptions& options) {
    const std::string bytes = read_input(options.test);
    const Json bundle = bytes.rfind("PK", 0) == 0
                            ? package::bundle_of_package(bytes)
                            : parse_json(bytes, ErrorKind::argument, options.test, std::size_t{64} << 20);
    const auto test = delivery::Test::open(dump_json(bundle));
    Json list = Json::array();
    const std::string own = "P1;" + test->hash().substr(0, 16) + ";";
    int refused = 0;
    int others = 0;
    for (const RecordRow& row : read_records(options.records)) {
        if (row.from_store && !session_of(row.text).starts_with(own)) {
            ++others;
            continue;
        }
        try {
            list.push_back(entry(test, row, options));
        } catch (const Error& error) {
            ++refused;
            std::cerr << "palier: " << row.place << ": " << error.what() << '\n';
            if (options.whole) list.push_back({{"person", row.person}, {"line", row.line}, {"error", error.what()}});
        }
    }
    options.output.write(list);
    if (others > 0)
        std::cerr << "palier: " << options.records << ": " << others
                  << (others == 1 ? " record is of another test, or of another version of this one: left out\n"
                                  : " records are of other tests, or of other versions of this one: left out\n");
    if (refused > 0)
        throw Error(std::to_string(refused) + (refused == 1 ? " record" : " records") + " could not be read");
}

}  // namespace

void add_records(CLI::App& app) {
    auto* command = app.add_subcommand(
        "records", "Grades and scores again what packages recorded, and says where a platform claims otherwise");
    const auto options = std::make_shared<RecordsOptions>();
    command->add_option("--test", options->test, "The package, or its bundle, that the records are of")->required();
    command
        ->add_option(
            "records", options->records,
            "A table with a column 'record' or 'suspend_data', and if there are 'person' and 'score'; a record "
            "a line; or the statements (JSON) of a store that cmi5 packages sent theirs to; - is standard "
            "input")
        ->required();
    command->add_flag("--whole", options->whole,
                      "In JSON, for hosts that keep them: each record's items, events and result, what differs as "
                      "data, and an entry for what could not be read");
    options->output.add_to(*command);
    command->callback([options] { run_records(*options); });
}

}  // namespace palier::cli
