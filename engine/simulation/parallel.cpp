// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/parallel.hpp"

#include <algorithm>

#ifndef __EMSCRIPTEN__  // one thread there
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>
#endif

namespace palier {
namespace {

using Work = std::function<void(std::size_t)>;

bool run_here(std::size_t count, std::size_t block, const Work& work,
              const std::function<bool(std::size_t)>& progress) {
    for (std::size_t k = 0; k < count; ++k) {
        work(k);
        if (progress && ((k + 1) % block == 0 || k + 1 == count) && !progress(k + 1)) return false;
    }
    return true;
}

#ifndef __EMSCRIPTEN__
// Work is handed out by blocks; the calling thread waits and reports.
class Crew {
public:
    Crew(std::size_t count, std::size_t block, const Work& work) : count_(count), block_(block), work_(work) {}

    bool run(int threads, const std::function<bool(std::size_t)>& progress) {
        std::vector<std::thread> workers;
        for (int i = 0; i < threads; ++i) workers.emplace_back([this] { work(); });
        std::unique_lock<std::mutex> lock(mutex_);
        std::size_t told = 0;
        while (told < count_ && !failure_ && !cancelled_) {
            changed_.wait(lock, [&] { return done_ != told || failure_; });
            told = done_;
            if (!progress || failure_) continue;
            lock.unlock();
            bool go_on = false;
            std::exception_ptr thrown;
            try {
                go_on = progress(told);
            } catch (...) {
                thrown = std::current_exception();
            }
            lock.lock();
            if (thrown) failure_ = thrown;
            if (!go_on) cancelled_ = true;
        }
        lock.unlock();
        for (std::thread& worker : workers) worker.join();
        if (failure_) std::rethrow_exception(failure_);
        return !cancelled_;
    }

private:
    void work() {
        try {
            while (true) {
                std::size_t from = 0;
                {
                    const std::lock_guard<std::mutex> lock(mutex_);
                    if (failure_ || cancelled_ || next_ >= count_) return;
                    from = next_;
                    next_ = std::min(count_, next_ + block_);
                }
                const std::size_t to = std::min(count_, from + block_);
                for (std::size_t k = from; k < to; ++k) work_(k);
                const std::lock_guard<std::mutex> lock(mutex_);
                done_ += to - from;
                changed_.notify_one();
            }
        } catch (...) {
            const std::lock_guard<std::mutex> lock(mutex_);
            failure_ = std::current_exception();
            changed_.notify_one();
        }
    }

    const std::size_t count_;
    const std::size_t block_;
    const Work& work_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t next_ = 0;
    std::size_t done_ = 0;
    bool cancelled_ = false;
    std::exception_ptr failure_;
};
#endif

}  // namespace

bool run_parallel(std::size_t count, int threads, const Work& work, const std::function<bool(std::size_t)>& progress) {
    if (count == 0) return true;
    const std::size_t block = std::max<std::size_t>(1, count / 200);
#ifndef __EMSCRIPTEN__
    if (threads > 1) return Crew(count, block, work).run(threads, progress);
#endif
    (void)threads;
    return run_here(count, block, work, progress);
}

}  // namespace palier
