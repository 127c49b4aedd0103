// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/rows/many.hpp"

#include <algorithm>

namespace palier::xapi {

std::string with_rows(std::string_view sql, std::size_t rows) {
    const std::size_t open = sql.find("(?1");
    const std::size_t close = sql.find(')', open) + 1;
    const std::string_view row = sql.substr(open, close - open);
    const auto columns = static_cast<std::size_t>(std::count(row.begin(), row.end(), '?'));
    std::string all;
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t column = 0; column < columns; ++column)
            all += (column > 0 ? ", ?" : i > 0 ? ", (?" : "(?") + std::to_string(i * columns + column + 1);
        all += ')';
    }
    return std::string(sql.substr(0, open)) + all + std::string(sql.substr(close));
}

}  // namespace palier::xapi
