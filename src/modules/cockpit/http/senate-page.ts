import { getPage, html as answerHtml, type AnyRoute } from '../../../platform/http/route.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { changesSince, type Changes } from '../application/changes-since.ts';
import type { CockpitContext } from '../application/context.ts';
import { followMeasures, type Followed } from '../application/follow-measures.ts';
import { fieldLights } from '../application/light-history.ts';
import { quarterStart, standing, type Standing } from '../application/read-strategy.ts';
import { followTable, offTrack } from './chain-parts.ts';
import { differencePart } from './difference-part.ts';
import { followParts } from './follow-parts.ts';
import { followTexts } from './follow-texts.ts';
import { HOME, READERS, readDay, type Frame } from './frame.ts';
import { lightBars } from './light-bars.ts';
import { plainWords } from './parts.ts';
import { cockpitTexts } from './texts.ts';

/** For the Senate: what is on track and why not, what changed, what comes, what depends on it. */
export function senatePages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [
    getPage(`${HOME}/senat`, READERS, async (visit) => {
      const stands = await standing(ctx);
      const asked = readDay(visit.query.get('seit') ?? '');
      const since = asked !== undefined && Temporal.PlainDate.compare(asked, stands.day) < 0 ? asked : quarterStart(stands.day);
      // at once: questions at the same time share one reading
      const [difference, followed] = await Promise.all([changesSince(ctx, since, stands), followMeasures(ctx, stands)]);
      return answerHtml(senatePage(frame(visit), stands, { since, difference, followed }));
    }),
  ];
}

interface Beside {
  readonly since: Temporal.PlainDate;
  readonly difference: Changes;
  readonly followed: Followed;
}

function senatePage(view: PageView, stands: Standing, { since, difference, followed }: Beside): Html {
  const { lang } = view;
  const [t, tf] = [cockpitTexts(lang), followTexts(lang)];
  const main = html`${pageTitle(tf.senate, { lead: tf.senateLead })}
${section(tf.offTrack, followTable(stands, offTrack(stands), lang, { caption: tf.offTrack, empty: tf.allOnTrack }), { id: 'lage' })}
${section(tf.lightsNow, fieldChart(stands, lang))}
${section(tf.changes(formatDate(lang, since)), differencePart(stands.strategy, difference, lang), { id: 'aenderungen' })}
${followParts(stands, followed, lang)}
${stands.indicators === undefined ? html`<p class="kern-hint">${t.notConnected}</p>` : ''}`;
  return page(view, { title: tf.senate, main, wide: true, breadcrumb: [{ label: t.title, href: HOME }, { label: t.senate }] });
}

const fieldChart = (stands: Standing, lang: Lang): Html =>
  lightBars({
    title: followTexts(lang).lightsNow,
    source: followTexts(lang).chartSource(formatDate(lang, stands.day)),
    head: cockpitTexts(lang).field,
    rows: fieldLights(stands).map(({ field, counts }) => ({ label: plainWords(field.title, lang), counts })),
    lang,
  });
