import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { evaluateFeel } from '../modules/rules/public.ts';
import type { Milestone, ServicePackage } from '../modules/catalogue/public.ts';
import { demoPeople } from '../modules/identity/public.ts';
import { cityWithClock, type CityWithClock } from './city-with-clock.ts';
import { samplePdf } from './sample-pdf.ts';
import { linkFor } from './walk-consult.ts';
import { WalkClient } from './walk-client.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The law makes such a procedure wait for months: so far back the temporary city begins. */
const BEGINS_DAYS_AGO = 120;

interface Round {
  readonly id: string;
  readonly kind: 'stellen' | 'oeffentlich';
  readonly startsOn: string;
  readonly dueOn: string;
}
interface Statement {
  readonly id: string;
  readonly number: string;
  readonly weighing: object | null;
  readonly consultationId: string | null;
  readonly text: string;
}
interface CaseAnswer {
  readonly findings: readonly string[];
  readonly decisions: readonly { readonly sealed: boolean; readonly bekanntgabeOn: string | null; readonly remedyUntil: string | null }[];
  readonly letters: readonly { readonly kind: string; readonly fileName: string; readonly href: string }[];
  readonly course: readonly { readonly name: string; readonly stage: string; readonly on: string | null }[];
}

/**
 * The whole way of a case that the authority begins itself, through the HTTP API: each step of the
 * package's course with its rounds, statements of everybody and of agencies, the weighing, the sealed
 * norm and its promulgation. In a temporary city whose clock is put forward where the law makes wait.
 * @returns exit status: 0 only if the PDF is genuine and the journal whole
 */
export async function walkOwnMotion(pkg: ServicePackage, say: (text: string) => void): Promise<number> {
  say('Eine Stadt auf Zeit startet; sie beginnt vor Monaten, damit die Fristen des Gesetzes ablaufen können …');
  const city = await cityWithClock(BEGINS_DAYS_AGO);
  try {
    return await new OwnMotionWalk(pkg, city, say).run();
  } finally {
    await city.stop();
  }
}

class OwnMotionWalk {
  readonly #pkg: ServicePackage;
  readonly #city: CityWithClock;
  readonly #say: (text: string) => void;
  readonly #seenKeys = new Set<string>();
  readonly #weighed: string[] = [];
  #officer: WalkClient;
  #id = '';
  #started = performance.now();

  constructor(pkg: ServicePackage, city: CityWithClock, say: (text: string) => void) {
    this.#pkg = pkg;
    this.#city = city;
    this.#say = say;
    this.#officer = new WalkClient(city.url);
  }

