import type { Actor } from './kernel/actor.ts';
import type { KnownParty } from './kernel/language-model.ts';
import type { Problem } from './kernel/problem.ts';
import { ok, refuse, type Result } from './kernel/result.ts';
import { legalDay } from './kernel/time.ts';
import { allProblems, answerSections, itemsOf, visibleFields, visiblePages, type Field, type ServicePackage } from './modules/catalogue/public.ts';
import { readSynopsis } from './modules/participation/public.ts';
import {
  caseFile,
  closedCases,
  findingsOf,
  mayAct,
  maySee,
  noteRead,
  presentDecision,
  type CaseFile,
  type ProcedureContext,
} from './modules/procedure/public.ts';
import type { AssistedCase, AssistedCases, CaseDocument, CaseFact } from './modules/proposals/public.ts';
import { participationOn } from './neighbours.ts';
import { getFile } from './platform/files/files.ts';

type State = CaseFile['state'];

/** Reads a file into pages, or says in plain words why not. */
export type ReadFile = (file: {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}) => Promise<Result<{ readonly pages: readonly { readonly number: number; readonly text: string }[] }, Problem>>;

const GONE = { kind: 'not-found', detail: 'Diesen Vorgang gibt es nicht, oder er gehört nicht zu Ihnen. Öffnen Sie ihn aus dem Eingang.' } as const;
/** So many closed cases are compared, the newest. */
const MOST_CLOSED = 300;
const MOST_STATEMENTS = 2000;

/** The assistant reads cases through this port. Nothing here can change one. */
export function assistedCases(ctx: ProcedureContext, readFile: ReadFile): AssistedCases {
  const db = ctx.database.read;
  return {
    async access(actor, caseId) {
      const file = await caseFile(ctx, db, caseId);
      if (file === undefined) return { sees: false, acts: false };
      return { sees: maySee(actor, file.state), acts: maySee(actor, file.state) && mayAct(actor, file.state) };
    },
    async decision(actor, caseId) {
      const file = await seenFile(ctx, actor, caseId);
      return file === undefined ? refuse(GONE) : ok(decisionOf(file.state));
    },
    async read(actor, caseId, { documents = false, statements = false }) {
      const file = await seenFile(ctx, actor, caseId);
      if (file === undefined) return refuse(GONE);
      const read = documents ? await documentsOf(ctx, file, readFile) : { documents: [], unread: [] };
      const said = statements ? await statementsOf(ctx, actor, caseId) : { statements: [] };
      return ok({ view: { ...viewOf(ctx, file), ...read, ...said }, parties: partiesOf(file) });
    },
    async closed(actor, { id, service, authority }) {
      const found = await closedCases(ctx, actor, { service, authority, limit: MOST_CLOSED });
      return found
        .filter(({ state }) => state.id !== id)
        .map(({ state, pkg, closedAt }) => ({
          id: state.id,
          fileNumber: state.fileNumber,
          closedOn: legalDay(closedAt).toString(),
          facts: factsOf(pkg, state),
        }));
    },
    async shown(actor, caseIds) {
      for (const caseId of caseIds) await noteRead(ctx, actor, caseId, 'assistant');
    },
  };
}

/** The case for who may see it; anybody's look but the applicant's own is journalled. */
async function seenFile(ctx: ProcedureContext, actor: Actor, caseId: string): Promise<CaseFile | undefined> {
  const file = await caseFile(ctx, ctx.database.read, caseId);
  if (file === undefined || !maySee(actor, file.state)) return undefined;
  if (actor.kind === 'staff' || (actor.kind === 'citizen' && actor.agent !== undefined)) await noteRead(ctx, actor, caseId, 'assistant');
  return file;
}

function viewOf(ctx: ProcedureContext, { state, pkg, uploads }: CaseFile): Omit<AssistedCase, 'documents' | 'unread' | 'statements' | 'statementsCut'> {
  const filled = new Set(uploads.map(({ slot }) => slot));
  const findings = findingsOf(pkg, state, legalDay(ctx.clock()));
  const lacks = allProblems(pkg, state.answers, { lang: 'de', today: legalDay(ctx.clock()), filled }).map(({ field, message, pageId }) => ({
    field,
    message,
    rule: `${pkg.name.de} ${pkg.version}, Seite „${pkg.form.pages.find(({ id }) => id === pageId)?.title.de ?? pageId}“`,
  }));
  const rules = [...findings.items.flatMap(({ trace }) => trace), ...findings.whole].map(({ decision, rule, sentence }) => ({ decision, row: rule, sentence }));
  const decision = decisionOf(state);
  return {
    ...{ id: state.id, fileNumber: state.fileNumber, service: state.service, serviceName: pkg.name.de, authority: state.authority },
    facts: factsOf(pkg, state),
    lacks,
    rules,
    ...(decision === undefined ? {} : { decision }),
  };
}

