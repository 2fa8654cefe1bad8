import { ownerOf, owns, type Actor } from '../../../kernel/actor.ts';
import { fileNumber } from '../../../kernel/id.ts';
import { invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { allProblems, canonicalAnswers, type Lang, type ServicePackage } from '../../catalogue/public.ts';
import type { Case } from '../domain/case.ts';
import type { Cosigner } from '../domain/cosigner.ts';
import type { EventOf } from '../domain/events.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { findCase, nextFileSerial } from '../store/cases.ts';
import { deleteDraft, lockDraft, type Draft } from '../store/drafts.ts';
import { submitUploads } from '../store/uploads.ts';
import { applicantOf } from './applicant.ts';
import type { ProcedureContext } from './context.ts';
import { readingOf, trustRefusal } from './drafts.ts';
import { unknownRequirement } from './requirements.ts';
import { rulesOf } from './rules-of.ts';
import { saveEvents } from './save-events.ts';
import { signedByAll } from './signatures.ts';

type Citizen = Extract<Actor, { kind: 'citizen' }>;

/**
 * Submits a draft: once, however often the button is pressed. The draft's id is the case's id, and
 * draft, case, journal and outbox change in one transaction: a crash leaves all or nothing.
 */
export async function submit(ctx: ProcedureContext, actor: Citizen, draftId: string, lang: Lang): Promise<Result<Case, CaseProblem>> {
  return ctx.database.transaction(async (tx) => {
    // held until the end: a second press, a change and a signature wait here
    const draft = await lockDraft(tx, draftId, ownerOf(actor));
    if (draft === undefined) return submittedBefore(tx, actor, draftId);
    const pkg = await ctx.desk.pinned(draft.packageHash);
    const tooWeak = trustRefusal(actor, pkg.trust);
    if (tooWeak !== undefined) return refuse(tooWeak);
    const uploads = await submitUploads(tx, draftId);
    const reading = readingOf(ctx, uploads, lang);
    const problems = allProblems(pkg, draft.answers, reading);
    if (problems.length > 0) return refuse(invalidFields(problems));
    const answers = canonicalAnswers(pkg, draft.answers, reading);
    const missing = await unknownRequirement(tx, pkg, actor.accountId, answers);
    if (missing !== undefined) return refuse(missing);
    const responsible = ctx.desk.responsible(pkg, answers);
    if (!responsible.ok) return responsible;
    const cosigners = await signedByAll(tx, draft, uploads);
    if (!cosigners.ok) return cosigners;
    await deleteDraft(tx, draftId);
    const now = ctx.clock();
    const help = await ctx.help?.close(tx, draftId, 'submitted', now);
    const serial = await nextFileSerial(tx);
    const event = submission({ ...draft, answers }, cosigners.value, pkg, {
      fileNumber: fileNumber(pkg.filePrefix, legalDay(now).year, serial),
      authority: responsible.value.authority.id,
      documents: uploads.map((upload) => upload.sha256),
      ...(actor.agent === undefined && actor.trust !== 'einfach' && { withCard: true }),
      ...(help !== undefined && help.helped.length > 0 && { helped: help.helped }),
    });
    const saved = await saveEvents(ctx, tx, { before: undefined, events: [event], actor, now, rules: rulesOf(pkg) });
    if (saved.ok && help !== undefined && help.entries.length > 0) await ctx.journal.append(tx, actor, now, help.entries);
    return saved;
  });
}

/** The button was pressed again: the case that the first press made. */
async function submittedBefore(tx: Tx, actor: Citizen, caseId: string): Promise<Result<Case, CaseProblem>> {
  const state = await findCase(tx, caseId);
  return state !== undefined && owns(ownerOf(actor), state) ? ok(state) : refuse(notFound);
}

type Assigned = Pick<EventOf<'antrag-eingereicht'>['facts'], 'fileNumber' | 'authority' | 'documents' | 'helped' | 'withCard'>;

function submission(draft: Draft, cosigners: readonly Cosigner[], pkg: ServicePackage, assigned: Assigned): EventOf<'antrag-eingereicht'> {
  return {
    kind: 'antrag-eingereicht',
    facts: {
      caseId: draft.id,
      ...assigned,
      service: pkg.key,
      packageHash: draft.packageHash,
      accountId: draft.accountId,
      channel: draft.channel,
      ...(draft.origin !== undefined && { origin: draft.origin }),
      ...(cosigners.length > 0 && { coApplicants: cosigners.map((one) => ({ accountId: one.accountId!, signedSha256: one.signedSha256! })) }),
    },
    content: {
      answers: draft.answers,
      applicant: applicantOf(draft.answers),
      ...(cosigners.length > 0 && { coApplicants: cosigners.map(({ givenName, familyName }) => ({ givenName, familyName })) }),
    },
  };
}
