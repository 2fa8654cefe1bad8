import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { geometryProblem } from '../domain/geometry.ts';
import type { Layer, StaffFunction } from '../../../kernel/lage.ts';
import type { LageView } from '../domain/lage.ts';
import type { Geometry, Json, KeptObject, ObjectKind, PictureObject } from '../../../kernel/picture.ts';
import type { LageProblem } from '../domain/problems.ts';
import { layersOfObjects, lockObjects, selectObject } from '../store/picture.ts';
import { enterLage, lageStream } from './enter-lage.ts';
import { endInPicture, showInPicture } from './picture.ts';

/** What is drawn by hand; everything else belongs to the module that knows it. */
export const DRAWN_KINDS = ['hazard', 'damage', 'closure', 'zone', 'facility', 'drawing', 'person'] as const satisfies readonly ObjectKind[];
export type DrawnKind = (typeof DRAWN_KINDS)[number];

/** Where a drawn thing lies; `drawing` is the pencil. */
const LAYER_OF: Readonly<Record<DrawnKind, Layer>> = {
  hazard: 'gefahren',
  damage: 'schaeden',
  closure: 'sperrungen',
  zone: 'raeumung',
  facility: 'einrichtungen',
  drawing: 'freihand',
  person: 'personen',
};

export interface DrawInput {
  /** Made by who draws, so that sent twice it is one: a UUID. Absent: a new one. */
  readonly id?: string | undefined;
  readonly kind: DrawnKind;
  readonly title: string;
  readonly geometry: Geometry | null;
  readonly symbol?: Readonly<Record<string, string>> | undefined;
  readonly facts?: Readonly<Record<string, Json>> | undefined;
  readonly uncertaintyMetres?: number | undefined;
  readonly reliability?: PictureObject['reliability'] | undefined;
  readonly credibility?: PictureObject['credibility'] | undefined;
  readonly sectionId?: string | undefined;
  readonly needToKnow?: readonly StaffFunction[] | undefined;
  /** When it was so; absent: now. Things entered without a network say it. */
  readonly eventAt?: Temporal.Instant | undefined;
  /** Number of the change it is based on; for a thing that is there already. */
  readonly basis?: number | undefined;
}

type Drawing = Pick<Context, 'database' | 'journal' | 'clock'>;

/** Draws a thing, or changes one that was drawn. Who changes what somebody else changed meanwhile gets both to decide. */
export async function draw(ctx: Drawing, actor: Actor, key: string, input: DrawInput): Promise<Result<KeptObject, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'map', tx);
    if (!opened.ok) return opened;
    const now = ctx.clock();
    const view = opened.value;
    const problems = drawProblems(view, input, now);
    if (problems.length > 0) return refuse(invalidFields(problems));
    const id = `${input.kind}:${input.id ?? newId(now.epochMilliseconds)}`;
    await lockObjects(tx, view.lage.id, [id]);
    const before = await selectObject(tx, view, id);
    if (before === undefined && (await layersOfObjects(tx, view.lage.id, [id])).size > 0) return refuse(notYours);
    if (before !== undefined && !before.ended && sameWords(before, input)) return ok(before);
    if (before !== undefined && (before.ended || before.seq !== input.basis)) return refuse(changedMeanwhile(before));
    if (before !== undefined && !sameReaders(before, input))
      return refuse(invalidField('needToKnow', 'Wer etwas sehen darf, ändert sich nie. Löschen Sie es und zeichnen Sie es neu.'));
    const shown = await showInPicture(tx, view.lage.id, [objectOf(view, id, { ...input, needToKnow: input.needToKnow ?? before?.needToKnow }, now)], now);
    const kind = before === undefined ? 'situation.object-drawn' : 'situation.object-changed';
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(view.lage.id), kind, payload: { objectId: id, objectKind: input.kind } }, shown]);
    return ok((await selectObject(tx, view, id))!);
  });
}

