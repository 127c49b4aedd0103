// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/signature.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <vector>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/store/ops/equality.hpp"
#include "engine/errors.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Verification = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;

constexpr std::size_t most_certificates = 10;

[[noreturn]] void wrong(const std::string& what) { throw Refusal{400, "signature: " + what}; }

std::string decode_url(std::string_view text, const std::string& what) {
    std::string plain(text);
    for (char& c : plain) {
        if (c == '+' || c == '/' || c == '=') wrong(what + " is not in base64url without padding");
        c = c == '-' ? '+' : c == '_' ? '/' : c;
    }
    plain.append((4 - plain.size() % 4) % 4, '=');
    const auto bytes = base64::decode(plain);
    if (!bytes) wrong(what + " is not in base64url without padding");
    return *bytes;
}

json read(std::string_view text, const std::string& what) {
    try {
        return read_json(text, what);
    } catch (const ArgumentError& error) {
        wrong(error.what());
    }
}

std::vector<Certificate> certificates(const json& x5c) {
    if (!x5c.is_array() || x5c.empty() || x5c.size() > most_certificates) wrong("x5c: certificates are expected");
    std::vector<Certificate> chain;
    for (const json& one : x5c) {
        const auto der = one.is_string() ? base64::decode(one.get_ref<const std::string&>()) : std::nullopt;
        if (!der) wrong("x5c: a certificate is not in base64");
        const auto* bytes = reinterpret_cast<const unsigned char*>(der->data());
        chain.emplace_back(d2i_X509(nullptr, &bytes, static_cast<long>(der->size())));
        if (!chain.back()) wrong("x5c: a certificate cannot be read");
    }
    return chain;
}

void check_key(const std::vector<Certificate>& chain, const EVP_MD* digest, std::string_view input,
               const std::string& bytes) {
    for (std::size_t i = 0; i + 1 < chain.size(); ++i)
        if (X509_verify(chain[i].get(), X509_get0_pubkey(chain[i + 1].get())) != 1)
            wrong("x5c: a certificate is not signed by the next one");
    EVP_PKEY* key = X509_get0_pubkey(chain.front().get());
    if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) wrong("x5c: an RSA key is expected");
    const Verification verification(EVP_MD_CTX_new());
    const bool is_right =
        EVP_DigestVerifyInit(verification.get(), nullptr, digest, nullptr, key) == 1 &&
        EVP_DigestVerify(verification.get(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                         reinterpret_cast<const unsigned char*>(input.data()), input.size()) == 1;
    ERR_clear_error();
    if (!is_right) wrong("it is not that of the certificate in x5c");
}

/// The statement as it was before it was signed.
json unsigned_statement(json statement) {
    auto& attachments = statement["attachments"];
    json others = json::array();
    for (auto& one : attachments)
        if (one["usageType"] != signature_usage) others.push_back(std::move(one));
    if (others.empty())
        statement.erase("attachments");
    else
        attachments = std::move(others);
    return statement;
}

}  // namespace

void check_signature(std::string_view jws, const json& statement, Version version) {
    const auto first = jws.find('.');
    const auto second = first == std::string_view::npos ? first : jws.find('.', first + 1);
    if (second == std::string_view::npos || jws.find('.', second + 1) != std::string_view::npos)
        wrong("a JWS in compact form is expected: header, payload and signature with dots between them");
    const json header = read(decode_url(jws.substr(0, first), "the header"), "the header");
    const std::string payload = decode_url(jws.substr(first + 1, second - first - 1), "the payload");
    const std::string bytes = decode_url(jws.substr(second + 1), "the signature itself");

    const json algorithm = header.is_object() ? header.value("alg", json()) : json();
    const EVP_MD* digest = algorithm == "RS256"   ? EVP_sha256()
                           : algorithm == "RS384" ? EVP_sha384()
                           : algorithm == "RS512" ? EVP_sha512()
                                                  : nullptr;
    if (digest == nullptr) wrong("alg: RS256, RS384 or RS512 is expected");
    if (bytes.empty()) wrong("it is empty");
    if (header.contains("crit")) wrong("crit: no extension of JWS is known here");
    if (const auto x5c = header.find("x5c"); x5c != header.end())
        check_key(certificates(*x5c), digest, jws.substr(0, second), bytes);

    const json signed_one = read(payload, "the payload");
    if (const auto problem = validate(signed_one, version))
        wrong("the payload is not a statement: " + problem->path + (problem->path.empty() ? "" : ": ") +
              problem->message);
    json other = signed_one;
    if (other.contains("attachments")) other = unsigned_statement(std::move(other));
    if (!same_signed(unsigned_statement(statement), other, version))
        wrong("the payload says something else than the statement");
}

}  // namespace palier::xapi
