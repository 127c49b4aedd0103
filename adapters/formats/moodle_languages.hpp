// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

// Texts in several languages at once, of which a learner in Moodle sees one, because a filter chooses:
//
//   <span lang="fr" class="multilang">…</span><span lang="en" class="multilang">…</span>   filter_multilang of
//   Moodle 4.5 {mlang fr}…{mlang}{mlang en}…{mlang}{mlang other}…{mlang}
//   filter_multilang2, a plugin
//
// Spans: two or more in a row, with these two attributes alone; a span ends at the first </span>, as in Moodle's
// expression. The languages tried are the reader's (fr_ca), those it is derived from (fr), English, and then the first
// of the row. {mlang}: the reader's, those it is derived from, then "other".

namespace palier::formats::moodle {

struct OneLanguage {
    std::string text;
    std::vector<std::string> notes;  // languages that are missing, and marks that no filter takes
};

/// The text as a reader of this language (BCP 47 or Moodle's code) sees it.
OneLanguage in_language(const std::string& text, const std::string& language);

}  // namespace palier::formats::moodle
