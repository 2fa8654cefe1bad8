import type { Position } from '../../../kernel/geo.ts';
import { invalidField, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { confirmField } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { describePosition, mapInput, readMapInput, type MapExtent } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ParticipationContext } from '../application/context.ts';
import { openDisplay, type Display } from '../application/displays.ts';
import { newReceipt, openReceipt, submitStatement, type Receipt } from '../application/submit-statement.ts';
import { longDay, paragraphs, type Frame } from './common.ts';
import { publicTexts } from './public-texts.ts';

const ACCEPT = ['application/pdf', 'image/jpeg', 'image/png'];
const LONGEST = { text: 10_000, name: 200, address: 300, email: 254 } as const;

/** The form of the public, without an account, and its receipt. */
export function statementFormRoutes(ctx: ParticipationContext, frame: Frame): AnyRoute[] {
  return [
    getPage('/beteiligung/eingang/:token', 'public', async (visit) => {
      const opened = await openReceipt(ctx, visit.params['token']!);
      return opened.ok ? answerHtml(receiptPage(frame(visit), opened.value)) : problemPage(opened.problem);
    }),
    getPage('/beteiligung/:id/stellungnahme', 'public', async (visit) => {
      const opened = await openDisplay(ctx, visit.params['id']!);
      if (!opened.ok) return problemPage(opened.problem);
      return answerHtml(formPage(frame(visit), opened.value, { ...EMPTY, receipt: newReceipt() }, visit));
    }),
    postPage('/beteiligung/:id/stellungnahme', 'public', async (visit) => take(ctx, frame, visit), { limit: 'sign-in' }),
  ];
}

interface Typed {
  readonly receipt: string;
  readonly text: string;
  readonly name: string;
  readonly address: string;
  readonly email: string;
  readonly postfach: boolean;
  readonly place: { readonly lon?: string | number; readonly lat?: string | number };
  readonly extent?: MapExtent;
  /** Places chosen before the one on the map. */
  readonly earlier: readonly Position[];
  readonly hadFiles?: boolean;
}

const EMPTY: Omit<Typed, 'receipt'> = { text: '', name: '', address: '', email: '', postfach: true, place: {}, earlier: [] };

function readTyped({ fields, files, lang }: FormVisit): { typed: Typed; position: Position | undefined; stay: boolean; problem: FieldProblem | undefined } {
  const get = (name: string): string => fields.get(name) ?? '';
  const read = readMapInput(fields, 'place', lang);
  const found = read.kind === 'picked' || read.kind === 'typed' ? read.position : undefined;
  const gone = fields.get('remove-place');
  const before = readPlaces(get('places')).filter((_, index) => String(index) !== gone);
  const adding = fields.has('add-place') && found !== undefined;
  const typed: Typed = {
    receipt: get('receipt'),
    text: get('text'),
    name: get('name'),
    address: get('address'),
    email: get('email'),
    postfach: fields.get('postfach') === 'ja',
    place: adding ? {} : (found ?? { lon: get('place.lon'), lat: get('place.lat') }),
    ...(read.extent === undefined ? {} : { extent: read.extent }),
    earlier: adding ? [...before, found] : before,
    hadFiles: files.length > 0,
  };
  const stay = read.kind === 'picked' || read.kind === 'moved' || fields.has('add-place') || gone !== null;
  return { typed, position: adding ? undefined : found, stay, problem: read.kind === 'problem' ? { field: 'place', message: read.message } : undefined };
}

const MOST_EARLIER = 4;
const writePlaces = (places: readonly Position[]): string => places.map(({ lon, lat }) => `${lon},${lat}`).join(';');
function readPlaces(text: string): Position[] {
  return text
    .split(';')
    .slice(0, MOST_EARLIER)
    .flatMap((one) => {
      const match = /^(-?\d{1,3}(?:\.\d{1,8})?),(-?\d{1,2}(?:\.\d{1,8})?)$/.exec(one);
      return match === null ? [] : [{ lon: Number(match[1]), lat: Number(match[2]) }];
    });
}

async function take(ctx: ParticipationContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const opened = await openDisplay(ctx, visit.params['id']!);
  if (!opened.ok) return problemPage(opened.problem);
  const { typed, position, stay, problem } = readTyped(visit);
  if (stay) return answerHtml(formPage(frame(visit), opened.value, typed, visit));
  if (problem !== undefined) return refused(frame(visit), opened.value, typed, visit, invalidField(problem.field, problem.message));
  const { receipt, text, name, address, email, postfach, earlier } = typed;
  const places = position === undefined ? earlier : [...earlier, position];
  const sent = await submitStatement(ctx, visit.actor, {
    roundId: opened.value.round.id,
    receipt,
    text,
    author: { name, address, email },
    places,
    files: visit.files,
    linkAccount: postfach,
    lang: visit.lang,
  });
  return sent.ok ? redirect(`/beteiligung/eingang/${receipt}`) : refused(frame(visit), opened.value, typed, visit, sent.problem);
}

/** The form again with all that was typed; a form without a secret gets one. */
function refused(view: PageView, display: Display, typed: Typed, visit: Visit, problem: Problem): Answer {
  const broken = problem.fields?.some(({ field }) => field === 'receipt') === true;
  return answerHtml(formPage(view, display, broken ? { ...typed, receipt: newReceipt() } : typed, visit, problem), problemStatus(problem));
}

