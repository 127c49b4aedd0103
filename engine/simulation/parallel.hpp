// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace palier {

/// Runs work(0) … work(count - 1), each once, in `threads` threads; each call writes its own result, so that
/// the outcome does not depend on the threads. `progress(done)` is called now and then, and at the end,
/// on the calling thread; when it answers false no further work begins and the function returns
/// false. An exception of `work` ends all and is thrown here. WebAssembly runs one thread.
bool run_parallel(std::size_t count, int threads, const std::function<void(std::size_t)>& work,
                  const std::function<bool(std::size_t)>& progress);

}  // namespace palier
