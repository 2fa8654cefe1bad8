/** Where a command writes: results to standard output, trouble to standard error. */
export interface Output {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** One command of `./kontor`. */
export interface Command {
  /** How to call it, and what it does then. */
  readonly usage: readonly { readonly call: string; readonly does: string }[];
  /** @returns the exit status: 0 done, 1 not so, 2 called wrongly */
  run(args: readonly string[], out: Output): Promise<number>;
}

/** Says how to call a command; the exit status of a wrong call. */
export function wrongCall(command: Command, out: Output): number {
  out.complain(`Aufruf:\n${command.usage.map(({ call }) => `  ./kontor ${call}`).join('\n')}`);
  return 2;
}
