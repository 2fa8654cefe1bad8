import { parseArgs } from 'node:util';
import { wrongCall, type Command } from './command.ts';
import { walk } from './walk.ts';

/** Not a service: the walk through an exercise of a storm surge. */
const STURMFLUT = 'sturmflut';

export const walkCommand: Command = {
  usage: [
    {
      call: 'walk <Leistung> [--url ADRESSE]',
      does: 'Geht den ganzen Weg vom Antrag zum Bescheid über die API, auf der Stadt unter ADRESSE oder einer auf Zeit. Der Bescheid liegt danach in out/.',
    },
    {
      call: 'walk sturmflut [--seed ZAHL]',
      does: 'Geht durch 30 Stunden einer erfundenen Sturmflut in Minuten: Sensoren über MQTT, Einheiten über CoT, Warnungen als CAP, der Stab über HTTP. In einer Stadt auf Zeit; mit demselben Startwert derselbe Endstand.',
    },
  ],
  async run(args, out) {
    const { values, positionals } = parseArgs({ args: [...args], options: { url: { type: 'string' }, seed: { type: 'string' } }, allowPositionals: true });
    const [service] = positionals;
    if (service === undefined || positionals.length > 1) return wrongCall(walkCommand, out);
    if (service !== STURMFLUT) return values.seed === undefined ? walk(service, values.url) : wrongCall(walkCommand, out);
    const seed = Number(values.seed ?? 1);
    if (values.url !== undefined || !Number.isSafeInteger(seed) || seed < 0) return wrongCall(walkCommand, out);
    const { walkSturmflut } = await import('./walk-sturmflut.ts');
    return (await walkSturmflut((line) => out.print(line), { seed })).status;
  },
};
