import type { Sql } from '../../../platform/database/port.ts';
import { accountProfile, namesItsHolder } from '../../identity/public.ts';
import type { Case } from '../domain/case.ts';

/** What the city knows of who applies: each is a sentence at the desk. */
export type ApplicantProof = 'organisation' | 'card' | 'other-name' | 'self';

export interface WhoApplies {
  readonly proof: ApplicantProof;
  /** As an organisation states it. */
  readonly registerNumber?: string;
}

/** How far it is proved who applies; nothing where no Servicekonto stands behind the case, or it is gone. */
export async function whoApplies(db: Sql, { accountId, answers }: Pick<Case, 'accountId' | 'answers'>): Promise<WhoApplies | undefined> {
  const account = accountId === null ? undefined : await accountProfile(db, accountId);
  if (account === undefined) return undefined;
  const { registerNumber } = account.organisation ?? {};
  if (account.organisation !== undefined || (answers['organisation'] ?? '') !== '')
    return { proof: 'organisation', ...(registerNumber === undefined ? {} : { registerNumber }) };
  if (account.sources.familyName !== 'eid') return { proof: 'self' };
  return { proof: (await namesItsHolder(db, account.accountId, namesIn({ answers }))) ? 'card' : 'other-name' };
}

/** Every form asks these by the same names. */
export function namesIn({ answers }: Pick<Case, 'answers'>): { givenName: string; familyName: string; birthDate?: string } {
  const { givenName, familyName, birthDate } = answers as { givenName: string; familyName: string; birthDate?: string };
  return { givenName, familyName, ...(birthDate === undefined ? {} : { birthDate }) };
}
