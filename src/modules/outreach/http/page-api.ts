import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { OutreachContext } from '../application/context.ts';
import { OFFERED } from '../application/offered.ts';
import { editPage, makePage, openPage, publishPage, withdrawPage } from '../application/pages.ts';
import { addPicture } from '../application/pictures.ts';
import type { LandingPage } from '../domain/landing.ts';
import { READERS, WRITERS } from './frame.ts';
import { byId, TAG } from './schemas.ts';

const words = z.object({ de: z.string().max(5000), en: z.string().max(5000), leicht: z.string().max(5000) });
const blockSchema = z.object({
  id: z.string().regex(/^b\d{1,6}$/),
  kind: z.enum(OFFERED.blockKinds),
  words: z.partialRecord(z.enum(['heading', 'text', 'lines', 'label', 'question', 'answer', 'alt']), words),
  service: z.string().max(100).optional(),
  source: z.string().max(1000).optional(),
  date: z.string().max(20).optional(),
  picture: z.string().max(64).optional().describe('Name einer Zeichnung oder SHA-256 eines hochgeladenen Bildes.'),
});
const bySlug = z.object({ slug: z.string().max(64) });
const pageView = z.object({
  slug: z.string(),
  campaignId: z.string(),
  code: z.string(),
  version: z.number(),
  published: z.number().nullable(),
  blocks: z.array(blockSchema),
});
const step = z.object({ version: z.number().int().describe('Die gelesene Fassung.'), reason: z.string().max(2000) });

const present = ({ slug, campaignId, code, version, published, draft }: LandingPage): z.output<typeof pageView> => ({
  slug,
  campaignId,
  code,
  version,
  published,
  blocks: draft.blocks as z.output<typeof blockSchema>[],
});

/** Landing pages for programs: build, publish, withdraw. */
export function pageApi(ctx: OutreachContext): AnyRoute[] {
  const path = '/api/outreach/pages/:slug';
  return [
    apiRoute({
      method: 'post',
      path: '/api/outreach/campaigns/:id/pages',
      access: WRITERS,
      tag: TAG,
      summary: 'Legt eine leere Zielseite an, mit einem Link für alle, die ohne kommen',
      status: 201,
      params: byId,
      body: z.object({ slug: z.string().max(100) }),
      output: pageView,
      handle: async ({ actor, params: { id }, body: { slug } }) => {
        const made = await makePage(ctx, actor, id, slug);
        return made.ok ? ok(present(made.value)) : made;
      },
    }),
    apiRoute({
      method: 'get',
      path,
      access: READERS,
      tag: TAG,
      summary: 'Der Entwurf einer Zielseite, und was zum Veröffentlichen fehlt',
      params: bySlug,
      output: pageView.extend({ missing: z.array(z.string()) }),
      handle: async ({ params: { slug } }) => {
        const opened = await openPage(ctx, slug);
        return opened.ok ? ok({ ...present(opened.value.page), missing: [...opened.value.problems] }) : opened;
      },
    }),
    apiRoute({
      method: 'put',
      path,
      access: WRITERS,
      tag: TAG,
      summary: 'Ersetzt die Bausteine des Entwurfs; jeder steht in drei Sprachen und wird geprüft',
      params: bySlug,
      body: z.object({ version: z.number().int(), blocks: z.array(blockSchema).max(30) }),
      output: pageView,
      handle: async ({ actor, params: { slug }, body: { version, blocks } }) => {
        const done = await editPage(ctx, actor, { slug, version, change: { kind: 'all', blocks } });
        return done.ok ? ok(present(done.value)) : done;
      },
    }),
    ...publicationRoutes(ctx, path),
  ];
}

function publicationRoutes(ctx: OutreachContext, path: string): AnyRoute[] {
  const route = (method: 'post' | 'delete', summary: string, act: typeof publishPage): AnyRoute =>
    apiRoute({
      method,
      path: `${path}/publication`,
      access: WRITERS,
      tag: TAG,
      summary,
      params: bySlug,
      body: step,
      output: pageView,
      handle: async ({ actor, params: { slug }, body }) => {
        const done = await act(ctx, actor, { slug, ...body });
        return done.ok ? ok(present(done.value)) : done;
      },
    });
  return [
    route('post', 'Veröffentlicht den Entwurf als neue Fassung, mit Grund', publishPage),
    route('delete', 'Zieht eine Zielseite zurück, mit Grund; ihre Fassungen bleiben', withdrawPage),
    apiRoute({
      method: 'post',
      path: `${path}/pictures`,
      access: WRITERS,
      tag: TAG,
      summary: 'Nimmt ein Bild (JPEG oder PNG, höchstens 2 MB) ohne seine Metadaten',
      status: 201,
      params: bySlug,
      upload: true,
      output: z.object({ sha256: z.string() }),
      handle: async ({ actor, params: { slug }, files }) => {
        const [file] = files;
        if (file === undefined) return refuse(invalidField('picture', 'Schicken Sie das Bild als Datei mit.'));
        const added = await addPicture(ctx, actor, slug, file);
        return added.ok ? ok({ sha256: added.value }) : added;
      },
    }),
  ];
}
