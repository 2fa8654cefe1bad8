import { KERN, moduleOf, PREFIXES, XBAU_MESSAGES, type XbauType } from './xbau-names.ts';
import { din91379 } from './din-91379.ts';
import type { XbauHead, XbauParty, XbauReference } from './xbau-message.ts';
import { codeElement } from './xbau-answers-write.ts';
import { element, textElement, type XmlNode } from './xml-write.ts';

/** The whole message: root, head, then what it says. */
export function message(head: XbauHead, parts: readonly (XmlNode | undefined)[]): XmlNode {
  const { prefix, standard, version } = moduleOf(head.type);
  const { name, maker, version: productVersion } = head.product;
  const attributes = {
    ...Object.fromEntries(Object.entries(PREFIXES).map(([short, uri]) => [`xmlns:${short}`, uri])),
    produkt: din91379(name),
    produkthersteller: din91379(maker),
    ...(productVersion === undefined ? {} : { produktversion: din91379(productVersion) }),
    standard,
    version,
  };
  return element(`${prefix}:${XBAU_MESSAGES[head.type].name}`, attributes, nachrichtenkopf(head), parts);
}

function nachrichtenkopf({ type, messageId, createdAt, reader, author }: XbauHead): XmlNode {
  const { list, listVersion } = moduleOf(type);
  return element(
    'nachrichtenkopf.g2g',
    {},
    element(
      'identifikation.nachricht',
      {},
      element('nachrichtenUUID', {}, messageId),
      codeElement('nachrichtentyp', type, { uri: list, version: listVersion }),
      element('erstellungszeitpunkt', {}, createdAt),
    ),
    reader && party('leser', reader),
    author && party('autor', author),
  );
}

const party = (name: string, { directory, directoryVersion, id, name: called }: XbauParty): XmlNode =>
  element(
    name,
    {},
    codeElement('verzeichnisdienst', directory, { uri: 'urn:xoev-de:kosit:codeliste:verzeichnisdienst', version: directoryVersion }),
    textElement('kennung', din91379(id)),
    textElement('name', din91379(called)),
  );

/** `bezug`, under the name that the module of the message gives it; nothing where there is nothing to refer to. */
export function bezug(type: XbauType, { reference, fileNumber, message: about }: XbauReference): XmlNode | undefined {
  const parts = [
    textElement('referenz', reference),
    textElement('vorgang', fileNumber && din91379(fileNumber)),
    about && element('bezugNachricht', {}, identification(about)),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : element(own(type, 'bezug'), {}, parts);
}

/** An element at the top of a message: the Kernmodul does not qualify it. */
export const own = (type: XbauType, name: string): string => (moduleOf(type).namespace === KERN ? name : `xbau:${name}`);

/** Identification of another message, in the namespace of the Basisnachricht. */
export const identification = ({ id, type, createdAt }: NonNullable<XbauReference['message']>): readonly XmlNode[] => [
  element('g2g:nachrichtenUUID', {}, id),
  codeElement('g2g:nachrichtentyp', type, listOf(type)),
  element('g2g:erstellungszeitpunkt', {}, createdAt),
];

function listOf(type: string) {
  if (!Object.hasOwn(XBAU_MESSAGES, type)) return undefined;
  const { list, listVersion } = moduleOf(type as XbauType);
  return { uri: list, version: listVersion };
}
