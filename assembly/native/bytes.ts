// The build of ../bytes.ts for servers.

export * from "../bytes";
export * from "./reactor";
