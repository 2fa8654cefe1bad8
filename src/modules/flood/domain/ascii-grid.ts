import { refuse, ok, type Result } from '../../../kernel/result.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { HeightGrid } from './grid.ts';

export const wrongGrid = (detail: string): Problem<'invalid-input'> => ({ kind: 'invalid-input', detail, fields: [{ field: 'file', message: detail }] });

/** Heights on earth; anything else is no height but a mark for one that is missing, or another unit. */
const LOWEST = -500;
const HIGHEST = 9_000;
export const MOST_CELLS = 16_000_000;

/**
 * Reads an ESRI ASCII grid. Its coordinates must be EPSG:25832 in metres: the format does not say which
 * they are, so the corner must lie where that system is used.
 */
export function readAsciiGrid(text: string): Result<HeightGrid, Problem> {
  const header: Record<string, number> = {};
  const head = /^\s*([a-z_]+)\s+(\S+)\s*$/iy;
  let at = 0;
  for (let line = text.indexOf('\n', at); line >= 0; line = text.indexOf('\n', at)) {
    head.lastIndex = 0;
    const found = head.exec(text.slice(at, line));
    if (found === null) break;
    header[found[1]!.toLowerCase()] = Number(found[2]);
    at = line + 1;
  }
  const { ncols: columns = 0, nrows: rows = 0, cellsize: cellMetres = 0, nodata_value: missing = -9999 } = header;
  const corner = cornerOf(header, cellMetres);
  const frame = { columns, rows, cellMetres, ...corner };
  const wrong = frameProblem(frame);
  if (wrong !== undefined) return refuse(wrongGrid(wrong));
  const heights = new Float32Array(columns * rows);
  const number = /\S+/y;
  for (let cell = 0; cell < heights.length; cell++) {
    while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
    number.lastIndex = at;
    const found = number.exec(text)?.[0];
    const height = Number(found);
    if (found === undefined || Number.isNaN(height))
      return refuse(wrongGrid(`Nach ${cell} von ${heights.length} Höhen steht ${found === undefined ? 'nichts mehr' : 'keine Zahl'}. Prüfen Sie die Datei.`));
    heights[cell] = height === missing ? Number.NaN : height;
    at += found.length;
  }
  return checkHeights({ ...frame, heights });
}

function cornerOf(header: Readonly<Record<string, number>>, cellMetres: number): Pick<HeightGrid, 'westMetres' | 'southMetres'> {
  const { xllcorner, yllcorner, xllcenter, yllcenter } = header;
  return {
    westMetres: xllcorner ?? (xllcenter ?? Number.NaN) - cellMetres / 2,
    southMetres: yllcorner ?? (yllcenter ?? Number.NaN) - cellMetres / 2,
  };
}

/** Why such a grid cannot be used; `undefined`: it can. */
export function frameProblem({ columns, rows, cellMetres, westMetres, southMetres }: Omit<HeightGrid, 'heights'>): string | undefined {
  if (!Number.isInteger(columns) || !Number.isInteger(rows) || columns < 3 || rows < 3)
    return 'Das Raster braucht mindestens 3 Spalten und 3 Zeilen (ncols, nrows).';
  if (columns * rows > MOST_CELLS)
    return `Das Raster hat ${columns * rows} Zellen, höchstens ${MOST_CELLS} sind möglich. Teilen Sie es, oder vergröbern Sie die Zellen.`;
  if (!(cellMetres > 0)) return 'Die Größe der Zellen fehlt (cellsize).';
  if (!(westMetres > 0 && westMetres < 1_000_000 && southMetres > 5_000_000 && southMetres < 6_500_000))
    return 'Die Ecke des Rasters liegt nicht in EPSG:25832 (Ostwert 0 bis 1.000.000, Nordwert um 5.900.000). Rechnen Sie das Raster dorthin um, zum Beispiel mit gdalwarp -t_srs EPSG:25832.';
  if (cellMetres > 1_000) return 'Die Zellen sind größer als 1.000 m. Nehmen Sie ein feineres Raster.';
  return undefined;
}

/** Heights as they may be: at least one is known, and none is what no ground has. */
export function checkHeights(grid: HeightGrid): Result<HeightGrid, Problem> {
  let known = 0;
  for (const height of grid.heights) {
    if (Number.isNaN(height)) continue;
    known += 1;
    if (height < LOWEST || height > HIGHEST)
      return refuse(wrongGrid(`Die Höhe ${height} gibt es nicht. Prüfen Sie die Einheit (Meter über NHN) und den Wert für fehlende Höhen.`));
  }
  return known === 0 ? refuse(wrongGrid('Das Raster enthält keine einzige Höhe.')) : ok(grid);
}
