import { z } from 'zod';
import { invalidFields, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isShallow, isStorable } from '../../../kernel/storable.ts';
import { LIMITS } from './limits.ts';
import { planGeoJson, readPlan, type NewFeature } from './plan.ts';
import { checkLine, checkScenario, checkText, type CheckedScenario, type Parameters, type Scenario, type Variant } from './scenario.ts';

/** An address of the twin's page, with a name for it. */
export interface KitView {
  readonly title: string;
  readonly address: string;
}

/** A twin put together for one question: data, views, and scenarios with the processes they are run with. */
export interface Kit {
  readonly id: string;
  readonly owner: string;
  readonly title: string;
  readonly question: string;
  readonly views: readonly KitView[];
  readonly scenarioIds: readonly string[];
  /** The city it came from. */
  readonly source: string | null;
  readonly createdAt: Temporal.Instant;
}

/** Version of the file's schema; another number is refused. */
export const KIT_VERSION = 1;

const text = (most: number) => z.string().max(most);
const parameter = z.union([z.number(), text(40), z.array(z.number()).max(64)]);
const line = text(LIMITS.titleLength);
const collectionId = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);
const feature = z.object({
  type: z.literal('Feature'),
  id: z.union([text(200), z.number()]).optional(),
  geometry: z.object({ type: text(30), coordinates: z.unknown() }),
  properties: z.record(text(200), z.union([text(LIMITS.textLength), z.number(), z.boolean(), z.null()])),
});
const data = z.object({
  id: collectionId,
  title: text(500),
  description: text(5_000),
  licence: text(500).nullable(),
  attribution: text(500).nullable(),
  dataAsOf: text(40).nullable(),
  demo: z.boolean(),
  /** Absent: the other city must have the collection itself. */
  features: z.array(feature).max(LIMITS.embeddedFeatures).optional(),
});
export type KitFeature = z.output<typeof feature>;
export type KitData = z.output<typeof data>;
const variant = z.object({ name: line, description: text(LIMITS.textLength), plan: z.unknown() });
const scenario = z.object({
  title: line,
  question: text(LIMITS.textLength),
  area: z.unknown(),
  data: z.record(text(40), text(63)),
  presets: z.record(text(40), z.record(text(40), parameter)),
  variants: z.array(variant).min(1).max(LIMITS.variants),
});
const process = z.object({ process: text(40), version: text(20), parameters: z.record(text(40), parameter) });
const file = z.object({
  kontorKit: z.literal(KIT_VERSION),
  title: line,
  question: text(LIMITS.textLength),
  from: text(200),
  exportedAt: text(40),
  data: z.array(data).max(50),
  views: z.array(z.object({ title: line, address: text(2_000) })).max(LIMITS.kitViews),
  processes: z.array(process).max(50),
  scenarios: z.array(scenario).max(LIMITS.kitScenarios),
});
/** A kit as it is handed to another city. */
export type KitFile = z.output<typeof file>;

export interface ReadScenario extends CheckedScenario {
  readonly presets: Readonly<Record<string, Parameters>>;
  readonly variants: readonly { readonly name: string; readonly description: string; readonly features: readonly NewFeature[] }[];
}
export interface ReadKit {
  readonly file: KitFile;
  readonly scenarios: readonly ReadScenario[];
}

const refused = (detail: string): { readonly ok: false; readonly problem: Problem } =>
  refuse({ kind: 'invalid-input', detail, fields: [{ field: 'file', message: detail }] });

