import type { ServicePackage } from '../domain/package.ts';
import type { Finding } from './lint-finding.ts';
import type { PackageSource } from './lint-source.ts';

/** Sets a Typst source with data; every mistake with its place, none when it is fine. */
export type SetLetter = (
  source: string,
  data: unknown,
) => readonly { readonly file: string; readonly line: number; readonly column: number; readonly message: string }[];

/** Data of each letter by its name, as the procedure makes them from the package's walk: with much in them and with little. */
export type LetterSamples = Readonly<Record<string, readonly object[]>>;

/** Sets every letter with its samples. */
export function lintLetters(pkg: ServicePackage, source: PackageSource, samples: LetterSamples, setLetter: SetLetter): Finding[] {
  const found = Object.entries(pkg.letters).flatMap(([name, template]) => {
    const file = source.files[`${source.folder}/letters/${name}.typ`] === undefined ? `letters/${name}.typ` : `${source.folder}/letters/${name}.typ`;
    const mistakes = (samples[name] ?? []).flatMap((data) => setLetter(template, data).map((mistake) => ({ mistake, data })));
    const findings = mistakes.map(({ mistake, data }): Finding => {
      const own = mistake.file === 'template';
      const message = `Der Brief «${name}» lässt sich nicht setzen: ${explain(mistake.message, data)}${own ? '' : ` (gemeldet in ${mistake.file}:${mistake.line})`}`;
      return { level: 'error', file, line: own ? mistake.line : lineOfShow(template), column: own ? mistake.column : 1, message };
    });
    // several samples meet the same mistake
    return findings.filter((one, index) => findings.findIndex((other) => other.line === one.line && other.column === one.column) === index);
  });
  return [...found, ...unusedLetters(pkg, source)];
}

/** A mistake inside of the house layout comes from what the letter hands to it. */
const lineOfShow = (template: string): number =>
  Math.max(
    template.split('\n').findIndex((line) => line.includes('letter.with')),
    0,
  ) + 1;

function unusedLetters(pkg: ServicePackage, source: PackageSource): Finding[] {
  const folder = `${source.folder}/letters/`;
  return Object.keys(source.files)
    .filter((path) => path.startsWith(folder) && !(path.slice(folder.length, -'.typ'.length) in pkg.letters))
    .map((file): Finding => ({
      level: 'warning',
      file,
      line: 1,
      column: 1,
      message: `Diesen Brief schreibt niemand. Es gibt: ${Object.keys(pkg.letters).join(', ')}.`,
    }));
}

/** Typst speaks English; its most frequent complaints with their remedy. */
const WORDS: readonly [pattern: RegExp, say: (found: RegExpExecArray, data: object) => string][] = [
  [/dictionary does not contain key "([^"]+)"/, ([, key], data) => `Die Angabe «${key}» bekommt dieser Brief nicht. Es gibt: ${Object.keys(data).join(', ')}.`],
  [
    /unknown variable: (\S+)/,
    ([, name]) => `Den Namen «${name}» gibt es nicht. Angaben stehen als #data.name, Bausteine kommen mit #import aus "/letter.typ".`,
  ],
  [/unresolved import|does not contain `?(\w+)/, () => 'Diesen Baustein gibt es in "/letter.typ" nicht. Es gibt: letter, data, numbered, facts, remark.'],
  [/unclosed delimiter/, () => 'Eine Klammer oder ein Zeichen ist nicht geschlossen. Schließen Sie sie.'],
  [/unexpected (.+)|expected (.+)/, ([whole]) => `Die Schreibweise stimmt hier nicht (${whole}).`],
  [/could not be displayed|no font could/, ([whole]) => `Ein Zeichen hat keine Schrift (${whole}). Nehmen Sie ein anderes.`],
  [
    /cannot (?:access|join|add|compare|loop|field)[^.]*/,
    ([whole]) => `Eine Angabe ist anders, als der Brief sie nimmt, oder fehlt in manchen Fällen (${whole}). Prüfen Sie mit «if … != none».`,
  ],
];

function explain(message: string, data: object): string {
  for (const [pattern, say] of WORDS) {
    const found = pattern.exec(message);
    if (found !== null) return say(found, data);
  }
  return /[äöüß]|Brief/.test(message) ? message : `Typst meldet: ${message}. Verbessern Sie die Stelle.`;
}
