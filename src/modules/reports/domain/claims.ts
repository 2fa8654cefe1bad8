import type { Category } from '../../../kernel/report.ts';
import { normalised } from './text-print.ts';

/** One fact that a report states and another can deny. */
export type Claim =
  | { readonly topic: 'gate'; readonly says: 'open' | 'closed' }
  | { readonly topic: 'road'; readonly says: 'passable' | 'blocked' }
  | { readonly topic: 'person'; readonly says: 'missing' | 'found' }
  /** Metres above NHN; the uncertainty is one standard deviation. */
  | { readonly topic: 'level'; readonly says: number; readonly uncertaintyMetres: number };
export type Topic = Claim['topic'];

const NOT_CLOSED = /nicht (mehr )?(geschlossen|zu\b|dicht|verschlossen)|schliesst nicht|nicht schliessen|laesst sich nicht schl/;
const OPEN = /\boffen\b|steht auf\b|geoeffnet|klemmt|undicht/;
const CLOSED = /geschlossen|\bzu\b|\bdicht\b|verschlossen|ist gesetzt/;
const NOT_PASSABLE = /nicht (mehr )?(passierbar|befahrbar|frei)|unpassierbar|unbefahrbar/;
const PASSABLE = /passierbar|befahrbar|\bfrei\b|trocken|kommt man (gut )?durch/;
const BLOCKED = /gesperrt|kein durchkommen|blockiert|versperrt|sperrung|unter wasser|ueberflut|ueberschwemm/;
const FOUND = /gefunden|gerettet|geborgen|wohlauf|in sicherheit|wieder (da|aufgetaucht)|aus dem wasser (geholt|gezogen)/;
const MISSING = /vermisst|verschwunden|gesucht|treibt|im wasser|in der elbe|ertrink/;

/** What a text states, as far as plain German rules find it. */
export function claimsIn(text: string, category: Category): Claim[] {
  const plain = normalised(text);
  switch (category) {
    case 'gate':
      if (NOT_CLOSED.test(plain) || OPEN.test(plain)) return [{ topic: 'gate', says: 'open' }];
      return CLOSED.test(plain) ? [{ topic: 'gate', says: 'closed' }] : [];
    case 'flooded-street':
    case 'blocked-road':
      if (NOT_PASSABLE.test(plain)) return [{ topic: 'road', says: 'blocked' }];
      if (PASSABLE.test(plain)) return [{ topic: 'road', says: 'passable' }];
      return BLOCKED.test(plain) ? [{ topic: 'road', says: 'blocked' }] : [];
    case 'person-in-water':
    case 'missing-person':
      if (FOUND.test(plain) && !/nicht (gefunden|gerettet)/.test(plain)) return [{ topic: 'person', says: 'found' }];
      return MISSING.test(plain) ? [{ topic: 'person', says: 'missing' }] : [];
    case 'water-level':
      return levelIn(plain);
    default:
      return [];
  }
}

/** `6,10 m` said of a level: right to a tenth of a metre. */
function levelIn(plain: string): Claim[] {
  const found = /\b(\d{1,2}(?:\.\d{1,2})?) ?(?:m\b|meter)/.exec(plain);
  return found === null ? [] : [{ topic: 'level', says: Number(found[1]), uncertaintyMetres: 0.1 }];
}

/** What a claim says in one word, for tables. */
export const saysOf = (claim: Claim): string => String(claim.says);

/** So many minutes apart, two facts about a thing may both have been true. */
const BOTH_TRUE_AFTER_MINUTES: Readonly<Record<Topic, number>> = { gate: 20, road: 30, person: 120, level: 20 };
/** A storm surge rises no faster. */
const RISE_METRES_PER_MINUTE = 1 / 60;

/** Whether two facts cannot both be so. @param minutes from the first to the second, negative when it is the other way round */
export function contradict(a: Claim, b: Claim, minutes: number): boolean {
  if (a.topic !== b.topic || Math.abs(minutes) > BOTH_TRUE_AFTER_MINUTES[a.topic]) return false;
  if (a.topic === 'level' && b.topic === 'level') {
    const allowed = 3 * Math.hypot(a.uncertaintyMetres, b.uncertaintyMetres) + Math.abs(minutes) * RISE_METRES_PER_MINUTE;
    return Math.abs(a.says - b.says) > allowed;
  }
  if (a.says === b.says) return false;
  // found after missing is how it should end; missing after found is a contradiction
  if (a.topic === 'person') return (a.says === 'found' ? minutes : -minutes) > 0;
  return true;
}
