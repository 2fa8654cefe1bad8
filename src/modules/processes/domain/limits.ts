/** How much one job may ask for: with these a job ends in minutes on two cores, and its memory stays bounded. */
export const LIMITS = {
  areaSquareKilometres: 25,
  /** Corners of the area and features of a plan together. */
  corners: 20_000,
  planFeatures: 2_000,
  /** Read from one collection. */
  cityFeatures: 150_000,
  members: 64,
  valuesOfAnInput: 24,
  seconds: 300,
  /** Waiting or running jobs of one person. */
  openJobs: 5,
  jobsPerDay: 200,
  /** JSON of a member's map; a larger one is left out. */
  layerBytes: 4_000_000,
  /** All members together. */
  layerBytesOfJob: 24_000_000,
  daysKept: 90,
} as const;

/** Where EPSG:25832 measures well, and the city's data lie: west, south, east, north. */
export const GROUND = [5.5, 47, 15.5, 56] as const;
