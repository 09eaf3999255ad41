// The build of ../wide.ts for servers.

export * from "../wide";
export * from "./reactor";
