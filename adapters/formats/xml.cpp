// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/xml.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>

#include "adapters/formats/errors.hpp"
#include "adapters/formats/xml_encoding.hpp"

namespace palier::formats::xml {
namespace {

constexpr long most_elements = 2'000'000;
constexpr int most_levels = 256, most_attributes = 1000;

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

/// <!DOCTYPE quiz> says nothing and is passed over; one that declares or fetches something is refused.
void pass_subset(void* context, const xmlChar*, const xmlChar* public_id, const xmlChar* system_id) {
    if (public_id != nullptr || system_id != nullptr)
        stop(context, "a document type that is kept elsewhere is not accepted: <!DOCTYPE quiz> alone is");
}
void refuse_declaration(void* context) {
    stop(context,
         "a document type that declares something is not accepted: write characters in place of entities of its own");
}
void refuse_entity_declaration(void* context, const xmlChar*, int, const xmlChar*, const xmlChar*, xmlChar*) {
    refuse_declaration(context);
}
void refuse_attribute_declaration(void* context, const xmlChar*, const xmlChar*, int, int, const xmlChar*,
                                  xmlEnumeration* values) {
    xmlFreeEnumeration(values);
    refuse_declaration(context);
}
void refuse_element_declaration(void* context, const xmlChar*, int, xmlElementContent*) { refuse_declaration(context); }
void refuse_notation(void* context, const xmlChar*, const xmlChar*, const xmlChar*) { refuse_declaration(context); }
void refuse_unparsed(void* context, const xmlChar*, const xmlChar*, const xmlChar*, const xmlChar*) {
    refuse_declaration(context);
}
xmlParserInput* refuse_entity(void* context, const xmlChar*, const xmlChar*) {
    stop(context, "an external entity is not accepted");
    return nullptr;
}
void count_element(void* context, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri, int namespaces,
                   const xmlChar** namespace_list, int attributes, int defaulted, const xmlChar** attribute_list) {
    auto* parser = static_cast<xmlParserCtxt*>(context);
    auto* guard = static_cast<Guard*>(parser->_private);
    if (++guard->elements > most_elements) return stop(context, "more than 2,000,000 elements");
    if (parser->nodeNr >= most_levels) return stop(context, "elements nest more than 256 levels deep");
    xmlSAX2StartElementNs(context, local, prefix, uri, namespaces, namespace_list, attributes, defaulted,
                          attribute_list);
}

struct FreeParser {
    void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); }
};

const xmlChar* as_xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

std::string too_large(std::size_t bytes) {
    return "the file has " + std::to_string((bytes + (1U << 20) - 1) >> 20) +
           " MiB; at most 64 are read: divide it, or make its films smaller";
}

/// The line of a tag with more "=" outside of quotes than attributes are accepted, or 0: libxml2 compares each
/// attribute of an element with all others.
long crowded_tag(std::string_view text) {
    const auto line_of = [&](std::size_t at) {
        return 1 + static_cast<long>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    };
    for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
        std::string_view end;
        if (text.substr(at).starts_with("<![CDATA[")) end = "]]>";
        if (text.substr(at).starts_with("<!--")) end = "-->";
        if (text.substr(at).starts_with("<?")) end = "?>";
        if (!end.empty()) {
            at = text.find(end, at);
            continue;
        }
        int attributes = 0;
        char quote = '\0';
        std::size_t to = at + 1;
        for (; to < text.size() && (quote != '\0' || text[to] != '>'); ++to) {
            if (quote != '\0' ? text[to] == quote : text[to] == '"' || text[to] == '\'')
                quote = quote == '\0' ? text[to] : '\0';
            if (quote == '\0' && text[to] == '=' && ++attributes > most_attributes) return line_of(at);
        }
        at = to;
    }
    return 0;
}

/// libxml2 gives its strings to be freed by xmlFree.
std::string take(xmlChar* text) {
    if (text == nullptr) return {};
    std::string result(reinterpret_cast<const char*>(text));
    xmlFree(text);
    return result;
}

}  // namespace

Document parse(std::string_view bytes, const std::string& file) {
    if (bytes.size() > largest_file) throw FormatError(file, 0, too_large(bytes.size()));
    if (bytes.empty()) throw FormatError(file, 0, "the file is empty");
    xmlInitParser();
    std::unique_ptr<xmlParserCtxt, FreeParser> parser(xmlNewParserCtxt());
    if (!parser) throw std::bad_alloc();
    const std::string utf8 = to_utf8(bytes, file);
    if (const long line = crowded_tag(utf8); line > 0)
        throw FormatError(file, line, "an element has more than 1,000 attributes");
    Guard guard;
    parser->_private = &guard;
    parser->sax->internalSubset = pass_subset;
    parser->sax->externalSubset = pass_subset;
    parser->sax->entityDecl = refuse_entity_declaration;
    parser->sax->attributeDecl = refuse_attribute_declaration;
    parser->sax->elementDecl = refuse_element_declaration;
    parser->sax->notationDecl = refuse_notation;
    parser->sax->unparsedEntityDecl = refuse_unparsed;
    parser->sax->resolveEntity = refuse_entity;
    parser->sax->startElementNs = count_element;
    // HUGE: the parser's own limits (10 MB of text) are below ours, which are this file's.
    constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |
                            XML_PARSE_BIG_LINES | XML_PARSE_HUGE;
    Document document(
        xmlCtxtReadMemory(parser.get(), utf8.data(), static_cast<int>(utf8.size()), nullptr, "UTF-8", options));
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
    if (size > static_cast<std::streamoff>(largest_file))
        throw FormatError(path, 0, too_large(static_cast<std::size_t>(size)));
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

std::string inner(const xmlNode* node) {
    if (node == nullptr || xmlFirstElementChild(const_cast<xmlNode*>(node)) == nullptr) return text(node);
    const std::unique_ptr<xmlBuffer, decltype(&xmlBufferFree)> buffer(xmlBufferCreate(), xmlBufferFree);
    for (xmlNode* part = node->children; part != nullptr; part = part->next)
        xmlNodeDump(buffer.get(), node->doc, part, 0, 0);
    return reinterpret_cast<const char*>(xmlBufferContent(buffer.get()));
}

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

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks(" \t\n\r\v\0", 6);
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

}  // namespace palier::formats::xml
