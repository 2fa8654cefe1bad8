import type { Problem } from '../../../kernel/problem.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
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
import { tabs } from '../../../platform/ui/components.ts';
import { errorSummary } from '../../../platform/ui/form-frame.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination } from '../../../platform/ui/parts.ts';
import type { LageFrame } from '../application/context.ts';
import { assessEvent, assessReport } from '../application/assess-reports.ts';
import type { ReportsContext } from '../application/context.ts';
import { mergeEvents, splitReport, undoLink } from '../application/link-reports.ts';
import { logEvent } from '../application/log-event.ts';
import { contradictionList, eventDetails, eventOfReport, reportPicture, type ContradictionList } from '../application/read-reports.ts';
import { resolveContradiction } from '../application/resolve-contradiction.ts';
import { parseId } from '../../../kernel/id.ts';
import { CREDIBILITIES, RELIABILITIES } from '../../../kernel/report.ts';
import { contradictionItem } from './contradiction-part.ts';
import { reasonIn, type Refused } from './event-forms.ts';
import { eventPage } from './event-page.ts';
import { eventPath, reportsPath } from './list-page.ts';
import { reportTexts } from './texts.ts';

/** The page of an event, the list of contradictions, and everything a person decides on them. */
export function eventPages(ctx: ReportsContext, frame: LageFrame): AnyRoute[] {
  return [
    getPage('/lagen/:key/meldungen/ereignis/:id', LAGE_ACCESS, async (visit) => showEvent(ctx, frame, visit, visit.params['id']!)),
    getPage('/lagen/:key/meldungen/meldung/:id/bild/:sha256', LAGE_ACCESS, async ({ actor, params }) => {
      const found = await reportPicture(ctx, actor, params['key']!, params['id']!, params['sha256']!);
      if (!found.ok) return problemPage(found.problem);
      const { bytes, mediaType } = found.value;
      return { kind: 'file', bytes, mediaType, fileName: mediaType === 'image/png' ? 'meldung.png' : 'meldung.jpg', inline: true };
    }),
    ...onEvents(ctx, frame),
    ...onReports(ctx, frame),
    ...contradictionPages(ctx, frame),
  ];
}

async function showEvent(ctx: ReportsContext, frame: LageFrame, visit: Visit, eventId: string, refused?: Refused): Promise<Answer> {
  const found = await eventDetails(ctx, visit.actor, visit.params['key']!, eventId);
  if (!found.ok) return problemPage(refused === undefined ? found.problem : refused.problem);
  const body = eventPage(ctx, frame(visit, found.value.view), found.value, refused);
  return answerHtml(body, refused === undefined ? 200 : problemStatus(refused.problem));
}

/** A form on an event: on success back to where its reports are now, else the page again with what was typed. */
function onEvents(ctx: ReportsContext, frame: LageFrame): AnyRoute[] {
  const action = (
    path: string,
    at: string,
    run: (visit: FormVisit, key: string, id: string) => Promise<Result<{ readonly eventId?: string }, Problem>>,
  ): AnyRoute =>
    postPage(`/lagen/:key/meldungen/ereignis/:id/${path}`, LAGE_ACCESS, async (visit) => {
      const [key, id] = [visit.params['key']!, parseId(visit.params['id']!) ?? ''];
      const done = id === '' ? refuse(invalidField('id', reportTexts(visit.lang).none)) : await run(visit, key, id);
      return done.ok
        ? redirect(eventPath(key, done.value.eventId ?? id))
        : showEvent(ctx, frame, visit, visit.params['id']!, { at, fields: plainFields(visit, at), problem: done.problem });
    });
  return [
    action('beurteilen', 'alle', ({ actor, fields }, key, id) =>
      assessEvent(ctx, actor, key, id, { action: fields.get('action') === 'refuse' ? 'refuse' : 'confirm', reason: reasonIn(fields, 'alle') }),
    ),
    action('zusammenlegen', 'zusammenlegen', ({ actor, fields }, key, id) =>
      mergeEvents(ctx, actor, key, { from: id, into: fields.get('into') ?? '', reason: reasonIn(fields, 'zusammenlegen') }),
    ),
    action('tagebuch', 'tagebuch', async ({ actor, fields }, key, id) => {
      const done = await logEvent(ctx, actor, key, id, fields.get('remark') ?? '');
      return done.ok ? { ok: true, value: { eventId: id } } : done;
    }),
  ];
}

/** The fields of one of many forms under the names that problems use. */
function plainFields({ fields }: FormVisit, at: string): URLSearchParams {
  const plain = new URLSearchParams();
  for (const [name, value] of fields)
    plain.set(
      name
        .replace(`-${at}`, '')
        .replace(/^grund$/, 'reason')
        .replace(/^gilt$/, 'holds'),
      value,
    );
  return plain;
}

