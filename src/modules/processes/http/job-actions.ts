import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, html, postPage, problemPage, redirect, type AnyRoute, type FormVisit, type Answer, type Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { dismissJob, readJob, shareJob, unshareJob } from '../application/jobs-of.ts';
import { readResults } from '../application/results.ts';
import { JOBS, OGC } from './answers.ts';
import type { Executing } from './execute.ts';
import { jobPage } from './job-pages.ts';

const TAG = 'Modelle';
const params = z.object({ id: z.uuid() });

/** What people do with a job on its page, and programs beside OGC API Processes. */
export function jobActions(ctx: Executing, frame: (visit: Visit) => PageView): AnyRoute[] {
  const link = (key: string): string => `${ctx.settings.publicUrl}${OGC}/shared/${key}`;
  const at = '/api/processes/jobs/:id';
  return [
    postPage(`${JOBS}/:id/beenden`, 'signed-in', async (visit) => {
      const done = await dismissJob(ctx, visit.actor, visit.params['id'] ?? '');
      return done.ok ? redirect(`${JOBS}?f=html`) : problemPage(done.problem);
    }),
    postPage(`${JOBS}/:id/teilen`, 'signed-in', (visit) => share(ctx, visit, frame, link)),
    postPage(`${JOBS}/:id/nicht-teilen`, 'signed-in', async (visit) => {
      const done = await unshareJob(ctx, visit.actor, visit.params['id'] ?? '');
      return done.ok ? redirect(`${JOBS}/${done.value.id}?f=html`) : problemPage(done.problem);
    }),
    apiRoute({
      method: 'delete',
      path: at,
      access: 'signed-in',
      tag: TAG,
      summary: 'Bricht eine Rechnung ab, oder löscht eine, die zu Ende ist, mit ihrem Ergebnis.',
      params,
      output: z.object({ id: z.string(), status: z.string() }),
      handle: async ({ actor, params: { id } }) => {
        const done = await dismissJob(ctx, actor, id);
        return done.ok ? ok({ id, status: done.value.status }) : done;
      },
    }),
    apiRoute({
      method: 'put',
      path: `${at}/share`,
      access: 'signed-in',
      tag: TAG,
      summary: 'Macht einen Link, mit dem jeder das Ergebnis sieht; ein früherer endet.',
      params,
      keepsNoAnswer: true,
      output: z.object({ link: z.string() }),
      handle: async ({ actor, params: { id } }) => {
        const done = await shareJob(ctx, actor, id);
        return done.ok ? ok({ link: link(done.value.key) }) : done;
      },
    }),
    apiRoute({
      method: 'delete',
      path: `${at}/share`,
      access: 'signed-in',
      tag: TAG,
      summary: 'Beendet den Link zum Ergebnis.',
      params,
      output: z.object({ id: z.string() }),
      handle: ({ actor, params: { id } }) => unshareJob(ctx, actor, id),
    }),
  ];
}

/** The link is shown once: only its hash is kept. */
async function share(ctx: Executing, visit: FormVisit, frame: (visit: Visit) => PageView, link: (key: string) => string): Promise<Answer> {
  const id = visit.params['id'] ?? '';
  const done = await shareJob(ctx, visit.actor, id);
  if (!done.ok) return problemPage(done.problem);
  const [found, results] = [await readJob(ctx, visit.actor, id), await readResults(ctx, visit.actor, id)];
  if (!found.ok) return problemPage(found.problem);
  return html(jobPage(frame(visit), found.value, results.ok ? results.value : undefined, link(done.value.key)));
}
