/** How a value is said in XBau. */
export type XbauShape =
  /** Text in one element. */
  | 'text'
  | 'number'
  | 'yes-no'
  /** A code of a list; `codes` says which value of the form it means. */
  | 'code'
  /** Nothing but that the element is there. */
  | 'present'
  /** `textabsatz` after `textabsatz`, anywhere below. */
  | 'paragraphs'
  | 'address'
  /** Given name and family name in one line. */
  | 'person'
  /** `kommunikation` of one of the `channels`. */
  | 'contact'
  /** `flurstueck` after `flurstueck`, as `1234/5, 1236`. */
  | 'parcels'
  /** The middle of the first area (GML). */
  | 'place';

/** One element of the standard and the field that asks for it. */
export interface XbauField {
  /** From the root of the message: `xbau:` where the standard qualifies the element, bare where not. */
  readonly path: string;
  readonly field: string;
  readonly as: XbauShape;
  /** Another place where others say the same: read, never written. */
  readonly readOnly: boolean;
  /** `code`: in order; the first that fits is read or written. `*` is any code, and never written. */
  readonly codes?: readonly { readonly code: string; readonly value: string }[] | undefined;
  /** `code`: list and version as they are written, where the schema does not fix them. */
  readonly list?: { readonly uri: string; readonly version: string } | undefined;
  /** `contact`: codes of the list Erreichbarkeit 3; the first is written. */
  readonly channels?: readonly string[] | undefined;
  /** `present`: what its absence says, if it says anything. */
  readonly otherwise?: boolean | undefined;
  /** `paragraphs`: the element below `path` that is written. */
  readonly into?: string | undefined;
  /** `parcels`: the field of the Gemarkung. */
  readonly district?: string | undefined;
}

/** Which documents of others are which of the form's. */
export interface XbauDocument {
  readonly slot: string;
  /** What it is called in messages of ours. */
  readonly name: string;
  /** Codes of the list that `anlageart` names. */
  readonly codes: readonly string[];
  /** Where the code is unknown or absent: words in name or file name, in any case. */
  readonly words: readonly string[];
}

/** A Leistung in the words of XBau; data of its package. Fields stand in the order of the standard. */
export interface XbauMapping {
  readonly fields: readonly XbauField[];
  readonly documents: readonly XbauDocument[];
}

/** One step of a path. */
export interface XbauStep {
  readonly name: string;
  readonly qualified: boolean;
}

/** `xbau:bauvorhaben/name` step by step; in a changed application (0202) the project has another name. */
export function stepsOf(path: string, changed = false): readonly XbauStep[] {
  return path.split('/').map((step, index) => {
    const qualified = step.startsWith('xbau:');
    const name = qualified ? step.slice('xbau:'.length) : step;
    return { qualified, name: changed && index === 0 && name === 'bauvorhaben' ? 'bauvorhabenAenderungsdaten' : name };
  });
}
