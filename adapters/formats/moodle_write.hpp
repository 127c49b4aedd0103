// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "adapters/formats/content.hpp"

namespace palier::formats {

/// What of a question did not come through, or why it was left out.
struct Loss {
    std::string item;
    std::string what;
    bool left_out = false;
};

struct MoodleXml {
    std::string xml;
    std::vector<Loss> losses;
};

/// Questions as Moodle's question XML (qformat_xml of Moodle 4.5). The idnumber is the item's identifier, by which its
/// bank knows it; a language that no tag says becomes the tag lang:…; a gap that takes a dragged choice has a list.
/// Each question is read again by read_moodle_xml: what differs then is lost, and one that is not read is left out.
/// Those without a category stand first, so that Moodle puts them where it imports to.
MoodleXml write_moodle_xml(const std::vector<Item>& items);

/// The parts in which an item that was read again differs from what was written, in words; choices are compared by
/// their texts, and of identifiers that changed alone that is said.
std::vector<std::string> differences(const Item& written, const Item& read);

}  // namespace palier::formats
