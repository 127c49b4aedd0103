// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/text/base64.hpp"
#include "adapters/text/markup.hpp"

using namespace palier;

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(base64_is_that_of_rfc_4648_section_10) {
    const std::pair<std::string, std::string> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        BOOST_TEST(base64::encode(bytes) == text);
        BOOST_TEST(base64::decode(text).value() == bytes);
    }
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    BOOST_TEST(base64::decode(base64::encode(all)).value() == all);
}

BOOST_AUTO_TEST_CASE(base64_forgives_white_space_and_missing_padding_and_nothing_else) {
    BOOST_TEST(base64::decode("Zm9v\r\n Yg").value() == "foob");
    for (const auto* wrong : {"Zm8=====", "Zm9v=", "Zm8==", "Z*==", "=Zm8", "Zm=8", "Z", "Zm9vY", "Zm-_"})
        BOOST_TEST(!base64::decode(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(markup_is_text_again_when_it_is_read) {
    // XML 1.0, 2.4 and 2.2: & and < are never bare, and there are no controls but tab, line feed and return.
    BOOST_TEST(markup::escaped("a<b> & \"c\" 'd'\x01\x1f\n\t") == "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\n\t");
    // XML 1.0, 3.3.3: a line feed in an attribute would be read as a blank.
    BOOST_TEST(markup::tag("a", {{"b", "1\n2\t\"3\""}}, true) == "<a b=\"1&#10;2&#9;&quot;3&quot;\"/>");
    BOOST_TEST(markup::element("a", {}, "<b/>") == "<a><b/></a>");
}

BOOST_AUTO_TEST_CASE(the_words_of_xhtml_are_one_line_of_what_is_read) {
    const std::pair<std::string, std::string> told[] = {
        {"", ""},
        {"plain", "plain"},
        {"<p>Un <strong>mot</strong> d’<em>ordre</em>.</p><p>Un autre</p>", "Un mot d’ordre. Un autre"},
        {"a<br/>b<br />c", "a b c"},
        {"H<sub>2</sub>O", "H2O"},
        {"<ul><li>un</li><li>deux</li></ul>", "un deux"},
        {"<table><tr><td>1</td><td>2</td></tr></table>", "1 2"},
        {"1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;&apos;", "1 < 2 && 3 > 2 \"'"},
        {"&#233;t&#xE9; &#x1F600;", "été 😀"},
        {"&unknown; &#0; &#xD800; &#99999999; & ; R&D", "&unknown; &#0; &#xD800; &#99999999; & ; R&D"},
        {"<img src=\"a.png\" alt=\"Une &lt;b&gt; rouge\"/> à droite", "Une <b> rouge à droite"},
        {"<img alt=\"\" src=\"a.png\"/>rien", "rien"},
        {"  <p>\n  espaces\t </p> ", "espaces"},
        {"cut <stro", "cut"},
    };
    for (const auto& [xhtml, words] : told) BOOST_TEST(markup::words_of(xhtml) == words);
}

BOOST_AUTO_TEST_SUITE_END()
