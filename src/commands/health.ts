import { readConfig } from '../config.ts';
import { wrongCall, type Command } from './command.ts';

export const healthCommand: Command = {
  usage: [{ call: 'health', does: 'Fragt die laufende Stadt, ob sie arbeiten kann (für Überwachung und Container).' }],
  async run(args, out) {
    if (args.length > 0) return wrongCall(healthCommand, out);
    const { port } = readConfig(process.env);
    const answer = await fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    if (answer === undefined) {
      out.complain(`Auf Port ${port} antwortet keine Stadt. Starten Sie sie mit npm start oder prüfen Sie PORT.`);
      return 1;
    }
    if (answer.ok) {
      out.print('Die Stadt ist bereit.');
      return 0;
    }
    const { detail, errors = [] } = (await answer.json()) as { detail: string; errors?: { field: string; message: string }[] };
    out.complain([detail, ...errors.map(({ field, message }) => `  ${field}: ${message}`)].join('\n'));
    return 1;
  },
};
