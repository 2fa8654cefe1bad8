import type { Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import { isStorable } from '../../../kernel/storable.ts';
import type { Context } from '../../../platform/context.ts';
import type { Written } from '../application/build-entities.ts';
import { publishedTo } from '../application/topics.ts';
import { createEntity } from '../application/write-entity.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const NOT_JSON = invalidField('payload', 'Die Nachricht ist kein gültiges JSON. Senden Sie zum Beispiel {"result": 3.14}.');
const NOT_STORABLE = invalidField('payload', 'Die Nachricht enthält Zeichen, die kein Text sind, oder ist zu tief geschachtelt. Nehmen Sie das heraus.');

/** Keeps what was published, durably, as a post to the same path would (OGC 18-088, 14.1). */
export async function keepPublished(
  ctx: Pick<Context, 'database' | 'journal' | 'clock'>,
  actor: Actor,
  topic: string,
  payload: string | Buffer,
): Promise<Result<Written, Problem>> {
  const path = publishedTo(topic);
  if (!path.ok) return path;
  const body = readPayload(payload);
  return body === undefined ? refuse(NOT_JSON) : body === NOT_STORABLE ? refuse(NOT_STORABLE) : createEntity(ctx, actor, path.value, body);
}

function readPayload(payload: string | Buffer): unknown {
  try {
    const text = typeof payload === 'string' ? payload : UTF8.decode(payload);
    const value = JSON.parse(text) as unknown;
    return isStorable(value) ? value : NOT_STORABLE;
  } catch {
    return undefined;
  }
}
