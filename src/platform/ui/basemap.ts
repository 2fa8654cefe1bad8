import type { Ring } from '../../kernel/geo.ts';

/**
 * A base map of our own for a city without a tile server: water, main roads and names, drawn by hand
 * to about 100 m from common knowledge of the place. It is for orientation; no line of it is official.
 */
export interface BaseLine {
  readonly kind: 'river' | 'motorway' | 'road';
  readonly name: string;
  /** True width on the ground; a line is never thinner than one can see. */
  readonly widthMetres: number;
  readonly path: Ring;
}

export interface BaseArea {
  readonly name: string;
  readonly ring: Ring;
}

export interface BaseLabel {
  readonly name: string;
  readonly at: readonly [number, number];
  /** From this zoom on the name is shown. */
  readonly fromZoom: number;
  readonly kind: 'place' | 'water';
}

export const WATER_AREAS: readonly BaseArea[] = [
  { name: 'Außenalster', ring: [[9.9985, 53.5585], [10.0035, 53.5592], [10.0085, 53.5632], [10.0128, 53.5683], [10.0135, 53.5728], [10.0112, 53.5768], [10.0052, 53.5795], [9.9998, 53.5805], [9.9985, 53.5762], [9.9972, 53.571], [9.9962, 53.5655], [9.9952, 53.5612], [9.9985, 53.5585]] },
  { name: 'Binnenalster', ring: [[9.9918, 53.5533], [9.9952, 53.5525], [9.9996, 53.5553], [9.9987, 53.5577], [9.9952, 53.5572], [9.9918, 53.5533]] },
  { name: 'Mühlenberger Loch', ring: [[9.79, 53.5465], [9.832, 53.5445], [9.834, 53.5365], [9.826, 53.5305], [9.806, 53.5325], [9.79, 53.5385], [9.79, 53.5465]] },
  { name: 'Elbe', ring: [[9.6, 53.598], [9.66, 53.584], [9.7, 53.5715], [9.74, 53.5625], [9.78, 53.5595], [9.82, 53.5555], [9.86, 53.5472], [9.9, 53.5442], [9.935, 53.5442], [9.966, 53.5455], [9.966, 53.5412], [9.935, 53.5398], [9.9, 53.5392], [9.862, 53.5402], [9.83, 53.5442], [9.79, 53.5452], [9.772, 53.5442], [9.74, 53.5475], [9.7, 53.5555], [9.66, 53.568], [9.6, 53.58], [9.6, 53.598]] },
];

