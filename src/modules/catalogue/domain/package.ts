import type { RuleSet } from '../../rules/public.ts';
import type { Form } from './form.ts';
import type { Process, Service, TextBlocks, Walk } from './service.ts';
import type { XbauPackageMapping } from './xbau-mapping.ts';

/** Names of the letters every package brings. */
export const LETTERS = [
  'eingangsbestaetigung',
  'nachforderung',
  'anhoerung',
  'verlaengerung',
  'widerspruchseingang',
  'bescheid',
  'fiktionsbescheinigung',
] as const;
export type LetterName = (typeof LETTERS)[number];

/** A Leistung as data: everything Kontor knows of it, parsed from `services/<key>/`. */
export interface ServicePackage extends Service {
  /** SHA-256 over all files: a case keeps the package it began with. */
  readonly hash: string;
  readonly form: Form;
  readonly process: Process;
  readonly blocks: TextBlocks;
  /** Typst source by letter. */
  readonly letters: Readonly<Record<LetterName, string>>;
  readonly rules: RuleSet;
  readonly walk: Walk;
  /** The form in the words of XBau 2.6, where the package has them. */
  readonly xbau?: XbauPackageMapping;
}

/** A mistake in a package, for its author. */
export interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What an applicant has answered so far; JSON. Repeated pages are lists under their `repeat.id`. */
export type Answers = Readonly<Record<string, unknown>>;