/** Takes away what was drawn; it stays in the history. */
export async function erase(ctx: Drawing, actor: Actor, key: string, id: string, basis: number): Promise<Result<{ readonly id: string }, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'map', tx);
    if (!opened.ok) return opened;
    const { lage } = opened.value;
    const seen = await selectObject(tx, opened.value, id);
    if (seen === undefined || !DRAWN_KINDS.some((kind) => kind === seen.kind))
      return refuse({ kind: 'not-found', detail: 'Diese Zeichnung gibt es nicht. Was nicht gezeichnet ist, ändern Sie auf seiner eigenen Seite.' });
    const [before] = await lockObjects(tx, lage.id, [id]);
    if (before === undefined) return ok({ id });
    if (before.seq !== basis) return refuse(changedMeanwhile(before));
    const now = ctx.clock();
    const shown = await endInPicture(tx, lage.id, [id], now);
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lage.id), kind: 'situation.object-erased', payload: { objectId: id } }, shown]);
    return ok({ id });
  });
}

const changedMeanwhile = (current: KeptObject): LageProblem => ({
  kind: 'conflict',
  detail: `„${current.title}“ wurde inzwischen geändert oder entfernt. Sehen Sie sich den neuen Stand an und entscheiden Sie, was gilt.`,
  current,
});

function drawProblems(view: LageView, input: DrawInput, now: Temporal.Instant): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (input.title.trim() === '' || input.title.length > 80) problems.push({ field: 'title', message: 'Sagen Sie in höchstens 80 Zeichen, was das ist.' });
  const wrong = input.geometry === null ? undefined : geometryProblem(input.geometry);
  if (wrong !== undefined) problems.push({ field: 'geometry', message: wrong });
  const readers = input.needToKnow ?? [];
  if (readers.length > 0 && view.member.function !== 'leiter' && !readers.includes(view.member.function))
    problems.push({ field: 'needToKnow', message: 'Nehmen Sie Ihre eigene Funktion dazu: sonst sähen Sie nicht mehr, was Sie zeichnen.' });
  if (!view.layers.has(LAYER_OF[input.kind])) problems.push({ field: 'kind', message: 'Diese Ebene gehört nicht zu Ihrer Funktion.' });
  if (JSON.stringify(input.facts ?? {}).length > 4000)
    problems.push({ field: 'facts', message: 'Das ist zu viel für ein Zeichen auf der Karte. Schreiben Sie es ins Tagebuch.' });
  if (input.eventAt !== undefined && Temporal.Instant.compare(input.eventAt, now.add({ minutes: 2 })) > 0)
    problems.push({ field: 'eventAt', message: 'Diese Zeit liegt in der Zukunft. Prüfen Sie die Uhr Ihres Geräts.' });
  return problems;
}

function objectOf({ member }: LageView, id: string, input: DrawInput, now: Temporal.Instant): PictureObject {
  const { kind, geometry, symbol, facts = {}, uncertaintyMetres, reliability, credibility, sectionId, needToKnow, eventAt = now } = input;
  return {
    id,
    kind,
    layer: LAYER_OF[kind],
    title: input.title.trim(),
    geometry,
    ...(uncertaintyMetres === undefined ? {} : { uncertaintyMetres }),
    ...(symbol === undefined ? {} : { symbol }),
    facts,
    source: { kind: 'person', name: member.name, organisation: member.organisation },
    ...(reliability === undefined ? {} : { reliability }),
    ...(credibility === undefined ? {} : { credibility }),
    eventAt,
    receivedAt: now,
    ...(sectionId === undefined ? {} : { sectionId }),
    ...(needToKnow === undefined || needToKnow.length === 0 ? {} : { needToKnow }),
  };
}

const notYours: LageProblem = { kind: 'not-found', detail: 'Dieses Zeichen sehen nur einzelne Funktionen. Zeichnen Sie ein neues.' };

const sameReaders = (before: KeptObject, { needToKnow }: DrawInput): boolean =>
  needToKnow === undefined || JSON.stringify(needToKnow) === JSON.stringify(before.needToKnow ?? []);

/** The same thing sent again, after an answer that was lost. */
function sameWords(before: KeptObject, input: DrawInput): boolean {
  return (
    input.basis === undefined &&
    before.title === input.title.trim() &&
    JSON.stringify(before.geometry) === JSON.stringify(input.geometry) &&
    JSON.stringify(before.facts) === JSON.stringify(input.facts ?? {})
  );
}
