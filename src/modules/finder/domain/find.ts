import { FILLERS, KINDS, SCENES } from './fillers.ts';
import { kinship } from './kinship.ts';
import { partsOf } from './parts.ts';
import { bestPassage } from './passage.ts';
import { LANGS, sentencesOf, type FinderService, type Lang, type ServicePassage, type WordTools } from './service.ts';

export interface Found {
  readonly key: string;
  readonly passage: ServicePassage;
  /** How much of the wish the texts of the package explain, 0 to 1. */
  readonly score: number;
  /** `model`: a language model named it; the passage stands in the catalogue all the same. */
  readonly by: 'rules' | 'model';
}

/** One wish of a question with what serves it. Nothing in both lists: the catalogue has nothing. */
export interface PartAnswer {
  readonly text: string;
  readonly sure: readonly Found[];
  readonly perhaps: readonly Found[];
}

/** Bounds, tuned on one half of the question set (see the module's README). */
export const BOUNDS = { sure: 0.6, anchor: 0.75, perhaps: 0.55, weakAnchor: 0.5, behind: 0.8, level: 0.97, most: 3 } as const;

/** What each service says, word by word, with how much that tells. Made once for a catalogue. */
export interface FinderIndex {
  readonly services: readonly IndexedService[];
  readonly tools: WordTools;
}

interface IndexedService {
  readonly service: FinderService;
  /** How much a word tells of this service: where it stands, and in how many others it stands. */
  readonly words: ReadonlyMap<string, number>;
  /** Words of its description and needs: they explain, but name nothing. */
  readonly besides: ReadonlySet<string>;
  readonly phrases: readonly (readonly string[])[];
}

const PLACES = { name: 1, situation: 1, summary: 0.7 } as const;

/** Leichte Sprache parts its compounds; «Bau-Plan» is a plan, and not to build. */
const whole = (text: string): string => text.replace(/(?<=\p{L}{2})-(?=\p{L}{2})/gu, '');

/** The words of a text that name a subject; `bald` and `Sie` do not. */
export const subjectWords = (tools: WordTools, text: string): string[] =>
  [...new Set(tools.contentWords(whole(text)))].filter((word) => !FILLERS.has(word) && !/^\d+$/.test(word));

export function finderIndex(services: readonly FinderService[], tools: WordTools): FinderIndex {
  const weighed = services.map((service) => ({ service, places: placesOf(service, tools) }));
  const holders = (word: string): number => weighed.filter(({ places }) => places.has(word)).length;
  return {
    tools,
    services: weighed.map(({ service, places }) => ({
      service,
      words: new Map([...places].map(([word, weight]) => [word, weight * (KINDS.has(word) ? 0.3 : 1 / Math.sqrt(holders(word)))])),
      besides: new Set(
        LANGS.flatMap((lang) => [service.description[lang], ...service.needs.map((need) => need[lang])]).flatMap((text) => subjectWords(tools, text)),
      ),
      phrases: [...service.situations, ...Object.values(service.name)]
        .map((text) => subjectWords(tools, text))
        .filter((phrase) => phrase.some((word) => !KINDS.has(word))),
    })),
  };
}

function placesOf(service: FinderService, tools: WordTools): Map<string, number> {
  const places = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of subjectWords(tools, text)) places.set(word, Math.max(places.get(word) ?? 0, weight));
  };
  for (const lang of LANGS) {
    add(service.name[lang], PLACES.name);
    for (const sentence of sentencesOf(service.summary[lang])) add(sentence, PLACES.summary);
  }
  for (const situation of service.situations) add(situation, PLACES.situation);
  return places;
}

/** What of the catalogue serves each wish of a question. */
export function findServices(index: FinderIndex, question: string, lang: Lang): PartAnswer[] {
  const { tools } = index;
  const parts = partsOf(question, (text) => askedWords(tools, text).some(({ word }) => !KINDS.has(word))).map((text) => answerPart(index, text, lang));
  return withoutRepeats(parts);
}

