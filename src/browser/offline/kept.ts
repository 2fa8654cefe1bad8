/** What is kept on this device of the one Lage that was opened last. */
export interface Kit {
  readonly lage: string;
  readonly title: string;
  /** The member it was kept for. */
  readonly owner: string;
  /** End of a guest's time in milliseconds. */
  readonly until: number | undefined;
  /** Number up to which the kept picture is whole; absent while it is being loaded. */
  readonly upTo?: number;
  /** When the city last said how things are, in milliseconds. */
  readonly heardAt?: number;
}

/** A thing of the picture as the API writes it. */
export interface PictureItem {
  readonly id: string;
  readonly seq: number;
  readonly kind: string;
  readonly layer: string;
  readonly title: string;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly eventAt: string;
  readonly ended: boolean;
  readonly symbol?: Readonly<Record<string, string>>;
}
