import { parseArgs } from 'node:util';
import { wrongCall, type Command } from './command.ts';
import { walk } from './walk.ts';

export const walkCommand: Command = {
  usage: [
    {
      call: 'walk <Leistung> [--url ADRESSE]',
      does: 'Geht den ganzen Weg vom Antrag zum Bescheid über die API, auf der Stadt unter ADRESSE oder einer auf Zeit. Der Bescheid liegt danach in out/.',
    },
  ],
  async run(args, out) {
    const { values, positionals } = parseArgs({ args: [...args], options: { url: { type: 'string' } }, allowPositionals: true });
    const [service] = positionals;
    return service === undefined || positionals.length > 1 ? wrongCall(walkCommand, out) : walk(service, values.url);
  },
};
