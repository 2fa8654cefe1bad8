import { PREFIXES } from './xbau-names.ts';
import type { XmlElement } from './xml-tree.ts';
import { sayable, type XmlNode } from './xml-write.ts';

/** A written element as a reader will see it, without the way over text. */
export function asRead({ name, attributes, children }: XmlNode): XmlElement {
  const [, prefix, local] = /^(?:([^:]+):)?(.+)$/s.exec(name)!;
  return {
    name: local!,
    namespace: prefix === undefined ? '' : PREFIXES[prefix as keyof typeof PREFIXES],
    attributes: new Map(Object.entries(attributes)),
    children: children.filter((one) => typeof one !== 'string').map(asRead),
    text: sayable(children.filter((one) => typeof one === 'string').join('')),
    line: 0,
  };
}
