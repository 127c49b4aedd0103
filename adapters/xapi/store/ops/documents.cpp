// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/documents.hpp"

#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/store/errors.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "adapters/xapi/store/ops/letters.hpp"
#include "adapters/xapi/validate.hpp"
#include "engine/errors.hpp"

namespace palier::xapi {
namespace {

bool is_json(const std::string& type) {
    std::string name = lower(type.substr(0, type.find(';')));
    while (!name.empty() && name.back() == ' ') name.pop_back();
    return name == "application/json";
}

nlohmann::json object(const Document& document, const std::string& what) {
    if (!is_json(document.type))
        throw ArgumentError(what + " is of type " + document.type.substr(0, 100) +
                            "; only application/json can be merged");
    nlohmann::json value = read_json(document.body, what);
    if (!value.is_object()) throw ArgumentError(what + ": a JSON object is expected to be merged");
    return value;
}

void keep(Writer& writer, const DocumentKey& key, Document document) {
    document.etag = sha1(document.body);
    document.modified = microseconds_now();
    writer.put(key, document);
}

}  // namespace

bool is_among(std::string_view tags, const std::string& etag) {
    while (!tags.empty()) {
        const auto comma = std::min(tags.find(','), tags.size());
        std::string_view one = tags.substr(0, comma);
        tags.remove_prefix(std::min(comma + 1, tags.size()));
        while (!one.empty() && (one.front() == ' ' || one.front() == '\t')) one.remove_prefix(1);
        while (!one.empty() && (one.back() == ' ' || one.back() == '\t')) one.remove_suffix(1);
        if (one == "*") return true;
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one.size() < 2 || one.front() != '"' || one.back() != '"') continue;
        one = one.substr(1, one.size() - 2);
        for (const std::string_view mark : {"-gzip", ";gzip", "--gzip", "-br", "-df"})
            if (one.size() > mark.size() && one.ends_with(mark) && one.size() == etag.size() + mark.size())
                one.remove_suffix(mark.size());
        if (lower(one) == etag) return true;
    }
    return false;
}

void check(const Precondition& precondition, const std::optional<Document>& document) {
    if (precondition.match && (!document || !is_among(*precondition.match, document->etag)))
        throw Unmet(document ? "If-Match: the document is another one now; nothing was changed"
                             : "If-Match: there is no document; nothing was changed");
    if (precondition.none_match && document && is_among(*precondition.none_match, document->etag))
        throw Unmet("If-None-Match: there is a document already; nothing was changed");
    if (precondition.match || precondition.none_match) return;
    if (precondition.wanted == Precondition::wanted_always && !document)
        throw ArgumentError("If-None-Match: * is expected, which says that the document is a new one; or If-Match");
    if (precondition.wanted != Precondition::not_wanted && document)
        throw Conflict(
            "there is a document already; read it, and say which one is replaced by If-Match with its ETag. Nothing "
            "was changed");
}

void put_document(Writer& writer, const DocumentKey& key, Document document, const Precondition& precondition) {
    check(precondition, writer.document(key));
    keep(writer, key, std::move(document));
}

void merge_document(Writer& writer, const DocumentKey& key, Document document, const Precondition& precondition) {
    const auto kept = writer.document(key);
    check(precondition, kept);
    if (kept) {
        nlohmann::json merged = object(*kept, "the document that is there");
        merged.update(object(document, "the document"));
        document.body = merged.dump();
    }
    keep(writer, key, std::move(document));
}

void remove_document(Writer& writer, const DocumentKey& key, const Precondition& precondition) {
    check(precondition, writer.document(key));
    writer.remove(key);
}

}  // namespace palier::xapi
