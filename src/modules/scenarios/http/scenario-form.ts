import { errorOf } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { ScenarioPicture } from '../application/show.ts';
import type { BaseData, DataRole, ScenarioInput } from '../domain/scenario.ts';
import type { Typed } from './parts.ts';
import { scenarioTexts } from './texts.ts';

const ROLES: readonly DataRole[] = ['buildings', 'trees', 'ways', 'population', 'destinations'] satisfies readonly (keyof BaseData)[];

/** What a new scenario takes when nobody has chosen. */
const STANDARD: BaseData = { buildings: 'gebaeude', trees: 'strassenbaeume', ways: 'wege', population: 'bevoelkerung', destinations: 'none' };

/** Reads title, question, area and data. */
export function readScenarioForm(fields: URLSearchParams): ScenarioInput {
  const text = (name: string): string => fields.get(name) ?? '';
  return {
    title: text('title'),
    question: text('question'),
    area: text('area'),
    data: Object.fromEntries(ROLES.map((role) => [role, text(`data.${role}`) || 'none'])),
  };
}

/** The fields of a scenario, new or there already. */
export function scenarioFields(lang: Lang, collections: ScenarioPicture['collections'], typed: Typed | undefined, present?: ScenarioPicture['scenario']): Html {
  const t = scenarioTexts(lang);
  const problems = typed?.problems ?? [];
  const value = (name: string, standard: string): string => typed?.fields.get(name) ?? standard;
  const field = (name: string, standard: string) => ({ name, lang, value: value(name, standard), ...errorOf(problems, name) });
  const data = present?.data ?? STANDARD;
  const choices = ROLES.map((role) => {
    const chosen = value(`data.${role}`, data[role]);
    const options = [{ value: 'none', label: t.none }, ...collections.map(({ id, title }) => ({ value: id, label: title }))];
    const known = options.some((one) => one.value === chosen) ? options : [...options, { value: chosen, label: chosen }];
    return selectField({ ...field(`data.${role}`, data[role]), label: t[role], options: known });
  });
  return html`${textField({ ...field('title', present?.title ?? ''), label: t.name, maxLength: 120 })}
${textArea({ ...field('question', present?.question ?? ''), label: t.question, hint: t.questionHint, rows: 2, required: false, maxLength: 2000 })}
${textArea({ ...field('area', present === undefined ? '' : areaText(present.area)), label: t.area, hint: t.areaHint, rows: 5 })}
<fieldset class="kern-fieldset"><legend class="kern-label">${t.data}</legend><div class="k-twin-form">${choices}</div></fieldset>`;
}

/** One ring as lines of corners, anything else as GeoJSON. */
function areaText(area: ScenarioPicture['scenario']['area']): string {
  if (area.type !== 'Polygon' || area.coordinates.length > 1) return JSON.stringify(area);
  return area.coordinates[0]!.slice(0, -1)
    .map(([lon, lat]) => `${lon}, ${lat}`)
    .join('\n');
}
