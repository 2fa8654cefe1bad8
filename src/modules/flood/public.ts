/** How water spreads: heights of the ground, three models over them, and who is affected. */
export { demoTerrain, demoStructures, type Terrain } from './domain/demo-terrain.ts';
export type { FloodEngine, FloodGround, FloodWater } from './domain/engine.ts';
