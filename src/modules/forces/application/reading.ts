import type { LageView } from '../../situation/public.ts';
import type { ForceRecord, RecordKind, Steps, TaskBody } from '../domain/records.ts';
import { taskSteps } from '../domain/steps.ts';
import { isPast } from '../domain/summary.ts';
import { rulesOf } from './keep-change.ts';

/** What a list calls a thing. */
export const nameOf = ({ kind, body }: ForceRecord): string => rulesOf(kind).nameOf(body);

/** Whether this person may make and correct things of a kind. */
export const mayEdit = (view: LageView, kind: RecordKind): boolean => view.rights.has(rulesOf(kind).right);

/** What can be done next with a task. */
export const nextSteps = (body: TaskBody): Steps['task']['step'][] => taskSteps(body);

/** Whether a moment of a thing that is still open has passed. */
export const isOverdue = ({ kind, body }: ForceRecord, at: string | null, now: Temporal.Instant): boolean => rulesOf(kind).isOpen(body) && isPast(at, now);
