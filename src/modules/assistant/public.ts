/** The text assistant: summarise, write, research, converse; shared prompts and the text library. */
import type { AnyRoute } from '../../platform/http/route.ts';
import type { AssistantContext, CityFrame } from './application/context.ts';
import { assistantApi } from './http/api.ts';
import { libraryApi } from './http/api-library.ts';
import { blockPages } from './http/block-pages.ts';
import { makingPages } from './http/making-pages.ts';
import { promptPages } from './http/prompt-pages.ts';
import { resultPages } from './http/result-pages.ts';
import { startPages } from './http/start-page.ts';
import { streamRoutes } from './http/stream.ts';
import { talkPages } from './http/talk-pages.ts';

export { textBlocks } from './application/blocks.ts';
export type { AssistantContext, DocumentChoice, Documents, ReadText } from './application/context.ts';
export { RunningAnswers } from './application/running.ts';
export { assistantParameters } from './domain/retention.ts';
export { keepQuoted } from './domain/claims.ts';
export { checkFacts } from './domain/check-facts.ts';
export { aiLabel } from './domain/label.ts';
export { composeWriting } from './domain/letter.ts';
export { readability } from './domain/readability.ts';
export { extractiveAnswer } from './domain/research.ts';
export { extractiveSummary } from './domain/summary.ts';
export { assistantJobs } from './jobs.ts';

/** Every route of the module. What is fixed in an address stands before what is named in it. */
export function assistantRoutes(ctx: AssistantContext, frame: CityFrame): AnyRoute[] {
  return [
    ...startPages(ctx, frame),
    ...makingPages(ctx, frame),
    ...talkPages(ctx, frame),
    ...promptPages(ctx, frame),
    ...blockPages(ctx, frame),
    ...resultPages(ctx, frame),
    ...streamRoutes(ctx),
    ...assistantApi(ctx),
    ...libraryApi(ctx),
  ];
}
