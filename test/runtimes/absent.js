/** A runtime that this machine has not, and that npm did not give. */
export class Absent extends Error {}
