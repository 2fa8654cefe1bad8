import { z } from 'zod';

/** Metadata of version 1 in any minor version; version 2 is another schema. */
const METADATA_SCHEMA = /^https:\/\/schema\.fitko\.de\/fit-connect\/metadata\/1\.\d+\.\d+\/metadata\.schema\.json$/;
/** The version that we write. */
export const METADATA_SCHEMA_WRITTEN = 'https://schema.fitko.de/fit-connect/metadata/1.0.0/metadata.schema.json';

const line = z.string().max(1000);
const hash = z.object({ type: z.literal('sha512'), content: z.string().regex(/^[0-9a-f]{128}$/) });

const attachment = z.object({
  attachmentId: z.uuid(),
  /** The form as a picture, what the citizen added, or what the online service made. */
  purpose: z.enum(['form', 'attachment', 'report']),
  filename: line.optional(),
  description: line.optional(),
  mimeType: z.string().regex(/^[\w.+-]{1,100}\/[\w.+-]{1,150}$/),
  hash,
});
const data = z.object({
  hash,
  submissionSchema: z.object({ schemaUri: z.url().max(1000), mimeType: z.enum(['application/json', 'application/xml']) }),
});

const replyChannel = z
  .object({
    eMail: z.object({ address: z.email(), usePgp: z.boolean().optional(), pgpPublicKey: z.string().max(100_000).optional() }),
    deMail: z.object({ address: z.email() }),
    fink: z.object({ finkPostfachRef: line, host: line }),
    elster: z.object({ accountId: line.optional(), kontoId: line.optional(), lieferTicket: line.optional(), geschaeftszeichen: line.optional() }),
    idBundDeMailbox: z.object({ mailboxUuid: z.uuid() }),
    fitConnect: z.object({ encryptionPublicKey: z.record(z.string(), z.unknown()), processStandards: z.array(line).max(100) }),
  })
  .partial()
  .refine((channel) => Object.keys(channel).length === 1, 'exactly one channel');

const schema = z.object({
  $schema: z.string().regex(METADATA_SCHEMA),
  contentStructure: z.object({ data: data.optional(), attachments: z.array(attachment).max(200) }),
  publicServiceType: z
    .object({
      identifier: z
        .string()
        .max(500)
        .regex(/^urn:[a-z0-9][a-z0-9-]{0,31}:\S+$/i),
      name: line.optional(),
      description: line.optional(),
    })
    .optional(),
  /** How surely the sender knows who applies; an `identificationReport` is a report by BSI TR-03107, base64. */
  authenticationInformation: z
    .array(z.object({ type: z.literal('identificationReport'), version: line, content: z.string().max(200_000) }))
    .max(20)
    .optional(),
  replyChannel: replyChannel.optional(),
});

/** The part of the metadata that Kontor reads and writes (schema 1.x). */
export type FitConnectMetadata = z.output<typeof schema>;
export type ReplyChannel = z.output<typeof replyChannel>;
export type AuthenticationInformation = NonNullable<FitConnectMetadata['authenticationInformation']>[number];

export type MetadataMistake = 'missing-schema' | 'unsupported-schema' | 'schema-violation';

/** Reads decrypted metadata; says which of the three mistakes the sender made. */
export function readMetadata(value: unknown): { readonly metadata: FitConnectMetadata } | { readonly mistake: MetadataMistake } {
  const named = z.object({ $schema: z.string().optional() }).safeParse(value);
  if (!named.success) return { mistake: 'schema-violation' };
  if (named.data.$schema === undefined) return { mistake: 'missing-schema' };
  if (!METADATA_SCHEMA.test(named.data.$schema)) return { mistake: 'unsupported-schema' };
  const read = schema.safeParse(value);
  if (!read.success) return { mistake: 'schema-violation' };
  const ids = read.data.contentStructure.attachments.map(({ attachmentId }) => attachmentId);
  return new Set(ids).size === ids.length ? { metadata: read.data } : { mistake: 'schema-violation' };
}

/** A file name from outside without its path and without signs that no file name has. */
export function plainFileName(given: string | undefined, attachmentId: string): string {
  const name = (given ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .split(/[/\\]/)
    .at(-1)!
    .trim();
  return /^\.*$/.test(name) ? attachmentId : name.slice(0, 200);
}
