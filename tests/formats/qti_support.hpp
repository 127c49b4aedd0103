// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "adapters/formats/grader.hpp"
#include "adapters/formats/question_file.hpp"

namespace palier::formats::test {

/// An item of QTI 2.2: declarations of responses, body, processing (a template's name, rules, or none).
inline std::string qti2(const std::string& declarations, const std::string& body, const std::string& processing,
                        const std::string& attributes = {}) {
    const bool named = processing.find('<') == std::string::npos;
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<assessmentItem "
           "xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"item\" title=\"Title\" adaptive=\"false\" "
           "timeDependent=\"false\"" +
           attributes + ">\n" + declarations +
           "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>\n"
           "<outcomeDeclaration identifier=\"FEEDBACK\" cardinality=\"single\" baseType=\"identifier\"/>\n<itemBody>" +
           body + "</itemBody>\n" +
           (processing.empty() ? ""
            : named ? "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/" +
                          processing + "\"/>"
                    : "<responseProcessing>" + processing + "</responseProcessing>") +
           "</assessmentItem>";
}

/// A response declaration of QTI 2: correct values, and "key value" pairs of a mapping.
inline std::string response(const std::string& type, const std::string& cardinality,
                            const std::vector<std::string>& correct,
                            const std::vector<std::pair<std::string, std::string>>& mapping = {},
                            const std::string& bounds = "defaultValue=\"0\"", const std::string& name = "RESPONSE") {
    std::string xml = "<responseDeclaration identifier=\"" + name + "\" cardinality=\"" + cardinality +
                      "\" baseType=\"" + type + "\">";
    if (!correct.empty()) xml += "<correctResponse>";
    for (const std::string& value : correct) xml += "<value>" + value + "</value>";
    if (!correct.empty()) xml += "</correctResponse>";
    if (!mapping.empty()) xml += "<mapping " + bounds + ">";
    for (const auto& [key, value] : mapping) xml += "<mapEntry mapKey=\"" + key + "\" mappedValue=\"" + value + "\"/>";
    if (!mapping.empty()) xml += "</mapping>";
    return xml + "</responseDeclaration>\n";
}

inline std::string set_score(const std::string& expression) {
    return "<setOutcomeValue identifier=\"SCORE\">" + expression + "</setOutcomeValue>";
}
inline std::string constant(const std::string& type, const std::string& value) {
    return "<baseValue baseType=\"" + type + "\">" + value + "</baseValue>";
}
inline std::string variable(const std::string& name = "RESPONSE") { return "<variable identifier=\"" + name + "\"/>"; }
/// SCORE is 1 where the condition holds, else what it was.
inline std::string one_if(const std::string& condition) {
    return "<responseCondition><responseIf>" + condition + set_score(constant("float", "1")) +
           "</responseIf></responseCondition>";
}

/// A zip file with its entries stored, as no test should depend on who packs.
inline std::string zip_of(const std::vector<std::pair<std::string, std::string>>& entries) {
    const auto number = [](std::uint32_t value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
        return text;
    };
    const auto checksum = [](const std::string& bytes) {
        std::uint32_t crc = 0xFFFFFFFF;
        for (const char c : bytes) {
            crc ^= static_cast<unsigned char>(c);
            for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
        }
        return ~crc;
    };
    std::string files, directory;
    for (const auto& [name, bytes] : entries) {
        const auto size = static_cast<std::uint32_t>(bytes.size());
        const std::string common = number(20, 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(0x21, 2) +
                                   number(checksum(bytes), 4) + number(size, 4) + number(size, 4) +
                                   number(static_cast<std::uint32_t>(name.size()), 2) + number(0, 2);
        directory += "PK\x01\x02" + number(20, 2) + common + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) +
                     number(static_cast<std::uint32_t>(files.size()), 4) + name;
        files += "PK\x03\x04" + common + name + bytes;
    }
    const auto count = static_cast<std::uint32_t>(entries.size());
    return files + directory + "PK\x05\x06" + number(0, 4) + number(count, 2) + number(count, 2) +
           number(static_cast<std::uint32_t>(directory.size()), 4) +
           number(static_cast<std::uint32_t>(files.size()), 4) + number(0, 2);
}

}  // namespace palier::formats::test
