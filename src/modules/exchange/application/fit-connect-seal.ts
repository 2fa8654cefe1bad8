import { randomUUID } from 'node:crypto';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { authenticationTag, sha512 } from '../domain/fit-connect-compact.ts';
import type { AuthenticationTags } from '../domain/fit-connect-events.ts';
import type { FitConnectJwk } from '../domain/fit-connect-jwk.ts';
import {
  METADATA_SCHEMA_WRITTEN,
  readMetadata,
  type AuthenticationInformation,
  type FitConnectMetadata,
  type ReplyChannel,
} from '../domain/fit-connect-metadata.ts';
import { encryptFor } from './fit-connect-jwe.ts';

/** A file that goes along. */
export interface SealedFile {
  readonly purpose: 'form' | 'attachment' | 'report';
  readonly fileName: string;
  readonly mediaType: string;
  readonly description?: string;
  readonly bytes: Uint8Array;
}

/** What is put into an envelope, for a submission or a reply. */
export interface Sealable {
  /** Absent in a reply: its case says what it is about. */
  readonly service?: { readonly identifier: string; readonly name: string };
  readonly schemaUri: string;
  /** Written as JSON. */
  readonly data: unknown;
  readonly attachments: readonly SealedFile[];
  readonly replyChannel?: ReplyChannel;
  readonly authenticationInformation?: readonly AuthenticationInformation[];
}

/** Encrypted parts: `metadata`, `data`, and attachments by their ids. */
export interface Envelope {
  readonly parts: readonly { readonly part: string; readonly jwe: string }[];
  readonly tags: AuthenticationTags;
}

const utf8 = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** Encrypts metadata, data and attachments, each by itself; the metadata hold the hash of every other part. */
export async function seal(key: FitConnectJwk, input: Sealable): Promise<Result<Envelope, CommonProblem>> {
  const data = utf8(input.data);
  const files = input.attachments.map((file) => ({ ...file, id: randomUUID() }));
  const metadata: FitConnectMetadata = {
    $schema: METADATA_SCHEMA_WRITTEN,
    contentStructure: {
      data: { hash: { type: 'sha512', content: sha512(data) }, submissionSchema: { schemaUri: input.schemaUri, mimeType: 'application/json' } },
      attachments: files.map(({ id, purpose, fileName, mediaType, description, bytes }) => ({
        attachmentId: id,
        purpose,
        filename: fileName,
        mimeType: mediaType,
        hash: { type: 'sha512', content: sha512(bytes) },
        ...(description === undefined ? {} : { description }),
      })),
    },
    ...(input.service === undefined ? {} : { publicServiceType: input.service }),
    ...(input.replyChannel === undefined ? {} : { replyChannel: input.replyChannel }),
    ...(input.authenticationInformation === undefined ? {} : { authenticationInformation: [...input.authenticationInformation] }),
  };
  if ('mistake' in readMetadata(metadata)) {
    return refuse({
      kind: 'invalid-input',
      detail: 'Die Angaben passen nicht in den Metadatensatz von FIT-Connect. Prüfen Sie Leistung, Schema und Dateien.',
    });
  }
  const parts = [
    { part: 'metadata', jwe: await encryptFor(key, utf8(metadata), 'application/json') },
    { part: 'data', jwe: await encryptFor(key, data, 'application/json') },
  ];
  for (const { id, bytes, mediaType } of files) parts.push({ part: id, jwe: await encryptFor(key, bytes, mediaType) });
  const tagOf = (part: string): string => authenticationTag(parts.find((one) => one.part === part)!.jwe);
  const attachments = Object.fromEntries(files.map(({ id }) => [id, tagOf(id)]));
  return ok({ parts, tags: { metadata: tagOf('metadata'), data: tagOf('data'), ...(files.length === 0 ? {} : { attachments }) } });
}
