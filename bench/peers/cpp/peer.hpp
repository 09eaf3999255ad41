// What the C++ programs have in common: the protocol (see ../README.md) and the rows, for any map that looks like std::unordered_map.
#pragma once
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace peer {

using Column = std::vector<uint32_t>;

/// Bytes that all maps hold.
inline size_t live = 0;

template <class T> struct CountingAllocator {
  using value_type = T;
  CountingAllocator() = default;
  template <class U> CountingAllocator(const CountingAllocator<U>&) {}
  T* allocate(size_t n) {
    live += n * sizeof(T);
    return std::allocator<T>().allocate(n);
  }
  void deallocate(T* p, size_t n) {
    live -= n * sizeof(T);
    std::allocator<T>().deallocate(p, n);
  }
  template <class U> bool operator==(const CountingAllocator<U>&) const { return true; }
  template <class U> bool operator!=(const CountingAllocator<U>&) const { return false; }
};

class Stream {
public:
  explicit Stream(const std::string& path) : file(std::fopen(path.c_str(), "rb")) {
    if (!file) fail("cannot open " + path);
  }
  ~Stream() { std::fclose(file); }
  uint32_t word() {
    uint32_t word;
    if (std::fread(&word, 4, 1, file) != 1) fail("the streams are cut off");
    return word;
  }
  Column column() {
    Column column(word());
    if (std::fread(column.data(), 4, column.size(), file) != column.size()) fail("the streams are cut off");
    return column;
  }
  std::vector<Column> columns() {
    std::vector<Column> columns(word());
    for (auto& each : columns) each = column();
    return columns;
  }
  [[noreturn]] static void fail(const std::string& why) {
    std::cerr << why << std::endl;
    std::exit(1);
  }

private:
  std::FILE* file;
};

template <class Map> struct Subject {
  Column keys, values, deletions, warmup;
  std::vector<Column> hits, misses, halves;
  std::optional<Map> map;

  explicit Subject(Stream& stream)
      : keys(stream.column()), values(stream.column()), deletions(stream.column()), warmup(stream.column()),
        hits(stream.columns()), misses(stream.columns()), halves(stream.columns()) {}

  void fill(size_t capacity = 0) {
    map.emplace();
    if (capacity) map->reserve(capacity);
    for (size_t i = 0; i < keys.size(); i++) (*map)[keys[i]] = values[i];
  }
  void count() {
    map.emplace();
    for (uint32_t key : keys) ++(*map)[key];
  }
  uint32_t get(const Column& column) const {
    uint32_t sum = 0;
    for (uint32_t key : column) {
      const auto found = map->find(key);
      if (found != map->end()) sum += found->second + 1;
    }
    return sum;
  }
  uint32_t has(const Column& column) const {
    uint32_t found = 0;
    for (uint32_t key : column) found += map->contains(key);
    return found;
  }
  uint32_t iterate() const {
    uint32_t sum = 0;
    for (const auto& [key, value] : *map) sum += key + value;
    return sum;
  }
  void columns(Column& keys, Column& values) const {
    keys.resize(map->size());
    values.resize(map->size());
    size_t row = 0;
    for (const auto& [key, value] : *map) {
      keys[row] = key;
      values[row++] = value;
    }
  }
  uint32_t remove() {
    uint32_t removed = 0;
    for (uint32_t key : deletions) removed += map->erase(key);
    return removed;
  }
  /// Of counts, whatever their order.
  uint32_t mixed() const {
    uint32_t sum = 0;
    for (const auto& [key, value] : *map) sum += key * value;
    return sum;
  }
};

struct Times {
  double wall, cpu;
};

inline double cpuNow() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

template <class Run> Times timed(Run run) {
  const double cpu = cpuNow();
  const auto start = std::chrono::steady_clock::now();
  run();
  const auto end = std::chrono::steady_clock::now();
  return {std::chrono::duration<double, std::nano>(end - start).count(), cpuNow() - cpu};
}

inline uint32_t sumOf(const Column& column) {
  uint32_t sum = 0;
  for (uint32_t word : column) sum += word;
  return sum;
}

/// Parts of a checksum, written as JavaScript writes them.
class Checksum {
public:
  void add(const std::string& part) { text += (text.empty() ? "" : ",") + part; }
  void addWord(uint32_t word) { add(std::to_string(static_cast<int32_t>(word))); }
  std::string text;
};

template <class Map> class Program {
public:
  void run() {
    for (std::string verb, rest; std::cin >> verb >> std::ws && std::getline(std::cin, rest);) {
      if (verb == "round") {
        subjects.clear();
        Stream stream(rest);
        for (uint32_t left = stream.word(); left > 0; left--) subjects.emplace_back(stream);
        std::cout << "ready" << std::endl;
      } else {
        sample(rest);
      }
    }
  }

private:
  std::vector<Subject<Map>> subjects;

  void drop() {
    for (auto& subject : subjects) subject.map.reset();
  }

  void sample(const std::string& row) {
    if (row == "insert" || row == "insert-presized" || row == "count") return insertion(row);
    for (auto& subject : subjects) {
      if (!subject.map) subject.fill();
    }
    volatile uint32_t warm = 0;
    for (auto& subject : subjects) warm = warm + subject.has(subject.warmup);
    if (row == "get-hit") return lookup(&Subject<Map>::hits, &Subject<Map>::get);
    if (row == "get-miss") return lookup(&Subject<Map>::misses, &Subject<Map>::get);
    if (row == "has") return lookup(&Subject<Map>::halves, &Subject<Map>::has);
    if (row == "iterate") return iterate();
    if (row == "columns") return columns();
    if (row == "delete") return remove();
    Stream::fail("no such row: " + row);
  }

  void insertion(const std::string& row) {
    drop();
    const size_t before = live;
    Checksum checksum;
    const Times times = timed([&] {
      for (auto& subject : subjects) {
        if (row == "count") subject.count();
        else subject.fill(row == "insert" ? 0 : subject.keys.size());
      }
    });
    for (auto& subject : subjects) {
      if (row == "count") checksum.addWord(subject.mixed());
      checksum.add(std::to_string(subject.map->size()));
    }
    answer(times, entries(), live - before, checksum);
    if (row != "insert") drop();
  }

  void lookup(std::vector<Column> Subject<Map>::*columns, uint32_t (Subject<Map>::*method)(const Column&) const) {
    std::vector<uint32_t> sums;
    size_t operations = 0;
    for (auto& subject : subjects) {
      for (auto& column : subject.*columns) operations += column.size();
    }
    const Times times = timed([&] {
      for (auto& subject : subjects) {
        for (auto& column : subject.*columns) sums.push_back((subject.*method)(column));
      }
    });
    Checksum checksum;
    for (uint32_t sum : sums) checksum.addWord(sum);
    answer(times, operations, 0, checksum);
  }

  void iterate() {
    std::vector<uint32_t> sums;
    const Times times = timed([&] {
      for (auto& subject : subjects) sums.push_back(subject.iterate());
    });
    Checksum checksum;
    for (uint32_t sum : sums) checksum.addWord(sum);
    answer(times, entries(), 0, checksum);
  }

  void columns() {
    std::vector<std::pair<Column, Column>> all(subjects.size());
    const Times times = timed([&] {
      for (size_t i = 0; i < subjects.size(); i++) subjects[i].columns(all[i].first, all[i].second);
    });
    Checksum checksum;
    for (auto& [keys, values] : all) {
      checksum.addWord(sumOf(keys));
      checksum.addWord(sumOf(values));
    }
    answer(times, entries(), 0, checksum);
  }

  void remove() {
    std::vector<uint32_t> removed;
    const Times times = timed([&] {
      for (auto& subject : subjects) removed.push_back(subject.remove());
    });
    Checksum checksum;
    for (size_t i = 0; i < subjects.size(); i++)
      checksum.add(std::to_string(removed[i]) + " - " + std::to_string(subjects[i].map->size()));
    answer(times, entries(), 0, checksum);
    drop();
  }

  size_t entries() const {
    size_t sum = 0;
    for (auto& subject : subjects) sum += subject.keys.size();
    return sum;
  }

  void answer(Times times, double operations, double grown, const Checksum& checksum) const {
    size_t held = 0;
    for (auto& subject : subjects) held += subject.map->size();
    std::cout << "{\"ns\":" << std::min(times.wall, times.cpu) / operations << ",\"wall\":" << times.wall / operations
              << ",\"cpu\":" << times.cpu / operations << ",\"outside\":" << grown / operations;
    if (held) std::cout << ",\"bytesPerEntry\":" << static_cast<double>(live) / held;
    std::cout << ",\"checksum\":\"" << checksum.text << "\"}" << std::endl;
  }
};

} // namespace peer
