import { z } from 'zod';
import { onMap, type Grid } from '../application/grids.ts';
import type { WholeRun } from '../application/runs.ts';
import type { WhatIfAnswer } from '../application/what-if.ts';
import type { Facility } from '../domain/affected.ts';
import type { FloodLayer } from '../domain/layer.ts';
import type { Run } from '../domain/summary.ts';

const MODELS = ['inertial', 'hll'] as const;

export const byKey = z.object({ key: z.string().max(60) });
export const byId = byKey.extend({ id: z.string().max(100) });

export const gridView = z.object({
  id: z.string(),
  name: z.string(),
  source: z.string(),
  columns: z.number(),
  rows: z.number(),
  cellMetres: z.number(),
  westMetres: z.number().describe('Ostwert der Ecke im Südwesten, EPSG:25832'),
  southMetres: z.number(),
  lowestMetres: z.number(),
  highestMetres: z.number(),
  missing: z.number().describe('Zellen ohne Höhe'),
  sha256: z.string(),
  inletBelowMetres: z.number().describe('Randzellen darunter sind Fluss'),
  demo: z.boolean().describe('Erfundenes Gelände'),
  madeAt: z.string(),
  structures: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['dyke', 'gate']),
      name: z.string(),
      crestMetres: z.number(),
      sillMetres: z.number(),
      line: z.array(z.tuple([z.number(), z.number()])).describe('Grad, Länge zuerst'),
    }),
  ),
});

export const presentGrid = ({ inlet, madeAt, structures, ...grid }: Grid): z.output<typeof gridView> => ({
  ...grid,
  inletBelowMetres: inlet.belowMetres,
  madeAt: madeAt.toString(),
  structures: structures.map(({ line, ...one }) => ({ ...one, line: line.map((place) => [...onMap(place)] as [number, number]) })),
});

const level = z.number().min(-100).max(100);
export const whatIfBody = z.object({
  gridId: z.string().max(100),
  levelMetres: level.describe('Pegel, m über NHN'),
  open: z.array(z.string().max(60)).max(200).default([]).describe('Bauwerke, die nicht halten'),
});

const facility = z.object({
  name: z.string(),
  what: z.string(),
  lon: z.number(),
  lat: z.number(),
  people: z.number(),
  depthCentimetres: z.number(),
  arrivalMinutes: z.number().nullable(),
  probabilityPercent: z.number().nullable(),
});
export const facilityView = facility;

export const presentFacility = ({
  name,
  what,
  lon,
  lat,
  people,
  depthCentimetres,
  arrivalMinutes,
  probabilityPercent,
}: Facility): z.output<typeof facility> => ({
  ...{ name, what, lon, lat, people, depthCentimetres, arrivalMinutes, probabilityPercent },
});

export const whatIfView = z.object({
  gridId: z.string(),
  floodedSquareKilometres: z.number(),
  deepestMetres: z.number(),
  people: z.number(),
  buildings: z.number(),
  facilities: z.array(facility).max(200).describe('Die tiefsten, höchstens 200'),
  facilitiesInWater: z.number(),
  unknown: z.array(z.string()).describe('Sammlungen, die fehlen: was sie zählen, ist nicht bekannt'),
  picture: z.string().describe('Adresse des Bildes (PNG)'),
  tookMs: z.number(),
  synthetic: z.boolean(),
});

export function presentWhatIf(key: string, wish: z.output<typeof whatIfBody>, answer: WhatIfAnswer): z.output<typeof whatIfView> {
  const { grid, affected, floodedSquareKilometres, deepestMetres, tookMs } = answer;
  const query = new URLSearchParams([['gitter', grid.id], ['pegel', String(wish.levelMetres)], ...wish.open.map((id) => ['offen', id])]);
  return {
    ...{ gridId: grid.id, floodedSquareKilometres, deepestMetres, tookMs, synthetic: grid.demo },
    ...{ people: affected.people, buildings: affected.buildings, unknown: [...affected.unknown] },
    facilities: affected.facilities.slice(0, 200).map(presentFacility),
    facilitiesInWater: affected.facilities.length,
    picture: `/lagen/${key}/flut/bild.png?${query}`,
  };
}

