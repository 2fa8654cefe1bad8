import type { ServicePackage } from '../domain/package.ts';
import type { Finding } from './lint-finding.ts';
import type { PackageSource } from './lint-source.ts';
import { parsedYaml, walkTree, type TreePath } from './lint-tree.ts';

/** DIN SPEC 33429: short sentences. */
const LONGEST_EASY_SENTENCE = 15;
/** German that Leichte Sprache cannot take over as it stands. */
const HARD_WORDS = 8;
const HARD_LETTERS = 16;

/** Words of the package: Leichte Sprache, missing translations, placeholders. */
export function lintTexts(pkg: ServicePackage, source: PackageSource): Finding[] {
  const langTexts = parsedYaml(source)
    .filter(({ name }) => name !== 'walk.yaml')
    .flatMap(({ name, tree }) => {
      const found: Finding[] = [];
      walkTree(tree, (path, value) => {
        if (isLangText(value)) found.push(...lintLangText(name, path, value, source));
      });
      return found;
    });
  return [...langTexts, ...lintPlaceholders(pkg, source)];
}

type LangText = Readonly<Record<'de' | 'en' | 'leicht', string>>;
const isLangText = (value: unknown): value is LangText =>
  typeof value === 'object' && value !== null && ['de', 'en', 'leicht'].every((lang) => typeof (value as Record<string, unknown>)[lang] === 'string');

function lintLangText(name: string, path: TreePath, { de, en, leicht }: LangText, source: PackageSource): Finding[] {
  const found: Finding[] = [];
  const long = leicht.split(/[.!?:]\s/).find((sentence) => sentence.trim().split(/\s+/).length > LONGEST_EASY_SENTENCE);
  if (long !== undefined)
    found.push(
      source.at('error', name, [...path, 'leicht'], `Leichte Sprache: Der Satz «${long}» hat mehr als ${LONGEST_EASY_SENTENCE} Wörter. Teilen Sie ihn.`),
    );
  // names of places stand alike in every language; they are choices, not sentences
  if (de === en && !(path.includes('options') && isProperName(de)))
    found.push(source.at('warning', name, [...path, 'en'], `«${en}» steht auf Deutsch und Englisch gleich. Übersetzen Sie es.`));
  if (de === leicht && isHard(de))
    found.push(
      source.at('warning', name, [...path, 'leicht'], `«${leicht}» ist keine Leichte Sprache: Es steht so auch auf Deutsch. Schreiben Sie es einfacher.`),
    );
  else if (leicht === en && de !== en && /\s/.test(en))
    found.push(source.at('warning', name, [...path, 'leicht'], `«${leicht}» ist der englische Text. Schreiben Sie ihn in Leichter Sprache.`));
  return found;
}

const isProperName = (text: string): boolean => text.split(/\s+/).every((word) => /^[\p{Lu}\d(]/u.test(word));
const isHard = (text: string): boolean => {
  const words = text.split(/\s+/);
  return words.length > HARD_WORDS || words.some((word) => word.split('-').some((part) => part.length >= HARD_LETTERS));
};

/** What the draft of a decision fills in; the procedure knows no other. */
export function placeholdersOf({ process }: ServicePackage): readonly string[] {
  // the sum of the item decision's numbers
  return process.itemDecision === undefined ? [] : ['ersatz'];
}

function lintPlaceholders(pkg: ServicePackage, source: PackageSource): Finding[] {
  const known = placeholdersOf(pkg);
  const texts: [path: TreePath, text: string, filled: boolean][] = [
    ...pkg.blocks.nebenbestimmungen.map((block, index): [TreePath, string, boolean] => [
      ['nebenbestimmungen', index, 'text'],
      block.text,
      pkg.automation === undefined || block.proposedWhen !== 'true',
    ]),
    ...pkg.blocks.discretion.map((block, index): [TreePath, string, boolean] => [['discretion', index, 'text'], block.text, false]),
    ...Object.entries(pkg.blocks.operative).map(([outcome, text]): [TreePath, string, boolean] => [['operative', outcome], text, false]),
  ];
  return texts.flatMap(([path, text, filled]) => {
    const names = [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]!);
    const wrong = names.find((name) => !filled || !known.includes(name));
    if (wrong !== undefined) return [source.at('error', 'textbausteine.yaml', path, placeholderMessage(wrong, filled ? known : []))];
    return /[{}]/.test(text.replace(/\{[^{}]*\}/g, ''))
      ? [source.at('error', 'textbausteine.yaml', path, 'Eine geschweifte Klammer steht allein. Schließen Sie den Platzhalter, oder streichen Sie sie.')]
      : [];
  });
}

const placeholderMessage = (name: string, known: readonly string[]): string =>
  `Den Platzhalter «{${name}}» füllt hier niemand; er stünde so im Bescheid. ${known.length === 0 ? 'Schreiben Sie den Text ohne Platzhalter.' : `Möglich: ${known.map((one) => `{${one}}`).join(', ')}.`}`;
