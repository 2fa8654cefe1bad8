import { z } from 'zod';
import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { apiRoute, getPage, problemPage, type Answer, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { linkButton, buttonRow } from '../../../platform/ui/form-frame.ts';
import { defineTexts, html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { ExchangeContext } from '../application/context.ts';
import { forArchive, forAuthority, type HandedOn } from '../application/hand-on.ts';

const OFFICERS = ['sachbearbeitung', 'leitung', 'revision'] as const;
const NOT_FOUND: Problem = { kind: 'not-found', detail: 'Diesen Vorgang gibt es nicht, oder er gehört nicht zu Ihrer Behörde. Prüfen Sie das Aktenzeichen.' };

const texts = defineTexts({
  de: { title: 'Weitergeben', archive: 'Für das Archiv (xdomea 0503)', closedOnly: 'Ins Archiv geht ein Vorgang erst, wenn er abgeschlossen ist.' },
  en: { title: 'Hand on', archive: 'For the archive (xdomea 0503)', closedOnly: 'A case goes to the archive only when it is closed.' },
  leicht: { title: 'Weitergeben', archive: 'Für das Archiv', closedOnly: 'Ins Archiv kommt nur, was fertig ist.' },
});

/** Files for other houses: as downloads and for programs. */
export function exchangeRoutes(ctx: ExchangeContext): AnyRoute[] {
  const params = z.object({ id: z.uuid() });
  const output = z.object({ name: z.string(), mediaType: z.string(), base64: z.string() });
  const packed = (done: Result<HandedOn, Problem>) =>
    done.ok ? ok({ name: done.value.fileName, mediaType: 'application/zip', base64: Buffer.from(done.value.bytes).toString('base64') }) : done;
  return [
    getPage('/eingang/:id/xdomea/aussonderung.zip', OFFICERS, async (visit) => download(visit, (id) => forArchive(ctx, visit.actor, id))),
    getPage('/eingang/:id/xdomea/abgabe.zip', OFFICERS, async (visit) =>
      download(visit, (id) => forAuthority(ctx, visit.actor, id, visit.query.get('an') ?? '')),
    ),
    apiRoute({
      method: 'get',
      path: '/api/cases/:id/xdomea/aussonderung',
      access: OFFICERS,
      tag: 'Datenaustausch',
      summary: 'Ein abgeschlossener Vorgang mit seinen Dokumenten als xdomea 3.0.0, Nachricht 0503 (ZIP in base64)',
      params,
      output,
      handle: async ({ actor, params: { id } }) => packed(await forArchive(ctx, actor, id)),
    }),
    apiRoute({
      method: 'get',
      path: '/api/cases/:id/xdomea/abgabe',
      access: OFFICERS,
      tag: 'Datenaustausch',
      summary: 'Ein Vorgang mit seinen Dokumenten für eine andere Behörde als xdomea 3.0.0, Nachricht 0401 (ZIP in base64)',
      params,
      query: z.object({ to: z.string().max(100) }),
      output,
      handle: async ({ actor, params: { id }, queryInput }) => packed(await forAuthority(ctx, actor, id, queryInput.to)),
    }),
  ];
}

async function download(visit: Visit, made: (id: string) => Promise<Result<HandedOn, Problem>>): Promise<Answer> {
  const id = parseId(visit.params['id'] ?? '');
  if (id === undefined) return problemPage(NOT_FOUND);
  const done = await made(id);
  return done.ok ? { kind: 'file', bytes: done.value.bytes, mediaType: 'application/zip', fileName: done.value.fileName } : problemPage(done.problem);
}

/** On the officer's case page: what can be handed on. */
export function handOnPanel(caseId: string, lang: Lang): Html {
  const t = texts(lang);
  const href = `/eingang/${caseId}/xdomea/aussonderung.zip`;
  return section(
    t.title,
    html`<p class="kern-body">${t.closedOnly}</p>${buttonRow(linkButton({ label: t.archive, href, kind: 'secondary', icon: 'download' }))}`,
    {
      id: 'weitergeben',
    },
  );
}
