import { withOrigin } from '../../../platform/http/origin.ts';
import { getPage, html as answerHtml, leadOn, problemPage, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { page } from '../../../platform/ui/page.ts';
import type { OutreachContext } from '../application/context.ts';
import type { Follower, FollowWatch } from '../application/follow.ts';
import { readPicture } from '../application/pictures.ts';
import { goOnward, showLanding } from '../application/show-landing.ts';
import type { Frame } from './frame.ts';
import { landingBlocks } from './landing-blocks.ts';

const followerOf = (visit: Visit): Follower => ({ reader: visit.reader, ahead: visit.ahead === true });
const slugOf = (visit: Visit): string => visit.params['slug']!;

/** Landing pages as everybody sees them. */
export function landingRoutes(ctx: OutreachContext, frame: Frame, watch: FollowWatch): AnyRoute[] {
  return [
    getPage('/d/:slug', 'public', async (visit) => show(ctx, frame, watch, visit)),
    getPage('/d/:slug/weiter/:service', 'public', async (visit) => {
      const wish = { slug: slugOf(visit), service: visit.params['service']!, k: visit.query.get('k') };
      const onward = await goOnward(ctx, watch, wish, followerOf(visit));
      return onward.ok ? leadOn(onward.value) : problemPage(onward.problem);
    }),
    getPage('/d/:slug/bild/:sha', 'public', async (visit) => pictureAnswer(ctx, visit, false)),
  ];
}

/** A picture of a page; `insider`: also before it is published. */
export async function pictureAnswer(ctx: OutreachContext, visit: Visit, insider: boolean): Promise<Answer> {
  const found = await readPicture(ctx, slugOf(visit), visit.params['sha']!, insider);
  if (!found.ok) return problemPage(found.problem);
  const { bytes, mediaType } = found.value;
  return { kind: 'file', bytes, mediaType, fileName: mediaType === 'image/png' ? 'bild.png' : 'bild.jpg', inline: true };
}

async function show(ctx: OutreachContext, frame: Frame, watch: FollowWatch, visit: Visit): Promise<Answer> {
  const shown = await showLanding(ctx, watch, { slug: slugOf(visit), k: visit.query.get('k') }, followerOf(visit));
  if (!shown.ok) return problemPage(shown.problem);
  const { blocks, origin, page: published } = shown.value;
  const leads = {
    onward: (service: string) => withOrigin(`/d/${published.slug}/weiter/${service}`, origin),
    picture: (sha256: string) => `/d/${published.slug}/bild/${sha256}`,
  };
  const main = landingBlocks(ctx, blocks, leads, visit.lang);
  return answerHtml(page(frame(visit), { title: blocks[0]?.words.heading?.[visit.lang] ?? '', main }));
}
