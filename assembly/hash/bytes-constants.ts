// The constants of the hash of byte keys (BYTES.md).

/** Bytes that a chain takes at a time. */
export const STRIPE: u32 = 32;

// Digits of pi behind the point, 16 hexadecimal ones each. Multipliers are made odd.
export const WEIGHT_0: u64 = 0x243f6a8885a308d3;
export const WEIGHT_1: u64 = 0x13198a2e03707345;
export const WEIGHT_2: u64 = 0xa4093822299f31d1;
export const WEIGHT_3: u64 = 0x082efa98ec4e6c89;
export const WEIGHT_OF_LENGTH: u64 = 0x452821e638d01377;
export const SECRET_0: u64 = 0xc0ac29b7c97c50dd;
export const SECRET_1: u64 = 0x3f84d5b5b5470917;
export const SECRET_2: u64 = 0x9216d5d98979fb1b;
export const SECRET_3: u64 = 0xd1310ba698dfb5ac;
export const START_LOW: u64 = 0x2ffd72dbd01adfb7;
export const START_HIGH: u64 = 0xb8e1afed6a267e96;

// SplitMix64 (Sebastiano Vigna, public domain): its step and its output function, David Stafford's variant 13.
export const SEED_STEP: u64 = 0x9e3779b97f4a7c15;
export const MIX_1: u64 = 0xbf58476d1ce4e5b9;
export const MIX_2: u64 = 0x94d049bb133111eb;
