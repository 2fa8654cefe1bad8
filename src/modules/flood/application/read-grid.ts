import { open, readFile, stat } from 'node:fs/promises';
import type { Problem } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import { checkHeights, frameProblem, readAsciiGrid, wrongGrid } from '../domain/ascii-grid.ts';
import type { HeightGrid } from '../domain/grid.ts';

export const MOST_GRID_BYTES = 512 * 1024 * 1024;
/** A picture is read in pieces; one of more would be made to fill the memory. */
const MOST_PIECE = 64_000_000;

/** Reads heights from a GeoTIFF or an ESRI ASCII grid, told by its first bytes. May take seconds: call it in a thread. */
export async function readGridFile(path: string): Promise<Result<HeightGrid, Problem>> {
  if ((await stat(path)).size > MOST_GRID_BYTES) return refuse(wrongGrid('Die Datei ist größer als 512 MB. Teilen oder vergröbern Sie das Raster.'));
  const kind = await firstBytes(path);
  if (kind === 'II*\0' || kind === 'MM\0*' || kind === 'II+\0' || kind === 'MM\0+') return readGeoTiff(path);
  if (/^\s*n/i.test(kind)) return readAsciiGrid(await readFile(path, 'latin1'));
  return refuse(
    wrongGrid(
      'Das ist weder ein GeoTIFF noch ein ESRI-ASCII-Raster (es beginnt mit ncols). Wandeln Sie die Datei um, zum Beispiel mit gdal_translate -of GTiff.',
    ),
  );
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

const BROKEN =
  'Die Datei ist kein lesbares GeoTIFF: sie ist beschädigt oder auf eine Art gepackt, die wir nicht kennen. Wandeln Sie sie um, zum Beispiel mit gdal_translate -co COMPRESS=DEFLATE.';

async function readGeoTiff(path: string): Promise<Result<HeightGrid, Problem>> {
  const { fromFile } = await import('geotiff');
  let tiff: Awaited<ReturnType<typeof fromFile>> | undefined;
  try {
    tiff = await fromFile(path);
    const image = await tiff.getImage();
    const frame = frameOf(image);
    if (typeof frame === 'string') return refuse(wrongGrid(frame));
    if (image.getTileWidth() * image.getTileHeight() > MOST_PIECE) return refuse(wrongGrid(BROKEN));
    const rows = await image.readRasters({ samples: [0], interleave: true });
    const missing = image.getGDALNoData();
    const heights = Float32Array.from(rows as ArrayLike<number>, (height) => (height === missing ? Number.NaN : height));
    if (heights.length !== frame.columns * frame.rows) return refuse(wrongGrid(BROKEN));
    return checkHeights({ ...frame, heights });
  } catch {
    return refuse(wrongGrid(BROKEN));
  } finally {
    await tiff?.close();
  }
}

type Image = Awaited<ReturnType<Awaited<ReturnType<typeof import('geotiff').fromFile>>['getImage']>>;

/** Where the picture lies, or why it cannot be used. */
function frameOf(image: Image): Omit<HeightGrid, 'heights'> | string {
  const keys = (image.getGeoKeys() ?? {}) as Record<string, unknown>;
  const crs = Number(keys['ProjectedCSTypeGeoKey'] ?? keys['GeographicTypeGeoKey'] ?? 0);
  if (crs === 4326 || crs === 4258)
    return 'Das Raster ist in Grad (EPSG:4326). Die Modelle rechnen in Metern. Rechnen Sie es um: gdalwarp -t_srs EPSG:25832 -r bilinear.';
  if (crs !== 25832)
    return `Das Raster ist in EPSG:${crs === 0 ? '(unbekannt)' : crs}. Erwartet wird EPSG:25832. Rechnen Sie es um: gdalwarp -t_srs EPSG:25832 -r bilinear.`;
  const [east = 0, south = 0] = image.getResolution();
  if (!(east > 0 && south < 0) || Math.abs(east + south) > 1e-6 * east)
    return 'Die Zellen des Rasters sind nicht quadratisch oder es liegt nicht nach Norden. Rechnen Sie es um: gdalwarp -tr 10 10 -t_srs EPSG:25832.';
  const [west = Number.NaN, north = Number.NaN] = image.getOrigin();
  // 2: the origin is the middle of the first cell and not its corner
  const half = Number(keys['GTRasterTypeGeoKey'] ?? 1) === 2 ? east / 2 : 0;
  const [columns, rows] = [image.getWidth(), image.getHeight()];
  const frame = { columns, rows, cellMetres: east, westMetres: west - half, southMetres: north + half - rows * east };
  return frameProblem(frame) ?? frame;
}
