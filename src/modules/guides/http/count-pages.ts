import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { button, buttonRow, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { selectField } from '../../../platform/ui/form.ts';
import { html, type Html, type LangText } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import { strokeButton, strokeForms, undoPart } from '../../../platform/ui/stroke-form.ts';
import { allCountedToday, countConsultation, countedToday, undoConsultation } from '../application/consultations.ts';
import type { GuidesContext } from '../application/context.ts';
import { allPlaces } from '../application/places.ts';
import { LENGTH_NAMES, REASON_NAMES, SPOKEN_NAMES } from './consultation-names.ts';
import { deskPlaceTexts } from './desk-place-texts.ts';
import { deskTexts } from './desk-texts.ts';
import { GUIDES, type Frame } from './frame.ts';
import { keysOf } from './place-names.ts';

const AT = '/lotsen/zaehlen';
/** The fields that stay as they were set, and what the API calls them. */
const SET = { ort: 'place', dauer: 'length', sprache: 'lang' } as const;

/** Consultations counted by one keystroke: place, length and language stay as they were set. */
export function countPages(ctx: GuidesContext, frame: Frame): AnyRoute[] {
  return [
    getPage(AT, GUIDES, async (visit) => showCounter(ctx, frame, visit, visit.query)),
    postPage(AT, GUIDES, async (visit) => {
      const { fields } = visit;
      const get = (name: string): string => fields.get(name) ?? '';
      const done = await countConsultation(ctx, visit.actor, { place: get('ort'), reason: get('grund'), length: get('dauer'), lang: get('sprache') });
      return done.ok ? redirect(asSet(fields, 'gezaehlt')) : showCounter(ctx, frame, visit, fields, done.problem);
    }),
    postPage(`${AT}/zurueck`, GUIDES, async (visit) => {
      const done = await undoConsultation(ctx, visit.actor);
      return done.ok ? redirect(asSet(visit.fields, 'zurueck')) : problemPage(done.problem);
    }),
  ];
}

/** The page again, with what was set. */
function asSet(fields: URLSearchParams, told: string): string {
  const kept = Object.keys(SET).map((name): [string, string] => [name, fields.get(name) ?? '']);
  return `${AT}?${new URLSearchParams([...kept, ['getan', told]]).toString()}`;
}

async function showCounter(ctx: GuidesContext, frame: Frame, visit: Visit, set: URLSearchParams, problem?: Problem): Promise<Answer> {
  const { lang } = visit;
  const t = deskPlaceTexts(lang);
  const places = [{ value: 'telefon', label: t.phone }, ...(await allPlaces(ctx)).map(({ place }) => ({ value: place.key, label: place.name }))];
  const select = (name: keyof typeof SET, label: string, options: readonly { value: string; label: string }[], standard: string): Html =>
    selectField({ name, label, lang, required: true, options, value: set.get(name) ?? standard });
  const named = <K extends string>(names: Readonly<Record<K, LangText>>) => keysOf(names).map((value) => ({ value, label: names[value][lang] }));
  const reasons = keysOf(REASON_NAMES);
  const buttons = reasons.map((reason, index) =>
    strokeButton({
      ...{ label: REASON_NAMES[reason][lang], name: 'grund', value: reason, body: { reason }, key: String(index + 1), lang },
      count: countedToday(ctx, visit.actor, reason),
    }),
  );
  const all = allCountedToday(ctx, visit.actor);
  const told = { gezaehlt: alert('success', t.counted, undefined, { live: true }), zurueck: alert('info', t.undone, undefined, { live: true }) };
  const fields = html`${select('ort', t.place, places, 'telefon')}${select('dauer', t.length, named(LENGTH_NAMES), 'bis-15')}${select('sprache', t.lang, named(SPOKEN_NAMES), 'de')}`;
  const undo = undoPart(all, buttonRow(button({ label: t.undo, kind: 'tertiary', formaction: `${AT}/zurueck` })));
  const forms = form({ action: AT }, html`${fields}${section(t.reasons, html`<div class="k-tally">${buttons}</div>`)}${undo}`);
  const main = html`${errorSummary(problem?.fields ?? [], lang, problem?.fields === undefined ? problem?.detail : undefined)}${told[set.get('getan') as keyof typeof told] ?? ''}${pageTitle(t.countTitle, { lead: t.countLead })}
${strokeForms({ api: '/api/guides/consultations', fields: SET, all, lang }, forms)}`;
  const crumbs = [{ label: deskTexts(lang).title, href: '/lotsen' }, { label: t.countTitle }];
  return answerHtml(
    page(frame(visit), { title: t.countTitle, main, breadcrumb: crumbs, hasErrors: problem !== undefined }),
    problem === undefined ? 200 : problemStatus(problem),
  );
}
