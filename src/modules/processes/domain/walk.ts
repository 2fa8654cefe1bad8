import { areaOf, needsAround } from './area.ts';
import { closedBy, type Closed } from './closed.ts';
import { linesOf, numberOf, PROPERTY, spotOf } from './geojson.ts';
import { NotCalculable, type Calculated, type Model, type Parameters } from './model.ts';
import { inPatch, shortPieces, toLonLat, type Spot } from './plane.ts';
import type { GeoJsonFeature } from './process.ts';
import { WALK } from './walk-description.ts';
import { distances, NearestNode, WayBuilder, type WayGraph } from './way-graph.ts';

/** From a door or a meeting place to the next way, at most. */
export const ACCESS_METRES = 150;
const LONGEST_PIECE_METRES = 50;
const MOST_REACHED_EDGES_SHOWN = 20_000;

interface Inhabited {
  readonly spot: Spot;
  readonly people: number;
  readonly node: { readonly node: number; readonly metres: number } | undefined;
}

interface Network {
  readonly graph: WayGraph;
  readonly homes: readonly Inhabited[];
  readonly starts: readonly { readonly node: number; readonly metres: number }[];
}

/**
 * People who reach the nearest destination on foot in time: shortest ways (Dijkstra) over the graph of
 * ways, from destinations outwards, at one speed; the straight line to the next node of a way
 * (every 50 m at least) counts at both ends. Units: minutes, metres, people.
 */
export const walk: Model = {
  description: WALK,
  needs: (inputs, members) => {
    const reach = Math.max(...members.map((one) => metresWithin(one)));
    return needsAround(inputs, [
      ['ways', reach],
      ['population', 0],
      ['destinationsFrom', reach],
    ]);
  },
  prepare(inputs, data) {
    const area = areaOf(inputs);
    const graph = graphOf([...(data['ways'] ?? []), ...(inputs.features['addWays'] ?? [])], closedBy(inputs));
    const nearest = new NearestNode(graph, ACCESS_METRES);
    const targets = [...(data['destinationsFrom'] ?? []), ...(inputs.features['destinations'] ?? [])]
      .map(({ geometry }) => (geometry === null ? undefined : spotOf(geometry)))
      .filter((spot): spot is Spot => spot !== undefined);
    if (targets.length === 0)
      throw new NotCalculable('Es gibt kein Ziel. Geben Sie destinations an, oder mit destinationsFrom eine Sammlung, in deren Nähe das Gebiet liegt.');
    const starts = targets.flatMap((spot) => nearest.to(spot) ?? []);
    const homes = (data['population'] ?? []).flatMap((feature): Inhabited[] => {
      const people = numberOf(feature, PROPERTY.people);
      const spot = feature.geometry === null ? undefined : spotOf(feature.geometry);
      if (people === undefined || spot === undefined || !area.patches.some((patch) => inPatch(spot, patch))) return [];
      return [{ spot, people, node: nearest.to(spot) }];
    });
    return (parameters) => reached({ graph, homes, starts }, parameters, targets.length);
  },
};

const metresWithin = ({ minutes, speed }: Parameters): number => (minutes! * speed! * 1000) / 60;

/** Ways without what is closed; a node at each bend, and at least every 50 m, so that doors find one. */
export function graphOf(features: readonly GeoJsonFeature[], closed: Closed): WayGraph {
  const builder = new WayBuilder();
  for (const { id, geometry } of features) {
    if (geometry === null || (id !== undefined && closed.ids.has(String(id)))) continue;
    for (const line of linesOf(geometry))
      for (let i = 1; i < line.length; i++)
        for (const [from, to] of shortPieces(line[i - 1]!, line[i]!, LONGEST_PIECE_METRES)) if (!closed.covers(from, to)) builder.add(from, to);
  }
  return builder.build();
}

function reached({ graph, homes, starts }: Network, parameters: Parameters, destinations: number): Calculated {
  const perMinute = (parameters['speed']! * 1000) / 60;
  const limit = metresWithin(parameters);
  const far = distances(graph, starts, limit);
  const walks = homes.map(({ spot, people, node }) => ({ spot, people, metres: node === undefined ? Infinity : far[node.node]! + node.metres }));
  const near = walks.filter(({ metres }) => metres <= limit);
  const sum = (some: typeof walks): number => some.reduce((total, { people }) => total + people, 0);
  const [all, inTime] = [sum(walks), sum(near)];
  const edges = edgesWithin(graph, far);
  return {
    numbers: {
      people: inTime,
      peopleTotal: all,
      peopleShare: all === 0 ? null : (100 * inTime) / all,
      meanMinutes: inTime === 0 ? null : near.reduce((total, { people, metres }) => total + people * metres, 0) / inTime / perMinute,
      waysMetres: edges.reduce((total, { metres }) => total + metres, 0),
      destinations,
      unreachable: walks.filter(({ metres }) => metres > limit).length,
    },
    layers: {
      ways: {
        type: 'FeatureCollection',
        features: edges.slice(0, MOST_REACHED_EDGES_SHOWN).map(({ from, to, minutesMetres }) => ({
          type: 'Feature',
          geometry: { type: 'LineString', coordinates: [from, to].map((node) => toLonLat([graph.x[node]!, graph.y[node]!])) },
          properties: { minutes: tenth(minutesMetres / perMinute) },
        })),
      },
      people: {
        type: 'FeatureCollection',
        features: walks.map(({ spot, people, metres }) => ({
          type: 'Feature',
          geometry: { type: 'Point', coordinates: toLonLat(spot) },
          properties: { people, minutes: metres > limit ? null : tenth(metres / perMinute) },
        })),
      },
    },
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Edges whose both ends are reached, each once. */
function edgesWithin({ first, to, metres }: WayGraph, far: Float64Array) {
  const edges: { readonly from: number; readonly to: number; readonly metres: number; readonly minutesMetres: number }[] = [];
  for (let node = 0; node < far.length; node++) {
    if (far[node] === Infinity) continue;
    for (let edge = first[node]!; edge < first[node + 1]!; edge++) {
      const there = to[edge]!;
      if (there > node && far[there] !== Infinity)
        edges.push({ from: node, to: there, metres: metres[edge]!, minutesMetres: Math.max(far[node]!, far[there]!) });
    }
  }
  return edges;
}
