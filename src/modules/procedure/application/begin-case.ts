import type { Actor } from '../../../kernel/actor.ts';
import { fileNumber, newId } from '../../../kernel/id.ts';
import { invalidFields, wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { allProblems, canonicalAnswers, type Lang, type ServicePackage } from '../../catalogue/public.ts';
import { isOwnMotion, sourceOf, type Case } from '../domain/case.ts';
import type { CaseEvent } from '../domain/events.ts';
import { notFound, type CaseProblem } from '../domain/problems.ts';
import { findCase, nextFileSerial } from '../store/cases.ts';
import { insertUpload, listUploads, type UploadRow } from '../store/uploads.ts';
import { mayAct, maySee } from './act.ts';
import type { ProcedureContext } from './context.ts';
import { readingOf } from './drafts.ts';
import { rulesOf } from './rules-of.ts';
import { saveEvents } from './save-events.ts';
import { takeFile, type TakenFile } from './uploads.ts';

type Staff = Extract<Actor, { kind: 'staff' }>;

export interface BeginInput {
  readonly service: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly lang: Lang;
}

/** The package, if the authority begins its cases itself. */
export function begunByAuthority(ctx: Pick<ProcedureContext, 'desk'>, service: string): ServicePackage | undefined {
  const pkg = ctx.desk.current(service);
  return pkg?.initiator === 'amt' ? pkg : undefined;
}

/**
 * Begins a case of the authority's own motion (§ 22 VwVfG): no applicant, no Postfach. Only an officer of
 * the authority that the answers make responsible may. Documents follow once the case is there.
 */
export async function beginCase(ctx: ProcedureContext, actor: Staff, { service, answers, lang }: BeginInput): Promise<Result<Case, CaseProblem>> {
  const pkg = begunByAuthority(ctx, service);
  if (pkg === undefined)
    return refuse({ kind: 'not-found', detail: 'Dieses Verfahren beginnt niemand von Amts wegen. Wählen Sie eines aus der Liste im Eingang.' });
  const documents = new Set(pkg.form.documents.map((document) => document.id));
  const reading = { ...readingOf(ctx, [], lang), filled: documents };
  const problems = allProblems(pkg, answers, reading);
  if (problems.length > 0) return refuse(invalidFields(problems));
  const given = canonicalAnswers(pkg, answers, reading);
  const responsible = ctx.desk.responsible(pkg, given);
  if (!responsible.ok) return responsible;
  const { authority } = responsible.value;
  if (!mayAct(actor, { accountId: null, authority: authority.id, service: pkg.key })) {
    return refuse({ kind: 'not-allowed', detail: `Zuständig ist ${authority.name}. Dort arbeiten Sie nicht; geben Sie es dorthin, oder prüfen Sie den Ort.` });
  }
  const now = ctx.clock();
  return ctx.database.transaction(async (tx) => {
    const number = fileNumber(pkg.filePrefix, legalDay(now).year, await nextFileSerial(tx));
    const event: CaseEvent = {
      kind: 'von-amts-wegen-begonnen',
      facts: { caseId: newId(now.epochMilliseconds), fileNumber: number, service, packageHash: pkg.hash, authority: authority.id },
      content: { answers: given },
    };
    return saveEvents(ctx, tx, { before: undefined, events: [event], actor, now, rules: rulesOf(pkg) });
  });
}

const ENDED = ['beschlossen', 'bekanntgegeben', 'bestandskraeftig', 'zurueckgenommen', 'abgeschlossen'];

/**
 * The authority's own document for a case it began, or one that an applicant without a Servicekonto sent
 * by post. A later one of the same kind is its next version.
 */
export async function addOwnDocument(
  ctx: ProcedureContext,
  actor: Staff,
  input: TakenFile & { readonly caseId: string },
): Promise<Result<UploadRow, CaseProblem>> {
  return ctx.database.transaction(async (tx) => {
    const state = await findCase(tx, input.caseId);
    if (state === undefined || !maySee(actor, state)) return refuse(notFound);
    if (!mayAct(actor, state)) return refuse({ kind: 'not-allowed' as const, detail: 'Ihre Rolle darf Vorgänge lesen, aber nicht ändern.' });
    const own = isOwnMotion(state);
    if (!own && sourceOf(state) === undefined)
      return refuse(
        wrongState('In einen Antrag nimmt die Behörde nichts für die Person auf. Fordern Sie die Unterlage nach, oder schreiben Sie einen Vermerk.'),
      );
    if (ENDED.includes(state.status)) return refuse(wrongState('Es ist entschieden. Neue Unterlagen kommen nicht mehr dazu.'));
    const pkg = await ctx.desk.pinned(state.packageHash);
    const present = (await listUploads(tx, state.id)).filter((upload) => upload.slot === input.slot);
    const taken = await takeFile(ctx, tx, pkg, input, present.length);
    if (!taken.ok) return taken;
    const now = ctx.clock();
    const owner = { id: newId(now.epochMilliseconds), ownerId: state.id, accountId: null, byApplicant: !own };
    const upload: UploadRow = { ...taken.value, ...owner, uploadedAt: now, submitted: true, replaces: present.at(-1)?.id ?? null };
    await insertUpload(tx, upload);
    const { slot, sha256 } = upload;
    const saved = await saveEvents(ctx, tx, {
      before: state,
      events: [{ kind: 'unterlage-aufgenommen', facts: { slot, sha256 } }],
      actor,
      now,
      rules: rulesOf(pkg),
    });
    return saved.ok ? ok(upload) : saved;
  });
}
