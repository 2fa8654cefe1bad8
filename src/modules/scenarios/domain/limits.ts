/** How large scenarios and kits may become: enough for a quarter, and a page that still opens at once. */
export const LIMITS = {
  titleLength: 120,
  textLength: 2_000,
  /** Of one person. */
  scenarios: 50,
  /** As many as one person may calculate at once. */
  variants: 5,
  planFeatures: 500,
  planCorners: 5_000,
  areaCorners: 1_000,
  areaSquareKilometres: 25,
  /** A map of a result that is larger is not kept; its figures are. */
  layerBytes: 2_000_000,
  comments: 500,
  commentLength: 2_000,
  /** Of one person in 24 hours, over all scenarios. */
  commentsPerDay: 30,
  coworkers: 20,
  shareDays: 365,
  kits: 50,
  kitScenarios: 10,
  kitViews: 20,
  kitBytes: 10_000_000,
  /** JSON of a kit may be nested so deep: coordinates of a MultiPolygon inside the file are the deepest. */
  kitDepth: 16,
  embeddedFeatures: 20_000,
  embeddedBytes: 8_000_000,
  /** Data around the area that come along: as far as ten minutes' walk, and more than shadows and noise reach. */
  embeddedMarginMetres: 1_000,
} as const;

/** Where EPSG:25832 measures well: west, south, east, north. */
export const GROUND = [5.5, 47, 15.5, 56] as const;
