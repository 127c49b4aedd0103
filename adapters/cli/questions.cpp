// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/bankfile/questions.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/language_file.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/formats/blank_bank.hpp"

// `palier questions`: what a file of questions has, by the identifiers that the other commands know.

namespace palier::cli {
namespace {

struct QuestionsOptions {
    std::vector<std::string> files;
    bool bank = false;
    OutputOption output;
};

}  // namespace

std::pair<std::string, std::string> language_and_file(const std::string& text) {
    const auto mark = text.find('=');
    const bool language =
        mark != std::string::npos && mark > 0 && mark <= 20 &&
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == mark;
    return language ? std::pair(text.substr(0, mark), text.substr(mark + 1)) : std::pair(std::string{}, text);
}

namespace {

Json row_of(const formats::QuestionReport& question, const std::string& file) {
    std::string notes = question.reason;
    for (const std::string& note : question.notes) notes += (notes.empty() ? "" : "; ") + note;
    return {{"item", question.item},
            {"idnumber", question.idnumber},
            {"name", question.name},
            {"type", question.type},
            {"carried", question.carried()},
            {"notes", notes},
            {"file", question.part.empty() ? file : file + "/" + question.part},
            {"line", question.line}};
}

void run_questions(const QuestionsOptions& options) {
    Json rows = Json::array();
    for (const std::string& entry : options.files) {
        const auto [language, file] = language_and_file(entry);
        const formats::QuestionFile read = bankfile::read_questions(read_input(file), file, {language});
        for (const formats::QuestionReport& question : read.report) rows.push_back(row_of(question, file));
    }
    if (!options.bank) {
        options.output.write(rows);
        return;
    }
    std::vector<std::pair<std::string, std::string>> carried;
    for (const Json& row : rows)
        if (row["carried"] == true)
            carried.emplace_back(row["item"].get<std::string>(), row["name"].get<std::string>());
    write_output("-", formats::blank_bank_text(carried));
}

}  // namespace

void add_questions(CLI::App& app) {
    auto* command = app.add_subcommand(
        "questions",
        "Lists the questions of Moodle XML, QTI or a bank file by their identifiers, with what was lost or why one is "
        "left out");
    const auto options = std::make_shared<QuestionsOptions>();
    command
        ->add_option(
            "files", options->files,
            "[LANGUAGE=]FILE: Moodle XML, an item of QTI 2 or 3 (XML), a package of them (zip), or a bank file (.palier)")
        ->required();
    command->add_flag(
        "--bank-table", options->bank,
        "Write a bank table (CSV) with a row for each question, whose difficulty b is still to be filled in");
    options->output.add_to(*command);
    command->callback([options] { run_questions(*options); });
}

}  // namespace palier::cli
