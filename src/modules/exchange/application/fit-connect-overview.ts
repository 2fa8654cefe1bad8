import { listReceived } from '../store/fit-connect-received.ts';
import { listRefused } from '../store/fit-connect-events.ts';
import { listReplies, repliesOfCase as storedReplies } from '../store/fit-connect-replies.ts';
import { listSent } from '../store/fit-connect-sent.ts';
import type { FitConnectContext } from './fit-connect-context.ts';

const LATEST = 100;

/** What went in and out lately, and which events were not believed; ids and states, nothing about persons. */
export async function fitConnectOverview({ database }: Pick<FitConnectContext, 'database'>) {
  const received = await listReceived(database.read, LATEST);
  const sent = await listSent(database.read, LATEST);
  return {
    received: received.map(({ answer: _answer, answerJti: _jti, ...row }) => row),
    sent: sent.map(({ tags: _tags, ...row }) => row),
    replies: (await listReplies(database.read, LATEST)).map(({ tags: _tags, ...row }) => row),
    refused: await listRefused(database.read, LATEST),
  };
}

export type FitConnectOverview = Awaited<ReturnType<typeof fitConnectOverview>>;

/** Letters of a case that go back through FIT-Connect, and those that could not. */
export async function repliesOfCase(database: FitConnectContext['database'], caseId: string): Promise<FitConnectOverview['replies']> {
  return (await storedReplies(database.read, caseId)).map(({ tags: _tags, ...row }) => row);
}
