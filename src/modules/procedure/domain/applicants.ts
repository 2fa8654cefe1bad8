import { owns, type Owner } from '../../../kernel/actor.ts';
import type { Case } from './case.ts';

/** Somebody who applied together with the first applicant, and signed what was submitted. */
export interface CoApplicant {
  readonly accountId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly name: string;
}

/** What says who applied. */
export interface Applying {
  /** Null where nobody has a Servicekonto for it. */
  readonly accountId: string | null;
  readonly coApplicants?: readonly Pick<CoApplicant, 'accountId'>[];
}

/** Accounts of everybody who applied, the first applicant first. */
export const applicantAccounts = ({ accountId, coApplicants = [] }: Applying): string[] =>
  accountId === null ? [] : [accountId, ...coApplicants.map((one) => one.accountId)];

/** Whether the account is one of those who applied. */
export const isApplicant = (state: Applying, accountId: string): boolean => applicantAccounts(state).includes(accountId);

/** Whether the owner applied, alone or with others, for a service that they may act on. */
export const appliedBy = (owner: Owner, state: Applying & Pick<Case, 'service'>): boolean =>
  isApplicant(state, owner.accountId) && owns(owner, { accountId: owner.accountId, service: state.service });

/** Whether this applicant has withdrawn the own application while others go on. */
export const hasWithdrawn = ({ withdrawn = [] }: Pick<Case, 'withdrawn'>, accountId: string | undefined): boolean =>
  accountId !== undefined && withdrawn.includes(accountId);

/** Everybody who applied, the first applicant first, each with whether the own application is withdrawn. */
export function applicantsOf({ accountId, applicant, coApplicants = [], withdrawn = [] }: Case): { readonly name: string; readonly withdrawn: boolean }[] {
  const first = { name: applicant.name, withdrawn: accountId !== null && withdrawn.includes(accountId) };
  return [first, ...coApplicants.map((one) => ({ name: one.name, withdrawn: withdrawn.includes(one.accountId) }))];
}

/** Names of everybody who applied, as one line. */
export const applicantNames = (state: Case): string =>
  applicantsOf(state)
    .map((one) => one.name)
    .join(', ');

/** From whom a fee is demanded: the first applicant, or the next who goes on when the first withdrew. */
export const payerOf = (state: Case): string | null => applicantAccounts(state).find((id) => !hasWithdrawn(state, id)) ?? state.accountId;

/** The applicant's name by account; `undefined` for anybody else. */
export function applicantName({ accountId, applicant, coApplicants = [] }: Case, id: string | null): string | undefined {
  if (id === null) return undefined;
  return id === accountId ? applicant.name : coApplicants.find((one) => one.accountId === id)?.name;
}
