import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { legalDay } from '../kernel/time.ts';
import { loadServices, type ServicePackage } from '../modules/catalogue/public.ts';
import { demoPeople } from '../modules/identity/public.ts';
import { cityForAWhile } from './city-for-a-while.ts';
import { samplePdf } from './sample-pdf.ts';
import { samplePicture } from './sample-picture.ts';
import { consult } from './walk-consult.ts';
import { walkOwnMotion } from './walk-own-motion.ts';
import { WalkClient } from './walk-client.ts';

const ROOT = join(import.meta.dirname, '../..');

/**
 * `kontor walk <service> [--url URL]`: the main job through the HTTP API as a real client, each step
 * with its time. Without a URL a temporary city is started and thrown away.
 * @returns exit status: 0 only if the PDF is genuine and the journal whole
 */
export async function walk(key: string, url: string | undefined): Promise<number> {
  const services = await loadServices(join(ROOT, 'services'), legalDay(Temporal.Now.instant()));
  const pkg = services.packages.get(key);
  if (pkg === undefined) {
    say(`Die Leistung «${key}» gibt es nicht. Es gibt: ${[...services.packages.keys()].join(', ')}.`);
    return 2;
  }
  if (pkg.initiator === 'amt') {
    if (url === undefined) return walkOwnMotion(pkg, say);
    say(`«${pkg.name.de}» dauert nach dem Gesetz Monate. Das geht nur in einer Stadt auf Zeit, deren Uhr vorgeht: Lassen Sie --url weg.`);
    return 2;
  }
  const city = url === undefined ? await openCityForAWhile() : { url, stop: async () => {} };
  try {
    return await new Walk(services.packages, pkg, city.url).run();
  } finally {
    await city.stop();
  }
}

