// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/formats.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "adapters/xapi/errors.hpp"
#include "adapters/xapi/identifiers.hpp"

using namespace palier::xapi;

namespace {

void all(bool (*is)(std::string_view), std::initializer_list<std::string_view> good,
         std::initializer_list<std::string_view> bad) {
    for (const auto text : good) BOOST_CHECK_MESSAGE(is(text), text << " is refused");
    for (const auto text : bad) BOOST_CHECK_MESSAGE(!is(text), text << " is accepted");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(notations)

BOOST_AUTO_TEST_CASE(iris_have_a_scheme) {
    all(is_iri,
        {"http://example.org", "https://exemple.fr/é?q=1#x", "urn:uuid:1", "mailto:a@b.c", "a+b-c.d:x",
         "http://x/%C3%A9", "http://[2001:db8::1]:8080/x", "http://a:b@x.org:80/", "file:///x",
         "http://x/?\xee\x80\x80", "tag:example.org,2026:a", "act:x"},
        {"", "example.org", "/relative", "http:", ":x", "1a:x", "http://a b", "http://a<b", "http://x/%G0",
         "http://x/%4", "http://x/\n",
         // RFC 3987, section 2.2; RFC 9110, section 4.2: no host, brackets outside a host, a port of letters, a
         // character for private use, two fragments.
         "http://", "https:///x", "http://:80/", "http://x/[b]", "http://x:abc/", "http://x/\xee\x80\x80",
         "http://x/#a#b", "http://[x]/", "http://x/?[b]", "http://x/\xff"});
}

BOOST_AUTO_TEST_CASE(uuids_are_in_their_usual_form) {
    // RFC 9562, appendix A: versions 1, 4 and 7.
    all(is_uuid,
        {"C232AB00-9414-11EC-B3C8-9F6BDECED846", "919108f7-52d1-4320-9bac-f847db4148a8",
         "017F22E2-79B0-7CC3-98C4-DC0C0C07398F"},
        {"", "919108f752d143209bacf847db4148a8", "919108f7-52d1-4320-9bac-f847db4148ag",
         "{919108f7-52d1-4320-9bac-f847db4148a8}", "919108f7-52d1-4320-cbac-f847db4148a8",
         "00000000-0000-0000-0000-000000000000"});
}

BOOST_AUTO_TEST_CASE(language_tags_are_those_of_rfc_5646) {
    // RFC 5646, appendix A.
    all(is_language_tag,
        {"de",
         "fr",
         "i-enochian",
         "zh-Hant",
         "sr-Latn",
         "zh-cmn-Hans-CN",
         "yue-HK",
         "zh-Hans-CN",
         "sl-rozaj",
         "sl-rozaj-biske",
         "de-CH-1901",
         "hy-Latn-IT-arevela",
         "de-DE",
         "es-419",
         "de-CH-x-phonebk",
         "az-Arab-x-AZE-derbend",
         "x-whatever",
         "qaa-Qaaa-QM-x-southern",
         "en-US-u-islamcal",
         "en-a-myext-b-another",
         "und"},
        {"", "f", "de-419-DE", "a-DE", "fr_FR", "fr-", "-fr", "fr--FR", "en-x", "en-a", "français", "abcdefghi"});
}

BOOST_AUTO_TEST_CASE(addresses_and_digests_and_media_types) {
    all(is_mailto, {"mailto:amina@example.org", "mailto:a.b+c@x-y.fr", "mailto:a@localhost", "mailto:é@exemplé.fr"},
        {"mailto:a@.x", "mailto:a..b@x.y", "mailto:a@x..y", "mailto:.a@x.y", "mailto:a.@x.y", "mailto:a@x.y.",
         "mailto:a@x.y?subject=z", "amina@example.org", "mailto:", "mailto:a", "mailto:@b", "mailto:a@", "mailto:a@b@c",
         "mailto:a@b,c@d", "MAILTO:a@b c"});
    all(is_sha1, {"da39a3ee5e6b4b0d3255bfef95601890afd80709"},
        {"", "da39a3ee5e6b4b0d3255bfef95601890afd8070", "zz39a3ee5e6b4b0d3255bfef95601890afd80709"});
    all(is_sha2, {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"", "da39a3ee5e6b4b0d3255bfef95601890afd80709"});
    all(is_media_type, {"text/plain", "application/json; charset=utf-8", "image/svg+xml"},
        {"", "text", "text/", "/plain", "a b/c"});
    all(is_version, {"1.0", "1.0.0", "1.0.3", "1.0.12", "2.0.0"},
        {"", "1", "1.1", "1.0.", "1.0.x", "0.95", "2.0", "1.0.03"});
}

BOOST_AUTO_TEST_CASE(instants_are_those_of_rfc_3339) {
    // RFC 3339, section 5.8; seconds since 1970 by `date -u -d`.
    BOOST_CHECK_EQUAL(read_timestamp("1985-04-12T23:20:50.52Z").value(), 482196050520000);
    BOOST_CHECK_EQUAL(read_timestamp("1996-12-19T16:39:57-08:00").value(), 851042397000000);
    BOOST_CHECK_EQUAL(read_timestamp("1990-12-31T23:59:60Z").value(), 662688000000000);
    BOOST_CHECK_EQUAL(read_timestamp("2013-05-18T05:32:34.804+0100").value(),
                      read_timestamp("2013-05-18T04:32:34.804Z").value());
    BOOST_CHECK_EQUAL(read_timestamp("2013-05-18T05:32:34.8041239Z").value() % 1000000, 804123);
    // ISO 8601 without seconds, and in its basic format: xAPI 1.0.3 part two, 4.5, asks for ISO 8601 and only
    // recommends RFC 3339.
    for (const auto* text : {"2013-05-18T05:32Z", "20130518T053200Z", "20130518T0532Z", "20130518T073200+0200"})
        BOOST_CHECK_MESSAGE(read_timestamp(text) == read_timestamp("2013-05-18T05:32:00Z"), text);
    for (const auto* text :
         {"2013-05-18 05:32:34Z", "2013-0518T05:32:34Z", "20130518T05:32:34Z", "2013-05-18T05Z", "", "2013",
          "2013-05-18", "2013-02-30T00:00:00Z", "2013-05-18T24:00:00Z", "2013-05-18T05:60:00Z", "2013-05-18T05:32:34.Z",
          "2013-05-18T05:32:34-00:00", "2013-05-18T05:32:34-0000", "2013-05-18T05:32:34-00",
          "2013-05-18T05:32:34+24:00", "2013-05-18T05:32:34Zulu", "05/18/2013 05:32:34"})
        BOOST_CHECK_MESSAGE(!read_timestamp(text), text << " is accepted");
}

BOOST_AUTO_TEST_CASE(instants_and_durations_are_written_as_they_are_read) {
    BOOST_CHECK_EQUAL(timestamp(0), "1970-01-01T00:00:00.000Z");
    BOOST_CHECK_EQUAL(timestamp(482196050520), "1985-04-12T23:20:50.520Z");
    BOOST_CHECK_EQUAL(timestamp(-1), "1969-12-31T23:59:59.999Z");
    BOOST_CHECK_THROW(timestamp(253402300800000), RequestError);
    for (const std::int64_t time : {0LL, 1LL, 951782400000LL, 1760000005400LL, -62135596800000LL, 253402300799999LL})
        BOOST_CHECK_EQUAL(read_timestamp(timestamp(time)).value(), time * 1000);
    BOOST_CHECK_EQUAL(duration(0), "PT0S");
    BOOST_CHECK_EQUAL(duration(-5), "PT0S");
    BOOST_CHECK_EQUAL(duration(12005), "PT12.01S");
    BOOST_CHECK_EQUAL(duration(60000), "PT1M");
    BOOST_CHECK_EQUAL(duration(3600000 + 5 * 60000 + 50), "PT1H5M0.05S");
    BOOST_CHECK_EQUAL(duration(3599996), "PT1H");
    for (std::int64_t ms = 0; ms < 8000000; ms += 9973)
        BOOST_CHECK_EQUAL(read_duration(duration(ms))->hundredths, (ms + 5) / 10);
}

BOOST_AUTO_TEST_CASE(durations_are_those_of_iso_8601) {
    BOOST_CHECK(
        (read_duration("P1Y2M3DT4H5M6.78S").value() == Duration{14, 3 * 8640000 + 4 * 360000 + 5 * 6000 + 678}));
    BOOST_CHECK((read_duration("P4W").value() == Duration{0, 28 * 8640000}));
    BOOST_CHECK((read_duration("PT0.5H").value() == Duration{0, 180000}));
    BOOST_CHECK((read_duration("PT0.129S").value() == Duration{0, 12}));
    for (const auto* text : {"", "P", "PT", "P1", "1Y", "P1S", "PT1D", "PT1M1H", "P1W1D", "PT0.5H1M", "PT1.S", "P-1D",
                             "PT1S1S", "P1DT", "P1TH", "pt1s"})
        BOOST_CHECK_MESSAGE(!read_duration(text), text << " is accepted");
}

BOOST_AUTO_TEST_SUITE_END()
