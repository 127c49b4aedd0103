// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/formats/content.hpp"
#include "adapters/formats/moodle_xml.hpp"
#include "tests/support/places.hpp"

namespace palier::formats::test {

/// Every item of the table's files, by identifier.
inline const std::map<std::string, Item>& items() {
    static const std::map<std::string, Item> all = [] {
        std::map<std::string, Item> result;
        for (const std::string& file : {palier::test::in_project("tests/formats/questions.xml"),
                                        palier::test::in_project("adapters/moodle/mod_palier/demo/palier-demo-en.xml"),
                                        palier::test::in_project("adapters/moodle/mod_palier/demo/palier-demo-fr.xml")})
            for (Item& item : read_moodle_xml_file(file).items) result.emplace(item.id, std::move(item));
        return result;
    }();
    return all;
}

/// Moodle XML of one question.
inline std::string quiz(const std::string& type, const std::string& rest, const std::string& text = "<p>Question</p>") {
    return "<quiz>\n<question type=\"" + type +
           "\">\n<name><text>Name</text></name>\n<questiontext format=\"html\"><text><![CDATA[" + text +
           "]]></text></questiontext>\n" + rest + "</question>\n</quiz>";
}

inline QuestionFile read(const std::string& xml) { return read_moodle_xml(xml, "test.xml"); }

}  // namespace palier::formats::test
