import { isFileNumber } from '../../../kernel/id.ts';
import { withOrigin } from '../../../platform/http/origin.ts';
import { alert, badge, card, cardGrid } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton, searchForm } from '../../../platform/ui/form-frame.ts';
import { formatInstant, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Happening, PlaceNow, ShownService, WarningNow } from '../application/context.ts';
import type { Finding } from '../application/find.ts';
import type { Situation } from '../domain/situation.ts';
import { entranceTexts } from './texts.ts';

/** What the front door shows; a part without content is left out. */
export interface FrontDoor {
  readonly query: string;
  readonly findings: readonly Finding[];
  /** The query as it was understood, where it was misspelt. */
  readonly meant?: string | undefined;
  readonly situations: readonly Situation[];
  readonly used: readonly ShownService[];
  readonly happening: readonly Happening[];
  readonly warnings: readonly WarningNow[];
  /** Absent: the city has no such desk. */
  readonly places?: readonly PlaceNow[] | undefined;
  readonly helper: boolean;
  readonly help: boolean;
  readonly origin: string | undefined;
}

export function frontDoorPage(view: PageView, door: FrontDoor): Html {
  const { lang } = view;
  const t = entranceTexts(lang);
  const { query, origin } = door;
  const hidden = origin === undefined ? {} : { hidden: { k: origin } };
  const warnings = door.warnings.map(({ title, href }) =>
    alert('warning', t.warning, html`<p class="kern-body"><a class="kern-link" href="${href}">${title}</a></p>`),
  );
  const main = html`${pageTitle(t.title, { lead: t.lead })}
${warnings}
${searchForm({ action: '/', name: 'q', label: t.search, hint: t.searchHint, lang, value: query, ...hidden })}
${query === '' ? waysIn(door, lang) : results(door, lang)}
${section(t.ways, ways(door, lang))}
${query === '' ? html`${happening(door, lang)}${placesPart(door.places, lang)}` : ''}`;
  return page(view, { title: t.title, main, frame: true });
}

function results({ query, findings, meant, origin }: FrontDoor, lang: Lang): Html {
  const t = entranceTexts(lang);
  const kinds = { service: t.kindService, situation: t.kindSituation, page: t.kindPage, elsewhere: t.kindElsewhere };
  const hint =
    meant === undefined
      ? ''
      : html`<p class="kern-body">${t.meant} <a class="kern-link" href="${withOrigin(`/?q=${encodeURIComponent(meant)}`, origin)}">${meant}</a></p>`;
  const number = isFileNumber(query.replaceAll(/\s/g, ''))
    ? html`${alert('info', t.numberTitle, t.numberBody)}${buttonRow(linkButton({ label: t.status, href: '/status', kind: 'secondary' }))}`
    : '';
  if (number !== '') return section(t.hits(0, query), number);
  if (findings.length === 0) return section(t.hits(0, query), html`${hint}${alert('info', t.noHits, t.noHitsBody)}`);
  const cards = findings.map(({ kind, name, path, summary, elsewhere }) =>
    card({
      title: name,
      preline: kinds[kind],
      body: summary,
      ...(path === undefined ? {} : { href: kind === 'page' ? path : withOrigin(path, origin) }),
      ...(elsewhere === undefined ? {} : { footer: sourceOf(elsewhere, lang) }),
    }),
  );
  return section(t.hits(findings.length, query), html`${hint}${cardGrid(cards)}`);
}

function sourceOf({ source, checked, link }: NonNullable<Finding['elsewhere']>, lang: Lang): Html {
  const t = entranceTexts(lang);
  const read = link === undefined ? '' : html` <a class="kern-link" href="${link}">${t.readSource}<span class="kern-sr-only">: ${source}</span></a>`;
  return html`<p class="k-muted">${t.source(source, formatShortDate(lang, Temporal.PlainDate.from(checked)))}${read}</p>`;
}

