import { samplePicture } from './commands/sample-picture.ts';
import type { Actor } from './kernel/actor.ts';
import { newId } from './kernel/id.ts';
import { expectOk } from './kernel/result.ts';
import { followProcessingTimes } from './modules/catalogue/public.ts';
import { demoAccounts } from './modules/identity/public.ts';
import { payDemoClaims } from './modules/payment/public.ts';
import { act, addUpload, countCases, proposeFor, putAnswers, startDraft, submit, type ProcedureContext } from './modules/procedure/public.ts';
import { pastCity, type PastCity } from './past-city.ts';
import type { StartProgress } from './platform/http/starting.ts';
import { atLeisure } from './platform/jobs/give-way.ts';

type Citizen = Extract<Actor, { kind: 'citizen' }>;

/** How far a demo case has come, and how many days ago it began. */
interface Story {
  readonly service: 'baumfaellung' | 'bewohnerparkausweis';
  readonly daysAgo: number;
  readonly until: 'submitted' | 'complete' | 'asked' | 'suspended' | 'decided';
  readonly decidedAfter?: number;
  readonly place: readonly [lon: number, lat: number];
}

const ALTONA = [9.935, 53.557] as const;
const NORD = [10.01, 53.59] as const;
const EIMSBUETTEL = [9.95, 53.58] as const;

/** Enough to fill an inbox and to measure durations; small enough to be there in seconds. */
const STORIES: readonly Story[] = [
  ...[12, 19, 26, 33, 41, 47, 55].map((decidedAfter, index): Story => ({
    service: 'baumfaellung',
    daysAgo: 150 - index * 11,
    until: 'decided',
    decidedAfter,
    place: [ALTONA, NORD, EIMSBUETTEL][index % 3]!,
  })),
  { service: 'baumfaellung', daysAgo: 64, until: 'complete', place: ALTONA },
  { service: 'baumfaellung', daysAgo: 49, until: 'complete', place: ALTONA },
  { service: 'baumfaellung', daysAgo: 40, until: 'suspended', place: ALTONA },
  { service: 'baumfaellung', daysAgo: 21, until: 'complete', place: NORD },
  { service: 'baumfaellung', daysAgo: 9, until: 'asked', place: ALTONA },
  { service: 'baumfaellung', daysAgo: 3, until: 'submitted', place: ALTONA },
  { service: 'baumfaellung', daysAgo: 1, until: 'submitted', place: EIMSBUETTEL },
  ...[80, 66, 52, 37, 23, 11].map((daysAgo): Story => ({ service: 'bewohnerparkausweis', daysAgo, until: 'submitted', place: ALTONA })),
];

/** Demo officers act under this id; their names come when they first sign in. */
const DEMO_OFFICER = '0190a000-0000-7000-8000-00000000de30';

const BEGUN = 'demo.begun';
const TOLD = 'demo.story-told';
const STREAM = 'demo';

/**
 * Lets a demo city look as if it had worked for half a year. Goes on where an earlier start was
 * interrupted; does nothing where there were cases before.
 */
export async function fillDemoCases(ctx: ProcedureContext, progress: (now: StartProgress) => void): Promise<void> {
  const kept = await ctx.journal.readStream(ctx.database.read, STREAM);
  const told = kept.filter(({ kind }) => kind === TOLD).length;
  if (told === STORIES.length || (kept.length === 0 && (await countCases(ctx)) > 0)) return;
  if (kept.length === 0) await note(ctx, BEGUN, {});
  const accounts = await demoAccounts(ctx.database.read);
  for (const [index, story] of STORIES.entries()) {
    if (index < told) continue;
    progress({ step: 'Die Demo bekommt Vorgänge', done: index, total: STORIES.length });
    const account = accounts[index % accounts.length]!;
    await tell(ctx, { kind: 'citizen', accountId: account.id, trust: 'substanziell' }, account, story, index);
    await note(ctx, TOLD, { index });
  }
  await followProcessingTimes(ctx);
}

async function note(ctx: ProcedureContext, kind: string, payload: Record<string, number>): Promise<void> {
  await ctx.database.write((tx) => ctx.journal.append(tx, { kind: 'system', job: 'demo' }, ctx.clock(), [{ stream: STREAM, kind, payload }]));
}

