// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/formats/content.hpp"
#include "adapters/words/words.hpp"
#include "engine/session/session.hpp"

namespace palier::delivery {

/// What a practice tells of an answer that was just given, an outcome of the session:
///   "verdict"  "right", "partly_right", "wrong" or "unknown" (it was not answered), with its "headline"
///   "answer"   what was answered, in words, or null
///   "right"    what is right, in words; null where that was answered
///   "texts"    what the question's author says of it
Json feedback_json(const formats::Item& item, const Step& step, words::Language language);

}  // namespace palier::delivery
