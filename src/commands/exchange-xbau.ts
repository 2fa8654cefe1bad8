import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { newId } from '../kernel/id.ts';
import { legalDay } from '../kernel/time.ts';
import { loadServices } from '../modules/catalogue/public.ts';
import { headOf } from '../modules/exchange/application/export-xbau.ts';
import { readXbauFile, refusedMessage, type Delivery, type ReadXbau } from '../modules/exchange/application/read-xbau.ts';
import { zip } from '../platform/files/zip.ts';
import { XBAU_MESSAGES } from '../modules/exchange/domain/xbau-names.ts';
import { antrag, rueckweisung } from '../modules/exchange/domain/xbau-write.ts';
import { SERVICES_DIRECTORY } from '../services-directory.ts';
import { saidAnswers } from '../neighbours-xbau.ts';
import type { Output } from './command.ts';

const PRODUCT = '0.1.0';
const clock = (): Temporal.Instant => Temporal.Now.instant();

/** Folder of the attachments, beside `antrag.json`. */
const FILES = 'anlagen';

/** What `import` leaves and `export` takes: an application without a city around it. */
const sheet = z.strictObject({
  reference: z.uuid().optional(),
  answers: z.record(z.string(), z.unknown()),
  /** Files in the folder `anlagen` beside this one; `name` is what the file was called before. */
  documents: z.array(z.strictObject({ slot: z.string().optional(), file: z.string(), name: z.string().optional() })).default([]),
});

/** The services, with the Leistung that speaks XBau. */
async function offered(out: Output) {
  const services = await loadServices(SERVICES_DIRECTORY, legalDay(clock()));
  const pkg = [...services.packages.values()].find(({ xbau }) => xbau !== undefined);
  if (pkg?.xbau === undefined) out.complain('Keine Leistung hat eine Datei xbau.yaml ohne Fehler. «./kontor service lint» nennt sie.');
  return pkg?.xbau === undefined ? undefined : { pkg, mapping: pkg.xbau };
}

/** Says every mistake of a file, or gives what it brings. */
async function readFor(path: string, delivery: Delivery, out: Output): Promise<ReadXbau | undefined> {
  const service = await offered(out);
  const read = service && readXbauFile(delivery, service.mapping);
  if (read?.ok === false) for (const message of read.problem.fields?.map((one) => one.message) ?? [read.problem.detail]) out.complain(`${path}: ${message}`);
  return read?.ok === true ? read.value : undefined;
}

/** `exchange xbau check`. */
export async function checkXbauFile(path: string, bytes: Uint8Array, out: Output): Promise<number> {
  const read = await readFor(path, [{ name: basename(path), bytes }], out);
  if (read === undefined) return 1;
  const { head, reference, refersTo, answers, tells, delivered, absent, unnamed, rest } = read;
  out.print(
    `Nachricht ${head.type} (${XBAU_MESSAGES[head.type].title}) von ${head.author?.name ?? 'unbenannt'} an ${head.reader?.name ?? 'unbenannt'}, ${head.createdAt}`,
  );
  out.print(`UUID der Nachricht: ${head.messageId}`);
  const about = reference ?? refersTo?.fileNumber ?? refersTo?.reference ?? refersTo?.message?.id;
  if (about !== undefined) out.print(`Bezug: ${about}`);
  for (const line of tells) out.print(line);
  out.print(`${Object.keys(answers).length} Antworten, ${delivered.length} Dateien beigelegt`);
  for (const { slot, file } of delivered) out.print(`  ${slot ?? 'ohne Zuordnung'}: ${file!.name}`);
  for (const { title, file, link, later } of absent)
    out.print(
      `Nicht beigelegt: ${title ?? file?.name ?? 'ohne Namen'}${later ? ', wird nachgereicht' : ''}${link === undefined ? '' : `, liegt unter ${link}`}`,
    );
  for (const name of unnamed) out.print(`Beigelegt, nicht genannt: ${name}`);
  for (const { path: place, text, line } of rest) out.print(`Ohne Feld (Zeile ${line}): ${place}: ${text}`);
  return 0;
}

