import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ENTITIES, type EntityName } from './entities.ts';
import { parseQuery } from './parse-query.ts';
import { parseResource } from './parse-resource.ts';
import type { GivenOption } from './query.ts';

/** Topics of MQTT begin with the version of the service (OGC 18-088, 14). */
export const TOPIC_ROOT = 'v1.1';

/** What a client wants to be told of: the updates of a resource path, or whatever fits a pattern. */
export type Topic = ResourceTopic | PatternTopic;

export interface ResourceTopic {
  readonly kind: 'resource';
  /** The last step and what it hangs on: `Things`, `Things(1)`, `Things(1)/Datastreams`. Every update knows its keys. */
  readonly key: string;
  readonly entity: EntityName;
  /** Decoded, below the root. */
  readonly path: string;
  readonly property: readonly string[];
  /** `$select`, if there is one. */
  readonly options: readonly GivenOption[];
}

export interface PatternTopic {
  readonly kind: 'pattern';
  readonly levels: readonly string[];
}

const topicProblem = (detail: string): { ok: false; problem: Problem } => refuse({ kind: 'malformed-query', detail });

/** Reads a topic filter as it was subscribed. */
export function readTopic(filter: string): Result<Topic, Problem> {
  if (/[+#]/.test(filter)) return readPattern(filter);
  const below = belowRoot(filter);
  if (below === undefined) return topicProblem(`Ein Thema beginnt mit ${TOPIC_ROOT}/, zum Beispiel ${TOPIC_ROOT}/Datastreams(1)/Observations.`);
  const [path, query] = split(below);
  const resource = parseResource(path);
  if (!resource.ok) return resource;
  const { steps, property, form } = resource.value;
  if (form !== 'plain') return topicProblem('Hinter $ref, $value und $count ändert sich nichts: nennen Sie die Menge oder den Eintrag.');
  const [last, owner] = [steps.at(-1)!, steps.at(-2)];
  const key = last.id === undefined ? keyBelow(owner, last.relation) : entityKey(last.entity, last.id);
  if (key === undefined) return topicProblem('Nennen Sie den vorletzten Eintrag mit seiner Nummer, zum Beispiel Things(1)/Locations.');
  if (property.length > 0 && query !== undefined) return topicProblem('Hinter einer Eigenschaft steht kein $select.');
  const options = query === undefined ? [] : [{ name: '$select', text: query }];
  const selected = parseQuery(last.entity, options);
  if (!selected.ok) return selected;
  return ok({ kind: 'resource', key, entity: last.entity, path, property, options });
}

/** `v1.1/Things(1)` without its root; `undefined` for topics of others. */
export const belowRoot = (topic: string): string | undefined => (topic.startsWith(`${TOPIC_ROOT}/`) ? topic.slice(TOPIC_ROOT.length + 1) : undefined);

export const entityKey = (entity: EntityName, id: number): string => `${ENTITIES[entity].set}(${id})`;

function keyBelow(owner: { readonly entity: EntityName; readonly id: number | undefined } | undefined, relation: string): string | undefined {
  if (owner === undefined) return relation;
  return owner.id === undefined ? undefined : `${entityKey(owner.entity, owner.id)}/${relation}`;
}

/** Only `$select` follows a topic; decoded already, as topics are no addresses. */
function split(below: string): readonly [path: string, select: string | undefined] {
  const at = below.indexOf('?');
  if (at === -1) return [below, undefined];
  const query = below.slice(at + 1);
  return query.startsWith('$select=') ? [below.slice(0, at), query.slice('$select='.length)] : [below, undefined];
}

function readPattern(filter: string): Result<PatternTopic, Problem> {
  const levels = filter.split('/');
  const whole = levels.every((level, index) => !/[+#]/.test(level) || level === '+' || (level === '#' && index === levels.length - 1));
  if (!whole) return topicProblem('„+“ und „#“ stehen je für ganze Teile des Themas, „#“ nur am Ende.');
  const first = levels[0]!;
  if (first !== '+' && first !== '#' && first !== TOPIC_ROOT) return topicProblem(`Ein Thema beginnt mit ${TOPIC_ROOT}/.`);
  return ok({ kind: 'pattern', levels });
}

/** Whether a pattern fits a topic (MQTT 3.1.1, 4.7). */
export function fits({ levels }: PatternTopic, topic: string): boolean {
  const parts = topic.split('/');
  for (const [index, level] of levels.entries()) {
    if (level === '#') return true;
    if (index >= parts.length || (level !== '+' && level !== parts[index])) return false;
  }
  return levels.length === parts.length;
}