export const LINES: readonly BaseLine[] = [
  { kind: 'river', name: 'Norderelbe', widthMetres: 330, path: [[9.96, 53.5432], [9.975, 53.543], [9.988, 53.5405], [10.003, 53.537], [10.02, 53.5335], [10.036, 53.5275], [10.055, 53.5195], [10.068, 53.5135], [10.0655, 53.504], [10.054, 53.503], [10.0505, 53.495], [10.0515, 53.4865], [10.0605, 53.4785], [10.0655, 53.462]] },
  { kind: 'river', name: 'Süderelbe', widthMetres: 330, path: [[10.0655, 53.462], [10.05, 53.4645], [10.037, 53.4728], [10.018, 53.4738], [9.998, 53.4732], [9.974, 53.4782], [9.957, 53.4875], [9.9425, 53.503], [9.939, 53.512], [9.939, 53.522], [9.936, 53.532], [9.937, 53.541]] },
  { kind: 'river', name: 'Alte Süderelbe', widthMetres: 60, path: [[9.928, 53.513], [9.905, 53.514], [9.88, 53.5185], [9.846, 53.5168], [9.83, 53.519]] },
  { kind: 'river', name: 'Elbe', widthMetres: 320, path: [[10.0655, 53.462], [10.079, 53.454], [10.093, 53.445], [10.107, 53.427], [10.134, 53.423], [10.165, 53.399], [10.204, 53.398], [10.235, 53.395], [10.243, 53.399], [10.258, 53.418], [10.284, 53.424], [10.32, 53.4345], [10.36, 53.427], [10.42, 53.425]] },
  { kind: 'river', name: 'Dove Elbe', widthMetres: 70, path: [[10.064, 53.5085], [10.085, 53.505], [10.095, 53.494], [10.115, 53.4855], [10.14, 53.478], [10.165, 53.4725], [10.19, 53.478]] },
  { kind: 'river', name: 'Bille', widthMetres: 40, path: [[10.029, 53.541], [10.055, 53.5405], [10.078, 53.5345], [10.105, 53.529], [10.14, 53.5235], [10.17, 53.509], [10.205, 53.492], [10.235, 53.5]] },
  { kind: 'river', name: 'Alster', widthMetres: 28, path: [[10.0, 53.5805], [9.9945, 53.5845], [9.986, 53.591], [9.9905, 53.5985], [10.004, 53.6045], [10.018, 53.6145], [10.034, 53.6215], [10.037, 53.634], [10.058, 53.6405], [10.08, 53.6455], [10.088, 53.6575], [10.082, 53.668], [10.095, 53.682], [10.108, 53.7]] },
  { kind: 'river', name: 'Wandse', widthMetres: 10, path: [[10.016, 53.5685], [10.035, 53.5725], [10.07, 53.5765], [10.105, 53.585], [10.14, 53.597], [10.17, 53.608]] },
  { kind: 'motorway', name: 'A 7', widthMetres: 34, path: [[9.921, 53.7], [9.92, 53.665], [9.917, 53.64], [9.912, 53.615], [9.912, 53.595], [9.9, 53.578], [9.896, 53.566], [9.905, 53.555], [9.918, 53.544], [9.92, 53.533], [9.915, 53.518], [9.922, 53.498], [9.925, 53.478], [9.93, 53.455], [9.945, 53.43], [9.96, 53.405]] },
  { kind: 'motorway', name: 'A 1', widthMetres: 34, path: [[10.23, 53.67], [10.2, 53.64], [10.175, 53.61], [10.16, 53.58], [10.145, 53.555], [10.115, 53.535], [10.09, 53.522], [10.06, 53.508], [10.04, 53.498], [10.028, 53.483], [10.023, 53.47], [10.012, 53.452], [10.0, 53.425]] },
  { kind: 'motorway', name: 'A 23', widthMetres: 28, path: [[9.8, 53.66], [9.84, 53.63], [9.87, 53.614], [9.897, 53.605], [9.912, 53.6]] },
  { kind: 'motorway', name: 'A 24', widthMetres: 28, path: [[10.075, 53.556], [10.1, 53.553], [10.145, 53.556], [10.2, 53.546], [10.27, 53.535]] },
  { kind: 'motorway', name: 'A 25', widthMetres: 28, path: [[10.085, 53.52], [10.12, 53.503], [10.16, 53.485], [10.21, 53.473], [10.27, 53.452], [10.35, 53.43]] },
  { kind: 'motorway', name: 'A 252 / B 75', widthMetres: 28, path: [[10.023, 53.533], [10.01, 53.521], [10.0, 53.505], [9.996, 53.49], [9.99, 53.474], [9.988, 53.462]] },
  { kind: 'road', name: 'Willy-Brandt-Straße', widthMetres: 24, path: [[10.022, 53.534], [10.013, 53.544], [10.003, 53.548], [9.99, 53.5475], [9.976, 53.548], [9.969, 53.5495], [9.955, 53.5497], [9.936, 53.5525]] },
  { kind: 'road', name: 'Elbchaussee', widthMetres: 14, path: [[9.936, 53.5475], [9.905, 53.5465], [9.875, 53.5495], [9.845, 53.554], [9.815, 53.56]] },
  { kind: 'road', name: 'Osdorfer Landstraße', widthMetres: 16, path: [[9.936, 53.5525], [9.91, 53.558], [9.88, 53.569], [9.85, 53.577], [9.81, 53.587], [9.77, 53.595]] },
  { kind: 'road', name: 'Kieler Straße', widthMetres: 22, path: [[9.955, 53.5635], [9.94, 53.573], [9.92, 53.592], [9.9, 53.605], [9.88, 53.625]] },
  { kind: 'road', name: 'Ring 1', widthMetres: 22, path: [[9.969, 53.5495], [9.974, 53.5565], [9.985, 53.5585], [9.998, 53.5578], [10.007, 53.556], [10.01, 53.5495], [10.013, 53.544]] },
  { kind: 'road', name: 'Ring 2', widthMetres: 22, path: [[9.912, 53.5565], [9.92, 53.565], [9.94, 53.573], [9.96, 53.583], [9.985, 53.595], [10.015, 53.597], [10.04, 53.592], [10.06, 53.582], [10.07, 53.573], [10.075, 53.556], [10.06, 53.547], [10.05, 53.54]] },
  { kind: 'road', name: 'Ring 3', widthMetres: 20, path: [[9.87, 53.569], [9.885, 53.59], [9.915, 53.615], [9.955, 53.622], [9.985, 53.635], [10.02, 53.64], [10.05, 53.627], [10.075, 53.612], [10.1, 53.595], [10.115, 53.575], [10.115, 53.555]] },
  { kind: 'road', name: 'Wandsbeker Chaussee', widthMetres: 20, path: [[10.01, 53.554], [10.03, 53.561], [10.05, 53.567], [10.07, 53.573], [10.1, 53.582], [10.135, 53.594], [10.165, 53.612], [10.2, 53.635]] },
  { kind: 'road', name: 'Langenhorner Chaussee', widthMetres: 18, path: [[9.985, 53.595], [9.993, 53.61], [9.995, 53.625], [10.005, 53.65], [10.008, 53.68]] },
  { kind: 'road', name: 'Bramfelder Chaussee', widthMetres: 18, path: [[10.035, 53.575], [10.05, 53.593], [10.075, 53.612], [10.09, 53.635], [10.1, 53.655], [10.13, 53.69]] },
  { kind: 'road', name: 'Bergedorfer Straße', widthMetres: 20, path: [[10.05, 53.553], [10.08, 53.546], [10.11, 53.538], [10.15, 53.522], [10.18, 53.506], [10.21, 53.49]] },
  { kind: 'road', name: 'Cuxhavener Straße', widthMetres: 18, path: [[9.97, 53.462], [9.94, 53.467], [9.9, 53.472], [9.86, 53.472], [9.81, 53.475]] },
];

