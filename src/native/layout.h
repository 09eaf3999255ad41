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
#define ARENA_AT 132u
#define ARENA_END 136u
#define ARENA_LIVE 140u
#define ARENA_SEGMENTS 144u
#define ARENA_KEY_BYTES 148u
#define ARENA_VALUE_BYTES 156u
#define ARENA_VICTIM 160u
#define ARENA_TAILS 180u
#define ARENA_BYTES 56u
#define MARKS_AT 63808u
#define MARKS_ROOM_AT 63812u
#define SEGMENTS_END_AT 63816u
#define LOG_OF_SEGMENT 16u
#define RECORD_VALUE 8u
#define RECORD_LINKED 2147483648u
#define RECORD_LENGTH 1073741823u
#define NO_RECORD 4294967295u
#define MISSING_AT 6080u
#define PENDING_AT 3584u
#define GAPS_AT 63808u
#define COUNTERS_AT 64512u
#define OFFSETS_AT 71680u
#define FIRST_GAP_PAGES 16u
#define MOST_GAPS_OF_TABLE 30u
#define ROWS_OF_BLOCK 128u
#define MOST_SPILLED 256u
#define MOST_BUCKETS_BEHIND 16u
#define LIVE_BYTES_A_HOLE 5u
#define MOST_STAGED 46008u

#define TOPHASH_LAYOUT 3716865026u

#endif
