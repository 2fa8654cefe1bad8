import { originIn } from '../../../platform/http/origin.ts';
import { getPage, html as answerHtml, type AnyRoute } from '../../../platform/http/route.ts';
import type { EntranceContext } from '../application/context.ts';
import { FrontDoorBoard } from '../application/front-door.ts';
import { search } from '../application/search.ts';
import type { Frame } from './frame.ts';
import { frontDoorPage } from './front-door.ts';

/** The one front door of the city. */
export function frontDoorRoutes(ctx: EntranceContext, frame: Frame): AnyRoute[] {
  const board = new FrontDoorBoard(ctx, ctx.keptMs);
  return [
    getPage('/', 'public', async (visit) => {
      const answered = search(ctx, visit.query.get('q') ?? '', visit.lang, visit.reader);
      const now = await board.read(visit.lang);
      return answerHtml(frontDoorPage(frame(visit), { ...now, ...answered, origin: originIn(visit.query) }));
    }),
  ];
}
