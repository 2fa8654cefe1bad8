import { getPage, html as answerHtml, problemPage, type AnyRoute } from '../../../platform/http/route.ts';
import { alert, card, cardGrid, emptyState } from '../../../platform/ui/alert.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { keepsStrategy, type CockpitContext } from '../application/context.ts';
import { followMeasures, type Followed } from '../application/follow-measures.ts';
import { standing, type Standing } from '../application/read-strategy.ts';
import { LIGHT_WORDS } from '../application/reason-words.ts';
import { model } from '../application/model.ts';
import type { Kind } from '../domain/items.ts';
import type { LightCounts } from '../domain/status.ts';
import { followTable, offTrack } from './chain-parts.ts';
import { followParts } from './follow-parts.ts';
import { followTexts } from './follow-texts.ts';
import { dayAsked, fieldHref, HOME, unitHref, type Frame } from './frame.ts';
import { asOfForm, measureTable, plainWords, provenanceWords, standsOnPart, words } from './parts.ts';
import { cockpitTexts } from './texts.ts';

const { belonging, countLights, fieldsInOrder, LIGHTS, measuresOfField, noItem } = model;

/** The strategy at a glance, and each of its fields. */
export function overviewPages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [
    getPage(HOME, 'public', async (visit) => {
      const { day, wrong } = dayAsked(visit);
      const asked = { typed: visit.query.get('stand') ?? '', wrong: wrong === true };
      const stands = await standing(ctx, day);
      const followed = stands.past || stands.strategy.measure.size === 0 ? undefined : await followMeasures(ctx, stands, { charts: false });
      return answerHtml(overviewPage(frame(visit), stands, { asked, followed, connected: ctx.indicators !== undefined }));
    }),
  ];
}

/** Its address looks like any other below /strategie, so it stands behind them all. */
export function fieldPages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [
    getPage(`${HOME}/:field`, 'public', async (visit) => {
      const stands = await standing(ctx, dayAsked(visit).day);
      const field = stands.strategy.field.get(visit.params['field']!);
      return field === undefined ? problemPage(noItem) : answerHtml(fieldPage(frame(visit), stands, field));
    }),
  ];
}

const countWords = (counts: LightCounts, lang: Lang): string =>
  [...LIGHTS, 'none' as const]
    .filter((light) => counts[light] > 0)
    .map((light) => `${counts[light]} ${LIGHT_WORDS[light][lang]}`)
    .join(', ');

interface Beside {
  readonly asked: { readonly typed: string; readonly wrong: boolean };
  /** Of a day gone by there is none. */
  readonly followed: Followed | undefined;
  readonly connected: boolean;
}

function overviewPage(view: PageView, stands: Standing, { asked, followed, connected }: Beside): Html {
  const { lang } = view;
  const t = cockpitTexts(lang);
  const tf = followTexts(lang);
  const { strategy } = stands;
  const main = html`${pageTitle(t.title, { lead: t.lead })}
${standsOnPart(stands, lang, HOME)}
${strategy.field.size === 0 ? emptyState({ title: t.empty, body: t.emptyBody }) : fieldCards(stands, lang)}
${strategy.measure.size === 0 ? '' : section(tf.offTrack, followTable(stands, offTrack(stands), lang, { caption: tf.offTrack, empty: tf.allOnTrack }), { id: 'lage' })}
${followed === undefined ? '' : followParts(stands, followed, lang)}
${section(t.more, morePart(view, connected))}
${unitsPart(view, stands)}
${asOfForm(lang, HOME, asked.typed, asked.wrong)}
${view.demo ? alert('info', t.demo) : ''}`;
  return page(view, { title: t.title, main, frame: true });
}

