/** Milliseconds this thread has reckoned so far: a limit in them says the same on a machine that others keep busy. */
export function reckonedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
