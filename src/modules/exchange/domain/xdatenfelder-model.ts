import type { EntryWords } from './catalogue-entry.ts';

/** How often something comes: at least, and at most; without an upper end where there is none. */
export interface Multiplicity {
  readonly min: number;
  readonly max?: number;
}

export interface FoundRule {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly script?: string;
  /** Our own keywords, by their name. */
  readonly marks: ReadonlyMap<string, string>;
  readonly line: number;
}

interface FoundElement {
  readonly id: string;
  readonly version?: string;
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly many: Multiplicity;
  readonly rules: readonly FoundRule[];
  readonly marks: ReadonlyMap<string, string>;
  /** The element that this one is derived from, as `F60000000243V1.1.0`. */
  readonly derivedFrom?: string;
  readonly line: number;
}

export interface FoundGroup extends FoundElement {
  readonly kind: 'group';
  /** Only one of its parts is to be filled (Auswahlgruppe). */
  readonly oneOf: boolean;
  readonly parts: readonly FoundPart[];
}

export interface FoundField extends FoundElement {
  readonly kind: 'field';
  readonly feldart: string;
  readonly datentyp: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: string;
  readonly maxValue?: string;
  readonly pattern?: string;
  /** What the bounds say in words. */
  readonly boundsText?: string;
  readonly content?: string;
  readonly prefilled: boolean;
  readonly options: readonly { readonly code: string; readonly name: string; readonly help?: string }[];
  /** Address of a code list that stands elsewhere. */
  readonly codeList?: string;
  readonly maxBytes?: number;
  readonly mediaTypes: readonly string[];
}

export type FoundPart = FoundGroup | FoundField;

/** What an XDatenfelder message says of a form. */
export interface FoundSchema {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly legalBases: readonly string[];
  readonly marks: ReadonlyMap<string, string>;
  readonly rules: readonly FoundRule[];
  readonly parts: readonly FoundPart[];
  /** What stands in the file and no form shows: how often each. */
  readonly unshown: ReadonlyMap<string, number>;
  /** Ids of all groups and fields. */
  readonly ids: ReadonlySet<string>;
}

/** A field of a form, as a package describes it; a package of the catalogue has this shape. */
export interface SourceField {
  readonly id: string;
  readonly type: string;
  readonly label: EntryWords;
  readonly help?: EntryWords | undefined;
  readonly required: boolean | string;
  readonly condition?: string | undefined;
  readonly prefill?: string | undefined;
  readonly autocomplete?: string | undefined;
  readonly mayMatter?: boolean | undefined;
  readonly maxLength?: number | undefined;
  readonly pattern?: string | undefined;
  readonly patternMessage?: EntryWords | undefined;
  readonly unit?: string | undefined;
  readonly integer?: boolean | undefined;
  /** A number, a day, or `today`. */
  readonly min?: number | string | undefined;
  readonly max?: number | string | undefined;
  readonly options?: readonly { readonly value: string; readonly label: EntryWords }[] | undefined;
  readonly document?: string | undefined;
  readonly fim?: string | undefined;
}

export interface SourcePage {
  readonly id: string;
  readonly title: EntryWords;
  readonly help?: EntryWords | undefined;
  readonly condition?: string | undefined;
  readonly repeat?:
    | { readonly id: string; readonly min: number; readonly max: number; readonly itemLabel: EntryWords; readonly addLabel: EntryWords }
    | undefined;
  readonly fields: readonly SourceField[];
  readonly fim?: string | undefined;
}

export interface SourceDocument {
  readonly id: string;
  readonly label: EntryWords;
  readonly help?: EntryWords | undefined;
  readonly accept: readonly string[];
  readonly maxMegabytes: number;
  readonly maxCount: number;
  readonly checks?: object | undefined;
}

/** What an export needs of a package. */
export interface FormSource {
  readonly key: string;
  readonly version: string;
  readonly leistungsschluessel: string;
  readonly name: EntryWords;
  readonly summary: EntryWords;
  readonly description: EntryWords;
  readonly legalBases: readonly { readonly citation: string; readonly title: string }[];
  readonly form: { readonly pages: readonly SourcePage[]; readonly documents: readonly SourceDocument[] };
}
