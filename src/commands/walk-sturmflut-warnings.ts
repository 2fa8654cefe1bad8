import type { Stage, Who } from './walk-sturmflut-stage.ts';

interface Draft {
  readonly content: Content;
}
interface Content {
  readonly texts: { readonly de: Words; readonly leicht: Words; readonly en: Words | null };
  readonly [part: string]: unknown;
}
interface Words {
  readonly headline: string;
  readonly description: string;
  readonly instruction: string;
}
interface Warning {
  readonly id: string;
  readonly version: number;
  readonly draft: Draft | null;
}
interface Published {
  readonly identifier: string;
  readonly type: string;
  readonly cap: string;
}

/** A warning of this exercise: written by S2, released by somebody else. */
export class PublicWarning {
  readonly #stage: Stage;
  #id = '';

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async alert(releasedBy: Who): Promise<string> {
    const stage = this.#stage;
    const content = await stage.call<Content>('silke', 'GET', '/warnungen/entwurf');
    const words = {
      headline: 'Übung: Sturmflut an der Elbe',
      description: 'Übung: Das Wasser steigt sehr hoch.',
      instruction: 'Übung: Gehen Sie weg vom Wasser.',
    };
    const area = { description: 'Niedrige Gebiete am Hafen', polygons: [stage.surge.zones[0]!.area!.coordinates[0]!.map((corner) => [...corner])] };
    const warning = await stage.call<Warning>('silke', 'POST', '/warnungen', {
      content: { ...content, event: 'Sturmflut', area, expires: stage.at(1500).toString(), texts: { de: words, leicht: words, en: null }, contact: '115' },
    });
    this.#id = warning.id;
    return this.#submitAndRelease(warning, releasedBy);
  }

  async update(releasedBy: Who, description: string): Promise<string> {
    const begun = await this.#step(await this.#now(), 'update');
    const { content } = begun.draft!;
    const texts = { ...content.texts, de: { ...content.texts.de, description }, leicht: { ...content.texts.leicht, description } };
    return this.#submitAndRelease(await this.#step(begun, 'save', { ...content, expires: this.#stage.at(1740).toString(), texts }), releasedBy);
  }

  async cancel(releasedBy: Who): Promise<string> {
    return this.#submitAndRelease(await this.#step(await this.#now(), 'cancel'), releasedBy);
  }

  #now(): Promise<Warning> {
    return this.#stage.call('silke', 'GET', `/warnungen/${this.#id}`);
  }

  #step(warning: Warning, command: string, content?: Content): Promise<Warning> {
    return this.#stage.call('silke', 'POST', `/warnungen/${this.#id}/schritte`, {
      version: warning.version,
      command,
      ...(content === undefined ? {} : { content }),
    });
  }

  async #submitAndRelease(warning: Warning, releasedBy: Who): Promise<string> {
    const stage = this.#stage;
    const submitted = await this.#step(warning, 'submit');
    // two pairs of eyes: who wrote it may not release it
    const own = await stage.client('silke').raw(`/api/lagen/${stage.key}/warnungen/${this.#id}/freigabe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ version: submitted.version }),
    });
    stage.hold(own.status === 403, `wer die Warnung schrieb, durfte sie freigeben (${own.status})`);
    const { cap, type } = await stage.call<Published>(releasedBy, 'POST', `/warnungen/${this.#id}/freigabe`, { version: submitted.version });
    const xml = await (await fetch(`${stage.city.url}${cap}`)).text();
    stage.hold(
      xml.includes('<status>Exercise</status>') && xml.includes(`<msgType>${type}</msgType>`) && xml.includes('Signature'),
      'die veröffentlichte Meldung ist keine signierte Übungsmeldung',
    );
    return type;
  }
}

/** Warnings in force, as everybody reads them. */
export async function inForce(stage: Stage): Promise<number> {
  const { items } = (await (await fetch(`${stage.city.url}/api/warnings?exercise=ja`)).json()) as { items: readonly unknown[] };
  return items.length;
}

/** A warning of another service, as CAP 1.2 over HTTP. */
export async function foreignWarning(
  stage: Stage,
  type: 'Alert' | 'Update' | 'Cancel',
  before?: { readonly type: string; readonly minute: number },
): Promise<void> {
  const time = (minute: number): string => stage.at(minute).toString({ smallestUnit: 'second' }).replace('Z', '+00:00');
  const name = (kind: string, minute: number): string => `uebung-wind-${kind.toLowerCase()}-${minute}`;
  const references = before === undefined ? '' : `<references>wetter@example.org,${name(before.type, before.minute)},${time(before.minute)}</references>`;
  const xml = `<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${name(type, stage.minute)}</identifier><sender>wetter@example.org</sender><sent>${time(stage.minute)}</sent><status>Exercise</status><msgType>${type}</msgType><scope>Public</scope>${references}<info><language>de-DE</language><category>Met</category><event>ORKANBÖEN</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty><onset>${time(stage.minute)}</onset><expires>${time(stage.minute + 720)}</expires><headline>Übung: ${type === 'Update' ? 'extreme ' : ''}Orkanböen</headline><description>Erfunden, für eine Übung.</description><area><areaDesc>Hafen</areaDesc><polygon>53.48,9.90 53.48,10.02 53.56,10.02 53.56,9.90 53.48,9.90</polygon></area></info></alert>`;
  await stage.client('silke').send(`/api/lagen/${stage.key}/cap`, 'application/cap+xml', xml);
}
