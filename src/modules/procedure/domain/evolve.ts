import { legalDay } from '../../../kernel/time.ts';
import type { CoApplicant } from './applicants.ts';
import type { Case, Decision } from './case.ts';
import type { EventKind, EventOf, StoredEvent } from './events.ts';

/** Folds one accepted event into the case. Pure and total: an accepted event always applies. */
export function evolve(state: Case | undefined, event: StoredEvent): Case {
  if (event.kind === 'antrag-eingereicht') return submitted(event, event);
  if (event.kind === 'von-amts-wegen-begonnen') return begunByAuthority(event, event);
  if (event.kind === 'akte-uebernommen') return takenOver(event, event);
  if (state === undefined) throw new Error(`case begins with ${event.kind}`);
  const fold = FOLDS[event.kind] as Fold<EventKind>;
  return { ...fold(state, event, event), version: event.version };
}

/** Folds a whole history. */
export function replay(events: readonly StoredEvent[]): Case {
  const state = events.reduce<Case | undefined>(evolve, undefined);
  if (state === undefined) throw new Error('a case has at least one event');
  return state;
}

/** The states a case has been in, in order; the last one is where it stands. */
export function statusesOf(events: readonly StoredEvent[]): Case['status'][] {
  const statuses: Case['status'][] = [];
  events.reduce<Case | undefined>((state, event) => {
    const next = evolve(state, event);
    statuses.push(next.status);
    return next;
  }, undefined);
  return statuses;
}

type Meta = Pick<StoredEvent, 'version' | 'at' | 'actor' | 'mandateId'>;
type Fold<K extends EventKind> = (state: Case, event: EventOf<K>, meta: Meta) => Case;

function submitted({ facts, content }: EventOf<'antrag-eingereicht'>, meta: Meta): Case {
  const day = facts.receivedOn ?? legalDay(meta.at).toString();
  const refusedFiles = (content.files ?? []).filter(({ refused }) => refused !== undefined);
  return {
    id: facts.caseId,
    fileNumber: facts.fileNumber,
    service: facts.service,
    packageHash: facts.packageHash,
    authority: facts.authority,
    accountId: facts.accountId,
    ...(facts.source === undefined ? {} : { origin: facts.source }),
    ...(facts.origin === undefined ? {} : { cameBy: facts.origin }),
    ...(content.reference === undefined ? {} : { reference: content.reference }),
    ...(refusedFiles.length === 0 ? {} : { refusedFiles }),
    ...(meta.mandateId === undefined ? {} : { filedUnder: meta.mandateId }),
    ...(facts.withCard === undefined ? {} : { withCard: facts.withCard }),
    channel: facts.channel,
    applicant: content.applicant,
    ...(facts.coApplicants === undefined ? {} : { coApplicants: coApplicantsOf(facts.coApplicants, content.coApplicants ?? []) }),
    answers: content.answers,
    status: 'eingegangen',
    version: meta.version,
    submittedOn: day,
    lastFiledOn: day,
    handedToPerson: [],
    suspensions: [],
    decisions: [],
  };
}

function coApplicantsOf(
  facts: NonNullable<EventOf<'antrag-eingereicht'>['facts']['coApplicants']>,
  names: NonNullable<EventOf<'antrag-eingereicht'>['content']['coApplicants']>,
): CoApplicant[] {
  return facts.map(({ accountId }, index) => {
    const { givenName, familyName } = names[index]!;
    return { accountId, givenName, familyName, name: `${givenName} ${familyName}` };
  });
}

function begunByAuthority({ facts, content }: EventOf<'von-amts-wegen-begonnen'>, meta: Meta): Case {
  const { caseId, ...rest } = facts;
  const day = legalDay(meta.at).toString();
  return {
    ...rest,
    id: caseId,
    accountId: null,
    origin: 'amt',
    channel: 'post',
    applicant: { name: 'Von Amts wegen', addressLines: [] },
    answers: content.answers,
    status: 'in_pruefung',
    version: meta.version,
    submittedOn: day,
    lastFiledOn: day,
    completeOn: day,
    handedToPerson: [],
    suspensions: [],
    decisions: [],
  };
}

