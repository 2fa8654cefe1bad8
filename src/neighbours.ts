import { authorityNamesOf } from './authority-name.ts';
import { findingsOf, inspectDocument, type CaseView, type SheetDesk, type SheetsContext, type Visits } from './modules/sheets/public.ts';
import { draftFiles, draftKey, draftYaml, placeOf, SERVICE_HINTS } from './modules/catalogue/public.ts';
import { staffMember } from './modules/identity/public.ts';
import { abwaegungComplete, followedConditions, publicRoundsOf, type ParticipationContext } from './modules/participation/public.ts';
import {
  applicantNames,
  caseFile,
  lockedCaseFile,
  mayAct,
  maySee,
  noteRead,
  publicCase,
  publicCases,
  resumePaid,
  wholeFile,
  type CaseFile,
  type Cashier,
  type DemandedCondition,
  type PublicCase,
  type WholeFile,
  type DecisionGate,
  type ProcedureContext,
} from './modules/procedure/public.ts';
import type { PlansContext, PublicCaseView } from './modules/plans/public.ts';
import { claimsOfCase, demandPayment, isSettled, type PaymentContext } from './modules/payment/public.ts';
import { uuidFrom } from './kernel/id.ts';
import { expectOk, ok } from './kernel/result.ts';
import { CITY_ZONE, legalDay } from './kernel/time.ts';
import type { CaseRecord, DraftContext, ExchangeContext } from './modules/exchange/public.ts';
import type { Context } from './platform/context.ts';
import { getFile, putFile } from './platform/files/files.ts';

/** Beteiligung reads cases through this port: procedure does not know that it exists. */
export function participationOn(ctx: ProcedureContext): ParticipationContext {
  return {
    ...ctx,
    cases: {
      async read(db, caseId) {
        const file = await caseFile(ctx, db, caseId);
        if (file === undefined) return undefined;
        const { state, pkg, uploads } = file;
        const { id, fileNumber, service, authority, accountId, coApplicants = [], status, answers } = state;
        const documents = uploads.map(({ id: fileId, fileName, mediaType, sizeBytes, sha256 }) => ({ id: fileId, fileName, mediaType, sizeBytes, sha256 }));
        return {
          id,
          fileNumber,
          service,
          authority,
          accountId,
          coApplicants,
          status,
          title: pkg.name.de,
          place: placeOf(pkg, answers),
          answers,
          plan: pkg.process.participation,
          documents,
        };
      },
      maySee,
      mayAct,
    },
    files: { put: putFile, get: getFile },
  };
}

/** § 1(7) BauGB, § 28 VwVfG: nothing is decided while those who were asked may still answer or are unheard. */
export const openParticipation: DecisionGate = async (tx, caseId) => {
  const { complete, openRounds, unweighed } = await abwaegungComplete(tx, caseId);
  if (complete) return undefined;
  const parts = [
    openRounds > 0 ? (openRounds === 1 ? 'Eine Beteiligung läuft noch' : `${openRounds} Beteiligungen laufen noch`) : '',
    unweighed > 0 ? (unweighed === 1 ? 'eine Stellungnahme ist noch nicht abgewogen' : `${unweighed} Stellungnahmen sind noch nicht abgewogen`) : '',
  ];
  return `${parts.filter((part) => part !== '').join(', und ')}. Schließen Sie die Beteiligung ab, dann können Sie entscheiden.`;
};

/** What consulted agencies ask for goes into the draft of the decision, with who asks; the officer may change or drop it. */
export const demandedConditions: NonNullable<ProcedureContext['demands']> = async (db, caseId) =>
  (await followedConditions(db, caseId)).map(({ text, from, wholly }): DemandedCondition => ({
    kind: 'Auflage',
    text: `${text} (gefordert von ${from.join(' und ')})`,
    bare: text,
    wholly,
  }));

