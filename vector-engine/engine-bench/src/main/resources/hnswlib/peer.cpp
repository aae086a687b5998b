// The peer of the engine's benchmark: hnswlib in a process of its own, asked over stdin and stdout (contest/Wire.java).
// Arguments: FILE DIMENSIONS QUERIES BASE l2|ip, the file being rows of binary32, queries first.
#include <hnswlib/hnswlib.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

constexpr int kNearest = 10;
enum Operation : int32_t { kQuit = 0, kBuild = 1, kSearch = 2, kFootprint = 3 };

int64_t nanos(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

void read_fully(void *target, size_t bytes) {
    if (fread(target, 1, bytes, stdin) != bytes) {
        exit(0);  // the asker has gone
    }
}

int32_t read_int() {
    int32_t value;
    read_fully(&value, sizeof value);
    return value;
}

template <typename T>
void write_value(T value) {
    fwrite(&value, sizeof value, 1, stdout);
}

void write_error(const std::string &message) {
    write_value<int32_t>(1);
    write_value<int32_t>(static_cast<int32_t>(message.size()));
    fwrite(message.data(), 1, message.size(), stdout);
}

// Private memory that is resident: the index, as the rows are mapped from their file.
int64_t anonymous_bytes() {
    FILE *rollup = fopen("/proc/self/smaps_rollup", "r");
    if (rollup == nullptr) {
        return -1;
    }
    char line[256];
    long long kilobytes = -1;
    while (fgets(line, sizeof line, rollup) != nullptr) {
        if (sscanf(line, "Anonymous: %lld kB", &kilobytes) == 1) {
            break;
        }
    }
    fclose(rollup);
    return kilobytes * 1024;
}

class Peer {
  public:
    Peer(const char *file, size_t dimensions, size_t queries, size_t base, bool l2)
        : dimensions_(dimensions), queries_(queries), base_(base) {
        size_t bytes = (queries + base) * dimensions * sizeof(float);
        int descriptor = open(file, O_RDONLY);
        struct stat status {};
        if (descriptor < 0 || fstat(descriptor, &status) != 0 || static_cast<size_t>(status.st_size) < bytes) {
            throw std::runtime_error(std::string(file) + " cannot be read or is too short");
        }
        void *mapped = mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE, descriptor, 0);
        close(descriptor);
        if (mapped == MAP_FAILED) {
            throw std::runtime_error(std::string(file) + " cannot be mapped");
        }
        rows_ = static_cast<const float *>(mapped);
        if (l2) {
            space_ = std::make_unique<hnswlib::L2Space>(dimensions);
        } else {
            space_ = std::make_unique<hnswlib::InnerProductSpace>(dimensions);
        }
        empty_bytes_ = anonymous_bytes();
    }

    void build(int m, int ef_construction) {
        int64_t cpu = nanos(CLOCK_PROCESS_CPUTIME_ID);
        int64_t wall = nanos(CLOCK_MONOTONIC);
        index_ = std::make_unique<hnswlib::HierarchicalNSW<float>>(space_.get(), base_, m, ef_construction);
        for (size_t row = 0; row < base_; row++) {
            index_->addPoint(rows_ + (queries_ + row) * dimensions_, row);
        }
        write_value<int32_t>(0);
        write_value<int64_t>(nanos(CLOCK_PROCESS_CPUTIME_ID) - cpu);
        write_value<int64_t>(nanos(CLOCK_MONOTONIC) - wall);
    }

    void search(int ef, int first, int count) {
        if (!index_ || first < 0 || count < 0 || static_cast<size_t>(first) + count > queries_) {
            throw std::runtime_error("no index, or no such queries");
        }
        std::vector<int32_t> found(static_cast<size_t>(count) * kNearest, -1);
        index_->setEf(ef);
        int64_t cpu = nanos(CLOCK_THREAD_CPUTIME_ID);
        int64_t wall = nanos(CLOCK_MONOTONIC);
        for (int query = 0; query < count; query++) {
            auto nearest = index_->searchKnn(rows_ + (first + query) * dimensions_, kNearest);
            for (size_t at = nearest.size(); at-- > 0; nearest.pop()) {
                found[query * kNearest + at] = static_cast<int32_t>(nearest.top().second);
            }
        }
        cpu = nanos(CLOCK_THREAD_CPUTIME_ID) - cpu;
        wall = nanos(CLOCK_MONOTONIC) - wall;
        write_value<int32_t>(0);
        write_value<int64_t>(cpu);
        write_value<int64_t>(wall);
        fwrite(found.data(), sizeof(int32_t), found.size(), stdout);
    }

    void footprint() {
        write_value<int32_t>(0);
        write_value<int64_t>(anonymous_bytes() - empty_bytes_);
        write_value<int64_t>(0);
    }

  private:
    size_t dimensions_;
    size_t queries_;
    size_t base_;
    const float *rows_;
    int64_t empty_bytes_ = 0;
    std::unique_ptr<hnswlib::SpaceInterface<float>> space_;
    std::unique_ptr<hnswlib::HierarchicalNSW<float>> index_;
};

}  // namespace

int main(int count, char **arguments) {
    if (count != 6) {
        fprintf(stderr, "usage: peer FILE DIMENSIONS QUERIES BASE l2|ip\n");
        return 2;
    }
    try {
        Peer peer(arguments[1], strtoull(arguments[2], nullptr, 10), strtoull(arguments[3], nullptr, 10),
                  strtoull(arguments[4], nullptr, 10), strcmp(arguments[5], "l2") == 0);
        while (true) {
            int32_t operation = read_int();
            try {
                if (operation == kQuit) {
                    return 0;
                } else if (operation == kBuild) {
                    int m = read_int();
                    peer.build(m, read_int());
                } else if (operation == kSearch) {
                    int ef = read_int();
                    int first = read_int();
                    peer.search(ef, first, read_int());
                } else if (operation == kFootprint) {
                    peer.footprint();
                } else {
                    throw std::runtime_error("unknown operation");
                }
            } catch (const std::exception &failure) {
                write_error(failure.what());
            }
            fflush(stdout);
        }
    } catch (const std::exception &failure) {
        fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
}
