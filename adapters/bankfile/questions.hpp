// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/bankfile/bank_file.hpp"
#include "adapters/formats/question_file.hpp"

// Questions of any file that has some.

namespace palier::bankfile {

/// By what the bytes are: of a bank file, or what formats::read_questions reads. Of a bank file those in the language,
/// and those that name none of items without one in it; all of them where no language is asked for. Throws Error, also
/// where a bank file has none in the language.
formats::QuestionFile read_questions(std::string_view bytes, const std::string& name,
                                     const formats::QuestionOptions& options);

/// The languages of the questions of a bank file, in their order; "" of those that name none.
std::vector<std::string> languages_of(const BankFile& file);

}  // namespace palier::bankfile
