import { idOrNobody } from '../../../kernel/id.ts';
import { LAYERS, type Layer } from '../../../kernel/lage.ts';
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
import { checkboxGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { textArea, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, copyable, factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { FederationContext } from '../application/context.ts';
import { addPartner, endPartner, linkPartner, partnersOf, sendMessage, shareLayers, type PartnerView } from '../application/partners.ts';
import { keyMark } from '../application/key-mark.ts';
import { layerName } from '../application/names.ts';
import { partnerTexts } from './texts.ts';

/** Sets a page of a Lage into the frame of the Lage. */
export type LageFrame = (visit: Visit, view: Extract<Awaited<ReturnType<typeof partnersOf>>, { ok: true }>['value']['view']) => PageView;

/** Servers with which a Lage is shared. */
export function partnerPages(ctx: FederationContext, frame: LageFrame): AnyRoute[] {
  const at = '/lagen/:key/partner';
  const action = (path: string, run: (visit: FormVisit, key: string, id: string) => Promise<Result<unknown, Problem>>): AnyRoute =>
    postPage(`${at}${path}`, LAGE_ACCESS, async (visit) => {
      const key = visit.params['key']!;
      const done = await run(visit, key, idOrNobody(visit.params['id'] ?? ''));
      return done.ok ? redirect(`/lagen/${key}/partner`) : show(ctx, frame, visit, { fields: visit.fields, problem: done.problem, id: visit.params['id'] });
    });
  const layersIn = (fields: URLSearchParams): Layer[] => fields.getAll('layers') as Layer[];
  return [
    getPage(at, LAGE_ACCESS, async (visit) => show(ctx, frame, visit)),
    action('', ({ actor, fields }, key) => addPartner(ctx, actor, key, { name: fields.get('name') ?? '', layers: layersIn(fields) })),
    action('/:id/verbinden', ({ actor, fields }, key, id) => linkPartner(ctx, actor, key, id, fields.get('code') ?? '')),
    action('/:id/ebenen', ({ actor, fields }, key, id) => shareLayers(ctx, actor, key, id, layersIn(fields))),
    action('/:id/nachricht', ({ actor, fields }, key, id) => sendMessage(ctx, actor, key, id, { text: fields.get('text') ?? '' })),
    action('/:id/ende', ({ actor }, key, id) => endPartner(ctx, actor, key, id)),
  ];
}

interface Sent {
  readonly fields: URLSearchParams;
  readonly problem: Problem;
  /** Partner the form belongs to. */
  readonly id: string | undefined;
}

async function show(ctx: FederationContext, frame: LageFrame, visit: Visit, sent?: Sent): Promise<Answer> {
  const found = await partnersOf(ctx, visit.actor, visit.params['key']!);
  if (!found.ok) return problemPage(found.problem);
  const view = frame(visit, found.value.view);
  const { lang } = view;
  const t = partnerTexts(lang);
  const shares = found.value.view.rights.has('share');
  const base = `/lagen/${found.value.view.lage.key}/partner`;
  const problems = sent?.problem.fields ?? [];
  const add = shares
    ? accordion(
        t.add,
        form(
          { action: base },
          html`${textField({ name: 'name', lang, value: sent?.id === undefined ? (sent?.fields.get('name') ?? '') : '', label: t.name, maxLength: 80, ...errorOf(sent?.id === undefined ? problems : [], 'name') })}${layerField(lang, sent?.id === undefined ? (sent?.fields.getAll('layers') ?? []) : [])}${buttonRow(button({ label: t.add }))}`,
        ),
        { open: sent !== undefined && sent.id === undefined },
      )
    : '';
  const main = html`${sent === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? sent.problem.detail : undefined)}${pageTitle(t.title, { lead: t.lead })}
${found.value.partners.length === 0 ? html`<p class="kern-body">${t.none}</p>` : found.value.partners.map((one) => partnerPart(one, base, shares, view, sent?.id === one.id ? sent : undefined))}${add}`;
  return answerHtml(page(view, { title: t.title, main, wide: true, hasErrors: sent !== undefined }), sent === undefined ? 200 : problemStatus(sent.problem));
}

const layerField = (lang: Lang, values: readonly string[]): Html =>
  checkboxGroup({
    name: 'layers',
    lang,
    label: partnerTexts(lang).layers,
    hint: partnerTexts(lang).layersHint,
    values,
    options: LAYERS.map((value) => ({ value, label: layerName(lang, value) })),
  });

function stateBadge(one: PartnerView, lang: Lang): Html {
  const t = partnerTexts(lang);
  if (one.state === 'linked' && one.problemSince !== null) return badge('danger', t.broken(formatInstant(lang, one.problemSince)));
  if (one.state === 'linked') return badge('success', t.linked);
  return badge('neutral', one.state === 'waiting' ? t.waiting : t.ended);
}

function partnerPart(one: PartnerView, base: string, shares: boolean, view: PageView, sent: Sent | undefined): Html {
  const { lang } = view;
  const t = partnerTexts(lang);
  const facts = factList([
    { label: t.state, value: stateBadge(one, lang), ...(one.problem === null ? {} : { note: one.problem }) },
    { label: t.origin, value: one.origin ?? '–' },
    { label: t.heard, value: one.heardAt === null ? t.never : formatInstant(lang, one.heardAt) },
    { label: t.behind, value: one.theirHead === null ? '–' : String(Math.max(0, one.theirHead - one.inN)) },
    { label: t.gives, value: one.layers.map((layer) => layerName(lang, layer)).join(', ') },
    ...(one.publicKey === null ? [] : [{ label: t.fingerprint, value: keyMark(one.publicKey), note: t.fingerprintText }]),
  ]);
  if (!shares || one.state === 'ended') return section(one.name, facts);
  const link =
    one.state === 'waiting'
      ? html`<p class="kern-body">${t.ourCodeText}</p>${copyable(one.code, lang, t.ourCode)}${form({ action: `${base}/${one.id}/verbinden` }, html`${textArea({ name: 'code', lang, value: sent?.fields.get('code') ?? '', label: t.theirCode, rows: 4, ...errorOf(sent?.problem.fields ?? [], 'code') })}${buttonRow(button({ label: t.link }))}`)}`
      : form(
          { action: `${base}/${one.id}/nachricht` },
          html`${textArea({ name: 'text', lang, value: sent?.fields.get('text') ?? '', label: t.message, rows: 3, maxLength: 4000, ...errorOf(sent?.problem.fields ?? [], 'text') })}${buttonRow(button({ label: t.send, context: one.name }))}`,
        );
  const change = accordion(
    t.change,
    form(
      { action: `${base}/${one.id}/ebenen` },
      html`${layerField(lang, sent?.fields.has('layers') === true ? sent.fields.getAll('layers') : one.layers)}${buttonRow(button({ label: t.change, kind: 'secondary' }))}`,
    ),
  );
  const refused = one.refusals.length === 0 ? '' : accordion(t.refused, refusalTable(one, lang));
  return section(
    one.name,
    html`${facts}${link}${change}${refused}${buttonForm(`${base}/${one.id}/ende`, { label: t.end, kind: 'tertiary', context: one.name })}`,
  );
}

function refusalTable({ refusals }: PartnerView, lang: Lang): Html {
  const t = partnerTexts(lang);
  return dataTable(
    [
      { label: t.when, rowHeader: true, cell: ({ at }) => formatInstant(lang, at) },
      { label: t.reason, cell: ({ reason }) => reason },
      { label: t.detail, cell: ({ detail }) => html`<code class="k-code">${detail}</code>` },
    ],
    refusals,
    { caption: t.refused, captionHidden: true, lang },
  );
}
