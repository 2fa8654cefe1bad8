import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { parseResource } from '../domain/parse-resource.ts';
import { belowRoot, readTopic, TOPIC_ROOT, type Topic } from '../domain/topic.ts';
import { parseKnown } from './known-paths.ts';
import { isSingle, readResource } from './read-resource.ts';

/** Lets somebody subscribe to a topic: what they may not read is not there. */
export async function openTopic(ctx: Pick<Context, 'database' | 'clock'>, actor: Actor, filter: string): Promise<Result<Topic, Problem>> {
  const topic = readTopic(filter);
  if (!topic.ok || topic.value.kind === 'pattern') return topic;
  const resource = parseResource(topic.value.path);
  if (!resource.ok) return resource;
  const single = isSingle(resource.value);
  // a whole set is always there
  if (resource.value.steps.length === 1 && !single) return topic;
  const id = resource.value.property.length > 0 ? [] : [{ name: '$select', text: 'id' }];
  const options = single ? id : [...id, { name: '$top', text: '1' }];
  const there = await readResource(ctx, actor, { path: topic.value.path, options, token: undefined });
  return there.ok ? topic : there;
}

/** Where something may be published: a set of observations (OGC 18-088, 14.1). @returns the path below the root */
export function publishedTo(topic: string): Result<string, Problem> {
  const path = belowRoot(topic);
  const resource = path === undefined ? undefined : parseKnown(path);
  const last = resource?.ok === true ? resource.value.steps.at(-1)! : undefined;
  if (path === undefined || last?.relation !== 'Observations' || last.id !== undefined)
    return refuse({ kind: 'not-found', detail: `Veröffentlicht wird nur nach Observations, zum Beispiel ${TOPIC_ROOT}/Datastreams(1)/Observations.` });
  return ok(path);
}
