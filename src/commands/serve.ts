import { readConfig } from '../config.ts';
import { startCity } from '../start.ts';
import type { Command } from './command.ts';

export const serveCommand: Command = {
  usage: [{ call: 'serve', does: 'Startet die Stadt, wie npm start.' }],
  async run(_args, { print }) {
    await startCity(readConfig(process.env), print);
    // The signal that stops the city ends the process.
    return new Promise<number>(() => {});
  },
};