function onReports(ctx: ReportsContext, frame: LageFrame): AnyRoute[] {
  return [
    postPage('/lagen/:key/meldungen/meldung/:id/beurteilen', LAGE_ACCESS, async (visit) => {
      const [key, id] = [visit.params['key']!, visit.params['id']!];
      const fields = plainFields(visit, id);
      const action = (['confirm', 'refuse', 'reopen'] as const).find((one) => one === fields.get('action')) ?? 'grade';
      const done = await assessReport(ctx, visit.actor, key, id, {
        action,
        reason: fields.get('reason') ?? '',
        reliability: RELIABILITIES.find((one) => one === fields.get('reliability')),
        credibility: CREDIBILITIES.find((one) => String(one) === fields.get('credibility')),
      });
      return done.ok ? redirect(`${eventPath(key, done.value.eventId)}#m-${id}`) : showReport(ctx, frame, visit, { at: id, fields, problem: done.problem });
    }),
    postPage('/lagen/:key/meldungen/meldung/:id/herausnehmen', LAGE_ACCESS, async (visit) => {
      const [key, id] = [visit.params['key']!, visit.params['id']!];
      const at = `heraus-${id}`;
      const done = await splitReport(ctx, visit.actor, key, id, reasonIn(visit.fields, at));
      return done.ok
        ? redirect(eventPath(key, done.value.eventId))
        : showReport(ctx, frame, visit, { at, fields: plainFields(visit, at), problem: done.problem });
    }),
    postPage('/lagen/:key/meldungen/verknuepfung/:id/aufheben', LAGE_ACCESS, async (visit) => {
      const [key, id] = [visit.params['key']!, visit.params['id']!];
      const done = await undoLink(ctx, visit.actor, key, id, reasonIn(visit.fields, id));
      if (done.ok) return redirect(eventPath(key, done.value.eventId));
      return showEvent(ctx, frame, visit, visit.fields.get('ereignis') ?? '', { at: id, fields: plainFields(visit, id), problem: done.problem });
    }),
  ];
}

/** The page of the event a report belongs to now. */
async function showReport(ctx: ReportsContext, frame: LageFrame, visit: FormVisit, refused: Refused): Promise<Answer> {
  const found = await eventOfReport(ctx, visit.actor, visit.params['key']!, visit.params['id']!);
  return found.ok ? showEvent(ctx, frame, visit, found.value, refused) : problemPage(refused.problem);
}

const ROWS = 30;

function contradictionPages(ctx: ReportsContext, frame: LageFrame): AnyRoute[] {
  return [
    getPage('/lagen/:key/meldungen/widersprueche', LAGE_ACCESS, async (visit) => showContradictions(ctx, frame, visit)),
    postPage('/lagen/:key/meldungen/widersprueche/:id', LAGE_ACCESS, async (visit) => {
      const [key, id] = [visit.params['key']!, visit.params['id']!];
      const fields = plainFields(visit, id);
      const holds = (['a', 'b', 'both', 'neither'] as const).find((one) => one === fields.get('holds'));
      const done =
        holds === undefined
          ? refuse(invalidField('holds', 'Wählen Sie, was gilt.'))
          : await resolveContradiction(ctx, visit.actor, key, id, { holds, reason: fields.get('reason') ?? '' });
      return done.ok ? redirect(`${reportsPath(key)}/widersprueche`) : showContradictions(ctx, frame, visit, { at: id, fields, problem: done.problem });
    }),
  ];
}

async function showContradictions(ctx: ReportsContext, frame: LageFrame, visit: Visit, refused?: Refused): Promise<Answer> {
  const open = visit.query.get('stand') !== 'aufgeloest';
  const after = parseId(visit.query.get('nach') ?? '');
  const listed = await contradictionList(ctx, visit.actor, visit.params['key']!, { open, limit: ROWS, after });
  if (!listed.ok) return problemPage(listed.problem);
  return answerHtml(contradictionsPage(frame, visit, listed.value, open, refused), refused === undefined ? 200 : problemStatus(refused.problem));
}

function contradictionsPage(frame: LageFrame, visit: Visit, list: ContradictionList, open: boolean, refused?: Refused): Html {
  const view = frame(visit, list.view);
  const { lang } = view;
  const t = reportTexts(lang);
  const base = `${reportsPath(list.view.lage.key)}/widersprueche`;
  const switches = tabs(
    [
      { label: t.openOnly, href: base, current: open },
      { label: t.resolved, href: `${base}?stand=aufgeloest`, current: !open },
    ],
    lang,
  );
  const items = list.contradictions.map((one) => contradictionItem(one, list, lang, refused));
  const next = list.next === undefined ? '' : pagination({ next: `${base}?${open ? '' : 'stand=aufgeloest&'}nach=${list.next}` }, lang);
  const main = html`${refused === undefined ? '' : errorSummary([], lang, refused.problem.detail)}${pageTitle(t.contradictions, { lead: t.contradictionsLead })}${switches}
${items.length === 0 ? html`<p class="kern-body">${t.noContradictions}</p>` : html`<div class="k-cards">${items}</div>`}${next}`;
  return page(view, {
    title: t.contradictions,
    main,
    wide: true,
    hasErrors: refused !== undefined,
    breadcrumb: [{ label: t.title, href: reportsPath(list.view.lage.key) }, { label: t.contradictions }],
  });
}
