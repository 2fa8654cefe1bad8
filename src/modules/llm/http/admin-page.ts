import type { ModelAnswer } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable, type Column } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { hiddenField, numberField, selectField } from '../../../platform/ui/form.ts';
import { formatAmount, formatDate, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Register, Registered } from '../application/register.ts';
import type { UsageReport } from '../application/usage-report.ts';
import { modelTable, useTable } from './register-parts.ts';
import { llmTexts } from './texts.ts';

const PATH = '/verwaltung/assistent';

export interface Probed {
  readonly answer: ModelAnswer;
  readonly milliseconds: number;
}

export interface AdminParts {
  readonly register: Register;
  readonly report: UsageReport;
  readonly unitName: (id: string) => string;
  readonly problem?: Problem;
  /** What was typed into a limit that was refused. */
  readonly typed?: { readonly name: string; readonly value: string };
  readonly probed?: Probed;
}

/** Where the administration switches models and uses, sets limits and sees what is used. */
export function adminPage(view: PageView, parts: AdminParts): Html {
  const { lang } = view;
  const t = llmTexts(lang);
  const administers = view.actor.kind === 'staff' && view.actor.roles.includes('administration');
  const { register, problem } = parts;
  const problems = problem?.fields ?? [];
  const main = html`${problem === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? problem.detail : undefined)}${pageTitle(t.admin, { lead: t.adminLead })}
${parts.probed === undefined ? '' : probedPart(parts.probed, lang)}
${section(t.models, [modelTable(register.models, lang, administers ? [switchColumn('model', lang)] : []), administers ? probeForm(register, lang) : html``])}
${section(t.uses, useTable(register.uses, lang, administers ? switchColumn('use', lang) : undefined))}
<p><a class="kern-link" href="/assistent/register">${t.register}</a></p>
${section(t.limits, limitForms(parts, administers, lang))}
${section(t.usage, usageTables(parts, lang))}
${section(t.feedback, feedbackTables(parts.report, lang))}`;
  return page(view, {
    title: t.admin,
    main,
    wide: true,
    hasErrors: problem !== undefined,
    breadcrumb: [{ label: t.administration, href: '/verwaltung' }, { label: t.admin }],
  });
}

function switchColumn<T extends { readonly key: string }>(kind: 'model' | 'use', lang: Lang): Column<Registered<T>> {
  const t = llmTexts(lang);
  return {
    label: t.change,
    cell: ({ entry, active }) =>
      buttonForm(
        `${PATH}/schalten`,
        { label: active ? t.switchOff : t.switchOn, kind: 'secondary', small: true, context: entry.key },
        { kind, key: entry.key, active: active ? 'nein' : 'ja' },
      ),
  };
}

function probeForm({ models }: Register, lang: Lang): Html {
  const t = llmTexts(lang);
  const options = models.filter(({ active }) => active).map(({ entry }) => ({ value: entry.key, label: entry.label }));
  if (options.length === 0) return html``;
  const field = selectField({ name: 'model', lang, label: t.model, hint: t.probeLead, options });
  return form({ action: `${PATH}/pruefen` }, html`${field}${buttonRow(button({ label: t.probe, kind: 'secondary' }))}`);
}

function probedPart({ answer: { text, origin }, milliseconds }: Probed, lang: Lang): Html {
  const t = llmTexts(lang);
  const label = `${t.aiLabel}: ${origin.modelLabel} (${origin.promptId} ${origin.promptVersion})`;
  const body = html`<p class="kern-body" data-ai-generated="true" lang="de">${text}</p><p class="kern-body">${label}</p>`;
  return alert('success', t.probed(formatNumber(lang, milliseconds)), body);
}

