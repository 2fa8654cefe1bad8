import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, redirect, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { attributes } from '../../../platform/ui/attributes.ts';
import { button, buttonRow, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { hiddenField, selectField } from '../../../platform/ui/form.ts';
import { html, type Html, type LangText } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import { countConsultation, countedToday } from '../application/consultations.ts';
import type { GuidesContext } from '../application/context.ts';
import { allPlaces } from '../application/places.ts';
import { LENGTH_NAMES, REASON_NAMES, SPOKEN_NAMES } from './consultation-names.ts';
import { deskPlaceTexts } from './desk-place-texts.ts';
import { deskTexts } from './desk-texts.ts';
import { GUIDES, type Frame } from './frame.ts';
import { keysOf } from './place-names.ts';

const AT = '/lotsen/zaehlen';

/** Consultations counted by one keystroke: place, length and language stay as they were set. */
export function countPages(ctx: GuidesContext, frame: Frame): AnyRoute[] {
  return [
    getPage(AT, GUIDES, async (visit) => showCounter(ctx, frame, visit, visit.query)),
    postPage(AT, GUIDES, async (visit) => {
      const { fields } = visit;
      const get = (name: string): string => fields.get(name) ?? '';
      const undo = get('zurueck') !== '';
      const one = { place: get('ort'), reason: undo ? get('zurueck') : get('grund'), length: get('dauer'), lang: get('sprache'), undo };
      const done = await countConsultation(ctx, visit.actor, one);
      if (!done.ok) return showCounter(ctx, frame, visit, fields, done.problem);
      return redirect(
        `${AT}?${new URLSearchParams({ ort: one.place, dauer: one.length, sprache: one.lang, getan: undo ? 'zurueck' : 'gezaehlt' }).toString()}`,
      );
    }),
  ];
}

async function showCounter(ctx: GuidesContext, frame: Frame, visit: Visit, set: URLSearchParams, problem?: Problem): Promise<Answer> {
  const { lang } = visit;
  const t = deskPlaceTexts(lang);
  const places = [{ value: 'telefon', label: t.phone }, ...(await allPlaces(ctx)).map(({ place }) => ({ value: place.key, label: place.name }))];
  const chosen = { ort: set.get('ort') ?? 'telefon', dauer: set.get('dauer') ?? 'bis-15', sprache: set.get('sprache') ?? 'de' };
  const counted = countedToday(ctx, visit.actor);
  const select = (name: keyof typeof chosen, label: string, options: readonly { value: string; label: string }[]): Html =>
    selectField({ name, label, lang, required: true, options, value: chosen[name] });
  const named = <K extends string>(names: Readonly<Record<K, LangText>>) => keysOf(names).map((value) => ({ value, label: names[value][lang] }));
  const buttons = keysOf(REASON_NAMES).map((reason, index) => {
    const count = counted.get(reason) ?? 0;
    const inner = html`<span class="kern-label"><kbd>${index + 1}</kbd> ${REASON_NAMES[reason][lang]} (${t.today(String(count))})</span>`;
    return html`<button${attributes({ class: 'kern-btn kern-btn--primary', type: 'submit', name: 'grund', value: reason, accesskey: String(index + 1) })}>${inner}</button>`;
  });
  const takenBack = keysOf(REASON_NAMES).filter((reason) => (counted.get(reason) ?? 0) > 0);
  const hidden = Object.entries(chosen).map(([name, value]) => hiddenField(name, value));
  const told =
    set.get('getan') === 'gezaehlt'
      ? alert('success', t.counted, undefined, { live: true })
      : set.get('getan') === 'zurueck'
        ? alert('info', t.undone, undefined, { live: true })
        : '';
  const main = html`${errorSummary([], lang, problem?.detail)}${told}${pageTitle(t.countTitle, { lead: t.countLead })}
${form({ action: AT, method: 'get' }, html`${select('ort', t.place, places)}${select('dauer', t.length, named(LENGTH_NAMES))}${select('sprache', t.lang, named(SPOKEN_NAMES))}${buttonRow(button({ label: t.set, kind: 'secondary' }))}`)}
${section(t.reasons, html`<form method="post" action="${AT}" class="k-tally">${hidden}${buttons}</form>`)}
${takenBack.length === 0 ? '' : section(t.undo, html`<form method="post" action="${AT}" class="k-tally">${hidden}${takenBack.map((reason) => button({ label: REASON_NAMES[reason][lang], kind: 'tertiary', name: 'zurueck', value: reason, context: t.undo }))}</form>`)}`;
  const crumbs = [{ label: deskTexts(lang).title, href: '/lotsen' }, { label: t.countTitle }];
  return answerHtml(
    page(frame(visit), { title: t.countTitle, main, breadcrumb: crumbs, hasErrors: problem !== undefined }),
    problem === undefined ? 200 : problemStatus(problem),
  );
}
