import type { Actor } from '../../../kernel/actor.ts';
import { wrongState } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import { accountLang, accountProfile } from '../../identity/public.ts';
import { missingSignatures, type Cosigner } from '../domain/cosigner.ts';
import { changedMail } from '../domain/cosign-mails.ts';
import type { CaseProblem } from '../domain/problems.ts';
import { sha256Of } from '../store/cases.ts';
import { listCosigners, voidSignature } from '../store/cosigners.ts';
import type { Draft } from '../store/drafts.ts';
import { listUploads, type UploadRow } from '../store/uploads.ts';
import type { ProcedureContext } from './context.ts';

type Signed = Pick<Draft, 'answers' | 'packageHash'>;

/** What a signature binds to: answers as kept, the files with their places, and the package with its words. SHA-256, hex. */
export function fingerprintOf({ answers, packageHash }: Signed, uploads: readonly Pick<UploadRow, 'slot' | 'fileName' | 'sha256'>[]): string {
  const documents = uploads.map(({ slot, fileName, sha256 }) => [slot, fileName, sha256].join('\n')).toSorted();
  return sha256Of({ answers, documents, package: packageHash });
}

/** Stream of a draft's own entries. The case that the draft becomes has a stream of its own. */
export const draftStream = (draftId: string): string => `draft:${draftId}`;

/** An entry about somebody who is asked to sign: ids and hashes, no names. */
export const cosignEntry = (kind: string, { id, draftId }: Pick<Cosigner, 'id' | 'draftId'>, more: Readonly<Record<string, string>> = {}) => ({
  stream: draftStream(draftId),
  kind: `procedure.mitzeichnung-${kind}`,
  payload: { draftId, cosignerId: id, ...more },
});

/**
 * After every change of a draft that is held: signatures under what it was before are void, and their
 * authors are told by mail. Last statement of the transaction, as it journals.
 */
export async function voidSignatures(ctx: ProcedureContext, tx: Tx, actor: Actor, pkg: ServicePackage, draft: Draft): Promise<void> {
  if (pkg.jointApplicants === undefined) return;
  const signed = (await listCosigners(tx, draft.id)).filter((one) => one.signedSha256 !== null);
  if (signed.length === 0) return;
  const fingerprint = fingerprintOf(draft, await listUploads(tx, draft.id));
  const stale = signed.filter((one) => one.signedSha256 !== fingerprint);
  if (stale.length === 0) return;
  const now = ctx.clock();
  for (const one of stale) {
    await voidSignature(tx, one.id, now);
    const lang = one.accountId === null ? 'de' : await accountLang(tx, one.accountId);
    const mail = changedMail({ to: one.email, lang, publicUrl: ctx.settings.publicUrl }, `/mitantrag/${one.id}`);
    await ctx.mailer.send(tx, `procedure.cosign-changed.${one.id}.${fingerprint}.${now.epochMilliseconds}`, mail);
  }
  const entries = stale.map((one) => cosignEntry('erloschen', one, { signedSha256: one.signedSha256!, nowSha256: fingerprint }));
  await ctx.journal.append(tx, actor, now, entries);
}

/** Who applies together with the owner, all having signed what the draft is; or the sentence that says who has not. */
export async function signedByAll(tx: Tx, draft: Draft, uploads: readonly UploadRow[]): Promise<Result<readonly Cosigner[], CaseProblem>> {
  const cosigners = await listCosigners(tx, draft.id);
  const fingerprint = fingerprintOf(draft, uploads);
  // whoever deleted the account meanwhile can be sent nothing and cannot be heard
  const gone = await Promise.all(cosigners.map(async ({ accountId }) => accountId !== null && (await accountProfile(tx, accountId)) === undefined));
  const standing = cosigners.map((one, index) => (gone[index] === true ? { ...one, signedSha256: null } : one));
  const missing = missingSignatures(standing, fingerprint);
  return missing === undefined ? ok(cosigners) : refuse(wrongState(missing));
}
