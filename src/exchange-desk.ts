import type { Actor } from './kernel/actor.ts';
import { invalidFields, type Problem } from './kernel/problem.ts';
import { ok, refuse, type Result } from './kernel/result.ts';
import { samplePdf } from './commands/sample-pdf.ts';
import { samplePicture } from './commands/sample-picture.ts';
import type { ServicePackage } from './modules/catalogue/public.ts';
import {
  dataSchema,
  dataSchemaUri,
  DOCUMENT_SLOTS,
  type Contents,
  type FitConnectDesk,
  orderReply,
  type OutgoingLetter,
  type ReceivedApplication,
} from './modules/exchange/public.ts';
import { letterToSource, receiveApplication, wholeFile, type ProcedureContext } from './modules/procedure/public.ts';

/** What FIT-Connect needs of packages and cases. */
export function fitConnectDeskOn(ctx: ProcedureContext): FitConnectDesk {
  return {
    services: () => ctx.desk.offered().map((pkg) => ({ key: pkg.key, name: pkg.name.de, ...namesOf(ctx, pkg) })),
    intake: { receive: (application) => receive(ctx, application), letter: (caseId, key) => letter(ctx, caseId, key) },
    example(key) {
      const pkg = ctx.desk.offered().find((one) => one.key === key);
      return pkg && exampleOf(ctx, pkg);
    },
    caseAsSubmission: (actor, caseId) => contentsOf(ctx, actor, caseId),
  };
}

const namesOf = ({ settings }: ProcedureContext, { key, leistungsschluessel }: ServicePackage) => ({
  identifier: `urn:de:fim:leika:leistung:${leistungsschluessel}`,
  schemaUri: dataSchemaUri(settings.publicUrl, key),
});

/** Checks the data by the schema that the city publishes, and makes a case of them. */
async function receive(ctx: ProcedureContext, application: ReceivedApplication): Promise<Result<{ readonly caseId: string }, Problem>> {
  const { submissionId, serviceKey, schemaUri, data, attachments, replyChannel, authenticationInformation, submittedAt } = application;
  const pkg = ctx.desk.current(serviceKey);
  if (pkg === undefined || schemaUri !== dataSchemaUri(ctx.settings.publicUrl, serviceKey)) {
    return refuse({ kind: 'invalid-input', detail: 'Dieses Schema nimmt die Leistung nicht an.' });
  }
  const read = dataSchema(pkg).safeParse(data);
  if (!read.success) return refuse(invalidFields(read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))));
  const { [DOCUMENT_SLOTS]: slots = {}, ...answers } = read.data;
  const slotOf = (fileName: string) => (Object.hasOwn(slots as object, fileName) ? { slot: (slots as Record<string, string>)[fileName]! } : {});
  const documents = attachments.map(({ fileName, mediaType, bytes, description }) => ({
    ...slotOf(fileName),
    fileName,
    mediaType,
    bytes,
    ...(description === undefined ? {} : { description }),
  }));
  const made = await receiveApplication(ctx, {
    source: 'fit-connect',
    reference: submissionId,
    service: serviceKey,
    answers,
    documents,
    original: { fileName: `fit-connect-${submissionId}.json`, mediaType: 'application/json', bytes: Buffer.from(JSON.stringify(data, null, 2)) },
    receivedAt: submittedAt,
    replyTo: { replyChannel: replyChannel ?? null, authenticationInformation },
  });
  return made.ok ? ok({ caseId: made.value.id }) : made;
}

/** Letters of a case that came through FIT-Connect go back through it, where the submission asks for that. */
export const letterOutOn =
  ({ outbox }: Pick<ProcedureContext, 'outbox'>): NonNullable<ProcedureContext['letterOut']> =>
  async (tx, { source, ...ref }) => {
    if (source === 'fit-connect') await orderReply(outbox, tx, ref);
  };

async function letter(ctx: ProcedureContext, caseId: string, key: string): Promise<OutgoingLetter | undefined> {
  const found = await letterToSource(ctx, caseId, key);
  if (found?.source !== 'fit-connect') return undefined;
  const { source: _, reference, ...rest } = found;
  return { ...rest, submissionId: reference };
}

/** The package's own example, as an online service would send it. */
function exampleOf(ctx: ProcedureContext, pkg: ServicePackage): Contents {
  const { identifier, schemaUri } = namesOf(ctx, pkg);
  const { answers, documents } = pkg.walk;
  return {
    service: { identifier, name: pkg.name.de },
    schemaUri,
    data: { ...answers, [DOCUMENT_SLOTS]: Object.fromEntries(documents.map(({ slot, fileName }) => [fileName, slot])) },
    attachments: documents.map(({ slot, fileName }, index) => ({
      purpose: 'attachment',
      fileName,
      ...(fileName.endsWith('.pdf') ? { mediaType: 'application/pdf', bytes: samplePdf(slot) } : { mediaType: 'image/png', bytes: samplePicture(index) }),
    })),
  };
}

async function contentsOf(ctx: ProcedureContext, actor: Actor, caseId: string): Promise<Result<Contents, Problem>> {
  const file = await wholeFile(ctx, actor, caseId);
  if (!file.ok) return file;
  const { state, pkg, documents } = file.value;
  const sent = documents.filter(({ direction }) => direction === 'in').map((one, index) => ({ ...one, fileName: `${index + 1}-${one.fileName}` }));
  const { identifier, schemaUri } = namesOf(ctx, pkg);
  return ok({
    service: { identifier, name: pkg.name.de },
    schemaUri,
    data: { ...state.answers, [DOCUMENT_SLOTS]: Object.fromEntries(sent.map(({ fileName, kind }) => [fileName, kind])) },
    attachments: sent.map(({ fileName, mediaType, bytes }) => ({ purpose: 'attachment', fileName, mediaType, bytes })),
  });
}
