// boost::unordered_flat_map, as it is.
#include "peer.hpp"
#include <boost/unordered/unordered_flat_map.hpp>

using Entry = std::pair<const uint32_t, uint32_t>;
using Map =
    boost::unordered_flat_map<uint32_t, uint32_t, boost::hash<uint32_t>, std::equal_to<uint32_t>, peer::CountingAllocator<Entry>>;

int main() { peer::Program<Map>().run(); }
