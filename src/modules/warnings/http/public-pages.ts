import { getPage, html as answerHtml, problemPage, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { alert, badge, emptyState } from '../../../platform/ui/alert.ts';
import { linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { defineTexts, html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { mapFigure } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { Board } from '../application/board.ts';
import type { WarningsContext } from '../application/context.ts';
import { publishedMessage } from '../application/published.ts';
import type { CityFrame } from './frame.ts';
import { textIn, warningWords } from './warning-words.ts';

const texts = defineTexts({
  de: {
    title: 'Warnungen und Lage',
    lead: 'Was gerade gilt, von der Stadt selbst.',
    none: 'Zurzeit gibt es keine Warnung.',
    noneText: 'Im Notfall wählen Sie 112.',
    emergency: 'Im Notfall: 112. Diese Seite liest niemand als Notruf.',
    current: 'In Kraft',
    past: 'Vorbei in den letzten Stunden',
    more: 'Ganze Warnung',
    exercise: 'ÜBUNG',
    exerciseTitle: 'Übungen',
    exerciseText: 'Diese Warnungen gehören zu einer Übung. Nichts davon ist wirklich.',
    toExercises: 'Warnungen aus Übungen ansehen',
    feed: 'Als Feed (Atom)',
    file: 'Als Datei (CAP 1.2, signiert)',
    newest: 'Neueste Warnung',
    map: 'Gebiet der Warnung',
    report: 'Etwas melden',
    ended: 'aufgehoben oder abgelaufen',
  },
  en: {
    title: 'Warnings and situation',
    lead: 'What is in force now, from the city itself.',
    none: 'There is no warning at present.',
    noneText: 'In an emergency call 112.',
    emergency: 'In an emergency: 112. Nobody reads this page as an emergency call.',
    current: 'In force',
    past: 'Over in the last hours',
    more: 'Whole warning',
    exercise: 'EXERCISE',
    exerciseTitle: 'Exercises',
    exerciseText: 'These warnings belong to an exercise. None of it is real.',
    toExercises: 'See warnings of exercises',
    feed: 'As a feed (Atom)',
    file: 'As a file (CAP 1.2, signed)',
    newest: 'Newest warning',
    map: 'Area of the warning',
    report: 'Report something',
    ended: 'called off or expired',
  },
  leicht: {
    title: 'Warnungen',
    lead: 'Das sagt die Stadt. Das gilt jetzt.',
    none: 'Es gibt jetzt keine Warnung.',
    noneText: 'Im Notfall rufen Sie 112 an.',
    emergency: 'Im Notfall rufen Sie 112 an. Hier liest niemand Ihren Notruf.',
    current: 'Das gilt jetzt',
    past: 'Das ist vorbei',
    more: 'Alles lesen',
    exercise: 'ÜBUNG',
    exerciseTitle: 'Übungen',
    exerciseText: 'Das ist nur eine Übung. Es ist nicht wirklich.',
    toExercises: 'Übungen ansehen',
    feed: 'Als Feed (Atom)',
    file: 'Als Datei (CAP 1.2)',
    newest: 'Neueste Warnung',
    map: 'Hier gilt die Warnung',
    report: 'Etwas melden',
    ended: 'vorbei',
  },
});

/** What everybody may read: the warnings in force, one warning, and exercises apart. */
export function publicPages(ctx: WarningsContext, frame: CityFrame): AnyRoute[] {
  return [
    getPage('/lage', 'public', async (visit) =>
      answerHtml(boardPage(frame, visit, await ctx.board.read(false), { exercise: false, exercises: (await ctx.board.read(true)).current.length })),
    ),
    getPage('/lage/uebung', 'public', async (visit) => answerHtml(boardPage(frame, visit, await ctx.board.read(true), { exercise: true, exercises: 0 }))),
    getPage('/lage/warnung/:identifier', 'public', async (visit) => {
      const found = await publishedMessage(ctx, visit.params['identifier']!);
      if (!found.ok) return problemPage(found.problem);
      const { message, current } = found.value;
      const view = frame(visit);
      const t = texts(view.lang);
      const title = textIn(message.content, view.lang).text.headline;
      const badges = html`${message.exercise ? badge('warning', t.exercise) : ''} ${current ? '' : badge('neutral', t.ended)}`;
      const rings = message.content.area.polygons;
      const fit = rings.flatMap((ring) => ring.map(([lon, lat]) => ({ lon, lat })));
      const shapes = rings.map((path) => ({ kind: 'area' as const, path }));
      const map = mapFigure({ lang: view.lang, title: t.map, markers: [], fit, shapes, pictureUrl: `/lage/warnung/${message.identifier}/karte.svg` });
      const main = html`${pageTitle(title, { badge: badges })}${warningWords(message.content, view.lang)}${map}<p><a class="kern-link" href="/lage/warnungen/${message.identifier}.xml">${t.file}</a></p>`;
      return answerHtml(page(view, { title, main, scripts: ['map'], breadcrumb: [{ label: t.title, href: '/lage' }, { label: title }] }));
    }),
  ];
}

function boardPage(frame: CityFrame, visit: Visit, board: Board, { exercise, exercises }: { readonly exercise: boolean; readonly exercises: number }): Html {
  const view = frame(visit);
  const title = exercise ? texts(view.lang).exerciseTitle : texts(view.lang).title;
  return page(view, { title, main: boardWords(board, view.lang, { exercise, exercises }), asOf: board.readAt });
}

/** Words of a board in each language: written once, however many read them. */
const WRITTEN = new WeakMap<Board, Map<string, Html>>();

function boardWords(board: Board, lang: Lang, shown: { readonly exercise: boolean; readonly exercises: number }): Html {
  const written = WRITTEN.get(board) ?? new Map<string, Html>();
  WRITTEN.set(board, written);
  const key = `${lang} ${shown.exercises}`;
  const words = written.get(key) ?? writeBoard(board, lang, shown);
  written.set(key, words);
  return words;
}

function writeBoard(board: Board, lang: Lang, { exercise, exercises }: { readonly exercise: boolean; readonly exercises: number }): Html {
  const t = texts(lang);
  const title = exercise ? t.exerciseTitle : t.title;
  const current =
    board.current.length === 0
      ? emptyState({ title: t.none, body: t.noneText })
      : html`${board.current.map((one) => html`<article class="k-warning">${exercise ? badge('warning', t.exercise) : ''}${warningWords(one.content, lang)}<p><a class="kern-link" href="/lage/warnung/${one.identifier}">${t.more}<span class="kern-sr-only">: ${textIn(one.content, lang).text.headline}</span></a></p></article>`)}`;
  const past =
    board.past.length === 0
      ? ''
      : section(
          t.past,
          html`<ul class="k-list">${board.past.map((one) => html`<li><a class="kern-link" href="/lage/warnung/${one.identifier}">${textIn(one.content, lang).text.headline}</a> (${formatInstant(lang, one.sent)})</li>`)}</ul>`,
        );
  const links = html`<p class="kern-body"><a class="kern-link" href="${exercise ? '/lage/uebung.atom' : '/lage/warnungen.atom'}">${t.feed}</a>${exercises === 0 ? '' : html` · <a class="kern-link" href="/lage/uebung">${t.toExercises}</a>`}</p>`;
  return html`${pageTitle(title, { lead: exercise ? t.exerciseText : t.lead })}${exercise ? '' : alert('info', t.emergency)}${section(t.current, current)}${past}${exercise ? '' : html`<p>${linkButton({ label: t.report, href: '/lage/melden', kind: 'secondary' })}</p>`}${links}`;
}
