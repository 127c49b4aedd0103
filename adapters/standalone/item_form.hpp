// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "adapters/formats/content.hpp"
#include "adapters/standalone/html.hpp"
#include "engine/util/json.hpp"

// A question as plain form controls, which every browser and every screen reader knows: radios,
// checkboxes, lists, text fields. Nothing is dragged.

namespace palier::standalone {

/// The controls of an item, within a form. `given`: a response to fill in again, or null.
std::string item_form(const formats::Item& item, const Json& given, const Reader& reader);

/// The response that a form of this item was sent with, as formats::response_from_json takes it.
Json form_response(const formats::Item& item, const xapi::Parameters& fields);

}  // namespace palier::standalone
