import type { Context } from '../../../platform/context.ts';
import type { LangText } from '../../../platform/ui/html.ts';
import type { Actor } from '../../../kernel/actor.ts';
import type { LageView } from '../../situation/public.ts';

type Corner = readonly [lon: number, lat: number];

/** A picture that a model or a sensor has made, laid over the map: depths of a flood, a radar image. */
export interface Overlay {
  readonly id: string;
  readonly title: LangText;
  /** Address of a picture of this city, PNG or SVG, straight between its corners. */
  readonly url: string;
  /** North-west, north-east, south-east, south-west, longitude first. */
  readonly corners: readonly [Corner, Corner, Corner, Corner];
  /** Which time it shows. */
  readonly at: Temporal.Instant;
  readonly legend: readonly { readonly colour: string; readonly label: string }[];
  /** What it comes from, with its version: a model's result is none of the facts. */
  readonly source: string;
  /** The picture itself, for pictures and prints that the city makes; absent: it is left out there. */
  readonly bytes?: () => Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | undefined>;
}

/** An address that a directory of the city knows. */
export interface Address {
  readonly title: string;
  readonly lon: number;
  readonly lat: number;
}

export interface LagekarteContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'typesetter'> {
  /** Pictures over the map; filled by the wiring from who makes them. */
  readonly overlays: (view: LageView, actor: Actor) => Promise<readonly Overlay[]>;
  /** Streets and addresses that hold these words, at most so many. */
  readonly addresses: (actor: Actor, words: string, limit: number) => Promise<readonly Address[]>;
}
