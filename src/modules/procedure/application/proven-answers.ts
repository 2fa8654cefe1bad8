import { ownerOf, type CitizenActor } from '../../../kernel/actor.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { visibleFields, visiblePages, type Answers, type Field, type Lang, type ServicePackage } from '../../catalogue/public.ts';
import { accountProfile, type AccountProfile } from '../../identity/public.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { lockDraft } from '../store/drafts.ts';
import { keepAnswers } from './answers.ts';
import type { ProcedureContext } from './context.ts';
import type { OpenDraft } from './drafts.ts';

/** A field about the applicant that their Online-Ausweis answers, and the draft does not, or otherwise. */
export interface ProvenField {
  readonly field: Field;
  /** Absent: nothing yet. */
  readonly typed?: unknown;
  readonly proven: unknown;
}

/** What the Servicekonto knows for a field. Of an organisation forms get its name and address; who signs for it, people say themselves. */
export function accountValue(profile: AccountProfile, source: NonNullable<Field['prefill']>): unknown {
  switch (source) {
    case 'account.givenName':
      return profile.givenName || undefined;
    case 'account.familyName':
      return profile.familyName || undefined;
    case 'account.email':
      return profile.email;
    case 'account.birthDate':
      return profile.birthDate?.toString();
    case 'account.address':
      return profile.address;
    case 'account.organisation':
      return profile.organisation?.name;
  }
}

/** What a card proves of a person. Forms ask it by these names; a field of another name, e.g. a flat's address, is not the person's. */
const OF_THE_PERSON = ['givenName', 'familyName', 'birthDate', 'address'] as const;

export function provenFields(pkg: ServicePackage, answers: Answers, profile: AccountProfile): ProvenField[] {
  const pages = visiblePages(pkg, answers).filter(({ repeat }) => repeat === undefined);
  return pages
    .flatMap((page) => visibleFields(page, answers))
    .flatMap((field) => {
      const asked = OF_THE_PERSON.find((one) => one === field.id && field.prefill === `account.${one}`);
      const proven = asked !== undefined && profile.sources[asked] === 'eid' ? accountValue(profile, field.prefill!) : undefined;
      const typed = answers[field.id];
      if (proven === undefined || plain(typed) === plain(proven)) return [];
      return [{ field, proven, ...(typed === undefined || typed === '' ? {} : { typed }) }];
    });
}

/** Cards write in capitals, the database turns keys round. */
const plain = (value: unknown): string =>
  canonicalJson(value ?? null)
    .normalize('NFC')
    .toLocaleLowerCase('de');

/** What one's own card says otherwise, where the service needs the card. Under a Vollmacht nothing: the holder's card is not shown to others. */
export async function provenIn(
  db: Sql,
  { accountId, agent }: Pick<CitizenActor, 'accountId' | 'agent'>,
  { pkg, draft: { answers } }: Pick<OpenDraft, 'pkg' | 'draft'>,
): Promise<ProvenField[]> {
  const profile = pkg.trust === 'einfach' || agent !== undefined ? undefined : await accountProfile(db, accountId);
  return profile === undefined ? [] : provenFields(pkg, answers, profile);
}

const notOwnCard: CaseProblem = {
  kind: 'not-allowed',
  detail: 'Angaben aus dem Online-Ausweis übernimmt nur die Person selbst. Schreiben Sie die Angaben in den Antrag.',
};

/** Puts what the card proves into these fields of the draft; the others stay as they were typed. */
export async function takeProven(
  ctx: ProcedureContext,
  actor: CitizenActor,
  { draftId, fields, lang }: { readonly draftId: string; readonly fields: readonly string[]; readonly lang: Lang },
): Promise<Result<OpenDraft, CaseProblem>> {
  if (actor.agent !== undefined) return refuse(notOwnCard);
  return ctx.database.transaction(async (tx) => {
    const draft = await lockDraft(tx, draftId, ownerOf(actor));
    if (draft === undefined) return refuse(notFound);
    const pkg = await ctx.desk.pinned(draft.packageHash);
    const taken = (await provenIn(tx, actor, { pkg, draft })).filter(({ field }) => fields.includes(field.id));
    return keepAnswers(ctx, tx, actor, draft, { ...draft.answers, ...Object.fromEntries(taken.map(({ field, proven }) => [field.id, proven])) }, lang);
  });
}
