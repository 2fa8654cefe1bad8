import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable, tabs } from '../../../platform/ui/components.ts';
import { button, buttonRow, errorOf, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import { models, parametersOf, type ModelParameter } from '../application/models.ts';
import type { ScenarioPicture, ShownRun } from '../application/show.ts';
import type { Parameters } from '../domain/scenario.ts';
import { pathOf, type Typed } from './parts.ts';
import { resultTexts } from './result-texts.ts';

const KIND = { running: 'info', successful: 'success', failed: 'danger' } as const;

/** How a run stands, and whether it still fits. */
export function runBadge({ status, stale }: ShownRun, lang: Lang): Html {
  const t = resultTexts(lang);
  return stale && status === 'successful' ? badge('warning', t.stale) : badge(KIND[status], t[status]);
}

/** Choosing a model and its parameters, and what has been ordered. */
export function runSection(picture: ScenarioPicture, process: string, typed: Typed | undefined, lang: Lang): Html {
  const t = resultTexts(lang);
  const { scenario } = picture;
  const choices = tabs(
    models().map(({ id, title }) => ({ label: title[lang], href: `${pathOf(scenario.id)}?modell=${id}#rechnen`, current: id === process })),
    lang,
    t.model,
  );
  const model = models().find(({ id }) => id === process)!;
  const preset = scenario.presets[process] ?? {};
  const fields = parametersOf(process).map((one) => parameterField(one, preset, typed, lang));
  const body = html`<p class="kern-body">${t.runText}</p>${choices}
<p class="kern-body">${model.description[lang]}</p>${alert('warning', t.estimate, model.uncertainty[lang])}
${form({ action: `${pathOf(scenario.id)}/rechnen`, hidden: { process } }, [...fields, buttonRow(button({ label: t.runButton }))])}
${runTable(picture, lang)}`;
  return section(t.run, body, { id: 'rechnen' });
}

function parameterField({ name, title, description, unit, several, fallback }: ModelParameter, preset: Parameters, typed: Typed | undefined, lang: Lang): Html {
  const t = resultTexts(lang);
  const known = preset[name] ?? fallback;
  const written = (value: number | string): string => (lang === 'en' ? String(value) : String(value).replace('.', typeof value === 'number' ? ',' : '.'));
  const text = known === undefined ? '' : typeof known === 'object' ? known.map(written).join('; ') : written(known);
  return textField({
    name: `p.${name}`,
    lang,
    label: unit === '' ? title[lang] : `${title[lang]} (${unit})`,
    hint: several ? `${description[lang]} ${t.several}` : description[lang],
    value: typed?.fields.get(`p.${name}`) ?? text,
    width: 'm',
    required: false,
    ...errorOf(typed?.problems ?? [], `p.${name}`),
  });
}

function runTable({ scenario, variants, runs }: ScenarioPicture, lang: Lang): Html {
  const t = resultTexts(lang);
  if (runs.length === 0) return html``;
  const nameOf = (process: string): string => models().find(({ id }) => id === process)?.title[lang] ?? process;
  const table = dataTable<ShownRun>(
    [
      { label: t.model, rowHeader: true, cell: (run) => `${nameOf(run.process)}: ${variants.find(({ id }) => id === run.variantId)?.name ?? ''}` },
      {
        label: t.state,
        cell: (run) => html`${runBadge(run, lang)} ${run.status === 'running' ? `${run.progress} %` : run.status === 'failed' ? run.message : ''}`,
      },
      { label: t.calculated, cell: ({ orderedAt }) => formatInstant(lang, orderedAt), minor: true },
    ],
    runs,
    { caption: t.state, lang, dense: true },
  );
  const open = runs.some(({ status }) => status === 'running');
  return html`<div id="stand">${table}${buttonRow(
    open ? linkButton({ label: t.reload, href: `${pathOf(scenario.id)}#stand`, kind: 'secondary' }) : undefined,
    linkButton({ label: t.compare, href: `${pathOf(scenario.id)}/vergleich`, kind: 'secondary' }),
  )}</div>`;
}
