import { createHash } from 'node:crypto';
import type { Actor } from './kernel/actor.ts';
import { uuidFrom } from './kernel/id.ts';
import { invalidFields } from './kernel/problem.ts';
import { ok, refuse } from './kernel/result.ts';
import { legalDay } from './kernel/time.ts';
import { answerSections, judgeAnswers, visibleFields, visiblePages, type ServicePackage } from './modules/catalogue/public.ts';
import type { XbauCase, XbauCases, XbauContext } from './modules/exchange/public.ts';
import {
  caseFile,
  caseHistory,
  decisionDueOn,
  findCaseId,
  mayAct,
  maySee,
  receiveAnswer,
  receiveApplication,
  wholeFile,
  type ProcedureContext,
  type WholeFile,
} from './modules/procedure/public.ts';

/** XBau reads and makes cases through this port; which Leistung it is about stands in `xbau.yaml`. */
export function xbauOn(ctx: ProcedureContext): XbauContext {
  const { clock, database, journal } = ctx;
  return { clock, database, journal, product: '0.1.0', cases: xbauCases(ctx) };
}

/** The authority that writes for an officer: the first they work for. */
export function xbauAuthority(ctx: ProcedureContext) {
  return (actor: Actor): { readonly name: string; readonly dvdv?: string | undefined } => {
    const [first] = actor.kind === 'staff' ? actor.authorities : [];
    return ctx.desk.services.authorities.find(({ id }) => id === first) ?? { name: 'Kontor' };
  };
}

const offeredInXbau = (ctx: ProcedureContext): ServicePackage | undefined => [...ctx.desk.services.packages.values()].find(({ xbau }) => xbau !== undefined);

/** The mapping of the case's own version, or of the one in force where the case is older than `xbau.yaml`. */
const mappingOf = (ctx: ProcedureContext, pkg: ServicePackage) => pkg.xbau ?? ctx.desk.current(pkg.key)?.xbau;

const NOT_IN_XBAU = { kind: 'not-found', detail: 'Diesen Vorgang gibt es in XBau nicht: Seine Leistung hat keine Datei xbau.yaml.' } as const;

function xbauCases(ctx: ProcedureContext): XbauCases {
  const db = ctx.database.read;
  return {
    mapping: () => offeredInXbau(ctx)?.xbau,
    async read(actor, caseId) {
      const before = await caseFile(ctx, db, caseId);
      // whoever may not see the case learns nothing of it, and nothing is journalled
      if (before !== undefined && maySee(actor, before.state) && mappingOf(ctx, before.pkg) === undefined) return refuse(NOT_IN_XBAU);
      const file = await wholeFile(ctx, actor, caseId);
      return file.ok ? ok(xbauCase(ctx, file.value)) : file;
    },
    async find(actor, wanted) {
      const caseId = wanted.caseId ?? (await findCaseId(db, wanted.fileNumber ?? ''));
      const file = caseId === undefined ? undefined : await caseFile(ctx, db, caseId);
      return file !== undefined && mayAct(actor, file.state) ? caseOf(file.state) : undefined;
    },
    receive: (actor, application) => receive(ctx, actor, application),
    async answer(actor, answer, alongside) {
      if (actor.kind !== 'staff') return refuse({ kind: 'not-allowed', detail: 'Nachrichten nehmen Mitarbeitende einer Behörde entgegen.' });
      const done = await receiveAnswer(ctx, actor, answer, alongside);
      return done.ok ? ok(caseOf(done.value)) : done;
    },
    async offered(actor, caseId) {
      const file = await caseFile(ctx, db, caseId);
      if (file === undefined || !maySee(actor, file.state) || mappingOf(ctx, file.pkg) === undefined) return [];
      const { request, completeOn, decisions } = file.state;
      const answered = (await caseHistory(ctx, db, caseId)).some(({ kind }) => kind === 'nachforderung-beantwortet');
      return [
        '0200',
        '1120',
        ...(request !== undefined || completeOn !== undefined ? (['0201'] as const) : []),
        ...(answered ? (['0202'] as const) : []),
        ...(decisions.at(-1)?.pdfSha256 === undefined ? [] : (['0205'] as const)),
      ];
    },
  };
}

const NOT_OFFERED = { kind: 'not-found', detail: 'Die Stadt bietet keine Leistung an, die Anträge in XBau annimmt.' } as const;
const NOT_STAFF = { kind: 'not-allowed', detail: 'Nachrichten nehmen Mitarbeitende einer Behörde entgegen.' } as const;

