// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/formats/content.hpp"

// What was read of a file of questions, whatever its format. The report says for every question what became of it and
// why.

namespace palier::formats {

struct QuestionOptions {
    std::string language;  // of questions that name none
};

/// What became of one question.
struct QuestionReport {
    std::string name;
    std::string type;
    std::string part;      // the file inside a package; empty where the file is the questions' own
    long line = 0;         // of what is at fault, where it was skipped and that is known
    std::string idnumber;  // as the file has it; may be empty
    std::string item;      // its identifier, if carried
    std::string reason;    // why it was skipped; empty if it was carried
    double best = 0;       // the most that an answer to it is worth (best_mark.hpp), if carried; noted below 1
    std::vector<std::string> notes;  // what of it could not be carried
    bool carried() const { return reason.empty(); }
};

/// What is said of a question whose best answer is worth less than the whole mark.
std::string never_right(double best);

struct QuestionFile {
    std::string file;
    std::vector<Item> items;
    std::vector<QuestionReport> report;  // one for each question of the file
};

/// Reads Moodle's question XML (moodle_xml.hpp), an item of QTI 2.1, 2.2 or 3.0, or a package of them (qti_import.hpp):
/// by what the bytes are, whatever the file's name. Throws FormatError that names the format where it is another.
QuestionFile read_questions(std::string_view bytes, const std::string& file, const QuestionOptions& options = {});

/// {"file", "read", "carried", "skipped", "questions": [{"name", "type", "part", "line", "idnumber", "item", "reason",
/// "notes"}]}
nlohmann::json report_json(const QuestionFile& read);

}  // namespace palier::formats