/** What fits another wish surely is no news as a «perhaps» of this one, where something else is. */
function withoutRepeats(parts: readonly PartAnswer[]): PartAnswer[] {
  const sure = new Set(parts.flatMap((part) => part.sure.map(({ key }) => key)));
  return parts.map((part) => {
    const news = part.perhaps.filter(({ key }) => !sure.has(key));
    return part.sure.length + news.length === 0 ? part : { ...part, perhaps: news };
  });
}

interface AskedWord {
  readonly word: string;
  /** How much it weighs where a service does not know it. */
  readonly unknown: number;
}

/** Longer wishes are pasted texts; their beginning says what is wanted. */
const MOST_WORDS = 24;

/** Unknown things count against a service more than unknown doings: German writes things with a capital, and long. */
function askedWords(tools: WordTools, text: string): AskedWord[] {
  const things = new Set((text.match(/(?<=\S\s+)\p{Lu}[\p{L}-]{3,}/gu) ?? []).flatMap((one) => tools.contentWords(one)));
  return subjectWords(tools, text)
    .slice(0, MOST_WORDS)
    .map((word) => ({ word, unknown: KINDS.has(word) ? 0.3 : things.has(word) || word.length >= 9 ? 1.3 : 0.6 }));
}

function answerPart(index: FinderIndex, text: string, lang: Lang): PartAnswer {
  const asked = askedWords(index.tools, text);
  const judged = index.services
    .map((one) => ({ one, ...judge(index.tools, one, asked) }))
    .filter(({ score, anchor }) => score >= BOUNDS.perhaps && anchor >= BOUNDS.weakAnchor)
    .sort((a, b) => b.score - a.score || b.anchor - a.anchor);
  const best = judged[0]?.score ?? 0;
  const near = judged.filter(({ score }) => score >= best * BOUNDS.behind).slice(0, BOUNDS.most);
  const found = (of: typeof near): Found[] =>
    of.map(({ one: { service }, score }) => ({
      key: service.key,
      score,
      by: 'rules',
      passage: bestPassage(
        index.tools,
        service,
        asked.map(({ word }) => word),
        lang,
      ),
    }));
  const isSure = ({ score, anchor }: (typeof near)[number]): boolean => score >= BOUNDS.sure && anchor >= BOUNDS.anchor && score >= best * BOUNDS.level;
  return { text, sure: found(near.filter(isSure)), perhaps: found(near.filter((one) => !isSure(one))) };
}

/** A whole situation or name is in the wish. */
const PHRASE = 0.9;
/** How much a scene tells by itself. */
const SCENE = 0.4;

function judge(
  tools: WordTools,
  { words, besides, phrases }: IndexedService,
  asked: readonly AskedWord[],
): { readonly score: number; readonly anchor: number } {
  let [known, total, anchor] = [0, 0, 0];
  for (const { word, unknown } of asked) {
    let [strength, telling] = [0, 0];
    for (const [other, weight] of words) {
      const kin = kinship(tools, word, other).strength;
      strength = Math.max(strength, kin * Math.sqrt(weight));
      telling = Math.max(telling, kin * weight * (SCENES.has(other) ? SCENE : 1));
    }
    if (strength < 0.5) for (const other of besides) strength = Math.max(strength, kinship(tools, word, other).strength * 0.5);
    anchor = Math.max(anchor, KINDS.has(word) ? 0 : telling * (SCENES.has(word) ? SCENE : 1));
    const weight = strength >= 0.5 ? (KINDS.has(word) ? 0.3 : 1) : unknown;
    known += weight * strength;
    total += weight;
  }
  const share = total === 0 ? 0 : known / total;
  const said = phrases.some((phrase) => phrase.length > 1 && phrase.every((word) => asked.some((one) => kinship(tools, one.word, word).strength >= 0.75)));
  return said ? { score: Math.max(share, PHRASE), anchor: Math.max(anchor, PHRASE) } : { score: share, anchor };
}
