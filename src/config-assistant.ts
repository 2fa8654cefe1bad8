import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isIP } from 'node:net';
import { parse } from 'yaml';
import { z } from 'zod';
import { isPublicAddress } from './platform/outbound/public-address.ts';

/** A language model as the operator entered it (docs/how-to/assistant.md). */
export interface AssistantModel {
  readonly key: string;
  readonly label: string;
  readonly source: { readonly kind: 'openai'; readonly baseUrl: string; readonly apiKey?: string } | { readonly kind: 'gguf'; readonly file: string };
  readonly model: string;
  readonly embeddingModel?: string;
  readonly embeddingSize?: number;
  readonly uses: readonly string[];
  readonly dataClass: 'public' | 'internal' | 'personal';
  readonly outside: boolean;
  readonly centsPer1000InputTokens: number;
  readonly centsPer1000OutputTokens: number;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly idleSeconds: number;
  readonly contact: string;
  readonly legalBasis: string;
  readonly since: string;
}

/** Names of the environment that belong to the assistant; secrets of models are named `ASSISTANT_KEY_…`. */
export const ASSISTANT_VARIABLES = [
  'ASSISTANT_MODELS',
  'ASSISTANT_BASE_URL',
  'ASSISTANT_MODEL',
  'ASSISTANT_API_KEY',
  'ASSISTANT_EMBEDDING_MODEL',
  'ASSISTANT_DATA_CLASS',
] as const;

type Env = Readonly<Record<string, string | undefined>>;
export interface AssistantModels {
  readonly models: readonly AssistantModel[];
  readonly mistakes: readonly string[];
}

const words = (most: number) => z.string().trim().min(1, 'darf nicht leer sein.').max(most, `darf höchstens ${most} Zeichen haben.`);
const price = z.number('muss eine Zahl sein.').min(0, 'darf nicht kleiner als 0 sein.').max(1000, 'ist zu hoch.').default(0);
const count = (from: number, to: number) =>
  z.number('muss eine Zahl sein.').int('muss eine ganze Zahl sein.').min(from, `muss mindestens ${from} sein.`).max(to, `darf höchstens ${to} sein.`);

const entry = z
  .strictObject({
    key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'besteht aus kleinen Buchstaben, Ziffern und Strichen, höchstens 40 Zeichen.'),
    label: words(120),
    provider: z.enum(['openai', 'gguf'], 'muss openai oder gguf heißen.'),
    baseUrl: z.url({ protocol: /^https?$/, error: 'ist keine Web-Adresse mit http:// oder https://.' }).optional(),
    file: words(1000).optional(),
    model: words(200).optional(),
    apiKeyEnv: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/, 'nennt eine Variable der Umgebung, etwa ASSISTANT_KEY_LLAMA; das Geheimnis selbst steht hier nicht.')
      .optional(),
    embeddingModel: words(200).optional(),
    embeddingSize: count(1, 20_000).optional(),
    uses: z.array(words(60)).min(1, 'muss mindestens eine Verwendung nennen, oder "*" für alle.'),
    dataClass: z.enum(['public', 'internal', 'personal'], 'muss public, internal oder personal heißen.'),
    outside: z.boolean('muss true oder false sein: ob Texte die Rechner der Stadt verlassen.'),
    centsPer1000InputTokens: price,
    centsPer1000OutputTokens: price,
    contextTokens: count(500, 10_000_000),
    maxOutputTokens: count(1, 1_000_000).default(4000),
    idleSeconds: count(1, 600).default(60),
    contact: words(200),
    legalBasis: words(500),
    since: z.iso.date('muss ein Tag sein, etwa 2026-11-29.'),
  })
  .superRefine((one, context) => {
    const mistake = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    if (one.provider === 'openai' && one.baseUrl === undefined) mistake('baseUrl', 'fehlt. Geben Sie die Adresse des Modells an, mit /v1.');
    if (one.provider === 'openai' && one.model === undefined) mistake('model', 'fehlt. Geben Sie an, wie das Modell dort heißt.');
    if (one.provider === 'gguf' && one.file === undefined) mistake('file', 'fehlt. Geben Sie den Pfad der GGUF-Datei an.');
    if (one.provider === 'gguf' && one.outside) mistake('outside', 'ist bei einer GGUF-Datei false: das Modell läuft hier.');
    if (one.outside && one.baseUrl?.startsWith('http://') === true) mistake('baseUrl', 'muss mit https:// beginnen, weil Texte die Stadt verlassen.');
  });
const file = z.strictObject({ models: z.array(entry).max(50, 'darf höchstens 50 Modelle nennen.') });
type Entry = z.output<typeof entry>;

