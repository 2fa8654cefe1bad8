import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import { checkboxGroup, confirmField, radioGroup } from '../../../platform/ui/form-choices.ts';
import { dateField, readDateField } from '../../../platform/ui/form-date.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { hiddenField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ServiceView } from '../application/context.ts';
import { OFFERED, typedCents } from '../application/offered.ts';
import type { Campaign, TypedCampaign } from '../domain/campaign.ts';
import { CAMPAIGNS } from './frame.ts';
import { campaignTexts, CHANNEL_WORDS, RATE_WORDS } from './texts.ts';

/** A day as somebody typed it, or `undefined`. */
export function typedDay(fields: URLSearchParams, name: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(readDateField(fields, name), { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** `12,5` as a number; NaN when it is none. */
const percentOf = (typed: string): number => (/^[-−]?\d{1,4}(?:[.,]\d{1,2})?$/.test(typed) ? Number(typed.replace(',', '.').replace('−', '-')) : Number.NaN);

/** What the form posted; what cannot be read is marked, never dropped. */
export function readCampaign(fields: URLSearchParams): TypedCampaign {
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const from = get('from');
  return {
    title: get('title'),
    titles: { en: get('titleEn'), leicht: get('titleLeicht') },
    aim: get('aim'),
    goal: {
      services: fields.getAll('services'),
      rate: OFFERED.rates.find((one) => one === get('rate')) ?? 'take-up',
      ...(from === '' ? {} : { fromPercent: percentOf(from) }),
      toPercent: percentOf(get('to')),
      by: typedDay(fields, 'by'),
    },
    audience: get('audience'),
    places: get('places').split('\n'),
    channels: OFFERED.channels.filter((one) => fields.getAll('channels').includes(one)),
    material: get('material'),
    budgetCents: typedCents(get('budget')),
    spentCents: typedCents(get('spent')),
    startsOn: typedDay(fields, 'startsOn'),
    endsOn: typedDay(fields, 'endsOn'),
    source: get('source'),
    ownPlacement: fields.get('own') === 'ja',
  };
}

const euros = (cents: number): string => `${Math.trunc(cents / 100)},${String(cents % 100).padStart(2, '0')}`;

/** A campaign as the form writes it. */
export function fieldsOf({ goal, ...one }: Campaign): URLSearchParams {
  const fields = new URLSearchParams({
    title: one.title,
    titleEn: one.titles.en,
    titleLeicht: one.titles.leicht,
    aim: one.aim,
    rate: goal.rate,
    from: goal.fromPercent === undefined ? '' : String(goal.fromPercent).replace('.', ','),
    to: String(goal.toPercent).replace('.', ','),
    by: goal.by.toString(),
    audience: one.audience,
    places: one.places.join('\n'),
    material: one.material,
    budget: euros(one.budgetCents),
    spent: euros(one.spentCents),
    startsOn: one.startsOn.toString(),
    endsOn: one.endsOn.toString(),
    source: one.source,
    own: one.ownPlacement ? 'ja' : '',
    version: String(one.version),
  });
  for (const channel of one.channels) fields.append('channels', channel);
  for (const service of goal.services) fields.append('services', service);
  return fields;
}

interface Shown {
  readonly fields: URLSearchParams;
  readonly services: readonly ServiceView[];
  readonly problem?: Problem | undefined;
}

/** The page with the form of a campaign. */
export function campaignFormPage(view: PageView, action: string, { fields, services, problem }: Shown): Html {
  const { lang } = view;
  const t = campaignTexts(lang);
  const problems = problem?.fields ?? [];
  const title = fields.has('version') ? t.edit : t.make;
  const main = html`${problem === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? problem.detail : undefined)}
${pageTitle(title)}${form({ action }, html`${formFields(fields, services, problems, lang)}${buttonRow(button({ label: t.save }))}`)}`;
  return page(view, { title, main, hasErrors: problem !== undefined, breadcrumb: [{ label: t.title, href: CAMPAIGNS }, { label: title }] });
}

function formFields(fields: URLSearchParams, services: readonly ServiceView[], problems: readonly FieldProblem[], lang: Lang): Html {
  const t = campaignTexts(lang);
  const field = (name: string) => ({ name, lang, value: fields.get(name) ?? '', ...errorOf(problems, name) });
  const version = fields.get('version');
  const choices = services.map(({ key, name }) => ({ value: key, label: name[lang] })).sort((a, b) => a.label.localeCompare(b.label, 'de'));
  return html`${version === null ? '' : hiddenField('version', version)}
${textField({ ...field('title'), label: t.name, hint: t.nameHint, maxLength: OFFERED.longest.title })}
${textField({ ...field('titleEn'), label: t.nameEn, maxLength: OFFERED.longest.title })}
${textField({ ...field('titleLeicht'), label: t.nameLeicht, maxLength: OFFERED.longest.title })}
${textArea({ ...field('aim'), label: t.aim, rows: 3, maxLength: OFFERED.longest.aim })}
${servicesPart(fields, choices, problems, lang)}
${radioGroup({ ...field('rate'), label: t.rate, hint: t.rateHint, options: OFFERED.rates.map((value) => ({ value, label: RATE_WORDS[value][lang] })) })}
${textField({ ...field('from'), label: t.from, hint: t.fromHint, required: false, inputmode: 'decimal', width: 's' })}
${textField({ ...field('to'), label: t.to, inputmode: 'decimal', width: 's' })}
${dateField({ ...field('by'), label: t.by })}
${textArea({ ...field('audience'), label: t.audience, rows: 3, maxLength: OFFERED.longest.audience })}
${textArea({ ...field('places'), label: t.places, hint: t.placesHint, required: false, rows: 4 })}
${checkboxGroup({ name: 'channels', lang, values: fields.getAll('channels'), ...errorOf(problems, 'channels'), label: t.channels, options: OFFERED.channels.map((value) => ({ value, label: CHANNEL_WORDS[value][lang] })) })}
${textArea({ ...field('material'), label: t.material, required: false, rows: 3, maxLength: OFFERED.longest.material })}
${textField({ ...field('budget'), label: t.budget, hint: t.moneyHint, inputmode: 'decimal', width: 'm' })}
${textField({ ...field('spent'), label: t.spent, required: false, inputmode: 'decimal', width: 'm' })}
${dateField({ ...field('startsOn'), label: t.startsOn })}
${dateField({ ...field('endsOn'), label: t.endsOn })}
${textArea({ ...field('source'), label: t.source, hint: t.sourceHint, rows: 2, maxLength: OFFERED.longest.source })}
${confirmField({ name: 'own', lang, label: t.own, required: false, checked: fields.get('own') === 'ja' })}`;
}

/** Most campaigns are of the whole city or of one service: the list of all stands folded until somebody wants it. */
function servicesPart(
  fields: URLSearchParams,
  options: readonly { readonly value: string; readonly label: string }[],
  problems: readonly FieldProblem[],
  lang: Lang,
): Html {
  const t = campaignTexts(lang);
  const values = fields.getAll('services');
  const error = errorOf(problems, 'services');
  // what somebody sent and the city does not have stands there, so that it can be taken away
  const strange = values.filter((one) => !options.some(({ value }) => value === one)).map((value) => ({ value, label: value }));
  const group = checkboxGroup({
    name: 'services',
    lang,
    values,
    ...error,
    label: t.services,
    hint: t.servicesHint,
    required: false,
    options: [...strange, ...options],
  });
  return accordion(t.chooseServices, group, { open: values.length > 0 });
}
