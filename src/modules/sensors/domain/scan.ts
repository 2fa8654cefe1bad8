import { mistake } from './mistake.ts';

type TokenKind = 'geography' | 'duration' | 'string' | 'interval' | 'time' | 'date' | 'timeOfDay' | 'number' | 'option' | 'name' | 'sign' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Without quotes and prefix; doubled quotes are one. */
  readonly text: string;
  readonly at: number;
}

/** What one query may cost before the database sees it. */
export const LIMITS = { characters: 16_384, tokens: 2_000, depth: 50 };

const DAY = String.raw`\d{4}-\d\d-\d\d`;
const INSTANT = String.raw`${DAY}T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)`;

/** In this order. No rule can read one character in two ways, so each takes linear time. */
const RULES: readonly (readonly [TokenKind, RegExp])[] = [
  ['geography', /geography'((?:[^']|'')*)'/y],
  ['duration', /duration'([^']*)'/y],
  ['string', /'((?:[^']|'')*)'/y],
  ['interval', new RegExp(`(${INSTANT}/${INSTANT})`, 'y')],
  ['time', new RegExp(`(${INSTANT})`, 'y')],
  ['date', new RegExp(`(${DAY})(?!T)`, 'y')],
  ['timeOfDay', /(\d\d:\d\d:\d\d(?:\.\d{1,9})?)/y],
  ['number', /(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?!\d*-)/y],
  ['option', /(\$[A-Za-z]+)/y],
  ['name', /(@?[\p{L}_](?:[\p{L}\p{N}_.]|-(?=[\p{L}\p{N}_]))*)/uy],
  ['sign', /([(),;:=/*-])/y],
];

const SPACE = /\s*/y;

/** The tokens of a query option; the last one is `end`. Throws a mistake. */
export function scan(source: string): readonly Token[] {
  if (source.length > LIMITS.characters) mistake(LIMITS.characters, `Die Abfrage ist zu lang. Erlaubt sind ${String(LIMITS.characters)} Zeichen.`);
  const tokens: Token[] = [];
  let at = skipSpace(source, 0);
  while (at < source.length) {
    const [token, end] = tokenAt(source, at);
    tokens.push(token);
    if (tokens.length > LIMITS.tokens) mistake(at, `Die Abfrage hat zu viele Teile. Erlaubt sind ${String(LIMITS.tokens)}.`);
    at = skipSpace(source, end);
  }
  tokens.push({ kind: 'end', text: '', at: source.length });
  return tokens;
}

function tokenAt(source: string, at: number): readonly [Token, number] {
  for (const [kind, rule] of RULES) {
    rule.lastIndex = at;
    const text = rule.exec(source)?.[1];
    if (text !== undefined) return [{ kind, text: text.replaceAll("''", "'"), at }, rule.lastIndex];
  }
  const sign = String.fromCodePoint(source.codePointAt(at) ?? 0);
  if (sign === "'") mistake(at, 'Der Text hat kein Ende. Schließen Sie ihn mit einem einfachen Anführungszeichen.');
  if (/\d/.test(sign)) mistake(at, 'Die Zahl oder Zeit ist unvollständig. Zeiten brauchen eine Zeitzone, zum Beispiel 2026-01-31T08:00:00Z.');
  return mistake(at, `Das Zeichen „${sign}“ hat hier keine Bedeutung.`);
}

function skipSpace(source: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.exec(source);
  return SPACE.lastIndex;
}
