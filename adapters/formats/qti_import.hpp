// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "adapters/formats/question_file.hpp"

// Items and packages of QTI 2.0 to 2.2 and 3.0 (1EdTech) from strangers, as our questions: choice (one, several),
// match, order, associate, gap match, inline choice and text entry (texts and numbers), alone or several in one item.
//
//   graded      as the item's response processing grades (qti_key.hpp), which a second grader of ours is held to
//   identifiers item: its identifier; choices by their text, as of Moodle XML
//   text        cleaned (html_clean.hpp), with the shared text (stimulus) before it; files from the package
//   feedback    what the outcomes of an answer show
//   our own     an item with <?palier-key …?> (qti3.hpp) is read as it was written, where its texts have what questions
//               may have
//   lost        numbers that are drawn, tries and hints, CSS, time limits, the least that has to be chosen
//
// A question that cannot be carried is reported with file and line, never guessed.

namespace palier::formats {

/// By the root element, without a parser.
bool is_qti_item(std::string_view bytes);

/// One item; its files are not there, which is noted. Throws FormatError where it is no XML.
QuestionFile read_qti_item(std::string_view bytes, const std::string& file, const QuestionOptions& options = {});

/// A zip file: the items that imsmanifest.xml names, or all there are. Throws FormatError where it is no zip file or
/// has no items.
QuestionFile read_qti_package(std::string_view bytes, const std::string& file, const QuestionOptions& options = {});

}  // namespace palier::formats
