import { STAFF_FUNCTIONS } from './kernel/lage.ts';
import { forcesSummary, listTasks } from './modules/forces/public.ts';
import { overdueMessages, readLog, readReports, type LogbookContext } from './modules/logbook/public.ts';
import type { Finding, FindingSource, OrientationContext } from './modules/orientation/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { contradictionList } from './modules/reports/public.ts';
import { staffOf, type SituationContext } from './modules/situation/public.ts';
import { surgeDuties, type SurgeContext } from './modules/surge/public.ts';
import { waitingWarnings } from './modules/warnings/public.ts';

/** Of what each module of a Lage tells the overview. */
export interface OrientationNeighbours {
  readonly situation: SituationContext;
  readonly logbook: LogbookContext;
  readonly surge: SurgeContext;
}

export function orientationOn(ctx: ProcedureContext, { situation, logbook, surge }: OrientationNeighbours): OrientationContext {
  return {
    ...ctx,
    sources: {
      Kräfte: forcesSource(ctx),
      Nachrichten: messageSource(logbook),
      Lageberichte: reportSource(logbook),
      Stab: staffSource(situation),
      Sturmflut: surgeSource(surge),
      Warnungen: warningSource(ctx),
      Meldungen: reportedSource(ctx),
    },
    logAfter: async (actor, key, number, limit) => {
      const read = await readLog(logbook, actor, key, { limit });
      const entries = read.ok ? read.value.entries : [];
      return entries.filter((one) => one.number > number).map(({ number: no, text, eventAt, author }) => ({ number: no, text, at: eventAt, author }));
    },
  };
}

const GAPS = {
  request: { aspect: 'missing', code: 'request-open', path: 'anforderungen' },
  'section-without-leader': undefined,
  'relief-due': { aspect: 'due', code: 'relief-due', path: 'kraefte' },
  'task-without-unit': { aspect: 'missing', code: 'task-without-unit', path: 'auftraege' },
  'task-overdue': { aspect: 'due', code: 'task-overdue', path: 'auftraege' },
  'shelter-full': { aspect: 'missing', code: 'shelter-full', path: 'unterkuenfte' },
} as const;

const DUE_SOON_MINUTES = 60;

/** Gaps of the forces, and tasks whose deadline comes within the hour. */
const forcesSource =
  ({ database }: Pick<ProcedureContext, 'database'>): FindingSource =>
  async (view, _actor, now) => {
    const { gaps } = await forcesSummary(database.read, view, now);
    const found = gaps.flatMap(({ kind, id, title }): Finding[] => {
      const gap = GAPS[kind];
      return gap === undefined ? [] : [{ aspect: gap.aspect, code: gap.code, about: title, href: `/lagen/${view.lage.key}/${gap.path}/${id}` }];
    });
    const tasks = await listTasks(database.read, view, { limit: 500, open: true });
    const soon = tasks.flatMap(({ id, body }): Finding[] => {
      if (body.deadline === null) return [];
      const at = Temporal.Instant.from(body.deadline);
      const minutes = now.until(at).total('minutes');
      return minutes > 0 && minutes <= DUE_SOON_MINUTES
        ? [{ aspect: 'due', code: 'task-due', about: body.title, at, href: `/lagen/${view.lage.key}/auftraege/${id}` }]
        : [];
    });
    return [...found, ...soon];
  };

const messageSource =
  (logbook: LogbookContext): FindingSource =>
  async (view) =>
    (await overdueMessages(logbook, view)).map((one): Finding => ({
      aspect: 'due',
      code: 'message-waits',
      about: one.content.slice(0, 120),
      at: one.writtenAt,
      href: `/lagen/${view.lage.key}/nachrichten/${one.id}`,
    }));

const REPORT_OLD_HOURS = 4;

const reportSource =
  (logbook: LogbookContext): FindingSource =>
  async (view, actor, now) => {
    const reports = await readReports(logbook, actor, view.lage.key, { limit: 1 });
    if (!reports.ok) return [];
    const at = reports.value.reports[0]?.writtenAt;
    if (at !== undefined && at.until(now).total('hours') < REPORT_OLD_HOURS) return [];
    return [{ aspect: 'missing', code: 'report-old', about: 'Lagebericht', ...(at === undefined ? {} : { at }), href: `/lagen/${view.lage.key}/lageberichte` }];
  };

/** Functions of a staff that nobody fills (S1 to S6). */
const staffSource =
  (situation: SituationContext): FindingSource =>
  async (view, actor) => {
    // who does not see the staff cannot say what is missing of it
    if (!view.layers.has('fuehrung')) return [];
    const staff = await staffOf(situation, actor, view.lage.key);
    const filled = new Set(staff.ok ? staff.value.members.filter(({ endedAt }) => endedAt === null).map((one) => one.function) : []);
    return STAFF_FUNCTIONS.filter((one) => /^S\d$/.test(one) && !filled.has(one)).map((one): Finding => ({
      aspect: 'missing',
      code: 'function-empty',
      about: one,
      href: `/lagen/${view.lage.key}/stab`,
    }));
  };

/** The checklist by deadline, and what rules propose. */
const surgeSource =
  (surge: SurgeContext): FindingSource =>
  async (view) => {
    if (view.lage.hazard !== 'sturmflut') return [];
    const { items, proposals } = await surgeDuties(surge, view);
    const base = `/lagen/${view.lage.key}/sturmflut`;
    const due = items.flatMap(({ measure, state, deadline, minutesLeft }): Finding[] => {
      const at = deadline === null ? {} : { at: deadline };
      if (state === 'overdue') return [{ aspect: 'due', code: 'measure-overdue', about: measure.title, ...at, href: `${base}/massnahme/${measure.key}` }];
      const soon = state === 'due' && minutesLeft !== null && minutesLeft <= DUE_SOON_MINUTES;
      return soon ? [{ aspect: 'due', code: 'measure-due', about: measure.title, ...at, href: `${base}/massnahme/${measure.key}` }] : [];
    });
    const proposed = proposals.map((one): Finding => ({
      aspect: 'proposed',
      code: 'proposal',
      about: `${one.title} (${one.reasons.join('; ')})`.slice(0, 300),
      at: one.raisedAt,
      href: `${base}/vorschlag/${one.id}`,
    }));
    return [...due, ...proposed];
  };

const warningSource =
  ({ database }: Pick<ProcedureContext, 'database'>): FindingSource =>
  async (view) =>
    (await waitingWarnings(database.read, view)).map(({ id, headline, since }): Finding => ({
      aspect: 'missing',
      code: 'warning-waits',
      about: headline,
      at: since,
      href: `/lagen/${view.lage.key}/warnungen/${id}`,
    }));

/** Reports that say the opposite of each other, of the same place and time. */
const reportedSource =
  (ctx: Pick<ProcedureContext, 'database' | 'clock'>): FindingSource =>
  async (view, actor) => {
    if (!view.layers.has('meldungen')) return [];
    const found = await contradictionList(ctx, actor, view.lage.key, { limit: 50, open: true });
    if (!found.ok) return [];
    return found.value.contradictions.map(({ textA, textB, foundAt, eventA }): Finding => ({
      aspect: 'contradictory',
      code: 'contradiction',
      about: `${textA.slice(0, 80)} / ${textB.slice(0, 80)}`,
      at: foundAt,
      href: `/lagen/${view.lage.key}/meldungen/ereignis/${eventA}`,
    }));
  };
