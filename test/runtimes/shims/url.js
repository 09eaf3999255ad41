/** `fileURLToPath` of node:url, for browsers. */
export const fileURLToPath = (url) => new URL(url).pathname;
