import type { ModelChoice } from '../../../kernel/language-model.ts';
import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { confirmField } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { copyable, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { notFound, type ProposalsContext } from '../application/context.ts';
import { makeProposal } from '../application/make-proposal.ts';
import { PROPOSAL_KINDS, proposalOf, proposalsOf, type OpenProposal, type ProposalList } from '../application/read-proposals.ts';
import { settleProposal } from '../application/settle-proposal.ts';
import type { Proposal } from '../domain/proposal.ts';
import { madeLabel, notesPart, sourcesPart } from './parts.ts';
import { KIND_NAMES, OUTCOME_NAMES, proposalTexts } from './texts.ts';

export type Frame = (visit: Visit) => PageView;
/** Staff that may open the pages; whether the case is theirs, the use case asks. */
export const OFFICERS = ['sachbearbeitung', 'leitung', 'revision'] as const;

const AT = '/amt/vorgang/:id/vorschlaege';
const MOST = 50;
export const LONGEST_TEXT = 5000;

/** The officers' pages of a case's proposals. */
export function proposalPages(ctx: ProposalsContext, frame: Frame): AnyRoute[] {
  return [
    getPage(AT, OFFICERS, (visit) => showList(ctx, frame(visit), visit)),
    postPage(AT, OFFICERS, (visit) => make(ctx, frame, visit)),
    getPage(`${AT}/:proposalId`, OFFICERS, (visit) => showOne(ctx, frame(visit), visit)),
    postPage(`${AT}/:proposalId`, OFFICERS, (visit) => settle(ctx, frame, visit)),
  ];
}

const base = (caseId: string): string => `/amt/vorgang/${caseId}/vorschlaege`;

async function showList(ctx: ProposalsContext, view: PageView, visit: Visit, problem?: Problem, typed = new URLSearchParams()): Promise<Answer> {
  const caseId = parseId(visit.params['id'] ?? '');
  const list = caseId === undefined ? undefined : await proposalsOf(ctx, visit.actor, caseId, { limit: MOST });
  if (caseId === undefined || list === undefined || !list.ok) return problemPage(list === undefined || list.ok ? notFound : list.problem);
  return answerHtml(listPage(view, caseId, list.value, typed, problem), problem === undefined ? 200 : problemStatus(problem));
}

async function make(ctx: ProposalsContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const caseId = parseId(visit.params['id'] ?? '');
  const kind = PROPOSAL_KINDS.find((one) => one === visit.fields.get('kind'));
  if (caseId === undefined || kind === undefined) return problemPage(notFound);
  const model = visit.fields.get('model') ?? '';
  const made = await makeProposal(ctx, visit.actor, { caseId, kind, ...(model === '' ? {} : { model }) });
  return made.ok ? redirect(`${base(caseId)}/${made.value.id}`) : showList(ctx, frame(visit), visit, made.problem, visit.fields);
}

function listPage(view: PageView, caseId: string, { proposals, acts, choices }: ProposalList, typed: URLSearchParams, problem?: Problem): Html {
  const { lang } = view;
  const t = proposalTexts(lang);
  const models = [
    ...new Map(
      Object.values(choices)
        .flat()
        .map((one) => [one.key, one]),
    ).values(),
  ];
  const table = dataTable<Proposal>(
    [
      { label: t.kindColumn, cell: (one) => html`<a class="kern-link" href="${base(caseId)}/${one.id}">${KIND_NAMES[one.kind][lang]}</a>` },
      { label: t.madeColumn, cell: (one) => formatInstant(lang, one.madeAt) },
      { label: t.stateColumn, cell: (one) => stateOf(one, view) },
    ],
    proposals,
    { caption: t.made, lang, empty: t.none },
  );
  const main = html`${errorSummary(problem?.fields ?? [], lang, problem?.detail)}${pageTitle(t.title, { lead: t.lead })}
${acts ? section(t.ask, askForm(view, caseId, models, typed)) : ''}
${section(t.made, table)}
${buttonRow(linkButton({ label: t.back, href: `/eingang/${caseId}`, kind: 'secondary' }))}`;
  return page(view, { title: t.title, main, hasErrors: problem !== undefined });
}

function askForm(view: PageView, caseId: string, models: readonly ModelChoice[], typed: URLSearchParams): Html {
  const { lang } = view;
  const t = proposalTexts(lang);
  const kinds = selectField({
    name: 'kind',
    label: t.kind,
    lang,
    value: typed.get('kind') ?? PROPOSAL_KINDS[0],
    options: PROPOSAL_KINDS.map((value) => ({ value, label: KIND_NAMES[value][lang] })),
  });
  const options = [{ value: '', label: t.withoutModel }, ...models.map(({ key, label }) => ({ value: key, label }))];
  const who =
    models.length === 0
      ? ''
      : selectField({ name: 'model', label: t.model, hint: t.modelHint, lang, required: false, value: typed.get('model') ?? '', options });
  return form({ action: base(caseId) }, html`${kinds}${who}${buttonRow(button({ label: t.make }))}`);
}

function stateOf({ items, settled }: Proposal, { lang }: PageView): Html {
  const t = proposalTexts(lang);
  if (items.length === 0) return html`${t.empty}`;
  if (settled === undefined) return badge('info', t.waiting);
  return html`${t.settledState(settled.filter(({ outcome }) => outcome !== 'refused').length, items.length)}`;
}

async function showOne(ctx: ProposalsContext, view: PageView, visit: Visit, problem?: Problem, typed?: URLSearchParams): Promise<Answer> {
  const [caseId, id] = [parseId(visit.params['id'] ?? ''), parseId(visit.params['proposalId'] ?? '')];
  const found = caseId === undefined || id === undefined ? undefined : await proposalOf(ctx, visit.actor, caseId, id);
  if (found === undefined || !found.ok) return problemPage(notFound);
  return answerHtml(onePage(view, found.value, typed, problem), problem === undefined ? 200 : problemStatus(problem));
}

async function settle(ctx: ProposalsContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const [caseId, proposalId] = [parseId(visit.params['id'] ?? ''), parseId(visit.params['proposalId'] ?? '')];
  if (caseId === undefined || proposalId === undefined) return problemPage(notFound);
  const { fields } = visit;
  const items: { keep: boolean; text: string }[] = [];
  for (let index = 0; fields.has(`text.${index}`); index++) items.push({ keep: fields.get(`keep.${index}`) === 'ja', text: fields.get(`text.${index}`)! });
  const done = await settleProposal(ctx, visit.actor, { caseId, proposalId, items });
  return done.ok ? redirect(`${base(caseId)}/${proposalId}`) : showOne(ctx, frame(visit), visit, done.problem, fields);
}

function onePage(view: PageView, opened: OpenProposal, typed: URLSearchParams | undefined, problem?: Problem): Html {
  const { lang } = view;
  const { proposal, acts } = opened;
  const t = proposalTexts(lang);
  const open = acts && proposal.settled === undefined && proposal.items.length > 0;
  const body = open ? settleForm(view, proposal, typed, problem) : shownItems(view, opened);
  const main = html`${errorSummary(problem?.fields ?? [], lang, problem?.detail)}${pageTitle(KIND_NAMES[proposal.kind][lang], { lead: t.lead })}
${madeLabel(proposal, lang)}${notesPart(proposal.notes)}
${proposal.items.length === 0 ? html`<p class="kern-body">${t.empty}</p>` : body}
${buttonRow(linkButton({ label: t.all, href: base(proposal.caseId), kind: 'secondary' }), linkButton({ label: t.back, href: `/eingang/${proposal.caseId}`, kind: 'secondary' }))}`;
  return page(view, { title: KIND_NAMES[proposal.kind][lang], main, hasErrors: problem !== undefined });
}

function settleForm({ lang }: PageView, proposal: Proposal, typed: URLSearchParams | undefined, problem?: Problem): Html {
  const t = proposalTexts(lang);
  const parts = proposal.items.map(({ text, sources }, index) => {
    const name = `text.${index}`;
    const field = textArea({
      name,
      label: t.sentence(index + 1),
      hint: t.keepHint,
      lang,
      required: false,
      rows: 3,
      maxLength: LONGEST_TEXT,
      value: typed?.get(name) ?? text,
      ...errorOf(problem?.fields ?? [], name),
    });
    const keep = confirmField({
      name: `keep.${index}`,
      label: t.keep,
      lang,
      required: false,
      value: 'ja',
      checked: typed === undefined || typed.get(`keep.${index}`) === 'ja',
    });
    return html`<li>${field}${keep}${sourcesPart(sources, lang)}</li>`;
  });
  return form({ action: `${base(proposal.caseId)}/${proposal.id}` }, html`<ol class="kern-list">${parts}</ol>${buttonRow(button({ label: t.settle }))}`);
}

function shownItems({ lang }: PageView, { proposal, kept }: OpenProposal): Html {
  const t = proposalTexts(lang);
  const items = proposal.items.map(({ text, sources }, index) => {
    const one = proposal.settled?.[index];
    const state = one === undefined ? '' : html` ${badge('neutral', OUTCOME_NAMES[one.outcome][lang])}`;
    return html`<li><p class="kern-body k-typed">${one?.outcome === 'changed' ? one.text : text}${state}</p>${sourcesPart(sources, lang)}</li>`;
  });
  const text = kept.length === 0 ? '' : section(t.kept, html`<p class="kern-hint">${t.keptHint}</p>${copyable(kept.join('\n\n'), lang)}`);
  return html`<ol class="kern-list">${items}</ol>${text}`;
}
