import { wrongCall, type Command } from './command.ts';
import { ASSISTANT_EVAL_USAGE, assistantEval } from './assistant-eval.ts';

export const assistantCommand: Command = {
  usage: [ASSISTANT_EVAL_USAGE],
  async run([name, ...args], out) {
    const status = name === 'eval' ? await assistantEval(args, out) : 2;
    return status === 2 ? wrongCall(assistantCommand, out) : status;
  },
};
