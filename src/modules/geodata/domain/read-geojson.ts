import { decode, type Encoding } from './decode.ts';
import { MOST_BYTES_A_ROW, UnreadableFile, type FileCrs, type SourceFeature, type SourceRow } from './source.ts';

/**
 * Features of a GeoJSON FeatureCollection (RFC 7946) or of newline-delimited GeoJSON, one after the other
 * in bounded memory: objects of `features` are cut out by their braces and parsed alone.
 * @param tell once, before the first feature: the system the file names (GeoJSON 2008 `crs`), and how it is written
 * @throws UnreadableFile when it is neither
 */
export async function* readGeoJson(chunks: AsyncIterable<Uint8Array>, tell: (head: GeoJsonHead) => void = () => {}): AsyncGenerator<SourceRow> {
  const cutter = new Cutter();
  let row = 0;
  let told = false;
  for await (const { text, encoding } of decode(chunks)) {
    const cut = cutter.push(text);
    if (!told && cutter.began) {
      told = true;
      const crs = cutter.crs();
      tell({ encoding, ...(crs === undefined ? {} : { crs }) });
    }
    for (const one of cut) yield { row: ++row, ...readFeature(one) };
  }
  cutter.end();
}

/** What the file says before its features. */
export interface GeoJsonHead {
  readonly crs?: FileCrs;
  readonly encoding: Encoding;
}

function readFeature(text: string): { readonly value: SourceFeature } | { readonly reason: string } {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return { reason: 'Das ist kein gültiges JSON.' };
  }
  const { type, id, geometry, properties } = found as Record<string, unknown>;
  if (type !== 'Feature') return { reason: `Das ist kein Feature, sondern: ${String(type).slice(0, 40)}.` };
  const props = typeof properties === 'object' && properties !== null && !Array.isArray(properties) ? (properties as SourceFeature['properties']) : {};
  return { value: { geometry: geometry ?? null, properties: props, ...(typeof id === 'string' || typeof id === 'number' ? { id } : {}) } };
}

/** Level after the end of `features`: what follows is not looked at. */
const PAST = -1;

const CRS: readonly (readonly [RegExp, FileCrs])[] = [
  [/EPSG:{1,2}(?:[\d.]*:)?25832\b/, '25832'],
  [/EPSG:{1,2}(?:[\d.]*:)?3857\b/, '3857'],
  [/CRS84|EPSG:{1,2}(?:[\d.]*:)?4326\b/, 'CRS84'],
];

/** Cuts a growing text into the objects of `features`, or into the objects that stand one after the other. */
class Cutter {
  #text = '';
  #at = 0;
  #start = -1;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Depth at which features stand: 2 inside of `features`, 0 one after the other. Unknown until the first is seen. */
  #level: number | undefined;
  #head = '';
  #closed = false;

  push(more: string): string[] {
    this.#text += more;
    const cut: string[] = [];
    for (; this.#at < this.#text.length; this.#at++) this.#look(this.#text.charCodeAt(this.#at), cut);
    this.#forget();
    return cut;
  }

  /** Whether the place of the features has been found. */
  get began(): boolean {
    return this.#level !== undefined;
  }

  /** The system, where the head names one. @throws UnreadableFile on one that is not understood */
  crs(): FileCrs | undefined {
    const name = /"crs"\s*:\s*\{[^}]*\{[^}]*"name"\s*:\s*"([^"]+)"/.exec(this.#head)?.[1];
    if (name === undefined) return undefined;
    const found = CRS.find(([form]) => form.test(name))?.[1];
    if (found === undefined)
      throw new UnreadableFile(`Das Koordinatensystem „${name.slice(0, 80)}“ kennt Kontor nicht. Wandeln Sie die Datei in EPSG:4326 oder EPSG:25832 um.`);
    return found;
  }

  end(): void {
    if (this.#level === undefined) throw new UnreadableFile('In der Datei steht kein GeoJSON mit „features“. Prüfen Sie die Datei.');
    if (this.#depth !== 0 || this.#start !== -1) throw new UnreadableFile('Die Datei bricht mitten in einem Objekt ab. Laden Sie sie noch einmal herunter.');
  }

  #look(code: number, cut: string[]): void {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (code === 92) this.#escaped = true;
      else if (code === 34) this.#inString = false;
      return;
    }
    if (code === 34) this.#inString = true;
    else if (code === 123 || code === 91) this.#open(code);
    else if (code === 125 || code === 93) this.#close(cut);
  }

  /** `{` or `[` */
  #open(code: number): void {
    if (this.#level === undefined) this.#findLevel(code);
    if (code === 123 && this.#depth === this.#level && this.#start === -1) this.#start = this.#at;
    this.#depth += 1;
    if (this.#depth > 200) throw new UnreadableFile('Die Datei ist tiefer geschachtelt, als es Geodaten sind.');
  }

  #findLevel(code: number): void {
    const before = this.#text.slice(0, this.#at);
    if (code === 91 && this.#depth === 1 && /"features"\s*:\s*$/.test(before)) {
      this.#level = 2;
      this.#head = before;
    } else if (code === 123 && this.#depth === 0 && this.#closed) {
      // a second object at the outermost level: they stand one after the other
      this.#level = 0;
    }
  }

  #close(cut: string[]): void {
    this.#depth -= 1;
    if (this.#depth < 0) throw new UnreadableFile('In der Datei schließt eine Klammer, die nie geöffnet wurde.');
    if (this.#depth === 0 && this.#level === undefined) this.#first(cut);
    else if (this.#depth === this.#level && this.#start !== -1) {
      cut.push(this.#text.slice(this.#start, this.#at + 1));
      this.#start = -1;
    } else if (this.#depth === 1 && this.#level === 2) this.#level = PAST;
  }

  /** The first object has ended without `features`: it is a feature itself. */
  #first(cut: string[]): void {
    const text = this.#text.slice(0, this.#at + 1);
    if (!/"type"\s*:\s*"Feature"/.test(text)) return;
    this.#closed = true;
    this.#level = 0;
    cut.push(text.slice(text.indexOf('{')));
  }

  /** Keeps only what is still needed. */
  #forget(): void {
    const from = this.#start === -1 ? this.#at : this.#start;
    if (this.#level !== undefined) {
      this.#text = this.#text.slice(from);
      this.#at -= from;
      if (this.#start !== -1) this.#start = 0;
    }
    if (this.#text.length > MOST_BYTES_A_ROW) throw new UnreadableFile('Ein Objekt der Datei ist größer als 32 MB. Teilen Sie es.');
  }
}