/** Models of the environment: a file that lists them, or one model in short. Mistakes are told, none is thrown. */
export function assistantModels(env: Env, today: string): AssistantModels {
  const { ASSISTANT_MODELS: path, ASSISTANT_BASE_URL: baseUrl, ASSISTANT_MODEL: model } = env;
  if (path !== undefined && (baseUrl !== undefined || model !== undefined))
    return wrong('ASSISTANT_MODELS und ASSISTANT_BASE_URL schließen sich aus. Tragen Sie das Modell in die Datei ein.');
  if (path !== undefined) return fromFile(path, env);
  if (baseUrl === undefined && model === undefined) return { models: [], mistakes: lonely(env) };
  if (baseUrl === undefined || model === undefined)
    return wrong(
      `${baseUrl === undefined ? 'ASSISTANT_BASE_URL' : 'ASSISTANT_MODEL'} fehlt. Diese Einstellungen gehören zusammen: ASSISTANT_BASE_URL, ASSISTANT_MODEL.`,
    );
  return inShort(baseUrl, model, env, today);
}

const wrong = (...mistakes: readonly string[]): AssistantModels => ({ models: [], mistakes });

const lonely = (env: Env): string[] =>
  ASSISTANT_VARIABLES.filter((name) => env[name] !== undefined).map(
    (name) => `${name} gilt nur mit ASSISTANT_BASE_URL und ASSISTANT_MODEL. Geben Sie beide an oder nehmen Sie es heraus.`,
  );

function inShort(baseUrl: string, model: string, env: Env, today: string): AssistantModels {
  const url = URL.parse(baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol))
    return wrong('ASSISTANT_BASE_URL ist keine Web-Adresse. Geben Sie sie mit http:// oder https:// an, etwa http://localhost:11434/v1.');
  const outside = !isInside(url.hostname);
  if (outside && url.protocol === 'http:') return wrong('ASSISTANT_BASE_URL muss mit https:// beginnen, weil Texte die Stadt verlassen.');
  const dataClass = env['ASSISTANT_DATA_CLASS'] ?? 'internal';
  if (dataClass !== 'public' && dataClass !== 'internal' && dataClass !== 'personal')
    return wrong('ASSISTANT_DATA_CLASS muss public, internal oder personal heißen.');
  const { ASSISTANT_API_KEY: apiKey, ASSISTANT_EMBEDDING_MODEL: embeddingModel } = env;
  const one: AssistantModel = {
    key: 'modell',
    label: model,
    source: { kind: 'openai', baseUrl, ...(apiKey === undefined ? {} : { apiKey }) },
    model,
    ...(embeddingModel === undefined ? {} : { embeddingModel }),
    ...{ uses: ['*'], dataClass, outside, centsPer1000InputTokens: 0, centsPer1000OutputTokens: 0 },
    ...{ contextTokens: 32_000, maxOutputTokens: 4000, idleSeconds: 60, contact: 'IT der Stadt', legalBasis: 'nicht angegeben', since: today },
  };
  return { models: [one], mistakes: [] };
}

/** A computer of ours by its address; a name may lead anywhere. */
function isInside(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || (isIP(bare) !== 0 && !isPublicAddress(bare));
}

function fromFile(path: string, env: Env): AssistantModels {
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return wrong(
      `ASSISTANT_MODELS: ${path} lässt sich nicht lesen (${error instanceof Error ? error.message.split('\n')[0] : 'unbekannt'}). Prüfen Sie Pfad und Schreibweise.`,
    );
  }
  const parsed = file.safeParse(content);
  if (!parsed.success) return wrong(...parsed.error.issues.map((issue) => `ASSISTANT_MODELS: ${issue.path.join('.') || path} ${issue.message}`));
  const keys = parsed.data.models.map(({ key }) => key);
  const twice = keys
    .filter((key, at) => keys.indexOf(key) !== at)
    .map((key) => `ASSISTANT_MODELS: ${key} steht zweimal darin. Geben Sie jedem Modell eine eigene Kennung.`);
  const secrets = parsed.data.models.flatMap(({ key, apiKeyEnv }) =>
    apiKeyEnv === undefined || env[apiKeyEnv] !== undefined ? [] : [`${apiKeyEnv} fehlt. Das Modell ${key} braucht es als Schlüssel.`],
  );
  return { models: parsed.data.models.map((one) => toModel(one, dirname(path), env)), mistakes: [...twice, ...secrets] };
}

function toModel({ provider, baseUrl, file: gguf, model, apiKeyEnv, embeddingModel, embeddingSize, ...rest }: Entry, folder: string, env: Env): AssistantModel {
  const apiKey = apiKeyEnv === undefined ? undefined : env[apiKeyEnv];
  const source =
    provider === 'gguf'
      ? ({ kind: 'gguf', file: resolve(folder, gguf ?? '') } as const)
      : ({ kind: 'openai', baseUrl: baseUrl ?? '', ...(apiKey === undefined ? {} : { apiKey }) } as const);
  return {
    ...rest,
    source,
    model: model ?? rest.label,
    ...(embeddingModel === undefined ? {} : { embeddingModel }),
    ...(embeddingSize === undefined ? {} : { embeddingSize }),
  };
}
