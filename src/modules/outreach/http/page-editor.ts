import { idOrNobody } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
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
import { page } from '../../../platform/ui/page.ts';
import { html } from '../../../platform/ui/html.ts';
import { campaignById } from '../application/campaigns.ts';
import type { OutreachContext } from '../application/context.ts';
import { OFFERED } from '../application/offered.ts';
import { editPage, makePage, openPage, publishPage, withdrawPage, type OpenedPage } from '../application/pages.ts';
import { addPicture } from '../application/pictures.ts';
import type { Block, BlockKind } from '../domain/blocks.ts';
import { blockFields, blockFormPage, chosenFile, PAGES, readBlock } from './block-form.ts';
import { showCampaign } from './campaign-pages.ts';
import { READERS, WRITERS, type Frame } from './frame.ts';
import { landingBlocks } from './landing-blocks.ts';
import { pictureAnswer } from './landing-routes.ts';
import { editorPage } from './page-overview.ts';
import { pageTexts } from './page-texts.ts';

const slugOf = (visit: Visit): string => visit.params['slug']!;
const versionOf = (fields: URLSearchParams): number => (/^\d{1,9}$/.test(fields.get('version') ?? '') ? Number(fields.get('version')) : 0);

/** Where landing pages are built from blocks, looked at and published. */
export function pageEditor(ctx: OutreachContext, frame: Frame): AnyRoute[] {
  return [
    getPage(`${PAGES}/:slug`, READERS, async (visit) => showEditor(ctx, frame, visit)),
    getPage(`${PAGES}/:slug/vorschau`, READERS, async (visit) => preview(ctx, frame, visit)),
    getPage(`${PAGES}/:slug/bild/:sha`, READERS, async (visit) => pictureAnswer(ctx, visit, true)),
    getPage(`${PAGES}/:slug/baustein/:block`, WRITERS, async (visit) => {
      const opened = await openPage(ctx, slugOf(visit));
      if (!opened.ok) return problemPage(opened.problem);
      const block = blockOf(opened.value, visit, visit.query.get('art'));
      return answerHtml(blockForm(ctx, frame, visit, opened.value, block, blockFields(block)));
    }),
    postPage(`${PAGES}/:slug/baustein/:block`, WRITERS, async (visit) => putBlock(ctx, frame, visit)),
    postPage(`${PAGES}/:slug`, WRITERS, async (visit) => moveBlock(ctx, frame, visit)),
    postPage(`${PAGES}/:slug/veroeffentlichen`, WRITERS, async (visit) => {
      const { fields } = visit;
      const wish = { slug: slugOf(visit), version: versionOf(fields), reason: fields.get('reason') ?? '' };
      const done = fields.get('action') === 'withdraw' ? await withdrawPage(ctx, visit.actor, wish) : await publishPage(ctx, visit.actor, wish);
      return done.ok ? redirect(`${PAGES}/${wish.slug}`) : showEditor(ctx, frame, visit, done.problem);
    }),
    postPage('/kampagnen/:id/seiten', WRITERS, async (visit) => {
      const id = idOrNobody(visit.params['id']!);
      const made = await makePage(ctx, visit.actor, id, (visit.fields.get('slug') ?? '').trim());
      if (made.ok) return redirect(`${PAGES}/${made.value.slug}`);
      const campaign = await campaignById(ctx, id);
      return campaign.ok ? showCampaign(ctx, frame, visit, { problem: made.problem, pageFields: visit.fields }) : problemPage(campaign.problem);
    }),
  ];
}

/** The block of the address, or a new one of the kind that was asked for. */
function blockOf({ page: { draft, version } }: OpenedPage, visit: Visit, wished: string | null, read = version): Block {
  const id = visit.params['block']!;
  // somebody else may have made another block of this id meanwhile: what was typed belongs to the one that was read
  const known = read === version ? draft.blocks.find((one) => one.id === id) : undefined;
  if (known !== undefined) return known;
  const kind: BlockKind = OFFERED.blockKinds.find((one) => one === wished) ?? 'text';
  return { id: /^b\d{1,6}$/.test(id) ? id : 'b1', kind, words: {} };
}

function blockForm(ctx: OutreachContext, frame: Frame, visit: Visit, opened: OpenedPage, block: Block, fields: URLSearchParams, problem?: Problem) {
  return blockFormPage(frame(visit), { slug: opened.page.slug, version: opened.page.version, block, fields, services: ctx.services(), problem });
}

async function putBlock(ctx: OutreachContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const opened = await openPage(ctx, slugOf(visit));
  if (!opened.ok) return problemPage(opened.problem);
  const { id, kind } = blockOf(opened.value, visit, visit.fields.get('kind'), versionOf(visit.fields));
  const file = kind === 'image' ? chosenFile(visit.files) : undefined;
  const added = file === undefined ? undefined : await addPicture(ctx, visit.actor, opened.value.page.slug, file);
  const fields = new URLSearchParams(visit.fields);
  // a picture that was taken stays chosen, whatever else is wrong
  if (added?.ok === true) fields.set('picture', added.value);
  const block = readBlock(fields, id, kind);
  const again = (problem: Problem): Answer => answerHtml(blockForm(ctx, frame, visit, opened.value, block, fields, problem), problemStatus(problem));
  if (added?.ok === false) return again(added.problem);
  const done = await editPage(ctx, visit.actor, { slug: opened.value.page.slug, version: versionOf(fields), change: { kind: 'put', block } });
  return done.ok ? redirect(`${PAGES}/${done.value.slug}`) : again(done.problem);
}

async function moveBlock(ctx: OutreachContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const action = (['up', 'down', 'remove'] as const).find((one) => one === visit.fields.get('action')) ?? 'up';
  const change = { kind: action, id: visit.fields.get('id') ?? '' };
  const done = await editPage(ctx, visit.actor, { slug: slugOf(visit), version: versionOf(visit.fields), change });
  return done.ok ? redirect(`${PAGES}/${done.value.slug}`) : showEditor(ctx, frame, visit, done.problem);
}

async function showEditor(ctx: OutreachContext, frame: Frame, visit: Visit | FormVisit, problem?: Problem): Promise<Answer> {
  const opened = await openPage(ctx, slugOf(visit));
  if (!opened.ok) return problemPage(opened.problem);
  const reason = 'fields' in visit ? (visit.fields.get('reason') ?? '') : '';
  return answerHtml(editorPage(frame(visit), opened.value, { problem, reason }), problem === undefined ? 200 : problemStatus(problem));
}

async function preview(ctx: OutreachContext, frame: Frame, visit: Visit): Promise<Answer> {
  const opened = await openPage(ctx, slugOf(visit));
  if (!opened.ok) return problemPage(opened.problem);
  const { slug, draft } = opened.value.page;
  const t = pageTexts(visit.lang);
  const leads = { onward: (service: string) => `/leistungen/${service}`, picture: (sha256: string) => `${PAGES}/${slug}/bild/${sha256}` };
  const main = html`${landingBlocks(ctx, draft.blocks, leads, visit.lang)}${alert('info', t.preview, t.previewBody)}`;
  return answerHtml(page(frame(visit), { title: t.preview, main, breadcrumb: [{ label: `/d/${slug}`, href: `${PAGES}/${slug}` }, { label: t.preview }] }));
}
