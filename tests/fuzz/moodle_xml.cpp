// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/moodle_xml.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>

#include "adapters/formats/content_json.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/file_kind.hpp"
#include "adapters/formats/grader.hpp"
#include "adapters/formats/html_style.hpp"
#include "adapters/formats/moodle_languages.hpp"
#include "adapters/formats/number_text.hpp"
#include "adapters/formats/qti3.hpp"

// Any bytes as Moodle XML, and as the texts in it that are taken apart by hand: either a FormatError, or items that
// survive JSON and QTI unchanged and can be graded. Corpus: corpus/moodle_xml.

namespace {

using namespace palier::formats;

void check(const Item& item) {
    const auto key = key_json(item);
    if (!(item_from_json(presentation_json(item), &key) == item)) std::abort();
    const Item shown = arranged(item, 1);
    const Response responses[] = {Selection{{"true"}}, Pairs{{{"g1", "c"}}}, Pairs{{{"g1", "4,5"}, {"g2", "c,d"}}},
                                  Sequence{{"o"}}, Entry{"1,5 x10^2 m", "m"}};
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
    const std::string text(reinterpret_cast<const char*>(data), size);
    file_kind(text);
    meaning_of_style(text);
    for (const char* language : {"", "fr_CA"}) moodle::in_language(text, language);
    const WrittenNumber number = written_number(text, {",", " "});
    if (number.value.has_value() == !number.problem.empty()) std::abort();
    try {
        const QuestionFile read = read_moodle_xml(text, "fuzz", {"fr"});
        for (const Item& item : read.items) check(item);
    } catch (const FormatError&) {
    }
    return 0;
}
