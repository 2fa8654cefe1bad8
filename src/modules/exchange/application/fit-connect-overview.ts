import { listReceived } from '../store/fit-connect-received.ts';
import { listRefused } from '../store/fit-connect-events.ts';
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
    refused: await listRefused(database.read, LATEST),
  };
}

export type FitConnectOverview = Awaited<ReturnType<typeof fitConnectOverview>>;
