import { spawn, spawnSync } from 'node:child_process';

/** A line for the person who started us. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** Ends with a plain sentence instead of a stack trace. */
export class Stop extends Error {}

/** Runs a program and returns its outcome; its words are shown only when it fails. */
export function quietly(program, args, options = {}) {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  return { ok: done.status === 0, status: done.status, output: `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}` };
}

/** Registries may be private: their addresses stay out of what we print. */
export const withoutHosts = (text) =>
  text
    .split('\n')
    .filter((line) => !/nodedir/.test(line))
    .map((line) => line.replace(/https?:\/\/\S+/g, '(Paketquelle)'))
    .join('\n')
    .trim();

/** Runs a program in the foreground, hands it our signals, and gives its exit status. */
export function inForeground(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, pass);
    // Ctrl-C reaches the child from the terminal itself: only wait for it
    process.on('SIGINT', () => {});
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128 + 15)));
  });
}
