import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type Answer,
  type AnyRoute,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { button, buttonForm, buttonRow, confirmBox, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { numberField } from '../../../platform/ui/form.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { copyable, section } from '../../../platform/ui/parts.ts';
import { openTo, removeScenario } from '../application/change-scenario.ts';
import { moderateComment, writeComment } from '../application/comments.ts';
import type { Writing } from '../application/context.ts';
import { endLink, joinScenario, makeLink, type LinkKind } from '../application/links.ts';
import { showInvitation, showScenario, showShared, type ScenarioPicture } from '../application/show.ts';
import type { Visibility } from '../domain/scenario.ts';
import { comparePage } from './compare-page.ts';
import { crumbsOf, isTyped, LIST, pathOf, sections, TWIN, type Frame, type Typed } from './parts.ts';
import { resultTexts } from './result-texts.ts';
import { scenarioTexts } from './texts.ts';

type Sharing = Writing & Pick<Context, 'settings'>;
const VISIBILITIES: readonly Visibility[] = ['private', 'staff', 'public'];

/** Comparison with comments, and who else takes part, for people. */
export function peoplePages(ctx: Sharing, frame: Frame): AnyRoute[] {
  return [
    getPage(`${LIST}/:id/vergleich`, 'public', (visit) => compare(ctx, visit, frame)),
    postPage(`${LIST}/:id/kommentare`, 'signed-in', async (visit) => {
      const done = await writeComment(ctx, visit.actor, idOf(visit), visit.fields.get('text') ?? '');
      if (done.ok) return redirect(`${pathOf(idOf(visit))}/vergleich#kommentare`);
      return isTyped(done.problem) ? compare(ctx, visit, frame, { fields: visit.fields, problems: done.problem.fields ?? [] }) : problemPage(done.problem);
    }),
    postPage(`${LIST}/:id/kommentare/:kommentar`, 'signed-in', async (visit) => {
      const state = visit.fields.get('state') === 'shown' ? 'shown' : 'hidden';
      return goOn(await moderateComment(ctx, visit.actor, idOf(visit), visit.params['kommentar'] ?? '', state), `${pathOf(idOf(visit))}/vergleich#kommentare`);
    }),
    ...ownerPages(ctx, frame),
    ...linkPages(ctx, frame),
  ];
}

const idOf = ({ params }: Visit): string => params['id'] ?? '';
const goOn = (done: Result<unknown, Problem>, to: string): Answer => (done.ok ? redirect(to) : problemPage(done.problem));

async function compare(ctx: Sharing, visit: Visit, frame: Frame, typed?: Typed): Promise<Answer> {
  const found = await showScenario(ctx, visit.actor, idOf(visit));
  if (!found.ok) return problemPage(found.problem);
  const process = visit.query.get('modell') ?? undefined;
  return answerHtml(comparePage(frame(visit), { picture: found.value, process, ...(typed === undefined ? {} : { typed }) }), typed === undefined ? 200 : 422);
}

function ownerPages(ctx: Sharing, frame: Frame): AnyRoute[] {
  const at = (visit: Visit): string => `${pathOf(idOf(visit))}/beteiligte`;
  return [
    getPage(`${LIST}/:id/beteiligte`, 'signed-in', (visit) => people(ctx, visit, frame)),
    postPage(`${LIST}/:id/sichtbarkeit`, 'signed-in', async (visit) => {
      const visibility = VISIBILITIES.find((one) => one === visit.fields.get('visibility')) ?? 'private';
      return goOn(await openTo(ctx, visit.actor, idOf(visit), visibility), at(visit));
    }),
    postPage(`${LIST}/:id/loeschen`, 'signed-in', async (visit) => goOn(await removeScenario(ctx, visit.actor, idOf(visit)), LIST)),
    postPage(`${LIST}/:id/teilen`, 'signed-in', (visit) => link(ctx, visit, frame, 'share')),
    postPage(`${LIST}/:id/teilen/beenden`, 'signed-in', async (visit) => goOn(await endLink(ctx, visit.actor, idOf(visit), 'share'), at(visit))),
    postPage(`${LIST}/:id/einladen`, 'signed-in', (visit) => link(ctx, visit, frame, 'join')),
    postPage(`${LIST}/:id/einladen/beenden`, 'signed-in', async (visit) => goOn(await endLink(ctx, visit.actor, idOf(visit), 'join'), at(visit))),
  ];
}

/** Two forms on one page: their fields have names of their own. */
const daysOf = (kind: LinkKind): string => `${kind}Days`;

interface MadeNow {
  readonly typed?: Typed & { readonly kind: LinkKind };
  readonly link?: { readonly kind: LinkKind; readonly address: string };
}

async function link(ctx: Sharing, visit: FormVisit, frame: Frame, kind: LinkKind): Promise<Answer> {
  const days = /^\s*\d{1,4}\s*$/.test(visit.fields.get(daysOf(kind)) ?? '') ? Number(visit.fields.get(daysOf(kind))) : 0;
  const made = await makeLink(ctx, visit.actor, idOf(visit), kind, days);
  if (made.ok) return people(ctx, visit, frame, { link: { kind, address: `${ctx.settings.publicUrl}${made.value.path}` } });
  if (!isTyped(made.problem)) return problemPage(made.problem);
  return people(ctx, visit, frame, {
    typed: { kind, fields: visit.fields, problems: (made.problem.fields ?? []).map(({ message }) => ({ field: daysOf(kind), message })) },
  });
}

async function people(ctx: Sharing, visit: Visit, frame: Frame, now: MadeNow = {}): Promise<Answer> {
  const found = await showScenario(ctx, visit.actor, idOf(visit));
  if (!found.ok) return problemPage(found.problem);
  const view = frame(visit);
  const { lang } = view;
  const [s, t] = [scenarioTexts(lang), resultTexts(lang)];
  const { scenario, role, coworkers } = found.value;
  const owner = role === 'owner';
  const main = html`${pageTitle(scenario.title, { preline: s.people })}
${sections(scenario.id, 'people', role !== 'reader', lang)}
${errorSummary(now.typed?.problems ?? [], lang) ?? ''}
<p class="kern-body">${t.coworkers(formatNumber(lang, coworkers))}</p>
${owner ? ownerParts(found.value, now, lang) : ''}`;
  const crumbs = crumbsOf(lang, { label: scenario.title, href: pathOf(scenario.id) }, { label: s.people });
  return answerHtml(page(view, { title: s.people, main, breadcrumb: crumbs, hasErrors: now.typed !== undefined }), now.typed === undefined ? 200 : 422);
}

function ownerParts({ scenario }: ScenarioPicture, now: MadeNow, lang: Parameters<typeof resultTexts>[0]): Html {
  const t = resultTexts(lang);
  const at = pathOf(scenario.id);
  const visibility = form({ action: `${at}/sichtbarkeit` }, [
    radioGroup({
      name: 'visibility',
      lang,
      label: t.visibility,
      heading: 2,
      value: scenario.visibility,
      options: VISIBILITIES.map((one) => ({ value: one, label: t[one] })),
    }),
    buttonRow(button({ label: t.save, kind: 'secondary' })),
  ]);
  const remove = confirmBox({
    ...{ title: t.remove, body: t.removeText, action: `${at}/loeschen`, confirm: t.removeButton, danger: true },
    cancel: { label: t.cancel, href: at },
  });
  return html`${visibility}${linkPart(scenario, 'share', now, lang)}${linkPart(scenario, 'join', now, lang)}${remove}`;
}

function linkPart(
  { id, shareUntil, joinUntil }: ScenarioPicture['scenario'],
  kind: LinkKind,
  { link: made, typed }: MadeNow,
  lang: Parameters<typeof resultTexts>[0],
): Html {
  const t = resultTexts(lang);
  const share = kind === 'share';
  const until = share ? shareUntil : joinUntil;
  const at = `${pathOf(id)}/${share ? 'teilen' : 'einladen'}`;
  const own = typed?.kind === kind ? typed : undefined;
  const fresh = made?.kind === kind ? alert('success', t.newLink, html`<p class="kern-body">${t.newLinkText}</p>${copyable(made.address, lang)}`) : '';
  const body = html`<p class="kern-body">${share ? t.shareText : t.joinText}</p>${fresh}
${until === null ? '' : html`<p class="kern-body">${t.linkUntil(formatInstant(lang, until))}</p>`}
${form({ action: at, id: `form-${kind}` }, [
  numberField({ name: daysOf(kind), lang, label: t.days, value: own?.fields.get(daysOf(kind)) ?? '14', ...errorOf(own?.problems ?? [], daysOf(kind)) }),
  buttonRow(button({ label: t.makeLink, kind: 'secondary', context: share ? t.share : t.join })),
])}
${until === null ? '' : buttonForm(`${at}/beenden`, { label: share ? t.endShare : t.endJoin, kind: 'tertiary' })}`;
  return section(share ? t.share : t.join, body);
}

function linkPages(ctx: Sharing, frame: Frame): AnyRoute[] {
  return [
    getPage(`${TWIN}/geteilt/:key`, 'public', async (visit) => {
      const key = visit.params['key'] ?? '';
      const found = await showShared(ctx, visit.actor, key);
      if (!found.ok) return problemPage(found.problem);
      const shared = { key, path: `${TWIN}/geteilt/${key}` };
      return answerHtml(comparePage(frame(visit), { picture: found.value, process: visit.query.get('modell') ?? undefined, shared }));
    }),
    getPage(`${TWIN}/mitarbeit/:key`, 'signed-in', async (visit) => {
      const key = visit.params['key'] ?? '';
      const found = await showInvitation(ctx, key);
      if (!found.ok) return problemPage(found.problem);
      const view = frame(visit);
      const t = resultTexts(view.lang);
      const main = html`${pageTitle(found.value.title, { preline: t.invited, ...(found.value.question === '' ? {} : { lead: found.value.question }) })}<p class="kern-body">${t.invitedText}</p>${buttonForm(`${TWIN}/mitarbeit/${key}`, { label: t.accept })}`;
      return answerHtml(page(view, { title: t.invited, main, breadcrumb: crumbsOf(view.lang, { label: t.invited }) }));
    }),
    postPage(`${TWIN}/mitarbeit/:key`, 'signed-in', async (visit) => {
      const joined = await joinScenario(ctx, visit.actor, visit.params['key'] ?? '');
      return joined.ok ? redirect(pathOf(joined.value.id)) : problemPage(joined.problem);
    }),
  ];
}
