import { verifyFigures } from '../modules/indicators/public.ts';
import { createJournal } from '../platform/journal/journal.ts';
import { wrongCall, type Command, type Output } from './command.ts';
import { onCityAsItIs } from './journal.ts';

export const indicatorsCommand: Command = {
  usage: [
    {
      call: 'indicators verify',
      does: 'Rechnet alle Kennzahlen aus dem Journal neu und nennt die erste, die anders geführt wird.',
    },
  ],
  async run(args, out) {
    if (args.length !== 1 || args[0] !== 'verify') return wrongCall(indicatorsCommand, out);
    return onCityAsItIs(out, async (database) => say(out, await verifyFigures({ database, journal: createJournal() })));
  },
};

function say(out: Output, { seq, cells, difference }: Awaited<ReturnType<typeof verifyFigures>>): number {
  if (difference === undefined) {
    out.print(`Die Kennzahlen stimmen mit dem Journal überein, bis Eintrag ${seq}: ${cells} Zeilen aus Leistung und Monat.`);
    return 0;
  }
  const { service, month, name, kept, recomputed } = difference;
  out.complain(
    `Die Kennzahlen stimmen nicht. Erste Abweichung: ${service === '' ? 'ganze Stadt' : service}, ${month}, ${name}: geführt ${kept}, neu gerechnet ${recomputed}.`,
  );
  out.complain('Prüfen Sie zuerst das Journal mit ./kontor journal verify.');
  return 1;
}
