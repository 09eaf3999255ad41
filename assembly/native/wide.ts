// The exports of the module of maps of 8-byte keys in a build for servers (NATIVE=1): those of every build, and what its kernels need.

export * from "../wide";
export { layout } from "./layout";
export { setCapabilities, takeServed } from "./use";