/** `exchange xbau import`: answers and files in a folder of their own. */
export async function importXbauFile(path: string, bytes: Uint8Array, into: string, out: Output): Promise<number> {
  const read = await readFor(path, [{ name: basename(path), bytes }], out);
  if (read === undefined) return 1;
  if (read.head.type !== '0200' && read.head.type !== '0202') {
    out.complain(`${path}: Die Nachricht ${read.head.type} enthält keinen Antrag. Lesen Sie sie mit «exchange xbau check».`);
    return 1;
  }
  if ((await stat(into).catch(() => undefined)) !== undefined) {
    out.complain(`${into} gibt es schon. Nennen Sie mit --into einen Ordner, den es noch nicht gibt.`);
    return 1;
  }
  await mkdir(join(into, FILES), { recursive: true });
  // names of a message that was read hold no path
  for (const { file, bytes: content } of read.delivered) await writeFile(join(into, FILES, file!.name), content, { flag: 'wx' });
  const documents = read.delivered.map(({ slot, file, originalName }) => ({
    ...(slot === undefined ? {} : { slot }),
    file: file!.name,
    ...(originalName === undefined ? {} : { name: originalName }),
  }));
  const left = { ...(read.reference === undefined ? {} : { reference: read.reference }), answers: read.answers, documents };
  await writeFile(join(into, 'antrag.json'), `${JSON.stringify(left, undefined, 2)}\n`, { flag: 'wx' });
  await writeFile(join(into, 'nachricht.xml'), read.xml, { flag: 'wx' });
  for (const { path: place, text } of read.rest) out.print(`Ohne Feld: ${place}: ${text}`);
  out.print(`${into}: antrag.json mit ${Object.keys(read.answers).length} Antworten, ${read.delivered.length} Dateien`);
  return 0;
}

/** `exchange xbau export`: an application (0200) of `antrag.json` and the files beside it. */
export async function exportXbauFile(path: string, bytes: Uint8Array, into: string, out: Output): Promise<number> {
  const service = await offered(out);
  if (service === undefined) return 1;
  const { pkg, mapping } = service;
  const given = sheet.safeParse(parsed(bytes));
  if (!given.success) {
    out.complain(
      `${path}: Erwartet wird JSON mit answers und documents, wie «exchange xbau import» es schreibt (${given.error.issues[0]?.path.join('.') ?? ''}).`,
    );
    return 1;
  }
  if ((await stat(into).catch(() => undefined)) !== undefined) {
    out.complain(`${into} gibt es schon. Nennen Sie mit --into eine Datei, die es noch nicht gibt.`);
    return 1;
  }
  const { answers, documents, reference } = given.data;
  const files = [];
  for (const { slot = 'sonstiges', file, name } of documents) {
    const at = join(dirname(path), FILES, basename(file));
    const content = await readFile(at).catch(() => undefined);
    if (content === undefined) {
      out.complain(`${at}: Die Datei gibt es nicht. Legen Sie sie dorthin.`);
      return 1;
    }
    const title = mapping.documents.find((one) => one.slot === slot)?.name ?? file;
    files.push({ id: newId(clock().epochMilliseconds), title, fileName: name ?? file, on: legalDay(clock()).toString(), slot, bytes: content });
  }
  const head = headOf({ clock, product: PRODUCT }, { name: 'Kontor' });
  const { xml, files: named } = antrag(head, mapping, { answers, said: saidAnswers(pkg, answers), files }, reference ?? head.messageId);
  await writeFile(into, zip([{ name: `${head.messageId}_${XBAU_MESSAGES['0200'].name}.xml`, bytes: Buffer.from(xml, 'utf8') }, ...named]), { flag: 'wx' });
  out.print(`${into}: Nachricht 0200 mit ${named.length} Dateien`);
  return 0;
}

/** `exchange xbau reject`: the rejection (1100) of a file that cannot be used. */
export async function rejectXbauFile(path: string, bytes: Uint8Array, out: Output): Promise<number> {
  const service = await offered(out);
  if (service === undefined) return 1;
  const delivery = [{ name: basename(path), bytes }];
  const read = readXbauFile(delivery, service.mapping);
  const { about, isRejection, xml } = refusedMessage(delivery);
  if (read.ok || isRejection) {
    out.complain(`${path}: ${read.ok ? 'Die Nachricht ist lesbar; zurückzuweisen ist nichts.' : 'Eine Rückweisung wird nicht zurückgewiesen.'}`);
    return 1;
  }
  const mistakes = read.problem.fields?.map(({ message }) => message) ?? [read.problem.detail];
  out.print(rueckweisung(headOf({ clock, product: PRODUCT }, { name: 'Kontor' }), mistakes, about, xml).xml.trimEnd());
  return 0;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
