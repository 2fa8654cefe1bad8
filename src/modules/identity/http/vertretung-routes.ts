import type { CitizenActor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { legalDay } from '../../../kernel/time.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html, postPage, problemPage, redirect, type Answer, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import type { Html } from '../../../platform/ui/html.ts';
import { STOP_ACTING_PATH } from '../../../platform/ui/view.ts';
import { answerOffer, openOffer } from '../application/answer-offer.ts';
import { notManaging } from '../application/manage-holder.ts';
import { actFor, actForSelf, endMandate, mandatesOf } from '../application/mandates.ts';
import { offerMandate, requestMandate, withdrawOffer } from '../application/offer-mandate.ts';
import { openOrganisation } from '../application/organisations.ts';
import type { IdentityHttp } from './deps.ts';
import type { Typed } from './sign-in-pages.ts';
import { mandateForm, offerPage, vertretungPage, type Shown } from './vertretung-pages.ts';
import { vertretungTexts } from './vertretung-texts.ts';

const NONE = '00000000-0000-0000-0000-000000000000';
export const personIn = (visit: Visit): CitizenActor => visit.actor as CitizenActor;
/** The id in the path; the nil UUID, which nothing has, when it is none. */
export const pathId = (visit: Visit, name = 'id'): string => parseId(visit.params[name] ?? '') ?? NONE;
export function shownTo({ services, reminderDays }: IdentityHttp, { lang, now }: Visit): Shown {
  const today = legalDay(now);
  return { lang, services: services(), today, reminderDays: reminderDays(today) };
}

export function framed(deps: IdentityHttp, visit: Visit, body: Html, problem?: Problem): Answer {
  return html(
    deps.frame(visit, { title: vertretungTexts(visit.lang).title, body, hasErrors: problem !== undefined }),
    problem === undefined ? 200 : problemStatus(problem),
  );
}

/** Vollmachten: seeing, giving, asking, answering, ending; and choosing whom to act for. */
export function vertretungRoutes(deps: IdentityHttp): AnyRoute[] {
  const { ctx } = deps;
  return [
    getPage('/vertretung', 'person', (visit) => overview(deps, visit)),
    postPage('/vertretung/handeln', 'person', async (visit) => {
      const chosen = await actFor(ctx, personIn(visit), visit, parseId(visit.fields.get('mandat') ?? '') ?? NONE);
      return chosen.ok ? redirect('/antraege') : problemPage(chosen.problem);
    }),
    postPage(STOP_ACTING_PATH, 'person', async (visit) => {
      await actForSelf(ctx, personIn(visit), visit);
      return redirect('/vertretung');
    }),
    ...(['geben', 'anfragen'] as const).flatMap((way) => [
      getPage(`/vertretung/${way}`, 'person', (visit) => showForm(deps, visit, way, visit.query.get('fuer'), {})),
      postPage(`/vertretung/${way}`, 'person', (visit) => sendForm(deps, visit, way), { limit: 'sign-in' as const }),
    ]),
    postPage('/vertretung/anfragen/:id/zurueckziehen', 'person', async (visit) => {
      const done = await withdrawOffer(ctx, personIn(visit), pathId(visit), visit.now);
      return done.ok ? redirect('/vertretung?gespeichert=1') : problemPage(done.problem);
    }),
    getPage('/vertretung/link/:token', 'person', (visit) => showLink(deps, visit, {})),
    postPage('/vertretung/link/:token', 'person', (visit) => answerLink(deps, visit), { limit: 'sign-in' }),
    postPage('/vertretung/:id/beenden', 'person', async (visit) => {
      const done = await endMandate(ctx, personIn(visit), { id: pathId(visit) }, visit.now);
      return done.ok ? redirect('/vertretung?gespeichert=1') : problemPage(done.problem);
    }),
  ];
}

async function overview(deps: IdentityHttp, visit: Visit): Promise<Answer> {
  const own = await mandatesOf(deps.ctx.database.read, personIn(visit).accountId, visit.now);
  const said = visit.query.has('gespeichert') ? 'saved' : visit.query.has('gesendet') ? 'sent' : undefined;
  return framed(deps, visit, vertretungPage(shownTo(deps, visit), own, { mandateId: visit.acting?.mandateId ?? null, said }));
}

async function showForm(deps: IdentityHttp, visit: Visit, way: 'geben' | 'anfragen', holder: string | null, typed: Typed): Promise<Answer> {
  const id = way === 'geben' && holder !== null ? (parseId(holder) ?? NONE) : undefined;
  const opened = id === undefined ? undefined : await openOrganisation(deps.ctx.database.read, personIn(visit), id, visit.now);
  if (opened?.ok === false) return problemPage(opened.problem);
  if (opened !== undefined && opened.value.own.role !== 'verwaltung') return problemPage(notManaging);
  const organisation = opened === undefined ? undefined : { id: opened.value.accountId, name: opened.value.organisation.name };
  return framed(deps, visit, mandateForm(shownTo(deps, visit), way, typed, organisation), typed.problem);
}

async function sendForm(deps: IdentityHttp, visit: FormVisit, way: 'geben' | 'anfragen'): Promise<Answer> {
  const { fields } = visit;
  const value = (name: string): string => fields.get(name) ?? '';
  const holder = fields.get('fuer');
  const input = {
    email: value('email'),
    scope: value('scope'),
    services: fields.getAll('services'),
    receives: fields.has('receives'),
    validFrom: value('validFrom'),
    validUntil: value('validUntil'),
  };
  const known = deps.services().map(({ key }) => key);
  const sent =
    way === 'geben'
      ? await offerMandate(deps.ctx, personIn(visit), { ...input, ...(holder === null ? {} : { holderId: parseId(holder) ?? NONE }) }, known, visit)
      : await requestMandate(deps.ctx, personIn(visit), input, known, visit);
  if (sent.ok) return redirect('/vertretung?gesendet=1');
  return showForm(deps, visit, way, holder, { problem: sent.problem, fields });
}

async function showLink(deps: IdentityHttp, visit: Visit, typed: Typed): Promise<Answer> {
  const opened = await openOffer(deps.ctx.database.read, personIn(visit), visit.params['token'] ?? '', visit.now);
  if (!opened.ok) return problemPage(opened.problem);
  return framed(deps, visit, offerPage(visit, shownTo(deps, visit), opened.value, typed), typed.problem);
}

async function answerLink(deps: IdentityHttp, visit: FormVisit): Promise<Answer> {
  const holder = visit.fields.get('fuer');
  const input = { token: visit.params['token'] ?? '', accept: visit.fields.get('antwort') === 'ja' };
  const holderId = holder === null || holder === 'ich' ? {} : { holderId: parseId(holder) ?? NONE };
  const answered = await answerOffer(deps.ctx, personIn(visit), { ...input, ...holderId }, visit.now);
  if (answered.ok) return redirect('/vertretung?gespeichert=1');
  return answered.problem.fields === undefined ? problemPage(answered.problem) : showLink(deps, visit, { problem: answered.problem });
}
