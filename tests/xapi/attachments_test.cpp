// SPDX-License-Identifier: GPL-3.0-or-later
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <boost/test/unit_test.hpp>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/lrs/multipart.hpp"
#include "tests/xapi/server.hpp"

// Attachments with their bytes, and signatures. Sources: xAPI 1.0.3 part two, sections 2.4.11 and 2.6; RFC 2046, 5.1;
// RFC 7515.

using nlohmann::json;
using namespace palier::test;
using namespace palier::xapi;

namespace {

constexpr const char* signature_type = "http://adlnet.gov/expapi/attachments/signature";

json simple() {
    return {{"actor", {{"mbox", "mailto:amina@example.org"}}},
            {"verb", {{"id", "http://adlnet.gov/expapi/verbs/answered"}}},
            {"object", {{"id", "https://example.org/q/1"}}}};
}

json attachment(const std::string& bytes, const std::string& usage = "https://example.org/usage",
                const std::string& type = "text/plain") {
    return {{"usageType", usage},
            {"display", {{"en", "x"}}},
            {"contentType", type},
            {"length", bytes.size()},
            {"sha2", sha256(bytes)}};
}

struct Sent {
    std::string bytes;
    std::string hash = sha256(bytes);
    std::string encoding = "binary";
};

const Headers mixed{{"content-type", "multipart/mixed; boundary=\"=a b\""}};

std::string body(const json& statements, const std::vector<Sent>& parts, const std::string& type = "application/json") {
    std::string text;
    add_part(text, "=a b", {{"Content-Type", type}}, statements.dump());
    for (const Sent& one : parts) {
        Headers headers{{"Content-Type", "text/plain"}};
        if (!one.encoding.empty()) headers.emplace_back("Content-Transfer-Encoding", one.encoding);
        if (!one.hash.empty()) headers.emplace_back("X-Experience-API-Hash", one.hash);
        add_part(text, "=a b", headers, one.bytes);
    }
    end_parts(text, "=a b");
    return text;
}

std::string url(std::string text) {
    text = palier::base64::encode(text);
    while (text.ends_with('=')) text.pop_back();
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

/// Signs with a key made here, and has a certificate of it.
class Signer {
public:
    Signer() : key_(EVP_RSA_gen(2048)), certificate_(X509_new()) {
        X509_set_version(certificate_, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate_), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate_), 0);
        X509_gmtime_adj(X509_getm_notAfter(certificate_), 3600);
        X509_set_pubkey(certificate_, key_);
        X509_sign(certificate_, key_, EVP_sha256());
    }
    ~Signer() {
        X509_free(certificate_);
        EVP_PKEY_free(key_);
    }
    Signer(const Signer&) = delete;
    Signer& operator=(const Signer&) = delete;

    std::string certificate() const {
        unsigned char* der = nullptr;
        const int size = i2d_X509(certificate_, &der);
        const std::string text = palier::base64::encode({reinterpret_cast<char*>(der), static_cast<std::size_t>(size)});
        OPENSSL_free(der);
        return text;
    }

