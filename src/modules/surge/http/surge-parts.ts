import { badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { buttonForm } from '../../../platform/ui/form-frame.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import type { SurgeView } from '../application/read-surge.ts';
import type { KeptRow } from '../application/surge-state.ts';
import type { Item } from '../domain/checklist.ts';
import { levelChart } from './chart.ts';
import { gateTable } from './gate-parts.ts';
import { age, level, measureName, moment, until } from './shown.ts';
import { surgeTexts, ZONE_STATE_NAMES } from './texts.ts';

/** The drawing and the same figures as tables. */
export function curvePart({ state }: SurgeView, base: string, lang: Lang): Html {
  const t = surgeTexts(lang);
  const { readings, expected, forecast, level: measured, now } = state;
  const drawing = levelChart(state, lang);
  if (drawing === undefined) return html`<p class="kern-body">${t.curveNone}</p>`;
  const source = [measured?.source, forecast?.issuer].filter((one) => one !== undefined).join('; ');
  const hourly = readings.filter(({ at }, index) => index === 0 || hourOf(at) !== hourOf(readings[index - 1]!.at));
  const coming = (expected?.metres ?? [])
    .map((metres, index) => ({ at: expected!.from.add({ minutes: index * expected!.stepMinutes }), metres }))
    .filter((_, index) => index % 12 === 0);
  const rows = [...hourly.map(({ at, metres }) => ({ at, metres, kind: t.measured })), ...coming.map(({ at, metres }) => ({ at, metres, kind: t.expected }))];
  const figures = dataTable<(typeof rows)[number]>(
    [
      { label: t.time, rowHeader: true, cell: ({ at }) => formatInstant(lang, at) },
      { label: t.height, numeric: true, cell: ({ metres }) => level(lang, metres) },
      { label: t.state, cell: ({ kind }) => kind },
    ],
    rows,
    { caption: t.curve, captionHidden: true, lang, dense: true },
  );
  const peaks = dataTable<NonNullable<typeof forecast>['peaks'][number]>(
    [
      { label: t.time, rowHeader: true, cell: ({ at }) => formatInstant(lang, at) },
      { label: t.state, cell: ({ kind }) => (kind === 'HW' ? t.highWater : t.lowWater) },
      { label: t.height, numeric: true, cell: ({ metres }) => level(lang, metres) },
      { label: t.plusMinus, numeric: true, cell: ({ plusMinus }) => `± ${level(lang, plusMinus)}` },
    ],
    forecast?.peaks ?? [],
    { caption: t.peaks, lang, dense: true },
  );
  return html`<figure class="k-curve">${drawing}<figcaption class="kern-hint">${t.curveText(source, formatInstant(lang, now))}</figcaption></figure>
${accordion(t.figures, figures)}${peaks}<p class="kern-body"><a class="kern-link" href="${base}/sturmflut/verlauf.csv">${t.download}</a> · <a class="kern-link" href="${base}/sturmflut/vorhersagen">${t.versions}</a></p>`;
}

const hourOf = (at: Temporal.Instant): number => Math.floor(at.epochMilliseconds / 3_600_000);

/** Measures by deadline; each leads to the page on which it is reported as done. */
export function checklistPart({ state, view, connected }: SurgeView, base: string, lang: Lang): Html {
  const t = surgeTexts(lang);
  const { items, now } = state;
  const mayOrder = view.rights.has('order') && connected.tasks;
  const table = dataTable<Item>(
    [
      { label: t.measure, rowHeader: true, cell: (item) => measureName(item, lang) },
      { label: t.stageColumn, cell: ({ measure }) => t.stage(measure.stage), minor: true },
      { label: t.responsible, cell: ({ measure }) => measure.responsible },
      {
        label: t.deadline,
        cell: ({ deadline, minutesLeft, state: its }) =>
          its === 'done' ? (deadline === null ? '–' : moment(deadline, now)) : until(deadline, minutesLeft, now, lang),
      },
      { label: t.state, cell: (item) => itemState(item, now, lang) },
      {
        label: t.makeTask,
        cell: ({ kept, measure, state: its }) =>
          kept?.taskRef != null
            ? badge('info', t.task)
            : mayOrder && (its === 'due' || its === 'overdue')
              ? buttonForm(`${base}/sturmflut/massnahme/${measure.key}/auftrag`, { label: t.makeTask, kind: 'secondary', small: true })
              : '–',
      },
    ],
    items,
    { caption: t.checklist, captionHidden: true, lang, href: ({ measure }) => `${base}/sturmflut/massnahme/${measure.key}` },
  );
  return connected.tasks ? table : html`${table}<p class="kern-hint">${t.taskMissing}</p>`;
}

function itemState({ state, kept, escalation }: Item, now: Temporal.Instant, lang: Lang): Html {
  const t = surgeTexts(lang);
  if (state === 'waiting') return badge('neutral', t.waiting);
  if (state === 'due') return badge('warning', t.due);
  if (state === 'overdue') return html`${badge('danger', t.overdue)} ${escalation === 2 ? badge('danger', t.escalated) : ''}`;
  const { by, at, remark, count } = kept!.confirmation!;
  return html`${badge('success', t.done)} <span lang="de">${by}, ${t.ago(age(at, now))}${count === null ? '' : `, ${count}`}${remark === '' ? '' : `: ${remark}`}</span>`;
}

type Proposal = SurgeView['proposals'][number];
const URGENT: Readonly<Record<Proposal['urgency'], number>> = { now: 0, soon: 1, note: 2 };
const FIRST = 10;

/** What the rules propose, the most urgent first; beyond the first ones at a press. */
export function proposalsPart(shown: SurgeView, base: string, lang: Lang): Html {
  const rows = shown.proposals.toSorted((a, b) => URGENT[a.urgency] - URGENT[b.urgency]);
  const rest = rows.slice(FIRST);
  const first = proposalTable(rows.slice(0, FIRST), shown, base, lang);
  return rest.length === 0 ? first : html`${first}${accordion(surgeTexts(lang).more(rest.length), proposalTable(rest, shown, base, lang))}`;
}

function proposalTable(rows: readonly Proposal[], { view, state }: SurgeView, base: string, lang: Lang): Html {
  const t = surgeTexts(lang);
  const kinds = { now: 'danger', soon: 'warning', note: 'info' } as const;
  return dataTable<Proposal>(
    [
      { label: t.proposal, rowHeader: true, cell: ({ title }) => html`<span lang="de">${title}</span>` },
      { label: t.urgency, cell: ({ urgency }) => badge(kinds[urgency], t[urgency]) },
      { label: t.why, cell: ({ reasons }) => html`<ul class="kern-list" lang="de">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>` },
      { label: t.since, cell: ({ raisedAt }) => moment(raisedAt, state.now) },
    ],
    rows,
    {
      caption: t.proposals,
      captionHidden: true,
      lang,
      empty: t.noProposals,
      ...(view.rights.has('order') ? { href: ({ id }: Proposal) => `${base}/sturmflut/vorschlag/${id}` } : {}),
    },
  );
}

/** Gates that are not safely shut, those first that have to be. */
export function gatesPart({ state }: SurgeView, base: string, lang: Lang): Html {
  const t = surgeTexts(lang);
  const open = state.gates.filter(({ shut }) => !shut);
  const first: readonly KeptRow[] = open.slice(0, 12);
  return html`<p class="kern-body">${t.gatesOpen(open.length, state.gates.length)}. <a class="kern-link" href="${base}/tore">${t.allGates}</a></p>
${state.gates.length === 0 ? '' : gateTable(first, state.now, base, lang)}`;
}

type Zone = SurgeView['state']['zones'][number];

export function zonesPart({ state, view }: SurgeView, base: string, lang: Lang): Html {
  const t = surgeTexts(lang);
  const kinds = { none: 'neutral', ordered: 'warning', running: 'info', cleared: 'success' } as const;
  return dataTable<Zone>(
    [
      { label: t.zone, rowHeader: true, cell: ({ name }) => html`<span lang="de">${name}</span>` },
      { label: t.people, numeric: true, cell: ({ people }) => formatNumber(lang, people) },
      { label: t.left, numeric: true, cell: ({ left }) => formatNumber(lang, left) },
      { label: t.state, cell: ({ state: its }) => badge(kinds[its], ZONE_STATE_NAMES[lang][its]) },
      { label: t.since, cell: ({ at, by }) => (at === null ? '–' : html`${moment(at, state.now)}, ${by}`) },
    ],
    state.zones,
    {
      caption: t.zones,
      captionHidden: true,
      lang,
      empty: t.noZones,
      ...(view.rights.has('report') ? { href: ({ id }: Zone) => `${base}/sturmflut/zone/${id}` } : {}),
    },
  );
}
