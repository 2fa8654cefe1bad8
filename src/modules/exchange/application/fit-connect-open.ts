import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { authenticationTag, parseJson, sha512 } from '../domain/fit-connect-compact.ts';
import type { AuthenticationTags, RejectProblem } from '../domain/fit-connect-events.ts';
import { plainFileName, readMetadata, type FitConnectMetadata } from '../domain/fit-connect-metadata.ts';
import { rejectProblem, type RejectInstance, type RejectReason } from '../domain/fit-connect-reject.ts';
import type { FetchedSubmission, FitConnectContext, ReceivedApplication, ReceivedAttachment } from './fit-connect-context.ts';
import { decrypt, type JweRefusal } from './fit-connect-jwe.ts';
import { MAX_ATTACHMENT, MAX_ATTACHMENTS, MAX_DATA, MAX_METADATA } from './fit-connect-limits.ts';

type Receiving = NonNullable<FitConnectContext['receiving']>;

/** What is in an envelope: the application, or why it goes back. */
export type Opened = { readonly application: ReceivedApplication } | { readonly problems: readonly RejectProblem[] };

type Checked<T> = Result<T, RejectProblem>;
const no = (reason: RejectReason, instance: RejectInstance): { readonly ok: false; readonly problem: RejectProblem } => refuse(rejectProblem(reason, instance));

const reasonOf = (refusal: JweRefusal): RejectReason => (refusal === 'too-large' ? 'technical-error' : 'encryption-issue');

/**
 * Opens a submission in the order of «Einreichung überprüfen»: tags against the log before anything is
 * decrypted, then metadata, data, attachments, each by schema and hash.
 * @param submitted tags and time of the signed `submit-submission` event
 * @returns a problem only when the delivery service is away
 */
export async function openSubmission(
  receiving: Receiving,
  submission: FetchedSubmission,
  submitted: { readonly tags: AuthenticationTags; readonly issuedAt: number },
): Promise<Result<Opened, CommonProblem>> {
  const metadata = await openMetadata(receiving, submission, submitted.tags);
  if (!metadata.ok) return ok({ problems: [metadata.problem] });
  const named = metadata.value.contentStructure;
  const data = await openData(receiving, submission, named.data, submitted.tags);
  const attachments = await openAttachments(receiving, submission, named.attachments, submitted.tags);
  if (!attachments.ok) return attachments;
  const problems = [...(data.ok ? [] : [data.problem]), ...attachments.value.problems];
  const serviceKey = receiving.serviceKeyOf(metadata.value.publicServiceType?.identifier ?? submission.serviceIdentifier);
  if (serviceKey === undefined) problems.push(rejectProblem('unsupported-service', 'metadata'));
  if (!data.ok || serviceKey === undefined || problems.length > 0) return ok({ problems });
  const { replyChannel, authenticationInformation = [] } = metadata.value;
  const application: ReceivedApplication = {
    submissionId: submission.submissionId,
    serviceKey,
    schemaUri: named.data?.submissionSchema.schemaUri ?? '',
    data: data.value,
    attachments: attachments.value.files,
    authenticationInformation,
    submittedAt: Temporal.Instant.fromEpochMilliseconds(submitted.issuedAt * 1000),
    ...(replyChannel === undefined ? {} : { replyChannel }),
  };
  return ok({ application });
}

async function openMetadata({ keys }: Receiving, submission: FetchedSubmission, tags: AuthenticationTags): Promise<Checked<FitConnectMetadata>> {
  const { encryptedMetadata, attachmentIds, serviceIdentifier } = submission;
  if (authenticationTag(encryptedMetadata) !== tags.metadata) return no('incorrect-authentication-tag', 'metadata');
  if (!sameIds(attachmentIds, Object.keys(tags.attachments ?? {}))) return no('attachments-mismatch', 'submission');
  const plain = await decrypt(encryptedMetadata, keys.decryption, MAX_METADATA);
  if (!plain.ok) return no(reasonOf(plain.problem), 'metadata');
  const value = parseJson(plain.value);
  if (value === undefined) return no('syntax-violation', 'metadata');
  const read = readMetadata(value);
  if ('mistake' in read) return no(read.mistake, 'metadata');
  const { contentStructure, publicServiceType } = read.metadata;
  if (publicServiceType !== undefined && publicServiceType.identifier !== serviceIdentifier) return no('service-mismatch', 'metadata');
  const named = contentStructure.attachments.map(({ attachmentId }) => attachmentId);
  return sameIds(named, attachmentIds) ? ok(read.metadata) : no('attachments-mismatch', 'submission');
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && new Set(b).size === b.length && a.every((id) => b.includes(id));

async function openData(
  { keys }: Receiving,
  { encryptedData }: FetchedSubmission,
  named: FitConnectMetadata['contentStructure']['data'],
  tags: AuthenticationTags,
): Promise<Checked<unknown>> {
  if (encryptedData === undefined || named === undefined) return no('missing-data', 'data');
  if (authenticationTag(encryptedData) !== tags.data) return no('incorrect-authentication-tag', 'data');
  if (named.submissionSchema.mimeType !== 'application/json') return no('unsupported-data-schema', 'data');
  const plain = await decrypt(encryptedData, keys.decryption, MAX_DATA);
  if (!plain.ok) return no(reasonOf(plain.problem), 'data');
  if (sha512(plain.value) !== named.hash.content) return no('hash-mismatch', 'data');
  const value = parseJson(plain.value);
  return value === undefined ? no('syntax-violation', 'data') : ok(value);
}

type Named = FitConnectMetadata['contentStructure']['attachments'][number];

async function openAttachments(
  receiving: Receiving,
  { submissionId }: FetchedSubmission,
  named: readonly Named[],
  tags: AuthenticationTags,
): Promise<Result<{ readonly files: readonly ReceivedAttachment[]; readonly problems: readonly RejectProblem[] }, CommonProblem>> {
  const files: ReceivedAttachment[] = [];
  const problems: RejectProblem[] = [];
  let room = MAX_ATTACHMENTS;
  for (const one of named) {
    const instance = `attachment:${one.attachmentId}` as const;
    const fetched = await receiving.service.fetchAttachment(submissionId, one.attachmentId);
    if (!fetched.ok && fetched.problem.kind === 'unavailable') return fetched;
    const file = fetched.ok ? await openAttachment(receiving, one, fetched.value, tags, room) : no('missing-attachment', instance);
    if (!file.ok) problems.push(file.problem);
    else files.push(file.value);
    room -= file.ok ? file.value.bytes.byteLength : 0;
  }
  return ok({ files, problems });
}

async function openAttachment(
  { keys }: Receiving,
  { attachmentId, purpose, filename, mimeType, description, hash }: Named,
  jwe: string,
  tags: AuthenticationTags,
  room: number,
): Promise<Checked<ReceivedAttachment>> {
  const instance = `attachment:${attachmentId}` as const;
  if (authenticationTag(jwe) !== tags.attachments?.[attachmentId]) return no('incorrect-authentication-tag', instance);
  const plain = await decrypt(jwe, keys.decryption, Math.min(MAX_ATTACHMENT, room));
  if (!plain.ok) return no(reasonOf(plain.problem), instance);
  if (sha512(plain.value) !== hash.content) return no('hash-mismatch', instance);
  const file = { attachmentId, purpose, fileName: plainFileName(filename, attachmentId), mediaType: mimeType, bytes: plain.value };
  return ok(description === undefined ? file : { ...file, description });
}
