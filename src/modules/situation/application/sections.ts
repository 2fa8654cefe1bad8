import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { geometryProblem } from '../domain/geometry.ts';
import { sectionsSeenBy, type LageView, type Section } from '../domain/lage.ts';
import type { Geometry, PictureObject } from '../../../kernel/picture.ts';
import type { LageProblem } from '../domain/problems.ts';
import { endSections, insertSection, listSections, setSection } from '../store/sections.ts';
import type { SituationContext } from './context.ts';
import { enterLage, lageStream } from './enter-lage.ts';
import { inLage } from './lagen.ts';
import { endInPicture, showInPicture } from './picture.ts';

export interface SectionInput {
  readonly name: string;
  readonly kind: Section['kind'];
  readonly parentId: string | null;
  readonly leader: string;
  readonly area: Geometry | null;
}

/** Einsatzabschnitte and Sektoren that are there now, as a person may know them. */
export async function sectionsOf(
  ctx: Pick<SituationContext, 'database' | 'clock'>,
  actor: Actor,
  key: string,
): Promise<Result<readonly Section[], LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  return opened.ok ? ok(sectionsSeenBy(opened.value, await listSections(ctx.database.read, opened.value.lage.id))) : opened;
}

export async function makeSection(ctx: SituationContext, actor: Actor, key: string, input: SectionInput): Promise<Result<Section, LageProblem>> {
  return inLage(ctx, actor, key, async (tx, view, now) => {
    const problems = sectionProblems(input, await listSections(tx, view.lage.id));
    if (problems.length > 0) return refuse(invalidFields(problems));
    const section: Section = { id: newId(now.epochMilliseconds), ...input, name: input.name.trim(), leader: input.leader.trim() };
    if (!(await insertSection(tx, view.lage.id, section)))
      return refuse(invalidField('name', 'Diesen Namen gibt es in der Lage schon. Wählen Sie einen anderen.'));
    await told(ctx, tx, actor, view, section, 'situation.section-made', now);
    return ok(section);
  });
}

/** Who leads a section, and where it lies. */
export async function changeSection(
  ctx: SituationContext,
  actor: Actor,
  key: string,
  id: string,
  input: Pick<SectionInput, 'leader' | 'area'>,
): Promise<Result<Section, LageProblem>> {
  return inLage(ctx, actor, key, async (tx, view, now) => {
    const problem = input.area === null ? undefined : geometryProblem(input.area);
    if (problem !== undefined) return refuse(invalidField('area', problem));
    const section = await setSection(tx, view.lage.id, id, { leader: input.leader.trim().slice(0, 80), area: input.area });
    if (section === undefined) return refuse({ kind: 'not-found', detail: 'Diesen Abschnitt gibt es nicht mehr. Laden Sie die Seite neu.' });
    await told(ctx, tx, actor, view, section, 'situation.section-changed', now);
    return ok(section);
  });
}

/** Ends a section and the sectors within it. */
export async function endSection(ctx: SituationContext, actor: Actor, key: string, id: string): Promise<Result<{ readonly id: string }, LageProblem>> {
  return inLage(ctx, actor, key, async (tx, { lage }, now) => {
    const ended = await endSections(tx, lage.id, id, now);
    if (ended.length === 0) return ok({ id });
    const shown = await endInPicture(
      tx,
      lage.id,
      ended.map((one) => `section:${one}`),
      now,
    );
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lage.id), kind: 'situation.section-ended', payload: { sections: ended } }, shown]);
    return ok({ id });
  });
}

function sectionProblems({ name, kind, parentId, leader, area }: SectionInput, sections: readonly Section[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (name.trim() === '' || name.length > 60) problems.push({ field: 'name', message: 'Geben Sie dem Abschnitt einen Namen mit höchstens 60 Zeichen.' });
  if (leader.length > 80) problems.push({ field: 'leader', message: 'Kürzen Sie den Namen auf 80 Zeichen.' });
  const parent = sections.find(({ id }) => id === parentId);
  if (kind === 'sektor' && parent?.kind !== 'abschnitt') problems.push({ field: 'parentId', message: 'Ein Sektor liegt in einem Abschnitt. Wählen Sie ihn.' });
  if (kind === 'abschnitt' && parentId !== null) problems.push({ field: 'parentId', message: 'Ein Abschnitt liegt in keinem anderen.' });
  const wrong = area === null ? undefined : geometryProblem(area);
  if (wrong !== undefined) problems.push({ field: 'area', message: wrong });
  return problems;
}

async function told(
  ctx: SituationContext,
  tx: Tx,
  actor: Actor,
  { lage, member }: LageView,
  section: Section,
  kind: string,
  now: Temporal.Instant,
): Promise<void> {
  const object: PictureObject = {
    id: `section:${section.id}`,
    kind: 'section',
    layer: 'fuehrung',
    title: section.name,
    geometry: section.area as Geometry | null,
    facts: { art: section.kind, leitung: section.leader, gehoertZu: section.parentId },
    source: { kind: 'person', name: member.name, organisation: member.organisation },
    eventAt: now,
    receivedAt: now,
    sectionId: section.id,
  };
  const shown = await showInPicture(tx, lage.id, [object], now);
  await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lage.id), kind, payload: { sectionId: section.id, kind: section.kind } }, shown]);
}
