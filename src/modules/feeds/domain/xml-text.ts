import type { XmlElement } from './xml.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An element written as a document of its own, the same every time. Text between elements is left out. */
export function serialised(element: XmlElement): string {
  return written(element, '');
}

function written({ name, namespace, children, text }: XmlElement, above: string): string {
  const space = namespace === above ? '' : ` xmlns="${escaped(namespace).replaceAll('"', '&quot;')}"`;
  const inside = children.length === 0 ? escaped(text) : children.map((child) => written(child, namespace)).join('');
  return `<${name}${space}>${inside}</${name}>`;
}
