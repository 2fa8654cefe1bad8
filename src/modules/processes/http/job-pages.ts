import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable, type Column } from '../../../platform/ui/components.ts';
import { buttonForm, buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { copyable, factList, pagination, progressBar, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { findProcess } from '../application/processes.ts';
import { variedInputs } from '../application/results.ts';
import type { OwnJob } from '../application/jobs-of.ts';
import type { DataUsed, Job, JobResults, JobStatus, MemberResult, NumberResult } from '../domain/process.ts';
import { JOBS, PROCESSES } from './answers.ts';
import { processTexts } from './texts.ts';

const KIND: Readonly<Record<JobStatus, 'info' | 'success' | 'danger' | 'neutral'>> = {
  accepted: 'info',
  running: 'info',
  successful: 'success',
  failed: 'danger',
  dismissed: 'neutral',
};

const state = ({ status }: Job, lang: Lang): Html => badge(KIND[status], processTexts(lang)[status]);
const titleOf = ({ processId }: Job, lang: Lang): string => findProcess(processId)?.title[lang] ?? processId;
const crumbs = (lang: Lang, label: string) => [
  { label: processTexts(lang).title, href: `${PROCESSES}?f=html` },
  { label: processTexts(lang).myJobs, href: `${JOBS}?f=html` },
  { label },
];

/** Own jobs, newest first. @param next address of the older ones */
export function jobsPage(view: PageView, jobs: readonly Job[], next: string | undefined): Html {
  const { lang, actor } = view;
  const t = processTexts(lang);
  const table = dataTable<Job>(
    [
      { label: t.process, rowHeader: true, cell: (job) => titleOf(job, lang) },
      { label: t.status, cell: (job) => state(job, lang) },
      { label: t.progress, numeric: true, cell: ({ progress }) => `${progress} %` },
      { label: t.ordered, cell: ({ createdAt }) => formatInstant(lang, createdAt) },
    ],
    jobs,
    { caption: t.myJobs, captionHidden: true, lang, empty: actor.kind === 'anonymous' ? t.signIn : t.noJobs, href: ({ id }) => `${JOBS}/${id}?f=html` },
  );
  const pages = pagination(next === undefined ? {} : { next: `${next}&f=html` }, lang);
  return page(view, { title: t.myJobs, main: html`${pageTitle(t.myJobs, { lead: t.jobsLead })}${table}${pages ?? ''}`, wide: true });
}

/** @param link just made, shown this once */
export function jobPage(view: PageView, job: OwnJob, results: JobResults | undefined, link?: string): Html {
  const { lang } = view;
  const t = processTexts(lang);
  const { id, status, progress, message, members, createdAt, finishedAt, shared } = job;
  const open = status === 'accepted' || status === 'running';
  const at = `${JOBS}/${id}`;
  const title = titleOf(job, lang);
  const buttons = buttonRow(
    open ? linkButton({ label: t.reload, href: `${at}?f=html` }) : undefined,
    results === undefined ? undefined : buttonForm(`${at}/teilen`, { label: t.share, kind: 'secondary' }),
    shared ? buttonForm(`${at}/nicht-teilen`, { label: t.unshare, kind: 'secondary' }) : undefined,
    buttonForm(`${at}/beenden`, { label: open ? t.cancel : t.forget, kind: 'tertiary' }),
  );
  const main = html`${pageTitle(title)}
${link === undefined ? (shared ? alert('info', t.sharedNow) : '') : alert('success', t.sharedNow, html`<p class="kern-body">${t.shareText}</p>${copyable(link, lang)}`)}
${open ? progressBar(t.progress, progress, 100) : ''}
${factList([
  // what went wrong is said in German, as every refusal is
  { label: t.status, value: state(job, lang), ...(status === 'failed' ? { note: message } : {}) },
  { label: t.members, value: formatNumber(lang, members) },
  { label: t.ordered, value: formatInstant(lang, createdAt) },
  ...(finishedAt === null ? [] : [{ label: t.finished, value: formatInstant(lang, finishedAt) }]),
])}
${results === undefined ? '' : resultParts(results, `${at}/results`, lang)}
${buttons}`;
  return page(view, { title, main, wide: true, breadcrumb: crumbs(lang, title) });
}

/** A result for whoever has its link. @param at address of the shared result */
export function sharedPage(view: PageView, results: JobResults, at: string): Html {
  const { lang } = view;
  const t = processTexts(lang);
  const title = results.provenance.title[lang];
  return page(view, {
    title: `${t.sharedResult}: ${title}`,
    main: html`${pageTitle(title, { lead: t.sharedResult })}${resultParts(results, at, lang)}`,
    wide: true,
  });
}

function resultParts(results: JobResults, at: string, lang: Lang): Html {
  const t = processTexts(lang);
  const { provenance } = results;
  const downloads = [
    ...results.layers.map(({ id, title }) => ({ label: `${title[lang]} (GeoJSON)`, href: `${at}?outputs=${id}&response=raw` })),
    { label: `${t.table} (CSV)`, href: `${at}?f=csv` },
    { label: 'JSON', href: `${at}?f=json` },
  ];
  return html`${alert('warning', t.estimate, provenance.uncertainty[lang])}
${provenance.data.some(({ demo }) => demo) ? alert('info', t.demo) : ''}
${section(t.results, numberTable(results, lang))}
${results.members.length > 1 ? section(t.table, memberTableOf(results, lang)) : ''}
${section(t.maps, html`<ul class="kern-list">${downloads.map(({ label, href }) => html`<li><a class="kern-link" href="${href}">${label}</a></li>`)}</ul>`)}
${section(t.provenance, provenancePart(results, lang))}`;
}

const shown = (value: number | null | undefined, unit: string, lang: Lang): string =>
  value === null || value === undefined ? processTexts(lang).noValue : `${formatNumber(lang, value, 1)} ${unit}`.trim();

function numberTable({ numbers, members }: JobResults, lang: Lang): Html {
  const t = processTexts(lang);
  const spread: readonly Column<NumberResult>[] =
    members.length > 1
      ? [{ label: t.spread, numeric: true, cell: ({ minimum, maximum, unit }) => `${shown(minimum, '', lang)} – ${shown(maximum, unit, lang)}` }]
      : [];
  const columns: readonly Column<NumberResult>[] = [
    { label: t.results, rowHeader: true, cell: ({ title }) => title[lang] },
    { label: t.value, numeric: true, cell: ({ value, unit }) => shown(value, unit, lang) },
    ...spread,
  ];
  return dataTable(columns, numbers, { caption: t.results, captionHidden: true, lang });
}

function memberTableOf(results: JobResults, lang: Lang): Html {
  const t = processTexts(lang);
  const inputs = findProcess(results.provenance.process)?.inputs ?? {};
  const columns: readonly Column<MemberResult>[] = [
    { label: t.number, rowHeader: true, cell: ({ number }) => String(number) },
    ...variedInputs(results).map((name): Column<MemberResult> => ({
      label: inputs[name]?.title[lang] ?? name,
      numeric: true,
      cell: ({ parameters }) => shown(parameters[name], '', lang),
    })),
    ...results.numbers.map(({ id, title, unit }): Column<MemberResult> => ({
      label: title[lang],
      numeric: true,
      cell: ({ numbers }) => shown(numbers[id], unit, lang),
    })),
  ];
  return dataTable(columns, results.members, { caption: t.table, captionHidden: true, lang, dense: true });
}

function provenancePart({ provenance: { title, version, data, sources, inputsHash, calculatedAt } }: JobResults, lang: Lang): Html {
  const t = processTexts(lang);
  const table = dataTable<DataUsed>(
    [
      { label: t.collection, rowHeader: true, cell: ({ title: name }) => name },
      { label: t.features, numeric: true, cell: ({ features }) => formatNumber(lang, features) },
      { label: t.asOf, cell: ({ dataAsOf, changedAt }) => dataAsOf ?? formatInstant(lang, Temporal.Instant.from(changedAt)) },
    ],
    data,
    { caption: t.data, lang, dense: true },
  );
  return html`${factList([
    { label: t.process, value: title[lang], note: `${t.version} ${version}` },
    { label: t.finished, value: formatInstant(lang, Temporal.Instant.from(calculatedAt)) },
    { label: t.inputsHash, value: html`<code class="k-code">${inputsHash}</code>` },
  ])}${table}<ul class="kern-list">${sources.map((one) => html`<li>${one}</li>`)}</ul>`;
}
