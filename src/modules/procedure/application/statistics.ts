import type { Actor } from '../../../kernel/actor.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
import type { CaseStatus } from '../domain/status.ts';
import { figuresByService, figuresByStep, type ServiceFigures, type StepFigures } from '../store/statistics.ts';
import type { ProcedureContext } from './context.ts';

type Staff = Extract<Actor, { kind: 'staff' }>;

/** Whom a case in this status waits for. */
export type WaitingFor = 'authority' | 'applicant' | 'nobody';

export const WAITING_FOR: Readonly<Record<CaseStatus, WaitingFor>> = {
  eingegangen: 'authority',
  unvollstaendig: 'applicant',
  in_pruefung: 'authority',
  anhoerung: 'applicant',
  ausgesetzt: 'nobody',
  freigabe: 'authority',
  beschlossen: 'authority',
  bekanntgegeben: 'nobody',
  widerspruch: 'authority',
  bestandskraeftig: 'nobody',
  zurueckgenommen: 'nobody',
  abgeschlossen: 'nobody',
};

/** Fewer cases than this say more about persons than about work: their durations are not shown. */
export const FEWEST_CASES = 3;

/** What a service's cases took. Shares from 0 to 1, durations in days; absent where there is too little to say. */
export interface ServiceStatistics {
  readonly service: string;
  readonly submitted: number;
  /** Of them, from other systems. */
  readonly fromElsewhere: number;
  readonly decided: number;
  readonly open: number;
  readonly medianDays?: number;
  readonly p90Days?: number;
  readonly onTimeShare?: number;
  readonly automatedShare?: number;
  readonly steps: readonly { readonly status: CaseStatus; readonly waitingFor: WaitingFor; readonly stays: number; readonly medianDays?: number }[];
  /** Share of the time that cases waited for each. */
  readonly waiting?: Readonly<Record<WaitingFor, number>>;
}

export interface Statistics {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
  readonly measuredAt: Temporal.Instant;
  readonly services: readonly ServiceStatistics[];
}

/** Figures of the authorities this employee works for (Revision: all), from `from` to `until`, both included. */
export async function readStatistics(ctx: ProcedureContext, actor: Staff, days: { from: Temporal.PlainDate; until: Temporal.PlainDate }): Promise<Statistics> {
  const authorities = actor.roles.includes('revision') ? ctx.desk.services.authorities.map((one) => one.id) : actor.authorities;
  const from = days.from.toZonedDateTime(CITY_ZONE).toInstant();
  const to = days.until.add({ days: 1 }).toZonedDateTime(CITY_ZONE).toInstant();
  const [services, steps] = [
    await figuresByService(ctx.database.read, { authorities, from, to }),
    await figuresByStep(ctx.database.read, { authorities, from, to }),
  ];
  return {
    ...days,
    measuredAt: ctx.clock(),
    services: services.map((one) =>
      statisticsOf(
        one,
        steps.filter((step) => step.service === one.service),
      ),
    ),
  };
}

function statisticsOf(figures: ServiceFigures, steps: readonly StepFigures[]): ServiceStatistics {
  const { service, submitted, fromElsewhere, decided, open, medianDays, p90Days, due, onTime, automated } = figures;
  return {
    service,
    submitted,
    fromElsewhere,
    decided,
    open,
    ...(decided >= FEWEST_CASES && medianDays !== null && p90Days !== null && { medianDays, p90Days }),
    ...(due >= FEWEST_CASES && { onTimeShare: onTime / due }),
    ...(decided >= FEWEST_CASES && { automatedShare: automated / decided }),
    steps: steps.map(({ status, stays, medianDays: median }) => ({
      status,
      waitingFor: WAITING_FOR[status],
      stays,
      ...(stays >= FEWEST_CASES && { medianDays: median }),
    })),
    ...waitingOf(steps),
  };
}

/** Only the time until the decision: afterwards nobody waits for a decision any more. */
function waitingOf(steps: readonly StepFigures[]): { waiting?: Record<WaitingFor, number> } {
  const before = steps.filter(({ status }) => !['bekanntgegeben', 'bestandskraeftig', 'zurueckgenommen', 'abgeschlossen'].includes(status));
  const total = before.reduce((sum, step) => sum + step.totalDays, 0);
  if (total === 0 || before.reduce((sum, step) => sum + step.stays, 0) < FEWEST_CASES) return {};
  const share = (who: WaitingFor): number => before.filter(({ status }) => WAITING_FOR[status] === who).reduce((sum, step) => sum + step.totalDays, 0) / total;
  return { waiting: { authority: share('authority'), applicant: share('applicant'), nobody: share('nobody') } };
}
