import { CHECKSUM, type NamedFile, type ReceivedDocument, type ReceivedRecord } from './xdomea-received.ts';
import { child, children, descend, textOf, xmlProblem, type XmlElement, type XmlProblem } from './xml-tree.ts';

/** Namespace of xdomea 3.0.0. */
export const NAMESPACE = 'urn:xoev-de:xdomea:schema:3.0.0';

/** Collects every mistake of a message, so that its sender needs one round to mend it. */
export interface Reading {
  readonly mistakes: XmlProblem[];
  readonly ids: Map<string, number>;
}

export const UUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

/** Notes a mistake and goes on. */
export function mistake(reading: Reading, sentence: string, line: number): void {
  reading.mistakes.push(xmlProblem('not-by-the-standard', sentence, line));
}

/** Text that the standard demands; empty, and a mistake, where it is missing. */
export function needed(reading: Reading, parent: XmlElement, ...path: readonly string[]): string {
  const text = textOf(parent, NAMESPACE, ...path);
  if (text === undefined) mistake(reading, `In «${parent.name}» fehlt «${path.join('/')}». Ergänzen Sie es.`, parent.line);
  return text ?? '';
}

/** What stands in a Schriftgutobjekt, in an Akteninhalt or in a Vorgang itself. */
export function recordsIn(reading: Reading, container: XmlElement): ReceivedRecord[] {
  return container.children
    .filter(({ namespace }) => namespace === NAMESPACE)
    .flatMap((one) => {
      if (one.name === 'Akte' || one.name === 'Teilakte') return [recordOf(reading, one, 'Akte', child(one, NAMESPACE, 'Akteninhalt'))];
      if (one.name === 'Vorgang' || one.name === 'Teilvorgang') return [recordOf(reading, one, 'Vorgang', one)];
      // a single Dokument that is handed on by itself
      if (one.name === 'Dokument' && container.name === 'Schriftgutobjekt') {
        const document = documentOf(reading, one);
        return [
          {
            kind: 'Dokument' as const,
            id: document.id,
            documents: [document],
            parts: [],
            ...(document.subject === undefined ? {} : { subject: document.subject }),
          },
        ];
      }
      return [];
    });
}

function recordOf(reading: Reading, record: XmlElement, kind: 'Akte' | 'Vorgang', inside: XmlElement | undefined): ReceivedRecord {
  const subject = textOf(record, NAMESPACE, 'AllgemeineMetadaten', 'Betreff');
  const fileNumber = textOf(record, NAMESPACE, 'AllgemeineMetadaten', 'Kennzeichen');
  const begunOn = dayAt(reading, record, 'Laufzeit', 'Beginn');
  const endedOn = dayAt(reading, record, 'Laufzeit', 'Ende');
  if (begunOn !== undefined && endedOn !== undefined && endedOn < begunOn) {
    mistake(reading, 'Die Laufzeit endet, bevor sie beginnt. Berichtigen Sie die Tage.', child(record, NAMESPACE, 'Laufzeit')!.line);
  }
  const retention = retentionOf(reading, record);
  const type = textOf(record, NAMESPACE, 'Typ');
  const planNumber = textOf(record, NAMESPACE, 'AllgemeineMetadaten', 'Aktenplaneinheit', 'Kennzeichen');
  return {
    kind,
    id: identityOf(reading, record),
    ...(subject === undefined ? {} : { subject }),
    ...(fileNumber === undefined ? {} : { fileNumber }),
    ...(type === undefined ? {} : { type }),
    ...(planNumber === undefined ? {} : { planNumber }),
    ...(begunOn === undefined ? {} : { begunOn }),
    ...(endedOn === undefined ? {} : { endedOn }),
    ...(retention === undefined ? {} : { retention }),
    documents: children(inside, NAMESPACE, 'Dokument').map((one) => documentOf(reading, one)),
    parts: inside === undefined ? [] : recordsIn(reading, inside),
  };
}

/** The UUID of an object, which no other object of the message may carry. */
function identityOf(reading: Reading, element: XmlElement): string {
  const id = needed(reading, element, 'Identifikation', 'ID');
  if (id === '') return id;
  const { line } = descend(element, NAMESPACE, 'Identifikation', 'ID')!;
  if (!UUID.test(id)) mistake(reading, `Die ID von «${element.name}» ist keine UUID.`, line);
  const before = reading.ids.get(id.toLowerCase());
  if (before !== undefined) mistake(reading, `Die ID steht schon in Zeile ${before}. Geben Sie jedem Objekt eine eigene.`, line);
  reading.ids.set(id.toLowerCase(), line);
  return id;
}

