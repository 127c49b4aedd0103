// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/convert.hpp"

#include <algorithm>
#include <set>

#include "adapters/bankfile/bank_file.hpp"
#include "adapters/cli/bank_output.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/language_file.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/formats/bank_csv.hpp"
#include "adapters/formats/blank_bank.hpp"
#include "adapters/formats/moodle_write.hpp"
#include "adapters/formats/qti3.hpp"
#include "adapters/formats/qti3_package.hpp"
#include "adapters/formats/question_file.hpp"
#include "engine/errors.hpp"
#include "scorm/package/zip_file.hpp"

// `palier convert`: banks and questions from one format to another, with a list of what did not come through.

namespace palier::cli {
namespace {

struct ConvertOptions {
    std::string in, out, to, bank_path, language;
    double D = 1;
    std::optional<std::size_t> back_to;
    bool history = false;
    OutputOption output;
};

/// What was read, and what is told of it.
struct Converted {
    bankfile::BankFile file;
    std::string format;  ///< of what was read
    std::size_t skipped = 0;
    Json notes = Json::array();  ///< {"item", "what": skipped, lost, left out or note, "reason"}

    void note(const std::string& item, const char* what, const std::string& reason, long line = 0) {
        Json entry = {{"item", item}, {"what", what}, {"reason", reason}};
        if (line > 0) entry["line"] = line;
        notes.push_back(std::move(entry));
    }
    void note(const std::vector<formats::Loss>& losses) {
        for (const formats::Loss& loss : losses) note(loss.item, loss.left_out ? "left out" : "lost", loss.what);
    }
};

bool is_questions(std::string_view bytes) {
    if (bytes.starts_with("PK\x03\x04")) return true;
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {  // UTF-16
        const std::size_t at = bytes.find_first_not_of(std::string_view("\0 \t\r\n", 5), 2);
        return at != std::string_view::npos && bytes[at] == '<';
    }
    const std::size_t at = bytes.find_first_not_of(" \t\r\n");
    return at != std::string_view::npos && bytes[at] == '<';
}

void read_questions_into(Converted& into, const std::string& bytes, const std::string& path,
                         const std::string& language) {
    formats::QuestionFile read = formats::read_questions(bytes, path, {language});
    for (const formats::QuestionReport& report : read.report) {
        const std::string id = report.carried() ? report.item : report.idnumber.empty() ? report.name : report.idnumber;
        for (const std::string& text : report.notes)
            into.note(id, text == formats::never_right(report.best) ? "note" : "lost", text, report.line);
        if (report.carried()) continue;
        ++into.skipped;
        into.note(id, "skipped", report.reason, report.line);
    }
    into.file.questions = std::move(read.items);
    into.format = bytes.starts_with("PK\x03\x04") ? "qti" : "xml";
}

Converted read_any(const ConvertOptions& options) {
    const auto [language, path] = language_and_file(options.in);
    const std::string bytes = read_input(path);
    const std::string name = path == "-" ? "standard input" : path;
    Converted read;
    if (bankfile::is_sqlite(bytes)) {
        read.file = bankfile::read_bank_file(bytes, name);
        read.format = "palier";
    } else if (Bank::is_bank_bytes(bytes)) {
        read.file.bank = Bank::from_bytes(bytes);
        read.format = "compiled";
    } else if (is_questions(bytes)) {
        read_questions_into(read, bytes, name, language);
    } else {
        formats::TableNotes notices;
        read.file.bank = formats::read_bank_csv(bytes, name, options.D, &notices);
        read.format = "csv";
        for (const formats::TableNote& notice : notices.list())
            read.note(notice.column, "lost", formats::note_message(notice, name));
    }
    if (options.D != 1 && read.format != "csv" && options.bank_path.empty())
        throw CLI::ValidationError("--D", "is for tables; this is none");
    return read;
}

/// The parameters of --bank for the items of the questions; of a bank file its history, too.
void take_bank(Converted& into, const ConvertOptions& options) {
    BankOption option;
    option.path = options.bank_path;
    option.D = options.D;
    const auto bank = option.read();
    if (into.file.bank.size() > 0) {
        into.file.change_to(Bank(*bank),
                            {"bank", now_text(), {}, {file_name(options.bank_path)}, Json::object(), {}, {}});
        return;
    }
    into.file.bank = *bank;
    const std::string bytes = options.bank_path == "-" ? "" : read_input(options.bank_path);
    if (!bankfile::is_sqlite(bytes)) return;
    bankfile::BankFile whole = bankfile::read_bank_file(bytes, options.bank_path);
    whole.questions = std::move(into.file.questions);
    into.file = std::move(whole);
}

std::string target_of(const ConvertOptions& options) {
    if (!options.to.empty()) return options.to;
    for (const auto& [ending, format] :
         {std::pair{".csv", "csv"}, {".palier", "palier"}, {".xml", "moodle"}, {".zip", "qti3"}})
        if (options.out.ends_with(ending)) return format;
    throw CLI::ValidationError("--to", "the ending of '" + options.out +
                                           "' says no format: it should be .csv, .palier, .xml (Moodle XML) or .zip "
                                           "(QTI 3), or --to names it");
}

/// The questions of --lang, or of the only language of each item: those formats have one text of an item.
void choose_language(Converted& from, const std::string& language) {
    std::vector<formats::Item>& questions = from.file.questions;
    if (!language.empty())
        std::erase_if(questions, [&](const formats::Item& item) {
            if (item.language == language) return false;
            from.note(item.id, "left out",
                      item.language.empty() ? "its question names no language" : "its question is in " + item.language);
            return true;
        });
    std::set<std::string> seen;
    for (const formats::Item& item : questions)
        if (!seen.insert(item.id).second)
            throw CLI::ValidationError("--lang", "item '" + item.id +
                                                     "' has questions in several languages, and this format has one: "
                                                     "name the language");
}

std::string parameters_of(const Item& item) {
    return "its parameters, status and other columns of the bank (" + std::string(name(item.parameters.model)) +
           ") have no place there";
}

void tell_what_a_bank_has(Converted& from) {
    std::set<std::string> with_question;
    for (const formats::Item& question : from.file.questions) with_question.insert(question.id);
    for (const Item& item : from.file.bank.items())
        if (with_question.contains(item.id))
            from.note(item.id, "lost", parameters_of(item));
        else
            from.note(item.id, "left out", "it has no question here");
}

void tell_of_history(Converted& from) {
    if (!from.file.history.empty())
        from.note("", "lost",
                  "the history of " + std::to_string(from.file.history.size()) + " changes has no place there");
}

void write_table(Converted& from, const std::string& out) {
    const Bank& bank = from.file.bank;
    for (const formats::Item& question : from.file.questions) {
        const bool known = bank.find(question.id) >= 0;
        from.note(question.id, known || bank.size() == 0 ? "lost" : "left out",
                  std::string("its question has no place in a table") +
                      (known              ? ""
                       : bank.size() == 0 ? "; its difficulty b is still to be filled in"
                                          : "; it has no parameters in the bank, and no row"));
    }
    tell_of_history(from);
    if (bank.size() > 0) {
        write_output(out, formats::bank_csv_text(bank));
        return;
    }
    std::vector<std::pair<std::string, std::string>> names;
    std::set<std::string> once;
    for (const formats::Item& question : from.file.questions)
        if (once.insert(question.id).second) names.emplace_back(question.id, question.key->title);
    write_output(out, formats::blank_bank_text(names));
}

/// How many items or questions were written.
std::size_t write_questions(Converted& from, const std::string& format, const ConvertOptions& options) {
    choose_language(from, options.language);
    if (from.file.questions.empty())
        throw Error(options.in + ": there is no question for " + options.out +
                    (options.language.empty() ? "" : " in '" + options.language + "'"));
    tell_what_a_bank_has(from);
    tell_of_history(from);
    std::vector<formats::Loss> losses;
    if (format == "moodle") {
        formats::MoodleXml made = formats::write_moodle_xml(from.file.questions);
        losses = std::move(made.losses);
        write_output(options.out, made.xml);
    } else if (options.out.ends_with(".xml") || options.out == "-") {
        if (from.file.questions.size() != 1)
            throw CLI::ValidationError("--to", "an item of QTI is one question, and there are " +
                                                   std::to_string(from.file.questions.size()) +
                                                   ": write a package (.zip)");
        formats::Qti3 made = formats::write_qti3(from.file.questions.front(), true);
        for (const std::string& text : made.notes) losses.push_back({from.file.questions.front().id, text, false});
        for (const formats::Asset& asset : from.file.questions.front().assets)
            if (!asset.only_in_key)
                losses.push_back(
                    {from.file.questions.front().id, "its file " + asset.path + " needs a package (.zip)"});
        write_output(options.out, made.xml);
    } else {
        formats::Qti3Package made = formats::write_qti3_package(from.file.questions);
        losses = std::move(made.losses);
        package::write_zip(options.out, made.files);
    }
    from.note(losses);
    const auto out =
        std::count_if(losses.begin(), losses.end(), [](const formats::Loss& loss) { return loss.left_out; });
    return from.file.questions.size() - static_cast<std::size_t>(out);
}

Json history_rows(const bankfile::BankFile& file) {
    Json rows = Json::array();
    for (const bankfile::Change& change : file.history) {
        Json row = {{"n", rows.size() + 1},
                    {"what", change.what},
                    {"made_at", change.made_at},
                    {"made_by", change.made_by},
                    {"made_from", join(change.made_from)},
                    {"before", change.before},
                    {"after", change.after}};
        const auto items = file.banks.find(change.after);
        row["items"] = items == file.banks.end() ? 0 : items->second.size();
        for (const char* key : {"persons", "log_likelihood", "aic", "converged"})
            if (change.report.is_object() && change.report.contains(key)) row[key] = change.report[key];
        rows.push_back(std::move(row));
    }
    return rows;
}

void run_convert(const ConvertOptions& options) {
    if (options.history) {
        if (!options.out.empty()) throw CLI::ValidationError("--history", "lists the history, and writes no file");
        options.output.write(history_rows(read_any(options).file));
        return;
    }
    if (options.out.empty()) throw CLI::ValidationError("OUT", "is required: the file to write");
    const std::string in = language_and_file(options.in).second;
    check_output("OUT", options.out, {in, options.bank_path});
    const std::string format = target_of(options);
    Converted from = read_any(options);
    Json told = {{"read",
                  {{"format", from.format},
                   {"items", from.file.bank.size()},
                   {"questions", from.file.questions.size()},
                   {"skipped", from.skipped}}}};
    if (!options.bank_path.empty()) take_bank(from, options);
    if (options.back_to) {
        try {
            from.file.change_to(from.file.earlier(*options.back_to),
                                {"back", now_text(), {}, {}, {{"to", *options.back_to}}, {}, {}});
        } catch (const Error& error) {
            throw Error(in + ": " + error.what());
        }
    }
    Json& written = told["written"];
    written = {{"format", format}, {"items", from.file.bank.size()}, {"questions", from.file.questions.size()}};
    if (format == "palier") {
        for (const formats::Item& question : from.file.questions)
            if (from.file.bank.size() > 0 && from.file.bank.find(question.id) < 0)
                from.note(question.id, "without parameters", "the bank has no item of this name");
        write_output(options.out, bankfile::bytes_of(from.file));
    } else if (format == "csv") {
        write_table(from, options.out);
        written["questions"] = 0;
    } else {
        written["questions"] = write_questions(from, format, options);
        written["items"] = 0;
    }
    told["notes"] = std::move(from.notes);
    if (options.out != "-") options.output.write(told);
}

}  // namespace

void add_convert(CLI::App& app) {
    auto* command = app.add_subcommand(
        "convert", "A bank or questions in another format, with a list of what was skipped and what was lost");
    const auto options = std::make_shared<ConvertOptions>();
    command
        ->add_option("in", options->in,
                     "[LANGUAGE=]FILE: a bank (CSV, bank file or compiled), Moodle XML, or QTI 2 or 3 (an item, or a "
                     "package in zip), by what it is")
        ->required();
    command->add_option("out", options->out,
                        "The file to write: .csv, .palier, .xml (Moodle XML) or .zip (QTI 3); - is standard output");
    command->add_option("--to", options->to, "csv, palier, moodle or qti3, where the ending does not say it")
        ->check(CLI::IsMember({"csv", "palier", "moodle", "qti3"}));
    command->add_option("--bank", options->bank_path,
                        "A bank whose items the questions are: CSV, a bank file (.palier) or compiled");
    command->add_option("--D,--d", options->D, "Scaling constant of the table's metric, e.g. 1.702")
        ->check(CLI::PositiveNumber);
    command->add_option("--lang", options->language, "The questions of this language, for formats that have one");
    command->add_option("--calibration", options->back_to,
                        "Back to the parameters after this entry of a bank file's history; 0 is before the first");
    command->add_flag("--history", options->history, "List the history of a bank file instead");
    options->output.add_to(*command);
    command->callback([options] { run_convert(*options); });
}

}  // namespace palier::cli
