import { uuidFrom } from '../../../kernel/id.ts';
import { common, labels, rule, structure, xdf, xdfCode, xdfText, type XdfHead, type XdfWriting } from './xdatenfelder-elements.ts';
import type { FormSource, SourcePage } from './xdatenfelder-model.ts';
import { OWN_RANGE, XDF } from './xdatenfelder-standard.ts';
import { fieldStructure } from './xdatenfelder-write-field.ts';
import { toXml, type XmlNode } from './xml-write.ts';

/**
 * The form of a package as an XDatenfelder 3.0.0 Stammdatenschema 0102. Elements stand in the order of
 * public writers of the format; it is not validated against the XSD. Texts are German, as the standard
 * wants; what it has no place for stands in keywords with an address of our own (`MARK`).
 */
export function xdatenfelder(head: XdfHead, source: FormSource): string {
  const writing: XdfWriting = { head, source, idOf: numbering(source.key) };
  return toXml(
    xdf(
      'xdatenfelder.stammdatenschema.0102',
      { 'xmlns:xdf': XDF },
      xdf('header', {}, xdfText('nachrichtID', head.messageId), xdfText('erstellungszeitpunkt', head.createdAt)),
      schema(writing),
    ),
  );
}

function schema(writing: XdfWriting): XmlNode {
  const { source } = writing;
  const marks = { key: source.key, leistungsschluessel: source.leistungsschluessel };
  const legal = source.legalBases.map(({ citation, title }) => xdfText('bezug', `${citation}: ${title}`));
  return xdf(
    'stammdatenschema',
    {},
    ...common(writing, { letter: 'S', path: '', name: source.name.de, description: source.description.de, legal, marks }),
    xdfText('bezeichnung', source.name.de),
    xdfText('hilfetext', source.summary.de),
    xdfCode('ableitungsmodifikationenStruktur', '3'),
    xdfCode('ableitungsmodifikationenRepraesentation', '1'),
    xdf('dokumentsteckbrief', {}, xdfText('id', writing.idOf('D', 'steckbrief'))),
    source.form.pages.map((page) => pageStructure(writing, page)),
  );
}

function pageStructure(writing: XdfWriting, page: SourcePage): XmlNode {
  const { repeat, condition } = page;
  const path = `page/${page.id}`;
  const marks = {
    page: page.id,
    ...(repeat && { list: repeat.id, itemLabel: repeat.itemLabel.de, addLabel: repeat.addLabel.de, least: String(repeat.min) }),
  };
  const least = condition === undefined ? (repeat?.min ?? 1) : 0;
  return structure(
    `${least}:${repeat?.max ?? 1}`,
    xdf(
      'datenfeldgruppe',
      {},
      ...common(writing, { letter: 'G', path, name: page.title.de, marks, fim: page.fim }),
      ...labels('ABS', page.title.de, page.help?.de),
      condition === undefined
        ? undefined
        : rule(writing, {
            path,
            kind: 'condition',
            typ: 'K',
            name: 'Bedingung',
            text: `Die Gruppe «${page.title.de}» wird nur gefragt, wenn gilt (FEEL): ${condition}`,
            script: condition,
          }),
      page.fields.map((field) => fieldStructure(writing, `${path}/${field.id}`, field)),
    ),
  );
}

/** Our own numbers: range, then nine digits from the path; the next free one where two meet. */
function numbering(key: string): XdfWriting['idOf'] {
  const taken = new Set<string>();
  return (letter, path) => {
    let number = Number.parseInt(uuidFrom(`${key}\n${letter}\n${path}`).replaceAll('-', '').slice(0, 11), 16) % 1_000_000_000;
    const id = (): string => `${letter}${OWN_RANGE}${String(number).padStart(9, '0')}`;
    while (taken.has(id())) number = (number + 1) % 1_000_000_000;
    taken.add(id());
    return id();
  };
}
