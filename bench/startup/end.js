/** The end of a program: prints what the process has taken so far, in microseconds. */
export function end() {
  const { user, system } = process.cpuUsage();
  console.log(user + system);
}