function fieldCards(stands: Standing, lang: Lang): Html {
  const { strategy, statuses } = stands;
  const t = cockpitTexts(lang);
  const cards = fieldsInOrder(strategy).map((field) => {
    const [vision] = belonging(strategy, 'vision', (one) => one.field === field.key);
    const counts = countLights(measuresOfField(strategy, field.key).map(({ key }) => statuses.get(key)!));
    return card({
      title: plainWords(field.title, lang),
      href: stands.past ? `${fieldHref(field.key)}?stand=${stands.day.toString()}` : fieldHref(field.key),
      ...(vision === undefined ? {} : { body: html`<p class="kern-body">${words(vision.text, lang)}</p>` }),
      footer: html`<p class="kern-body">${countWords(counts, lang) || t.noMeasures}</p>`,
      level: 3,
    });
  });
  return section(t.fields, cardGrid(cards));
}

function morePart({ lang, actor }: PageView, connected: boolean): Html {
  const t = cockpitTexts(lang);
  const reads = actor.kind === 'staff' && actor.roles.some((role) => role === 'strategie' || role === 'leitung' || role === 'revision');
  const edits = actor.kind === 'staff' && actor.roles.some((role) => role === 'strategie' || role === 'leitung');
  const links: readonly (readonly [string, string])[] = [
    ...(reads ? [[t.senate, `${HOME}/senat`] as const] : []),
    ...(edits ? [[t.edit, `${HOME}/bearbeiten`] as const, [t.desk, `${HOME}/kommentare`] as const] : []),
    [t.decisions, `${HOME}/entscheidungen`],
    [t.trace, `${HOME}/spur`],
    [t.reports, `${HOME}/berichte`],
    ...(connected ? [[t.indicators, `${HOME}/kennzahlen`] as const] : []),
    [t.burden, `${HOME}/aufwand`],
    [t.data, `${HOME}/daten`],
  ];
  return html`<ul class="kern-list">${links.map(([label, href]) => html`<li><a class="kern-link" href="${href}">${label}</a></li>`)}</ul>`;
}

function unitsPart({ lang, actor }: PageView, { strategy }: Standing): Html | undefined {
  if (actor.kind !== 'staff') return undefined;
  const mine = [...strategy.unit.values()].filter(({ key }) => keepsStrategy(actor) || actor.authorities.includes(key));
  if (mine.length === 0) return undefined;
  const list = html`<ul class="kern-list">${mine.map((unit) => html`<li><a class="kern-link" href="${unitHref(unit.key)}">${words(unit.title, lang)}</a></li>`)}</ul>`;
  return section(cockpitTexts(lang).units, list);
}

function fieldPage(view: PageView, stands: Standing, field: Kind<'field'>): Html {
  const { lang } = view;
  const t = cockpitTexts(lang);
  const { strategy } = stands;
  const visions = belonging(strategy, 'vision', (one) => one.field === field.key);
  const parts = visions.map((vision) => {
    const priorities = belonging(strategy, 'priority', (one) => one.vision === vision.key);
    return html`${section(t.vision, html`<p class="k-lead">${words(vision.text, lang)}</p><p class="kern-body">${provenanceWords(vision.provenance, lang)}</p>`, { id: vision.key })}
${priorities.map((priority) => priorityPart(stands, priority, lang))}`;
  });
  const title = plainWords(field.title, lang);
  const main = html`${pageTitle(title, { preline: t.field, lead: provenanceWords(field.provenance, lang) })}
${standsOnPart(stands, lang, fieldHref(field.key))}
${parts}${visions.length === 0 ? html`<p class="kern-body">${t.noMeasures}</p>` : ''}`;
  return page(view, { title, main, breadcrumb: [{ label: t.title, href: HOME }, { label: title }] });
}

function priorityPart(stands: Standing, priority: Kind<'priority'>, lang: Lang): Html {
  const t = cockpitTexts(lang);
  const measures = belonging(stands.strategy, 'measure', (one) => one.priority === priority.key);
  const title = plainWords(priority.title, lang);
  return section(
    title,
    html`<p class="kern-body"><span class="k-muted">${t.priority}.</span> ${provenanceWords(priority.provenance, lang)}</p>${measureTable(stands, measures, lang, { caption: title })}`,
    {
      id: priority.key,
    },
  );
}
