import { samplePdf } from './commands/sample-pdf.ts';
import { samplePicture } from './commands/sample-picture.ts';
import type { Actor } from './kernel/actor.ts';
import { newId } from './kernel/id.ts';
import { expectOk } from './kernel/result.ts';
import { demoAccounts } from './modules/identity/public.ts';
import { act, addUpload, putAnswers, startDraft, submit, type ProcedureContext } from './modules/procedure/public.ts';

/** What seeding needs: nothing is typeset, sealed or sent. */
export type SeedContext = Omit<ProcedureContext, 'typesetter' | 'seal'>;

/** Packages whose example can be applied for again and again. */
const SERVICES = ['baumfaellung', 'bewohnerparkausweis', 'sondernutzung', 'wohnraumschutznummer', 'baumfaellung', 'hund'] as const;
const PLACES = [
  [9.935, 53.557],
  [10.01, 53.59],
  [9.95, 53.58],
  [10.005, 53.55],
  [10.09, 53.585],
] as const;
const DAYS = 400;
/** Every so many cases progress is told. */
const TELL = 500;

/** An officer of every authority; their name comes when somebody signs in. */
const DESK = '0190a000-0000-7000-8000-00000000de31';

/**
 * Makes `wanted` cases through the same use cases as people do, spread over services, districts,
 * persons, the last year and every state before the decision. Can be repeated and stopped at any time.
 * @param lanes how many are made at once
 */
export async function seedCases(ctx: SeedContext, wanted: number, lanes: number, told: (done: number) => void): Promise<void> {
  const full = ctx as ProcedureContext;
  const accounts = await demoAccounts(ctx.database.read);
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < wanted; index = next++) {
      await seedOne(full, accounts[index % accounts.length]!, index);
      done += 1;
      if (done % TELL === 0 || done === wanted) told(done);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

interface Person {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
}

async function seedOne(ctx: ProcedureContext, person: Person, index: number): Promise<void> {
  const age = (index * 7919) % DAYS;
  const at = (days: number): ProcedureContext => {
    const then = ctx.clock().subtract({ hours: 24 * Math.max(age - days, 0) });
    return { ...ctx, clock: () => then };
  };
  const service = SERVICES[index % SERVICES.length]!;
  const pkg = ctx.desk.current(service)!;
  const citizen = { kind: 'citizen', accountId: person.id, trust: 'substanziell' } as const;
  const draft = expectOk(await startDraft(at(0), citizen, service));
  expectOk(await putAnswers(at(0), citizen, draft.id, answersOf(pkg.walk.answers, person, index), 'de'));
  for (const { slot, fileName } of pkg.walk.documents) {
    const bytes = fileName.endsWith('.pdf') ? samplePdf(slot) : samplePicture(index % 200);
    expectOk(await addUpload(at(0), citizen, { ownerId: draft.id, slot, field: slot, fileName, bytes, tooLarge: false }));
  }
  const { authority } = expectOk(await submit(at(0), citizen, draft.id, 'de'));
  await goOn(at, { kind: 'staff', staffId: DESK, roles: ['sachbearbeitung'], authorities: [authority] }, draft.id, index);
}

/** Every sixth case stays where it arrived; the others go as far as their turn says. */
async function goOn(at: (days: number) => ProcedureContext, officer: Actor, caseId: string, index: number): Promise<void> {
  const does = async (days: number, command: Parameters<typeof act>[2]['command']): Promise<void> => {
    expectOk(await act(at(days), officer, { caseId, command }));
  };
  const id = (): string => newId(at(0).clock().epochMilliseconds);
  switch (Math.floor(index / SERVICES.length) % 6) {
    case 1:
      return does(2, { action: 'request-documents', requestId: id(), items: [{ id: 'foto', text: 'Ein besseres Foto' }], text: '' });
    case 2:
    case 3:
      return does(3, { action: 'confirm-complete' });
    case 4:
      await does(3, { action: 'confirm-complete' });
      return does(9, { action: 'suspend', reason: 'Ein Gutachten steht aus.' });
    case 5:
      await does(3, { action: 'confirm-complete' });
      return does(6, { action: 'hear', hearingId: id(), text: 'Wir erwägen eine Ablehnung.' });
    default:
  }
}

function answersOf(example: Readonly<Record<string, unknown>>, { givenName, familyName }: Person, index: number): Record<string, unknown> {
  const answers: Record<string, unknown> = { ...structuredClone(example), givenName, familyName };
  const [lon, lat] = PLACES[index % PLACES.length]!;
  const place = (step: number) => ({ lon: Math.round((lon + (index % 97) * 0.0001 + step * 0.0001) * 1e6) / 1e6, lat });
  if (answers['position'] !== undefined) answers['position'] = place(0);
  // the example's dog came lately; most of these cases are older
  if (answers['keptSince'] !== undefined) answers['keptSince'] = answers['dogBirth'];
  if (Array.isArray(answers['trees'])) answers['trees'] = (answers['trees'] as object[]).map((tree, step) => ({ ...tree, position: place(step) }));
  return answers;
}
