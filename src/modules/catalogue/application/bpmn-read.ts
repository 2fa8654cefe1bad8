import { BpmnModdle, type ModdleElement } from 'bpmn-moddle';
import type { Problem } from '../../../kernel/problem.ts';
import { refuse, ok, type Result } from '../../../kernel/result.ts';

export type BpmnProblem = Problem<'invalid-input'>;

/** Larger or deeper is no process that a person drew, but an attack on whoever reads it. */
export const MOST_BYTES = 5_000_000;
const DEEPEST = 200;
const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

const bad = (detail: string): { readonly ok: false; readonly problem: BpmnProblem } => refuse({ kind: 'invalid-input', detail });

/** Bytes as text, if they may be read at all: size and encoding are checked first. */
export function bpmnText(bytes: Uint8Array): Result<string, BpmnProblem> {
  if (bytes.byteLength > MOST_BYTES) return bad(TOO_LARGE);
  // the declaration itself is ASCII in every encoding that we take
  const declared = /^<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']/.exec(
    new TextDecoder('latin1').decode(bytes.subarray(0, 200)).replace(/^\u00ef\u00bb\u00bf/, ''),
  )?.[1];
  const encoding = (declared ?? 'utf-8').toLowerCase();
  if (!ENCODINGS.has(encoding)) return bad(`Die Datei ist in «${encoding}» geschrieben. Speichern Sie sie in UTF-8.`);
  try {
    return ok(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch {
    return bad('Die Datei ist kein Text in der Kodierung, die sie nennt. Speichern Sie sie in UTF-8.');
  }
}

const ENCODINGS: ReadonlySet<string> = new Set(['utf-8', 'us-ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252']);
const TOO_LARGE = `Die Datei ist größer als ${MOST_BYTES / 1_000_000} MB. Ein Prozess ist kleiner: Teilen Sie ihn auf.`;

/** Why a text is not even parsed. One pass, linear in its length, before any parser sees it. */
export function hostility(xml: string): string | undefined {
  if (xml.length > MOST_BYTES) return TOO_LARGE;
  let depth = 0;
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
    const end = endOfMarkup(xml, at);
    if (end === undefined) return 'Die Datei ist kein wohlgeformtes XML: Sie endet mitten in einem Element.';
    const sign = xml[at + 1];
    if (sign === '!' && !xml.startsWith('<!--', at) && !xml.startsWith('<![CDATA[', at)) {
      return 'Die Datei enthält eine Dokumenttyp-Definition. Entfernen Sie <!DOCTYPE …> und alle Entitäten.';
    }
    if (sign === '/') depth -= 1;
    else if (sign !== '!' && sign !== '?' && xml[end - 2] !== '/') depth += 1;
    if (depth > DEEPEST) return `Die Datei ist tiefer als ${DEEPEST} Ebenen verschachtelt. So tief ist kein Prozess.`;
    at = end;
  }
  return undefined;
}

/** Offset behind the markup that begins at `at`; `undefined` where it never ends. */
function endOfMarkup(xml: string, at: number): number | undefined {
  const behind = (end: string, from: number): number | undefined => {
    const found = xml.indexOf(end, from);
    return found < 0 ? undefined : found + end.length;
  };
  if (xml.startsWith('<!--', at)) return behind('-->', at + 4);
  if (xml.startsWith('<![CDATA[', at)) return behind(']]>', at + 9);
  if (xml.startsWith('<?', at)) return behind('?>', at + 2);
  let quote = '';
  for (let index = at + 1; index < xml.length; index++) {
    const sign = xml[index]!;
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return index + 1;
  }
  return undefined;
}

export interface ReadBpmn {
  readonly definitions: ModdleElement;
  /** What the reader did not understand, in its own words. */
  readonly warnings: readonly string[];
}

/** A text is no longer in the encoding of its file: the parser would warn of one that `bpmnText` has long decoded. */
const DECLARED_ENCODING = /^(<\?xml[^>]*?)\s+encoding=["'][A-Za-z0-9._-]+["']/;

/** Reads BPMN 2.0. Nothing is fetched, no entity resolved; hostile files are refused before the parser sees them. */
export async function readBpmn(xml: string): Promise<Result<ReadBpmn, BpmnProblem>> {
  const hostile = hostility(xml);
  if (hostile !== undefined) return bad(hostile);
  if (!xml.includes(BPMN)) return bad('Die Datei ist kein BPMN 2.0: Der Namensraum der OMG fehlt. Exportieren Sie den Prozess als BPMN 2.0 (XML).');
  try {
    const { rootElement, warnings } = await new BpmnModdle().fromXML(xml.replace(DECLARED_ENCODING, '$1'));
    return ok({ definitions: rootElement, warnings: warnings.map(({ message }) => message) });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : '';
    return bad(`Die Datei ist kein lesbares BPMN 2.0 (${reason}). Exportieren Sie den Prozess noch einmal.`);
  }
}

/** A text attribute of an element. */
export const textOf = (element: ModdleElement | undefined, name: string): string | undefined =>
  typeof element?.[name] === 'string' ? element[name] : undefined;
/** An element that another one holds or refers to. */
export const oneOf = (element: ModdleElement | undefined, name: string): ModdleElement | undefined =>
  typeof element?.[name] === 'object' && element[name] !== null ? (element[name] as ModdleElement) : undefined;
/** Elements that another one holds or refers to. */
export const manyOf = (element: ModdleElement | undefined, name: string): readonly ModdleElement[] =>
  Array.isArray(element?.[name]) ? (element[name] as ModdleElement[]) : [];
/** What its author wrote about an element. */
export const documentationOf = (element: ModdleElement): string =>
  manyOf(element, 'documentation')
    .map((one) => textOf(one, 'text')?.trim() ?? '')
    .filter((text) => text !== '')
    .join('\n');
