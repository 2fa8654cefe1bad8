import type { Viewer } from './walk-sturmflut-live.ts';
import type { Kept, Opened } from './walk-sturmflut-opening.ts';
import { contradict, fillShelters, giveTask, handOver, mergeAndPart, message, taskStep } from './walk-sturmflut-people.ts';
import type { Senders } from './walk-sturmflut-senders.ts';
import type { Stage } from './walk-sturmflut-stage.ts';
import type { AtTheWater } from './walk-sturmflut-surge.ts';
import { foreignWarning, inForce, type PublicWarning } from './walk-sturmflut-warnings.ts';

/** What the staff does at a minute. @returns how it is said */
export type Act = () => Promise<string>;

export interface Cast {
  readonly water: AtTheWater;
  readonly warning: PublicWarning;
  readonly viewer: Viewer;
  readonly senders: Senders;
  readonly opened: Opened;
}

/** What has one way to end. */
const told =
  (text: string, work: () => Promise<void>): Act =>
  async () => {
    await work();
    return text;
  };

/** What the staff does in these thirty hours, by the minute. */
export class Acts {
  readonly #stage: Stage;
  readonly #cast: Cast;
  #task: Kept | undefined;
  /** Events reported, as they were after the last look. */
  events = 0;

  constructor(stage: Stage, cast: Cast) {
    this.#stage = stage;
    this.#cast = cast;
  }

  all(): ReadonlyMap<number, Act> {
    return new Map([...this.#before(), ...this.#rising(), ...this.#atThePeak(), ...this.#after()]);
  }

  #before(): (readonly [number, Act])[] {
    const stage = this.#stage;
    const { water } = this.#cast;
    return [
      [60, told('Nachricht vom Hafenstab aufgenommen, gelesen, quittiert, erledigt', () => message(stage, 'in', 'Übung: Der Hafenstab tritt zusammen.'))],
      [120, told('CAP von außen: Orkanböen', () => foreignWarning(stage, 'Alert'))],
      [240, () => this.#decided('hasta-wadi', 'staebe-einberufen', 'deiche-pruefen')],
      [300, told('Nachricht an den Hafenstab befördert', () => message(stage, 'out', 'Übung: Tore ab sofort nach Plan schließen.'))],
      [360, async () => `Räumung angeordnet: ${stage.surge.zones.length} Zonen, ${await water.zones('ordered')} Menschen schon fort`],
    ];
  }

  #rising(): (readonly [number, Act])[] {
    const stage = this.#stage;
    const { water, warning, viewer, opened } = this.#cast;
    return [
      [420, () => this.#taskNow('gegeben', () => giveTask(stage, opened, 'Sandsäcke an den Übungsdamm', 700))],
      [430, () => this.#taskNow('von der Einheit quittiert', (task) => taskStep(stage, 'tom', task, 'acknowledge'))],
      [440, () => this.#taskNow('begonnen', (task) => taskStep(stage, 'tom', task, 'start'))],
      [450, async () => `Warnung veröffentlicht: ${await warning.alert('ole')}, in Kraft ${await inForce(stage)}`],
      [470, async () => `Maßnahmen bestätigt: ${await water.confirm('bevoelkerung-warnen', 'warnschuesse', 'strassen-sperren', 'hafen-teilsperren')}`],
      [480, async () => `Räumung läuft: ${await water.zones('running')} Menschen fort; in Unterkünften ${await fillShelters(stage, 'jens', 0.5)}`],
      [540, told('CAP von außen: aktualisiert', () => foreignWarning(stage, 'Update', { type: 'Alert', minute: 120 }))],
      [600, async () => `S2 verliert die Verbindung bei Änderung ${await viewer.cut()}`],
      [660, () => this.#taskNow('erledigt', (task) => taskStep(stage, 'tom', task, 'done'))],
      [700, told('Schichtwechsel: Leitung an Ole Einsatz übergeben, Petra Hafen ist S3', () => handOver(stage, opened))],
      [720, async () => `Räumung fertig: ${await water.zones('cleared')} Menschen fort; in Unterkünften ${await fillShelters(stage, 'ole', 1)}`],
      [740, async () => `Maßnahmen bestätigt: ${await water.confirm('zonen-raeumen', 'deichverteidiger', 'hafen-raeumen')}`],
    ];
  }

  #atThePeak(): (readonly [number, Act])[] {
    const stage = this.#stage;
    const { water, warning, viewer } = this.#cast;
    return [
      [780, told('S2 wieder verbunden, mit der letzten bekannten Änderung', () => viewer.follow())],
      [810, async () => `Warnung aktualisiert: ${await warning.update('petra', 'Übung: Der Scheitel kommt heute Nacht.')}`],
      [840, async () => `Tor ausgefallen: ${await water.whatIf(6.3)}; Notverschluss entschieden`],
      [870, () => this.#closeGates()],
      [900, () => this.#decided('tore-schliessen')],
      [960, async () => `Scheitel: ${stage.surge.levels[960]!.toFixed(2)} m NHN`],
      [1000, () => contradict(stage)],
    ];
  }

  #after(): (readonly [number, Act])[] {
    const stage = this.#stage;
    const { warning } = this.#cast;
    return [
      [
        1170,
        async () => {
          this.events = await mergeAndPart(stage);
          return `zwei Ereignisse zusammengelegt und wieder getrennt: ${this.events} Ereignisse`;
        },
      ],
      [1260, told('CAP von außen: aufgehoben', () => foreignWarning(stage, 'Cancel', { type: 'Update', minute: 540 }))],
      [1440, async () => `Entwarnung: ${await warning.cancel('petra')}, in Kraft ${await inForce(stage)}`],
      [1500, async () => `${await this.#decided()}; in Unterkünften ${await fillShelters(stage, 'ole', 0)}`],
    ];
  }

  async #decided(...measures: readonly string[]): Promise<string> {
    const proposals = `Vorschläge entschieden: ${await this.#cast.water.decide()}`;
    return measures.length === 0 ? proposals : `${proposals}; Maßnahmen bestätigt: ${await this.#cast.water.confirm(...measures)}`;
  }

  async #taskNow(word: string, work: (task: Kept) => Promise<Kept>): Promise<string> {
    this.#task = await work(this.#task!);
    return `Auftrag an das THW ${word}`;
  }

  /** Somebody goes to the gates that are not surely shut, and says what is so. */
  async #closeGates(): Promise<string> {
    const { water, senders } = this.#cast;
    const { contradictions, faulty } = this.#stage.surge.planted;
    senders.repair(contradictions[1], 'closed');
    await water.say(contradictions[0], 'closed', 'Treibgut entfernt, Tor ist dicht');
    senders.repair(faulty, 'closed');
    await water.say(faulty, 'closed', 'Dammbalken gesetzt');
    return 'Widersprüche an Toren vor Ort geklärt, Notverschluss steht';
  }
}
