// What a module says of the memory that it imports.

/** Finds the memory import of a module: where its flags stand, and its least pages. */
export function memoryImport(bytes) {
  let at = 8;
  const leb = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const skip = (length) => {
    at += length;
  };
  const IMPORT_SECTION = 2;
  const MEMORY = 2;
  while (at < bytes.length) {
    const section = bytes[at++];
    const size = leb();
    if (section !== IMPORT_SECTION) {
      skip(size);
      continue;
    }
    const count = leb();
    for (let i = 0; i < count; i++) {
      skip(leb()); // module
      skip(leb()); // name
      if (bytes[at++] !== MEMORY) {
        leb(); // the type of a function, which is all that asc imports besides
        continue;
      }
      const flags = at++;
      if (bytes[flags] !== 1) throw new Error('expected a memory with a maximum, not shared');
      return { flags, pages: leb() };
    }
  }
  throw new Error('the module imports no memory');
}
