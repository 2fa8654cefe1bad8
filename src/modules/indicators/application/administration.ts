import type { Definition } from '../domain/definition.ts';
import { readCheckpoint, type Checkpoint } from '../store/figures.ts';
import { listSources, type SourceRow } from '../store/sources.ts';
import type { IndicatorsContext } from './context.ts';
import type { Desk } from './desk.ts';

export interface Administration {
  readonly checkpoint: Checkpoint;
  /** The newest entry of the journal. */
  readonly head: number;
  readonly definitions: readonly Definition[];
  readonly sources: readonly SourceRow[];
}

/** How far the journal is followed, what is defined, and how the sources do. */
export async function readAdministration(ctx: IndicatorsContext, desk: Desk): Promise<Administration> {
  const { read } = ctx.database;
  const [checkpoint, head] = [await readCheckpoint(read), await ctx.journal.head(read)];
  const { definitions } = await desk.known();
  return { checkpoint, head, definitions: [...definitions.values()], sources: await listSources(read) };
}
