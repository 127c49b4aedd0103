// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/formats/asset_list.hpp"
#include "adapters/formats/content.hpp"
#include "adapters/formats/grader.hpp"
#include "adapters/formats/html_clean.hpp"
#include "adapters/formats/xml.hpp"

// Inside the reader of Moodle XML: the texts of one question, and its question types.

namespace palier::formats::moodle {

/// Why a question is skipped.
struct Skip {
    std::string reason;
};

/// The texts of a question: cleaned, with their files as assets, and what was lost on the way.
class Texts {
public:
    /// `language`: of the question, for texts in several languages and for the numbers of the key.
    Texts(const xmlNode* question, std::string language);

    enum class Half { presentation, key };
    /// The text of the question itself; with `text`, already read and changed (the gaps of a gapselect).
    Html prompt();
    Html prompt(const std::string& text);
    /// An element that holds <text> and <file>s; "" if it is not there.
    Html rich(const xmlNode* holder, Half half);
    Html rich(const xmlNode* holder, const std::string& text, Half half);
    /// HTML that stands in no element of its own, with the files of the question's text.
    Html rich_text(const std::string& html, Half half);
    /// The text of a choice that stands in a list: no elements.
    std::string line(const std::string& text);
    /// What a reader of the question's language sees of a text in several (moodle_languages.hpp).
    std::string in_one_language(const std::string& text);
    const xmlNode* question() const { return question_; }
    const NumberFormat& numbers() const { return numbers_; }

    /// Those of the presentation first.
    std::vector<Asset> take_assets();
    void note(const std::string& text);
    std::vector<std::string> take_notes();

private:
    std::optional<std::string> embed(const xmlNode* holder, const std::string& file, Half half);
    std::optional<std::string> decode(const xmlNode* file, const std::string& name, Half half);
    std::optional<std::string> add(const std::string& name, std::string bytes, Half half);

    const xmlNode* question_;
    std::string language_;
    NumberFormat numbers_;
    std::string default_format_;
    AssetList assets_;
    std::map<const xmlNode*, std::optional<std::string>> embedded_;  // files read so far
    std::vector<std::string> notes_;
    Dropped dropped_;
};

/// Identifiers by text, made unique by "-2", "-3", ….
class Identifiers {
public:
    explicit Identifiers(char prefix) : prefix_(prefix) {}
    std::string of(const std::string& text);

private:
    char prefix_;
    std::map<std::string, int> times_;
};

/// The trimmed content of <name>, or `otherwise`.
std::string value(const xmlNode* parent, const char* name, const std::string& otherwise = {});
/// The trimmed content of <text> in an element.
std::string text_in(const xmlNode* holder);
/// The same of a text in HTML: elements that stand in it unquoted, which Moodle refuses, are a part of it.
std::string html_in(const xmlNode* holder);
/// HTML's character references as characters; what only looks like an element stays.
std::string decoded_references(const std::string& text);
/// "false", "0" and "" are false.
bool flag(const std::string& text);
/// A fraction of the mark as the nearest of Moodle's list; noted where it was rounded. Throws Skip where it is none.
double on_grid(double fraction, Texts& texts);
/// The attribute fraction="33.33333" (percent).
double fraction_of(const xmlNode* answer, Texts& texts);
std::string written_decimal(double value);

struct Body {
    Html prompt;
    Interaction interaction;
    AnswerKey answers;
};
/// Throws Skip.
Body read_body(const std::string& type, Texts& texts);
Body read_numerical(Texts& texts);
Body read_cloze(Texts& texts);

/// A gap of a cloze as Moodle writes it in the text: {WEIGHT:TYPE:ALTERNATIVE~…}.
std::string gap_source(const ClozeField& field, const ClozePart& part);
/// A choice that stands in a list, as the text of a file.
std::string line_of(const Choice& choice);

}  // namespace palier::formats::moodle
