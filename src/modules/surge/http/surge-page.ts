import type { Visit } from '../../../platform/http/route.ts';
import { alert, badge } from '../../../platform/ui/alert.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { LageFrame } from './frame.ts';
import type { SurgeView } from '../application/read-surge.ts';
import { age, level, measureName, moment, momentWords } from './shown.ts';
import { checklistPart, curvePart, gatesPart, proposalsPart, zonesPart } from './surge-parts.ts';
import { CLASS_NAMES, duration, surgeTexts } from './texts.ts';

/** The one page for three in the morning: what is known, how old it is, who said it, what to do next. */
export function surgePage(frame: LageFrame, visit: Visit, shown: SurgeView): Html {
  const view = frame(visit, shown.view);
  const { lang } = view;
  const t = surgeTexts(lang);
  const base = `/lagen/${shown.view.lage.key}`;
  const { state } = shown;
  const { rights } = shown.view;
  const actions = buttonRow(
    rights.has('feeds') ? linkButton({ label: t.enterForecast, href: `${base}/sturmflut/vorhersage`, icon: 'add' }) : undefined,
    rights.has('feeds') ? linkButton({ label: t.enterLevel, href: `${base}/sturmflut/pegel`, kind: 'secondary' }) : undefined,
    rights.has('assess') ? linkButton({ label: t.compare, href: `${base}/sturmflut/entscheidung`, kind: 'secondary' }) : undefined,
    linkButton({ label: t.values, href: `${base}/sturmflut/werte`, kind: 'tertiary' }),
  );
  const main = html`${pageTitle(t.title, { lead: t.lead })}
${warnings(shown, lang)}
${waterFacts(shown, lang)}
${section(t.next, nextPart(shown, base, lang), { id: 'naechstes' })}
${actions}
${section(t.curve, curvePart(shown, base, lang), { id: 'verlauf' })}
${section(t.checklist, checklistPart(shown, base, lang), { id: 'massnahmen' })}
${section(t.proposals, proposalsPart(shown, base, lang), { id: 'vorschlaege' })}
${section(t.gates, gatesPart(shown, base, lang), { id: 'tore' })}
${section(t.zones, zonesPart(shown, base, lang), { id: 'zonen' })}`;
  return page(view, { title: t.title, main, wide: true, asOf: state.now });
}

function warnings({ state }: SurgeView, lang: Lang): Html {
  const t = surgeTexts(lang);
  const { forecast, level: measured, rise } = state;
  const parts: Html[] = [];
  if (measured === undefined) parts.push(alert('warning', t.noLevel, t.noLevelRemedy));
  if (forecast === undefined) parts.push(alert('warning', t.noForecast, t.noForecastRemedy));
  if (state.forecastOld) parts.push(alert('warning', t.oldForecast));
  if (forecast?.synthetic === true) parts.push(alert('info', t.synthetic, t.syntheticText));
  if (rise !== undefined && Math.abs(rise) >= 0.1) parts.push(alert(rise > 0 ? 'danger' : 'info', (rise > 0 ? t.rose : t.fell)(level(lang, Math.abs(rise)))));
  if (!state.inSeason) parts.push(alert('info', t.outOfSeason));
  return html`${parts}`;
}

type Fact = Parameters<typeof factList>[0][number];
type Meaning = SurgeView['state']['levelMeans'];

/** Level, trend, stage, peak and countdown side by side, each with its age and who said it. */
function waterFacts({ state }: SurgeView, lang: Lang): Html {
  const t = surgeTexts(lang);
  const { level: measured, trend, now } = state;
  const trendWords = trend === undefined ? t.unknownTrend : trend > 2 ? t.rising(String(trend)) : trend < -2 ? t.falling(String(-trend)) : t.steady;
  return factList([
    {
      label: t.levelNow,
      value: measured === undefined ? t.noLevel : html`<strong class="k-surge__level">${level(lang, measured.metres)}</strong> NHN`,
      ...(measured === undefined ? {} : { note: `${t.ago(age(measured.at, now))}, ${measured.source}` }),
    },
    { label: t.trend, value: trendWords },
    stageFact(t.stageNow, state.levelMeans, lang),
    ...peakFacts(state, lang),
    stageFact(t.stageExpected, state.peakMeans, lang),
  ]);
}

