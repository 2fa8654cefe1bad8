import type { Actor } from '../../../kernel/actor.ts';
import type { Position } from '../../../kernel/geo.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Command } from '../domain/commands.ts';
import { decide } from '../domain/decide.ts';
import type { CaseEvent, RoundKind } from '../domain/events.ts';
import { emptyParticipation, evolve, type Participation } from '../domain/participation.ts';
import type { ConsulteeKind, PlanPeriod, Silence } from '../../catalogue/public.ts';
import { NO_PLAN } from './no-plan.ts';
import { conflict, type ParticipationProblem } from '../domain/problems.ts';
import { lockParticipation } from '../store/case-files.ts';
import { caseToChange } from './access.ts';
import type { CaseView, ParticipationContext } from './context.ts';
import { circumstances } from './law.ts';
import { sendLinks } from './links.ts';
import { save } from './save.ts';

/** What an officer wishes; ids, lengths and legal bases come from the plan where it has them. */
export type Wish =
  | { readonly action: 'declare-none'; readonly reason: string }
  | {
      readonly action: 'open-round';
      /** Chosen by the caller, so that sending twice opens one round. */
      readonly roundId?: string | undefined;
      readonly kind: RoundKind;
      readonly planId?: string | undefined;
      readonly title: string;
      readonly request: string;
      readonly legalBasis?: string | undefined;
      readonly period?: PlanPeriod | undefined;
      readonly startsOn?: string | undefined;
      readonly noticedOn?: string | undefined;
      readonly place?: Position | undefined;
      /** Shows the place the application names, when no other is given. */
      readonly showPlace?: boolean | undefined;
      readonly repeat?:
        | {
            readonly of: string;
            readonly changes: string;
            readonly limited: boolean;
            readonly dueOn?: string | undefined;
            readonly shortenedBecause?: string | undefined;
          }
        | undefined;
    }
  /** Consultees of the plan. */
  | { readonly action: 'ask-planned'; readonly roundId: string; readonly planIds: readonly string[] }
  | {
      readonly action: 'ask';
      readonly roundId: string;
      readonly kind: ConsulteeKind;
      readonly name: string;
      readonly email?: string | undefined;
      readonly period: PlanPeriod;
      readonly legalBasis: string;
      readonly silence: Silence;
    }
  /** Documents of the case that the round shows. */
  | { readonly action: 'show-documents'; readonly roundId: string; readonly documentIds: readonly string[] }
  | { readonly action: 'remind' | 'renew-link' | 'revoke-link'; readonly consultationId: string }
  | { readonly action: 'extend'; readonly consultationId: string; readonly dueOn: string; readonly reason: string }
  | { readonly action: 'withdraw'; readonly consultationId: string; readonly reason: string }
  | { readonly action: 'close-round'; readonly roundId: string };

export interface ActInput {
  readonly caseId: string;
  readonly wish: Wish;
  /** Version the person saw; another one means that somebody was faster. */
  readonly expectedVersion?: number | undefined;
}

/** An officer acts on the rounds and consultees of a case. */
export async function act(ctx: ParticipationContext, actor: Actor, input: ActInput): Promise<Result<Participation, ParticipationProblem>> {
  return ctx.database.transaction(async (tx) => {
    const view = await caseToChange(ctx, tx, actor, input.caseId);
    if (!view.ok) return view;
    const before = (await lockParticipation(tx, input.caseId)) ?? emptyParticipation(input.caseId);
    if (input.expectedVersion !== undefined && input.expectedVersion !== before.version) return refuse(conflict);
    const now = ctx.clock();
    const commands = commandsOf(input.wish, view.value, now);
    if (!commands.ok) return commands;
    const decided = decideAll(before, commands.value, now);
    if (!decided.ok) return decided;
    const events = decided.value;
    const saved = await save(ctx, tx, actor, now, { before, events, effects: (inner, { state }) => sendLinks(ctx, inner, state, events, now) });
    return saved.ok ? ok(saved.value.state) : saved;
  });
}

/** One command after the other, all or none. */
function decideAll(before: Participation, commands: readonly Command[], now: Temporal.Instant): Result<CaseEvent[], ParticipationProblem> {
  const at = circumstances(now);
  const events: CaseEvent[] = [];
  let state = before;
  for (const command of commands) {
    const decided = decide(state, command, at);
    if (!decided.ok) return decided;
    for (const event of decided.value) state = evolve(state, event, { version: state.version + 1, actor: '' });
    events.push(...decided.value);
  }
  return ok(events);
}

function commandsOf(wish: Wish, view: CaseView, now: Temporal.Instant): Result<readonly Command[], ParticipationProblem> {
  const plan = view.plan ?? NO_PLAN;
  const id = (): string => newId(now.epochMilliseconds);
  const { reminderDays } = plan;
  switch (wish.action) {
    case 'open-round':
      return openRoundOf(wish, view, id());
    case 'ask-planned': {
      const wished = plan.consultees.filter((one) => wish.planIds.includes(one.id));
      if (wished.length === 0) return refuse(invalidField('planIds', 'Wählen Sie mindestens eine Stelle aus.'));
      return ok(
        wished.map(({ id: planId, name, kind, email, period, legalBasis, silence }) => ({
          action: 'ask',
          consultationId: id(),
          roundId: wish.roundId,
          planId,
          kind,
          name: name.de,
          email,
          period,
          reminderDays,
          legalBasis,
          silence,
        })),
      );
    }
    case 'ask':
      return ok([{ ...wish, consultationId: id(), reminderDays }]);
    case 'extend':
      return ok([{ ...wish, reminderDays }]);
    case 'show-documents': {
      const files = view.documents.filter((one) => wish.documentIds.includes(one.id));
      if (files.length === 0) return refuse(invalidField('documentIds', 'Wählen Sie mindestens eine Unterlage aus.'));
      return ok(files.map((file) => ({ action: 'attach', roundId: wish.roundId, file: { ...file, id: id() } })));
    }
    default:
      return ok([wish]);
  }
}

function openRoundOf(wish: Extract<Wish, { action: 'open-round' }>, view: CaseView, fresh: string): Result<readonly Command[], ParticipationProblem> {
  const plan = view.plan ?? NO_PLAN;
  const planned = plan.publicRounds.find((one) => one.id === wish.planId);
  if (wish.planId !== undefined && planned === undefined) return refuse(invalidField('planId', 'Diese Runde kennt das Verfahren nicht.'));
  const legalBasis = planned?.legalBasis ?? wish.legalBasis?.trim();
  if (legalBasis === undefined || legalBasis === '') return refuse(invalidField('legalBasis', 'Nennen Sie die Vorschrift, nach der beteiligt wird.'));
  const period = planned?.period ?? wish.period;
  if (period === undefined) return refuse(invalidField('period', 'Nennen Sie, wie lange die Runde dauert.'));
  const place = wish.place ?? (wish.showPlace === true ? view.place : undefined);
  return ok([
    {
      action: 'open-round',
      roundId: wish.roundId ?? fresh,
      kind: planned === undefined ? wish.kind : 'oeffentlich',
      planId: wish.planId,
      title: wish.title,
      request: wish.request,
      legalBasis,
      startsOn: wish.startsOn,
      noticedOn: wish.noticedOn,
      period,
      noticeDays: planned?.noticeDays ?? 0,
      graceDays: plan.graceDays,
      place,
      repeat: wish.repeat,
    },
  ]);
}