/** Only for an authority that the officer works for: a case elsewhere is that authority's to begin. */
async function receive(ctx: ProcedureContext, actor: Actor, application: Parameters<XbauCases['receive']>[1]) {
  const pkg = offeredInXbau(ctx);
  if (pkg === undefined) return refuse(NOT_OFFERED);
  const { answers, wrong } = judgeAnswers(pkg, application.answers, { lang: 'de', today: legalDay(ctx.clock()), filled: new Set() });
  if (wrong.length > 0) return refuse(invalidFields(wrong));
  const responsible = ctx.desk.responsible(pkg, answers);
  if (!responsible.ok) return responsible;
  const { authority } = responsible.value;
  if (actor.kind !== 'staff' || !mayAct(actor, { accountId: null, service: pkg.key, authority: authority.id })) {
    return refuse(
      actor.kind === 'staff'
        ? { ...NOT_STAFF, detail: `Zuständig ist ${authority.name}. Dort arbeiten Sie nicht; geben Sie die Nachricht dorthin.` }
        : NOT_STAFF,
    );
  }
  const { reference, replyTo, original } = application;
  const documents = application.documents.map(({ slot, description, ...file }) => ({
    ...file,
    ...(slot === undefined ? {} : { slot }),
    ...(description === undefined ? {} : { description }),
  }));
  const done = await receiveApplication(ctx, {
    source: 'xbau',
    reference,
    service: pkg.key,
    answers: application.answers,
    documents,
    original: { fileName: original.fileName, mediaType: 'application/xml', bytes: original.bytes },
    receivedAt: ctx.clock(),
    replyTo,
  });
  if (!done.ok) return done;
  // the same reference may have become a case of another authority meanwhile
  return maySee(actor, done.value) ? ok(caseOf(done.value)) : refuse(NOT_IN_XBAU);
}

const caseOf = ({ id, fileNumber, authority, refusedFiles = [] }: WholeFile['state']) => ({
  caseId: id,
  fileNumber,
  authority,
  refusedFiles: refusedFiles.map(({ fileName, refused = '' }) => ({ fileName, reason: refused })),
});

function xbauCase(ctx: ProcedureContext, { state, pkg, authority, history, documents }: WholeFile): XbauCase {
  const answer = history.findLast((event) => event.kind === 'nachforderung-beantwortet');
  const ofAnswer = new Set(answer?.facts.documents);
  const decision = state.decisions.findLast(({ pdfSha256 }) => pdfSha256 !== undefined);
  return {
    id: state.id,
    fileNumber: state.fileNumber,
    mapping: mappingOf(ctx, pkg)!,
    authority,
    answers: state.answers,
    said: saidAnswers(pkg, state.answers),
    documents: documents.map(({ key, kind, fileName, on, direction, bytes }) => ({
      id: uuidFrom(`${state.id}\n${key}`),
      title: fileName,
      kind,
      fileName,
      on: on.toString(),
      direction,
      bytes,
      ofLastAnswer: ofAnswer.size > 0 && ofAnswer.has(createHash('sha256').update(bytes).digest('hex')),
      ofDecision: decision !== undefined && (key === `bescheid.${decision.id}` || key.startsWith(`bescheid.${decision.id}.`)),
    })),
    request: state.request && { items: state.request.itemTexts, text: state.request.text, dueOn: state.request.dueOn },
    answered: answer !== undefined,
    completeOn: state.completeOn,
    decisionBy: decisionDueOn(state, pkg),
    ...(decision === undefined
      ? {}
      : {
          decision: {
            granted: decision.outcome !== 'refuse',
            operative: decision.text.operative,
            nebenbestimmungen: decision.text.nebenbestimmungen,
            reasons: [...decision.text.reasons, ...decision.text.discretion],
          },
        }),
  };
}

/** The answers as people read them, each with its field; repeated pages have no place in XBau. */
export function saidAnswers(pkg: ServicePackage, answers: XbauCase['answers']): XbauCase['said'] {
  const sections = answerSections(pkg, answers, 'de');
  return visiblePages(pkg, answers)
    .filter((page) => page.repeat === undefined)
    .flatMap((page) => {
      const rows = sections.find((section) => section.pageId === page.id)?.rows ?? [];
      const fields = visibleFields(page, answers, answers).filter(({ type }) => type !== 'file');
      return fields.map(({ id }, index) => ({ field: id, label: rows[index]!.label, text: rows[index]!.value }));
    });
}
