import { din91379 } from './din-91379.ts';
import { readAnswers, type XbauAnswers } from './xbau-answers-read.ts';
import { withLast, writeAnswers } from './xbau-answers-write.ts';
import { anlagen, named, type NamedFile, type OutgoingFile } from './xbau-attachments.ts';
import { bezug, identification, message, own } from './xbau-head.ts';
import type { XbauMapping } from './xbau-mapping.ts';
import type { XbauHead, XbauReference } from './xbau-message.ts';
import { ownWords } from './xbau-own.ts';
import { asRead } from './xbau-as-read.ts';
import { element, sayable, textElement, toXml, type XmlNode } from './xml-write.ts';

/** A message with the files that travel beside it. */
export interface XbauPackage {
  readonly xml: string;
  readonly files: readonly NamedFile[];
}

/** An answer as people read it, for what the standard has no element for. */
export interface SaidAnswer {
  readonly field: string;
  readonly label: string;
  readonly text: string;
}

/** What the form knows of a case. */
export interface FormData {
  readonly answers: XbauAnswers;
  readonly said: readonly SaidAnswer[];
  readonly files: readonly (OutgoingFile & { readonly slot: string })[];
}

type Head = Omit<XbauHead, 'type'>;

const packed = (root: XmlNode, files: readonly NamedFile[] = []): XbauPackage => ({ xml: toXml(root), files });

/** 0200: the application, with `reference` as the portal's number of it. */
export function antrag(head: Head, mapping: XbauMapping, data: FormData, reference: string): XbauPackage {
  const files = named(data.files);
  const { parts, extension } = formParts(mapping, data, files, false);
  return packed(
    message({ ...head, type: '0200' }, [
      element('xbau:referenzAntragsservice', {}, element('referenzAntragsservice', {}, reference)),
      ownWords('xbau:anbindungFachverfahren', extension),
      ...parts,
      anlagen(files),
    ]),
    files,
  );
}

/** 0202: the whole application as it is now, and the documents handed in since. The applicant has no place in it. */
export function antragGeaendert(head: Head, mapping: XbauMapping, data: FormData, about: XbauReference): XbauPackage {
  const type = '0202';
  const files = named(data.files);
  const { parts, extension } = formParts(...withoutApplicant(mapping, data), files, true);
  const reference = bezug(type, about) ?? element('xbau:bezug', {});
  const words = ownWords('anbindungFachverfahren', extension);
  const withWords = words === undefined ? reference : { ...reference, children: [...reference.children, words] };
  const order = ['xbau:beantragteAbweichung', 'xbau:bauvorhabenAenderungsdaten'];
  const sorted = parts.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return packed(message({ ...head, type }, [withWords.children.length === 0 ? undefined : withWords, ...sorted, anlagen(files)]), files);
}

/** Mapping and data without what only an application says: who applies. */
function withoutApplicant(mapping: XbauMapping, data: FormData): [XbauMapping, FormData] {
  const applies = ({ path }: { readonly path: string }) => path.startsWith('xbau:antragsteller/');
  const fields = mapping.fields.filter((entry) => !applies(entry));
  const gone = new Set(mapping.fields.filter(applies).map(({ field }) => field));
  for (const { field, readOnly } of fields) if (!readOnly) gone.delete(field);
  const answers = Object.fromEntries(Object.entries(data.answers).filter(([field]) => !gone.has(field)));
  return [
    { ...mapping, fields },
    { ...data, answers },
  ];
}

/** The form's answers: in elements where the standard has them; exactly, and in words, where it has not. */
function formParts(mapping: XbauMapping, data: FormData, files: readonly NamedFile[], changed: boolean) {
  const parts = writeAnswers(mapping, data.answers, changed);
  const back = readAnswers(mapping, asRead(element('root', {}, parts)), changed).answers;
  const inexact = Object.entries(data.answers).filter(([field, value]) => value !== undefined && JSON.stringify(back[field]) !== JSON.stringify(value));
  const silent = new Set(inexact.map(([field]) => field).filter((field) => back[field] === undefined));
  const remarks = data.said
    .filter(({ field }) => silent.has(field))
    .flatMap(({ label, text }) => textElement('xbau:weitereAngaben', din91379(`${label}: ${text}`).trim()) ?? []);
  const slots = data.files.map(({ slot, fileName }, index) => ({ name: files[index]!.name, slot, originalName: fileName }));
  return {
    parts: withLast(parts, changed ? 'xbau:bauvorhabenAenderungsdaten' : 'xbau:bauvorhaben', remarks),
    extension: { answers: Object.fromEntries(inexact), files: slots },
  };
}

/** What the formal check found. */
export interface FormalCheck {
  readonly complete: boolean;
  /** What is missing, each in its words; empty when complete. */
  readonly findings: readonly string[];
  /** Legal day until which it is to be handed in. */
  readonly dueOn?: string | undefined;
  readonly letter?: string | undefined;
  /** Complete: what counts as handed in, and until when the authority decides at the latest. */
  readonly documents: readonly string[];
  readonly decisionBy?: string | undefined;
}

