// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/content.hpp"
#include "engine/errors.hpp"

namespace palier::host {

Json story_json(const palier::Session&, const std::string& language) {
    if (language != "fr" && language != "en")
        throw ArgumentError("language '" + language + "'; it should be fr or en");
    throw Error("not in this version");
}

Json feasibility_json(const palier::Bank&, const palier::Plan&, const Json&) { throw Error("not in this version"); }

}  // namespace palier::host
