import { FEWEST } from '../../../kernel/few.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { dateField, readDateField } from '../../../platform/ui/form-date.ts';
import { button, buttonForm, buttonRow, errorOf, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textField } from '../../../platform/ui/form.ts';
import { formatNumber, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, LANGS, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import type { OutreachContext } from '../application/context.ts';
import type { CountedLink, Excluded } from '../application/links.ts';
import { followRules, OFFERED } from '../application/offered.ts';
import { shortAddress } from '../application/posters.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { Exclusion } from '../domain/follow.ts';
import type { TypedLink } from '../domain/link.ts';
import { typedDay } from './campaign-form.ts';
import { CAMPAIGNS } from './frame.ts';
import { linkTexts } from './link-texts.ts';
import { CHANNEL_WORDS, EXCLUSION_WORDS } from './texts.ts';

/** A count as it may be shown: fewer than ten can be somebody, and nobody is fewer than ten. */
export const shownCount = (n: number, lang: Lang): string => (n < FEWEST ? linkTexts(lang).few : formatNumber(lang, n));

export function readLink(fields: URLSearchParams): TypedLink {
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  return {
    target: get('target'),
    channel: get('channel'),
    place: get('place'),
    material: get('material'),
    ...(readDateField(fields, 'endsOn') === '' ? {} : { endsOn: typedDay(fields, 'endsOn') ?? null }),
  };
}

interface LinkPart {
  readonly campaign: Campaign;
  readonly links: readonly CountedLink[];
  /** What was left out on the campaign's landing pages. */
  readonly onPages: readonly Excluded[];
  readonly writes: boolean;
  readonly fields: URLSearchParams | undefined;
  readonly problems: readonly FieldProblem[];
}

/** The links of a campaign with their codes and figures, what was left out, and the form of a new one. */
export function linkPart(ctx: OutreachContext, { campaign, links, onPages, writes, fields, problems }: LinkPart, lang: Lang): Html {
  const t = linkTexts(lang);
  const base = `${CAMPAIGNS}/${campaign.id}`;
  const table = dataTable<CountedLink>(
    [
      {
        label: t.address,
        rowHeader: true,
        cell: ({ code }) => html`<a class="kern-link" href="/k/${code}" rel="nofollow">${shortAddress(ctx, code)}</a>`,
      },
      {
        label: t.channel,
        cell: (one) => html`<span>${CHANNEL_WORDS[one.channel][lang]}${one.place === '' ? '' : html`, <span lang="de">${one.place}</span>`}</span>`,
      },
      { label: t.target, cell: ({ target }) => target },
      { label: t.followed, numeric: true, cell: ({ followed }) => shownCount(followed, lang) },
      { label: t.excluded, numeric: true, cell: ({ excluded }) => shownCount(sumOf(excluded), lang) },
      { label: t.files, cell: (link) => linkFiles(ctx, base, link, writes, lang) },
    ],
    links,
    { caption: t.links, captionHidden: true, lang, empty: t.none },
  );
  const lead = html`<p class="kern-body">${t.linksLead} ${t.since}</p>`;
  const make =
    writes && campaign.state !== 'ended'
      ? accordion(t.makeTitle, linkForm(`${base}/links`, fields, problems, lang), { open: fields !== undefined || links.length === 0 })
      : '';
  return section(t.links, html`${lead}${table}${make}${rulesPart(ctx, [...links.map(({ excluded }) => excluded), ...onPages], lang)}`, { id: 'links' });
}

/** What was left out by all rules. */
export const sumOf = (excluded: Excluded): number => OFFERED.exclusions.reduce((sum, rule) => sum + excluded[rule], 0);

function linkFiles(ctx: OutreachContext, base: string, { code, endedAt, endsOn }: CountedLink, writes: boolean, lang: Lang): Html {
  const t = linkTexts(lang);
  const file = (name: string, label: string): Html =>
    html`<li><a class="kern-link" href="${base}/links/${code}/${name}">${label}<span class="kern-sr-only"> ${code}</span></a></li>`;
  const print = (name: string, label: string): Html => {
    const links = LANGS.map(
      (one, index) =>
        html`${index === 0 ? ' ' : ', '}<a class="kern-link" href="${base}/links/${code}/${name}?lang=${one}"><span class="kern-sr-only">${label} ${code}, </span>${t[one]}</a>`,
    );
    return html`<li>${label}:${links}</li>`;
  };
  const ended =
    endedAt !== undefined
      ? html`<p class="kern-body">${t.stopped}</p>`
      : endsOn === undefined
        ? ''
        : html`<p class="kern-body">${t.until} ${formatShortDate(lang, endsOn)}</p>`;
  // as a file: drawn when somebody scrolls there, not a hundred times within the page
  const qr = html`<img class="k-qr" src="${base}/links/${code}/qr.svg" alt="${t.qrLabel} ${shortAddress(ctx, code)}" width="88" height="88" loading="lazy">`;
  const stop = writes && endedAt === undefined ? buttonForm(`${base}/links/${code}/ende`, { label: t.stop, kind: 'tertiary', small: true, context: code }) : '';
  return html`<div class="k-link-files">${qr}<ul class="kern-list">${file('qr.svg', t.qr)}${print('plakat.pdf', t.poster)}${print('handzettel.pdf', t.handbill)}</ul>${ended}${stop}</div>`;
}

function linkForm(action: string, fields: URLSearchParams | undefined, problems: readonly FieldProblem[], lang: Lang): Html {
  const t = linkTexts(lang);
  const field = (name: string) => ({ name, lang, value: fields?.get(name) ?? '', ...errorOf(problems, name) });
  return form(
    { action },
    html`${textField({ ...field('target'), label: t.target, hint: t.targetHint, spellcheck: false })}
${selectField({ ...field('channel'), label: t.channel, empty: true, options: OFFERED.channels.map((value) => ({ value, label: CHANNEL_WORDS[value][lang] })) })}
${textField({ ...field('place'), label: t.place, required: false })}
${textField({ ...field('material'), label: t.material, required: false })}
${dateField({ ...field('endsOn'), label: t.until, hint: t.untilHint, required: false })}
${buttonRow(button({ label: t.make }))}`,
  );
}

/** The rules in force with their text, and how often each left something out. */
function rulesPart(ctx: OutreachContext, leftOut: readonly Excluded[], lang: Lang): Html {
  const t = linkTexts(lang);
  const rules = followRules(ctx);
  const { burst } = rules;
  const texts: Record<Exclusion, string> = {
    robot: t.ruleRobot,
    ahead: t.ruleAhead,
    repeat: t.ruleRepeat(rules.perReaderAndHour),
    burst: t.ruleBurst(burst.atLeast, burst.minutes, burst.factor, Math.round(burst.deviceShare * 100)),
  };
  const table = dataTable<Exclusion>(
    [
      { label: t.rule, rowHeader: true, cell: (rule) => html`${EXCLUSION_WORDS[rule][lang]}` },
      { label: t.rules, cell: (rule) => texts[rule] },
      {
        label: t.count,
        numeric: true,
        cell: (rule) =>
          shownCount(
            leftOut.reduce((sum, excluded) => sum + excluded[rule], 0),
            lang,
          ),
      },
    ],
    OFFERED.exclusions,
    { caption: t.rules, captionHidden: true, lang },
  );
  const since = t.ruleSince(formatShortDate(lang, Temporal.PlainDate.from(rules.from)));
  return accordion(t.rules, html`<p class="kern-body">${t.rulesLead}</p>${table}<p class="kern-hint">${since}</p>`);
}
