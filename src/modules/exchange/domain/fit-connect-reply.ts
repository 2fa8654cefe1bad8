import { z } from 'zod';
import { readPublicJwk, type FitConnectJwk } from './fit-connect-jwk.ts';

/** Events of a reply; its subject is `reply:<uuid>` in the case of the submission that it answers. */
export type ReplyEvent = 'create-reply' | 'submit-reply';

/** Where the standard of our replies can be read; a sender that names it among its `processStandards` can read them. */
export const replyStandard = (publicUrl: string): string => `${publicUrl}/api/exchange/fit-connect/reply-schema`;

/** The data of a reply: what the letter is. The letter itself is an attachment, as the authority sealed it. */
export const replyData = z.object({
  fileNumber: z.string().describe('Aktenzeichen des Vorgangs'),
  submissionId: z.uuid().describe('Einreichung, auf die geantwortet wird'),
  kind: z.string().describe('Was das Schreiben ist, etwa antrag-eingereicht, nachforderung-gestellt, bescheid'),
  writtenOn: z.iso.date(),
  documents: z.array(z.string()).describe('Dateinamen der Anlagen, das Schreiben zuerst'),
});
export type ReplyData = z.output<typeof replyData>;

/** Why a letter does not go back through FIT-Connect. */
export type NoReply = 'other-channel' | 'other-standard' | 'unfit-key';

const channelSchema = z.object({
  replyChannel: z.object({
    fitConnect: z.object({ encryptionPublicKey: z.looseObject({ kid: z.string() }), processStandards: z.array(z.string()) }),
  }),
});

/**
 * The key that a submission asks to be answered with.
 * @param replyTo what was kept of the submission, as it is
 */
export function replyKey(replyTo: unknown, standard: string): { readonly key: FitConnectJwk } | { readonly none: NoReply } {
  const read = channelSchema.safeParse(replyTo);
  if (!read.success) return { none: 'other-channel' };
  const { encryptionPublicKey, processStandards } = read.data.replyChannel.fitConnect;
  if (!processStandards.includes(standard)) return { none: 'other-standard' };
  const key = readPublicJwk(encryptionPublicKey, 'encryption', encryptionPublicKey.kid);
  return key === undefined ? { none: 'unfit-key' } : { key };
}