function limitForms({ register: { limits }, typed, problem }: AdminParts, administers: boolean, lang: Lang): Html {
  const t = llmTexts(lang);
  const names = ['person-day', 'unit-day', 'person-at-once', 'unit-at-once'] as const;
  if (!administers)
    return dataTable<(typeof names)[number]>(
      [
        { label: t.limits, rowHeader: true, cell: (name) => t[name] },
        { label: t.given, numeric: true, cell: (name) => formatNumber(lang, limits[name]) },
      ],
      names,
      { caption: t.limits, captionHidden: true, lang },
    );
  const one = (name: (typeof names)[number]): Html => {
    const value = typed?.name === name ? typed.value : limits[name];
    const field = numberField({ name, lang, label: t[name], value, ...errorOf(problem?.fields ?? [], name) });
    return form(
      { action: `${PATH}/grenzen` },
      html`${hiddenField('name', name)}${field}${buttonRow(button({ label: t.save, kind: 'secondary', context: t[name] }))}`,
    );
  };
  return html`<p class="kern-body">${t.limitsHint}</p>${names.map(one)}`;
}

function usageTables({ report: { usage, centsByModel, from }, unitName, register }: AdminParts, lang: Lang): Html {
  const t = llmTexts(lang);
  const useTitle = (key: string): string => register.uses.find(({ entry }) => entry.key === key)?.entry.title[lang] ?? key;
  const unit = (id: string): string => (id === 'stadt' || id === 'oeffentlichkeit' ? t[id] : unitName(id));
  const figure = (value: number): string => formatNumber(lang, value);
  const table = dataTable<UsageReport['usage'][number]>(
    [
      { label: t.day, rowHeader: true, cell: ({ day }) => formatDate(lang, day) },
      { label: t.use, cell: (row) => useTitle(row.use) },
      { label: t.model, cell: ({ model }) => model },
      { label: t.unit, cell: (row) => html`<span lang="de">${unit(row.unit)}</span>` },
      { label: t.persons, numeric: true, cell: ({ counts }) => (counts === 'few' ? t.few : figure(counts.persons)) },
      { label: t.orders, numeric: true, cell: ({ counts }) => (counts === 'few' ? '–' : figure(counts.orders)) },
      { label: t.failed, numeric: true, cell: ({ counts }) => (counts === 'few' ? '–' : figure(counts.failed)) },
      { label: t.masked, numeric: true, cell: ({ counts }) => (counts === 'few' ? '–' : figure(counts.masked)) },
      { label: t.droppedCalls, numeric: true, cell: ({ counts }) => (counts === 'few' ? '–' : figure(counts.droppedCalls)) },
      { label: t.tokens, numeric: true, cell: ({ counts }) => (counts === 'few' ? '–' : `${figure(counts.inputTokens)}, ${figure(counts.outputTokens)}`) },
    ],
    usage,
    { caption: t.usage, captionHidden: true, lang, empty: t.noUsage, dense: true },
  );
  const cost = dataTable<readonly [string, number]>(
    [
      { label: t.model, rowHeader: true, cell: ([model]) => model },
      { label: t.cost, numeric: true, cell: ([, cents]) => formatAmount(lang, cents) },
    ],
    [...centsByModel],
    { caption: t.costLead(formatDate(lang, from)), lang, empty: t.noCost },
  );
  return html`<p class="kern-body">${t.usageLead}</p>${table}${cost}`;
}

function feedbackTables({ feedback, words }: UsageReport, lang: Lang): Html {
  const t = llmTexts(lang);
  const counts = dataTable<UsageReport['feedback'][number]>(
    [
      { label: t.use, rowHeader: true, cell: ({ use }) => use },
      { label: t.model, cell: ({ model }) => model },
      { label: t.kind, cell: ({ kind }) => t[kind] },
      { label: t.given, numeric: true, cell: ({ given }) => formatNumber(lang, given) },
    ],
    feedback,
    { caption: t.feedback, captionHidden: true, lang, empty: t.noFeedback },
  );
  if (words.length === 0) return counts;
  const said = dataTable<UsageReport['words'][number]>(
    [
      { label: t.day, rowHeader: true, cell: ({ day }) => formatDate(lang, day) },
      { label: t.use, cell: ({ use }) => use },
      { label: t.kind, cell: ({ kind }) => t[kind] },
      { label: t.words, cell: (row) => html`<span lang="de">${row.words}</span>` },
    ],
    words,
    { caption: t.wordsOf, lang },
  );
  return html`${counts}${said}`;
}
