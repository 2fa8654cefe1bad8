import type { DataClass } from '../../../kernel/language-model.ts';
import type { WritingWish } from './letter.ts';
import type { SummaryLength } from './summary.ts';

export const STYLES = ['prose', 'bullets'] as const;
export type Style = (typeof STYLES)[number];
export const AUDIENCES = ['colleagues', 'leadership', 'citizens'] as const;
export type Audience = (typeof AUDIENCES)[number];
export const DATA_CLASSES: readonly DataClass[] = ['public', 'internal', 'personal'];

/** What every order says. `model` empty: without a model. */
interface OrderWish {
  readonly model: string;
  readonly dataClass: DataClass;
  /** Names that the text has, one a line: what must not leave for a model that is not cleared. */
  readonly persons?: string;
}

export interface SummaryOrder extends OrderWish {
  readonly entrance: 'summary';
  readonly length: SummaryLength;
  readonly style: Style;
  readonly audience: Audience;
  /** Documents of the library. */
  readonly documents: readonly string[];
  readonly text: string;
  /** What the person wishes besides; for a model only. */
  readonly extra: string;
}

export interface WritingOrder extends OrderWish, WritingWish {
  readonly entrance: 'writing';
  readonly extra: string;
}

export interface ResearchOrder extends OrderWish {
  readonly entrance: 'research';
  readonly question: string;
  readonly documents: readonly string[];
  readonly collections: readonly string[];
}

export interface TurnOrder extends OrderWish {
  readonly entrance: 'turn';
  readonly text: string;
}

export type Order = SummaryOrder | WritingOrder | ResearchOrder | TurnOrder;
export type Entrance = Order['entrance'];
