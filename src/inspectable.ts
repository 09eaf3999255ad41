// The method by which Node, Deno and Bun ask an object how to show it.

/** Gives an object, or all that descend from it, that method. */
export function showBy<This extends object>(
  target: This,
  show: (this: This, depth: number, options: object, inspect?: unknown) => unknown,
): void {
  Object.defineProperty(target, Symbol.for('nodejs.util.inspect.custom'), {
    value: show,
    writable: true,
    configurable: true,
  });
}
