/** `createIsValidFunction` of apache-arrow, which writes a function as text and evaluates it: edge hosts forbid that. */
export function createIsValidFunction(nullValues) {
  const nulls = new Set(nullValues ?? []);
  return (value) => !nulls.has(value);
}
