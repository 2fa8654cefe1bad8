import type { FunnelStage } from '../../../kernel/usage.ts';
import { barChart } from '../../../platform/ui/chart.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatDate, formatNumber } from '../../../platform/ui/formats.ts';
import { defineTexts, html, type Html, type Lang, type LangText } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { CampaignFunnel } from '../application/read-funnel.ts';

const texts = defineTexts({
  de: {
    title: 'Der Weg vom Link bis zum Bescheid',
    notMeasured: 'Diese Zahlen misst noch niemand. Sobald die Stadt zählt, stehen sie hier.',
    noLinks: 'Ohne Link gibt es keinen Weg. Legen Sie erst einen an.',
    notYet: 'Diese Kampagne beginnt erst.',
    stage: 'Schritt',
    count: 'Anzahl',
    of: 'Gezählt werden',
    requests: 'Aufrufe',
    cases: 'Vorgänge',
    few: 'weniger als 20',
    unknown: 'nicht bekannt',
    source: (from: string, until: string) =>
      `Eigene Zählung ohne Cookies, ${from} bis ${until}. Wer nicht gezählt werden will, fehlt. Volle Zehner, bis zu 18 unter der Wahrheit.`,
  },
  en: {
    title: 'The way from the link to the decision',
    notMeasured: 'Nobody measures these figures yet. As soon as the city counts, they stand here.',
    noLinks: 'Without a link there is no way. Make one first.',
    notYet: 'This campaign has not begun.',
    stage: 'Step',
    count: 'Number',
    of: 'What is counted',
    requests: 'Openings',
    cases: 'Cases',
    few: 'fewer than 20',
    unknown: 'not known',
    source: (from: string, until: string) =>
      `Own counts without cookies, ${from} to ${until}. Who does not want to be counted is missing. Whole tens, up to 18 below the truth.`,
  },
  leicht: {
    title: 'Vom Link bis zur Antwort vom Amt',
    notMeasured: 'Das zählt noch niemand. Später stehen hier Zahlen.',
    noLinks: 'Es gibt noch keinen Link.',
    notYet: 'Die Werbung hat noch nicht angefangen.',
    stage: 'Schritt',
    count: 'So viele',
    of: 'Das zählen wir',
    requests: 'Aufrufe',
    cases: 'Anträge',
    few: 'weniger als 20',
    unknown: 'wissen wir nicht',
    source: (from: string, until: string) => `Wir haben selbst gezählt: vom ${from} bis zum ${until}. Wir zeigen nur volle Zehner.`,
  },
});

const STEP_WORDS: Readonly<Partial<Record<FunnelStage['step'], LangText>>> = {
  'link-followed': { de: 'Link geöffnet', en: 'Link opened', leicht: 'Link geöffnet' },
  'landing-shown': { de: 'Zielseite gelesen', en: 'Landing page shown', leicht: 'Seite gelesen' },
  'landing-onward': { de: 'Weiter zur Leistung', en: 'Onward to the service', leicht: 'Zum Angebot gegangen' },
  'service-shown': { de: 'Leistung gelesen', en: 'Service shown', leicht: 'Angebot gelesen' },
  'check-done': { de: 'Schnell-Check gemacht', en: 'Quick check done', leicht: 'Frage-Bogen gemacht' },
  'form-begun': { de: 'Antrag begonnen', en: 'Application begun', leicht: 'Antrag angefangen' },
  'form-page': { de: 'Seite des Antrags erreicht', en: 'Page of the form reached', leicht: 'Im Antrag weiter gegangen' },
  'form-submitted': { de: 'Antrag abgeschickt', en: 'Application sent', leicht: 'Antrag abgeschickt' },
  'case-submitted': { de: 'Antrag eingegangen', en: 'Application received', leicht: 'Antrag ist im Amt' },
  'case-decided': { de: 'Bescheid ergangen', en: 'Decision made', leicht: 'Antwort vom Amt ist da' },
};

/** The way from the link to the Bescheid, as chart and table. What is not known is said, and is not zero. */
export function funnelPart(funnel: CampaignFunnel, lang: Lang): Html {
  const t = texts(lang);
  const say = (text: string): Html => section(t.title, html`<p class="kern-body">${text}</p>`, { id: 'weg' });
  if (funnel.kind !== 'read') return say({ unmeasured: t.notMeasured, 'no-links': t.noLinks, 'not-yet': t.notYet }[funnel.kind]);
  const { stages, from, until } = funnel;
  const source = t.source(formatDate(lang, from), formatDate(lang, until));
  return section(t.title, html`${chartOf(stages, source, lang)}${tableOf(stages, lang)}`, { id: 'weg' });
}

const nameOf = ({ step }: FunnelStage, lang: Lang): string => STEP_WORDS[step]?.[lang] ?? step;

function chartOf(stages: readonly FunnelStage[], source: string, lang: Lang): Html {
  const values = stages.map(({ count }) => (typeof count === 'number' ? count : undefined));
  // numbers, since the names of the steps are too long for an axis; the table beneath names them
  const labels = stages.map((_, index) => String(index + 1));
  return barChart({
    title: texts(lang).title,
    source,
    labels,
    head: texts(lang).stage,
    names: stages.map((one, index) => `${index + 1}. ${nameOf(one, lang)}`),
    series: [{ name: texts(lang).count, values }],
    format: (value) => formatNumber(lang, value),
    lang,
  });
}

function tableOf(stages: readonly FunnelStage[], lang: Lang): Html {
  const t = texts(lang);
  const said = (count: FunnelStage['count']): string => (count === 'suppressed' ? t.few : count === 'unknown' ? t.unknown : formatNumber(lang, count));
  return dataTable<{ readonly stage: FunnelStage; readonly place: number }>(
    [
      { label: t.stage, rowHeader: true, cell: ({ stage, place }) => `${place}. ${nameOf(stage, lang)}` },
      { label: t.count, numeric: true, cell: ({ stage }) => said(stage.count) },
      { label: t.of, cell: ({ stage }) => (stage.of === 'cases' ? t.cases : t.requests) },
    ],
    stages.map((stage, index) => ({ stage, place: index + 1 })),
    { caption: t.title, captionHidden: true, lang },
  );
}
