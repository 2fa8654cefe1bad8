import { worksForCity, type Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { sayCondition } from '../domain/watch.ts';
import { checkRule, type RuleInput } from '../domain/rule-input.ts';
import { activeRules, endRule, findRuleUnits, insertRule, isStream, type Rule } from '../store/rules.ts';
import { clearNoticesOf, findNotices, type NoticeRow } from '../store/notices.ts';

type Writing = Pick<Context, 'database' | 'journal' | 'clock'>;

/** A rule in force, with the unit of what it watches. */
export type WatchRule = Rule & { readonly unit: string };
export type { RuleInput };

/** A rule's condition as a German sentence. */
export const sayRule = ({ condition, unit }: Pick<WatchRule, 'condition' | 'unit'>): string => sayCondition(condition, unit);

/** Rules in force. */
export async function listRules(ctx: Pick<Context, 'database'>): Promise<readonly WatchRule[]> {
  const [rules, units] = [await activeRules(ctx.database.read), await findRuleUnits(ctx.database.read)];
  return rules.map((rule) => ({ ...rule, unit: units.get(rule.id) ?? '' }));
}

/** Sets a rule in force. Journalled: who watches what is the city's decision. */
export function addRule(ctx: Writing, actor: Actor, input: RuleInput): Promise<Result<Rule, Problem>> {
  return ctx.database.transaction(async (tx) => {
    const checked = checkRule(input);
    if (!checked.ok) return checked;
    const { name, layer = null, streamId = null, condition, severity } = checked.value;
    if (streamId !== null && !(await isStream(tx, streamId)))
      return refuse(invalidField('streamId', `Den Datenstrom ${streamId} gibt es nicht. Seine Nummer steht in der SensorThings-Schnittstelle.`));
    const now = ctx.clock();
    const rule: Rule = { id: newId(now.epochMilliseconds), name, layer, streamId, condition, severity };
    await insertRule(tx, rule, now);
    const payload = { ...(layer === null ? { streamId } : { layer }), severity, condition };
    await ctx.journal.append(tx, actor, now, [{ stream: `sensors:rule:${rule.id}`, kind: 'sensors.rule-set', payload }]);
    return ok(rule);
  });
}

/** Ends a rule; what it has raised is cleared and stays for reading. */
export function removeRule(ctx: Writing, actor: Actor, id: string): Promise<Result<{ readonly id: string }, Problem>> {
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    if (!(await endRule(tx, id, now))) return refuse({ kind: 'not-found', detail: 'Diese Regel gibt es nicht mehr. Laden Sie die Liste der Regeln neu.' });
    const cleared = await clearNoticesOf(tx, id, now);
    await ctx.journal.append(tx, actor, now, [{ stream: `sensors:rule:${id}`, kind: 'sensors.rule-ended', payload: { cleared: cleared.length } }]);
    return ok({ id });
  });
}

export type Notice = NoticeRow;
/** Where a page of notices ends. */
export type NoticeEnd = Pick<Notice, 'raisedAt' | 'id'>;

export interface NoticePage {
  readonly notices: readonly Notice[];
  /** The last of this page, where another one follows. */
  readonly next?: NoticeEnd;
}

/** Notices the actor may see, newest first. */
export async function listNotices(
  ctx: Pick<Context, 'database'>,
  actor: Actor,
  { limit, ...wish }: { readonly open: boolean; readonly limit: number; readonly before?: NoticeEnd },
): Promise<NoticePage> {
  const rows = await findNotices(ctx.database.read, { ...wish, limit: limit + 1, internal: worksForCity(actor) });
  const notices = rows.slice(0, limit);
  return { notices, ...(rows.length > limit ? { next: notices.at(-1)! } : {}) };
}
