import type { Problem } from '../../../kernel/problem.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { errorSummary, linkButton, buttonRow } from '../../../platform/ui/form-frame.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { mapView } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ReportsContext } from '../application/context.ts';
import type { EventDetails } from '../application/read-reports.ts';
import type { Member } from '../domain/event.ts';
import type { KeptLink } from '../application/read-reports.ts';
import { contradictionItem } from './contradiction-part.ts';
import { eventForms, reportForms, undoForm, type Refused } from './event-forms.ts';
import { ageMark, eventMarks, eventPath, reportsPath, stateBadge } from './list-page.ts';
import { CATEGORY_NAMES, ORIGIN_NAMES } from './names.ts';
import { reportTexts } from './texts.ts';

/** An event with all its reports side by side, why they are together, and what a person can decide. */
export function eventPage(ctx: ReportsContext, view: PageView, details: EventDetails, refused?: Refused): Html {
  const { lang, now } = view;
  const t = reportTexts(lang);
  const { event, reports, view: entered } = details;
  const title = `${t.event} ${event.number}: ${CATEGORY_NAMES[lang][event.category]}`;
  const facts = factList([
    { label: t.grade, value: `${event.reliability}${event.credibility}`, note: t.gradeHint },
    { label: t.sources, value: t.independent(event.sources) },
    { label: t.reports, value: String(event.members) },
    { label: t.last, value: ageMark(event.eventAt, now, lang) },
  ]);
  const task = ctx.taskHref?.(entered, { title: CATEGORY_NAMES.de[event.category], ref: `report:${event.id}` });
  const ways = buttonRow(
    task === undefined ? undefined : linkButton({ label: t.task, href: task, icon: 'add' }),
    linkButton({ label: t.onMap, href: `/lagen/${entered.lage.key}/karte?objekt=report:${event.id}${event.hidden ? '-neu' : ''}`, kind: 'secondary' }),
  );
  const shown = event.members > reports.length ? html`<p class="kern-body">${t.shown(reports.length, event.members)}</p>` : '';
  const main = html`${summary(refused?.problem, lang)}
${pageTitle(title, { badge: html`${stateBadge(event.state, lang)} ${eventMarks(event, lang)}` })}${facts}${ways}${placesPart(details, lang)}
${
  details.contradictions.length === 0
    ? ''
    : section(
        t.contradictions,
        details.contradictions.map((one) => contradictionItem(one, details, lang, refused)),
      )
}
${section(t.reports, html`${shown}<p class="kern-hint">${t.groupsLead}</p><ol class="k-statements">${reports.map((report) => reportItem(details, report, now, lang, refused))}</ol>`)}
${eventForms(details, lang, refused)}
${historyPart(details, lang, refused)}${judgementsPart(details, lang)}`;
  return page(view, {
    title,
    main,
    wide: true,
    hasErrors: refused !== undefined,
    scripts: ['map'],
    breadcrumb: [{ label: t.title, href: reportsPath(entered.lage.key) }, { label: title }],
  });
}

const summary = (problem: Problem | undefined, lang: Lang): Html | undefined => (problem === undefined ? undefined : errorSummary([], lang, problem.detail));

function placesPart({ reports }: EventDetails, lang: Lang): Html {
  const t = reportTexts(lang);
  const placed = reports.flatMap(({ lon, lat }, index) =>
    lon === null || lat === null
      ? []
      : [{ position: { lon, lat }, label: String(index + 1), text: reports[index]!.sourceName, href: `#m-${reports[index]!.id}` }],
  );
  return placed.length === 0 ? html`` : mapView({ lang, title: t.place, places: placed.slice(0, 20) });
}

/** Which independent source a report belongs to, counted from 1. */
const groupOf = ({ sources }: EventDetails, { id }: Member): number => sources.findIndex((group) => group.includes(id)) + 1;

