/** The city's data in place: collections of features and what is told about them. */
export type { Collection } from './domain/collection.ts';
export { UnreadableFile } from './domain/source.ts';
export { collectionFor, collectionsFor, removeCollection, setCollection, type NewCollection } from './application/collections.ts';
export { findAddresses, type FoundAddress } from './application/find-addresses.ts';
export { featuresIn, type FeaturesIn } from './application/features-in.ts';
export { followFeature, unfollowFeature, type FollowedFeature } from './application/follow-feature.ts';
export { buildingsIn, drawnFeatures, featureFor, featuresInView, type Buildings, type Feature, type FeaturesInView } from './application/read-area.ts';
export type { DrawnFeature } from './domain/picture-square.ts';
export { importFeatures, rejectsOf, type ImportRun } from './application/import-features.ts';
export { demoBuildings } from './domain/demo-buildings.ts';
export { demoTrees } from './domain/demo-trees.ts';
export { ogcRoutes } from './http/ogc-routes.ts';
export { holdingRoutes } from './http/holding-routes.ts';
export { geodataJobs } from './jobs.ts';
export { takeOrder, MOST_IMPORT_BYTES } from './application/take-order.ts';
export type { ImportContext } from './application/import-orders.ts';
export { FORMATS, type PlanReader } from './application/formats.ts';
export { openFile, type OpenFile, type OpenWish } from './application/open-file.ts';