/** A file that came closed stays as it came: its words are in its documents. */
function takenOver({ facts, content }: EventOf<'akte-uebernommen'>, meta: Meta): Case {
  const { caseId, source, begunOn, closedOn, documents: _, ...rest } = facts;
  const refusedFiles = content.files.filter(({ refused }) => refused !== undefined);
  const day = begunOn ?? closedOn;
  return {
    ...rest,
    id: caseId,
    accountId: null,
    origin: source,
    reference: content.reference,
    ...(refusedFiles.length === 0 ? {} : { refusedFiles }),
    channel: 'post',
    applicant: { name: content.subject, addressLines: [] },
    answers: {},
    status: 'abgeschlossen',
    version: meta.version,
    submittedOn: day,
    lastFiledOn: day,
    handedToPerson: [],
    suspensions: [],
    decisions: [],
  };
}

/** Removes optional parts of the case. */
function without<K extends keyof Case>(state: Case, ...keys: readonly K[]): Omit<Case, K> {
  const rest = { ...state };
  for (const key of keys) delete (rest as Partial<Case>)[key];
  return rest;
}

/** Where a case goes after a hearing: where it was before, or to a Widerspruch that came meanwhile. */
function afterHearing(state: Case): Case['status'] {
  if (state.objection !== undefined) return 'widerspruch';
  const from = state.hearing?.from;
  return from === 'eingegangen' || from === 'bekanntgegeben' || from === 'bestandskraeftig' ? from : atWork(state);
}

/** Where the authority goes on working. */
const atWork = (state: Case): 'widerspruch' | 'in_pruefung' => (state.objection === undefined ? 'in_pruefung' : 'widerspruch');

const updateDecision = (state: Case, id: string, change: (decision: Decision) => Decision): Case => ({
  ...state,
  decisions: state.decisions.map((decision) => (decision.id === id ? change(decision) : decision)),
});

