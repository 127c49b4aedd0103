// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/formats/errors.hpp"
#include "adapters/formats/html_clean.hpp"
#include "adapters/formats/xml.hpp"

namespace palier::formats {
namespace {

Html clean(const std::string& html) {
    Dropped dropped;
    return clean_html(html, {}, dropped);
}

BOOST_AUTO_TEST_SUITE(html)

BOOST_AUTO_TEST_CASE(plain_structure_comes_through_as_xhtml) {
    BOOST_TEST(clean("<p>One<br>two &amp; <b>three</b> &eacute;") == "<p>One<br/>two &amp; <b>three</b> é</p>");
    BOOST_TEST(clean("no element, 1 < 2") == "no element, 1 &lt; 2");
    BOOST_TEST(clean("<u>under</u>") == "<span class=\"qti-underline\">under</span>");
    BOOST_TEST(clean("<table><tr><td colspan=2>x</td></tr></table>") ==
               "<table><tbody><tr><td colspan=\"2\">x</td></tr></tbody></table>");
    BOOST_TEST(clean("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>") ==
               "<math "
               "xmlns=\"http://www.w3.org/1998/Math/MathML\"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>");
    // MathML 3, 3.4.7: what follows <mprescripts/> stands before its base.
    const std::string isotope =
        "<mmultiscripts><mi>C</mi><mn>2</mn><none/><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts></math>";
    BOOST_TEST(clean("<math>" + isotope) == "<math xmlns=\"http://www.w3.org/1998/Math/MathML\">" + isotope);
}

BOOST_AUTO_TEST_CASE(nothing_that_acts_comes_through) {
    for (const char* attack : {"<script>alert(1)</script>",
                               "<img src=x onerror=alert(1)>",
                               "<svg><script>alert(1)</script></svg>",
                               "<a href=\"javascript:alert(1)\">x</a>",
                               "<a href=\" java\nscript:alert(1)\">x</a>",
                               "<iframe src=//e.example></iframe>",
                               "<p onclick=alert(1)>x</p>",
                               "<style>p{background:url(//e.example)}</style>",
                               "<p style=\"background:url(//e.example)\">x</p>",
                               "<form action=//e.example><input name=a></form>",
                               "<object data=x></object>",
                               "<link rel=stylesheet href=//e.example>",
                               "<meta http-equiv=refresh content=0>",
                               "<base href=//e.example>",
                               "<video src=//e.example poster=//e.example></video>",
                               "<math><annotation-xml encoding=text/html><img src=x "
                               "onerror=alert(1)></annotation-xml></math>",
                               "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
                               "<!--><script>alert(1)</script>-->",
                               "<img src=\"https://e.example/a.png\" alt=\"A\">",
                               "<a href=\"vbscript:x\">x</a>",
                               "<x:script>alert(1)</x:script>",
                               "<p data-gap=\"g1\" id=a class=b>x</p>"}) {
        const Html html = clean(attack);
        for (const char* sign :
             {"<script", "onerror", "onclick", "javascript:", "vbscript:", "<iframe", "<style", "style=", "<form",
              "<input", "<object", "<link", "<meta", "<base", "e.example", "data:", "data-gap", "id=", "class="})
            BOOST_TEST(html.find(sign) == std::string::npos, attack << " gave " << html);
        BOOST_CHECK_NO_THROW(xml::parse("<div>" + html + "</div>", "clean"));
    }
}

BOOST_AUTO_TEST_CASE(what_was_left_out_is_counted) {
    Dropped dropped;
    clean_html(
        "<p style='color: red; margin: 0' onclick='b'>x</p><p style='COLOR:blue!important'><script>1</script><img "
        "src='http://e.example/x.png' alt='cat'></p>",
        {}, dropped);
    BOOST_TEST(dropped.at("style color") == 2);
    BOOST_TEST(dropped.at("attribute onclick") == 1);
    BOOST_TEST(dropped.at("element script") == 1);
    BOOST_TEST(dropped.at("image http://e.example/x.png") == 1);
}

BOOST_AUTO_TEST_CASE(deep_and_large_texts_are_bounded) {
    std::string deep;
    for (int i = 0; i < 20000; ++i) deep += "<div>";
    BOOST_CHECK_NO_THROW(clean(deep + "x"));
    BOOST_CHECK_THROW(clean("<p>" + std::string(2U << 20, 'x')), FormatError);
}

BOOST_AUTO_TEST_CASE(an_svg_that_acts_is_refused) {
    const auto svg = [](const std::string& inside) {
        return is_safe_svg(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" "
            "xmlns:xlink=\"http://www.w3.org/1999/xlink\">" +
            inside + "</svg>");
    };
    BOOST_TEST(svg("<path d=\"M0 0\" fill=\"url(#a)\"/>"));
    BOOST_TEST(!svg("<script>1</script>"));
    BOOST_TEST(!svg("<path onload=\"x()\"/>"));
    BOOST_TEST(!svg("<image xlink:href=\"http://e.example/x.png\"/>"));
    BOOST_TEST(!svg("<path fill=\"url(http://e.example/x)\"/>"));
    BOOST_TEST(!is_safe_svg("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"));
    BOOST_TEST(!is_safe_svg("GIF89a"));
    BOOST_TEST(!is_safe_svg("<!-- <!DOCTYPE --><svg><script>1</script></svg><!-- -->"));
    BOOST_TEST(!is_safe_svg("<!-- "));
    // As plotting programs write it: a document type by its address, which is not fetched, and a style of its own.
    BOOST_TEST(
        is_safe_svg("<?xml version=\"1.0\"?>\n<!-- by a program --><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" "
                    "\"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg xmlns=\"http://www.w3.org/2000/svg\">"
                    "<style type=\"text/css\">*{stroke-linejoin: round} .a{fill: url('#b')}</style><path/></svg>"));
    for (const char* style : {"@import 'x.css'", "a{fill: url(x.svg#b)}", "a{fill: \\75rl(x)}"})
        BOOST_TEST(!svg(std::string("<style>") + style + "</style>"), style);
}

BOOST_AUTO_TEST_CASE(a_list_is_numbered_as_its_text_may_say) {
    // HTML, 4.4.5: the numbers of a list are a part of its meaning where the text speaks of "item c".
    BOOST_TEST(clean("<ol type=\"a\" start=\"3\" reversed><li value=\"7\">x</li></ol>") ==
               "<ol type=\"a\" start=\"3\" reversed=\"reversed\"><li value=\"7\">x</li></ol>");
    BOOST_TEST(clean("<ol style=\"list-style-type: upper-roman;\"><li>x</li></ol>") ==
               "<ol type=\"I\"><li>x</li></ol>");
    BOOST_TEST(clean("<ul style=\"list-style-type: square;\"><li>x</li></ul>") == "<ul><li>x</li></ul>");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::formats
