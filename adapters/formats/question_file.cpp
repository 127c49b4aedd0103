// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/question_file.hpp"

#include "adapters/formats/errors.hpp"
#include "adapters/formats/file_kind.hpp"
#include "adapters/formats/moodle_question.hpp"
#include "adapters/formats/moodle_xml.hpp"
#include "adapters/formats/qti_import.hpp"

namespace palier::formats {

std::string never_right(double best) {
    return "its best answer is worth " + moodle::written_decimal(100 * best) +
           " % of the mark, so that it could never count as right: the grades of its right answers should make 100 %";
}

QuestionFile read_questions(std::string_view bytes, const std::string& file, const QuestionOptions& options) {
    if (bytes.starts_with("PK\x03\x04")) return read_qti_package(bytes, file, options);
    if (is_qti_item(bytes)) return read_qti_item(bytes, file, options);
    return read_moodle_xml(bytes, file, options);
}

nlohmann::json report_json(const QuestionFile& read) {
    nlohmann::json questions = nlohmann::json::array();
    std::size_t carried = 0;
    for (const QuestionReport& report : read.report) {
        nlohmann::json entry = {{"name", report.name}, {"type", report.type}, {"line", report.line}};
        if (!report.part.empty()) entry["part"] = report.part;
        if (!report.idnumber.empty()) entry["idnumber"] = report.idnumber;
        if (report.carried())
            entry["item"] = report.item;
        else
            entry["reason"] = report.reason;
        if (!report.notes.empty()) entry["notes"] = report.notes;
        questions.push_back(std::move(entry));
        carried += report.carried() ? 1 : 0;
    }
    return {{"file", read.file},
            {"read", read.report.size()},
            {"carried", carried},
            {"skipped", read.report.size() - carried},
            {"questions", std::move(questions)}};
}

}  // namespace palier::formats
