import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { invalidField, invalidFields, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { BUILT_IN } from '../domain/built-in.ts';
import { NAMES } from '../domain/counters.ts';
import { nameOf, type Definition, type DefinitionsByName } from '../domain/definition.ts';
import { inputProblems, type DefinitionInput } from '../domain/definition-input.ts';
import { circleFrom, formulaMistake, namesIn } from '../domain/formula.ts';
import { insertDefinition, lockDefinitions, newestDefinitions, versionsOf, type DefinitionRow } from '../store/definitions.ts';
import { moveRevision } from '../store/stamp.ts';
import type { IndicatorsContext } from './context.ts';
import { bodyOf, definitionsFrom } from './definition-body.ts';
import { feel } from './feel.ts';

export const NOT_STRATEGY: Problem = { kind: 'not-allowed', detail: 'Kennzahlen ändert, wer die Digitalstrategie führt. Bitten Sie die Leitstelle darum.' };
/** The city itself fills a demo. */
export const keepsStrategy = (actor: Actor): boolean => actor.kind === 'system' || (actor.kind === 'staff' && actor.roles.includes('strategie'));

/** Defines an indicator, or changes one: a new version with its reason; versions before stay. */
export async function define(ctx: IndicatorsContext, actor: Actor, input: DefinitionInput): Promise<Result<Definition, Problem>> {
  if (!keepsStrategy(actor)) return refuse(NOT_STRATEGY);
  const problems = inputProblems(input);
  if (problems.length > 0) return refuse(invalidFields(problems));
  const now = ctx.clock();
  return ctx.database.transaction(async (tx) => {
    await lockDefinitions(tx);
    const all = definitionsFrom(await newestDefinitions(tx));
    const wanted = wantedFrom(input, all);
    if (!wanted.ok) return wanted;
    const mistake = formulaProblem(wanted.value, all);
    if (mistake !== undefined) return refuse(invalidField('formula', mistake));
    const { key, version } = wanted.value;
    const body = bodyOf(wanted.value) as unknown as DefinitionRow['body'];
    if (!(await insertDefinition(tx, { key, version, body, reason: input.reason.trim(), changedAt: now, changedBy: actorRef(actor) }))) return refuse(OTHERS);
    await moveRevision(tx);
    const payload = {
      key,
      version,
      kind: wanted.value.kind,
      formula: wanted.value.formula,
      ...targetFacts(wanted.value),
      reasonSha256: sha256Hex(input.reason.trim()),
    };
    await ctx.journal.append(tx, actor, now, [{ stream: `indicators:${key}`, kind: 'indicators.defined', payload }]);
    return ok(wanted.value);
  });
}

const OTHERS: Problem = {
  kind: 'conflict',
  detail: 'Jemand hat diese Kennzahl inzwischen geändert. Laden Sie die Seite neu und prüfen Sie, was jetzt dort steht.',
};

function targetFacts({ target, start }: Definition): Readonly<Record<string, unknown>> {
  if (target === undefined || start === undefined) return {};
  return { target: { value: target.value, by: target.by.toString() }, start: { value: start.value, on: start.on.toString() } };
}

/** The definition as it will be, on what there is. */
function wantedFrom(input: DefinitionInput, all: DefinitionsByName): Result<Definition, Problem> {
  const { reason: _, version, target, start, key, kind, owner, ...own } = input;
  const present = all.get(nameOf(key));
  if ((present?.version ?? 0) !== version) return refuse(OTHERS);
  const dated = { ...(target === undefined ? {} : { target }), ...(start === undefined ? {} : { start }) };
  const builtIn = BUILT_IN.find((one) => one.key === key);
  if (builtIn !== undefined)
    return kind === 'journal'
      ? ok({ ...builtIn, owner: owner.trim(), version: version + 1, ...dated })
      : refuse(invalidField('key', 'So heißt schon eine Kennzahl der Stadt. Nehmen Sie einen anderen Schlüssel.'));
  if (kind === 'journal') return refuse({ kind: 'not-found', detail: 'Diese Kennzahl gibt es nicht. Die Übersicht nennt alle.' });
  if (present === undefined && version > 0) return refuse(OTHERS);
  if (present !== undefined && present.kind !== kind)
    return refuse(invalidField('kind', 'Ob eine Kennzahl gerechnet oder geholt wird, lässt sich nicht wechseln. Legen Sie eine neue an.'));
  const origin = kind === 'defined' ? 'live' : own.origin === 'live' ? 'imported' : own.origin;
  return ok({
    ...own,
    key,
    kind,
    owner: owner.trim(),
    origin,
    formula: kind === 'imported' ? nameOf(key) : own.formula.trim(),
    version: version + 1,
    ...dated,
  });
}

function formulaProblem(wanted: Definition, all: DefinitionsByName): string | undefined {
  if (wanted.kind !== 'defined') return undefined;
  const name = nameOf(wanted.key);
  const mistake = formulaMistake(wanted.formula, [...Object.keys(NAMES), ...all.keys(), name], feel);
  if (mistake !== undefined) return mistake;
  const after: DefinitionsByName = new Map([...all, [name, wanted]]);
  const uses = (one: string): readonly string[] => {
    const definition = after.get(one);
    return definition?.kind === 'defined' ? namesIn(definition.formula).filter((used) => !(used in NAMES)) : [];
  };
  const circle = circleFrom(name, uses);
  return circle === undefined ? undefined : `Die Formel dreht sich im Kreis: ${circle.join(' → ')}. Lösen Sie eine dieser Stellen.`;
}

export interface DefinitionVersion {
  readonly version: number;
  readonly formula: string;
  readonly reason: string;
  readonly changedAt: Temporal.Instant;
}

/** Every version of a definition, the newest first, with its reason. */
export async function definitionVersions(ctx: Pick<IndicatorsContext, 'database'>, key: string): Promise<readonly DefinitionVersion[]> {
  const rows = await versionsOf(ctx.database.read, key);
  return rows.map(({ version, body, reason, changedAt }) => ({
    version,
    reason,
    changedAt,
    formula: typeof body['formula'] === 'string' ? body['formula'] : '',
  }));
}
