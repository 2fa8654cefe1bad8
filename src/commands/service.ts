import { legalDay } from '../kernel/time.ts';
import { loadServices } from '../modules/catalogue/public.ts';
import { SERVICES_DIRECTORY } from '../modules.ts';
import { wrongCall, type Command } from './command.ts';

export const serviceCommand: Command = {
  usage: [{ call: 'service lint [Leistung]', does: 'Prüft die Beschreibungen der Leistungen und nennt jeden Fehler mit Datei und Zeile.' }],
  async run([what, name, ...rest], out) {
    if (what !== 'lint' || rest.length > 0) return wrongCall(serviceCommand, out);
    const services = await loadServices(SERVICES_DIRECTORY, legalDay(Temporal.Now.instant()));
    const concerns = (file: string): boolean => name === undefined || file.startsWith(`${name}/`) || !file.includes('/');
    const mistakes = services.mistakes.filter(({ file }) => concerns(file));
    for (const { file, line, column, message } of mistakes) out.complain(`services/${file}:${line}:${column} ${message}`);
    const sound = [...services.packages.values()].filter((pkg) => name === undefined || pkg.key === name);
    if (mistakes.length === 0 && sound.length === 0) {
      out.complain(`Die Leistung «${name}» gibt es nicht. Es gibt: ${[...services.packages.keys()].join(', ')}.`);
      return 2;
    }
    for (const pkg of sound) out.print(`${pkg.key}: ohne Fehler (Fassung ${pkg.version})`);
    if (mistakes.length > 0) out.complain(mistakes.length === 1 ? '1 Fehler.' : `${mistakes.length} Fehler.`);
    return mistakes.length === 0 ? 0 : 1;
  },
};
