import { legalDay } from '../kernel/time.ts';
import { lintServices } from '../modules/catalogue/application/lint-services.ts';
import type { Finding } from '../modules/catalogue/application/lint-finding.ts';
import { SERVICES_DIRECTORY } from '../modules.ts';
import { checkTemplate } from '../platform/documents/typesetter.ts';
import { sampleLetters } from './sample-letters.ts';
import { wrongCall, type Command, type Output } from './command.ts';

export const serviceCommand: Command = {
  usage: [
    {
      call: 'service lint [Leistung] [--strict] [--json]',
      does: 'Prüft die Beschreibungen der Leistungen samt ihren Briefen und nennt jeden Fehler mit Datei und Zeile. Mit --strict gelten auch Hinweise als Fehler.',
    },
  ],
  async run([what, ...args], out) {
    if (what === 'lint') return lint(args, out);
    return wrongCall(serviceCommand, out);
  },
};

/** Names and switches of a call; `undefined` where a switch is not known. */
function readCall(args: readonly string[], switches: readonly string[]): { names: string[]; on: ReadonlySet<string> } | undefined {
  const on = args.filter((one) => one.startsWith('--'));
  return on.every((one) => switches.includes(one)) ? { names: args.filter((one) => !one.startsWith('--')), on: new Set(on) } : undefined;
}

const line = ({ level, file, line, column, message }: Finding): string =>
  `services/${file}:${line}:${column} ${level === 'error' ? 'Fehler' : 'Hinweis'}: ${message}`;
const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

async function lint(args: readonly string[], out: Output): Promise<number> {
  const call = readCall(args, ['--strict', '--json']);
  if (call === undefined || call.names.length > 1) return wrongCall(serviceCommand, out);
  const [only] = call.names;
  const today = legalDay(Temporal.Now.instant());
  const { shared, packages } = await lintServices(SERVICES_DIRECTORY, {
    today,
    setLetter: checkTemplate,
    samplesOf: sampleLetters,
    ...(only !== undefined && { only }),
  });
  if (packages.length === 0) {
    out.complain(`Die Leistung «${only}» gibt es nicht. «./kontor service lint» prüft alle.`);
    return 2;
  }
  const findings = [...shared, ...packages.flatMap((one) => one.findings)];
  const errors = findings.filter(({ level }) => level === 'error').length;
  const warnings = findings.length - errors;
  const good = errors === 0 && (warnings === 0 || !call.on.has('--strict'));
  if (call.on.has('--json')) {
    out.print(JSON.stringify({ ok: good, errors, warnings, shared, packages }, undefined, 2));
    return good ? 0 : 1;
  }
  for (const finding of findings) out.complain(line(finding));
  for (const { key, version, findings: own } of packages) {
    if (own.every(({ level }) => level === 'warning')) out.print(`${key}: ohne Fehler (Fassung ${version})`);
  }
  if (findings.length > 0) out.complain(`${count(errors, 'Fehler', 'Fehler')}, ${count(warnings, 'Hinweis', 'Hinweise')}.`);
  return good ? 0 : 1;
}
