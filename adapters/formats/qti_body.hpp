// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/formats/asset_list.hpp"
#include "adapters/formats/content.hpp"
#include "adapters/formats/html_clean.hpp"
#include "adapters/formats/qti_processing.hpp"

// The body of a QTI item: its text, and the parts that a learner answers.

namespace palier::formats::qti {

/// The bytes of a file of the package, by its path from the package's root; nothing where there is none.
using PackageFiles = std::function<std::optional<std::string>(const std::string& path)>;

/// One thing that is chosen or typed: an interaction, a stem of a match, a gap.
struct Part {
    enum class Kind { one, several, order, text, number };
    Kind kind = Kind::one;
    std::string variable;             // whose value it is, or is a part of
    std::vector<Choice> choices;      // by our identifiers
    std::vector<std::string> values;  // what each is in the variable: "B", or "stem B" of a pair
    std::vector<std::string> owners;  // of pairs: the QTI identifier of each choice
    std::string own;                  // of pairs: the QTI identifier of the part itself
    Choice stem;                      // of a match
    bool in_lines = true;             // the choices are text without elements, which a list can show
    bool shuffle = false, horizontal = false;
    long most = 0;  // of several, and of an interaction with one answer 1; 0 is any number
    long line = 0;
};

/// Shown after the answer where an outcome says so.
struct FeedbackText {
    std::string outcome, identifier;
    bool hides = false;
    Html html;
};

/// Throws Refusal where the item has an interaction that is not carried, or none, is adaptive or draws its numbers.
void refuse_other_kinds(const xmlNode* item);

enum class Form { choice, order, match, associate, gaps, typed, mixed };

class ItemBody {
public:
    /// `path` is the item's own in the package. Throws Refusal.
    ItemBody(const xmlNode* item, std::string path, const PackageFiles& files, const Processing& processing);

    Form form = Form::mixed;
    std::vector<Part> parts;
    std::vector<FeedbackText> feedback;

    /// The text; `with_gaps`: each part as a gap in it, else without what the form itself shows. Throws Refusal.
    Html prompt(bool with_gaps);
    /// Whether the one thing typed stands at the end of the text.
    bool typed_last();

    std::vector<Asset> take_assets() { return assets_.take(); }
    void note(const std::string& text);
    std::vector<std::string> take_notes();

private:
    void choice(const xmlNode* node);
    void order(const xmlNode* node);
    void match(const xmlNode* node);
    void associate(const xmlNode* node);
    void gap_match(const xmlNode* node);
    void inline_choice(const xmlNode* node);
    void text_entry(const xmlNode* node);
    void interaction(const xmlNode* node);
    void interactions_below(const xmlNode* node);
    const Declaration& declared(const xmlNode* node, Base base, bool pairs_of_either_kind = false) const;
    Part part_of(const xmlNode* node, const Declaration& variable) const;
    std::vector<Choice> choices(const std::vector<const xmlNode*>& nodes, bool& in_lines, bool& shuffle);
    /// How many of `others` count for this one, by the mapping or else by the correct response.
    std::size_t partners(const Declaration& variable, const std::string& own, bool first) const;

    std::string html(const xmlNode* node, bool with_gaps, const std::string& folder);
    std::string inner(const xmlNode* node, bool with_gaps, const std::string& folder);
    std::string of_interaction(const xmlNode* node, bool with_gaps, const std::string& folder);
    std::string object(const xmlNode* node, const std::string& folder);
    std::string mark_of(const xmlNode* node);
    std::string stimuli();
    Html clean(const std::string& source, bool in_key);
    Html clean_inner(const xmlNode* node, bool in_key);
    std::optional<std::string> embed(const std::string& file, bool in_key);
    void read_feedback(const xmlNode* node);

    const xmlNode* item_;
    const xmlNode* body_;
    std::string path_, folder_;
    const PackageFiles& files_;
    const Processing& processing_;
    AssetList assets_;
    std::map<const xmlNode*, std::vector<std::size_t>> parts_of_;  // of an interaction or a gap
    std::set<const xmlNode*> feedback_read_;
    std::vector<std::string> notes_;
    Dropped dropped_;
};

/// "images/a%20b.png" of an item in "items/x" is "items/x/images/a%20b.png"; an address of elsewhere stays.
std::string resolved(const std::string& folder, const std::string& url);
std::string folder_of(const std::string& path);
std::string percent_decoded_path(std::string_view text);

}  // namespace palier::formats::qti