function reportItem(details: EventDetails, report: Member, now: Temporal.Instant, lang: Lang, refused?: Refused): Html {
  const t = reportTexts(lang);
  const group = groupOf(details, report);
  const sigma = report.uncertaintyMetres;
  const where =
    report.lon === null || report.lat === null
      ? t.noPlace
      : `${formatNumber(lang, report.lat, 5)}, ${formatNumber(lang, report.lon, 5)} ${sigma === null ? '' : t.metres(formatNumber(lang, sigma))}`;
  const pictures = report.pictures.map(
    (sha256) => html`<p><a class="kern-link" href="${`${reportsPath(details.view.lage.key)}/meldung/${report.id}/bild/${sha256}`}">${t.picture}</a></p>`,
  );
  const collapsed =
    report.collapsed === 0
      ? ''
      : html`<p class="kern-hint">${t.collapsed(report.collapsed)}</p><p class="kern-body k-typed" lang="de">${report.collapsedText ?? ''}</p>`;
  return html`<li id="m-${report.id}"><article class="kern-card k-card"><div class="kern-card__container"><header class="kern-card__header"><h3 class="kern-title">${report.sourceName}${report.organisation === null ? '' : ` (${report.organisation})`}</h3>${stateBadge(report.state, lang)}${report.originRef === null ? '' : badge('neutral', t.copied)}</header>
<div class="kern-card__body"><p class="kern-body k-typed" lang="de">${report.text}</p>${collapsed}${pictures}
<p class="kern-hint">${ORIGIN_NAMES[lang][report.origin]} · ${group === 0 ? '' : `${t.sourceGroup(group)} · `}${report.reliability}${report.credibility} · ${CATEGORY_NAMES[lang][report.category]} · ${where}<br>${t.happened} ${ageMark(report.eventAt, now, lang)}, ${t.received} ${formatInstant(lang, report.receivedAt)}</p>
${reportForms(details, report, lang, refused)}</div></div></article></li>`;
}

const REASONS = { repost: 'reasonRepost', 'same-text': 'reasonSame', alike: 'reasonAlike' } as const;

function historyPart(details: EventDetails, lang: Lang, refused?: Refused): Html {
  const t = reportTexts(lang);
  const { links } = details;
  if (links.length === 0) return html``;
  return section(
    t.history,
    html`<ol class="kern-list">${links.map((link) => html`<li id="v-${link.id}">${linkItem(details, link, lang)}${undoForm(details, link, lang, refused)}</li>`)}</ol>`,
  );
}

function linkItem({ event, others, reports, view }: EventDetails, link: KeptLink, lang: Lang): Html {
  const t = reportTexts(lang);
  const other = others.get(link.toEvent === event.id ? (link.fromEvent ?? '') : link.toEvent);
  const name = other === undefined ? '–' : String(other.number);
  const what = {
    join: t.joined,
    merge: t.merged(name),
    split: t.wasSplit,
    undo: t.wasUndone,
    proposal: t.proposal(name),
  }[link.kind];
  const why = link.reason === 'person' ? link.words : t[REASONS[link.reason]];
  const who = link.memberName ?? t.byRule;
  const score = link.score === null ? '' : `, ${t.score(Math.round(link.score * 100))}`;
  const moved = link.moved.map((id) => reports.find((one) => one.id === id)?.sourceName).filter((one) => one !== undefined);
  const way = other === undefined || other.members === 0 ? what : html`<a class="kern-link" href="${eventPath(view.lage.key, other.id)}">${what}</a>`;
  return html`${way}${moved.length === 0 ? '' : ` (${moved.slice(0, 5).join(', ')})`}: ${why}${score} · ${who}, ${formatInstant(lang, link.at)} ${link.undone ? badge('neutral', t.undone) : ''}`;
}

function judgementsPart({ assessments, reports }: EventDetails, lang: Lang): Html {
  const t = reportTexts(lang);
  if (assessments.length === 0) return html``;
  const words = { confirm: t.confirm, refuse: t.refuse, reopen: t.reopen, grade: t.regrade };
  return section(
    t.judgements,
    html`<ul class="kern-list">${assessments.map(
      (one) =>
        html`<li>${words[one.action]}: ${reports.find(({ id }) => id === one.reportId)?.sourceName ?? ''} (${one.reliability}${one.credibility})${one.reason === '' ? '' : html` – <span class="k-typed">${one.reason}</span>`} · ${one.memberName}, ${formatInstant(lang, one.at)}</li>`,
    )}</ul>`,
  );
}
