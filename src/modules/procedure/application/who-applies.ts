import type { Sql } from '../../../platform/database/port.ts';
import { accountProfile, namesAccount } from '../../identity/public.ts';
import type { Case } from '../domain/case.ts';

/** What the city knows of who applies: each is a sentence at the desk. */
export type ApplicantProof = 'organisation' | 'card' | 'earlier-card' | 'other-name' | 'self';

export interface WhoApplies {
  readonly proof: ApplicantProof;
  /** As an organisation states it. */
  readonly registerNumber?: string;
}

/** How far it is proved who applies; nothing where no Servicekonto stands behind the case, or it is gone. */
export async function whoApplies(db: Sql, { accountId, answers, withCard }: Pick<Case, 'accountId' | 'answers' | 'withCard'>): Promise<WhoApplies | undefined> {
  const account = accountId === null ? undefined : await accountProfile(db, accountId);
  if (account === undefined) return undefined;
  const { registerNumber } = account.organisation ?? {};
  if (account.organisation !== undefined || (answers['organisation'] ?? '') !== '')
    return { proof: 'organisation', ...(registerNumber === undefined ? {} : { registerNumber }) };
  if (account.sources.familyName !== 'eid') return { proof: 'self' };
  if (!namesAccount(account, namesIn({ answers }))) return { proof: 'other-name' };
  // a password alone, or somebody else under a Vollmacht, shows no card for this application
  return { proof: withCard === true ? 'card' : 'earlier-card' };
}

/** Every form asks these by the same names. */
export function namesIn({ answers }: Pick<Case, 'answers'>): { givenName: string; familyName: string; birthDate?: string } {
  const { givenName, familyName, birthDate } = answers as { givenName: string; familyName: string; birthDate?: string };
  return { givenName, familyName, ...(birthDate === undefined ? {} : { birthDate }) };
}
