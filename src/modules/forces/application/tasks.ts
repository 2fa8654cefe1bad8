import type { Actor } from '../../../kernel/actor.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { LageProblem, LageView } from '../../situation/public.ts';
import type { ForceRecord, TaskBody } from '../domain/records.ts';
import { RULES } from '../domain/rules.ts';
import { listRecords, type RecordQuery } from '../store/records.ts';
import type { ForcesContext } from './context.ts';
import { makeOne } from './records.ts';

/** A task as somebody gives it. */
export type TaskInput = Pick<TaskBody, 'title'> & Partial<Omit<TaskBody, 'state' | 'reason'>>;

/** Gives a task; who gives it needs the right `order`. @param id made by the caller: given twice it is one */
export function giveTask(ctx: ForcesContext, actor: Actor, key: string, input: TaskInput, id?: string): Promise<Result<ForceRecord<'task'>, LageProblem>> {
  const nothing = { text: '', sectionId: null, unitId: null, function: null, place: null, priority: 'normal', deadline: null, refs: [] } as const;
  return makeOne(ctx, actor, key, 'task', { ...nothing, ...input, state: 'given', reason: '' }, id);
}

/** Tasks of a Lage by number, if the person may see them. */
export async function listTasks(db: Sql, view: LageView, query: RecordQuery): Promise<ForceRecord<'task'>[]> {
  return view.layers.has(RULES.task.layer) ? ((await listRecords(db, view.lage.id, 'task', query)) as ForceRecord<'task'>[]) : [];
}
