import type { XbauAnswers } from './xbau-answers-read.ts';
import { OWN } from './xbau-names.ts';
import { child, children, type XmlElement } from './xml-tree.ts';
import { element, type XmlNode } from './xml-write.ts';

/** What a Kontor says to a Kontor: answers that the standard has no element for, or not in these letters, and where documents belong. */
export interface OwnWords {
  readonly answers: XbauAnswers;
  readonly files: readonly { readonly name: string; readonly slot: string; readonly originalName: string }[];
}

/** `anbindungFachverfahren` with the extension, or nothing when there is nothing to say. */
export function ownWords(name: string, { answers, files }: OwnWords): XmlNode | undefined {
  const parts = [
    ...Object.entries(answers).map(([field, value]) => element('kontor:antwort', { feld: field }, spelled(value))),
    ...files.map((file) => element('kontor:datei', { name: file.name, unterlage: file.slot }, spelled(file.originalName))),
  ];
  return parts.length === 0 ? undefined : element(name, {}, element('anwendungsspezifischeErweiterung', {}, element('kontor:formular', {}, parts)));
}

/** JSON in letters that XML carries unchanged. */
const spelled = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/[\u007F-\u009F\u2028\u2029\uFFFE\uFFFF]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A field's id as forms have them. */
const FIELD = /^[a-z][a-zA-Z0-9-]{0,60}$/;

/** The extension of another Kontor below the root or the `bezug`; `undefined` where there is none. What cannot be read is left out and named. */
export function readOwnWords(holder: XmlElement): (OwnWords & { readonly broken: readonly XmlElement[] }) | undefined {
  const connection = holder.children.find(({ name }) => name === 'anbindungFachverfahren');
  const form = child(child(connection, '', 'anwendungsspezifischeErweiterung'), OWN, 'formular');
  if (form === undefined) return undefined;
  const broken: XmlElement[] = [];
  const answers: XbauAnswers = {};
  for (const one of children(form, OWN, 'antwort')) {
    const field = one.attributes.get('feld') ?? '';
    const value = unspelled(one.text);
    if (!FIELD.test(field) || value === undefined) broken.push(one);
    else answers[field] = value;
  }
  const files = children(form, OWN, 'datei').flatMap((one) => {
    const originalName = unspelled(one.text);
    const [name, slot] = [one.attributes.get('name'), one.attributes.get('unterlage')];
    if (name !== undefined && slot !== undefined && typeof originalName === 'string') return [{ name, slot, originalName }];
    broken.push(one);
    return [];
  });
  return { answers, files, broken };
}

function unspelled(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
