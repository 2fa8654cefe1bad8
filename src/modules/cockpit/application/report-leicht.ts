import { belonging, fieldsInOrder, type Strategy } from '../domain/items.ts';
import type { Light, Words } from '../domain/items.ts';
import { isNote, type Status } from '../domain/status.ts';
import { inLanguage, reasonSentence, setSentence } from './reason-words.ts';
import type { Standing } from './read-strategy.ts';

/** So many of each kind; more would leave the first pages. */
const MOST = 8;
const MOST_REASONS = 2;

/** What there is only in hard language says so. */
function leicht(words: Words): string {
  const { text, missing } = inLanguage(words, 'leicht');
  return missing ? `${text} (schwere Sprache)` : text;
}

const sentences = (text: string): string[] => text.split(/(?<=[.!?])\s+/u).filter((one) => one !== '');

/** The first pages of the report, in Leichte Sprache: what the city wants, what works and what does not. */
export function leichtPart({ strategy, statuses, indicators }: Standing) {
  const nameOf = (key: string): string => indicators?.get(key)?.name.leicht ?? key;
  const of = (...lights: (Light | 'none')[]) => [...statuses].filter(([, { light }]) => lights.includes(light));
  const whyOf = (status: Status): string[] => {
    // what is not known, or has no target, has made no light red
    const causes = status.reasons.filter((one) => !isNote(one));
    const said = [setSentence(status, 'leicht'), ...causes.map((reason) => reasonSentence(reason, strategy, 'leicht', nameOf))];
    return said.filter((one) => one !== undefined).slice(0, MOST_REASONS);
  };
  const title = (measure: string): string => leicht(strategy.measure.get(measure)!.title);
  const [good, bad, unknown] = [of('green'), of('red', 'yellow').toSorted(([, a]) => (a.light === 'red' ? -1 : 1)), of('none')];
  return {
    summary: `Kurz in Leichter Sprache: Die Stadt hat ${strategy.measure.size} Vorhaben. ${good.length} klappen. ${bad.length} klappen nicht gut.${unknown.length === 0 ? '' : ` Bei ${unknown.length} wissen wir es nicht.`}`,
    wants: wants(strategy),
    works: good.slice(0, MOST).map(([key]) => title(key)),
    worksMore: more(good.length),
    fails: bad.slice(0, MOST).map(([key, status]) => ({ name: title(key), why: whyOf(status).flatMap(sentences) })),
    failsMore: more(bad.length),
    unknown: unknown.slice(0, MOST).map(([key]) => title(key)),
    unknownMore: more(unknown.length),
  };
}

const more = (count: number): string => (count <= MOST ? '' : `Und noch ${count - MOST}. Sie stehen weiter hinten im Bericht.`);

const wants = (strategy: Strategy): { name: string; lines: string[] }[] =>
  fieldsInOrder(strategy).map((field) => ({
    name: leicht(field.title),
    lines: belonging(strategy, 'vision', (one) => one.field === field.key).flatMap(({ text }) => sentences(leicht(text))),
  }));
