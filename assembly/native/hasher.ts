// The exports of the module of the hasher in a build for servers (NATIVE=1): those of every build, and what its kernels need.

export * from "../hasher";
export { layout } from "./layout";
export { setCapabilities, takeServed } from "./use";