const FOLDS: { [K in Exclude<EventKind, 'antrag-eingereicht' | 'von-amts-wegen-begonnen' | 'akte-uebernommen'>]: Fold<K> } = {
  'unterlage-aufgenommen': (state) => state,
  'schritt-vollzogen': (state, { facts, content }) => {
    const { step, on, documents } = facts;
    return { ...state, steps: [...(state.steps ?? []), { id: step, on, note: content.note, documents }] };
  },
  'pruefschritte-abgehakt': (state, { facts: { done, reopened } }, meta) => {
    const kept = (state.checked ?? []).filter(({ key }) => !reopened.includes(key) && !done.includes(key));
    return { ...state, checked: [...kept, ...done.map((key) => ({ key, by: meta.actor, on: legalDay(meta.at).toString() }))] };
  },
  'an-person-gegeben': (state, { facts }) => ({ ...state, handedToPerson: facts.reasons }),
  vollstaendig: (state, { facts }) => ({ ...without(state, 'request'), status: 'in_pruefung', completeOn: facts.completeOn }),
  // what is missing was not complete: the period begins anew with what is filed then
  'nachforderung-gestellt': (state, { facts, content }) => ({
    ...without(state, 'completeOn'),
    status: 'unvollstaendig',
    request: { id: facts.requestId, items: facts.items, itemTexts: content.itemTexts, text: content.text, dueOn: facts.dueOn },
  }),
  'nachforderung-beantwortet': (state, { facts, content }) => ({
    ...without(state, 'request'),
    ...(content.refused === undefined ? {} : { refusedFiles: [...(state.refusedFiles ?? []), ...content.refused] }),
    status: 'eingegangen',
    lastFiledOn: facts.receivedOn,
    answers: content.answers ?? state.answers,
  }),
  'nachforderung-abgelaufen': (state) => ({ ...state, status: 'eingegangen' }),
  'anhoerung-eingeleitet': (state, { facts, content }) => ({
    ...state,
    status: 'anhoerung',
    hearing: { id: facts.hearingId, text: content.text, dueOn: facts.dueOn, open: true, from: state.status },
  }),
  'anhoerung-beantwortet': (state, { content }) => ({
    ...state,
    status: afterHearing(state),
    ...(state.hearing && { hearing: { ...state.hearing, open: false, answer: content.text } }),
  }),
  'anhoerung-abgelaufen': (state) => ({
    ...state,
    status: afterHearing(state),
    ...(state.hearing && { hearing: { ...state.hearing, open: false } }),
  }),
  'frist-ausgesetzt': (state, { facts, content }) => ({
    ...state,
    status: 'ausgesetzt',
    suspensions: [...state.suspensions, { from: facts.from, reason: content.reason }],
  }),
  'frist-fortgesetzt': (state, { facts }) => ({
    ...state,
    status: atWork(state),
    suspensions: state.suspensions.map((part) => (part.to === undefined ? { ...part, to: facts.on } : part)),
  }),
  'frist-verlaengert': (state, { facts, content }) => ({ ...state, extension: { ...facts, reason: content.reason } }),
  'entscheidung-entworfen': (state, { facts, content }, meta) => ({
    ...state,
    draft: { ...facts, text: content.text, by: meta.actor, from: state.status },
  }),
  'freigabe-erbeten': (state) => ({ ...state, status: 'freigabe' }),
  'entwurf-zurueckgegeben': (state, { content }) => ({
    ...state,
    status: state.draft?.from ?? atWork(state),
    ...(state.draft && { draft: { ...state.draft, returned: content.remark } }),
  }),
  'bescheid-erlassen': (state, { facts, content }, meta) => {
    const { decisionId, decisionKind, ...rest } = facts;
    const decision: Decision = { ...rest, id: decisionId, kind: decisionKind, text: content.text, by: meta.actor };
    return { ...without(state, 'draft', 'objection', 'furtherObjections'), status: 'beschlossen', decisions: [...state.decisions, decision] };
  },
  'genehmigung-fingiert': (state, { facts }) => {
    const { decisionId, since, legalBasis, validUntil } = facts;
    const nothing = { operative: [], nebenbestimmungen: [], reasons: [], discretion: [], items: [] };
    const decision: Decision = {
      id: decisionId,
      kind: 'fiktion',
      outcome: 'grant',
      channel: state.channel,
      feeCents: 0,
      decidedOn: since,
      automated: false,
      legalBasis,
      ...(validUntil && { validity: { until: validUntil } }),
      text: nothing,
      by: 'law',
    };
    return { ...without(state, 'draft'), status: 'bekanntgegeben', decisions: [...state.decisions, decision] };
  },
  'bescheinigung-verlangt': (state, { facts }) => updateDecision(state, facts.decisionId, (decision) => ({ ...decision, certified: true })),
  'frist-gewarnt': (state, { facts }) => ({ ...state, warned: facts }),
  'bescheid-versiegelt': (state, { facts }) => updateDecision(state, facts.decisionId, (decision) => ({ ...decision, pdfSha256: facts.pdfSha256 })),
  'bescheid-bekanntgegeben': (state, { facts }) => {
    const { via, on, bekanntgabeOn, remedyUntil, validUntil } = facts;
    const delivered = updateDecision(state, facts.decisionId, (decision) => ({
      ...decision,
      delivery: { via, on, bekanntgabeOn, remedyUntil },
      ...(validUntil && { validity: { ...decision.validity, until: validUntil } }),
    }));
    return { ...delivered, status: state.objection === undefined ? 'bekanntgegeben' : 'widerspruch' };
  },
  'widerspruch-eingelegt': (state, { facts, content }) => {
    const filed = { ...facts, text: content.text };
    // a hearing goes on; a draft that waits for approval does not know of it
    const status = state.status === 'anhoerung' ? 'anhoerung' : 'widerspruch';
    if (state.objection !== undefined) return { ...state, status, furtherObjections: [...(state.furtherObjections ?? []), filed] };
    return { ...state, status, objection: filed };
  },
  bestandskraeftig: (state) => ({ ...state, status: 'bestandskraeftig' }),
  zurueckgenommen: (state) => ({ ...without(state, 'request', 'draft'), status: 'zurueckgenommen' }),
  'fuer-sich-zurueckgenommen': (state, { facts }) => ({ ...state, withdrawn: [...(state.withdrawn ?? []), facts.accountId] }),
  vermerkt: (state) => state,
  zugewiesen: (state, { facts }) => (facts.staffId === null ? without(state, 'assignee') : { ...state, assignee: facts.staffId }),
  'wiedervorlage-gesetzt': (state, { facts }) => (facts.on === null ? without(state, 'remindOn') : { ...state, remindOn: facts.on }),
  'fassung-gewechselt': (state, { facts }) => ({ ...state, packageHash: facts.to }),
  abgegeben: (state, { facts }) => ({ ...without(state, 'assignee'), authority: facts.authority }),
};
