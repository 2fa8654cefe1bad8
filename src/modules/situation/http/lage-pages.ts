import { FUNCTION_NAMES } from '../../../kernel/lage-names.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  LAGE_ACCESS,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { SituationContext } from '../application/context.ts';
import { enterLage } from '../application/enter-lage.ts';
import { closeLage, handOver, takePublicReports } from '../application/lagen.ts';
import { addMember, changeMember, endMember, inviteGuest, staffOf } from '../application/members.ts';
import { countsOfPicture, type KnownKind } from '../application/picture.ts';
import { endSection, makeSection, sectionsOf } from '../application/sections.ts';
import type { Layer, StaffFunction } from '../../../kernel/lage.ts';
import type { LageView, ListedMember, Section } from '../domain/lage.ts';
import type { LageProblem } from '../domain/problems.ts';
import type { LageFrame } from './frame.ts';
import { staffForms, type Typed } from './staff-forms.ts';
import { HAZARD_NAMES, KIND_NAMES, lageTexts } from './texts.ts';

/** The overview of a Lage, and the page of its staff, guests and sections. */
export function lagePages(ctx: SituationContext, frame: LageFrame): AnyRoute[] {
  return [
    getPage('/lagen/:key', LAGE_ACCESS, async (visit) => {
      const opened = await enterLage(ctx, visit.actor, visit.params['key']!, 'read');
      if (!opened.ok) return problemPage(opened.problem);
      const known = await countsOfPicture(ctx.database.read, opened.value, visit.now);
      const sections = await sectionsOf(ctx, visit.actor, opened.value.lage.key);
      return answerHtml(overview(frame, visit, opened.value, known, sections.ok ? sections.value : []));
    }),
    getPage('/lagen/:key/stab', LAGE_ACCESS, async (visit) => staffPage(ctx, frame, visit)),
    ...staffActions(ctx, frame),
  ];
}

type Did = Promise<Result<unknown, LageProblem>>;

/** Each form of the staff's page, and what it does. */
function staffActions(ctx: SituationContext, frame: LageFrame): AnyRoute[] {
  const action = (path: string, name: string, run: (visit: FormVisit, key: string, get: (field: string) => string) => Did): AnyRoute =>
    postPage(`/lagen/:key/stab/${path}`, LAGE_ACCESS, async (visit) => {
      const key = visit.params['key']!;
      const done = await run(visit, key, (field) => (visit.fields.get(field) ?? '').trim());
      if (done.ok && name !== 'guest') return redirect(`/lagen/${key}/stab`);
      return staffPage(ctx, frame, visit, done.ok ? { name, invited: done.value as { token: string } } : { name, problem: done.problem, fields: visit.fields });
    });
  const sectionIn = (id: string): string | null => (id === '' ? null : id);
  return [
    action('mitglied', 'member', ({ actor }, key, get) =>
      addMember(ctx, actor, key, {
        staffId: get('staffId'),
        organisation: get('organisation'),
        function: get('function') as StaffFunction,
        sectionId: sectionIn(get('sectionId')),
      }),
    ),
    action('mitglied/:id', 'change', ({ actor, params }, key, get) =>
      get('action') === 'end'
        ? endMember(ctx, actor, key, params['id']!)
        : changeMember(ctx, actor, key, params['id']!, { function: get('function') as StaffFunction, sectionId: sectionIn(get('sectionId')) }),
    ),
    action('gast', 'guest', ({ actor, fields, now }, key, get) => {
      const hours = /^\d{1,3}$/.test(get('hours')) ? Number(get('hours')) : 0;
      return inviteGuest(ctx, actor, key, {
        name: get('name'),
        organisation: get('organisation'),
        function: get('function') as StaffFunction,
        sectionId: sectionIn(get('sectionId')),
        layers: fields.getAll('layers') as Layer[],
        until: now.add({ hours }),
      });
    }),
    action('abschnitt', 'section', ({ actor }, key, get) =>
      makeSection(ctx, actor, key, {
        name: get('name'),
        kind: get('kind') === 'sektor' ? 'sektor' : 'abschnitt',
        parentId: get('kind') === 'sektor' ? sectionIn(get('parentId')) : null,
        leader: get('leader'),
        area: null,
      }),
    ),
    action('abschnitt/:id/aufloesen', 'section', ({ actor, params }, key) => endSection(ctx, actor, key, params['id']!)),
    action('leitung', 'lead', ({ actor }, key, get) => handOver(ctx, actor, key, get('memberId'))),
    action('meldungen', 'public', ({ actor }, key, get) => takePublicReports(ctx, actor, key, get('taken') === 'ja')),
    action('ende', 'close', ({ actor }, key, get) => closeLage(ctx, actor, key, get('because'))),
  ];
}

