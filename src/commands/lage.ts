import { wrongCall, type Command } from './command.ts';
import { LAGE_EVAL_USAGE, lageEval } from './lage-eval.ts';

/** Commands about a Lage. */
export const lageCommand: Command = {
  usage: LAGE_EVAL_USAGE,
  async run([what, ...args], out) {
    const status = what === 'eval' ? await lageEval(args, out) : 2;
    return status === 2 ? wrongCall(lageCommand, out) : status;
  },
};
