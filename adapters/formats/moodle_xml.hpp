// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "adapters/formats/question_file.hpp"

// Reads Moodle's question XML (qformat_xml of Moodle 4.5): multichoice, truefalse, match (ddmatch too), ordering,
// gapselect, ddwtos, numerical, shortanswer and cloze, with categories, tags, idnumber, feedback and embedded
// files. The report says for every question what became of it and why.
//
// What is read, and as what:
//   text        HTML is cleaned (html_clean.hpp); plain text and Moodle's auto format become HTML;
//               Markdown is carried as plain text and noted
//   files       base64 files used by a text become assets; SVG only if harmless; other types of
//               programs and pages are left out and noted
//   fractions   percent / 100, at Moodle's own list of 7 decimals: the nearest if it is within a percent (noted where
//               it is not within 1e-5), else the question is skipped
//   numbers     numbers from the first to the last character (written_number in number_text.hpp): a point for decimals,
//               as Moodle writes them whatever the site's language, or the decimal comma of the question's language;
//               where that is in doubt the question is skipped. Answers and tolerances are kept at 14 digits
//   languages   of a text in several, the one that Moodle's filters would show (moodle_languages.hpp)
//   identifiers item: idnumber, else text_id of type, name and text; choices, stems and items:
//               text_id of their trimmed text in the file ('c', 's', 'o'), gaps g1, g2, … in
//               reading order; a second "-2" where two would be equal. Questions of one file with the same idnumber are
//               all skipped
//   lost        hints, penalties, the number of right parts, other behaviours

namespace palier::formats {

/// Reads a file's bytes; `file` is its name for messages. Throws FormatError if it is no Moodle XML
/// within the limits of xml.hpp; a question that cannot be read is skipped and reported.
/// Thread-safe.
QuestionFile read_moodle_xml(std::string_view bytes, const std::string& file, const QuestionOptions& options = {});
QuestionFile read_moodle_xml_file(const std::string& path, const QuestionOptions& options = {});

}  // namespace palier::formats