const place = (name: string, lon: number, lat: number, fromZoom: number): BaseLabel => ({ name, at: [lon, lat], fromZoom, kind: 'place' });
const water = (name: string, lon: number, lat: number, fromZoom: number): BaseLabel => ({ name, at: [lon, lat], fromZoom, kind: 'water' });

export const LABELS: readonly BaseLabel[] = [
  place('Altona', 9.935, 53.5515, 10), place('Innenstadt', 9.993, 53.551, 10), place('Harburg', 9.985, 53.459, 9), place('Bergedorf', 10.212, 53.489, 9),
  place('Wandsbek', 10.088, 53.5745, 10), place('Eimsbüttel', 9.953, 53.5735, 11), place('Eppendorf', 9.985, 53.5925, 11), place('Barmbek', 10.043, 53.5875, 11),
  place('Blankenese', 9.806, 53.564, 10), place('Wilhelmsburg', 10.012, 53.499, 10), place('Finkenwerder', 9.868, 53.5315, 11), place('St. Pauli', 9.961, 53.553, 12),
  place('HafenCity', 10.001, 53.5425, 12), place('Winterhude', 10.008, 53.5945, 12), place('Ottensen', 9.918, 53.5545, 12), place('Bahrenfeld', 9.897, 53.5695, 11),
  place('Osdorf', 9.845, 53.5815, 11), place('Rissen', 9.755, 53.583, 11), place('Eidelstedt', 9.903, 53.6085, 11), place('Niendorf', 9.952, 53.6275, 11),
  place('Schnelsen', 9.915, 53.6375, 12), place('Lokstedt', 9.956, 53.6035, 12), place('Fuhlsbüttel', 10.016, 53.6315, 11), place('Langenhorn', 10.008, 53.664, 11),
  place('Ohlsdorf', 10.04, 53.6245, 12), place('Poppenbüttel', 10.086, 53.6575, 11), place('Bramfeld', 10.078, 53.6145, 12), place('Volksdorf', 10.166, 53.6495, 11),
  place('Rahlstedt', 10.156, 53.6035, 11), place('Billstedt', 10.107, 53.5415, 11), place('Hamm', 10.055, 53.5565, 12), place('Hammerbrook', 10.024, 53.546, 12),
  place('Rothenburgsort', 10.047, 53.533, 13), place('Horn', 10.083, 53.5535, 13), place('Neugraben', 9.863, 53.4735, 11), place('Cranz', 9.778, 53.536, 12),
  place('Vierlande', 10.21, 53.4285, 11), place('Veddel', 10.03, 53.524, 13), place('Waltershof', 9.902, 53.5275, 12), place('Heimfeld', 9.955, 53.462, 13),
  water('Elbe', 9.79, 53.553, 10), water('Norderelbe', 10.06, 53.498, 12), water('Süderelbe', 9.985, 53.4755, 12), water('Außenalster', 10.005, 53.5695, 12), water('Alster', 10.036, 53.629, 13),
];

/** What the person sees named under the map. */
export const BASEMAP_ATTRIBUTION = 'Kontor: stark vereinfacht, nicht amtlich';
