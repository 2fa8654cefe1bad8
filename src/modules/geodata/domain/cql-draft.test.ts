import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromDraft } from './cql-draft.ts';
import { printCql2Text } from './cql2-print.ts';
import { parseCql2Text } from './cql2-text.ts';

const QUERYABLES = { tag: 'date', wann: 'instant', art: 'text' } as const;

test("texts beside times are times, as GDAL's filters have them; all else stays", () => {
  const cases = [
    ["tag = '2013-05-01T'", "tag = DATE('2013-05-01')"],
    ["'2013/05/01' < tag", "DATE('2013-05-01') < tag"],
    ["wann >= '2026-05-01T12:00:00Z'", "wann >= TIMESTAMP('2026-05-01T12:00:00Z')"],
    ["wann = '2026/05/01 12:00:00+00'", "wann = TIMESTAMP('2026-05-01T12:00:00Z')"],
    ["wann > '2026-05-01'", "wann > TIMESTAMP('2026-05-01T00:00:00Z')"],
    ["NOT tag IN ('2013-05-01', '2014-05-01')", "NOT tag IN (DATE('2013-05-01'), DATE('2014-05-01'))"],
    ["art = '2013-05-01' AND tag > '2013-05-01'", "art = '2013-05-01' AND tag > DATE('2013-05-01')"],
    ["art LIKE '2013%'", "art LIKE '2013%'"],
  ] as const;
  const read = (text: string) => {
    const parsed = parseCql2Text(text);
    return parsed.ok ? parsed.value : assert.fail(parsed.problem.detail);
  };
  for (const [draft, text] of cases) assert.equal(printCql2Text(fromDraft(read(draft), QUERYABLES)), printCql2Text(read(text)), draft);
});
