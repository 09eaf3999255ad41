// The build of ../hasher.ts for servers.

export * from "../hasher";
export * from "./reactor";
