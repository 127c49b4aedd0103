// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/formats/content.hpp"
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
    explicit Texts(const xmlNode* question);

    enum class Half { presentation, key };
    /// An element that holds <text> and <file>s; "" if it is not there.
    Html rich(const xmlNode* holder, Half half);
    /// The same for the text already read and changed (the gaps of a gapselect).
    Html rich(const xmlNode* holder, const std::string& text, Half half);
    const xmlNode* question() const { return question_; }

    /// Those of the presentation first.
    std::vector<Asset> take_assets();
    void note(const std::string& text);
    std::vector<std::string> take_notes();

private:
    std::optional<std::string> embed(const xmlNode* holder, const std::string& file, Half half);
    std::optional<std::string> decode(const xmlNode* file, const std::string& name, Half half);
    std::optional<std::string> add(const std::string& name, std::string bytes, Half half);

    const xmlNode* question_;
    std::string default_format_;
    std::vector<Asset> assets_;
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
/// "false", "0" and "" are false.
bool flag(const std::string& text);
/// The attribute fraction="33.33333", at Moodle's grid.
double fraction_of(const xmlNode* answer);

struct Body {
    Html prompt;
    Interaction interaction;
    AnswerKey answers;
};
/// Throws Skip.
Body read_body(const std::string& type, Texts& texts);
Body read_numerical(Texts& texts);

}  // namespace palier::formats::moodle