  #step(text: string): void {
    const ms = performance.now() - this.#started;
    this.#say(`${`${ms.toFixed(0)} ms`.padStart(9)}  [${this.#city.today().toString()}] ${text}`);
    this.#started = performance.now();
  }

  async run(): Promise<number> {
    this.#say(`${this.#pkg.name.de} auf ${this.#city.url}`);
    this.#officer = await this.#signIn('anke.altmann');
    await this.#begin();
    for (const milestone of this.#pkg.process.milestones) if (milestone.reachedBy === undefined) await this.#reach(milestone);
    await this.#decide();
    const letter = await this.#sealed();
    await this.#promulgate();
    const open = await this.#shownToAll();
    const genuine = await this.#check(letter);
    const whole = await this.#verify();
    const fine = open && genuine && whole;
    this.#say(fine ? 'Alles in Ordnung.' : 'Etwas stimmt nicht.');
    return fine ? 0 : 1;
  }

  async #signIn(name: string): Promise<WalkClient> {
    const client = new WalkClient(this.#city.url);
    const person = demoPeople.find((one) => one.subject.endsWith(name));
    if (person === undefined) throw new Error(`keine Demo-Person ${name}`);
    await client.signIn('beschaeftigte', person.subject);
    return client;
  }

  /** Days pass; whoever worked signs in again. */
  async #wait(days: number): Promise<void> {
    this.#city.wait(days);
    this.#officer = await this.#signIn('anke.altmann');
    this.#step(`${days} Tage später`);
  }

  async #begin(): Promise<void> {
    const { key, walk } = this.#pkg;
    const { id, fileNumber } = await this.#officer.call<{ id: string; fileNumber: string }>('POST', '/api/cases', { service: key, answers: walk.answers });
    this.#id = id;
    this.#step(`von Amts wegen begonnen: ${fileNumber}`);
    for (const { slot, fileName } of walk.documents) {
      const own = join(ROOT, 'services', key, 'demo', fileName);
      await this.#officer.upload(`/api/cases/${id}/documents/${slot}`, fileName, existsSync(own) ? readFileSync(own) : samplePdf(slot));
      this.#step(`Unterlage aufgenommen: ${fileName}`);
    }
  }

  #act(command: object): Promise<CaseAnswer> {
    return this.#officer.call('POST', `/api/cases/${this.#id}/actions`, { command });
  }

  /** A step with all that it asks for: its rounds are opened, answered, waited for and closed, every statement weighed. */
  async #reach({ id, name, rounds, legalBasis }: Milestone): Promise<void> {
    if (rounds.length > 0) await this.#refusedToo(id);
    const opened: Round[] = [];
    for (const one of rounds) opened.push(one === 'stellen' ? await this.#askAgencies(legalBasis) : await this.#display(one));
    for (const round of opened) if (round.kind === 'oeffentlich') await this.#publicStatement(round);
    await this.#passUntil(
      opened
        .map((round) => round.dueOn)
        .toSorted()
        .at(-1),
    );
    for (const round of opened) await this.#wish({ action: 'close-round', roundId: round.id });
    await this.#weigh();
    await this.#act({ action: 'record-step', step: id, note: 'Walk' });
    this.#step(`festgehalten: ${name.de} (${legalBasis})`);
  }

  /** Too early a step is refused with what is missing. */
  async #refusedToo(step: string): Promise<void> {
    const early = await this.#act({ action: 'record-step', step, note: '' }).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
    if (early === undefined) throw new Error(`der Schritt ${step} ging ohne seine Beteiligung`);
    this.#step('vorher versucht, mit Grund abgelehnt');
  }

  #wish(command: object): Promise<{ readonly rounds: readonly Round[] }> {
    return this.#officer.call('POST', `/api/cases/${this.#id}/participation/actions`, { wish: command });
  }

  async #display(planId: string): Promise<Round> {
    const planned = this.#pkg.process.participation?.publicRounds.find((one) => one.id === planId);
    if (planned === undefined) throw new Error(`keine Auslegung ${planId}`);
    const noticedOn = this.#city.today();
    const startsOn = planned.noticeDays === 0 ? noticedOn : noticedOn.add({ days: planned.noticeDays + 1 });
    const { rounds } = await this.#wish({
      action: 'open-round',
      kind: 'oeffentlich',
      planId,
      title: planned.name.de,
      request: 'Der Plan und seine Begründung liegen aus. Sagen Sie, was Sie dazu meinen.',
      startsOn: startsOn.toString(),
      noticedOn: noticedOn.toString(),
    });
    const round = rounds.at(-1)!;
    this.#step(`${planned.name.de} (${planned.legalBasis}): vom ${round.startsOn} bis ${round.dueOn}`);
    return round;
  }

  async #askAgencies(legalBasis: string): Promise<Round> {
    const { participation } = this.#pkg.process;
    const planned = (participation?.consultees ?? []).filter((one) => one.email !== undefined && evaluateFeel(one.when, this.#pkg.walk.answers) === true);
    const { rounds } = await this.#wish({
      action: 'open-round',
      kind: 'stellen',
      title: 'Beteiligung der Stellen',
      request: 'Bitte nehmen Sie zu dem Plan Stellung.',
      legalBasis,
      period: { length: 1, unit: 'months' },
    });
    const { id } = rounds.at(-1)!;
    const asked = await this.#wish({ action: 'ask-planned', roundId: id, planIds: planned.map((one) => one.id) });
    this.#step(`gefragt: ${planned.map((one) => one.name.de).join(', ')}`);
    // the last one keeps silent
    for (const { email, name } of planned.slice(0, -1)) {
      const key = await linkFor(this.#city.url, email!, this.#seenKeys);
      this.#seenKeys.add(key);
      const answer = { answer: 'conditions', text: 'Keine Bedenken unter Bedingungen.', conditions: 'Regenwasser auf den Grundstücken versickern.' };
      await new WalkClient(this.#city.url).form(`/api/consultations/${key}/answer`, answer);
      this.#step(`geantwortet über den Link: ${name.de}`);
    }
    return asked.rounds.find((round) => round.id === id)!;
  }

  async #publicStatement(round: Round): Promise<void> {
    await this.#passUntil(round.startsOn, 0);
    const anybody = new WalkClient(this.#city.url);
    await anybody.call('POST', `/api/participation/displays/${round.id}/statements`, {
      text: 'Bitte pflanzen Sie Bäume entlang der neuen Straße und sichern Sie den Schulweg.',
      author: { name: 'Nils Nachbar', email: 'nils@nachbar.example' },
    });
    this.#step('Stellungnahme der Öffentlichkeit eingegangen');
  }

  /** Lets time pass until so many days after a day, where it has not. */
  async #passUntil(day: string | undefined, after = 1): Promise<void> {
    if (day === undefined) return;
    const days = this.#city.today().until(Temporal.PlainDate.from(day).add({ days: after })).days;
    if (days > 0) await this.#wait(days);
  }

  /** § 1(7), § 3(2) BauGB: every statement is weighed and its author answered. */
  async #weigh(): Promise<void> {
    const base = `/api/cases/${this.#id}/participation/statements`;
    const { items } = await this.#officer.call<{ items: readonly Statement[] }>('GET', `${base}?limit=100`);
    const open = items.filter((one) => one.weighing === null);
    for (const { id, number, consultationId, text } of open) {
      const does = (command: object) => this.#officer.call('POST', `${base}/${id}/actions`, { command });
      if (consultationId === null) await does({ action: 'anonymise', text, confirmed: true });
      await does({ action: 'release' });
      await does({ action: 'weigh', result: 'gefolgt', reasons: 'Der Plan wird entsprechend ergänzt.', reply: 'Wir sind Ihrer Stellungnahme gefolgt.' });
      await does({ action: 'reply' });
      this.#weighed.push(`Stellungnahme ${number}: gefolgt. Der Plan wird entsprechend ergänzt.`);
    }
    if (open.length > 0) this.#step(`${open.length} Stellungnahmen abgewogen und beantwortet`);
  }

  async #decide(): Promise<void> {
    const { blocks, walk } = this.#pkg;
    const { findings } = await this.#officer.call<CaseAnswer>('GET', `/api/cases/${this.#id}`);
    await this.#act({
      action: 'draft-decision',
      outcome: 'grant',
      channel: 'post',
      feeCents: walk.decision?.feeCents ?? 0,
      text: {
        operative: [blocks.operative.grant],
        nebenbestimmungen: [],
        reasons: findings,
        discretion: [...blocks.discretion.filter((one) => walk.decision?.discretion.includes(one.id)).map((one) => one.text), ...this.#weighed],
        items: [],
      },
    });
    await this.#act({ action: 'submit-for-approval' });
    const lead = await this.#signIn('birgit.leitner');
    await lead.call('POST', `/api/cases/${this.#id}/actions`, { command: { action: 'approve' } });
    this.#step('festgestellt, mit Freigabe der Leitung');
  }

  async #sealed(): Promise<Uint8Array> {
    for (let tries = 0; tries < 600; tries++) {
      const found = await this.#officer.call<CaseAnswer>('GET', `/api/cases/${this.#id}`);
      const letter = found.letters.find((one) => one.kind === 'bescheid');
      if (letter !== undefined && found.decisions.at(-1)?.sealed === true) {
        const pdf = await this.#officer.download(letter.href);
        mkdirSync(join(ROOT, 'out'), { recursive: true });
        writeFileSync(join(ROOT, 'out', letter.fileName), pdf);
        this.#step(`gesiegelt: out/${letter.fileName}`);
        return pdf;
      }
      await sleep(50);
    }
    throw new Error('nach 30 Sekunden ist nichts gesiegelt');
  }

  async #promulgate(): Promise<void> {
    const { decisions } = await this.#act({ action: 'record-bekanntgabe', via: 'verkuendung', on: this.#city.today().toString() });
    const decision = decisions.at(-1);
    this.#step(`verkündet; in Kraft am ${decision?.bekanntgabeOn}, erster Rechtsbehelf bis ${decision?.remedyUntil}`);
  }

  /** Everybody sees the finished course and the plan. */
  async #shownToAll(): Promise<boolean> {
    const anybody = new WalkClient(this.#city.url);
    const shown = await anybody.call<{ title: string; steps: readonly { stage: string }[]; plan: { features: number } | null }>(
      'GET',
      `/api/plans/${this.#id}`,
    );
    const done = shown.steps.filter((one) => one.stage === 'done').length;
    const svg = Buffer.from(await anybody.download(`/plaene/${this.#id}/karte.svg`)).toString('utf8');
    this.#step(`öffentlich: ${shown.title}, ${done} von ${shown.steps.length} Schritten getan, ${shown.plan?.features ?? 0} Objekte auf der Karte`);
    return done === shown.steps.length && shown.plan !== null && svg.startsWith('<svg');
  }

  async #check(pdf: Uint8Array): Promise<boolean> {
    const anybody = new WalkClient(this.#city.url);
    const { verdict, subject } = await anybody.upload<{ verdict: string; subject: string | null }>('/api/seal-check', 'verordnung.pdf', pdf);
    const changed = Buffer.from(pdf);
    changed[Math.floor(changed.length / 2)]! ^= 1;
    const broken = await anybody.upload<{ verdict: string }>('/api/seal-check', 'verordnung.pdf', changed);
    this.#step(`Siegel: ${verdict}${subject === null ? '' : ` (${subject})`}; ein Bit gekippt: ${broken.verdict}`);
    return verdict === 'genuine' && broken.verdict === 'changed';
  }

  async #verify(): Promise<boolean> {
    const auditor = await this.#signIn('rita.revision');
    const { whole, entries, broken } = await auditor.call<{ whole: boolean; entries: number; broken: string | null }>('GET', '/api/journal/verification');
    this.#step(whole ? `Journal lückenlos: ${entries} Einträge` : `Journal beschädigt: ${broken}`);
    return whole;
  }
}
