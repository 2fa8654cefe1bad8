import type { Feel } from './feel.ts';
import { nearest } from './nearest.ts';

/** A word, number or sign of a formula; `at` counts from 1, as people do. */
interface Token {
  readonly text: string;
  readonly at: number;
}

/** What is divided by, and where it stands. */
export interface Divisor {
  readonly text: string;
  readonly at: number;
}

const WORDS = ['if', 'then', 'else', 'and', 'or', 'not', 'min', 'max', 'abs'];
const LONGEST = 500;
const TOKEN = /\d+(?:\.\d+)?|[A-Za-z_]\w*|\*\*|<=|>=|!=|[-+*/()<>=,]/y;

/** The tokens of a formula, or where something stands that none begins with. */
function tokensOf(text: string): readonly Token[] | { readonly strangeAt: number } {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text[at]!)) {
      at += 1;
      continue;
    }
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null) return { strangeAt: at + 1 };
    tokens.push({ text: found[0], at: at + 1 });
    at += found[0].length;
  }
  return tokens;
}

const isName = ({ text }: Token): boolean => /^[A-Za-z_]/.test(text) && !WORDS.includes(text);

/** The names that a readable formula asks for, each once. */
export function namesIn(formula: string): string[] {
  const tokens = tokensOf(formula);
  return 'strangeAt' in tokens ? [] : [...new Set(tokens.filter(isName).map(({ text }) => text))];
}

/** Everything that is divided by: the operand right of each `/`, with its sign and power. */
export function divisorsIn(formula: string): Divisor[] {
  const tokens = tokensOf(formula);
  if ('strangeAt' in tokens) return [];
  return tokens.flatMap((token, index) => {
    const first = tokens[index + 1];
    if (token.text !== '/' || first === undefined) return [];
    const last = tokens[operandEnd(tokens, index + 1)] ?? tokens.at(-1)!;
    return [{ text: formula.slice(first.at - 1, last.at - 1 + last.text.length), at: first.at }];
  });
}

/** Index of the last token of the operand that begins here. */
function operandEnd(tokens: readonly Token[], from: number): number {
  let at = from;
  while (tokens[at]?.text === '-') at += 1;
  if (tokens[at] !== undefined && tokens[at]!.text !== '(' && tokens[at + 1]?.text === '(') at += 1;
  if (tokens[at]?.text === '(') {
    for (let depth = 0; at < tokens.length; at += 1) {
      depth += tokens[at]!.text === '(' ? 1 : tokens[at]!.text === ')' ? -1 : 0;
      if (depth === 0) break;
    }
  }
  return tokens[at + 1]?.text === '**' ? operandEnd(tokens, at + 2) : at;
}

/**
 * Why a formula cannot be kept, in a plain sentence that names the place; `undefined`: it can.
 * What can become zero but need not is no mistake: then the figure is unknown, and says why.
 */
export function formulaMistake(formula: string, known: readonly string[], feel: Feel): string | undefined {
  if (formula.trim() === '') return 'Schreiben Sie die Formel auf, etwa: decided / received.';
  if (formula.length > LONGEST) return `Kürzen Sie die Formel auf ${LONGEST} Zeichen; Teile können eigene Kennzahlen sein.`;
  const tokens = tokensOf(formula);
  if ('strangeAt' in tokens)
    return `An Stelle ${tokens.strangeAt} steht „${formula[tokens.strangeAt - 1]}“. Eine Formel besteht aus Zahlen, Namen, + - * / **, Klammern, Vergleichen, if … then … else, min, max und abs.`;
  const unknown = tokens.find((token) => isName(token) && !known.includes(token.text));
  if (unknown !== undefined) return unknownName(unknown, known);
  const mistake = feel.mistake(formula);
  if (mistake !== undefined) return `Die Formel ist nicht zu lesen: ${mistake}.`;
  const bare = divisorsIn(formula).find(({ text }) => /^(if|not)\b/.test(text));
  if (bare !== undefined) return `Setzen Sie den Teiler an Stelle ${bare.at} in Klammern.`;
  const zero = divisorsIn(formula).find(({ text }) => samples(text).every((values) => feel.evaluate(text, values) === 0));
  if (zero !== undefined) return `An Stelle ${zero.at} wird durch „${zero.text}“ geteilt, und das ist immer 0. Teilen Sie durch etwas anderes.`;
  const gives = samples(formula).some((values) => typeof feel.evaluate(formula, values) === 'number');
  return gives ? undefined : 'Die Formel ergibt keine Zahl. Ein Vergleich braucht ein „if … then … else …“ darum.';
}

function unknownName({ text, at }: Token, known: readonly string[]): string {
  const meant = nearest(text, known);
  return `„${text}“ an Stelle ${at} gibt es nicht. ${meant === undefined ? 'Die Liste unter dem Feld nennt alle Namen.' : `Meinen Sie „${meant}“?`}`;
}

/** Values that no two names share: what is zero for all of these is zero for good. */
function samples(text: string): Record<string, number>[] {
  const names = namesIn(text);
  return [7, 11, 13, 101, 1009].map((seed) => Object.fromEntries(names.map((name, index) => [name, (seed * (index + 2) ** 2) % 9973 || 1])));
}

/** Why a formula has no value now. */
export type NoValue =
  | { readonly kind: 'zero'; readonly divisor: Divisor }
  | { readonly kind: 'unknown-name'; readonly name: string }
  | { readonly kind: 'no-number' };

/** Value of a formula; a branch that is not taken need not be known. */
export function valueOf(formula: string, values: Readonly<Record<string, number | null>>, feel: Feel): number | NoValue {
  const value = feel.evaluate(formula, values);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  // zero first: a divisor of which a part is unknown is not zero, it is unknown
  const divisor = divisorsIn(formula).find(({ text }) => feel.evaluate(text, values) === 0);
  if (divisor !== undefined) return { kind: 'zero', divisor };
  const name = namesIn(formula).find((one) => values[one] === null || values[one] === undefined);
  return name === undefined ? { kind: 'no-number' } : { kind: 'unknown-name', name };
}

/** The way round from an indicator back to itself, e.g. `a → b → a`. @param uses the names that each indicator's formula asks for */
export function circleFrom(start: string, uses: (name: string) => readonly string[]): readonly string[] | undefined {
  const clean = new Set<string>();
  const search = (name: string, path: readonly string[]): readonly string[] | undefined => {
    const seen = path.indexOf(name);
    if (seen >= 0) return [...path.slice(seen), name];
    if (clean.has(name)) return undefined;
    for (const next of uses(name)) {
      const found = search(next, [...path, name]);
      if (found !== undefined) return found;
    }
    clean.add(name);
    return undefined;
  };
  return search(start, []);
}
