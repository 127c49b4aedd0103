// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/host/words.hpp"
#include "engine/simulation/simulation.hpp"

// A plan and a bank as they would be with one thing changed, to be simulated before it is proposed; `words` says the
// change ("a test of 12 to 50 questions and 2 times as many questions like these"), "" where there is none.

namespace palier::host {

struct WhatIf {
    std::shared_ptr<const palier::Bank> bank;
    std::shared_ptr<const palier::Plan> plan;
    std::string words;
};

/// A floor's shortest and longest test twice as long. None where the bank has no questions for it.
std::optional<WhatIf> twice_as_long(const WhatIf& test, Language language);

/// stop.standard_error times `factor`, with up to `times` the questions. None for a plan that stops by neither.
std::optional<WhatIf> more_precise(const WhatIf& test, double factor, int times, Language language);

/// Each operational item (of a difficulty of at least `from`, where given) `times` times. None where there is no such
/// item, or would be more than 20,000.
std::optional<WhatIf> with_more_items(const WhatIf& test, int times, std::optional<double> from, Language language);

/// `count` items more, of the model 2pl and this slope, at difficulties from half a logit below theta to half above.
std::optional<WhatIf> with_sharp_items(const WhatIf& test, int count, double theta, double slope, Language language);

/// The plan with this change of its classification; without words.
WhatIf with_classification(const WhatIf& test, const std::function<void(Classification&)>& edit);

}  // namespace palier::host
