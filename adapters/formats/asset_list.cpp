// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/asset_list.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

#include "adapters/formats/errors.hpp"
#include "adapters/formats/html_clean.hpp"

namespace palier::formats {
namespace {

struct MediaType {
    std::string_view extension, type;
};
constexpr std::array media_types{
    MediaType{"png", "image/png"},
    MediaType{"jpg", "image/jpeg"},
    MediaType{"jpeg", "image/jpeg"},
    MediaType{"gif", "image/gif"},
    MediaType{"webp", "image/webp"},
    MediaType{"svg", "image/svg+xml"},
    MediaType{"mp3", "audio/mpeg"},
    MediaType{"ogg", "audio/ogg"},
    MediaType{"oga", "audio/ogg"},
    MediaType{"wav", "audio/wav"},
    MediaType{"m4a", "audio/mp4"},
    MediaType{"aac", "audio/aac"},
    MediaType{"flac", "audio/flac"},
    MediaType{"mp4", "video/mp4"},
    MediaType{"m4v", "video/mp4"},
    MediaType{"webm", "video/webm"},
    MediaType{"ogv", "video/ogg"},
    MediaType{"vtt", "text/vtt"},
    MediaType{"pdf", "application/pdf"},
    MediaType{"txt", "text/plain"},
    MediaType{"csv", "text/csv"},
    MediaType{"odt", "application/vnd.oasis.opendocument.text"},
    MediaType{"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    MediaType{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    MediaType{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};

std::string extension_of(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    std::string extension = dot == std::string::npos ? "" : name.substr(dot + 1);
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return extension;
}

std::string_view type_of(const std::string& name) {
    const std::string extension = extension_of(name);
    for (const MediaType& known : media_types)
        if (known.extension == extension) return known.type;
    return {};
}

std::string safe_name(const std::string& name) {
    std::string safe;
    for (const char c : name.substr(name.rfind('/') + 1)) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
                           c == '_' || c == '-';
        safe += plain ? c : '_';
    }
    const std::size_t first = safe.find_first_not_of('.');
    safe = first == std::string::npos ? "file" : safe.substr(first);
    return safe.size() > 80 ? safe.substr(safe.size() - 80) : safe;
}

/// The most that the files of one question may weigh.
constexpr std::size_t largest_files = 32U << 20;

std::string mebibytes(std::size_t bytes) {
    char text[40];
    std::snprintf(text, sizeof text, "%.1f MiB", static_cast<double>(bytes) / (1U << 20));
    return text;
}

}  // namespace

std::optional<std::string> AssetList::add(const std::string& name, std::string bytes, bool in_key, std::string& lost) {
    if (bytes.empty()) {
        lost = "file " + name + " is empty";
        return std::nullopt;
    }
    const std::string_view type = type_of(name);
    if (type.empty() || (type == "image/svg+xml" && !is_safe_svg(bytes))) {
        lost = "file " + name +
               (type.empty() ? ": its type is not carried"
                             : ": this SVG is damaged, or holds scripts or outside references");
        return std::nullopt;
    }
    bytes_ += bytes.size();
    if (bytes_ > largest_files)
        throw FormatError("its files weigh " + mebibytes(bytes_) + " and more, the largest so far is " + name +
                          "; a question may bring 32 MiB");
    const std::string safe = safe_name(name);
    for (int number = 1;; ++number) {
        const std::string path = "assets/" + (number == 1 ? "" : std::to_string(number) + "-") + safe;
        const auto same =
            std::find_if(assets_.begin(), assets_.end(), [&](const Asset& asset) { return asset.path == path; });
        if (same == assets_.end()) {
            assets_.push_back({path, std::string(type), std::move(bytes), in_key});
            return path;
        }
        if (same->bytes == bytes) {
            same->only_in_key = same->only_in_key && in_key;
            return path;
        }
    }
}

void AssetList::show(const std::string& path) {
    for (Asset& asset : assets_)
        if (asset.path == path) asset.only_in_key = false;
}

std::vector<Asset> AssetList::take() {
    std::stable_partition(assets_.begin(), assets_.end(), [](const Asset& asset) { return !asset.only_in_key; });
    return std::move(assets_);
}

std::string AssetList::image_name(const std::string& media_type) {
    for (const MediaType& known : media_types)
        if (known.type == media_type && media_type.starts_with("image/"))
            return "image." + std::string(known.extension);
    return {};
}

}  // namespace palier::formats
