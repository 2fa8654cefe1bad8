import { expectOk, ok } from '../../../kernel/result.ts';
import { formatGermanDate, legalDay, CITY_ZONE } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { answersTemplate } from '../../../platform/documents/typesetter.ts';
import type { Pdf } from '../../../platform/documents/port.ts';
import { putFile } from '../../../platform/files/files.ts';
import { answerSections, type ServicePackage } from '../../catalogue/public.ts';
import { accountProfile, deliver, type MessageDocument, type MessageText } from '../../identity/public.ts';
import { applicantsOf } from '../domain/applicants.ts';
import { isOwnMotion, sourceOf, type Case } from '../domain/case.ts';
import { insertLetter, listLetters } from '../store/letters.ts';
import { findCase } from '../store/cases.ts';
import { actBySystem } from './act-by-system.ts';
import type { ProcedureContext } from './context.ts';
import { readHistory } from './history.ts';
import { decisionData, decisionJson, decisionTitle, letterFor } from './letter-data.ts';
import { rulesOf } from './rules-of.ts';
import { JOB_NAMES } from './side-effects.ts';
import { stampedCopies } from './stamped-copies.ts';

async function letterContext(ctx: ProcedureContext, state: Case) {
  const pkg = await ctx.desk.pinned(state.packageHash);
  const authority = ctx.desk.authority(state.authority);
  const { env, publicUrl } = ctx.settings;
  return { state, pkg, rules: rulesOf(pkg), authority, demo: env === 'demo', publicUrl, now: ctx.clock() };
}

interface Written {
  readonly key: string;
  readonly kind: string;
  readonly subject: MessageText;
  readonly body: readonly MessageText[];
  readonly pdfs: readonly { readonly fileName: string; readonly pdf: Pdf }[];
}

/** Keeps finished letters with the case, and delivers them where the person gets mail in the Postfach. */
async function send(ctx: ProcedureContext, tx: Tx, state: Case, written: Written): Promise<string[]> {
  const now = ctx.clock();
  const documents: MessageDocument[] = [];
  for (const [index, { fileName, pdf }] of written.pdfs.entries()) {
    const sha256 = await putFile(tx, pdf, 'application/pdf');
    await insertLetter(tx, {
      caseId: state.id,
      key: index === 0 ? written.key : `${written.key}.${index}`,
      kind: written.kind,
      fileName,
      sha256,
      writtenAt: now,
    });
    documents.push({ name: fileName, sha256, mediaType: 'application/pdf' });
  }
  // nobody has a Postfach for it: the letter waits in the file for the post
  if (state.accountId === null) {
    const source = sourceOf(state);
    if (source !== undefined) await ctx.letterOut?.(tx, { source, caseId: state.id, letterKey: written.key });
    return documents.map((document) => document.sha256);
  }
  const { subject, body } = written;
  const message = { accountId: state.accountId, caseId: state.id, service: state.service, key: `${state.id}.${written.key}`, subject, body, documents };
  if (state.channel === 'postfach') await deliver(ctx, tx, { kind: 'system', job: JOB_NAMES.writeLetter }, message, now);
  await noticeToOthers(ctx, tx, state, written, now);
  return documents.map((document) => document.sha256);
}

/**
 * Who applied together reads the letter with the case. The notice carries no document: what is made known
 * to the first applicant counts for all, and a second Bekanntgabe would begin a second period.
 */
