import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { apiRoute, getPage, html as answerHtml, problemPage, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { badge, card, cardGrid, emptyState } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { linkButton } from '../../../platform/ui/form-frame.ts';
import { formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { PlansContext, StepView } from '../application/context.ts';
import { listPlans, officerPicture, officerPlan, openPlan, planFeatures, planFile, planPicture, PLAN_TYPE, type PublicPlan } from '../application/plans.ts';
import { planPart } from './plan-parts.ts';
import { planTexts } from './texts.ts';

type Frame = (visit: Visit) => PageView;
const OFFICERS = ['sachbearbeitung', 'leitung', 'revision'] as const;
const day = (lang: Lang, on: string): string => formatShortDate(lang, Temporal.PlainDate.from(on));
const titleOf = ({ view, head }: PublicPlan, lang: Lang): string => head?.name ?? `${view.title[lang]}, ${view.fileNumber}`;

/** Pages and data of plans. */
export function plansRoutes(ctx: PlansContext, frame: Frame): AnyRoute[] {
  return [
    getPage('/plaene', 'public', async (visit) => answerHtml(listPage(frame(visit), await listPlans(ctx)))),
    getPage('/plaene/:caseId', 'public', async (visit) => {
      const opened = await openPlan(ctx, visit.params['caseId'] ?? '');
      return opened.ok ? answerHtml(planPage(frame(visit), opened.value)) : problemPage(opened.problem);
    }),
    getPage('/plaene/:caseId/karte.svg', 'public', async (visit) => {
      const drawn = await planPicture(ctx, visit.params['caseId'] ?? '');
      return drawn.ok ? picture(drawn.value) : problemPage(drawn.problem);
    }),
    getPage('/plaene/:caseId/plan.gml', 'public', async (visit) => {
      const file = await planFile(ctx, visit.params['caseId'] ?? '');
      return file.ok ? { kind: 'file', bytes: file.value.bytes, mediaType: PLAN_TYPE, fileName: file.value.fileName } : problemPage(file.problem);
    }),
    getPage('/amt/vorgang/:caseId/plan.svg', OFFICERS, async (visit) => {
      const drawn = await officerPicture(ctx, visit.actor, visit.params['caseId'] ?? '');
      return drawn.ok ? picture(drawn.value) : problemPage(drawn.problem);
    }),
    ...plansApi(ctx),
  ];
}

const picture = (svg: string): Answer => ({
  kind: 'file',
  bytes: Buffer.from(svg),
  mediaType: 'image/svg+xml',
  fileName: 'plan.svg',
  inline: true,
});

function listPage(view: PageView, plans: readonly PublicPlan[]): Html {
  const { lang } = view;
  const t = planTexts(lang);
  const cards = plans.map((one) => {
    const last = one.view.steps.findLast(({ stage }) => stage === 'done');
    const state = last === undefined ? '' : `${last.name[lang]}${last.on === undefined ? '' : `, ${day(lang, last.on)}`}`;
    return card({ title: titleOf(one, lang), href: `/plaene/${one.view.id}`, body: one.view.rounds.length > 0 ? `${state}. ${t.takePart}.` : state, level: 2 });
  });
  return page(view, {
    title: t.title,
    main: html`${pageTitle(t.title, { lead: t.lead })}${cards.length === 0 ? emptyState({ title: t.none }) : cardGrid(cards)}`,
    frame: true,
  });
}

function planPage(view: PageView, one: PublicPlan): Html {
  const { lang } = view;
  const t = planTexts(lang);
  const { view: found, read } = one;
  const title = titleOf(one, lang);
  const rounds = found.rounds.map(
    (round) =>
      html`<p>${linkButton({ label: t.takePart, href: `/beteiligung/${round.id}`, context: round.title })} ${round.title}, ${round.startsOn > view.now.toZonedDateTimeISO('Europe/Berlin').toPlainDate().toString() ? t.announced(day(lang, round.startsOn)) : t.until(day(lang, round.dueOn))}</p>`,
  );
  const facts = [
    { label: t.fileNumber, value: found.fileNumber },
    { label: t.authority, value: found.authority },
    ...(found.inForceOn === undefined ? [] : [{ label: t.inForce, value: day(lang, found.inForceOn) }]),
  ];
  const drawing =
    read === undefined
      ? html`<p class="kern-body">${t.noDrawing}</p>`
      : html`${planPart(read, `/plaene/${found.id}/karte.svg`, lang)}<p><a class="kern-link" href="/plaene/${found.id}/plan.gml">${t.download}</a> · <a class="kern-link" href="/api/plans/${found.id}/features">${t.asData}</a></p>`;
  const main = html`${pageTitle(title, { preline: found.title[lang] })}${rounds}${factList(facts)}${section(t.course, courseTable(found.steps, lang))}${section(t.planDrawing, drawing)}`;
  return page(view, { title, main, wide: true, breadcrumb: [{ label: t.title, href: '/plaene' }, { label: title }] });
}

function courseTable(steps: readonly StepView[], lang: Lang): Html {
  const t = planTexts(lang);
  const kinds = { done: 'success', next: 'info', ahead: 'neutral' } as const;
  return dataTable<StepView>(
    [
      { label: t.step, rowHeader: true, cell: (step) => step.name[lang] },
      { label: t.basis, cell: (step) => step.legalBasis },
      { label: t.stage, cell: (step) => badge(kinds[step.stage], t[step.stage]) },
      { label: t.day, cell: (step) => (step.on === undefined ? '–' : day(lang, step.on)) },
    ],
    steps,
    { caption: t.course, captionHidden: true, lang },
  );
}

/** The plan on the officer's page of the case; nothing where the case has none. */
export async function planPanel(ctx: PlansContext, actor: Actor, caseId: string, lang: Lang): Promise<Html | undefined> {
  const read = await officerPlan(ctx, actor, caseId);
  return read && section(planTexts(lang).planDrawing, planPart(read, `/amt/vorgang/${caseId}/plan.svg`, lang), { id: 'plan' });
}

const summary = z.object({
  id: z.string(),
  fileNumber: z.string(),
  title: z.string(),
  authority: z.string(),
  inForceOn: z.string().nullable(),
  steps: z.array(z.object({ id: z.string(), name: z.string(), legalBasis: z.string(), stage: z.enum(['done', 'next', 'ahead']), on: z.string().nullable() })),
  rounds: z.array(z.object({ id: z.string(), title: z.string(), startsOn: z.string(), dueOn: z.string() })),
  plan: z
    .object({
      name: z.string(),
      number: z.string().nullable(),
      kind: z.string().nullable(),
      status: z.string().nullable(),
      features: z.number(),
      arcs: z.number(),
    })
    .nullable(),
});

function present(one: PublicPlan, lang: Lang): z.output<typeof summary> {
  const { view, read, head } = one;
  return {
    id: view.id,
    fileNumber: view.fileNumber,
    title: titleOf(one, lang),
    authority: view.authority,
    inForceOn: view.inForceOn ?? null,
    steps: view.steps.map(({ id, name, legalBasis, stage, on }) => ({ id, name: name[lang], legalBasis, stage, on: on ?? null })),
    rounds: [...view.rounds],
    plan:
      read === undefined || head === undefined
        ? null
        : {
            name: head.name,
            number: head.number ?? null,
            kind: head.kind ?? null,
            status: head.status ?? null,
            features: read.plan.features.length,
            arcs: read.arcs,
          },
  };
}

function plansApi(ctx: PlansContext): AnyRoute[] {
  const params = z.object({ id: z.uuid() });
  const tag = 'Pläne';
  return [
    apiRoute({
      method: 'get',
      path: '/api/plans',
      access: 'public',
      tag,
      summary: 'Öffentliche Pläne mit ihrem Stand, neueste zuerst (höchstens 200)',
      output: z.object({ items: z.array(summary), next: z.null() }),
      handle: async ({ lang }) => ok({ items: (await listPlans(ctx)).map((one) => present(one, lang)), next: null }),
    }),
    apiRoute({
      method: 'get',
      path: '/api/plans/:id',
      access: 'public',
      tag,
      summary: 'Ein öffentlicher Plan mit seinem Verfahren',
      params,
      output: summary,
      handle: async ({ params: { id }, lang }) => {
        const opened = await openPlan(ctx, id);
        return opened.ok ? ok(present(opened.value, lang)) : opened;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/plans/:id/features',
      access: 'public',
      tag,
      summary: 'Die Festsetzungen des Plans als GeoJSON (WGS 84)',
      params,
      output: z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) }),
      handle: async ({ params: { id } }) => {
        const found = await planFeatures(ctx, id);
        return found.ok ? ok({ type: found.value.type, features: [...found.value.features] }) : found;
      },
    }),
  ];
}
