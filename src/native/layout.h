// Written by scripts/native-layout.js from assembly/native/layout.ts, which says what each of these is.

#ifndef TOPHASH_LAYOUT_H
#define TOPHASH_LAYOUT_H

#define SEED 0u
#define COUNT 4u
#define GROW_AT 8u
#define BASE 12u
#define GROUP_MASK 20u
#define GROUP_LOG 24u
#define PAGES_PER_GROUP 28u
#define SPLIT_NEXT 32u
#define BUCKET_SHIFT 36u
#define BUCKET_MASK 40u
#define ZERO_PRESENT 44u
#define ZERO_VALUE 64u
#define SPILLED 56u
#define MAX_MOVED 60u
#define MOVED 72u
#define BLOCK 100u
#define CARRIED 104u
#define KNOWS_EMPTY 108u
#define HEADER_BYTES 128u
#define ARENA_BASE 128u
#define ARENA_VALUE_BYTES 156u
#define ARENA_BYTES 52u
#define MISSING_AT 6080u
#define PENDING_AT 3584u
#define GAPS_AT 63808u
#define COUNTERS_AT 64512u
#define SEGMENTS_AT 65536u
#define ROWS_OF_BLOCK 128u
#define MOST_SPILLED 256u
#define MOST_BUCKETS_BEHIND 16u

#define TOPHASH_LAYOUT 2702099913u

#endif
