import { fromUtm32 } from '../kernel/geo.ts';
import type { Stage } from './walk-sturmflut-stage.ts';

export const GATE_OF_EXERCISE = 'uebungstor';
const [COLUMNS, ROWS, CELL, WEST, SOUTH] = [60, 60, 50, 566_000, 5_931_000] as const;
const RIVER_ROWS = 10;
const WALL_ROWS = 4;
/** Where the gate stands in the wall. */
const [GATE_WEST, GATE_EAST] = [28, 32] as const;

/** Rows from north to south: a river, a wall with a gap, and a low polder with high ground around it. */
function heightAt(column: number, row: number): number {
  if (row < RIVER_ROWS) return -4;
  const inGap = column >= GATE_WEST && column < GATE_EAST;
  if (row < RIVER_ROWS + WALL_ROWS) return inGap ? 1.2 : 9;
  return column < 6 || column >= COLUMNS - 6 || row >= ROWS - 4 ? 9 : 0.8 + 0.01 * row;
}

/** Ground with one gate, made for the exercise, as ESRI ASCII over HTTP. */
export async function bringGround(stage: Stage): Promise<void> {
  const rows = Array.from({ length: ROWS }, (_, row) => Array.from({ length: COLUMNS }, (__, column) => heightAt(column, row).toFixed(2)).join(' '));
  const text = `ncols ${COLUMNS}\nnrows ${ROWS}\nxllcorner ${WEST}\nyllcorner ${SOUTH}\ncellsize ${CELL}\nNODATA_value -9999\n${rows.join('\n')}\n`;
  const northing = SOUTH + (ROWS - RIVER_ROWS - 1) * CELL;
  const corner = (column: number): [number, number] => {
    const { lon, lat } = fromUtm32(WEST + column * CELL, northing);
    return [lon, lat];
  };
  const gate = {
    type: 'Feature',
    id: GATE_OF_EXERCISE,
    geometry: { type: 'LineString', coordinates: [corner(GATE_WEST - 2), corner(GATE_EAST + 2)] },
    properties: { kind: 'gate', name: 'Übungstor (erfunden)', crestMetres: 8, sillMetres: 1.2 },
  };
  const form = new FormData();
  form.set('name', 'Polder der Übung (erfunden)');
  form.set('source', 'Für die Übung gemacht');
  form.set('inletBelowMetres', '-1');
  form.set('structures', JSON.stringify({ type: 'FeatureCollection', features: [gate] }));
  form.set('file', new Blob([text]), 'uebung.asc');
  const answer = await stage.client('silke').raw(`/api/lagen/${stage.key}/flut/gitter`, { method: 'POST', body: form });
  if (answer.status !== 201) throw new Error(`Höhenraster: ${answer.status} ${await answer.text()}`);
}
