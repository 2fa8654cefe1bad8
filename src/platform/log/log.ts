/** Facts for operators: names, counts, times, ids. Never personal data: no answers, names, mails. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
}

/** Structured log: one JSON object a line, on standard error. */
export function createLog(write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const entry =
    (level: string) =>
    (event: string, facts: LogFacts = {}) =>
      write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...facts })}\n`);
  return { info: entry('info'), warn: entry('warn'), error: entry('error') };
}

/** A log that keeps silent (tests, commands that print their own result). */
export const silentLog: Log = { info() {}, warn() {}, error() {} };