function dayAt(reading: Reading, element: XmlElement, ...path: readonly string[]): string | undefined {
  const day = textOf(element, NAMESPACE, ...path)?.replace(/(Z|[+-]\d\d:\d\d)$/, '');
  if (day === undefined || isDay(day)) return day;
  mistake(reading, `«${path.at(-1)}» ist kein Tag (JJJJ-MM-TT).`, descend(element, NAMESPACE, ...path)!.line);
  return undefined;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

function retentionOf(reading: Reading, record: XmlElement): ReceivedRecord['retention'] {
  const duration = descend(record, NAMESPACE, 'ArchivspezifischeMetadaten', 'Aufbewahrungsdauer');
  if (duration === undefined) return undefined;
  const years = textOf(duration, NAMESPACE, 'AnzahlJahre');
  if (years === undefined) return child(duration, NAMESPACE, 'Unbefristet') === undefined ? undefined : 'unlimited';
  if (/^\d{1,5}$/.test(years) && Number(years) <= 65_535) return { years: Number(years) };
  mistake(reading, 'Die Aufbewahrungsdauer ist keine Zahl von Jahren.', duration.line);
  return undefined;
}

function documentOf(reading: Reading, document: XmlElement): ReceivedDocument {
  const subject = textOf(document, NAMESPACE, 'AllgemeineMetadaten', 'Betreff');
  const writtenOn =
    dayAt(reading, document, 'DatumDesSchreibens') ?? dayAt(reading, document, 'Posteingangsdatum') ?? dayAt(reading, document, 'Postausgangsdatum');
  return {
    id: identityOf(reading, document),
    ...(subject === undefined ? {} : { subject }),
    ...(writtenOn === undefined ? {} : { writtenOn }),
    files: withChecksum(
      document,
      children(document, NAMESPACE, 'Version').flatMap((version) => filesOf(reading, version)),
    ),
    attachments: children(document, NAMESPACE, 'Anlage').map((one) => documentOf(reading, one)),
  };
}

/** The checksum belongs to the one file of a document. */
function withChecksum(document: XmlElement, files: readonly NamedFile[]): readonly NamedFile[] {
  const [file, ...others] = files;
  const extension = children(document, NAMESPACE, 'AnwendungsspezifischeErweiterung').find((one) => textOf(one, NAMESPACE, 'Kennung') === CHECKSUM.kennung);
  const field = children(extension, NAMESPACE, 'Feld').find((one) => textOf(one, NAMESPACE, 'Name') === CHECKSUM.field);
  const sha256 = textOf(field, NAMESPACE, 'Wert')?.toLowerCase();
  return file === undefined || others.length > 0 || sha256 === undefined ? files : [{ ...file, sha256 }];
}

function filesOf(reading: Reading, version: XmlElement): NamedFile[] {
  const formats = children(version, NAMESPACE, 'Format');
  if (formats.length === 0) mistake(reading, 'Der Version fehlt das Format. Ergänzen Sie es.', version.line);
  return formats.flatMap((format) => {
    const primary = child(format, NAMESPACE, 'Primaerdokument');
    if (primary === undefined) {
      mistake(reading, 'Dem Format fehlt das Primärdokument. Ergänzen Sie es.', format.line);
      return [];
    }
    const name = needed(reading, primary, 'Dateiname');
    const { line } = child(primary, NAMESPACE, 'Dateiname') ?? primary;
    if (name !== '' && (!UUID.test(name.slice(0, 36)) || /[/\\]/.test(name))) {
      mistake(reading, 'Der Dateiname beginnt nicht mit der UUID des Dokuments oder führt in einen anderen Ordner.', line);
    }
    const originalName = textOf(primary, NAMESPACE, 'DateinameOriginal');
    const named = textOf(format, NAMESPACE, 'SonstigerName') ?? textOf(child(format, NAMESPACE, 'Name'), '', 'code');
    return [{ name, line, ...(originalName === undefined ? {} : { originalName }), ...(named === undefined ? {} : { format: named }) }];
  });
}
