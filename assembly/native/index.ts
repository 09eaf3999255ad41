// The build of ../index.ts for servers.

export * from "../index";
export * from "./reactor";
