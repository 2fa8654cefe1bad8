import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
import { formalCheckOf, formDataOf, type XbauCase } from '../domain/xbau-case.ts';
import type { XbauHead, XbauParty, XbauReference } from '../domain/xbau-message.ts';
import { XBAU_MESSAGES, type XbauExport } from '../domain/xbau-names.ts';
import { antrag, antragGeaendert, bescheid, eingangsbestaetigung, formellePruefung, type XbauPackage } from '../domain/xbau-write.ts';
import { keepMessage, lastReceived, referenceOf } from '../store/xbau-messages.ts';
import type { HandedOn } from './hand-on.ts';
import type { XbauContext } from './xbau-context.ts';
import { zip } from '../../../platform/files/zip.ts';

/** A case as a message in XBau 2.6, with its attachments in a ZIP. Journalled as a read of the whole file. */
export async function exportXbau(ctx: XbauContext, actor: Actor, caseId: string, type: XbauExport): Promise<Result<HandedOn, Problem>> {
  const found = await ctx.cases.read(actor, caseId);
  if (!found.ok) return found;
  const known = await lastReceived(ctx.database.read, caseId);
  const reference = (await referenceOf(ctx.database.read, caseId)) ?? caseId;
  const head = headOf(ctx, found.value.authority, known?.author ?? undefined);
  const about: XbauReference = {
    reference,
    fileNumber: found.value.fileNumber,
    ...(known === undefined ? {} : { message: { id: known.messageId, type: known.type, createdAt: known.createdAt } }),
  };
  const written = WRITERS[type](found.value, head, about);
  if (!written.ok) return written;
  const kept = { messageId: head.messageId, caseId, direction: 'out', type, reference: null, createdAt: head.createdAt, author: null } as const;
  await ctx.database.write((tx) => keepMessage(tx, kept, ctx.clock()));
  return ok(packed(type, head.messageId, written.value, found.value.fileNumber));
}

type Head = Omit<XbauHead, 'type'>;
type Written = Result<XbauPackage, Problem>;

const WRITERS: Readonly<Record<XbauExport, (found: XbauCase, head: Head, about: XbauReference) => Written>> = {
  '0200': (found, head, { reference }) => ok(antrag(head, found.mapping, formDataOf(found), reference!)),
  '0201': (found, head, about) => {
    const check = formalCheckOf(found);
    const letters = found.documents.filter(({ direction, kind }) => direction === 'out' && kind === 'nachforderung-gestellt').slice(-1);
    return check === undefined ? refuse(NOT_CHECKED) : ok(formellePruefung(head, check, about, check.complete ? [] : letters));
  },
  '0202': (found, head, about) => (found.answered ? ok(antragGeaendert(head, found.mapping, formDataOf(found, true), about)) : refuse(NOT_ANSWERED)),
  '0205': (found, head, about) => {
    if (found.decision === undefined) return refuse(NOT_DECIDED);
    return ok(
      bescheid(
        head,
        found.decision,
        about,
        found.documents.filter(({ ofDecision }) => ofDecision),
      ),
    );
  },
  '1120': (found, head, about) =>
    ok(eingangsbestaetigung(head, about, `Ihr Antrag ist bei ${found.authority.name} eingegangen. Er hat das Aktenzeichen ${found.fileNumber}.`)),
};

const NOT_CHECKED = wrongState(
  'Es ist nichts nachgefordert, und die Vollständigkeit ist nicht bestätigt. Tun Sie eines davon; dann gibt es die Nachricht 0201.',
);
const NOT_ANSWERED = wrongState('Zu diesem Vorgang ist keine Nachforderung beantwortet. Erst danach gibt es die Nachricht 0202.');
const NOT_DECIDED = wrongState('Es gibt noch keinen versiegelten Bescheid. Die Nachricht 0205 erteilt den Bescheid; sie gibt es erst mit ihm.');

/** The list Verzeichnisdienst in its first version names the DVDV. */
const DVDV = { directory: 'DVDV', directoryVersion: '1' };

/** A new message of an authority; without an entry in the DVDV there is no name that the head could carry. */
export function headOf({ clock, product }: Pick<XbauContext, 'clock' | 'product'>, { name, dvdv }: XbauCase['authority'], reader?: XbauParty): Head {
  const now = clock();
  return {
    messageId: newId(now.epochMilliseconds),
    createdAt: now.round('millisecond').toZonedDateTimeISO(CITY_ZONE).toString({ timeZoneName: 'never', fractionalSecondDigits: 3 }),
    ...(reader === undefined ? {} : { reader }),
    ...(dvdv === undefined ? {} : { author: { ...DVDV, id: dvdv, name } }),
    product: { name: 'Kontor', maker: 'Kontor', version: product },
  };
}

/** The message with its attachments, as the readers take it again. */
function packed(type: XbauExport, messageId: string, { xml, files }: XbauPackage, fileNumber: string): HandedOn {
  const messageName = `${messageId}_${XBAU_MESSAGES[type].name}`;
  return { fileName: `${messageName}_${fileNumber}.zip`, bytes: zip([{ name: `${messageName}.xml`, bytes: Buffer.from(xml, 'utf8') }, ...files]) };
}
