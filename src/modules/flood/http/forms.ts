import type { Problem } from '../../../kernel/problem.ts';
import { checkboxGroup, radioGroup } from '../../../platform/ui/form-choices.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { numberField, selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import type { Grid } from '../application/grids.ts';
import { DEFAULTS } from './read-form.ts';
import { floodTexts } from './texts.ts';

/** A form as it was sent and refused: it stays open, with everything typed. */
export interface Typed {
  readonly name: 'run' | 'grid';
  readonly fields: URLSearchParams;
  readonly problem: Problem;
}

const gridOptions = (grids: readonly Grid[]) => grids.map(({ id, name }) => ({ value: id, label: name }));

/** The instant question; it changes nothing, so its answer has an address. */
export function whatIfForm(base: string, grids: readonly Grid[], grid: Grid, query: URLSearchParams, problem: Problem | undefined, lang: Lang): Html {
  const t = floodTexts(lang);
  const problems = problem?.fields ?? [];
  const error = (name: string) => errorOf(problems, name);
  const structures = grid.structures.map(({ id, name, kind }) => ({ value: id, label: `${name} (${kind === 'gate' ? t.gateLine : t.dykeLine})` }));
  return html`${problem === undefined ? '' : errorSummary([], lang, problem.fields?.[0]?.message ?? problem.detail)}${form(
    { action: base, method: 'get' },
    html`${selectField({ name: 'gitter', label: t.grid, lang, value: grid.id, options: gridOptions(grids) })}
${numberField({ name: 'pegel', label: t.level, hint: t.levelHint, unit: t.metresUnit, decimal: true, lang, value: query.get('pegel') ?? '6,45', ...error('levelMetres') })}
${structures.length === 0 ? '' : checkboxGroup({ name: 'offen', label: t.open, hint: t.openHint, lang, required: false, values: query.getAll('offen'), options: structures, ...error('open') })}
${buttonRow(button({ label: t.show }))}`,
  )}`;
}

/** The order of a run. */
export function runForm(base: string, grids: readonly Grid[], grid: Grid, typed: Typed | undefined, lang: Lang): Html {
  const t = floodTexts(lang);
  const own = typed?.name === 'run' ? typed : undefined;
  const problems = own?.problem.fields ?? [];
  const field = (name: string, fallback = '') => ({ name, lang, value: own?.fields.get(name) ?? fallback, ...errorOf(problems, name) });
  const metres = { unit: t.metresUnit, decimal: true } as const;
  const hours = { unit: t.hoursUnit, decimal: true } as const;
  const structures = (kind?: 'gate') =>
    grid.structures.filter((one) => kind === undefined || one.kind === kind).map(({ id, name }) => ({ value: id, label: name }));
  const choices = (name: string, label: string, options: ReturnType<typeof structures>, hint?: string): Html | '' =>
    options.length === 0
      ? ''
      : checkboxGroup({
          name,
          label,
          lang,
          required: false,
          values: own?.fields.getAll(name) ?? [],
          options,
          ...(hint === undefined ? {} : { hint }),
          ...errorOf(problems, name),
        });
  const body = html`${own === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? own.problem.detail : undefined)}${form(
    { action: `${base}/rechnungen` },
    html`${textField({ ...field('title'), label: t.runTitle, hint: t.titleHint, required: false, maxLength: 120 })}
${selectField({ ...field('gridId', grid.id), label: t.grid, options: gridOptions(grids) })}
${radioGroup({
  ...field('model', 'inertial'),
  label: t.modelField,
  options: [
    { value: 'inertial', label: t.inertial },
    { value: 'hll', label: t.hll },
  ],
})}
${textField({ ...field('peaksMetres', DEFAULTS.peaks), label: t.peaks, hint: t.peaksHint, spellcheck: false })}
${numberField({ ...field('startMetres', DEFAULTS.startMetres), ...metres, label: t.startLevel })}
${numberField({ ...field('lowMetres', DEFAULTS.lowMetres), ...metres, label: t.lowLevel })}
${numberField({ ...field('peakAfterHours', DEFAULTS.peakAfterHours), ...hours, label: t.peakAfter })}
${numberField({ ...field('hours', DEFAULTS.hours), ...hours, label: t.hours })}
${numberField({ ...field('roughness', DEFAULTS.roughness), decimal: true, label: t.roughness })}
${choices('gates', t.gatesOpen, structures('gate'))}
${choices('breaches', t.breaches, structures(), t.breachesHint)}
${numberField({ ...field('breachAfterHours', DEFAULTS.breachAfterHours), ...hours, label: t.breachAfter })}
${buttonRow(button({ label: t.start }))}`,
  )}`;
  return accordion(t.newRun, body, { open: own !== undefined });
}

/** Bringing a ground of one's own. */
export function gridForm(base: string, typed: Typed | undefined, lang: Lang): Html {
  const t = floodTexts(lang);
  const own = typed?.name === 'grid' ? typed : undefined;
  const problems = own?.problem.fields ?? [];
  const field = (name: string, fallback = '') => ({ name, lang, value: own?.fields.get(name) ?? fallback, ...errorOf(problems, name) });
  const body = html`${own === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? own.problem.detail : undefined)}${form(
    { action: `${base}/gitter`, multipart: true },
    html`${textField({ ...field('name'), label: t.name, maxLength: 120 })}
${textField({ ...field('source'), label: t.source, hint: t.sourceHint, maxLength: 300 })}
${fileField({ name: 'file', label: t.file, lang, accept: ['.tif', '.tiff', '.asc'], maxMegabytes: 512, ...errorOf(problems, 'file') })}
${numberField({ ...field('inletBelowMetres', DEFAULTS.inletBelowMetres), unit: t.metresUnit, decimal: true, label: t.inlet })}
${textArea({ ...field('structures'), label: t.structures, hint: t.structuresHint, required: false, rows: 4 })}
${buttonRow(button({ label: t.upload, kind: 'secondary' }))}`,
  )}`;
  return accordion(t.bring, body, { open: own !== undefined });
}
