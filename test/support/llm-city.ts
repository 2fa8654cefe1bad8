import type { Actor } from '../../src/kernel/actor.ts';
import type { KnownParty, LanguageModels, ModelOrder } from '../../src/kernel/language-model.ts';
import { ok } from '../../src/kernel/result.ts';
import {
  ASSISTANT_USES,
  languageModels,
  llmContext,
  type LlmContext,
  type LlmOptions,
  type MaskingPort,
  type ModelEntry,
} from '../../src/modules/llm/public.ts';
import { ACTORS } from './test-server.ts';
import { temporaryCity, type TemporaryCity } from './temporary-city.ts';

/** A model of the register at an endpoint, cleared for what a test needs. */
export const modelAt = (baseUrl: string, more: Partial<ModelEntry> = {}): ModelEntry => ({
  key: 'test',
  label: 'Test-Modell',
  source: { kind: 'openai', baseUrl },
  model: 'fake',
  embeddingModel: 'fake',
  uses: ['*'],
  dataClass: 'internal',
  outside: true,
  centsPer1000InputTokens: 1,
  centsPer1000OutputTokens: 2,
  contextTokens: 32_000,
  maxOutputTokens: 2000,
  idleSeconds: 20,
  contact: 'IT der Stadt',
  legalBasis: '§ 4 HmbDSG',
  since: '2026-11-01',
  ...more,
});

/** Plain pseudonyms: names of parties and nothing more. */
export const plainMasking: MaskingPort<ReadonlyMap<string, string>> = {
  mask(texts, parties) {
    const key = new Map(parties.flatMap((party, at) => namesOf(party).map((name, nth) => [`[[P${at}-${nth}]]`, name] as const)));
    let places = 0;
    const masked = texts.map((text) => {
      let out = text;
      for (const [mark, name] of key) {
        places += out.split(name).length - 1;
        out = out.replaceAll(name, mark);
      }
      return out;
    });
    return ok({ texts: masked, key, places });
  },
  unmask: (text, key) => [...key].reduce((out, [mark, name]) => out.replaceAll(mark, name), text),
  unmasking(key) {
    let held = '';
    return {
      push(piece) {
        held += piece;
        const open = held.lastIndexOf('[');
        const cut = open === -1 || held.indexOf(']]', open) !== -1 ? held.length : held[open - 1] === '[' ? open - 1 : open;
        const out = plainMasking.unmask(held.slice(0, cut), key);
        held = held.slice(cut);
        return out;
      },
      end: () => plainMasking.unmask(held, key),
    };
  },
  specialCategories: (text) => (/Diagnose|Kirchenmitglied/.test(text) ? ['Gesundheit'] : []),
};

const namesOf = ({ familyName, givenNames, street, email, identifiers = [] }: KnownParty): string[] =>
  [email, street, familyName, givenNames, ...identifiers].filter((one) => one !== undefined);

export const order = (more: Partial<ModelOrder> = {}): ModelOrder => ({
  use: 'zusammenfassen',
  prompt: { id: 'kurz', version: '1' },
  instruction: 'Fassen Sie den Text zusammen.',
  data: [{ label: 'D1', text: 'Die Brücke wird im Mai gesperrt. Der Bus fährt weiter.' }],
  dataClass: 'public',
  parties: [],
  maxTokens: 500,
  ...more,
});

export const OFFICER: Actor = ACTORS.sachbearbeitung;

export interface LlmCity {
  readonly city: TemporaryCity;
  readonly llm: LlmContext;
  readonly models: LanguageModels<Actor>;
  /** The same city with other models or masking. */
  with(options: Partial<LlmOptions>): { readonly llm: LlmContext; readonly models: LanguageModels<Actor> };
  close(): Promise<void>;
}

/** A city whose models are these. */
export async function llmCity(options: Partial<LlmOptions> = {}): Promise<LlmCity> {
  const city = await temporaryCity();
  const make = (more: Partial<LlmOptions>) => {
    const llm = llmContext(city.ctx, { models: [], uses: ASSISTANT_USES, masking: plainMasking, secret: 'x'.repeat(32), ...options, ...more });
    return { llm, models: languageModels(llm) };
  };
  return { city, ...make({}), with: make, close: () => city.close() };
}

/** Everything a stream said, piece by piece. */
export async function read(text: AsyncIterable<string>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of text) pieces.push(piece);
  return pieces;
}
