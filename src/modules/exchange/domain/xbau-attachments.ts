import { createHash } from 'node:crypto';
import { din91379 } from './din-91379.ts';
import type { XbauAttachment } from './xbau-message.ts';
import { XBAU } from './xbau-names.ts';
import { child, textOf, type XmlElement } from './xml-tree.ts';
import { element, textElement, type XmlNode } from './xml-write.ts';

/** A file that goes out with a message. */
export interface OutgoingFile {
  /** UUID of the document. */
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  /** Legal day. */
  readonly on: string;
  readonly bytes: Uint8Array;
}

/** The same with the name it has in the message: allowed by the standard, and no two alike. */
export type NamedFile = OutgoingFile & { readonly name: string };

/** Names as the type `Dateiname` of the Kernmodul allows them; at most 140 signs, and unlike each other in any file system. */
export function named(files: readonly OutgoingFile[]): readonly NamedFile[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const plain = file.fileName.normalize('NFC').replaceAll(/[^-a-zA-Z0-9ÄÖÜäöüß _!=+~,;.#°§$%()[\]]/g, '_');
    const [, base = plain, extension = 'bin'] = /^(.*)\.([a-zA-Z0-9]{1,10})$/.exec(plain) ?? [];
    const stem = base.trim().replace(/^\.+/, '').slice(0, 110) || 'Datei';
    let name = `${stem}.${extension}`;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${stem} (${number}).${extension}`;
    taken.add(name.toLowerCase());
    return { ...file, name };
  });
}

/** `anlagen`, with size and SHA-256 of each file; elements qualified only where the schema asks for it. */
export function anlagen(files: readonly NamedFile[]): XmlNode | undefined {
  if (files.length === 0) return undefined;
  return element(
    'xbau:anlagen',
    {},
    files.map(({ id, title, name, on, bytes }) =>
      element(
        'anlage',
        {},
        textElement('bezeichnung', oneLine(title)),
        element('datum', {}, on),
        element('anhangOderVerlinkung', {}, element('anhang', sizeAndHash(bytes), element('dokumentid', {}, `urn:uuid:${id}`), element('dateiname', {}, name))),
      ),
    ),
  );
}

/** Data type D knows no line breaks and no fixed spaces. */
const oneLine = (text: string): string =>
  din91379(text)
    .replaceAll(/[\s\u00A0]+/g, ' ')
    .trim();

/** An empty file has no size in the standard: it is a positive number there. */
function sizeAndHash(bytes: Uint8Array): Record<string, string> {
  const hashValue = createHash('sha256').update(bytes).digest('hex');
  return bytes.byteLength === 0 ? { hashValue } : { filesize: String(bytes.byteLength), hashValue };
}

/** The documents that a message names. */
export function readAnlagen(root: XmlElement): readonly XbauAttachment[] {
  const list = root.children.find(({ name }) => name === 'anlagen');
  return (list?.children ?? []).filter(({ name }) => name === 'anlage').map(attachmentIn);
}

function attachmentIn(anlage: XmlElement): XbauAttachment {
  const either = child(anlage, '', 'anhangOderVerlinkung');
  const anhang = child(either, '', 'anhang');
  const name = textOf(anhang, '', 'dateiname');
  const size = Number(anhang?.attributes.get('filesize') ?? Number.NaN);
  const hash = anhang?.attributes.get('hashValue')?.trim().toLowerCase();
  return {
    title: textOf(anlage, '', 'bezeichnung'),
    kind: textOf(anlage, '', 'anlageart', 'code'),
    on: textOf(anlage, '', 'datum'),
    later: ['true', '1'].includes(textOf(anlage, XBAU, 'wirdNachgereicht') ?? ''),
    ...(name === undefined
      ? {}
      : { file: { name, ...(Number.isSafeInteger(size) ? { sizeBytes: size } : {}), ...(hash === undefined ? {} : { sha256: hash }) } }),
    link: textOf(either, '', 'verlinkung', 'uriVerlinkung'),
    line: anlage.line,
  };
}