/** Plans read cases through this port. */
export function plansOn(ctx: ProcedureContext): PlansContext {
  const view = async (found: PublicCase): Promise<PublicCaseView> => ({
    id: found.id,
    fileNumber: found.fileNumber,
    title: found.pkg.name,
    authority: ctx.desk.authority(found.authority).name,
    steps: found.course.map(({ milestone, stage, on }) => ({ id: milestone.id, name: milestone.name, legalBasis: milestone.legalBasis, stage, on })),
    documents: found.documents,
    inForceOn: found.inForceOn,
    rounds: await publicRoundsOf(ctx, found.id),
  });
  return {
    database: ctx.database,
    clock: ctx.clock,
    readFile: getFile,
    cases: {
      listPublic: async () => Promise.all((await publicCases(ctx)).map(view)),
      async findPublic(caseId) {
        const found = await publicCase(ctx, caseId);
        return found && view(found);
      },
      async documentsFor(actor, caseId) {
        const file = await caseFile(ctx, ctx.database.read, caseId);
        return file !== undefined && maySee(actor, file.state) ? file.uploads : undefined;
      },
    },
  };
}

/** The Kasse demands what procedure asks for, and answers whether it is there. */
export function cashierOn(platform: Context): Cashier {
  return {
    async demand(tx, { service, ...fee }) {
      expectOk(await demandPayment(platform, tx, { kind: 'system', job: 'procedure.demand-fee' }, { ...fee, purpose: service }));
    },
    async isPaid(db, caseId) {
      const claims = await claimsOfCase(db, caseId);
      return claims.length > 0 && claims.every(isSettled);
    },
  };
}

/** The Kasse tells procedure of money, and has its words from the packages. */
export function kasseOn(ctx: ProcedureContext, { providers, bankAccountOf }: Pick<PaymentContext, 'providers' | 'bankAccountOf'>): PaymentContext {
  const fee = { de: 'Gebühr', en: 'Fee', leicht: 'Gebühr' };
  return {
    ...ctx,
    providers,
    bankAccountOf,
    purposeText: (service) => {
      const name = ctx.desk.current(service)?.name;
      return name === undefined ? fee : { de: `${fee.de}: ${name.de}`, en: `${fee.en}: ${name.en}`, leicht: `${fee.leicht}: ${name.leicht}` };
    },
    authorityName: authorityNamesOf(ctx),
    onPaid: (tx, claim) => resumePaid(ctx, tx, claim.caseId, claim.id),
  };
}

/** Whole files for other houses, from procedure. */
export function exchangeOn(ctx: ProcedureContext): ExchangeContext {
  return {
    clock: ctx.clock,
    archive: 'Staatsarchiv Hamburg',
    product: '0.1.0',
    authorityName: (id) => ctx.desk.services.authorities.find((one) => one.id === id)?.name,
    records: {
      async read(actor, caseId) {
        const file = await wholeFile(ctx, actor, caseId);
        return file.ok ? ok(recordOf(file.value)) : file;
      },
    },
  };
}

/** Drafts that exchange reads from the files of others are packages, and the catalogue writes those. */
export const draftsOn = (): DraftContext => ({
  packageDraft({ name, key: wished, description, leistungsschluessel, legalBases, pages, documents }) {
    const key = wished ?? draftKey(name);
    const from = 'einem Datenschema (XDatenfelder 3.0.0)';
    return { key, files: draftFiles({ from, key, name, description, leistungsschluessel, legalBases, form: { pages, documents } }) };
  },
  serviceDraft: (service) => draftYaml(service, 'XZuFi', SERVICE_HINTS),
});

const CLOSED = ['bestandskraeftig', 'zurueckgenommen', 'abgeschlossen'];

function recordOf(file: WholeFile): CaseRecord {
  const { state, history } = file;
  const [first] = history;
  // a note written afterwards does not move the end
  const closing = CLOSED.includes(state.status) ? history.findLast(({ kind }) => CLOSED.includes(kind)) : undefined;
  const closedOn = first?.kind === 'akte-uebernommen' ? first.facts.closedOn : closing && legalDay(closing.at).toString();
  return { ...openRecord(file), ...(closedOn === undefined ? {} : { closedOn }) };
}

