import { parseArgs } from 'node:util';
import { berechneBekanntgabe, berechneFristende } from '../modules/procedure/public.ts';
import { wrongCall, type Command } from './command.ts';

const OPTIONS = {
  via: { type: 'string' },
  on: { type: 'string' },
  regime: { type: 'string' },
  received: { type: 'string' },
  from: { type: 'string' },
  months: { type: 'string' },
  weeks: { type: 'string' },
  days: { type: 'string' },
} as const;

export const fristCommand: Command = {
  usage: [
    {
      call: 'frist bekanntgabe --via post|postfach --on TAG [--regime bund|hh] [--received TAG]',
      does: 'Rechnet aus, wann ein Bescheid als bekannt gegeben gilt und bis wann Widerspruch möglich ist.',
    },
    { call: 'frist ende --from TAG --months N | --weeks N | --days N', does: 'Rechnet das Ende einer Frist aus.' },
  ],
  async run([which, ...args], out) {
    const compute = which === 'bekanntgabe' ? berechneBekanntgabe : which === 'ende' ? berechneFristende : undefined;
    if (compute === undefined) return wrongCall(fristCommand, out);
    const { values } = parseArgs({ args, options: OPTIONS });
    const computed = compute({ ...values });
    if (computed.ok) {
      out.print(JSON.stringify(computed.value, null, 2));
      return 0;
    }
    for (const { field, message } of computed.problem.fields ?? []) out.complain(`--${field}: ${message}`);
    return 2;
  },
};
