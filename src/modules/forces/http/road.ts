import type { Actor } from '../../../kernel/actor.ts';
import { UNIT_STATUS } from '../../../kernel/forces.ts';
import type { Lang } from '../../../platform/ui/html.ts';
import type { ForcesContext } from '../application/context.ts';
import { nameOf, nextSteps } from '../application/reading.ts';
import { listOf } from '../application/records.ts';
import type { ForceRecord } from '../domain/records.ts';
import { wordOf } from './form-fields.ts';
import { PATHS } from './schemas.ts';
import { stateOf } from './tables.ts';

const MOST = 1000;
/** Steps that take a button and no words. */
const QUICK = ['acknowledge', 'start', 'done'];

/** What a person on the road has to do, as the page for it takes it. */
export interface RoadSteps {
  readonly about: string;
  readonly title: string;
  readonly state: string;
  readonly path: string;
  readonly basis: number;
  readonly choices: readonly { readonly label: string; readonly fields: Readonly<Record<string, string>> }[];
  /** Of a unit: where its position is reported. */
  readonly positionPath?: string;
}

/** The units this person speaks for, and the open tasks of these units and of the person's function, with what can happen next. */
export async function roadSteps(ctx: ForcesContext, actor: Actor, key: string, lang: Lang): Promise<RoadSteps[]> {
  const units = await listOf(ctx, actor, key, 'unit', { limit: MOST, open: true });
  const tasks = await listOf(ctx, actor, key, 'task', { limit: MOST, open: true });
  if (!units.ok || !tasks.ok) return [];
  const { member } = units.value.view;
  const mine = units.value.records.filter(({ body }) => body.memberId === member.id);
  const ids = new Set(mine.map(({ id }) => id));
  const given = tasks.value.records.filter(({ body }) => (body.unitId !== null && ids.has(body.unitId)) || body.function === member.function);
  return [
    ...given.map((task) => stepsOf(task, lang, taskChoices(task, lang))),
    ...mine.map((unit) => ({ ...stepsOf(unit, lang, unitChoices(unit, lang)), positionPath: `/${PATHS.unit}/${unit.id}/position` })),
  ];
}

const stepsOf = (record: ForceRecord, lang: Lang, choices: RoadSteps['choices']): RoadSteps => ({
  about: `${record.kind}:${record.id}`,
  title: nameOf(record),
  state: stateOf(record, lang),
  path: `/${PATHS[record.kind]}/${record.id}/schritte`,
  basis: record.version,
  choices,
});

const taskChoices = ({ body }: ForceRecord<'task'>, lang: Lang): RoadSteps['choices'] =>
  nextSteps(body)
    .filter((step) => QUICK.includes(step))
    .map((step) => ({ label: wordOf(lang, step), fields: { step } }));

const unitChoices = ({ body }: ForceRecord<'unit'>, lang: Lang): RoadSteps['choices'] =>
  UNIT_STATUS.filter((status) => status !== body.status && status !== 'entlassen').map((status) => ({
    label: wordOf(lang, status),
    fields: { step: 'status', status },
  }));