function openRecord({ state, pkg, authority, history, documents }: WholeFile): CaseRecord {
  return {
    id: state.id,
    fileNumber: state.fileNumber,
    service: { key: pkg.key, name: pkg.name.de, leistungsschluessel: pkg.leistungsschluessel },
    authority,
    applicant: applicantNames(state),
    openedOn: state.submittedOn,
    retentionYears: pkg.retentionYears,
    documents: documents.map(({ key, kind, on, ...rest }) => ({
      id: uuidFrom(`${state.id}\n${key}`),
      title: kind,
      writtenOn: on.toString(),
      sealed: kind === 'bescheid',
      ...rest,
    })),
    course: history.map((event) => ({
      at: event.at.round('second').toZonedDateTimeISO(CITY_ZONE).toString({ timeZoneName: 'never' }),
      action: event.kind === 'antrag-eingereicht' && event.facts.source !== undefined ? `${event.kind} (${event.facts.source})` : event.kind,
      actor: actorName(event, authority.name),
    })),
  };
}

/** Other houses get roles, not names: a representative is told from the applicant. */
function actorName({ actor, mandateId }: WholeFile['history'][number], authority: string): string {
  if (actor.startsWith('citizen:')) return mandateId === undefined ? 'Antragstellende Person' : 'In Vertretung der antragstellenden Person';
  return actor.startsWith('staff:') ? authority : 'Kontor';
}

/** Sheets read cases through this port; what draws them and who is looking belong to the running city. */
export function sheetsOn(ctx: ProcedureContext, { drawings, visits }: { readonly drawings: SheetDesk; readonly visits: Visits }): SheetsContext {
  return {
    clock: ctx.clock,
    database: ctx.database,
    journal: ctx.journal,
    typesetter: ctx.typesetter,
    readFile: getFile,
    drawings,
    visits,
    cases: {
      read: async (db, caseId) => sheetCase(ctx, await caseFile(ctx, db, caseId)),
      lock: async (tx, caseId) => sheetCase(ctx, await lockedCaseFile(ctx, tx, caseId)),
      maySee: (actor, view) => maySee(actor, { ...view, service: view.serviceKey }),
      mayAct: (actor, view) => mayAct(actor, { ...view, service: view.serviceKey }),
      noteRead: (actor, caseId) => noteRead(ctx, actor, caseId, 'sheet'),
      async namesOf(db, refs) {
        const ids = [...new Set(refs)].flatMap((ref) => (ref.startsWith('staff:') ? [ref.slice('staff:'.length)] : []));
        const members = await Promise.all(ids.map((id) => staffMember(db, id)));
        return new Map(members.flatMap((one) => (one === undefined ? [] : [[`staff:${one.staffId}`, one.name] as const])));
      },
    },
  };
}

function sheetCase(ctx: ProcedureContext, file: CaseFile | undefined): CaseView | undefined {
  if (file === undefined) return undefined;
  const { state, pkg, uploads } = file;
  const { id, fileNumber, authority, accountId, coApplicants = [], status, decisions } = state;
  const labelOf = (slot: string) => pkg.form.documents.find((one) => one.id === slot.split('.')[0])?.label ?? { de: slot, en: slot, leicht: slot };
  return {
    id,
    fileNumber,
    service: pkg.name,
    serviceKey: pkg.key,
    authority,
    authorityName: ctx.desk.authority(authority).name,
    accountId,
    coApplicants,
    applicant: applicantNames(state),
    status,
    decided: decisions.length > 0,
    documents: uploads.map((one) => ({ ...one, label: labelOf(one.slot), by: one.byApplicant ? ('applicant' as const) : ('authority' as const) })),
    // what has gone out, and not before
    released: decisions.flatMap((one) => (one.pdfSha256 === undefined ? [] : (one.text.sheets ?? []))),
  };
}

/** The first thing that keeps a file from being taken, in plain German. */
export const technicalBlock: NonNullable<ProcedureContext['inspect']> = async (bytes, mediaType, checks) => {
  const findings = findingsOf(await inspectDocument(bytes, mediaType), checks, bytes.byteLength);
  return findings.find((one) => one.level === 'blocks')?.text.de;
};
