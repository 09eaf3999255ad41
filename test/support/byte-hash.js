/** The hash of byte keys, written in BigInt from assembly/hash/BYTES.md and from nothing of the library. */

const MASK = 2n ** 64n - 1n;
const W = [0x243f6a8885a308d3n, 0x13198a2e03707345n, 0xa4093822299f31d1n, 0x082efa98ec4e6c89n];
const WL = 0x452821e638d01377n;
const S = [0xc0ac29b7c97c50ddn, 0x3f84d5b5b5470917n, 0x9216d5d98979fb1bn, 0xd1310ba698dfb5acn];
const T = [0x2ffd72dbd01adfb7n, 0xb8e1afed6a267e96n];
const STEP = 0x9e3779b97f4a7c15n;

function mix(x) {
  x = ((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  x = ((x ^ (x >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return x ^ (x >> 31n);
}

const lo = (x) => x & 0xffffffffn;
const hi = (x) => x >> 32n;
const fold = (x) => x ^ (x >> 32n);

/** The lanes of a chain after it took the stripe `e0, e1, o0, o1`. */
function take([a, b, c, d], [e0, e1, o0, o1], [E0, E1, O0, O1]) {
  const x0 = e0 ^ E0 ^ a;
  const x1 = e1 ^ E1 ^ b;
  const y0 = o0 ^ O0 ^ c;
  const y1 = o1 ^ O1 ^ d;
  return [
    (a + lo(x0) * lo(y0) + o0) & MASK,
    (b + hi(x0) * hi(y0) + o1) & MASK,
    (c + lo(x1) * lo(y1) + e0) & MASK,
    (d + hi(x1) * hi(y1) + e1) & MASK,
  ];
}

const secretsOf = (seed) => {
  const [e, o] = [mix((BigInt(seed) + STEP) & MASK), mix((BigInt(seed) + 2n * STEP) & MASK)];
  return [S[0] ^ e, S[1] ^ e, S[2] ^ o, S[3] ^ o];
};

/** The 64 bits of a Uint8Array. */
export function byteHash(bytes, seed) {
  const n = bytes.length;
  const padded = new Uint8Array(n <= 32 ? 32 : Math.ceil(n / 64) * 64);
  padded.set(bytes);
  const words = new BigUint64Array(padded.buffer);
  const secrets = secretsOf(seed);
  const chains = [
    [0n, 0n, 0n, 0n],
    [T[0], T[0], T[1], T[1]],
  ];
  for (let stripe = 0; stripe * 4 < words.length; stripe++) {
    chains[stripe & 1] = take(chains[stripe & 1], words.subarray(stripe * 4, stripe * 4 + 4), secrets);
  }
  const lanes = n <= 32 ? chains[0] : take(chains[0], chains[1], secrets);
  return mix(lanes.reduce((sum, lane, i) => sum + fold(lane) * W[i], BigInt(n) * WL) & MASK);
}

function unmix(x) {
  x = x ^ (x >> 31n) ^ (x >> 62n);
  x = (x * UNMIX[0]) & MASK;
  x = x ^ (x >> 27n) ^ (x >> 54n);
  x = (x * UNMIX[1]) & MASK;
  return x ^ (x >> 30n) ^ (x >> 60n);
}

/** The inverse of an odd number modulo 2^64. */
function inverse(odd) {
  let x = odd;
  for (let bits = 3; bits < 64; bits *= 2) x = (x * (2n - odd * x)) & MASK;
  return x & MASK;
}

const UNMIX = [inverse(0x94d049bb133111ebn), inverse(0xbf58476d1ce4e5b9n)];
const UNWEIGH = inverse(W[1]);

/**
 * A key of 32 bytes whose hash has these low 32 bits; another one for each `twin`, a u32. Its even half is that of the
 * secrets, which makes nothing of all products: what is left is a sum of the words themselves.
 */
export function unhashBytes(hash, seed, twin = 0) {
  const [e0, e1] = secretsOf(seed);
  const o0 = BigInt(twin);
  const sum = unmix((o0 << 32n) | BigInt(hash >>> 0));
  const others = 32n * WL + fold(o0) * W[0] + fold(e0) * W[2] + fold(e1) * W[3];
  const o1 = fold(((sum - others) * UNWEIGH) & MASK);
  return new Uint8Array(BigUint64Array.of(e0, e1, o0, o1).buffer);
}