async function noticeToOthers(ctx: ProcedureContext, tx: Tx, state: Case, { key, subject }: Written, now: Temporal.Instant): Promise<void> {
  for (const { accountId } of state.coApplicants ?? []) {
    if ((await accountProfile(tx, accountId)) === undefined) continue;
    const body = [
      line(
        `Zu Ihrem gemeinsamen Antrag ${state.fileNumber} gibt es ein Schreiben. Es ging an ${state.applicant.name}, zugleich für Sie. Sie lesen es im Vorgang unter «Meine Anträge».`,
        `There is a letter about your joint application ${state.fileNumber}. It went to ${state.applicant.name}, also on your behalf. You can read it with the case under «My applications».`,
        `Es gibt einen Brief zu Ihrem gemeinsamen Antrag. Die Nummer ist ${state.fileNumber}. Sie können ihn bei «Meine Anträge» lesen.`,
      ),
    ];
    const notice = { accountId, caseId: state.id, service: state.service, key: `${state.id}.${key}.${accountId}`, subject, body, documents: [] };
    await deliver(ctx, tx, { kind: 'system', job: JOB_NAMES.writeLetter }, notice, now);
  }
}

const line = (de: string, en: string, leicht: string): MessageText => ({ de, en, leicht });

/** Job: writes the letter that an event calls for. Done before: nothing. */
export async function writeLetter(ctx: ProcedureContext, { caseId, version }: { caseId: string; version: number }): Promise<void> {
  const state = await findCase(ctx.database.read, caseId);
  const event = state && (await readHistory(ctx, ctx.database.read, caseId)).find((one) => one.version === version);
  if (state === undefined || event === undefined) throw new Error(`case ${caseId} has no event ${version}`);
  const key = `${event.kind}.${version}`;
  if ((await listLetters(ctx.database.read, caseId)).some((letter) => letter.key === key)) return;
  const statusCode = event.kind === 'antrag-eingereicht' && !isOwnMotion(state) ? await ctx.statusCode?.(ctx.database.read, caseId) : undefined;
  const context = { ...(await letterContext(ctx, state)), ...(statusCode !== undefined && { statusCode }) };
  const planned = letterFor(event, context);
  if (planned === undefined) return;
  const plain = await ctx.typesetter.compile(context.pkg.letters[planned.template], planned.data);
  const sealed = planned.sealed === true ? await ctx.seal.seal(plain, { reason: `${planned.subject.de}, ${state.fileNumber}`, at: ctx.clock() }) : plain;
  const pdfs = [{ fileName: planned.fileName, pdf: sealed }];
  if (event.kind === 'antrag-eingereicht')
    pdfs.push({ fileName: `Ihre-Angaben-${state.fileNumber}.pdf`, pdf: await answersPdf(ctx, state, context.pkg, event.at) });
  const body = [
    line(
      `Aktenzeichen ${state.fileNumber}. Das Schreiben liegt bei.`,
      `File number ${state.fileNumber}. The letter is attached.`,
      `Ihre Nummer ist ${state.fileNumber}. Der Brief ist dabei.`,
    ),
  ];
  await ctx.database.write((tx) => send(ctx, tx, state, { key, kind: event.kind, subject: planned.subject, body, pdfs }));
}

/** Who applied, where it was not one person alone. */
const jointSection = (state: Case) =>
  state.coApplicants === undefined
    ? []
    : [
        {
          heading: 'Antragstellende',
          rows: applicantsOf(state).map((one, index) => ({ label: index === 0 ? 'Nimmt Schreiben für alle an' : 'Hat mitgezeichnet', value: one.name })),
        },
      ];

/** Copy of every answer, as the person gave it. */
export async function answersPdf(ctx: ProcedureContext, state: Case, pkg: ServicePackage, submittedAt: Temporal.Instant): Promise<Pdf> {
  const local = submittedAt.toZonedDateTimeISO(CITY_ZONE);
  const time = `${String(local.hour).padStart(2, '0')}:${String(local.minute).padStart(2, '0')}`;
  return ctx.typesetter.compile(answersTemplate, {
    title: `Ihre Angaben: ${pkg.name.de}`,
    fileNumber: state.fileNumber,
    submittedAt: `${formatGermanDate(legalDay(submittedAt))}, ${time} Uhr`,
    authority: ctx.desk.authority(state.authority).name,
    sections: [...jointSection(state), ...answerSections(pkg, state.answers, 'de')],
  });
}

