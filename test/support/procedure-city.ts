import { join } from 'node:path';
import type { Actor } from '../../src/kernel/actor.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { legalDay } from '../../src/kernel/time.ts';
import { loadServices, openServiceDesk, type ServicePackage } from '../../src/modules/catalogue/public.ts';
import { demoAccounts, seedDemoAccounts } from '../../src/modules/identity/public.ts';
import { procedureJobs, type Cashier, type FeeDemand, type ProcedureContext } from '../../src/modules/procedure/public.ts';
import { putAnswers } from '../../src/modules/procedure/application/answers.ts';
import { startDraft } from '../../src/modules/procedure/application/drafts.ts';
import { addUpload } from '../../src/modules/procedure/application/uploads.ts';
import { samplePdf } from '../../src/commands/sample-pdf.ts';
import { samplePicture } from '../../src/commands/sample-picture.ts';
import type { Engine } from './temporary-database.ts';
import { repositoryRoot, temporaryCity, type TemporaryCity } from './temporary-city.ts';

export type Citizen = Extract<Actor, { kind: 'citizen' }>;
export type Staff = Extract<Actor, { kind: 'staff' }>;

export interface ProcedureCity extends Omit<TemporaryCity, 'ctx'> {
  readonly ctx: ProcedureContext;
  /** A demo citizen with eID. */
  readonly citizen: Citizen;
  readonly stranger: Citizen;
  /** What the Kasse was asked to demand, and whether it says that it is paid. */
  readonly kasse: { readonly demands: FeeDemand[]; paid: boolean };
}

/** A city that can take applications and decide them; nothing listens on a port. */
export async function procedureCity(options: { engine?: Engine; now?: string } = {}): Promise<ProcedureCity> {
  const city = await temporaryCity(options);
  const services = await loadServices(join(repositoryRoot, 'services'), legalDay(city.clock.now()));
  const desk = await openServiceDesk(city.ctx, services);
  const kasse: ProcedureCity['kasse'] = { demands: [], paid: true };
  const cashier: Cashier = {
    async demand(_tx, fee) {
      if (!kasse.demands.some((one) => one.key === fee.key)) kasse.demands.push(fee);
    },
    isPaid: async () => kasse.paid,
  };
  const ctx: ProcedureContext = { ...city.ctx, desk, cashier };
  await seedDemoAccounts(ctx, city.clock.now());
  await city.jobs.register([...procedureJobs(ctx)]);
  const [citizen, stranger] = await accounts(city);
  return { ...city, ctx, citizen: citizen!, stranger: stranger!, kasse };
}

/** The invented citizens in their order; Katharina Petersen, who is every package's example, first. */
async function accounts(city: TemporaryCity): Promise<Citizen[]> {
  return (await demoAccounts(city.database.read)).map(({ id }) => ({ kind: 'citizen', accountId: id, trust: 'substanziell' }));
}

export const officer: Staff = {
  kind: 'staff',
  staffId: '0190a000-0000-7000-8000-0000000000a1',
  roles: ['sachbearbeitung'],
  authorities: ['bezirksamt-altona', 'landesbetrieb-verkehr'],
};
export const lead: Staff = {
  kind: 'staff',
  staffId: '0190a000-0000-7000-8000-0000000000b1',
  roles: ['leitung'],
  authorities: ['bezirksamt-altona', 'landesbetrieb-verkehr'],
};
export { samplePicture as picture };

/** A draft filled with the package's own example, with changes. @returns its id */
export async function filledDraft(
  city: ProcedureCity,
  key: string,
  change: (answers: Record<string, unknown>) => Record<string, unknown> = (answers) => answers,
  citizen = city.citizen,
): Promise<string> {
  const { ctx } = city;
  const pkg: ServicePackage = ctx.desk.current(key)!;
  const draft = expectOk(await startDraft(ctx, citizen, key));
  expectOk(await putAnswers(ctx, citizen, draft.id, change(structuredClone<Record<string, unknown>>(pkg.walk.answers)), 'de'));
  for (const [index, { slot, fileName }] of pkg.walk.documents.entries()) {
    expectOk(
      await addUpload(ctx, citizen, {
        ownerId: draft.id,
        slot,
        field: 'photo',
        fileName,
        bytes: fileName.endsWith('.pdf') ? samplePdf(slot) : samplePicture(index),
        tooLarge: false,
      }),
    );
  }
  return draft.id;
}
