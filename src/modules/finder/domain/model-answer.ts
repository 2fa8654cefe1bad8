import type { ModelData, ObjectShape } from '../../../kernel/language-model.ts';
import type { Found, PartAnswer } from './find.ts';
import { FIELDS, LANGS, passagesOf, sentencesOf, type Field, type FinderService, type Lang, type ServicePassage } from './service.ts';

/** What a model says serves a question. Nothing of it is shown that does not stand in the catalogue or in the question. */
export interface ModelFinding {
  readonly items: readonly { readonly wish: string; readonly service: string; readonly quote: string }[];
  /** Wishes that nothing serves. */
  readonly unknown: readonly string[];
}

const MOST_ITEMS = 12;
const LONGEST = 600;

const text = { type: 'string', maxLength: LONGEST };

export const FINDING_SHAPE: ObjectShape<ModelFinding> = {
  jsonSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['items', 'unknown'],
    properties: {
      items: {
        type: 'array',
        maxItems: MOST_ITEMS,
        items: { type: 'object', additionalProperties: false, required: ['wish', 'service', 'quote'], properties: { wish: text, service: text, quote: text } },
      },
      unknown: { type: 'array', maxItems: MOST_ITEMS, items: text },
    },
  },
  parse(value) {
    if (typeof value !== 'object' || value === null || !('items' in value) || !('unknown' in value)) return undefined;
    if (!Array.isArray(value.items) || !Array.isArray(value.unknown)) return undefined;
    const items = value.items.slice(0, MOST_ITEMS).flatMap((one: unknown) => {
      if (typeof one !== 'object' || one === null || !('wish' in one) || !('service' in one) || !('quote' in one)) return [];
      const { wish, service, quote } = one;
      return isShort(wish) && isShort(service) && isShort(quote) ? [{ wish, service, quote }] : [];
    });
    return { items, unknown: value.unknown.slice(0, MOST_ITEMS).filter(isShort) };
  },
};

const isShort = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST;

/** The catalogue as a model reads it: one text a Leistung, labelled with its key. */
export function catalogueData(services: readonly FinderService[], lang: Lang): ModelData[] {
  return services.map((service) => ({
    label: service.key,
    text: [
      service.name[lang],
      ...passagesOf(service, lang)
        .filter(({ field }) => field !== 'name')
        .map(({ quote }) => quote),
    ].join('\n'),
  }));
}

/** Less of a sentence than this could stand anywhere. */
const SHORTEST_PART = 12;

/** Words of a text that name a subject. */
export type Subjects = (text: string) => readonly string[];

/** The whole sentence of the package in which a quote stands word for word; a fragment could say something else. */
export function passageOfQuote(service: FinderService, quote: string, subjects: Subjects): ServicePassage | undefined {
  const wanted = flat(quote);
  if (wanted === '') return undefined;
  const tells = wanted.length >= SHORTEST_PART && subjects(wanted).length > 0;
  for (const lang of LANGS) {
    const found = passagesOf(service, lang).find((passage) => flat(passage.quote) === wanted || (tells && stands(passage.quote, wanted)));
    if (found !== undefined) return found;
    if (!tells) continue;
    // a quote of several sentences: the first of them
    const field = FIELDS.find((one) => textsOf(service, one, lang).some((whole) => flat(whole).includes(wanted)));
    const first = field && passagesOf(service, lang).find((passage) => passage.field === field && wanted.includes(flat(passage.quote)));
    if (first !== undefined) return first;
  }
  return undefined;
}

function textsOf(service: FinderService, field: Field, lang: Lang): readonly string[] {
  if (field === 'situations') return service.situations;
  return field === 'needs' ? service.needs.map((need) => need[lang]) : [service[field][lang]];
}

const flat = (one: string): string => one.replaceAll(/\s+/g, ' ').trim();
const plain = (one: string): string => flat(one).toLowerCase();

/** Whole words of one text in another: an `e` stands in none. */
function stands(text: string, part: string): boolean {
  const [whole, wanted] = [plain(text), plain(part)];
  const isLetter = (one: string | undefined): boolean => one !== undefined && /[\p{L}\p{N}]/u.test(one);
  if (wanted === '') return false;
  for (let at = whole.indexOf(wanted); at !== -1; at = whole.indexOf(wanted, at + 1))
    if (!isLetter(whole[at - 1]) && !isLetter(whole[at + wanted.length])) return true;
  return false;
}

/**
 * The answer of the rules with what a model adds: always only «perhaps», each with a sentence of the catalogue. What
 * the rules found stays. Dropped: services that do not exist, quotes that stand nowhere or say nothing,
 * wishes nobody uttered.
 */
export function withModel(
  parts: readonly PartAnswer[],
  finding: ModelFinding,
  services: readonly FinderService[],
  question: string,
  subjects: Subjects,
): { readonly parts: readonly PartAnswer[]; readonly dropped: number } {
  const answer = parts.map((part) => ({ ...part, perhaps: [...part.perhaps] }));
  let dropped = 0;
  for (const { wish, service: key, quote } of finding.items) {
    const service = services.find((one) => one.key === key);
    const passage = service && passageOfQuote(service, quote, subjects);
    const uttered = stands(question, wish) && subjects(wish).length > 0;
    if (passage === undefined || !uttered) {
      dropped += 1;
      continue;
    }
    if (answer.some((part) => [...part.sure, ...part.perhaps].some((found) => found.key === key))) continue;
    const found: Found = { key, passage, score: 0, by: 'model' };
    const part = answer.find((one) => plain(one.text).includes(plain(wish)) || plain(wish).includes(plain(one.text)));
    if (part === undefined) answer.push({ text: flat(wish), sure: [], perhaps: [found] });
    else part.perhaps.push(found);
  }
  for (const wish of finding.unknown) {
    const known = plain(wish) === '' || !plain(question).includes(plain(wish));
    const covered = answer.some((part) => plain(part.text).includes(plain(wish)) || plain(wish).includes(plain(part.text)));
    if (!known && !covered && sentencesOf(wish).length > 0) answer.push({ text: flat(wish), sure: [], perhaps: [] });
  }
  return { parts: answer, dropped };
}
