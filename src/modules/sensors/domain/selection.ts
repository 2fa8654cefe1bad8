import { ENTITIES, type EntityName } from './entities.ts';
import type { Query } from './query.ts';

/** What of an entity is sent: properties, each with the steps into its JSON, and links to relations. */
export interface Selection {
  readonly properties: readonly (readonly [string, ...string[]])[];
  readonly links: readonly string[];
  /** Without `$select` the entity's own link and number come too. */
  readonly whole: boolean;
}

export function selectionOf(entity: EntityName, { select }: Query): Selection {
  const { properties, navigation } = ENTITIES[entity];
  if (select === undefined) {
    const names = Object.keys(properties).filter((name) => name !== 'id');
    return { properties: names.map((name) => [name]), links: Object.keys(navigation), whole: true };
  }
  const own = select.filter(({ segments }) => Object.hasOwn(properties, segments[0]!)).map(({ segments }) => segments as [string, ...string[]]);
  const links = select.map(({ segments }) => segments[0]!).filter((name) => Object.hasOwn(navigation, name));
  return { properties: own.map(([name, ...parts]) => [name === 'id' ? '@iot.id' : name, ...parts]), links, whole: false };
}
