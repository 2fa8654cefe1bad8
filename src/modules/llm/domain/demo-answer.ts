import type { ModelTurn } from '../../../kernel/language-model.ts';

/**
 * What the demo model says: sentences of the sources, put together. It is no language model; it shows the way an
 * answer goes through the city, and says so itself.
 */
export function demoAnswer(turns: readonly ModelTurn[]): string {
  const sources = sourcesIn(turns);
  if (sources.length === 0) return `${NO_SOURCE} Gefragt war: ${firstOf(turns.findLast(({ role }) => role === 'user')?.text ?? '')}`;
  return sources.map(({ label, sentences }) => `${sentences.slice(0, 2).join(' ')} (${label})`).join('\n\n');
}

const NO_SOURCE = 'Ich bin ein Demo-Modell und kein Sprachmodell. Ohne Quelle kann ich nichts zusammensetzen.';

interface Source {
  readonly label: string;
  readonly sentences: readonly string[];
}

/** Documents in the city's frames. */
function sourcesIn(turns: readonly ModelTurn[]): Source[] {
  const text = turns.findLast(({ role }) => role === 'user')?.text ?? '';
  return [...text.matchAll(/<<<DATEN (.*) (\S+)>>>\n([\s\S]*?)\n<<<ENDE \1 \2>>>/g)].map(([, label = '', , body = '']) => ({
    label,
    sentences: sentencesOf(body),
  }));
}

const sentencesOf = (text: string): string[] => {
  const found = [...new Intl.Segmenter('de', { granularity: 'sentence' }).segment(text)]
    .map(({ segment }) => segment.trim())
    .filter((one) => /\p{L}{3}/u.test(one));
  return found.length === 0 ? ['–'] : found;
};

const firstOf = (text: string): string => sentencesOf(text)[0]!.slice(0, 300);

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly anyOf?: readonly Schema[];
}

const MOST_ITEMS = 3;

/** As `demoAnswer`, as a value of a JSON schema: names of sources where a property asks for them, sentences elsewhere. */
export function demoObject(turns: readonly ModelTurn[], schema: object): unknown {
  const sources = sourcesIn(turns);
  const [first = { label: 'D1', sentences: ['–'] }] = sources;
  return valueOf(schema, '', { sources, source: first, sentence: first.sentences[0]! });
}

interface Place {
  readonly sources: readonly Source[];
  readonly source: Source;
  readonly sentence: string;
}

const NAMES_A_SOURCE = /label|source|quelle|chunk|passage|fundstelle|document|dokument|^id$|Id$/;

function valueOf(schema: Schema, name: string, place: Place): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf?.[0] !== undefined) return valueOf(schema.anyOf[0], name, place);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  switch (type) {
    case 'array':
      return itemsOf(schema, name, place);
    case 'string':
      return NAMES_A_SOURCE.test(name) ? place.source.label : place.sentence;
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, one]) => [key, valueOf(one, key, place)]));
  }
}

/** One item a source, as many as the schema allows. */
function itemsOf({ items = {}, minItems = 1, maxItems = MOST_ITEMS }: Schema, name: string, place: Place): unknown[] {
  const count = Math.min(Math.max(minItems, Math.min(place.sources.length, MOST_ITEMS)), maxItems);
  return Array.from({ length: count }, (_, at) => {
    const source = place.sources[at % Math.max(1, place.sources.length)] ?? place.source;
    return valueOf(items, name, {
      ...place,
      source,
      sentence: source.sentences[Math.floor(at / Math.max(1, place.sources.length)) % source.sentences.length]!,
    });
  });
}

/** A vector that is the same for the same text: how often each pair of letters falls into each of its places. */
export function demoVector(text: string, size: number): number[] {
  const vector = Array.from({ length: size }, () => 0);
  const lower = text.toLowerCase();
  for (let at = 0; at + 1 < lower.length; at += 1) {
    const place = (lower.charCodeAt(at) * 31 + lower.charCodeAt(at + 1)) % size;
    vector[place] = vector[place]! + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((one) => one / length);
}