const hours = z.number().max(1_000);
export const runBody = z.object({
  gridId: z.string().max(100),
  title: z.string().max(500).default(''),
  model: z.enum(MODELS).default('inertial'),
  peaksMetres: z.array(level).max(50).describe('Scheitel, m über NHN; jeder ist ein Fall'),
  startMetres: level.default(2),
  lowMetres: level.default(0.5),
  peakAfterHours: hours.default(4),
  hours: hours.default(8),
  curve: z
    .array(z.object({ minutes: z.number().min(0).max(10_000), levelMetres: level }))
    .max(2_000)
    .optional()
    .describe('Ganglinie einer Vorhersage; ohne sie eine angenommene Form. Sie wird auf jeden Scheitel gestreckt.'),
  roughness: z.number().max(10).default(0.035),
  gates: z.record(z.string().max(60), z.enum(['open', 'failed'])).default({}),
  breaches: z
    .array(
      z.object({ structureId: z.string().max(60), place: z.tuple([z.number(), z.number()]).optional(), widthMetres: z.number().max(100_000).default(100) }),
    )
    .max(50)
    .default([]),
  eachBreach: z.boolean().default(true).describe('Jeder Bruch für sich und einmal keiner; sonst alle zugleich'),
  breachAfterHours: hours.default(3),
});

const summaryView = z.object({
  cellMetres: z.number(),
  coarsening: z.number(),
  gridName: z.string(),
  gridSha256: z.string(),
  synthetic: z.boolean(),
  floodedSquareKilometres: z.object({ least: z.number(), median: z.number(), worst: z.number() }),
  deepestMetres: z.number(),
  massError: z.number(),
  people: z.number(),
  buildings: z.number(),
  facilities: z.number(),
  unknown: z.array(z.string()),
});

export const runView = z.object({
  id: z.string(),
  gridId: z.string(),
  title: z.string(),
  model: z.enum(MODELS),
  version: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  progress: z.number(),
  message: z.string(),
  members: z.number(),
  inputHash: z.string(),
  orderedBy: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  summary: summaryView.nullable(),
});

export function presentRun({
  id,
  gridId,
  title,
  model,
  version,
  status,
  progress,
  message,
  members,
  inputHash,
  ownerName,
  createdAt,
  finishedAt,
  summary,
}: Run): z.output<typeof runView> {
  return {
    ...{ id, gridId, title, model, version, status, progress, message, members, inputHash, orderedBy: ownerName },
    createdAt: createdAt.toString(),
    finishedAt: finishedAt?.toString() ?? null,
    summary: summary === null ? null : presentSummary(summary),
  };
}

function presentSummary({ frame, demo, unknown, ...summary }: NonNullable<Run['summary']>): z.output<typeof summaryView> {
  return { ...summary, cellMetres: frame.cellMetres, synthetic: demo, unknown: [...unknown] };
}

const layerView = z.object({
  id: z.string(),
  url: z.string(),
  corners: z.array(z.tuple([z.number(), z.number()])).describe('Nordwest, Nordost, Südost, Südwest'),
  legend: z.object({ unit: z.string(), classes: z.array(z.object({ from: z.number(), to: z.number().nullable(), colour: z.string() })) }),
  at: z.string(),
  synthetic: z.boolean(),
});

export const wholeRunView = runView.extend({
  input: z.record(z.string(), z.unknown()),
  layers: z.array(layerView),
  cases: z.array(
    z.object({
      number: z.number(),
      peakMetres: z.number(),
      breaches: z.array(z.string()),
      floodedSquareKilometres: z.number(),
      deepestMetres: z.number(),
      steps: z.number(),
      massError: z.number(),
    }),
  ),
});

export function presentWholeRun({ run, members }: WholeRun, layers: readonly FloodLayer[]): z.output<typeof wholeRunView> {
  return {
    ...presentRun(run),
    input: { ...run.input },
    layers: layers.map(({ id, url, corners, legend, at, synthetic }) => ({
      ...{ id, url, synthetic, at: at.toString() },
      corners: corners.map(([lon, lat]) => [lon, lat] as [number, number]),
      legend: { unit: legend.unit, classes: legend.classes.map(({ from, to, colour }) => ({ from, to: to ?? null, colour })) },
    })),
    cases: members.map(({ number, peakMetres, breaches, facts }) => ({
      number,
      peakMetres,
      breaches: breaches.map(({ structureId }) => structureId),
      ...facts,
    })),
  };
}
