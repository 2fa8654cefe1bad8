import { legalDay } from '../../../kernel/time.ts';
import type { StandingRate } from '../../../kernel/usage.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { formatAmount, formatDate, formatNumber } from '../../../platform/ui/formats.ts';
import { defineTexts, html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { OutreachContext } from '../application/context.ts';
import { goalNow, type GoalNow } from '../application/goal-now.ts';
import type { CampaignFunnel } from '../application/read-funnel.ts';
import type { Campaign } from '../domain/campaign.ts';

const texts = defineTexts({
  de: {
    title: 'Wo das Ziel steht',
    unmeasured: 'Diese Zahl rechnet noch niemand.',
    now: 'Heute',
    before: 'Als die Kampagne begann',
    start: 'Ausgangswert, wie er festgelegt ist',
    goal: 'Ziel',
    until: (day: string) => `bis ${day}`,
    span: (from: string, until: string) => `${from} bis ${until}`,
    services: (known: number, all: number) => `${known} von ${all} Leistungen gezählt`,
    survey: (title: string, source: string, size: string, day: string) => `Umfrage vom ${day}: ${title}. ${source}; ${size} Befragte`,
    unknown: 'nicht bekannt',
    suppressed: 'zu wenige, um sie zu zeigen',
    noCount: 'Schalter, Telefon und Post hat für diese Leistungen niemand gezählt.',
    noSurvey: 'Es ist keine Umfrage dazu eingetragen.',
    noCases: 'Es ist noch nichts zu Ende gegangen.',
    notBegun: 'Sie hat noch nicht begonnen.',
    reached: 'Das Ziel ist erreicht.',
    open: 'Das Ziel ist noch nicht erreicht.',
    missed: (day: string) => `Das Ziel ist nicht erreicht. Es galt bis ${day}.`,
    green: 'auf Kurs',
    yellow: 'etwas zurück',
    red: 'zurück',
    'no-figure': 'Ohne eine Zahl von heute gibt es kein Licht.',
    'no-start': 'Ohne Ausgangswert gibt es kein Licht.',
    'figure-older': 'Die Zahl ist älter als die Kampagne. Deshalb gibt es kein Licht.',
    cause: 'Was sich geändert hat, muss nicht die Kampagne bewirkt haben. Was über ihre Links kam, steht unten.',
    cost: 'Kosten je Antrag über die Links',
    atMost: (amount: string) => `höchstens ${amount}`,
    costOf: (cases: string) => `Ausgaben geteilt durch ${cases} eingegangene Anträge. Das sind volle Zehner, es können mehr sein.`,
    few: 'Weniger als 20 Anträge kamen über die Links.',
    'nothing-spent': 'Es sind keine Ausgaben eingetragen.',
    'nobody-counts': 'Was über die Links kommt, zählt noch niemand.',
  },
  en: {
    title: 'Where the goal stands',
    unmeasured: 'Nobody reckons this figure yet.',
    now: 'Today',
    before: 'When the campaign began',
    start: 'Starting value, as it was set',
    goal: 'Goal',
    until: (day: string) => `until ${day}`,
    span: (from: string, until: string) => `${from} to ${until}`,
    services: (known: number, all: number) => `${known} of ${all} services counted`,
    survey: (title: string, source: string, size: string, day: string) => `Survey of ${day}: ${title}. ${source}; ${size} people asked`,
    unknown: 'not known',
    suppressed: 'too few to be shown',
    noCount: 'Nobody has counted counter, phone and post for these services.',
    noSurvey: 'No survey on it has been entered.',
    noCases: 'Nothing has come to its end yet.',
    notBegun: 'It has not begun.',
    reached: 'The goal is reached.',
    open: 'The goal is not reached yet.',
    missed: (day: string) => `The goal is not reached. It was to be by ${day}.`,
    green: 'on track',
    yellow: 'slightly behind',
    red: 'behind',
    'no-figure': 'Without a figure of today there is no light.',
    'no-start': 'Without a starting value there is no light.',
    'figure-older': 'The figure is older than the campaign. So there is no light.',
    cause: 'What has changed need not be the work of the campaign. What came by its links stands below.',
    cost: 'Cost of an application by the links',
    atMost: (amount: string) => `${amount} at most`,
    costOf: (cases: string) => `What was spent, divided by ${cases} applications received. These are whole tens, there may be more.`,
    few: 'Fewer than 20 applications came by the links.',
    'nothing-spent': 'No expenses have been entered.',
    'nobody-counts': 'Nobody counts yet what comes by the links.',
  },
  leicht: {
    title: 'Klappt das Ziel?',
    unmeasured: 'Diese Zahl rechnet noch niemand.',
    now: 'Heute',
    before: 'Am Anfang der Werbung',
    start: 'Von dieser Zahl an rechnen wir',
    goal: 'Ziel',
    until: (day: string) => `bis zum ${day}`,
    span: (from: string, until: string) => `vom ${from} bis zum ${until}`,
    services: (known: number, all: number) => `Gezählt für ${known} von ${all} Angeboten`,
    survey: (title: string, source: string, size: string, day: string) => `Umfrage vom ${day}: ${title}. ${source}. ${size} Menschen wurden gefragt`,
    unknown: 'wissen wir nicht',
    suppressed: 'zu wenige. Wir zeigen die Zahl nicht',
    noCount: 'Niemand hat gezählt: Wie viele Menschen kommen zum Amt, rufen an oder schreiben?',
    noSurvey: 'Es gibt noch keine Umfrage.',
    noCases: 'Es ist noch nichts fertig.',
    notBegun: 'Die Werbung hat noch nicht angefangen.',
    reached: 'Das Ziel ist geschafft.',
    open: 'Das Ziel ist noch nicht geschafft.',
    missed: (day: string) => `Das Ziel ist nicht geschafft. Es sollte bis zum ${day} klappen.`,
    green: 'Das klappt',
    yellow: 'Es fehlt wenig',
    red: 'Es fehlt viel',
    'no-figure': 'Es gibt keine Zahl von heute. Deshalb gibt es kein Licht.',
    'no-start': 'Es gibt keine Zahl vom Anfang. Deshalb gibt es kein Licht.',
    'figure-older': 'Die Zahl ist älter als die Werbung. Deshalb gibt es kein Licht.',
    cause: 'Die Zahl ist jetzt anders? Das kann auch andere Gründe haben.',
    cost: 'So viel kostet ein Antrag über die Links',
    atMost: (amount: string) => `höchstens ${amount}`,
    costOf: (cases: string) => `Wir teilen die Ausgaben durch ${cases} Anträge. Es können auch mehr sein.`,
    few: 'Es kamen weniger als 20 Anträge über die Links.',
    'nothing-spent': 'Niemand hat aufgeschrieben, was es gekostet hat.',
    'nobody-counts': 'Das zählt noch niemand.',
  },
});

export const percentText = (lang: Lang, percent: number): string => `${formatNumber(lang, percent, 2)} %`;
const KINDS = { green: 'success', yellow: 'warning', red: 'danger' } as const;

/** The rate of the goal today beside where it began and where it shall be; what is not known is said, with its reason. */
export async function goalPart(ctx: OutreachContext, campaign: Campaign, funnel: CampaignFunnel, lang: Lang): Promise<Html> {
  const t = texts(lang);
  const stands = await goalNow(ctx, campaign, funnel);
  if (stands === undefined) return section(t.title, html`<p class="kern-body">${t.unmeasured}</p>`, { id: 'ziel' });
  const { goal } = campaign;
  const facts = [
    { label: t.start, value: goal.fromPercent === undefined ? t.unknown : percentText(lang, goal.fromPercent) },
    stands.before === undefined ? { label: t.before, value: t.unknown, note: t.notBegun } : rateFact(t.before, stands.before, lang),
    rateFact(t.now, stands.now, lang),
    { label: t.goal, value: percentText(lang, goal.toPercent), note: t.until(formatDate(lang, goal.by)) },
    costFact(stands, lang),
  ];
  return section(t.title, html`${factList(facts)}${lightPart(stands, lang)}<p class="kern-body">${reachedText(ctx, campaign, stands, lang)} ${t.cause}</p>`, {
    id: 'ziel',
  });
}

function rateFact(label: string, rate: StandingRate, lang: Lang): { readonly label: string; readonly value: string; readonly note: string } {
  const t = texts(lang);
  const { share, days, survey, services } = rate;
  const day = (one: Temporal.PlainDate): string => formatDate(lang, one);
  const value = share.kind === 'known' ? percentText(lang, share.value * 100) : t[share.kind];
  if (survey !== undefined) return { label, value, note: t.survey(survey.title, survey.source, formatNumber(lang, survey.sampleSize), day(days!.until)) };
  if (days === undefined) return { label, value, note: t.noSurvey };
  const why = share.kind === 'unknown' ? (services === undefined ? t.noCases : t.noCount) : undefined;
  const of = services === undefined ? undefined : t.services(services.known, services.all);
  return { label, value, note: [t.span(day(days.from), day(days.until)), of, why].filter((one) => one !== undefined).join('. ') };
}

function lightPart({ light }: GoalNow, lang: Lang): Html {
  const t = texts(lang);
  if (typeof light === 'string') return html`<p class="kern-body k-muted">${t[light]}</p>`;
  return html`<p class="kern-body">${badge(KINDS[light.light], t[light.light])}<br><span class="k-muted">${light.rule[lang]}</span></p>`;
}

function reachedText({ clock }: Pick<OutreachContext, 'clock'>, { goal: { by } }: Campaign, { judged: { reached } }: GoalNow, lang: Lang): string {
  const t = texts(lang);
  if (reached === undefined) return '';
  if (reached) return t.reached;
  return Temporal.PlainDate.compare(by, legalDay(clock())) < 0 ? t.missed(formatDate(lang, by)) : t.open;
}

function costFact({ cost }: GoalNow, lang: Lang): { readonly label: string; readonly value: string; readonly note: string } {
  const t = texts(lang);
  if (cost.kind === 'unknown') return { label: t.cost, value: t.unknown, note: t[cost.because] };
  return { label: t.cost, value: t.atMost(formatAmount(lang, cost.cents)), note: t.costOf(formatNumber(lang, cost.cases)) };
}
