// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/formats/content.hpp"

namespace palier::formats {

/// Throws FormatError unless every text of the item, feedback too, is of the elements and attributes that readers of
/// questions leave (html_clean.hpp): of items that come whole, from a bank file or a package that may be anybody's.
void check_texts(const Item& item);

}  // namespace palier::formats