/** An address of the twin's page and of nothing else, so that a kit leads nobody astray. */
export const isTwinAddress = (address: string): boolean => /^\/zwilling(?:\?[\w\-.~%!$&'()*+,;=:@/?]*)?$/.test(address);

/** Reads a kit that came as a file: size and depth first, then its form, then every plan in it. */
export function readKit(bytes: Uint8Array): Result<ReadKit, Problem> {
  if (bytes.byteLength > LIMITS.kitBytes)
    return refuse({ kind: 'too-large', detail: `Die Datei ist zu groß. Ein Baukasten hat höchstens ${LIMITS.kitBytes / 1e6} MB.` });
  let json: string;
  try {
    json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refused('Die Datei ist kein Baukasten: sie enthält Zeichen, die kein UTF-8 sind.');
  }
  if (!isShallow(json, LIMITS.kitDepth)) return refused(`Die Datei ist zu tief geschachtelt. Ein Baukasten hat höchstens ${LIMITS.kitDepth} Ebenen.`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return refused('Die Datei ist kein Baukasten: sie ist kein gültiges JSON.');
  }
  return readKitValue(value);
}

function readKitValue(value: unknown): Result<ReadKit, Problem> {
  const version: unknown = typeof value === 'object' && value !== null && 'kontorKit' in value ? value.kontorKit : undefined;
  if (version === undefined) return refused('Die Datei ist kein Baukasten: ihr fehlt die Angabe kontorKit.');
  if (version !== KIT_VERSION) return refused(`Diese Fassung des Baukastens kennt diese Stadt nicht. Sie liest die Fassung ${KIT_VERSION}.`);
  const parsed = file.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refused(`Im Baukasten stimmt die Angabe ${issue!.path.map(String).join('.').slice(0, 100)} nicht. Lassen Sie ihn neu ausgeben.`);
  }
  if (!isStorable(parsed.data)) return refused('Der Baukasten enthält Zeichen, die kein Text sind. Lassen Sie ihn neu ausgeben.');
  const stray = parsed.data.views.find(({ address }) => !isTwinAddress(address));
  if (stray !== undefined) return refused('Eine Ansicht im Baukasten führt nicht zum Zwilling. Adressen beginnen mit /zwilling?.');
  const scenarios: ReadScenario[] = [];
  for (const [index, one] of parsed.data.scenarios.entries()) {
    const read = readScenario(one);
    if (!read.ok) return refused(`Szenario ${index + 1} im Baukasten: ${read.problem.fields?.[0]?.message ?? read.problem.detail}`);
    scenarios.push(read.value);
  }
  return ok({ file: parsed.data, scenarios });
}

function readScenario({ variants, presets, ...about }: z.output<typeof scenario>): Result<ReadScenario, Problem> {
  const checked = checkScenario(about);
  if (!checked.ok) return checked;
  const read: ReadScenario['variants'][number][] = [];
  for (const { name, description, plan } of variants) {
    const problems = checkLine('name', name, 'Der Name einer Variante');
    const features = readPlan(plan, 'plan');
    if (problems.length > 0) return refuse(invalidFields(problems));
    if (!features.ok) return features;
    read.push({ name, description, features: features.value });
  }
  return ok({ ...checked.value, presets, variants: read });
}

export interface KitWish {
  readonly title: string;
  readonly question: string;
  readonly views: readonly KitView[];
  readonly scenarioIds: readonly string[];
}

/** What somebody wants a kit to hold; each mistake stands at its field. */
export function checkKit({ title, question, views, scenarioIds }: KitWish): Result<KitWish, Problem<'invalid-input'>> {
  const mistakes = [
    ...checkLine('title', title, 'Der Titel'),
    ...checkText('question', question, 'Die Frage'),
    ...(scenarioIds.length === 0 ? [{ field: 'scenarios', message: 'Wählen Sie mindestens ein Szenario.' }] : []),
    ...(scenarioIds.length > LIMITS.kitScenarios ? [{ field: 'scenarios', message: `Wählen Sie höchstens ${LIMITS.kitScenarios} Szenarien.` }] : []),
    ...(views.length > LIMITS.kitViews ? [{ field: 'views', message: `Geben Sie höchstens ${LIMITS.kitViews} Ansichten an.` }] : []),
    ...(views.every(({ address }) => isTwinAddress(address) && address.length <= 2_000)
      ? []
      : [{ field: 'views', message: 'Eine Ansicht ist die Adresse des Zwillings und beginnt mit /zwilling. Kopieren Sie sie aus der Adresszeile.' }]),
    ...views.flatMap((view) => checkLine('views', view.title, 'Der Name einer Ansicht')),
  ];
  return mistakes.length > 0
    ? refuse(invalidFields(mistakes))
    : ok({ title: title.trim(), question: question.trim(), views, scenarioIds: [...new Set(scenarioIds)] });
}

/** A scenario as it stands in the file. */
export function exportedScenario({ title, question, area, data: base, presets }: Scenario, variants: readonly Variant[]): KitFile['scenarios'][number] {
  return {
    ...{ title, question, area, data: { ...base } },
    presets: Object.fromEntries(Object.entries(presets).map(([name, values]) => [name, mutable(values)])),
    variants: variants.map(({ name, description, plan }) => ({ name, description, plan: planGeoJson(plan) })),
  };
}

export const mutable = (values: Parameters): Record<string, number | string | number[]> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]));
