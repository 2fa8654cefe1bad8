import type { Indicator, IndicatorPoint, Indicators } from '../../../kernel/indicator.ts';
import { refuse, ok, type Result } from '../../../kernel/result.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { OTHER_SERVICES } from '../../../kernel/usage.ts';
import { openFile, openTable } from '../../../platform/http/open-data.ts';
import { getPage, html as answerHtml, problemPage, type Answer, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import type { Lang } from '../../../platform/ui/html.ts';
import type { Frame, IndicatorsContext } from '../application/context.ts';
import { keepsStrategy } from '../application/define.ts';
import { definitionOf, namedServices, servicesOf, type Desk } from '../application/desk.ts';
import { LIST, listPage } from './list-page.ts';
import { onePage } from './one-page.ts';
import { indicatorTexts } from './texts.ts';

/** Months that a page draws. */
const SHOWN_MONTHS = 36;
const AHEAD = 6;

export interface Reading {
  readonly ctx: IndicatorsContext;
  readonly desk: Desk;
  readonly indicators: Indicators;
}

/** What everybody may read. */
export function indicatorPages(reading: Reading, frame: Frame): AnyRoute[] {
  return [
    getPage(LIST, 'public', (visit) => list(reading, frame, visit)),
    openFile(`${LIST}.csv`, async (visit) => {
      const service = await askedService(reading, visit);
      return service.ok ? ok(openTable('kennzahlen.csv', listRows(await reading.indicators.list(question(service.value)), visit.lang))) : service;
    }),
    getPage(`${LIST}/:key`, 'public', (visit) => one(reading, frame, visit)),
    openFile(`${LIST}/:key/verlauf.csv`, async (visit) => {
      const key = visit.params['key']!;
      const [service, found] = [await askedService(reading, visit), await reading.indicators.one(key)];
      if (!service.ok) return service;
      if (!found.ok) return found;
      return ok(openTable(`${found.value.key}.csv`, historyRows(await reading.indicators.history(key, { ...question(service.value), months: 120 }))));
    }),
  ];
}

const question = (service: string | undefined): { readonly service?: string } => (service === undefined ? {} : { service });

/** The service that is asked for, which must have cases: others have no figures. */
async function askedService({ desk }: Reading, { query }: Visit): Promise<Result<string | undefined, Problem>> {
  const service = query.get('leistung') ?? '';
  if (service === '') return ok(undefined);
  if ((await desk.known()).figures.services().includes(service)) return ok(service);
  return refuse({ kind: 'not-found', detail: 'Zu dieser Leistung gibt es noch keine Fälle. Wählen Sie eine andere aus der Übersicht der Kennzahlen.' });
}

const serviceName = ({ ctx }: Reading, key: string, lang: Lang): string =>
  key === OTHER_SERVICES ? indicatorTexts(lang).otherServices : (ctx.serviceName(key)?.[lang] ?? key);

async function list(reading: Reading, frame: Frame, visit: Visit): Promise<Answer> {
  const service = await askedService(reading, visit);
  if (!service.ok) return problemPage(service.problem);
  const services = namedServices(await reading.desk.known())
    .map((key) => ({ value: key, label: serviceName(reading, key, visit.lang) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'de'));
  const indicators = await reading.indicators.list(question(service.value));
  return answerHtml(
    listPage(frame(visit), { indicators, service: service.value, services, administers: keepsStrategy(visit.actor), city: reading.ctx.settings.city }),
  );
}

async function one(reading: Reading, frame: Frame, visit: Visit): Promise<Answer> {
  const key = visit.params['key']!;
  const found = await reading.indicators.one(key);
  if (!found.ok) return problemPage(found.problem);
  const known = await reading.desk.known();
  const definition = definitionOf(known, key)!;
  const services = servicesOf(known, definition);
  const perService: { key: string; name: string; indicator: Indicator }[] = [];
  for (const service of services ?? []) {
    const answer = await reading.indicators.one(key, { service });
    if (answer.ok) perService.push({ key: service, name: serviceName(reading, service, visit.lang), indicator: answer.value });
  }
  const body = onePage(frame(visit), {
    indicator: found.value,
    history: await reading.indicators.history(key, { months: SHOWN_MONTHS }),
    forecast: await reading.indicators.forecast(key, AHEAD),
    perService: services === undefined ? undefined : perService.toSorted((a, b) => a.name.localeCompare(b.name, 'de')),
    version: definition.version,
    administers: keepsStrategy(visit.actor),
    city: reading.ctx.settings.city,
  });
  return answerHtml(body);
}

const number = (value: number | undefined): string => (value === undefined ? '' : String(value).replace('.', ','));

function listRows(indicators: readonly Indicator[], lang: Lang): string[][] {
  const head = ['schluessel', 'name', 'wert', 'zustand', 'einheit', 'faelle', 'stand', 'herkunft', 'ziel', 'ziel_bis', 'ampel', 'formel', 'quelle'];
  return [
    head,
    ...indicators.map((one) => [
      one.key,
      one.name[lang],
      one.state.kind === 'known' ? number(one.state.value) : '',
      one.state.kind,
      one.unit,
      number(one.cases),
      one.asOf?.toString() ?? '',
      one.origin,
      number(one.target?.value),
      one.target?.by.toString() ?? '',
      one.light?.light ?? '',
      one.formula,
      one.source,
    ]),
  ];
}

const historyRows = (points: readonly IndicatorPoint[]): string[][] => [
  ['monat', 'wert', 'faelle'],
  ...points.map(({ month, value, cases }) => [month, number(value), number(cases)]),
];
