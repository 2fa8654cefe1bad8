export type Place = readonly [lon: number, lat: number];

/** Geometry of an object, GeoJSON in longitude and latitude. */
export type Shape =
  | { readonly type: 'Point'; readonly coordinates: Place }
  | { readonly type: 'LineString' | 'MultiPoint'; readonly coordinates: readonly Place[] }
  | { readonly type: 'Polygon' | 'MultiLineString'; readonly coordinates: readonly (readonly Place[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Place[])[])[] };

/** One thing of the picture, as the city sends it. */
export interface SeenObject {
  readonly id: string;
  readonly kind: string;
  readonly layer: string;
  readonly title: string;
  readonly geometry: Shape | null;
  readonly uncertaintyMetres?: number | null;
  readonly symbol?: Readonly<Record<string, string>> | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly source: { readonly kind: string; readonly name: string; readonly organisation?: string };
  readonly reliability?: string | null;
  readonly credibility?: number | null;
  readonly eventAt: string;
  readonly receivedAt: string;
  readonly staleAfterSeconds?: number | null;
  readonly seq: number;
  readonly changedAt: string;
  readonly ended: boolean;
}

/** A picture laid over the map, e.g. depths of a flood. */
export interface Overlay {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** North-west, north-east, south-east, south-west. */
  readonly corners: readonly [Place, Place, Place, Place];
  readonly on?: boolean;
}

/** What the page tells its map; `modules/lagekarte/http/element.ts` writes it. */
export interface LageConfig {
  readonly key: string;
  readonly objects: string;
  readonly places: string;
  readonly live: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  /** The page looks back at this time. */
  readonly at: string | null;
  readonly mayDraw: boolean;
  readonly grid: boolean;
  readonly layers: readonly { readonly id: string; readonly title: string; readonly on: boolean }[];
  readonly presets: readonly { readonly id: string; readonly title: string; readonly layers: readonly string[] }[];
  readonly kinds: Readonly<Record<string, { readonly title: string; readonly colour: string; readonly staleSeconds: number; readonly drawn?: boolean }>>;
  readonly overlays: readonly Overlay[];
  readonly words: Readonly<Record<string, string>>;
}

/** Words in the page's language; a missing one shows its name, so that it is noticed. */
export const word = (config: Pick<LageConfig, 'words'>, name: string): string => config.words[name] ?? name;

/** A sentence with a gap: `vor {0} min`. */
export const fill = (sentence: string, ...values: readonly (string | number)[]): string =>
  sentence.replaceAll(/\{(\d)\}/g, (gap, index: string) => String(values[Number(index)] ?? gap));