function waysIn({ situations, used, origin }: FrontDoor, lang: Lang): Html {
  const t = entranceTexts(lang);
  const all = html`<a class="kern-link" href="${withOrigin('/leistungen', origin)}">${t.all}</a>`;
  const often =
    used.length === 0
      ? ''
      : section(t.used, wayList(used.map((pkg) => ({ label: pkg.name[lang], href: withOrigin(`/leistungen/${pkg.key}`, origin), note: pkg.summary[lang] }))));
  const cards = situations.map((one) =>
    card({ title: one.name[lang], href: withOrigin(`/lebenslagen/${one.key}`, origin), body: one.lead[lang], icon: one.icon }),
  );
  return html`${section(t.situations, cardGrid(cards), { aside: all })}${often}`;
}

/** Links with what they are for: lighter than cards, for what people scan. */
const wayList = (items: readonly { readonly label: string; readonly href: string; readonly note: string }[]): Html =>
  html`<ul class="k-ways">${items.map(({ label, href, note }) => html`<li><a class="kern-link" href="${href}">${label}</a><br><span class="k-muted">${note}</span></li>`)}</ul>`;

function ways({ helper, help, places }: FrontDoor, lang: Lang): Html {
  const t = entranceTexts(lang);
  return wayList([
    { label: t.status, href: '/status', note: t.statusBody },
    { label: t.waiting, href: '/wartezeiten', note: t.waitingBody },
    { label: t.finder, href: '/finden', note: t.finderBody },
    ...(helper ? [{ label: t.helper, href: '/online-ausweis', note: t.helperBody }] : []),
    ...(help && places === undefined ? [{ label: t.help, href: '/hilfe-vor-ort', note: t.helpBody }] : []),
  ]);
}

function happening({ happening: rows }: FrontDoor, lang: Lang): Html | string {
  const t = entranceTexts(lang);
  if (rows.length === 0) return '';
  const items = rows.map(
    ({ title, href, until }) =>
      html`<li><a class="kern-link" href="${href}">${title}</a> <span class="k-muted">${t.until(formatShortDate(lang, until))}</span></li>`,
  );
  return section(t.now, html`<ul class="kern-list">${items}</ul>`);
}

/** Places where people help, with who waits there. Shown on the front door and with the waiting times. */
export function placesPart(places: readonly PlaceNow[] | undefined, lang: Lang): Html | string {
  const t = entranceTexts(lang);
  if (places === undefined) return '';
  const table = dataTable(
    [
      {
        label: t.place,
        rowHeader: true,
        cell: ({ name, href }: PlaceNow) => (href === undefined ? name : html`<a class="kern-link" href="${href}">${name}</a>`),
      },
      {
        label: t.nowTitle,
        cell: ({ open, opening }) => (open || opening === undefined ? badge(open ? 'success' : 'neutral', open ? t.open : t.closed) : opening),
      },
      { label: t.queueTitle, cell: ({ open, waiting }) => (!open || waiting === undefined ? '–' : t.queue(waiting)) },
      { label: t.wait, cell: ({ open, minutes }) => (!open ? '–' : minutes === undefined ? t.minutesUnknown : t.minutes(minutes)) },
    ],
    places,
    { caption: t.places, captionHidden: true, lang },
  );
  const oldest = places.map(({ asOf }) => asOf).toSorted(Temporal.Instant.compare)[0];
  const more = html`<a class="kern-link" href="/hilfe-vor-ort">${t.morePlaces}</a>`;
  return section(t.places, html`${table}${oldest === undefined ? '' : html`<p class="k-muted">${t.asOf(formatInstant(lang, oldest))}</p>`}`, { aside: more });
}

/** What others needed next, as a part of any page; nothing where too few did. */
export function nextPart(services: readonly ShownService[], lang: Lang, origin?: string): Html | undefined {
  if (services.length === 0) return undefined;
  const t = entranceTexts(lang);
  const items = services.map(
    (pkg) => html`<li><a class="kern-link" href="${withOrigin(`/leistungen/${pkg.key}`, origin)}">${pkg.name[lang]}</a>: ${pkg.summary[lang]}</li>`,
  );
  return section(t.next, html`<ul class="kern-list">${items}</ul><p class="k-muted">${t.nextNote}</p>`);
}
