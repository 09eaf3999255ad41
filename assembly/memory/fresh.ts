// Fresh memory. The system gives a page of it at the first access: if that is a read, a page of zeros that all share,
// and at the first write another one, after every processor has been told. That is several times the cost of a write at
// first. But batches read their buckets first, and touch those of many rows before they write to one. So memory that is
// about to be filled is written to before: zeros where zeros are.

/** Bytes that most systems give at the first access. */
const SYSTEM_PAGE: usize = 4096;

/** Writes to memory that holds nothing but zeros, or what nobody reads, a word for each page of the system. */
@inline
export function touchFresh(from: usize, end: usize): void {
  for (let at = from; at < end; at += SYSTEM_PAGE) store<u32>(at, 0);
}
