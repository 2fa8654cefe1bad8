import { z } from 'zod';
import type { ReadXbau } from '../application/read-xbau.ts';
import type { XbauAttachment } from '../domain/xbau-message.ts';
import type { XbauExport, XbauType } from '../domain/xbau-names.ts';

const TYPES = ['0200', '0201', '0202', '0205', '1100', '1120'] as const satisfies readonly XbauType[];
/** The messages that a case can be written as. */
export const XBAU_EXPORTS = ['0200', '0201', '0202', '0205', '1120'] as const satisfies readonly XbauExport[];

const text = z.string().nullable();
const partySchema = z.object({ directory: z.string(), id: z.string(), name: z.string() }).nullable();
const documentSchema = z.object({
  title: text,
  /** Document of the form; null where none fits. */
  slot: text,
  fileName: text,
  /** Code of the sender's list. */
  kind: text,
  /** Address that the message names; it is never asked. */
  link: text,
  /** Announced for later. */
  later: z.boolean(),
});

/** A message as programs read it. */
export const xbauMessageSchema = z.object({
  type: z.enum(TYPES),
  messageId: z.string(),
  createdAt: z.string(),
  author: partySchema,
  reader: partySchema,
  product: z.string(),
  /** 0200: the portal's number of the application. */
  reference: text,
  refersTo: z.object({ reference: text, fileNumber: text, messageId: text }).nullable(),
  answers: z.record(z.string(), z.unknown()),
  /** Texts that no field of the form asks for. */
  rest: z.array(z.object({ path: z.string(), text: z.string(), line: z.int() })),
  /** Documents that came. */
  documents: z.array(documentSchema.extend({ sizeBytes: z.int() })),
  /** Documents that did not come: missing, announced, or lying at an address. */
  absent: z.array(documentSchema),
  /** Files that no document names. */
  unnamed: z.array(z.string()),
  /** What an authority tells in it. */
  tells: z.array(z.string()),
});

export function presentedXbau(message: ReadXbau): z.output<typeof xbauMessageSchema> {
  const { head, refersTo, delivered } = message;
  const party = (one: typeof head.author) => (one === undefined ? null : { directory: one.directory, id: one.id, name: one.name });
  return {
    type: head.type,
    messageId: head.messageId,
    createdAt: head.createdAt,
    author: party(head.author),
    reader: party(head.reader),
    product: [head.product.name, head.product.version].filter((part) => part !== undefined).join(' '),
    reference: message.reference ?? null,
    refersTo:
      refersTo === undefined
        ? null
        : { reference: refersTo.reference ?? null, fileNumber: refersTo.fileNumber ?? null, messageId: refersTo.message?.id ?? null },
    answers: message.answers,
    rest: message.rest.map(({ path, text: said, line }) => ({ path, text: said, line })),
    documents: delivered.map((one) => ({ ...documentOf(one), sizeBytes: one.bytes.byteLength })),
    absent: message.absent.map(documentOf),
    unnamed: [...message.unnamed],
    tells: [...message.tells],
  };
}

const documentOf = ({ title, slot, file, originalName, kind, link, later }: XbauAttachment): z.output<typeof documentSchema> => ({
  title: title ?? null,
  slot: slot ?? null,
  fileName: originalName ?? file?.name ?? null,
  kind: kind ?? null,
  link: link ?? null,
  later,
});
