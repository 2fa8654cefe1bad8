import { parseResource } from '../domain/parse-resource.ts';

/** Devices write to the same few paths again and again. */
const KNOWN = new Map<string, ReturnType<typeof parseResource>>();
const MOST_KNOWN = 5000;
const LONGEST = 100;

/** As `parseResource`, for paths that come back. */
export function parseKnown(path: string): ReturnType<typeof parseResource> {
  const known = KNOWN.get(path);
  if (known !== undefined) return known;
  const read = parseResource(path);
  if (read.ok && path.length <= LONGEST) {
    if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
    KNOWN.set(path, read);
  }
  return read;
}