/** 0201: documents are missing until a day, or everything is there. */
export function formellePruefung(head: Head, check: FormalCheck, about: XbauReference, letters: readonly OutgoingFile[]): XbauPackage {
  const type = '0201';
  const files = named(letters);
  const findings = check.findings.flatMap((text) => {
    const beschreibung = paragraphs('xbau:beschreibung', text);
    return beschreibung === undefined ? [] : [element('xbau:befund', {}, beschreibung)];
  });
  const missing = [
    findings.length === 0 ? undefined : element('xbau:befundliste', {}, findings),
    check.dueOn === undefined ? undefined : element('xbau:frist', {}, check.dueOn),
  ].filter((part) => part !== undefined);
  const handedIn = check.documents.flatMap((name) => {
    const bezeichnung = textElement('xbau:bezeichnungDatei', din91379(name).trim());
    return bezeichnung === undefined ? [] : [element('xbau:eingereichteBauvorlagen', {}, bezeichnung)];
  });
  const until =
    check.decisionBy === undefined ? [] : [element('xbau:genehmigungsdatum', {}, element('xbau:spaetestesGenehmigungsdatum', {}, check.decisionBy))];
  const whole = check.complete ? [...handedIn, ...until] : [];
  return packed(
    message({ ...head, type }, [
      bezug(type, about),
      element('xbau:antragVollstaendig', {}, String(check.complete)),
      check.complete || missing.length === 0 ? undefined : element('xbau:befundFrist', {}, missing),
      whole.length === 0 ? undefined : element('xbau:unterlagenAntragVollstaendig', {}, whole),
      paragraphs('xbau:anschreiben', check.letter),
      anlagen(files),
    ]),
    files,
  );
}

/** A decision, as far as XBau has parts for it; the sealed document is what counts. */
export interface DecisionData {
  readonly granted: boolean;
  readonly operative: readonly string[];
  readonly nebenbestimmungen: readonly { readonly kind: string; readonly text: string }[];
  readonly reasons: readonly string[];
}

/** Codes of the list NebenbestimmungArt 3.0; a Befristung has none there. */
const NEBENBESTIMMUNG: Readonly<Record<string, string>> = { Bedingung: '1', Auflage: '2', Widerrufsvorbehalt: '3', Auflagenvorbehalt: '3' };

/** 0205: the decision with its sealed PDF. */
export function bescheid(head: Head, decision: DecisionData, about: XbauReference, documents: readonly OutgoingFile[]): XbauPackage {
  const type = '0205';
  const files = named(documents);
  const operative = paragraphs('xbau:kommentarFachrecht', decision.operative.join('\n\n'));
  const conditions = decision.nebenbestimmungen.map(({ kind, text }) => {
    const code = NEBENBESTIMMUNG[kind];
    return element(
      'xbau:nebenbestimmung',
      {},
      code === undefined ? undefined : element('xbau:art', {}, element('code', {}, code)),
      formatted('xbau:nebenbestimmung', [code === undefined ? `${kind}: ${text}` : text]),
    );
  });
  return packed(
    message({ ...head, type }, [
      bezug(type, about),
      element(
        'xbau:bescheid',
        {},
        element(
          'xbau:tenor',
          {},
          element('xbau:istGenehmigung', {}, String(decision.granted)),
          operative && element('xbau:kommentareFachrecht', {}, operative),
        ),
        conditions,
        formatted('xbau:begruendung', decision.reasons),
      ),
      anlagen(files),
    ]),
    files,
  );
}

/** 1120: it has come, and this is its file number. */
export function eingangsbestaetigung(head: Head, about: XbauReference, information: string): XbauPackage {
  const type = '1120';
  return packed(message({ ...head, type }, [bezug(type, about), paragraphs(own(type, 'information'), information)]));
}

/** 1100: a message that cannot be used, with every mistake, and itself without its attachments. */
export function rueckweisung(head: Head, mistakes: readonly string[], about: XbauReference['message'], refused: Uint8Array): XbauPackage {
  const type = '1100';
  const reasons = mistakes.flatMap((text) => {
    const fehlertext = textElement('fehlertext', din91379(text).trim());
    return fehlertext === undefined ? [] : [element('rueckweisungsgrund', {}, fehlertext)];
  });
  return packed(
    message({ ...head, type }, [
      element(
        'rueckweisungDaten',
        {},
        reasons,
        about && element('idNachricht', {}, identification(about)),
        textElement('nachricht', Buffer.from(refused).toString('base64')),
      ),
    ]),
  );
}

/** Plain text, paragraph by paragraph. */
function paragraphs(name: string, text: string | undefined): XmlNode | undefined {
  const lines = sayable(text ?? '')
    .split(/\n\s*\n/)
    .flatMap((line) => textElement('textabsatz', line.trim()) ?? []);
  return lines.length === 0 ? undefined : element(name, {}, lines);
}

/** `TextFormatiert`: HTML in base64, of which only paragraphs are used. */
function formatted(name: string, lines: readonly string[]): XmlNode | undefined {
  const given = lines.filter((line) => line.trim() !== '');
  if (given.length === 0) return undefined;
  const html = given.map((line) => `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`).join('');
  return element(name, {}, element('text', {}, Buffer.from(html, 'utf8').toString('base64')));
}
