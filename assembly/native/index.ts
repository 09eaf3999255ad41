// The exports of the module of maps of 4-byte keys in a build for servers (NATIVE=1): those of every build, and what its kernels need.

export * from "../index";
export { layout } from "./layout";
export { setCapabilities, takeServed } from "./use";
