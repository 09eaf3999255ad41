/** `inspect` of node:util, for browsers: it is in messages of failures alone. */
export function inspect(value) {
  try {
    return typeof value === 'object' ? (JSON.stringify(value) ?? String(value)) : String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