function stageFact(label: string, means: Meaning, lang: Lang): Fact {
  const t = surgeTexts(lang);
  if (means === undefined) return { label, value: '–' };
  const value = means.stage === undefined ? t.noStage : means.beyondStages ? `${t.stage(means.stage)}, ${t.beyond}` : t.stage(means.stage);
  return { label, value, note: CLASS_NAMES[lang][means.class] };
}

function peakFacts({ forecast, peak, minutesToPeak: left, now }: SurgeView['state'], lang: Lang): Fact[] {
  const t = surgeTexts(lang);
  if (forecast === undefined || peak === undefined || left === undefined)
    return [
      { label: t.peak, value: t.noForecast },
      { label: t.countdown, value: '–' },
    ];
  const made = forecast.synthetic ? badge('info', t.synthetic) : '';
  const note = t.forecastOf(momentWords(forecast.issuedAt, now), age(forecast.issuedAt, now), forecast.issuer);
  return [
    { label: t.peak, value: html`<strong class="k-surge__level">${level(lang, peak.metres)}</strong> ± ${level(lang, peak.plusMinus)} ${made}`, note },
    {
      label: t.countdown,
      value: left < 0 ? t.over(duration(left)) : html`<strong class="k-surge__level">${duration(left)}</strong> (${moment(peak.at, now)})`,
    },
  ];
}

const MOST_NEXT = 6;

/** The few things that come first, each with its way to be done. */
function nextPart({ state, proposals }: SurgeView, base: string, lang: Lang): Html {
  const t = surgeTexts(lang);
  const { items, gates, now } = state;
  const lines = [
    ...items
      .filter((item) => item.state === 'overdue' || (item.state === 'due' && (item.minutesLeft ?? Infinity) <= 60))
      .map((item) => ({
        minutes: item.minutesLeft ?? 0,
        body: html`<a class="kern-link" href="${base}/sturmflut/massnahme/${item.measure.key}">${measureName(item, lang)}</a> (${item.measure.responsible})`,
        at: item.deadline,
      })),
    ...gates
      .filter(({ judged, due }) => judged.state !== 'closed' && judged.state !== 'closing' && (due.minutesLeft ?? Infinity) <= 60)
      .map(({ gate, due }) => ({
        minutes: due.minutesLeft!,
        body: html`<a class="kern-link" href="${base}/tore/${gate.id}"><span lang="de">${gate.code} ${gate.name}</span></a> (${gate.pilot})`,
        at: due.beginBy,
      })),
    ...proposals
      .filter(({ urgency, rule }) => urgency === 'now' && rule !== 'gate-open' && rule !== 'gate-above-level' && rule !== 'measure-overdue')
      .map((one) => ({
        minutes: 0,
        body: html`<a class="kern-link" href="${base}/sturmflut/vorschlag/${one.id}"><span lang="de">${one.title}</span></a>`,
        at: one.raisedAt,
      })),
  ].toSorted((a, b) => a.minutes - b.minutes);
  if (lines.length === 0) return html`<p class="kern-body">${t.nothingNext}</p>`;
  const more =
    lines.length > MOST_NEXT ? html`<p class="kern-body"><a class="kern-link" href="${base}/tore?offen=1">+ ${lines.length - MOST_NEXT}</a></p>` : '';
  return html`<ol class="kern-list kern-list--numbered k-surge__next">${lines
    .slice(0, MOST_NEXT)
    .map(
      ({ minutes, body, at }) =>
        html`<li>${minutes < 0 ? badge('danger', `${t.late}: ${duration(minutes)}`) : ''} ${body} ${at === null ? '' : html`<span class="k-muted">${moment(at, now)}</span>`}</li>`,
    )}</ol>${more}`;
}
