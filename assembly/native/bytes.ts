// The exports of the module of maps of byte keys in a build for servers (NATIVE=1): those of every build, and what its kernels need.

export * from "../bytes";
export { layout } from "./layout";
export { setCapabilities, takeServed } from "./use";
