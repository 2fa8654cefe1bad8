import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { linkButton } from '../../../platform/ui/form-frame.ts';
import { formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { InputDescription, ProcessDescription } from '../domain/process.ts';
import { JOBS, PROCESSES } from './answers.ts';
import { processTexts } from './texts.ts';

/** All models, for people. */
export function processesPage(view: PageView, processes: readonly ProcessDescription[]): Html {
  const { lang } = view;
  const t = processTexts(lang);
  const table = dataTable<ProcessDescription>(
    [
      { label: t.process, rowHeader: true, cell: ({ title }) => title[lang] },
      { label: t.results, cell: ({ description }) => description[lang] },
      { label: t.version, cell: ({ version }) => version, minor: true },
    ],
    processes,
    { caption: t.title, captionHidden: true, lang, href: ({ id }) => `${PROCESSES}/${id}?f=html` },
  );
  return page(view, {
    title: t.title,
    main: html`${pageTitle(t.title, { lead: t.lead })}${table}${linkButton({ label: t.myJobs, href: `${JOBS}?f=html`, kind: 'secondary' })}`,
    wide: true,
  });
}

export function processPage(
  view: PageView,
  { id, title, description, version, inputs, numbers, sources, uncertainty }: ProcessDescription,
  base: string,
): Html {
  const { lang } = view;
  const t = processTexts(lang);
  const inputTable = dataTable<readonly [string, InputDescription]>(
    [
      { label: t.input, rowHeader: true, cell: ([, one]) => one.title[lang] },
      { label: t.meaning, cell: ([, one]) => one.description[lang] },
      { label: t.fallback, cell: ([, one]) => fallbackOf(one, lang) },
      { label: t.name, cell: ([name]) => html`<code class="k-code">${name}</code>` },
    ],
    Object.entries(inputs),
    { caption: t.inputs, captionHidden: true, lang, dense: true },
  );
  const numberTable = dataTable(
    [
      { label: t.results, rowHeader: true, cell: ([, one]) => one.title[lang] },
      { label: t.unit, cell: ([, { unit }]) => unit },
      { label: t.name, cell: ([name]) => html`<code class="k-code">${name}</code>` },
    ],
    Object.entries(numbers),
    { caption: t.results, captionHidden: true, lang, dense: true },
  );
  const main = html`${pageTitle(title[lang], { lead: description[lang] })}
${alert('warning', t.estimate, uncertainty[lang])}
${factList([{ label: t.version, value: version }])}
${section(t.inputs, inputTable)}
${section(t.results, numberTable)}
${section(t.sources, html`<ul class="kern-list">${sources.map((one) => html`<li>${one}</li>`)}</ul>`)}
${section(t.programs, html`<p class="kern-body">${t.programsText(`${base}${PROCESSES}/${id}/execution`)} <a class="kern-link" href="${PROCESSES}/${id}?f=json">JSON</a></p>`)}`;
  return page(view, { title: title[lang], main, wide: true, breadcrumb: [{ label: t.title, href: `${PROCESSES}?f=html` }, { label: title[lang] }] });
}

function fallbackOf({ required, fallback, holds }: InputDescription, lang: Lang): string {
  if (required === true) return processTexts(lang).required;
  if (fallback === undefined) return '–';
  const unit = holds.kind === 'number' ? ` ${holds.unit}` : '';
  const text = (value: number | string): string => (typeof value === 'number' ? formatNumber(lang, value, 2) : value);
  return (typeof fallback === 'object' ? fallback.map(text).join(', ') : text(fallback)) + unit;
}