const daysLater = (ctx: ProcedureContext, story: Story, days: number): PastCity => pastCity(ctx, ctx.clock().subtract({ hours: 24 * (story.daysAgo - days) }));

/** A Bescheid is final so many days after it was sent, and its fee was paid before; what is younger is still open. */
const [FINAL_DAYS, PAID_DAYS] = [40, 10];

async function tell(ctx: ProcedureContext, citizen: Citizen, name: { givenName: string; familyName: string }, story: Story, index: number): Promise<void> {
  const begin = daysLater(ctx, story, 0);
  const then = begin.ctx;
  const pkg = ctx.desk.current(story.service)!;
  const draft = expectOk(await atLeisure(startDraft(then, citizen, story.service)));
  expectOk(await atLeisure(putAnswers(then, citizen, draft.id, answersFor(pkg.walk.answers, name, story, index), 'de')));
  for (const { slot, fileName } of pkg.walk.documents) {
    expectOk(await atLeisure(addUpload(then, citizen, { ownerId: draft.id, slot, field: slot, fileName, bytes: samplePicture(index), tooLarge: false })));
  }
  const { authority } = expectOk(await atLeisure(submit(then, citizen, draft.id, 'de')));
  await begin.settle();
  const officer: Actor = { kind: 'staff', staffId: DEMO_OFFICER, roles: ['sachbearbeitung'], authorities: [authority] };
  const does = async (days: number, command: Parameters<typeof act>[2]['command']) => {
    const later = daysLater(ctx, story, days);
    expectOk(await atLeisure(act(later.ctx, officer, { caseId: draft.id, command })));
    await later.settle();
  };
  const isOver = async (sentAfter: number): Promise<void> => {
    if (story.daysAgo - sentAfter <= FINAL_DAYS) return;
    const paid = daysLater(ctx, story, sentAfter + PAID_DAYS);
    await payDemoClaims(paid.kasse, draft.id);
    await paid.settle();
    const final = daysLater(ctx, story, sentAfter + FINAL_DAYS);
    final.order('procedure.sweep-deadlines', {});
    await final.settle();
  };
  switch (story.until) {
    case 'submitted':
      return isOver(0);
    case 'asked':
      await does(2, {
        action: 'request-documents',
        requestId: newId(ctx.clock().epochMilliseconds),
        items: [{ id: 'foto', text: 'Ein Foto der ganzen Krone' }],
        text: 'Bitte bei Tageslicht.',
      });
      return;
    case 'complete':
      await does(2, { action: 'confirm-complete' });
      return;
    case 'suspended':
      await does(2, { action: 'confirm-complete' });
      await does(10, { action: 'suspend', reason: 'Das Gutachten zur Standsicherheit steht aus.' });
      return;
    case 'decided': {
      await does(2, { action: 'confirm-complete' });
      const after = story.decidedAfter ?? 20;
      const text = {
        ...expectOk(await atLeisure(proposeFor(daysLater(ctx, story, after).ctx, officer, draft.id, 'grant'))),
        discretion: ['Der Baum ist so geschädigt, dass seine Erhaltung nicht zu erwarten ist.'],
      };
      await does(after, { action: 'draft-decision', outcome: 'grant', feeCents: 9500 + index * 500, text });
      await does(after, { action: 'decide', decisionId: newId(ctx.clock().epochMilliseconds) });
      await isOver(after);
    }
  }
}

function answersFor(
  example: Readonly<Record<string, unknown>>,
  name: { givenName: string; familyName: string },
  story: Story,
  index: number,
): Record<string, unknown> {
  const answers: Record<string, unknown> = { ...structuredClone(example), givenName: name.givenName, familyName: name.familyName };
  if (story.service === 'bewohnerparkausweis')
    return { ...answers, plate: `HH-KD ${100 + index}`, ...(index % 3 === 0 && { remark: 'Ich bekomme bald ein anderes Auto.' }) };
  const [lon, lat] = story.place;
  const trees = (answers['trees'] as object[]).map((tree, at) => ({
    ...tree,
    position: { lon: Math.round((lon + index * 0.0004 + at * 0.0002) * 1e6) / 1e6, lat },
    circumferenceCm: 60 + ((index * 37 + at * 53) % 170),
  }));
  return { ...answers, trees };
}
