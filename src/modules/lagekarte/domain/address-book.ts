/** A place that was found by words. */
export interface FoundPlace {
  readonly title: string;
  readonly lon: number;
  readonly lat: number;
  readonly from: 'coordinates' | 'object' | 'address';
  /** Id of the object, where it is one. */
  readonly objectId?: string;
}
