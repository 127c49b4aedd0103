// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "adapters/bankfile/questions.hpp"
#include "adapters/formats/best_mark.hpp"
#include "adapters/formats/content_names.hpp"
#include "adapters/formats/grader.hpp"

namespace palier::bankfile {
namespace {

/// Moodle's pt_br is pt-br.
std::string plain(std::string language) {
    std::replace(language.begin(), language.end(), '_', '-');
    return language;
}

formats::QuestionReport report_of(const formats::Item& question) {
    formats::QuestionReport report;
    report.name = question.key->title;
    report.type = formats::names::interaction.at(question.interaction.index());
    report.idnumber = question.key->idnumber;
    report.item = question.id;
    report.best = formats::best_mark(question);
    if (formats::verdict(report.best) != formats::Verdict::right)
        report.notes.push_back(formats::never_right(report.best));
    return report;
}

/// Those of one language, as if they were a file of it.
void choose(std::vector<formats::Item>& questions, const std::string& language) {
    std::set<std::string> known;
    for (const formats::Item& question : questions)
        if (plain(question.language) == plain(language)) known.insert(question.id);
    std::erase_if(questions, [&](const formats::Item& question) {
        return question.language.empty() ? known.contains(question.id) : plain(question.language) != plain(language);
    });
    for (formats::Item& question : questions) question.language = language;
}

}  // namespace

std::vector<std::string> languages_of(const BankFile& file) {
    std::vector<std::string> languages;
    for (const formats::Item& question : file.questions)
        if (std::find(languages.begin(), languages.end(), question.language) == languages.end())
            languages.push_back(question.language);
    return languages;
}

formats::QuestionFile read_questions(std::string_view bytes, const std::string& name,
                                     const formats::QuestionOptions& options) {
    if (!is_sqlite(bytes)) return formats::read_questions(bytes, name, options);
    BankFile file = read_bank_file(bytes, name);
    formats::QuestionFile read{name, {}, {}};
    const std::vector<std::string> languages = languages_of(file);
    read.items = std::move(file.questions);
    if (!options.language.empty()) choose(read.items, options.language);
    if (read.items.empty())
        throw Error(name + ": this bank file has no question" +
                    (languages.empty() ? "" : " in '" + options.language + "'; it has some in " + join(languages)));
    for (const formats::Item& question : read.items) read.report.push_back(report_of(question));
    return read;
}

}  // namespace palier::bankfile
