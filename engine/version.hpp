// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace palier {

/// Version of the engine; it is written into every log that it begins.
inline constexpr const char* engine_version = "0.2.0";

}  // namespace palier
