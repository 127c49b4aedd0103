// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/xml_encoding.hpp"

#include <libxml/encoding.h>
#include <libxml/tree.h>

#include <algorithm>
#include <memory>

#include "adapters/formats/errors.hpp"

namespace palier::formats::xml {
namespace {

constexpr std::string_view utf8_mark("\xEF\xBB\xBF"), little_mark("\xFF\xFE"), big_mark("\xFE\xFF");
constexpr std::string_view blanks = " \t\r\n";

/// The length of the UTF-8 character at the start (RFC 3629: shortest form, no surrogate), or 0.
std::size_t character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto later = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0), second = byte(1);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return later(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool shortest = first != 0xE0 || second >= 0xA0, no_surrogate = first != 0xED || second < 0xA0;
        return later(1) && later(2) && shortest && no_surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool shortest = first != 0xF0 || second >= 0x90, in_range = first != 0xF4 || second < 0x90;
        return later(1) && later(2) && later(3) && shortest && in_range ? 4 : 0;
    }
    return 0;
}

/// "ISO-8859-1" of <?xml version="1.0" encoding="ISO-8859-1"?>, or "".
std::string declared(std::string_view text) {
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(blanks)));
    if (!text.starts_with("<?xml")) return {};
    const std::string_view line = text.substr(0, std::min<std::size_t>(text.find("?>"), 400));
    std::size_t at = line.find("encoding");
    if (at == std::string_view::npos) return {};
    at = line.find_first_not_of(blanks, at + 8);
    if (at == std::string_view::npos || line[at] != '=') return {};
    at = line.find_first_not_of(blanks, at + 1);
    if (at == std::string_view::npos || (line[at] != '"' && line[at] != '\'')) return {};
    const std::size_t end = line.find(line[at], at + 1);
    return end == std::string_view::npos ? std::string{} : std::string(line.substr(at + 1, end - at - 1));
}

bool is_utf8_name(std::string name) {
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return name.empty() || name == "utf-8" || name == "utf8" || name == "us-ascii" || name == "ascii";
}

struct FreeBuffer {
    void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
};
using Buffer = std::unique_ptr<xmlBuffer, FreeBuffer>;

std::string converted(std::string_view bytes, const std::string& encoding, const std::string& file) {
    struct Close {
        void operator()(xmlCharEncodingHandler* handler) const { xmlCharEncCloseFunc(handler); }
    };
    const std::unique_ptr<xmlCharEncodingHandler, Close> handler(xmlFindCharEncodingHandler(encoding.c_str()));
    if (!handler)
        throw FormatError(file, 1,
                          "the encoding '" + encoding.substr(0, 40) + "' is unknown here: save the file as UTF-8");
    std::string result;
    // In pieces: a line at fault can be named, and libxml2's buffers stay small.
    constexpr std::size_t piece = 1U << 16;
    const Buffer in(xmlBufferCreate()), out(xmlBufferCreate());
    if (!in || !out) throw std::bad_alloc();
    std::size_t given = 0;
    while (given < bytes.size() || xmlBufferLength(in.get()) > 0) {
        const std::string_view more = bytes.substr(given, piece);
        xmlBufferAdd(in.get(), reinterpret_cast<const xmlChar*>(more.data()), static_cast<int>(more.size()));
        given += more.size();
        const int before = xmlBufferLength(in.get());
        const int status = xmlCharEncInFunc(handler.get(), out.get(), in.get());
        result.append(reinterpret_cast<const char*>(xmlBufferContent(out.get())),
                      static_cast<std::size_t>(xmlBufferLength(out.get())));
        xmlBufferEmpty(out.get());
        const bool stuck = xmlBufferLength(in.get()) == before && given == bytes.size();
        if (status == -2 || stuck)
            throw FormatError(
                file, 1 + std::count(result.begin(), result.end(), '\n'),
                "this is not " + encoding + ": save the file as UTF-8, or name its encoding in the first line");
    }
    return result;
}

std::string utf16(std::string_view bytes, bool little, const std::string& file) {
    if (bytes.size() % 2 != 0) throw FormatError(file, 0, "this is not UTF-16: the last character is cut");
    return converted(bytes, little ? "UTF-16LE" : "UTF-16BE", file);
}

/// Blank lines before the declaration go behind it.
void declaration_first(std::string& text) {
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == 0 || first == std::string::npos || text.compare(first, 5, "<?xml") != 0) return;
    const std::size_t end = text.find("?>", first);
    if (end == std::string::npos) return;
    std::rotate(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(first),
                text.begin() + static_cast<std::ptrdiff_t>(end + 2));
}

}  // namespace

long line_not_utf8(std::string_view text) {
    long line = 1;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = character(text.substr(at, 4));
        if (length == 0) return line;
        line += text[at] == '\n' ? 1 : 0;
        at += length;
    }
    return 0;
}

std::string to_utf8(std::string_view bytes, const std::string& file) {
    std::string text;
    if (bytes.starts_with(little_mark))
        text = utf16(bytes.substr(2), true, file);
    else if (bytes.starts_with(big_mark))
        text = utf16(bytes.substr(2), false, file);
    else if (bytes.starts_with(std::string_view("<\0", 2)))
        text = utf16(bytes, true, file);
    else if (bytes.starts_with(std::string_view("\0<", 2)))
        text = utf16(bytes, false, file);
    else if (const std::string name = declared(bytes); !is_utf8_name(name) && !bytes.starts_with(utf8_mark))
        text = converted(bytes, name, file);
    else
        text = std::string(bytes.starts_with(utf8_mark) ? bytes.substr(3) : bytes);
    if (const long line = line_not_utf8(text); line > 0)
        throw FormatError(file, line,
                          "this is not UTF-8: save the file as UTF-8, or name its encoding in the first line, such as "
                          "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>");
    declaration_first(text);
    return text;
}

}  // namespace palier::formats::xml
