import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { legalDay } from '../kernel/time.ts';
import { diffPackages } from '../modules/catalogue/application/diff.ts';
import { lintServices } from '../modules/catalogue/application/lint-services.ts';
import type { Finding } from '../modules/catalogue/application/lint-finding.ts';
import { parsePackage, readPackageFiles } from '../modules/catalogue/application/read-package.ts';
import type { ServicePackage } from '../modules/catalogue/public.ts';
import { loadSituations } from '../modules/entrance/public.ts';
import { loadParameters } from '../parameters.ts';
import { SERVICES_DIRECTORY } from '../services-directory.ts';
import { checkTemplate } from '../platform/documents/typesetter.ts';
import { sampleLetters } from './sample-letters.ts';
import { wrongCall, type Command, type Output } from './command.ts';
import { PUBLISH_USAGE, publishService } from './service-publish.ts';

export const serviceCommand: Command = {
  usage: [
    {
      call: 'service lint [Leistung] [--strict] [--json]',
      does: 'Prüft die Beschreibungen der Leistungen samt ihren Briefen und nennt jeden Fehler mit Datei und Zeile. Mit --strict gelten auch Hinweise als Fehler.',
    },
    {
      call: 'service diff A B [--json]',
      does: 'Sagt, was sich zwischen zwei Fassungen einer Leistung für Menschen und Recht ändert, und was laufenden Fällen schadet. A und B sind Ordner oder Namen unter services/.',
    },
    PUBLISH_USAGE,
  ],
  async run([what, ...args], out) {
    if (what === 'publish') {
      const status = await publishService(args, out);
      return status === 2 ? wrongCall(serviceCommand, out) : status;
    }
    if (what === 'lint') return lint(args, out);
    if (what === 'diff') return diff(args, out);
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
  const { shared: ofPackages, packages } = await lintServices(SERVICES_DIRECTORY, {
    today,
    setLetter: checkTemplate,
    samplesOf: sampleLetters,
    ...(only !== undefined && { only }),
  });
  if (packages.length === 0) {
    const known = readdirSync(SERVICES_DIRECTORY).filter((name) => existsSync(join(SERVICES_DIRECTORY, name, 'service.yaml')));
    out.complain(`Die Leistung «${only}» gibt es nicht. Es gibt: ${known.join(', ')}.`);
    return 2;
  }
  const shared = [...ofPackages, ...(only === undefined ? cityFindings(packages.map(({ key }) => key)) : [])];
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

/** The situations of the front door name services, so their file is checked with them; so are the city's parameters beside it. */
const cityFindings = (known: readonly string[]): Finding[] =>
  [...loadSituations(SERVICES_DIRECTORY, new Set(known)).mistakes, ...loadParameters(SERVICES_DIRECTORY).mistakes].map((one) => ({ ...one, level: 'error' }));

async function diff(args: readonly string[], out: Output): Promise<number> {
  const call = readCall(args, ['--json']);
  const [before, after] = call?.names ?? [];
  if (call === undefined || before === undefined || after === undefined || call.names.length > 2) return wrongCall(serviceCommand, out);
  const [a, b] = [await open(before, out), await open(after, out)];
  if (a === undefined || b === undefined) return 1;
  const found = diffPackages(a, b);
  if (call.on.has('--json')) {
    out.print(JSON.stringify(found, undefined, 2));
    return 0;
  }
  out.print(`${a.name.de}: Fassung ${a.version} → ${b.version}`);
  if (found.changes.length === 0) out.print('Nichts, was Menschen oder Recht betrifft, ist anders.');
  for (const area of new Set(found.changes.map((change) => change.area))) {
    out.print(`\n${area}`);
    for (const { kind, what, unsafe } of found.changes.filter((change) => change.area === area)) {
      out.print(`  ${SIGNS[kind]} ${what}${unsafe === undefined ? '' : `\n    Achtung: ${unsafe}`}`);
    }
  }
  const unsafe = found.changes.filter((change) => change.unsafe !== undefined).length;
  const verdict =
    unsafe === 0
      ? 'Laufende Fälle können umgestellt werden.'
      : `Laufende Fälle bleiben besser bei ihrer Fassung: ${count(unsafe, 'Änderung schadet', 'Änderungen schaden')} ihnen.`;
  out.print(`\n${verdict}`);
  return 0;
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

/** A package from a folder, or by its name from the city's own; complains where there is none. */
async function open(where: string, out: Output): Promise<ServicePackage | undefined> {
  const folder = [resolve(where), join(SERVICES_DIRECTORY, where)].find((one) => existsSync(join(one, 'service.yaml')));
  if (folder === undefined) {
    out.complain(`«${where}» ist weder ein Ordner mit service.yaml noch eine Leistung unter services/.`);
    return undefined;
  }
  const key = basename(folder);
  // a folder of its own brings no shared letters: those of the city stand in
  const shared = Object.entries(await readPackageFiles(SERVICES_DIRECTORY, key)).filter(([path]) => path.startsWith('letters/'));
  const { pkg, mistakes } = await parsePackage(key, { ...Object.fromEntries(shared), ...(await readPackageFiles(dirname(folder), key)) });
  for (const { file, line, column, message } of mistakes) out.complain(`${join(dirname(folder), file)}:${line}:${column} Fehler: ${message}`);
  return mistakes.length > 0 ? undefined : pkg;
}
