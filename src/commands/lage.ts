import { wrongCall, type Command, type Output } from './command.ts';
import { LAGE_EVAL_USAGE, lageEval } from './lage-eval.ts';
import { exportLage, LAGE_EXPORT_USAGE } from './lage-export.ts';
import { LAGE_VERIFY_USAGE, verifyLage } from './lage-verify.ts';
import { LAGE_GRID_USAGE, lageGrid } from './lage-grid.ts';

/** What can be done with a Lage; each says how to call it. `run` gives 2 for a wrong call. */
const PARTS: Readonly<Record<string, { readonly usage: Command['usage']; readonly run: (args: readonly string[], out: Output) => Promise<number> }>> = {
  export: { usage: LAGE_EXPORT_USAGE, run: exportLage },
  verify: { usage: LAGE_VERIFY_USAGE, run: verifyLage },
  eval: { usage: LAGE_EVAL_USAGE, run: lageEval },
  grid: { usage: LAGE_GRID_USAGE, run: lageGrid },
};

export const lageCommand: Command = {
  usage: Object.values(PARTS).flatMap(({ usage }) => usage),
  async run([what = '', ...args], out) {
    const part = Object.hasOwn(PARTS, what) ? PARTS[what] : undefined;
    if (part === undefined) return wrongCall(lageCommand, out);
    const status = await part.run(args, out);
    return status === 2 ? wrongCall(lageCommand, out) : status;
  },
};
