import { idOrNobody, parseId } from '../../../kernel/id.ts';
import type { KeptObject } from '../../../kernel/picture.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  LAGE_ACCESS,
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
import { button, buttonForm, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { hiddenField, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { WarningsContext } from '../application/context.ts';
import { releaseWarning } from '../application/release.ts';
import { areasFor, beginWarning, changeWarning, draftFromLage, openWarning, warningsOf, type OpenedWarning } from '../application/warnings.ts';
import type { Warning, WarningContent, WarningMessage } from '../domain/warning.ts';
import type { LageFrame } from './frame.ts';
import { contentFields, fieldsOf, readContent } from './content-form.ts';
import { warningTexts } from './texts.ts';
import { warningWords } from './warning-words.ts';

const ROWS = 30;

/** Where a staff writes, hands in and releases warnings. */
export function deskPages(ctx: WarningsContext, frame: LageFrame): AnyRoute[] {
  const path = '/lagen/:key/warnungen';
  return [
    getPage(path, LAGE_ACCESS, async (visit) => listPage(ctx, frame, visit)),
    getPage(`${path}/neu`, LAGE_ACCESS, async (visit) => newPage(ctx, frame, visit)),
    postPage(`${path}/neu`, LAGE_ACCESS, async (visit) => begin(ctx, frame, visit)),
    getPage(`${path}/:id`, LAGE_ACCESS, async (visit) => showPage(ctx, frame, visit)),
    postPage(`${path}/:id`, LAGE_ACCESS, async (visit) => act(ctx, frame, visit)),
  ];
}

async function listPage(ctx: WarningsContext, frame: LageFrame, visit: Visit): Promise<Answer> {
  const key = visit.params['key']!;
  const found = await warningsOf(ctx, visit.actor, key, { limit: ROWS, after: parseId(visit.query.get('nach') ?? '') });
  if (!found.ok) return problemPage(found.problem);
  const view = frame(visit, found.value.view);
  const { lang } = view;
  const t = warningTexts(lang);
  const { warnings } = found.value;
  const table = dataTable<Warning>(
    [
      { label: t.headline, rowHeader: true, cell: ({ draft, lageTitle }) => draft?.content.texts.de.headline ?? lageTitle },
      {
        label: t.state,
        cell: ({ draft }) =>
          draft === null ? badge('neutral', t.sentMessages) : draft.state === 'draft' ? badge('info', t.draft) : badge('warning', t.submitted),
      },
      { label: t.author, cell: ({ editedByName }) => editedByName },
      { label: t.changed, cell: ({ changedAt }) => formatInstant(lang, changedAt) },
    ],
    warnings,
    { caption: t.title, captionHidden: true, lang, empty: t.none, href: ({ id }) => `/lagen/${key}/warnungen/${id}` },
  );
  const make = found.value.view.rights.has('draft-warning') ? buttonRow(linkButton({ label: t.begin, href: `/lagen/${key}/warnungen/neu`, icon: 'add' })) : '';
  const more = warnings.length < ROWS ? '' : pagination({ next: `/lagen/${key}/warnungen?nach=${warnings.at(-1)!.id}` }, lang);
  return answerHtml(page(view, { title: t.title, main: html`${pageTitle(t.title, { lead: t.lead })}${make}${table}${more}`, wide: true }));
}

async function newPage(ctx: WarningsContext, frame: LageFrame, visit: Visit): Promise<Answer> {
  const drafted = await draftFromLage(ctx, visit.actor, visit.params['key']!);
  if (!drafted.ok) return problemPage(drafted.problem);
  const { view, content } = drafted.value;
  const fields = fieldsOf(content);
  // areas of the picture that the draft took are ticked by name
  const areas = await areasFor(ctx, view);
  fields.delete('polygons');
  for (const { id, kind } of areas) if (kind === 'zone' || kind === 'hazard') fields.append('polygons', id);
  return answerHtml(formPage(frame(visit, view), visit.url, { fields, areas, kept: false }));
}

async function begin(ctx: WarningsContext, frame: LageFrame, visit: FormVisit): Promise<Answer> {
  const key = visit.params['key']!;
  const drafted = await draftFromLage(ctx, visit.actor, key);
  if (!drafted.ok) return problemPage(drafted.problem);
  const areas = await areasFor(ctx, drafted.value.view);
  const content = readContent(visit.fields, areas, [], visit.lang);
  const done = content.ok ? await beginWarning(ctx, visit.actor, key, content.value) : content;
  if (done.ok) return redirect(`/lagen/${key}/warnungen/${done.value.id}`);
  const view = frame(visit, drafted.value.view);
  return answerHtml(formPage(view, visit.url, { fields: visit.fields, areas, kept: false, problem: done.problem }), problemStatus(done.problem));
}

interface Shown {
  readonly fields: URLSearchParams;
  readonly areas: readonly KeptObject[];
  readonly kept: boolean;
  readonly problem?: Problem;
}

function formPage(view: PageView, action: string, { fields, areas, kept, problem }: Shown): Html {
  const { lang } = view;
  const t = warningTexts(lang);
  const problems = problem?.fields ?? [];
  const main = html`${problem === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? problem.detail : undefined)}${pageTitle(t.begin)}
${form({ action }, html`${contentFields({ fields, problems, areas, kept, lang })}${buttonRow(button({ label: t.save }))}`)}`;
  return page(view, { title: t.begin, main, hasErrors: problem !== undefined });
}

const idOf = (visit: Visit): string => idOrNobody(visit.params['id']!);

async function act(ctx: WarningsContext, frame: LageFrame, visit: FormVisit): Promise<Answer> {
  const key = visit.params['key']!;
  const id = idOf(visit);
  const get = (name: string): string => visit.fields.get(name) ?? '';
  const version = /^\d{1,9}$/.test(get('version')) ? Number(get('version')) : 0;
  const again = (problem: Problem): Promise<Answer> => showPage(ctx, frame, visit, { fields: visit.fields, problem });
  if (get('action') === 'release') {
    const released = await releaseWarning(ctx, visit.actor, key, { id, version });
    return released.ok ? redirect(`/lagen/${key}/warnungen/${id}`) : again(released.problem);
  }
  const commands = ['save', 'submit', 'return', 'update', 'cancel', 'discard'] as const;
  const command = commands.find((one) => one === get('action')) ?? 'save';
  const opened = await openWarning(ctx, visit.actor, key, id);
  if (!opened.ok) return problemPage(opened.problem);
  const writes = command === 'save' || command === 'submit';
  const before = opened.value.warning.draft?.content.area.polygons ?? [];
  const content = writes ? readContent(visit.fields, await areasFor(ctx, opened.value.view), before, visit.lang) : undefined;
  if (content?.ok === false) return again(content.problem);
  const done = await changeWarning(ctx, visit.actor, key, {
    id,
    version,
    command,
    ...(content === undefined ? {} : { content: content.value }),
    remark: get('remark'),
  });
  return done.ok ? redirect(`/lagen/${key}/warnungen/${id}`) : again(done.problem);
}

async function showPage(
  ctx: WarningsContext,
  frame: LageFrame,
  visit: Visit,
  sent?: { readonly fields: URLSearchParams; readonly problem: Problem },
): Promise<Answer> {
  const opened = await openWarning(ctx, visit.actor, visit.params['key']!, idOf(visit));
  if (!opened.ok) return problemPage(opened.problem);
  const view = frame(visit, opened.value.view);
  const areas = opened.value.view.rights.has('draft-warning') ? await areasFor(ctx, opened.value.view) : [];
  return answerHtml(warningPage(view, opened.value, areas, sent), sent === undefined ? 200 : problemStatus(sent.problem));
}

function warningPage(
  view: PageView,
  opened: OpenedWarning,
  areas: readonly KeptObject[],
  sent: { fields: URLSearchParams; problem: Problem } | undefined,
): Html {
  const { lang } = view;
  const t = warningTexts(lang);
  const { warning, messages } = opened;
  const { rights } = opened.view;
  const { draft } = warning;
  const problems = sent?.problem.fields ?? [];
  const title = draft?.content.texts.de.headline ?? messages[0]?.content.texts.de.headline ?? t.title;
  const action = `/lagen/${warning.lageKey}/warnungen/${warning.id}`;
  const parts: (Html | string)[] = [];
  if (warning.remark !== null) parts.push(html`<p class="kern-body"><strong>${t.remarkWas}:</strong> ${warning.remark}</p>`);
  if (draft !== null) parts.push(section(t.preview, warningWords(draft.content, lang)));
  if (draft?.state === 'submitted' && rights.has('release-warning')) parts.push(releaseForms(action, warning, sent, lang));
  if (draft !== null && rights.has('draft-warning')) parts.push(draftForm(action, warning, draft.content, areas, sent, lang));
  if (draft === null && rights.has('draft-warning')) parts.push(nextForms(action, warning, messages, lang));
  parts.push(section(t.sentMessages, messageTable(messages, lang)));
  const main = html`${sent === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? sent.problem.detail : undefined)}${pageTitle(title)}${parts}`;
  return page(view, {
    title,
    main,
    hasErrors: sent !== undefined,
    breadcrumb: [{ label: t.title, href: `/lagen/${warning.lageKey}/warnungen` }, { label: title }],
  });
}

const versionField = ({ version }: Warning): Html => hiddenField('version', String(version));

function releaseForms(action: string, warning: Warning, sent: { fields: URLSearchParams; problem: Problem } | undefined, lang: Lang): Html {
  const t = warningTexts(lang);
  const remark = { name: 'remark', lang, value: sent?.fields.get('remark') ?? '', ...errorOf(sent?.problem.fields ?? [], 'remark') };
  return html`${form({ action }, html`${versionField(warning)}${hiddenField('action', 'release')}${buttonRow(button({ label: t.release }))}`)}
${form({ action }, html`${versionField(warning)}${hiddenField('action', 'return')}${textField({ ...remark, label: t.remark, maxLength: 500 })}${buttonRow(button({ label: t.giveBack, kind: 'secondary' }))}`)}`;
}

function draftForm(
  action: string,
  warning: Warning,
  content: WarningContent,
  areas: readonly KeptObject[],
  sent: { fields: URLSearchParams; problem: Problem } | undefined,
  lang: Lang,
): Html {
  const t = warningTexts(lang);
  const fields = sent?.fields.has('event') === true ? sent.fields : fieldsOf(content);
  const body = contentFields({ fields, problems: sent?.problem.fields ?? [], areas, kept: content.area.polygons.length > 0, lang });
  const buttons = buttonRow(
    button({ label: t.submit, name: 'action', value: 'submit' }),
    button({ label: t.save, name: 'action', value: 'save', kind: 'secondary' }),
  );
  return html`${form({ action }, html`${versionField(warning)}${body}${buttons}`)}${buttonForm(action, { label: t.discard, kind: 'tertiary' }, { version: String(warning.version), action: 'discard' })}`;
}

function nextForms(action: string, warning: Warning, messages: readonly WarningMessage[], lang: Lang): Html {
  const t = warningTexts(lang);
  if (messages[0] === undefined || messages[0].type === 'Cancel') return html``;
  const version = String(warning.version);
  return html`<div class="k-buttons">${buttonForm(action, { label: t.update, kind: 'secondary' }, { version, action: 'update' })}${buttonForm(action, { label: t.cancel, kind: 'secondary' }, { version, action: 'cancel' })}</div>`;
}

function messageTable(messages: readonly WarningMessage[], lang: Lang): Html {
  const t = warningTexts(lang);
  const types = { Alert: t.alert, Update: t.updateType, Cancel: t.cancelType };
  return dataTable<WarningMessage>(
    [
      { label: t.headline, rowHeader: true, cell: ({ content }) => content.texts.de.headline },
      { label: t.type, cell: ({ type }) => types[type] },
      { label: t.sent, cell: ({ sent }) => formatInstant(lang, sent) },
      { label: t.expires, cell: ({ expires }) => formatInstant(lang, expires) },
      { label: t.releasedBy, cell: ({ releasedBy }) => releasedBy },
      { label: t.identifier, cell: ({ identifier }) => html`<a class="kern-link" href="/lage/warnungen/${identifier}.xml">${identifier}</a>` },
    ],
    messages,
    { caption: t.sentMessages, captionHidden: true, lang, empty: '–' },
  );
}