    std::string sign(const json& header, const std::string& payload, const EVP_MD* digest) const {
        const std::string input = url(header.dump()) + "." + url(payload);
        EVP_MD_CTX* context = EVP_MD_CTX_new();
        std::string bytes(512, '\0');
        std::size_t size = bytes.size();
        EVP_DigestSignInit(context, nullptr, digest, nullptr, key_);
        EVP_DigestSign(context, reinterpret_cast<unsigned char*>(bytes.data()), &size,
                       reinterpret_cast<const unsigned char*>(input.data()), input.size());
        EVP_MD_CTX_free(context);
        return input + "." + url(bytes.substr(0, size));
    }

private:
    EVP_PKEY* key_;
    X509* certificate_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(attachments, LrsServer)

BOOST_AUTO_TEST_CASE(bytes_come_back_with_their_statement) {
    const std::string bytes = "first line\r\n--=a not a boundary\r\n" + std::string("\0\x01\xff", 3);
    json statement = simple();
    statement["attachments"] = {attachment(bytes), attachment("")};
    const Response response = send("POST", "/xapi/statements", body(statement, {{bytes}, {""}}), mixed);
    BOOST_REQUIRE_MESSAGE(response.status == 200, response.body);
    const std::string id = json::parse(response.body)[0];
    for (const std::string target :
         {"/xapi/statements?attachments=true", "/xapi/statements?attachments=true&statementId="}) {
        const Response got = send("GET", target.ends_with('=') ? target + id : target);
        const std::string type = value(got, "Content-Type");
        BOOST_REQUIRE(type.starts_with("multipart/mixed; boundary="));
        const auto parts = read_multipart(got.body, type.substr(26));
        BOOST_REQUIRE_EQUAL(parts.size(), 3);
        BOOST_CHECK_EQUAL(header(parts[0].headers, "Content-Type").value(), "application/json");
        BOOST_CHECK(parts[1].body == bytes);
        BOOST_CHECK_EQUAL(header(parts[1].headers, "X-Experience-API-Hash").value(), sha256(bytes));
        BOOST_CHECK_EQUAL(header(parts[1].headers, "Content-Transfer-Encoding").value(), "binary");
        BOOST_CHECK_EQUAL(header(parts[1].headers, "Content-Type").value(), "text/plain");
        BOOST_CHECK_EQUAL(parts[2].body, "");
    }
    BOOST_CHECK_EQUAL(value(send("GET", "/xapi/statements?attachments=false"), "Content-Type"), "application/json");
    // The same again, with or without bytes, is the same: section 2.3.1.
    statement["id"] = id;
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", body(statement, {{bytes}, {""}}), mixed).status, 200);
    BOOST_CHECK_EQUAL(get("/xapi/statements")["statements"].size(), 1);
}

BOOST_AUTO_TEST_CASE(parts_are_those_that_the_statements_name) {
    json statement = simple();
    statement["attachments"] = {attachment("abc")};
    const std::string good = body(statement, {{"abc"}});
    const auto status = [&](const std::string& text, const Headers& headers = mixed) {
        return send("POST", "/xapi/statements", text, headers).status;
    };
    BOOST_CHECK_EQUAL(status(good), 200);
    BOOST_CHECK_EQUAL(status("preamble\r\n" + good + "epilogue"), 200);
    BOOST_CHECK_EQUAL(status(body(statement, {})), 400);
    BOOST_CHECK_EQUAL(status(body(statement, {{"abc"}, {"more"}})), 400);
    BOOST_CHECK_EQUAL(status(body(statement, {{"abd"}})), 400);
    BOOST_CHECK_EQUAL(status(body(statement, {{"abc", ""}})), 400);
    BOOST_CHECK_EQUAL(status(body(statement, {{"abc", sha256("abc"), ""}})), 400);
    BOOST_CHECK_EQUAL(status(body(statement, {{"abc", sha256("abc"), "base64"}})), 400);
    BOOST_CHECK_EQUAL(status(body(statement, {{"abc"}}, "text/plain")), 400);
    // Headers of parts are given back: a value begins no header of its own.
    const std::string part_type = "Content-Type: text/plain";
    std::string two_headers = good;
    two_headers.insert(good.find(part_type) + part_type.size(), "\nContent-Language: en");
    BOOST_CHECK_EQUAL(status(two_headers), 400);
    BOOST_CHECK_EQUAL(status(good.substr(0, good.size() - 10)), 400);
    BOOST_CHECK_EQUAL(status(good, {{"content-type", "multipart/mixed"}}), 400);
    BOOST_CHECK_EQUAL(status(good, {{"content-type", "multipart/mixed; boundary=other"}}), 400);
    BOOST_CHECK_EQUAL(status(good, {{"content-type", "multipart/form-data; boundary=\"=a b\""}}), 400);
    BOOST_CHECK_EQUAL(status(statement.dump(), {}), 400);
    statement["attachments"][0]["fileUrl"] = "https://example.org/f";
    BOOST_CHECK_EQUAL(status(statement.dump(), {}), 200);
    // Bytes that a client's encoding changed are taken (ADL's suite sends such); the right ones take their place.
    json other = simple();
    other["attachments"] = {attachment("right")};
    BOOST_CHECK_EQUAL(status(body(other, {{"wrong", sha256("right")}})), 200);
    BOOST_CHECK_EQUAL(store.rows().attachment(sha256("right")).value().bytes, "wrong");
    BOOST_CHECK_EQUAL(status(body(other, {{"right"}})), 200);
    BOOST_CHECK_EQUAL(status(body(other, {{"wrong", sha256("right")}})), 200);
    BOOST_CHECK_EQUAL(store.rows().attachment(sha256("right")).value().bytes, "right");
}

BOOST_AUTO_TEST_CASE(a_sub_statement_has_attachments_too) {
    json statement = simple();
    json object = simple();
    object["objectType"] = "SubStatement";
    object["attachments"] = {attachment("abc")};
    object["context"]["contextActivities"]["parent"] = {{"id", "https://example.org/p"}};
    statement["object"] = object;
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", statement.dump()).status, 400);
    BOOST_CHECK_EQUAL(send("POST", "/xapi/statements", body(statement, {{"abc"}}), mixed).status, 200);
    const json kept = get("/xapi/statements")["statements"][0];
    BOOST_CHECK(kept["object"]["context"]["contextActivities"]["parent"].is_array());
    const Response got = send("GET", "/xapi/statements?attachments=true");
    BOOST_CHECK_EQUAL(read_multipart(got.body, value(got, "Content-Type").substr(26)).size(), 2);
}

BOOST_AUTO_TEST_CASE(a_signature_is_checked) {
    const Signer signer, stranger;
    const json statement = simple();
    const std::string payload = statement.dump();
    const auto status = [&](const std::string& jws, const std::string& type = "application/octet-stream") {
        json sent = statement;
        sent["attachments"] = {attachment(jws, signature_type, type)};
        return send("POST", "/xapi/statements", body(sent, {{jws}}), mixed).status;
    };
    const auto of = [](const char* algorithm) { return json{{"alg", algorithm}}; };
    const json certified{{"alg", "RS256"}, {"x5c", {signer.certificate()}}};
    BOOST_CHECK_EQUAL(status(signer.sign(of("RS256"), payload, EVP_sha256())), 200);
    BOOST_CHECK_EQUAL(status(signer.sign(of("RS384"), payload, EVP_sha384())), 200);
    BOOST_CHECK_EQUAL(status(signer.sign(of("RS512"), payload, EVP_sha512())), 200);
    BOOST_CHECK_EQUAL(status(signer.sign(certified, payload, EVP_sha256())), 200);
    BOOST_CHECK_EQUAL(status(stranger.sign(certified, payload, EVP_sha256())), 400);
    BOOST_CHECK_EQUAL(status(signer.sign(certified, payload, EVP_sha512())), 400);
    BOOST_CHECK_EQUAL(status(signer.sign({{"alg", "RS256"}, {"x5c", {"AAAA"}}}, payload, EVP_sha256())), 400);
    BOOST_CHECK_EQUAL(status(signer.sign({{"alg", "RS256"}, {"x5c", {signer.certificate(), stranger.certificate()}}},
                                         payload, EVP_sha256())),
                      400);
    for (const char* algorithm : {"HS256", "none", "ES256", "rs256"})
        BOOST_CHECK_EQUAL(status(signer.sign(of(algorithm), payload, EVP_sha256())), 400);
    json other = statement;
    other["verb"]["id"] = "http://adlnet.gov/expapi/verbs/passed";
    BOOST_CHECK_EQUAL(status(signer.sign(of("RS256"), other.dump(), EVP_sha256())), 400);
    BOOST_CHECK_EQUAL(status(signer.sign(of("RS256"), "{'", EVP_sha256())), 400);
    BOOST_CHECK_EQUAL(status(signer.sign(of("RS256"), "{}", EVP_sha256())), 400);
    BOOST_CHECK_EQUAL(status(signer.sign(of("RS256"), payload, EVP_sha256()), "text/plain"), 400);
    for (const char* text : {"", "a.b", "a.b.c.d", "!.!.!", "e30.e30.AAAA"}) BOOST_CHECK_EQUAL(status(text), 400);
}

BOOST_AUTO_TEST_SUITE_END()
