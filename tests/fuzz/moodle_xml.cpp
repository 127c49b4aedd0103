// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/moodle_xml.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>

#include "adapters/formats/content_json.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/grader.hpp"
#include "adapters/formats/qti3.hpp"

// Any bytes as Moodle XML: either a FormatError, or items that survive JSON and QTI unchanged and
// can be graded. Corpus: corpus/moodle_xml.

namespace {

using namespace palier::formats;

void check(const Item& item) {
    const auto key = key_json(item);
    if (!(item_from_json(presentation_json(item), &key) == item)) std::abort();
    const Item shown = arranged(item, 1);
    const Response responses[] = {Selection{{"true"}}, Pairs{{{"g1", "c"}}}, Sequence{{"o"}},
                                  Entry{"1,5 x10^2 m", "m"}};
    for (const Response& response : responses) grade(shown, response);
    std::vector<Asset> files;
    for (const Asset& asset : item.assets)
        if (!asset.only_in_key) files.push_back(asset);
    try {
        if (!(read_qti3(write_qti3(item, true).xml, "item", files) == item)) std::abort();
    } catch (const FormatError&) {
        // Identifiers of stems and choices may clash, and elements may nest more deeply than XML is
        // read.
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const MoodleXml read = read_moodle_xml({reinterpret_cast<const char*>(data), size}, "fuzz");
        for (const Item& item : read.items) check(item);
    } catch (const FormatError&) {
    }
    return 0;
}
