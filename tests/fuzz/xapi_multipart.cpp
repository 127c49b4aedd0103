// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <cstdlib>

#include "adapters/xapi/lrs/multipart.hpp"

// First line a Content-Type, the rest a body: parts or a Refusal. Parts that were read and are written with a boundary
// that is in none of them are read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palier::xapi;
    std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto line = std::min(text.find('\n'), text.size());
    const std::string type(text.substr(0, line));
    text.remove_prefix(std::min(line + 1, text.size()));
    try {
        const auto parts = read_multipart(text, header_parameter(type, "boundary").value_or(""));
        const std::string boundary = "a boundary that nobody would think of";
        if (text.find(boundary) != std::string_view::npos) return 0;
        std::string written;
        for (const Part& part : parts) add_part(written, boundary, part.headers, part.body);
        end_parts(written, boundary);
        if (parts.empty()) return 0;
        const auto again = read_multipart(written, boundary);
        if (again.size() != parts.size()) std::abort();
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (again[i].body != parts[i].body || again[i].headers.size() != parts[i].headers.size()) std::abort();
    } catch (const Refusal& refusal) {
        if (refusal.status != 400 || refusal.text.empty()) std::abort();
    }
    return 0;
}
