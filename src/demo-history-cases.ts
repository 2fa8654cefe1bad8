import { samplePicture } from './commands/sample-picture.ts';
import { answersOf, questionOf, weighedOf } from './demo-history-answers.ts';
import { residentOf } from './demo-history-people.ts';
import { originOf, type LeftDraft, type ToldCase } from './demo-history-plan.ts';
import type { Actor } from './kernel/actor.ts';
import { newId } from './kernel/id.ts';
import { expectOk } from './kernel/result.ts';
import { CITY_ZONE, legalDay } from './kernel/time.ts';
import { computeFee } from './modules/catalogue/public.ts';
import { seedDemoResident } from './modules/identity/public.ts';
import { payDemoClaims } from './modules/payment/public.ts';
import {
  act,
  addUpload,
  caseFile,
  proposeFor,
  putAnswers,
  savePage,
  startDraft,
  submit,
  type CaseFile,
  type ProcedureContext,
} from './modules/procedure/public.ts';
import { pastCity, type PastCity } from './past-city.ts';
import { atLeisure } from './platform/jobs/give-way.ts';

type State = CaseFile['state'];
type Citizen = Extract<Actor, { kind: 'citizen' }>;

/** Demo officers act under this id; their names come when they first sign in. */
const DESK = '0190a000-0000-7000-8000-00000000de32';

export interface Teller {
  readonly ctx: ProcedureContext;
  /** Codes of the campaign's links. */
  readonly codes: readonly string[];
}

/** A step of a case after it was sent. */
interface Step {
  readonly at: Temporal.Instant;
  readonly does: 'pay' | 'ask' | 'answer' | 'confirm' | 'decide' | 'final';
}

/** When what happens to a case: officers work on weekdays, a Widerspruch has its month and four days. */
export function stepsOf({ service, way, days, at }: ToldCase): readonly Step[] {
  const paidBefore: Step[] = service === 'hund' ? [{ at: at.add({ minutes: 25 }), does: 'pay' }] : [];
  if (way === 'rules') return [...paidBefore, ...afterwards(at, service)];
  const question = workday(at, 2);
  const answer = later(question, 1 + (days % 5)).add({ hours: 7 });
  const whole = way === 'asked' ? answer : at;
  const complete = workday(whole, way === 'asked' ? 1 : 2);
  const decided = workday(whole, days);
  return [
    ...paidBefore,
    ...(way === 'asked'
      ? ([
          { at: question, does: 'ask' },
          { at: answer, does: 'answer' },
        ] as const)
      : []),
    { at: complete, does: 'confirm' },
    { at: isBefore(decided, complete) ? complete : decided, does: 'decide' },
    ...afterwards(decided, service),
  ];
}

const FINAL_DAYS = 40;
const PAID_DAYS = 6;

const afterwards = (decided: Temporal.Instant, service: ToldCase['service']): Step[] => [
  ...(service === 'hund' ? [] : [{ at: later(decided, PAID_DAYS), does: 'pay' } as const]),
  { at: later(decided, FINAL_DAYS), does: 'final' },
];

const isBefore = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0;
const later = (at: Temporal.Instant, days: number): Temporal.Instant => at.add({ hours: 24 * days });

/** So many days later, or on the Monday after, between nine and four o'clock. */
function workday(at: Temporal.Instant, days: number): Temporal.Instant {
  const then = later(at, days).toZonedDateTimeISO(CITY_ZONE);
  return then
    .add({ days: Math.max(0, then.dayOfWeek - 5) && 8 - then.dayOfWeek })
    .with({ hour: 9 + (then.minute % 7) })
    .toInstant();
}

const citizenOf = (resident: number): Citizen => ({ kind: 'citizen', accountId: residentOf(resident).id, trust: 'substanziell' });

async function beginDraft(then: PastCity, { codes }: Teller, one: ToldCase | LeftDraft): Promise<string> {
  await seedDemoResident(then.ctx, residentOf(one.resident), one.at.subtract({ minutes: 12 }));
  return expectOk(await atLeisure(startDraft(then.ctx, citizenOf(one.resident), one.service, originOf(one, codes)))).id;
}

/** Tells of an application that somebody began and left. @returns its id */
export async function tellLeft(teller: Teller, one: LeftDraft): Promise<string> {
  const then = pastCity(teller.ctx, one.at);
  const id = await beginDraft(then, teller, one);
  const { pages } = then.ctx.desk.current(one.service)!.form;
  const page = pages[Math.min(one.page, pages.length - 1)]!;
  const posted = { draftId: id, pageId: page.id, posted: new URLSearchParams(), lang: 'de', ...(page.repeat && { itemIndex: 0 }) } as const;
  expectOk(await atLeisure(savePage(then.ctx, citizenOf(one.resident), posted)));
  return id;
}

