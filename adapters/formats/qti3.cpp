// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/qti3.hpp"

#include <cstdio>
#include <cstdlib>

#include "adapters/formats/content_json.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/qti3_parts.hpp"

namespace palier::formats {
namespace qti3 {

std::string number(double value) {
    char text[40];
    for (int digits = 1; digits <= 17; ++digits) {
        std::snprintf(text, sizeof text, "%.*g", digits, value);
        if (std::strtod(text, nullptr) == value) break;
    }
    return text;
}

namespace {

/// JSON that cannot end a processing instruction.
std::string instruction(const nlohmann::json& json) {
    std::string safe;
    for (const char c : json.dump()) safe += c == '>' ? std::string("\\u003e") : std::string(1, c);
    return "<?palier-key " + safe + "?>\n";
}

}  // namespace
}  // namespace qti3

Qti3 qti3_text(const Item& item, bool with_key) {
    using namespace qti3;
    if (with_key && !item.key) throw FormatError("item '" + item.id + "' has no key");
    Scoring scored = scoring(item, with_key);
    Attributes root{{"xmlns", "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"},
                    {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
                    {"xsi:schemaLocation",
                     "http://www.imsglobal.org/xsd/imsqtiasi_v3p0 "
                     "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"},
                    {"identifier", to_ncname(item.id)},
                    // A title may tell the answer or the level: without the key it is the identifier.
                    {"title", with_key && !item.key->title.empty() ? item.key->title : item.id},
                    {"adaptive", "false"},
                    {"time-dependent", "false"},
                    {"tool-name", "Palier"}};
    if (!item.language.empty()) root.emplace_back("xml:lang", item.language);
    Attributes score{{"identifier", "SCORE"}, {"cardinality", "single"}, {"base-type", "float"}};
    if (scored.processing.empty()) score.emplace_back("external-scored", "externalMachine");

    Qti3 result;
    result.xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    if (with_key) result.xml += instruction(key_json(item));
    result.xml += element(
        "qti-assessment-item", root,
        "\n" + scored.declarations +
            element("qti-outcome-declaration", score, element("qti-default-value", {}, element("qti-value", {}, "0"))) +
            "\n" + body(item) + "\n" + scored.processing);
    result.xml += "\n";
    result.notes = std::move(scored.notes);
    return result;
}

}  // namespace palier::formats
