import { getPage, html as answerHtml, problemPage, type AnyRoute } from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { actsFor, type CockpitContext, type KnownService } from '../application/context.ts';
import { followMeasures, type Followed } from '../application/follow-measures.ts';
import { standing, type Standing } from '../application/read-strategy.ts';
import { model } from '../application/model.ts';
import { unitFigures } from '../application/unit-figures.ts';
import type { Kind } from '../domain/items.ts';
import { followTable } from './chain-parts.ts';
import { followParts } from './follow-parts.ts';
import { followTexts } from './follow-texts.ts';
import { HOME, measureHref, READERS, type Frame } from './frame.ts';
import { editLink, milestoneState, riskTable } from './measure-page.ts';
import { plainWords, shortDay, words } from './parts.ts';
import { cockpitTexts } from './texts.ts';
import { serviceTable } from './trace-parts.ts';

const { belonging, noItem } = model;

/** Milestones due within so many days are shown. */
const SOON_DAYS = 60;

/** For one unit: its own measures, what is due, its risks. */
export function unitPages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [
    getPage(`${HOME}/stelle/:unit`, READERS, async (visit) => {
      const stands = await standing(ctx);
      const unit = stands.strategy.unit.get(visit.params['unit']!);
      if (unit === undefined) return problemPage(noItem);
      const measures = belonging(stands.strategy, 'measure', (one) => one.unit === unit.key);
      const followed = await followMeasures(ctx, stands, { only: new Set(measures.map(({ key }) => key)) });
      return answerHtml(unitPage(frame(visit), stands, unit, { measures, followed, figures: await unitFigures(ctx, unit.key), services: ctx.services() }));
    }),
  ];
}

interface Beside {
  readonly measures: readonly Kind<'measure'>[];
  readonly followed: Followed;
  readonly figures: Awaited<ReturnType<typeof unitFigures>>;
  readonly services: readonly KnownService[];
}

function unitPage(view: PageView, stands: Standing, unit: Kind<'unit'>, { measures, followed, figures, services }: Beside): Html {
  const { lang } = view;
  const [t, tf] = [cockpitTexts(lang), followTexts(lang)];
  const { strategy } = stands;
  const edits = actsFor(view.actor, unit.key);
  const own = new Set(measures.map(({ key }) => key));
  const risks = belonging(strategy, 'risk', (one) => one.closedOn === undefined && (own.has(one.measure) || one.owner === unit.key));
  const more = buttonRow(
    linkButton({ label: tf.newMilestone, href: `${HOME}/bearbeiten/milestone`, kind: 'secondary' }),
    linkButton({ label: tf.newRisk, href: `${HOME}/bearbeiten/risk`, kind: 'secondary' }),
    linkButton({ label: t.desk, href: `${HOME}/kommentare`, kind: 'secondary' }),
  );
  const title = plainWords(unit.title, lang);
  const main = html`${pageTitle(title, { preline: t.unit, lead: tf.unitLead })}
${section(t.measures, followTable(stands, measures, lang, { caption: t.measures, empty: t.none, unit: false }))}
${section(tf.dueSoon, dueTable(stands, own, edits, lang))}
${section(t.risks, riskTable(stands, risks, lang, edits))}
${figures === undefined || figures.size === 0 ? '' : section(tf.unitServices, html`<p class="kern-body">${tf.unitServicesNote}</p>${serviceTable(figures, services, lang)}`, { id: 'leistungen' })}
${measures.length === 0 ? '' : followParts(stands, followed, lang)}
${edits ? more : ''}`;
  return page(view, { title, main, wide: true, breadcrumb: [{ label: t.title, href: HOME }, { label: title }] });
}

function dueTable({ strategy, day }: Standing, measures: ReadonlySet<string>, edits: boolean, lang: Lang): Html {
  const [t, tf] = [cockpitTexts(lang), followTexts(lang)];
  const until = day.add({ days: SOON_DAYS }).toString();
  const due = belonging(strategy, 'milestone', (one) => measures.has(one.measure) && one.doneOn === undefined && one.dueOn <= until).toSorted((a, b) =>
    a.dueOn < b.dueOn ? -1 : 1,
  );
  return dataTable<Kind<'milestone'>>(
    [
      { label: t.milestone, rowHeader: true, cell: ({ title }) => words(title, lang) },
      {
        label: t.measure,
        cell: ({ measure }) => html`<a class="kern-link" href="${measureHref(measure)}">${words(strategy.measure.get(measure)!.title, lang)}</a>`,
      },
      { label: t.due, cell: ({ dueOn }) => shortDay(lang, dueOn) },
      { label: t.state, cell: (one) => milestoneState(one, day, lang) },
      ...(edits ? [{ label: t.change, cell: ({ key, title }: Kind<'milestone'>) => editLink('milestone', key, title.de, lang) }] : []),
    ],
    due,
    { caption: tf.dueSoon, captionHidden: true, lang, empty: t.none },
  );
}
