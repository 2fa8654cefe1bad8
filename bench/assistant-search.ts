/**
 * How long a search through many passages takes, beside PostgreSQL's German full text (ts_rank, words joined by OR) on
 * the same passages and the same questions in the same run. Each question is made of words of one passage, which both
 * should find again.
 * Run: `node bench/assistant-search.ts URL-of-an-empty-PostgreSQL-database [passages]`. Exit status 1 when the limit is missed.
 */
import { sql } from 'kysely';
import type { Passage } from '../src/kernel/passage.ts';
import { PassageIndex } from '../src/modules/library/public.ts';
import { openPostgres } from '../src/platform/database/postgres.ts';

const LIMIT_MS = 60;
const QUESTIONS = 400;
/** PostgreSQL answers so many of them: it takes its time. */
const PEER_QUESTIONS = 20;
const FOUND = 10;
const [url, count = '100000'] = process.argv.slice(2);
if (url === undefined) {
  console.error('Nennen Sie eine leere PostgreSQL-Datenbank: node bench/assistant-search.ts postgresql://…');
  process.exit(2);
}

/** Always the same numbers (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SMALL =
  'der die das und in zu den von mit ist für auf im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum kann wenn oder nur wir ihr'.split(
    ' ',
  );
const FIRST =
  'Bau Wohn Straßen Verkehrs Umwelt Wasser Gewässer Denkmal Gewerbe Gaststätten Hunde Baum Park Melde Personen Reise Führer Kraft Jugend Schul Kinder Eltern Sozial Renten Pflege Kranken Steuer Gebühren Grund Boden Natur Abfall Lärm Brand Hafen Fischerei Jagd Markt Veranstaltungs Sonder Ausnahme Einzel Gesamt Verwaltungs Widerspruchs Fach Bezirks Landes Bundes Stadt'.split(
    ' ',
  );
const SECOND =
  'genehmigung antrag erlaubnis ordnung bescheid verfahren amt behörde gebühr frist prüfung anzeige nachweis ausweis register plan schutz fläche nutzung aufsicht abgabe auflage beschränkung erweiterung verlängerung rücknahme bescheinigung vorschrift satzung gesetz stelle leitung beteiligung anhörung versammlung unterlage zeichnung erklärung versicherung haftung'.split(
    ' ',
  );
const ENDING = ['', '', 'en', 's', 'e', 'er'];
const VERBS = 'prüft erteilt versagt verlangt bestimmt regelt umfasst beantragt ergänzt beginnt endet ruht gilt entfällt genügt betrifft enthält'.split(' ');

const random = numbers(46);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
/** Few words come often and many hardly ever, as in any language. */
const skewed = <T>(list: readonly T[]): T => list[Math.floor(random() ** 2 * list.length)]!;
const compound = (): string => `${skewed(FIRST)}${random() < 0.3 ? skewed(FIRST).toLowerCase() : ''}${skewed(SECOND)}${pick(ENDING)}`;

function made(): string {
  const words: string[] = [];
  while (words.length < 150) {
    const turn = random();
    words.push(
      turn < 0.5
        ? skewed(SMALL)
        : turn < 0.85
          ? compound()
          : turn < 0.95
            ? pick(VERBS)
            : `§ ${1 + Math.floor(random() * 120)} Abs. ${1 + Math.floor(random() * 5)}`,
    );
  }
  return `${words.join(' ')}.`;
}

const passages: Passage[] = Array.from({ length: Number(count) }, (_, n) => {
  const text = made();
  const documentId = `d${Math.floor(n / 20)}`;
  return { id: `${documentId}-${n % 20}`, documentId, title: documentId, documentSha256: '0'.repeat(64), page: 1, start: 0, end: text.length, text };
});
const questions = Array.from({ length: QUESTIONS }, () => {
  const source = pick(passages);
  const words = source.text.split(' ').filter((word) => word.length > 6);
  return { source: source.id, text: `Wie ist das mit ${Array.from({ length: 5 }, () => pick(words)).join(' und ')} geregelt?` };
});

const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.floor(share * values.length)]!;

const building = performance.now();
const index = new PassageIndex(passages);
const built = performance.now() - building;
for (const { text } of questions.slice(0, 20)) index.search(text, FOUND);
const own: number[] = [];
let ownFound = 0;
for (const [turn, { source, text }] of questions.entries()) {
  const before = performance.now();
  const found = index.search(text, FOUND);
  own.push(performance.now() - before);
  if (turn < PEER_QUESTIONS && found.some(({ id }) => id === source)) ownFound++;
}

const database = openPostgres(url);
const peer: number[] = [];
let peerFound = 0;
try {
  await database.write(async (tx) => {
    await sql`create table passage (id text not null, text text not null, words tsvector generated always as (to_tsvector('german', text)) stored)`.execute(tx);
    for (let from = 0; from < passages.length; from += 5000) {
      const part = passages.slice(from, from + 5000);
      await sql`insert into passage (id, text) select * from unnest(${part.map(({ id }) => id)}::text[], ${part.map(({ text }) => text)}::text[])`.execute(tx);
    }
    await sql`create index on passage using gin (words)`.execute(tx);
  });
  await sql`analyze passage`.execute(database.read);
  for (const { source, text } of questions.slice(0, PEER_QUESTIONS)) {
    const before = performance.now();
    const { rows } = await sql<{ id: string }>`select id from passage, (select replace(plainto_tsquery('german', ${text})::text, '&', '|')::tsquery as wish) w
      where words @@ wish order by ts_rank(words, wish) desc limit ${FOUND}`.execute(database.read);
    peer.push(performance.now() - before);
    if (rows.some(({ id }) => id === source)) peerFound++;
  }
} finally {
  await database.close();
}

const [ms, peerMs] = [quantile(own, 0.95), quantile(peer, 0.95)];
console.log(`${count} passages; one core; p95 of ${QUESTIONS} questions to the limit of ${LIMIT_MS} ms (below 1 is met): ${(ms / LIMIT_MS).toFixed(2)}`);
console.log(`p95 to PostgreSQL's, ts_rank over words joined by OR, ${PEER_QUESTIONS} questions: ${(ms / peerMs).toFixed(3)}`);
console.log(`the passage that a question was made of among the first ${FOUND}: ${ownFound} of ${PEER_QUESTIONS}, PostgreSQL ${peerFound}`);
console.log(`reading them in took ${(built / passages.length).toFixed(2)} ms a passage`);
process.exitCode = ms < LIMIT_MS ? 0 : 1;
