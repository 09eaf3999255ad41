// absl::flat_hash_map, as it is.
#include "peer.hpp"
#include <absl/container/flat_hash_map.h>

using Entry = std::pair<const uint32_t, uint32_t>;
using Map = absl::flat_hash_map<uint32_t, uint32_t, absl::Hash<uint32_t>, std::equal_to<uint32_t>, peer::CountingAllocator<Entry>>;

int main() { peer::Program<Map>().run(); }
