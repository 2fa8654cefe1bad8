/** A text in the three languages of the city. */
export interface Words {
  readonly de: string;
  readonly en: string;
  readonly leicht: string;
}