async function openCityForAWhile() {
  say('Eine Stadt auf Zeit startet …');
  return cityForAWhile();
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

class Walk {
  readonly #packages: ReadonlyMap<string, ServicePackage>;
  readonly #pkg: ServicePackage;
  readonly #url: string;
  #started = performance.now();

  constructor(packages: ReadonlyMap<string, ServicePackage>, pkg: ServicePackage, url: string) {
    this.#packages = packages;
    this.#pkg = pkg;
    this.#url = url;
  }

  #step(text: string): void {
    const ms = performance.now() - this.#started;
    say(`${`${ms.toFixed(0)} ms`.padStart(9)}  ${text}`);
    this.#started = performance.now();
  }

  async run(): Promise<number> {
    say(`${this.#pkg.name.de} auf ${this.#url}`);
    const citizen = await this.#signIn('eid', 'katharina.petersen');
    const id = await this.#applyWithRequired(citizen, this.#pkg);
    const letter = await this.#bescheid(citizen, id);
    const genuine = await this.#check(citizen, letter);
    const whole = await this.#verify();
    say(genuine && whole ? 'Alles in Ordnung.' : 'Etwas stimmt nicht.');
    return genuine && whole ? 0 : 1;
  }

  async #signIn(way: 'eid' | 'beschaeftigte', name: string): Promise<WalkClient> {
    const client = new WalkClient(this.#url);
    const person = demoPeople.find((one) => one.subject.endsWith(name));
    if (person === undefined) throw new Error(`keine Demo-Person ${name}`);
    await client.signIn(way, person.subject);
    this.#step(`angemeldet: ${name}`);
    return client;
  }

  /** Applies and is decided; first whatever this application builds on (`requires` of the package). */
  async #applyWithRequired(citizen: WalkClient, pkg: ServicePackage): Promise<string> {
    const numbers: Record<string, string> = {};
    for (const { field, service } of pkg.requires) {
      const required = this.#packages.get(service);
      if (required === undefined) throw new Error(`die Leistung ${service} gibt es nicht`);
      say(`           zuerst: ${required.name.de}`);
      const before = await this.#applyWithRequired(citizen, required);
      numbers[field] = (await citizen.call<{ fileNumber: string }>('GET', `/api/cases/${before}`)).fileNumber;
    }
    const id = await this.#apply(citizen, pkg, { ...pkg.walk.answers, ...numbers });
    if (pkg.payment.when === 'vorher') await this.#pay(citizen, id);
    if (pkg.automation === undefined) await this.#decide(id, pkg);
    return id;
  }

  async #apply(citizen: WalkClient, pkg: ServicePackage, answers: object): Promise<string> {
    const { id } = await citizen.call<{ id: string }>('POST', '/api/drafts', { service: pkg.key });
    this.#step(`Antrag begonnen: ${pkg.name.de}`);
    await citizen.call('PUT', `/api/drafts/${id}/answers`, { answers });
    this.#step('Angaben gespeichert');
    for (const [index, { slot, fileName }] of pkg.walk.documents.entries()) {
      await citizen.upload(`/api/files/${id}/${slot}`, fileName, fileName.endsWith('.pdf') ? samplePdf(slot) : samplePicture(index));
      this.#step(`Datei hochgeladen: ${fileName}`);
    }
    const { fileNumber } = await citizen.call<{ fileNumber: string }>('POST', `/api/drafts/${id}/submission`);
    this.#step(`eingereicht: ${fileNumber}`);
    const again = await citizen.call<{ fileNumber: string }>('POST', `/api/drafts/${id}/submission`);
    if (again.fileNumber !== fileNumber) throw new Error('zweimal eingereicht, zwei Vorgänge');
    this.#step('noch einmal gedrückt: derselbe Vorgang');
    return id;
  }

  /** The fee is due before the decision: through the provider's page and its signed message. */
  async #pay(citizen: WalkClient, caseId: string): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      const { items } = await citizen.call<{ items: readonly { id: string; caseId: string; amountCents: number }[] }>('GET', '/api/payments');
      const claim = items.find((one) => one.caseId === caseId);
      if (claim !== undefined) {
        const { redirectUrl } = await citizen.call<{ redirectUrl: string }>('POST', `/api/payments/${claim.id}/attempts`);
        await citizen.pay(redirectUrl);
        this.#step(`bezahlt beim DEMO-Zahlungsdienst: ${(claim.amountCents / 100).toFixed(2)} Euro`);
        return;
      }
      await sleep(50);
    }
    throw new Error('die Kasse hat nach zehn Sekunden nichts gefordert');
  }

  async #decide(id: string, pkg: ServicePackage): Promise<void> {
    const officer = await this.#signIn('beschaeftigte', 'anke.altmann');
    const act = (command: object) => officer.call<{ status: string; findings: string[] }>('POST', `/api/cases/${id}/actions`, { command });
    const { findings } = await act({ action: 'confirm-complete' });
    this.#step('vollständig; die Regeln sagen:');
    for (const finding of findings) say(`           - ${finding}`);
    await consult({ url: this.#url, pkg, officer, caseId: id, step: (text) => this.#step(text) });
    const { conditions } = await officer.call<CaseAnswer>('GET', `/api/cases/${id}`);
    const {
      blocks,
      process: { fourEyes },
      walk: { decision },
    } = pkg;
    const picked = blocks.nebenbestimmungen.filter((block) => decision?.nebenbestimmungen.includes(block.id));
    await act({
      action: 'draft-decision',
      outcome: 'grant',
      feeCents: decision?.feeCents ?? 0,
      text: {
        operative: [blocks.operative.grant],
        nebenbestimmungen: [
          ...picked.map(({ kind, text }) => ({ kind, text: text.replaceAll('{ersatz}', '2') })),
          // what the offices ask for and the Abwägung follows
          ...conditions.filter(({ proposed }) => proposed).map(({ kind, text }) => ({ kind, text })),
        ],
        reasons: findings,
        discretion: blocks.discretion.filter((block) => decision?.discretion.includes(block.id)).map((block) => block.text),
        items: [],
      },
    });
    this.#step('Entscheidung entworfen');
    if (fourEyes !== 'always') {
      await act({ action: 'decide' });
      this.#step('entschieden');
      return;
    }
    await act({ action: 'submit-for-approval' });
    const lead = await this.#signIn('beschaeftigte', 'birgit.leitner');
    await lead.call('POST', `/api/cases/${id}/actions`, { command: { action: 'approve' } });
    this.#step('freigegeben und entschieden');
  }

  async #bescheid(citizen: WalkClient, id: string): Promise<Uint8Array> {
    const deadline = performance.now() + 30_000;
    for (;;) {
      const found = await citizen.call<CaseAnswer>('GET', `/api/cases/${id}`);
      const letter = found.letters.find((one) => one.kind === 'bescheid');
      const decision = found.decisions.at(-1);
      if (letter !== undefined && decision?.bekanntgabeOn != null) {
        this.#step(
          `Bescheid im Postfach${decision.automated ? ', vollautomatisch' : ''}; bekannt gegeben am ${decision.bekanntgabeOn}, Widerspruch bis ${decision.remedyUntil}`,
        );
        const pdf = await citizen.download(letter.href);
        mkdirSync(join(ROOT, 'out'), { recursive: true });
        writeFileSync(join(ROOT, 'out', letter.fileName), pdf);
        this.#step(`gespeichert: out/${letter.fileName}`);
        return pdf;
      }
      if (found.handedToPerson.length > 0) throw new Error(`an einen Menschen gegeben: ${found.handedToPerson.join(' ')}`);
      if (performance.now() > deadline) throw new Error('nach 30 Sekunden ist kein Bescheid da');
      await sleep(50);
    }
  }

  async #check(citizen: WalkClient, pdf: Uint8Array): Promise<boolean> {
    const verdict = await citizen.upload<{ verdict: string; subject: string | null }>('/api/seal-check', 'bescheid.pdf', pdf);
    this.#step(`Siegel: ${verdict.verdict}${verdict.subject === null ? '' : ` (${verdict.subject})`}`);
    const changed = Buffer.from(pdf);
    changed[Math.floor(changed.length / 2)]! ^= 1;
    const broken = await citizen.upload<{ verdict: string }>('/api/seal-check', 'bescheid.pdf', changed);
    this.#step(`ein Bit gekippt: ${broken.verdict}`);
    return verdict.verdict === 'genuine' && broken.verdict === 'changed';
  }

  async #verify(): Promise<boolean> {
    const auditor = await this.#signIn('beschaeftigte', 'rita.revision');
    const { whole, entries, broken } = await auditor.call<{ whole: boolean; entries: number; broken: string | null }>('GET', '/api/journal/verification');
    this.#step(whole ? `Journal lückenlos: ${entries} Einträge` : `Journal beschädigt: ${broken}`);
    return whole;
  }
}

interface CaseAnswer {
  readonly handedToPerson: readonly string[];
  readonly decisions: readonly { readonly automated: boolean; readonly bekanntgabeOn: string | null; readonly remedyUntil: string | null }[];
  readonly letters: readonly { readonly kind: string; readonly fileName: string; readonly href: string }[];
  readonly conditions: readonly { readonly kind: string; readonly text: string; readonly proposed: boolean }[];
}
