// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/persons.hpp"

#include <algorithm>
#include <thread>

#include "engine/simulation/parallel.hpp"

namespace palier::cli {
namespace {

constexpr std::size_t persons_at_once = 4096;

}  // namespace

void write_persons(const OutputOption& output, const Json& like, formats::ResponsesTable& table,
                   const std::function<Json(const formats::PersonResponses&, std::uint32_t)>& entry,
                   const std::function<bool(const formats::PersonResponses&, std::string&)>& quick) {
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    RowWriter writer(output, like);
    std::vector<formats::PersonResponses> persons(persons_at_once);
    std::vector<std::string> texts(persons_at_once);
    std::uint32_t before = 0;
    while (true) {
        std::size_t count = 0;
        while (count < persons.size() && table.next(persons[count])) ++count;
        if (count == 0) break;
        run_parallel(count, threads,
                     [&](std::size_t k) {
                         texts[k].clear();
                         if (!quick || !quick(persons[k], texts[k]))
                             texts[k] = writer.text_of(entry(persons[k], before + static_cast<std::uint32_t>(k)));
                     },
                     {});
        for (std::size_t k = 0; k < count; ++k) writer.write(texts[k]);
        before += static_cast<std::uint32_t>(count);
    }
    writer.end();
}

}  // namespace palier::cli
