// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/xml.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <fstream>
#include <iterator>

#include "adapters/formats/errors.hpp"

namespace palier::formats::xml {
namespace {

constexpr long most_elements = 2'000'000;

/// What stopped a parse; hangs on the parser's context.
struct Guard {
    long elements = 0;
    const char* refusal = nullptr;
    int line = 0;
};

void stop(void* context, const char* why) {
    auto* parser = static_cast<xmlParserCtxt*>(context);
    auto* guard = static_cast<Guard*>(parser->_private);
    if (guard->refusal != nullptr) return;
    guard->refusal = why;
    guard->line = xmlSAX2GetLineNumber(context);
    xmlStopParser(parser);
}

void refuse_subset(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
    stop(context, "a document type declaration is not accepted");
}
xmlParserInput* refuse_entity(void* context, const xmlChar*, const xmlChar*) {
    stop(context, "an external entity is not accepted");
    return nullptr;
}
void count_element(void* context, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri, int namespaces,
                   const xmlChar** namespace_list, int attributes, int defaulted, const xmlChar** attribute_list) {
    auto* guard = static_cast<Guard*>(static_cast<xmlParserCtxt*>(context)->_private);
    if (++guard->elements > most_elements) return stop(context, "more than 2,000,000 elements");
    xmlSAX2StartElementNs(context, local, prefix, uri, namespaces, namespace_list, attributes, defaulted,
                          attribute_list);
}

struct FreeParser {
    void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); }
};

const xmlChar* as_xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

/// libxml2 gives its strings to be freed by xmlFree.
std::string take(xmlChar* text) {
    if (text == nullptr) return {};
    std::string result(reinterpret_cast<const char*>(text));
    xmlFree(text);
    return result;
}

}  // namespace

Document parse(std::string_view bytes, const std::string& file) {
    if (bytes.size() > largest_file) throw FormatError(file, 0, "the file is larger than 64 MiB");
    if (bytes.empty()) throw FormatError(file, 0, "the file is empty");
    xmlInitParser();
    std::unique_ptr<xmlParserCtxt, FreeParser> parser(xmlNewParserCtxt());
    if (!parser) throw std::bad_alloc();
    Guard guard;
    parser->_private = &guard;
    parser->sax->internalSubset = refuse_subset;
    parser->sax->externalSubset = refuse_subset;
    parser->sax->resolveEntity = refuse_entity;
    parser->sax->startElementNs = count_element;
    constexpr int options =
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES;
    Document document(
        xmlCtxtReadMemory(parser.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, "UTF-8", options));
    if (guard.refusal != nullptr) throw FormatError(file, guard.line, guard.refusal);
    if (!document || parser->wellFormed == 0) {
        const xmlError* error = xmlCtxtGetLastError(parser.get());
        const std::string what =
            error == nullptr || error->message == nullptr ? "this is no XML" : trimmed(error->message);
        throw FormatError(file, error == nullptr ? 0 : error->line, "not well-formed XML: " + what);
    }
    return document;
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    if (!in) throw FormatError(path, 0, "the file cannot be opened");
    const auto size = in.tellg();
    if (size > static_cast<std::streamoff>(largest_file)) throw FormatError(path, 0, "the file is larger than 64 MiB");
    in.seekg(0);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (in.bad()) throw FormatError(path, 0, "the file cannot be read");
    return bytes;
}

std::string_view name(const xmlNode* node) {
    return node->name == nullptr ? std::string_view{} : reinterpret_cast<const char*>(node->name);
}

long line(const xmlNode* node) { return xmlGetLineNo(node); }

std::vector<xmlNode*> children(const xmlNode* node, std::string_view wanted) {
    std::vector<xmlNode*> result;
    if (node == nullptr) return result;
    for (xmlNode* one = node->children; one != nullptr; one = one->next)
        if (one->type == XML_ELEMENT_NODE && (wanted.empty() || name(one) == wanted)) result.push_back(one);
    return result;
}

xmlNode* child(const xmlNode* node, std::string_view wanted) {
    if (node == nullptr) return nullptr;
    for (xmlNode* one = node->children; one != nullptr; one = one->next)
        if (one->type == XML_ELEMENT_NODE && name(one) == wanted) return one;
    return nullptr;
}

std::string text(const xmlNode* node) { return node == nullptr ? std::string{} : take(xmlNodeGetContent(node)); }

std::string attribute(const xmlNode* node, const char* wanted, const std::string& otherwise) {
    if (node == nullptr || xmlHasProp(node, as_xml(wanted)) == nullptr) return otherwise;
    return take(xmlGetProp(node, as_xml(wanted)));
}

std::string shortened(std::string_view text, std::size_t length) {
    std::string result(text.substr(0, length));
    if (text.size() > length)
        while (!result.empty() && (static_cast<unsigned char>(result.back()) & 0xC0) == 0x80) result.pop_back();
    if (text.size() > length && !result.empty() && static_cast<unsigned char>(result.back()) >= 0x80) result.pop_back();
    if (xmlCheckUTF8(reinterpret_cast<const xmlChar*>(result.c_str())) == 0)
        for (char& c : result)
            if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    return result;
}

bool is_ncname(const std::string& text) { return xmlValidateNCName(as_xml(text.c_str()), 0) == 0; }

}  // namespace palier::formats::xml
