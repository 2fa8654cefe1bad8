import { sql } from 'kysely';
import { expectOk, type Result } from '../../src/kernel/result.ts';
import { demoAccounts } from '../../src/modules/identity/public.ts';
import { openCosigning, sign, takeUp } from '../../src/modules/procedure/application/cosign.ts';
import { sha256Hex } from '../../src/kernel/token.ts';
import { inviteCosigner } from '../../src/modules/procedure/application/cosigners.ts';
import { openDraft } from '../../src/modules/procedure/application/drafts.ts';
import { standingOf } from '../../src/modules/procedure/domain/cosigner.ts';
import type { CaseProblem } from '../../src/modules/procedure/domain/problems.ts';
import { filledDraft, procedureCity, type Citizen, type ProcedureCity } from './procedure-city.ts';

/** Who is asked to sign. */
export const JUERGEN = { givenName: 'Jürgen', familyName: 'Weber', email: 'juergen@buerger.example' };

export interface Asked {
  readonly draftId: string;
  /** Of the request. */
  readonly id: string;
}

/** A city with three people: Katharina owns drafts, the second is asked to sign, the third has nothing to do with it. */
export interface JointCity extends ProcedureCity {
  readonly owner: Citizen;
  readonly second: Citizen;
  readonly third: Citizen;
  readonly mailsTo: (email: string) => Promise<{ subject: string; body: string }[]>;
  /** The token of the newest link, as the mail has it. */
  readonly tokenFor: (cosignerId: string) => Promise<string>;
  readonly asked: (key?: string, person?: typeof JUERGEN, draft?: string) => Promise<Asked>;
  /** Asked, and taken into the account of the second. */
  readonly taken: (key?: string) => Promise<Asked>;
  readonly signs: (actor: Citizen, id: string) => Promise<Result<true, CaseProblem>>;
  /** Where everybody stands who was asked, as the owner sees it. */
  readonly standing: (draftId: string) => Promise<string[]>;
}

export async function jointCity(): Promise<JointCity> {
  const city = await procedureCity();
  const { ctx } = city;
  const db = city.database.read;
  const ids = (await demoAccounts(db)).map(({ id }) => id);
  const [owner, second, third] = ids.slice(0, 3).map((accountId): Citizen => ({ kind: 'citizen', accountId, trust: 'substanziell' })) as [
    Citizen,
    Citizen,
    Citizen,
  ];
  const tokenFor = async (cosignerId: string): Promise<string> => {
    const { rows } = await sql<{ hash: string }>`select token_sha256 as hash from procedure.cosigner where id = ${cosignerId}`.execute(db);
    const mails = (await sql<{ body: string }>`select body from platform.mail`.execute(db)).rows;
    const tokens = mails.flatMap(({ body }) => [...body.matchAll(/\/mitzeichnen\/([\w-]{43})/g)].map((match) => match[1]!));
    return tokens.find((token) => sha256Hex(token) === rows[0]!.hash)!;
  };
  const asked: JointCity['asked'] = async (key = 'baumfaellung', person = JUERGEN, draft) => {
    const draftId = draft ?? (await filledDraft(city, key, (answers) => answers, owner));
    return { draftId, id: expectOk(await inviteCosigner(ctx, owner, { draftId, ...person, lang: 'de' })).id };
  };
  return {
    ...city,
    owner,
    second,
    third,
    tokenFor,
    asked,
    mailsTo: async (email) =>
      (await sql<{ subject: string; body: string }>`select subject, body from platform.mail where recipient = ${email} order by id`.execute(db)).rows,
    async taken(key) {
      const made = await asked(key);
      expectOk(await takeUp(ctx, second, await tokenFor(made.id)));
      return made;
    },
    signs: async (actor, id) => sign(ctx, actor, { id, sha256: expectOk(await openCosigning(ctx, actor, id)).sha256 }),
    async standing(draftId) {
      const { cosigners } = expectOk(await openDraft(ctx, owner, draftId, 'de'));
      return cosigners.map((one) => standingOf(one, city.clock.now()));
    },
  };
}

export const kind = (result: Result<unknown, CaseProblem>): string => (result.ok ? 'ok' : result.problem.kind);
export const detail = (result: Result<unknown, CaseProblem>): string => (result.ok ? 'ok' : result.problem.detail);
