import { raw, type Html } from './html.ts';

export type AttributeValue = string | number | boolean | undefined;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', "'": '&#39;', '<': '&lt;', '>': '&gt;' };

/**
 * Attributes of an element, each with a blank before it: `<input${attributes({ id, required })}>`.
 * `true` writes the name alone, `false` and `undefined` write nothing. Handlers and styles are
 * refused: the content security policy would drop them silently.
 */
export function attributes(values: Readonly<Record<string, AttributeValue>>): Html {
  let text = '';
  for (const [name, value] of Object.entries(values)) {
    if (!/^[a-z][a-z0-9-]*$/.test(name) || name.startsWith('on') || name === 'style') throw new Error(`attribute not allowed: ${name}`);
    if (value === undefined || value === false) continue;
    text += value === true ? ` ${name}` : ` ${name}="${String(value).replace(/[&"'<>]/g, (sign) => ESCAPES[sign]!)}"`;
  }
  return raw(text);
}

/** Class names joined; what is not said is left out. */
export const classes = (...names: readonly (string | false | undefined)[]): string => names.filter(Boolean).join(' ');
