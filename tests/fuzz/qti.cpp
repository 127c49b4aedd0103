// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/qti_import.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "adapters/formats/content_json.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/grader.hpp"

// Any bytes as a QTI item and as a package: either a FormatError, or a report and items that survive JSON unchanged and
// can be graded. Corpus: corpus/qti.

namespace {

using namespace palier::formats;

void check(const QuestionFile& read) {
    std::size_t carried = 0;
    for (const QuestionReport& report : read.report) carried += report.carried() ? 1 : 0;
    if (carried != read.items.size()) std::abort();
    for (const Item& item : read.items) {
        const auto key = key_json(item);
        if (!(item_from_json(presentation_json(item), &key) == item)) std::abort();
        const Response responses[] = {Selection{{"true"}}, Pairs{{{"g1", "c"}}}, Sequence{{"o"}}, Entry{"1", {}}};
        for (const Response& response : responses) grade(arranged(item, 1), response);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    for (const auto reader : {read_qti_item, read_qti_package}) {
        try {
            check(reader(bytes, "fuzz", {"fr"}));
        } catch (const FormatError&) {
        }
    }
    return 0;
}