/**
 * Tells a case from its beginning as far as it has come by now. Told again, it goes on from where it stands.
 * @param known the case's id, when an earlier start was interrupted in it
 * @param begun told of the id before anything is sent
 * @returns the case's id
 */
export async function tellCase(teller: Teller, one: ToldCase, known: string | undefined, begun: (caseId: string) => Promise<void>): Promise<string> {
  const { ctx } = teller;
  const then = pastCity(ctx, one.at);
  const id = known ?? (await beginDraft(then, teller, one));
  if (known === undefined) await begun(id);
  const state = (await caseFile(ctx, ctx.database.read, id))?.state;
  if (state === undefined) await send(then, one, id);
  else catchUp(then, state);
  await then.settle();
  const now = ctx.clock();
  for (const step of stepsOf(one)) {
    if (isBefore(now, step.at)) break;
    const at = pastCity(ctx, step.at);
    await take(at, step, one, id);
    await at.settle();
  }
  return id;
}

async function send({ ctx }: PastCity, one: ToldCase, id: string): Promise<void> {
  const { service, resident } = one;
  const citizen = citizenOf(resident);
  const { walk } = ctx.desk.current(service)!;
  const answers = answersOf(service, walk.answers, residentOf(resident), one);
  expectOk(await atLeisure(putAnswers(ctx, citizen, id, answers, 'de')));
  const trees = Array.isArray(answers['trees']) ? answers['trees'].length : 1;
  for (const [index, { slot, fileName }] of walk.documents.slice(0, trees).entries())
    expectOk(await atLeisure(addUpload(ctx, citizen, { ownerId: id, slot, field: slot, fileName, bytes: samplePicture(40 + index), tooLarge: false })));
  expectOk(await atLeisure(submit(ctx, citizen, id, 'de')));
}

/** What an interrupted start had ordered and not carried out: each is done once, however often it is ordered. */
function catchUp(then: PastCity, { id: caseId, version, decisions }: State): void {
  then.order('procedure.demand-fee', { caseId });
  then.order('procedure.decide-automatically', { caseId });
  for (let event = 1; event <= version; event++) then.order('procedure.write-letter', { caseId, version: event });
  for (const { id: decisionId } of decisions) {
    then.order('procedure.issue-decision', { caseId, decisionId });
    then.order('procedure.demand-fee', { caseId, decisionId });
  }
}

/** One step, where the case stands so that it is due. */
async function take(then: PastCity, { does }: Step, one: ToldCase, caseId: string): Promise<void> {
  const { ctx } = then;
  if (does === 'pay') return payDemoClaims(then.kasse, caseId);
  if (does === 'final') return then.order('procedure.sweep-deadlines', {});
  const state = (await caseFile(ctx, ctx.database.read, caseId))!.state;
  const desk: Actor = { kind: 'staff', staffId: DESK, roles: ['sachbearbeitung'], authorities: [state.authority] };
  const acts = async (actor: Actor, command: Parameters<typeof act>[2]['command']): Promise<void> =>
    void expectOk(await atLeisure(act(ctx, actor, { caseId, command })));
  const seed = `${one.service} ${one.resident}`;
  const { item, answer } = questionOf(one.service, seed);
  if (does === 'ask' && state.status === 'eingegangen' && state.lastFiledOn === state.submittedOn)
    return acts(desk, { action: 'request-documents', requestId: idAt(then), items: [{ id: 'angabe', text: item }], text: '' });
  if (does === 'answer' && state.status === 'unvollstaendig') return acts(citizenOf(one.resident), { action: 'answer-request', text: answer, documents: [] });
  if (does === 'confirm' && ['eingegangen', 'unvollstaendig'].includes(state.status)) return acts(desk, { action: 'confirm-complete' });
  if (does !== 'decide' || state.status !== 'in_pruefung') return;
  if (state.draft === undefined) {
    const text = { ...expectOk(await atLeisure(proposeFor(ctx, desk, caseId, 'grant'))), discretion: weighedOf(one.service, seed) };
    await acts(desk, { action: 'draft-decision', outcome: 'grant', feeCents: feeOf(one, then, state), text });
  }
  await acts(desk, { action: 'decide', decisionId: idAt(then) });
}

const idAt = ({ ctx }: PastCity): string => newId(ctx.clock().epochMilliseconds);

/** Where the law fixes the fee it is that; for trees it lies within its frame. */
function feeOf({ service, resident }: ToldCase, { ctx }: PastCity, { answers }: State): number {
  if (service === 'baumfaellung') return 9500 + (resident % 7) * 500;
  return computeFee(ctx.desk.current(service)!, answers, legalDay(ctx.clock())).cents;
}
