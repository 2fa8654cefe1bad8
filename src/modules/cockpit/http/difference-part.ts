import { dataTable } from '../../../platform/ui/components.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import { KIND_WORDS } from '../application/reason-words.ts';
import type { Changes } from '../application/changes-since.ts';
import type { Change, Moved, Slip } from '../domain/diff.ts';
import type { Kind, Strategy } from '../domain/items.ts';
import { followTexts } from './follow-texts.ts';
import { historyHref, measureHref } from './frame.ts';
import { lightBadge, shortDay, words } from './parts.ts';
import { cockpitTexts } from './texts.ts';

/** What became different: lights, dates, milestones reached, and everything with its reason. */
export function differencePart(strategy: Strategy, { lights, byFigures, slips, reached, enteredLate, changes }: Changes, lang: Lang): Html {
  const [t, tf] = [cockpitTexts(lang), followTexts(lang)];
  const measure = (key: string): Html =>
    html`<a class="kern-link" href="${measureHref(key)}">${words(strategy.measure.get(key)?.title ?? { de: key }, lang)}</a>`;
  const moved = dataTable<Moved>(
    [
      { label: t.measure, rowHeader: true, cell: (one) => measure(one.measure) },
      { label: tf.before, cell: ({ from }) => lightBadge(from, lang) },
      { label: tf.now, cell: ({ to }) => lightBadge(to, lang) },
    ],
    lights,
    { caption: tf.lightsMoved, lang, empty: tf.nothing },
  );
  const late = dataTable<Slip>(
    [
      { label: t.milestone, rowHeader: true, cell: (one) => words(strategy.milestone.get(one.milestone)?.title ?? { de: one.milestone }, lang) },
      { label: t.measure, cell: (one) => measure(one.measure) },
      { label: tf.before, cell: ({ from }) => shortDay(lang, from) },
      { label: tf.now, cell: ({ to }) => shortDay(lang, to) },
      { label: tf.days, numeric: true, cell: ({ days }) => (days > 0 ? `+${days}` : String(days)) },
      { label: t.reason, cell: ({ reason }) => html`<span lang="de">${reason}</span>` },
    ],
    slips,
    { caption: tf.slips, lang, empty: tf.nothing },
  );
  const done = dataTable<Kind<'milestone'>>(
    [
      { label: t.milestone, rowHeader: true, cell: ({ title }) => words(title, lang) },
      { label: t.measure, cell: (one) => measure(one.measure) },
      { label: t.reachedOn, cell: ({ key, doneOn }) => `${shortDay(lang, doneOn!)}${enteredLate.includes(key) ? `, ${tf.enteredLate}` : ''}` },
    ],
    reached.map((key) => strategy.milestone.get(key)!),
    { caption: tf.reached, lang, empty: tf.nothing },
  );
  return html`${moved}<p class="kern-hint">${byFigures ? tf.lightsMovedByFigures : tf.lightsMovedNote}</p>${late}${done}${accordion(`${tf.other} (${changes.length})`, changeTable(changes, lang))}`;
}

function changeTable(changes: readonly Change[], lang: Lang): Html {
  const [t, tf] = [cockpitTexts(lang), followTexts(lang)];
  return dataTable<Change>(
    [
      { label: tf.what, rowHeader: true, cell: ({ kind, key }) => `${KIND_WORDS[kind][lang]} ${key}` },
      { label: tf.how, cell: ({ how, facts }) => `${tf[how]}${facts.length === 0 ? '' : `: ${facts.join(', ')}`}` },
      { label: t.reason, cell: ({ reason }) => html`<span lang="de">${reason ?? ''}</span>` },
    ],
    changes,
    { caption: tf.other, captionHidden: true, lang, empty: tf.nothing, href: ({ kind, key }) => historyHref(kind, key) },
  );
}
