import { newId } from '../../kernel/id.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Context } from '../context.ts';
import { problemDocument, problemStatus } from './problem.ts';

/** Answers every path below `prefix`, beside the routes: for requests whose signature covers the body byte by byte. */
export interface Door {
  readonly prefix: string;
  readonly handle: (request: Request) => Promise<Response>;
}

/** A refusal by a door, as `application/problem+json`. */
export function refusedAtDoor(ctx: Pick<Context, 'clock' | 'settings'>, problem: Problem): Response {
  const document = problemDocument(problem, ctx.settings.publicUrl, newId(ctx.clock().epochMilliseconds));
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  return new Response(JSON.stringify(document), { status: problemStatus(problem), headers });
}
