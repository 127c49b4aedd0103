// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/formats/content.hpp"

namespace palier::formats {

/// The files of one question, each once: images (SVG only if harmless), sounds, films, subtitles and documents, at most
/// 32 MiB together.
class AssetList {
public:
    /// The path of the asset with these bytes, or nothing and in `lost` why not. `in_key`: used by feedback alone.
    /// Throws FormatError above 32 MiB.
    std::optional<std::string> add(const std::string& name, std::string bytes, bool in_key, std::string& lost);
    /// An asset of the key that the question shows too.
    void show(const std::string& path);
    /// Those of the presentation first.
    std::vector<Asset> take();

    /// A name for an image of this media type; "" for other types.
    static std::string image_name(const std::string& media_type);

private:
    std::size_t bytes_ = 0;
    std::vector<Asset> assets_;
};

}  // namespace palier::formats