function overview(frame: LageFrame, visit: Visit, entered: LageView, known: readonly KnownKind[], sections: readonly Section[]): Html {
  const view = frame(visit, entered);
  const { lang } = view;
  const t = lageTexts(lang);
  const { lage } = entered;
  const facts = factList([
    {
      label: t.state,
      value: html`${lage.state === 'open' ? badge('success', t.open) : badge('neutral', t.closed)} ${lage.exercise ? badge('warning', t.exerciseBadge) : ''}`,
    },
    { label: t.hazard, value: HAZARD_NAMES[lang][lage.hazard] },
    { label: t.ledBy, value: lage.ledBy },
    { label: t.since, value: formatInstant(lang, lage.openedAt) },
    { label: t.function, value: FUNCTION_NAMES[lang][entered.member.function] },
  ]);
  const main = html`${pageTitle(lage.title)}${facts}${section(t.known, knownTable(known, visit.now, lang))}${section(t.sections, sectionTable(sections, lang))}${buttonRow(linkButton({ label: t.manage, href: `/lagen/${lage.key}/stab`, kind: 'secondary' }))}`;
  return page(view, { title: lage.title, main, wide: true, breadcrumb: [{ label: t.lagen, href: '/lagen' }, { label: lage.title }] });
}

/** How much of each kind is known, and how old it is. */
function knownTable(known: readonly KnownKind[], now: Temporal.Instant, lang: Lang): Html {
  const t = lageTexts(lang);
  const minutes = (at: Temporal.Instant): number => Math.max(0, Math.floor(at.until(now).total('minutes')));
  return dataTable<KnownKind>(
    [
      { label: t.kind, rowHeader: true, cell: ({ kind }) => KIND_NAMES[lang][kind] },
      { label: t.count, numeric: true, cell: ({ count }) => count },
      { label: t.stale, numeric: true, cell: ({ stale }) => (stale === 0 ? '0' : badge('warning', String(stale))) },
      { label: t.newest, cell: ({ newest }) => html`${formatInstant(lang, newest)} (${t.age(minutes(newest))})` },
    ],
    known,
    { caption: t.known, captionHidden: true, lang, empty: t.nothingKnown },
  );
}

function sectionTable(sections: readonly Section[], lang: Lang): Html {
  const t = lageTexts(lang);
  return dataTable<Section>(
    [
      { label: t.name, rowHeader: true, cell: ({ name }) => name },
      { label: t.sectionKind, cell: ({ kind }) => t[kind] },
      { label: t.within, cell: ({ parentId }) => sections.find(({ id }) => id === parentId)?.name ?? '' },
      { label: t.leader, cell: ({ leader }) => leader },
    ],
    sections,
    { caption: t.sections, captionHidden: true, lang, empty: t.noSections },
  );
}

function staffTable(members: readonly ListedMember[], sections: readonly Section[], lang: Lang): Html {
  const t = lageTexts(lang);
  return dataTable<ListedMember>(
    [
      { label: t.name, rowHeader: true, cell: ({ name, guest }) => html`${name} ${guest ? badge('neutral', t.guest) : ''}` },
      { label: t.function, cell: (one) => FUNCTION_NAMES[lang][one.function] },
      { label: t.organisation, cell: ({ organisation }) => organisation },
      { label: t.section, cell: ({ sectionId }) => sections.find(({ id }) => id === sectionId)?.name ?? '' },
      { label: t.until, cell: ({ until, endedAt }) => (endedAt !== null ? badge('neutral', t.gone) : until === null ? '' : formatInstant(lang, until)) },
    ],
    members,
    { caption: t.staff, captionHidden: true, lang },
  );
}

/** What was sent last and what came of it. */
interface Sent {
  readonly name: string;
  readonly problem?: Problem;
  readonly fields?: URLSearchParams;
  readonly invited?: { readonly token: string };
}

async function staffPage(ctx: SituationContext, frame: LageFrame, visit: Visit, sent?: Sent): Promise<Answer> {
  const key = visit.params['key']!;
  const opened = await enterLage(ctx, visit.actor, key, 'read');
  if (!opened.ok) return problemPage(opened.problem);
  const [staff, found] = [await staffOf(ctx, visit.actor, key), await sectionsOf(ctx, visit.actor, key)];
  if (!staff.ok) return problemPage(staff.problem);
  if (!found.ok) return problemPage(found.problem);
  const view = frame(visit, opened.value);
  const { lang } = view;
  const t = lageTexts(lang);
  const sections = found.value;
  const leads = opened.value.rights.has('lead');
  const typed: Typed = {
    name: sent?.name ?? '',
    fields: sent?.fields ?? new URLSearchParams(),
    ...(sent?.problem === undefined ? {} : { problem: sent.problem }),
  };
  const forms = leads ? staffForms({ lage: opened.value.lage, members: staff.value.members, others: staff.value.others, sections, typed, lang }) : '';
  const link = sent?.invited === undefined ? undefined : `${visit.origin}/lagen-gast/${sent.invited.token}`;
  const main = html`${pageTitle(t.manage)}${forms === '' ? '' : forms.head(link)}${section(t.staff, staffTable(staff.value.members, sections, lang))}${section(t.sections, sectionTable(sections, lang))}${forms === '' ? '' : forms.body}`;
  const status = sent?.problem === undefined ? 200 : problemStatus(sent.problem);
  return answerHtml(page(view, { title: t.manage, main, wide: true, hasErrors: sent?.problem !== undefined }), status);
}