function decisionOf(state: State): AssistedCase['decision'] {
  const made = presentDecision(state);
  // before its document is there, nobody has been told anything
  if (made?.pdfSha256 === undefined) return undefined;
  const { id, kind: decisionKind, outcome, decidedOn, text, feeCents, delivery } = made;
  return {
    ...{ id, kind: decisionKind, outcome, decidedOn, feeCents, operative: text.operative },
    conditions: text.nebenbestimmungen.map(({ kind, text: words }) => ({ kind, text: words })),
    reasons: [...text.reasons, ...text.items.map(({ label, reason }) => `${label}: ${reason}`)],
    ...(delivery === undefined ? {} : { remedyUntil: delivery.remedyUntil }),
  };
}

/** Answers with the form's labels. Sections and fields come in the same order. */
function factsOf(pkg: ServicePackage, { answers }: State): CaseFact[] {
  const sections = answerSections(pkg, answers, 'de');
  const places = visiblePages(pkg, answers).flatMap((page) => {
    const fieldsOf = (item: Readonly<Record<string, unknown>>, at: string) =>
      visibleFields(page, answers, item)
        .filter(({ type }) => type !== 'file')
        .map((field) => ({ field, at: `${at}${field.id}`, raw: item[field.id] }));
    if (page.repeat === undefined) return [fieldsOf(answers, '')];
    return itemsOf(page, answers).map((item, index) => fieldsOf(item, `${page.repeat!.id}.${index}.`));
  });
  return sections.flatMap(({ rows }, section) =>
    rows.map(({ label, value }, row) => {
      const { field, at, raw } = places[section]![row]!;
      const unit = field.type === 'number' ? field.unit : undefined;
      return { id: at, label, type: field.type, raw, shown: value, ...(unit === undefined ? {} : { unit }) };
    }),
  );
}

async function documentsOf(ctx: ProcedureContext, { uploads }: CaseFile, readFile: ReadFile): Promise<Pick<AssistedCase, 'documents' | 'unread'>> {
  const documents: CaseDocument[] = [];
  const unread: { title: string; reason: string }[] = [];
  for (const { id, fileName, sha256, current } of uploads) {
    if (!current) continue;
    const file = await getFile(ctx.database.read, sha256);
    const read = file === undefined ? undefined : await readFile({ fileName, bytes: file.bytes });
    if (read === undefined) unread.push({ title: fileName, reason: 'Die Datei ist nicht mehr da.' });
    else if (read.ok) documents.push({ id, title: fileName, sha256, pages: read.value.pages });
    else unread.push({ title: fileName, reason: read.problem.detail });
  }
  return { documents, unread };
}

async function statementsOf(ctx: ProcedureContext, actor: Actor, caseId: string): Promise<Pick<AssistedCase, 'statements' | 'statementsCut'>> {
  if (actor.kind !== 'staff') return { statements: [] };
  const read = await readSynopsis(participationOn(ctx), actor, caseId, { show: 'all', limit: MOST_STATEMENTS });
  if (!read.ok) return { statements: [] };
  const statements = read.value.rows.map(({ state }) => ({ number: state.number, from: state.author.name ?? 'ohne Namen', text: state.text }));
  return { statements, statementsCut: read.value.next !== undefined };
}

/** Longer answers are words about the matter, not names of somebody. */
const LONGEST_NAME = 120;
const NAMING: readonly Field['type'][] = ['text', 'plate', 'email', 'tel'];

/** Everybody whom the case names, with all that could name them: every short answer in words, wherever it stands. */
function partiesOf({ state, pkg }: CaseFile): KnownParty[] {
  const facts = factsOf(pkg, state);
  const prefills = new Map(
    pkg.form.pages.flatMap((page) => page.fields.flatMap(({ id, prefill }): [string, string][] => (prefill === undefined ? [] : [[prefill, id]]))),
  );
  const named = (prefill: string): string | undefined => {
    const value = state.answers[prefills.get(prefill) ?? ''];
    return typeof value === 'string' ? value : undefined;
  };
  const words = facts.flatMap(({ type, raw }) =>
    NAMING.includes(type as Field['type']) && typeof raw === 'string' && raw.length <= LONGEST_NAME ? [raw.trim()] : [],
  );
  const addresses = facts.flatMap(({ type, shown }) => (type === 'address' && shown !== '–' ? [shown] : []));
  const [street, town] = state.applicant.addressLines;
  const parts = state.applicant.name.split(/\s+/);
  const first: KnownParty = {
    role: 'Antragstellerin oder Antragsteller',
    givenNames: named('account.givenName') ?? parts.slice(0, -1).join(' '),
    familyName: named('account.familyName') ?? parts.at(-1) ?? '',
    ...optional({ organisation: named('account.organisation'), email: named('account.email'), birthDate: named('account.birthDate') }),
    ...optional({ street, postalCode: town?.match(/^\d{5}/)?.[0], town: town?.replace(/^\d{5}\s*/, '') }),
    identifiers: [...new Set([state.fileNumber, ...words, ...addresses].filter((text) => text.length > 2))],
  };
  const others = (state.coApplicants ?? []).map(({ givenName, familyName }) => ({
    role: 'Mitantragstellerin oder Mitantragsteller',
    givenNames: givenName,
    familyName,
  }));
  return [first, ...others];
}

/** Only what is there. */
const optional = <T extends Readonly<Record<string, string | undefined>>>(values: T): { [K in keyof T]?: string } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as { [K in keyof T]?: string };
