// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/formats/unicode.hpp"

namespace palier::formats::unicode {
namespace {

BOOST_AUTO_TEST_SUITE(unicode_text)

// Rows of Unicode 14's NormalizationTest.txt (source; NFC).
BOOST_AUTO_TEST_CASE(normalisation_form_c) {
    BOOST_TEST((nfc(U"\u1E0A\u0323") == U"\u1E0C\u0307"));
    BOOST_TEST((nfc(U"D\u0307\u0323") == U"\u1E0C\u0307"));
    BOOST_TEST((nfc(U"\u212B") == U"\u00C5"));
    BOOST_TEST((nfc(U"\u0958") == U"\u0915\u093C"));
    BOOST_TEST((nfc(U"\u1112\u1161\u11AB") == U"\uD55C"));
    BOOST_TEST((nfc(U"\uD4DB") == U"\uD4DB"));
    BOOST_TEST((nfc(U"\uF900") == U"\u8C48"));
    BOOST_TEST((nfc(U"\U0001D15E") == U"\U0001D157\U0001D165"));
    BOOST_TEST((nfc(U"a\u0315\u0300\u05AE\u0300b") == U"\u00E0\u05AE\u0300\u0315b"));
    BOOST_TEST((nfc(U"\u0B47\u0300\u0B3E") == U"\u0B47\u0300\u0B3E"));
}

// CaseFolding.txt, status C and S.
BOOST_AUTO_TEST_CASE(simple_case_folding) {
    BOOST_TEST((fold(U'É') == U'é'));
    BOOST_TEST((fold(U'\u03C2') == U'\u03C3'));
    BOOST_TEST((fold(U'\u212A') == U'k'));
    BOOST_TEST((fold(U'\u1E9E') == U'ß'));
    BOOST_TEST((fold(U'ß') == U'ß'));
    BOOST_TEST((fold(U'\u0416') == U'\u0436'));
    BOOST_TEST((fold(U'\u0130') == U'\u0130'));
    BOOST_TEST((fold(U'1') == U'1'));
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf8_are_dropped) {
    BOOST_TEST((decode("a\xFF"
                       "b\xC3\xA9\xC3") == U"abé"));
    BOOST_TEST((decode("\xC0\x80\xED\xA0\x80") == U""));
    BOOST_TEST((decode("\xF0\x9F\x98\x80") == U"\U0001F600"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace palier::formats::unicode