/**
 * Job: makes a decision a Bescheid: sets, seals, keeps and delivers it, all or nothing. A crash before
 * the end leaves no trace but the job, which runs again.
 */
export async function issueDecision(ctx: ProcedureContext, { caseId, decisionId }: { caseId: string; decisionId: string }): Promise<void> {
  const state = await findCase(ctx.database.read, caseId);
  const decision = state?.decisions.find((one) => one.id === decisionId);
  if (state === undefined || decision === undefined) throw new Error(`case ${caseId} has no decision ${decisionId}`);
  if (decision.pdfSha256 !== undefined) return;
  const copies = await stampedCopies(ctx, state, decision);
  const context = { ...(await letterContext(ctx, state)), copies };
  const attachment = {
    name: 'bescheid.json',
    mediaType: 'application/json',
    bytes: Buffer.from(JSON.stringify(decisionJson(decision, context), null, 2)),
    description: 'Die Entscheidung als Daten',
  };
  const plain = await ctx.typesetter.compile(context.pkg.letters.bescheid, decisionData(decision, context), [attachment]);
  const title = decisionTitle(decision, context.pkg);
  const sealed = await ctx.seal.seal(plain, { reason: `${title}, ${state.fileNumber}`, at: ctx.clock() });
  const written: Written = {
    key: `bescheid.${decisionId}`,
    kind: 'bescheid',
    subject: line('Ihr Bescheid ist da', 'Your decision has arrived', 'Ihr Bescheid ist da'),
    body: [
      line(
        `${title}, Aktenzeichen ${state.fileNumber}.`,
        `${context.pkg.name.en}, file number ${state.fileNumber}.`,
        `Es geht um: ${context.pkg.name.leicht}. Ihre Nummer ist ${state.fileNumber}.`,
      ),
      line(
        'Den gesiegelten Bescheid finden Sie als Anlage. Gegen ihn können Sie Widerspruch einlegen; die Frist steht im Vorgang.',
        'The sealed decision is attached. You can object to it; the deadline is shown with your case.',
        'Der Bescheid ist dabei. Sind Sie nicht zufrieden? Dann können Sie Widerspruch einlegen.',
      ),
    ],
    pdfs: [
      {
        fileName: `${context.rules.promulgation === undefined ? 'Bescheid' : title.split(':')[0]!.replaceAll(/[^\p{L}]+/gu, '-')}-${state.fileNumber}.pdf`,
        pdf: sealed,
      },
      ...copies.flatMap(({ fileName, pdf }) => (pdf === undefined ? [] : [{ fileName, pdf }])),
    ],
  };
  const done = await ctx.database.transaction(async (tx) => {
    // first the state: it fails when another run was faster, and then nothing of this one stays
    const pdfSha256 = await putFile(tx, sealed, 'application/pdf');
    const marked = await actBySystem(ctx, tx, JOB_NAMES.issueDecision, caseId, { action: 'seal', decisionId, pdfSha256 });
    if (!marked.ok || marked.value.decisions.find((one) => one.id === decisionId)?.pdfSha256 !== pdfSha256) return marked;
    await send(ctx, tx, state, written);
    if (context.rules.promulgation !== undefined) return ok(marked.value);
    if (decision.channel !== 'postfach') return ok(marked.value);
    return actBySystem(ctx, tx, JOB_NAMES.issueDecision, caseId, { action: 'provide-in-postfach', decisionId });
  });
  if (done.ok || !(await isSealed(ctx, caseId, decisionId))) expectOk(done);
}

/** Whether another run of the job was faster; then there is nothing left to do. */
async function isSealed(ctx: ProcedureContext, caseId: string, decisionId: string): Promise<boolean> {
  const state = await findCase(ctx.database.read, caseId);
  return state?.decisions.some(({ id, pdfSha256 }) => id === decisionId && pdfSha256 !== undefined) ?? false;
}
