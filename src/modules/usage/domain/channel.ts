/** Ways other than online by which a case may come. */
export type Channel = 'counter' | 'phone' | 'post';

/** A case that somebody counted at a counter. */
export interface Stroke {
  readonly service: string;
  readonly channel: Channel;
}
