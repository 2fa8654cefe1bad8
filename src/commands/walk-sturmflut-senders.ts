import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { MqttClient } from 'mqtt';
import { cotXml, takFrame } from './cot-words.ts';
import type { Stage } from './walk-sturmflut-stage.ts';

/** Gates whose sensors speak over MQTT; the others are known by what people say. */
const GATES_WITH_SENSORS = 60;
/** Sensors of gates repeat themselves so often. */
const REPEAT_MINUTES = 10;

interface Stream {
  readonly '@iot.id': number;
}

/** What sends by itself: the gauge, the sensors of gates, a wind meter, and the devices of units. */
export class Senders {
  readonly #stage: Stage;
  #mqtt: MqttClient | undefined;
  #cot: Socket | undefined;
  #level = 0;
  #wind = 0;
  readonly #streams = new Map<string, number>();
  /** What each sensor says; a sensor that has failed says nothing. */
  readonly #states = new Map<string, string>();
  #sentTo = -1;
  #positions = 0;

  readonly #sparse: boolean;

  /** @param sparse only what is so at the end of a step is sent, not all that was measured meanwhile */
  constructor(stage: Stage, sparse: boolean) {
    this.#stage = stage;
    this.#sparse = sparse;
  }

  /** Makes the streams over HTTP and connects a device over MQTT. @returns streams of gates by code, and those of gauge and wind */
  async register(): Promise<{ readonly gates: ReadonlyMap<string, number>; readonly level: number; readonly wind: number }> {
    const admin = this.#stage.client('arne');
    this.#level = await this.#stream('Pegel St. Pauli (Übung)', 'Wasserstand', 'm');
    this.#wind = await this.#stream('Wind am Hafen (Übung)', 'Windgeschwindigkeit', 'm/s');
    for (const { code } of this.#gates()) this.#streams.set(code, await this.#stream(`Tor ${code} (Übung)`, 'Torstellung', ''));
    const { key } = await admin.call<{ key: string }>('POST', '/api/devices', { name: 'Sensoren der Übung' });
    const { connectAsync } = await import('mqtt');
    const { mqttPort } = this.#stage.city;
    this.#mqtt = await connectAsync({ port: mqttPort, host: '127.0.0.1', protocol: 'mqtt', username: 'device', password: key });
    return { gates: this.#streams, level: this.#level, wind: this.#wind };
  }

  #gates() {
    return this.#stage.surge.polders.flatMap(({ gates }) => gates).slice(0, GATES_WITH_SENSORS);
  }

  async #stream(name: string, property: string, symbol: string): Promise<number> {
    const admin = this.#stage.client('arne');
    const words = { name, description: 'Erfunden, für eine Übung' };
    const unitOfMeasurement = { name: property, symbol, definition: '' };
    const observationType = symbol === '' ? 'OM_CategoryObservation' : 'OM_Measurement';
    const answer = await admin.raw('/sta/v1.1/Things', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...words,
        Locations: [{ ...words, encodingType: 'application/geo+json', location: { type: 'Point', coordinates: [9.97, 53.545] } }],
        Datastreams: [
          {
            ...words,
            observationType: `http://www.opengis.net/def/observationType/OGC-OM/2.0/${observationType}`,
            unitOfMeasurement,
            ObservedProperty: { name: property, description: property, definition: 'https://example.org/uebung' },
            Sensor: { ...words, encodingType: 'text/plain', metadata: 'erfunden' },
          },
        ],
      }),
    });
    if (answer.status !== 201) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
    const thing = new URL(answer.headers.get('location')!, this.#stage.city.url).pathname;
    const { value } = await admin.call<{ value: readonly Stream[] }>('GET', `${thing}/Datastreams`);
    return value[0]!['@iot.id'];
  }

  /** Everything that was measured since the last call, until this minute. Each is answered after it is kept. */
  async measure(until: number): Promise<void> {
    const { surge } = this.#stage;
    const sent: Promise<unknown>[] = [];
    for (let minute = this.#sentTo + 1; minute <= until; minute++) {
      const repeats = this.#sparse ? minute === until : minute % REPEAT_MINUTES === 0;
      if (!this.#sparse || repeats) sent.push(this.#publish(this.#level, surge.levels[minute]!, minute));
      if (repeats) sent.push(this.#publish(this.#wind, Math.round(120 + 80 * Math.sin(minute / 300)) / 10, minute));
      sent.push(...this.#gateWords(minute, repeats));
    }
    this.#sentTo = until;
    await Promise.all(sent);
  }

  #gateWords(minute: number, repeats: boolean): Promise<unknown>[] {
    const sent: Promise<unknown>[] = [];
    const { gateSensors, planted } = this.#stage.surge;
    const changed = new Set<string>();
    for (const { what } of gateSensors.filter((one) => one.minute === minute)) {
      if (!this.#streams.has(what.gate)) continue;
      this.#states.set(what.gate, what.state);
      changed.add(what.gate);
    }
    for (const [gate, state] of this.#states) {
      const silent = gate === planted.silent.gate && minute >= planted.silent.fromMinute;
      if (!silent && (repeats || (changed.has(gate) && !this.#sparse))) sent.push(this.#publish(this.#streams.get(gate)!, state, minute));
    }
    return sent;
  }

  /** A sensor was repaired: from now on it says what is so. */
  repair(gate: string, state: string): void {
    this.#states.set(gate, state);
  }

  #publish(stream: number, result: number | string, minute: number): Promise<unknown> {
    const phenomenonTime = this.#stage.at(minute).toString();
    return this.#mqtt!.publishAsync(`v1.1/Datastreams(${stream})/Observations`, JSON.stringify({ phenomenonTime, resultTime: phenomenonTime, result }), {
      qos: 1,
    });
  }

  /** The latest position of every unit, half of them in XML and half in the binary notation, over TCP. @returns how many were sent so far */
  async drive(until: number): Promise<number> {
    const latest = new Map<string, Stage['surge']['unitTracks'][number]>();
    for (const one of this.#stage.surge.unitTracks) if (one.minute <= until && one.minute > until - REPEAT_MINUTES) latest.set(one.what.callSign, one);
    if (latest.size === 0) return this.#positions;
    this.#cot ??= await this.#connectCot();
    for (const [callSign, { minute, what }] of latest) {
      const number = Number(callSign.split(' ')[1]);
      const words = {
        uid: `UEBUNG-${number}`,
        type: 'a-f-G-U-C',
        timeMs: this.#stage.at(minute).epochMilliseconds,
        staleMs: this.#stage.at(minute + 30).epochMilliseconds,
      };
      const message = { ...words, lat: what.lat, lon: what.lon, ceMetres: 10, callsign: callSign };
      this.#cot.write(number % 2 === 0 ? takFrame(message) : cotXml(message));
      this.#positions += 1;
    }
    return this.#positions;
  }

  async #connectCot(): Promise<Socket> {
    const socket = connect(this.#stage.city.cotPort, '127.0.0.1');
    await once(socket, 'connect');
    socket.resume();
    socket.on('error', () => {});
    return socket;
  }

  async close(): Promise<void> {
    this.#cot?.destroy();
    await this.#mqtt?.endAsync(true);
  }
}
