// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libxml/tree.h>

#include <string>
#include <string_view>
#include <vector>

// One name for what QTI 2 and QTI 3 have in common: <qti-choice-interaction response-identifier="…"> of QTI 3 is
// <choiceInteraction responseIdentifier="…"> of QTI 2.

namespace palier::formats::qti {

/// Why an item is not carried, and the line at fault.
struct Refusal {
    long line = 0;
    std::string reason;
};
[[noreturn]] void refuse(const xmlNode* at, const std::string& reason);

/// QTI 2's name of an element.
std::string kind(const xmlNode* node);
/// As it stands in the file, for messages: "<qti-match-interaction>".
std::string shown_name(const xmlNode* node);
/// By QTI 2's name of the attribute.
std::string attribute(const xmlNode* node, const char* name, const std::string& otherwise = {});
std::string needed(const xmlNode* node, const char* name);
/// A whole number that is not below 0, or `otherwise` where the attribute is not there.
long count(const xmlNode* node, const char* name, long otherwise);
std::vector<const xmlNode*> children(const xmlNode* node, std::string_view kind_of_child);
const xmlNode* child(const xmlNode* node, std::string_view kind_of_child);
/// All elements below of this kind, in reading order.
std::vector<const xmlNode*> all_below(const xmlNode* node, std::string_view kind_of_element);

}  // namespace palier::formats::qti