function formPage(view: PageView, display: Display, typed: Typed, visit: Visit, problem?: Problem): Html {
  const { lang } = view;
  const t = publicTexts(lang);
  const { round, state, open } = display;
  const problems = (problem?.fields ?? []).filter(({ field }) => field !== 'receipt');
  const action = `/beteiligung/${round.id}/stellungnahme`;
  const fields = html`
${textArea({ name: 'text', label: t.text, hint: t.textHint, lang, rows: 10, maxLength: LONGEST.text, value: typed.text, ...errorOf(problems, 'text') })}
${earlierPart(typed, view)}
${mapInput({ name: 'place', label: t.place, hint: t.placeHint, lang, required: false, value: typed.place, marker: String(typed.earlier.length + 1), others: typed.earlier.map((position, index) => ({ position, label: String(index + 1) })), ...extentOf(typed, round.place), ...errorOf(problems, 'place') })}
${typed.earlier.length < MOST_EARLIER ? buttonRow(button({ label: t.addPlace, kind: 'secondary', small: true, name: 'add-place', value: 'ja' })) : ''}
${fileField({ name: 'files', label: t.files, lang, required: false, multiple: true, accept: ACCEPT, maxMegabytes: 25, ...(typed.hadFiles === true ? { hint: t.filesAgain } : {}), ...errorOf(problems, 'files') })}
${textField({ name: 'name', label: t.name, hint: t.nameHint, lang, required: false, autocomplete: 'name', maxLength: LONGEST.name, value: typed.name, ...errorOf(problems, 'name') })}
${textField({ name: 'address', label: t.address, hint: t.addressHint, lang, required: false, autocomplete: 'street-address', maxLength: LONGEST.address, value: typed.address, ...errorOf(problems, 'address') })}
${textField({ name: 'email', label: t.email, hint: t.emailHint, lang, required: false, type: 'email', autocomplete: 'email', maxLength: LONGEST.email, value: typed.email, ...errorOf(problems, 'email') })}
${visit.actor.kind === 'citizen' ? confirmField({ name: 'postfach', label: t.postfach, lang, required: false, checked: typed.postfach }) : ''}
${section(t.privacyTitle, html`<p class="kern-body">${t.privacy}</p>`)}
${buttonRow(button({ label: t.send }))}`;
  const main = html`${errorSummary(problems, lang, problem !== undefined && problems.length === 0 ? problem.detail : undefined)}
${pageTitle(t.formTitle, { lead: t.formLead(round.title) })}
${state === 'over' && open ? alert('warning', t.late) : ''}
${open ? form({ action, multipart: true, hidden: { receipt: typed.receipt, places: writePlaces(typed.earlier) } }, fields) : alert('info', state === 'coming' ? t.howLater(longDay(lang, round.startsOn)) : t.closed)}`;
  const breadcrumb = [{ label: t.title, href: '/beteiligung' }, { label: round.title, href: `/beteiligung/${round.id}` }, { label: t.formTitle }];
  return page(view, { title: t.formTitle, main, breadcrumb, hasErrors: problem !== undefined, scripts: ['map'] });
}

const NEAR = 14;
const extentOf = (typed: Typed, place: Position | undefined): { extent?: MapExtent } => {
  if (typed.extent !== undefined) return { extent: typed.extent };
  return place === undefined || typed.earlier.length > 0 ? {} : { extent: { centre: place, zoom: NEAR } };
};

function earlierPart(typed: Typed, { lang }: PageView): Html {
  const t = publicTexts(lang);
  if (typed.earlier.length === 0) return html``;
  return html`<div class="k-earlier"><p class="kern-label">${t.chosenPlaces}</p><ol class="kern-list">${typed.earlier.map(
    (position, index) =>
      html`<li>${describePosition(position, lang)} ${button({ label: t.removePlace, kind: 'tertiary', small: true, name: 'remove-place', value: String(index), context: String(index + 1) })}</li>`,
  )}</ol></div>`;
}

function receiptPage(view: PageView, { statement, round }: Receipt): Html {
  const { lang } = view;
  const t = publicTexts(lang);
  const { weighing } = statement;
  const result =
    weighing === undefined || statement.repliedOn === undefined
      ? html`<p class="kern-body">${t.noResult}</p>`
      : html`<h3 class="kern-title">${t.reply}</h3>${paragraphs(weighing.reply)}<h3 class="kern-title">${t.reasons}</h3>${paragraphs(weighing.reasons)}`;
  const main = html`${pageTitle(t.receiptTitle, { lead: t.keep })}
${statement.late ? alert('warning', t.lateReceipt) : ''}
${summaryList(
  [
    { label: t.number, value: statement.number },
    { label: t.receivedOn, value: longDay(lang, statement.receivedOn) },
    ...(statement.attachments.length === 0 ? [] : [{ label: t.files, value: statement.attachments.map(({ fileName }) => fileName).join(', ') }]),
  ],
  lang,
)}
${section(t.result, result)}
${section(t.yourWords, paragraphs(statement.text))}
${round.kind === 'oeffentlich' ? html`<p class="kern-body"><a class="kern-link" href="/beteiligung/${round.id}">${t.back}</a></p>` : ''}`;
  return page(view, { title: t.receiptTitle, main });
}
