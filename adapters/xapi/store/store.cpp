// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/store.hpp"

#include <exception>
#include <utility>

#include "adapters/xapi/store/ops/add.hpp"
#include "adapters/xapi/store/ops/clock.hpp"

namespace palier::xapi {

struct Store::Job {
    Backend::Work work;
    bool done = false;
    std::exception_ptr error;
};

Store::Store(const std::string& address, const std::string& name) : Store(open_backend(address, name)) {}

Store::Store(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}

std::vector<std::string> Store::add(std::vector<nlohmann::json> statements, const nlohmann::json& authority,
                                    std::vector<RecordChange> changes) {
    std::vector<Entry> entries;
    std::vector<std::string> ids;
    for (auto& statement : statements) {
        entries.push_back(make_entry(std::move(statement), authority));
        ids.push_back(entries.back().id);
    }
    add(entries, changes);
    return ids;
}

void Store::add(const std::vector<Entry>& entries, const std::vector<RecordChange>& changes) {
    write([&](Writer& writer) { add_batch(writer, entries, changes); });
}

void Store::write(Backend::Work work) {
    Job job;
    job.work = std::move(work);
    std::unique_lock lock(queue_mutex_);
    queue_.push_back(&job);
    while (!job.done) {
        if (committing_since_) {
            queue_changed_.wait(lock);
            continue;
        }
        // The first to come commits for all who have queued meanwhile.
        committing_since_ = microseconds_now();
        const std::vector<Job*> jobs = std::exchange(queue_, {});
        lock.unlock();
        commit(jobs);
        lock.lock();
        for (Job* one : jobs) one->done = true;
        committing_since_.reset();
        queue_changed_.notify_all();
    }
    if (job.error) std::rethrow_exception(job.error);
}

void Store::commit(const std::vector<Job*>& jobs) {
    try {
        std::vector<Backend::Work> work;
        work.reserve(jobs.size());
        for (const Job* job : jobs) work.push_back(job->work);
        const auto errors = backend_->commit(work);
        for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i]->error = errors[i];
    } catch (...) {
        for (Job* job : jobs) job->error = std::current_exception();
    }
}

std::optional<std::string> Store::find(const std::string& id, bool voided) { return backend_->find(id, voided); }

Page Store::query(const Query& query) { return backend_->query(query); }

std::optional<Record> Store::record(const std::string& collection, const std::string& key) {
    return backend_->record(collection, key);
}

std::int64_t Store::count_records(const std::string& collection) { return backend_->count_records(collection); }

std::int64_t Store::consistent_through() {
    {
        const std::lock_guard lock(queue_mutex_);
        if (committing_since_) return *committing_since_ - 1;
    }
    const std::int64_t now = microseconds_now();
    // What others are storing comes after what can be read.
    return backend_->others_are_writing() ? backend_->last_stored() : now - 1;
}

}  // namespace palier::xapi
