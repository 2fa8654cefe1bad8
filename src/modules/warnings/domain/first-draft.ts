import type { Ring } from '../../../kernel/geo.ts';
import type { Hazard } from '../../../kernel/lage.ts';
import type { KeptObject } from '../../../kernel/picture.ts';
import type { WarningContent, WarningText } from './warning.ts';

/** What a first draft is made of: the Lage's hazard and what its picture shows. */
export interface DraftSource {
  readonly hazard: Hazard;
  readonly objects: readonly KeptObject[];
  readonly now: Temporal.Instant;
}

interface Words {
  readonly event: string;
  readonly category: WarningContent['category'];
  readonly responses: WarningContent['responses'];
  readonly de: WarningText;
  readonly leicht: WarningText;
}

/** Texts that were thought over on a quiet day; a person completes them at night. */
const WORDS: Readonly<Record<Hazard, Words>> = {
  sturmflut: {
    event: 'Sturmflut',
    category: 'Met',
    responses: ['Avoid', 'Prepare'],
    de: {
      headline: 'Sturmflut: Gefahr in tief liegenden Gebieten an der Elbe',
      description: 'An der Elbe wird eine Sturmflut erwartet. Tief liegende Straßen und Flächen vor den Deichen werden überflutet.',
      instruction:
        'Verlassen Sie Flächen vor den Deichen. Bringen Sie Fahrzeuge und Tiere in Sicherheit. Meiden Sie Keller, Tiefgaragen und Ufer. Hören Sie Radio und achten Sie auf weitere Warnungen. Wählen Sie 112 nur im Notfall.',
    },
    leicht: {
      headline: 'Achtung: Das Wasser steigt stark',
      description: 'Die Elbe steigt heute sehr hoch. Das ist gefährlich. Manche Straßen sind bald unter Wasser.',
      instruction: 'Gehen Sie weg vom Wasser. Gehen Sie nicht in den Keller. Fahren Sie nicht durch Wasser. Hören Sie Radio. Rufen Sie nur im Notfall 112 an.',
    },
  },
  starkregen: {
    event: 'Starkregen',
    category: 'Met',
    responses: ['Avoid', 'Shelter'],
    de: {
      headline: 'Starkregen: Gefahr durch überflutete Straßen und Keller',
      description: 'Es regnet sehr stark. Straßen, Unterführungen und Keller können schnell volllaufen.',
      instruction: 'Gehen Sie nicht in Keller und Unterführungen. Fahren Sie nicht durch Wasser. Bleiben Sie im Haus und gehen Sie nach oben.',
    },
    leicht: {
      headline: 'Achtung: Sehr starker Regen',
      description: 'Es regnet sehr stark. Straßen und Keller können voll Wasser laufen.',
      instruction: 'Gehen Sie nicht in den Keller. Bleiben Sie im Haus. Gehen Sie nach oben.',
    },
  },
  brand: {
    event: 'Brand',
    category: 'Fire',
    responses: ['Shelter'],
    de: {
      headline: 'Brand: Rauch kann gefährlich sein',
      description: 'Bei einem Brand entsteht Rauch, der in Wohngebiete zieht.',
      instruction: 'Schließen Sie Fenster und Türen. Schalten Sie Lüftung und Klimaanlage aus. Halten Sie die Wege für die Feuerwehr frei.',
    },
    leicht: {
      headline: 'Achtung: Feuer und Rauch',
      description: 'Es brennt. Der Rauch ist gefährlich.',
      instruction: 'Machen Sie Fenster und Türen zu. Bleiben Sie im Haus. Machen Sie Platz für die Feuerwehr.',
    },
  },
  ausfall: {
    event: 'Ausfall der Versorgung',
    category: 'Infra',
    responses: ['Prepare', 'Monitor'],
    de: {
      headline: 'Ausfall der Versorgung',
      description: 'Strom, Wasser, Wärme oder Telefon sind in einem Gebiet ausgefallen.',
      instruction:
        'Schalten Sie Geräte aus. Helfen Sie Menschen in der Nachbarschaft, die Hilfe brauchen. Im Notfall gehen Sie zur nächsten Feuerwache oder Polizei.',
    },
    leicht: {
      headline: 'Achtung: Strom oder Wasser ist ausgefallen',
      description: 'In einem Gebiet gibt es keinen Strom oder kein Wasser.',
      instruction: 'Machen Sie Geräte aus. Helfen Sie Ihren Nachbarn. Im Notfall gehen Sie zur Feuerwehr oder zur Polizei.',
    },
  },
  andere: {
    event: 'Gefahr',
    category: 'Safety',
    responses: ['Monitor'],
    de: { headline: '', description: '', instruction: 'Achten Sie auf weitere Warnungen. Wählen Sie 112 nur im Notfall.' },
    leicht: { headline: '', description: '', instruction: 'Hören Sie Radio. Rufen Sie nur im Notfall 112 an.' },
  },
};

/** A first draft from what the Lage knows; somebody completes it, and somebody else releases it. */
export function firstDraft({ hazard, objects, now }: DraftSource): WarningContent {
  const words = WORDS[hazard];
  const areas = objects.filter(({ kind }) => kind === 'zone' || kind === 'hazard');
  const zones = areas.filter((one) => ringsOf(one).length > 0);
  const peak = objects.find(({ kind, geometry: _geometry, facts }) => kind === 'forecast' && typeof facts['peakAt'] === 'string');
  const onset = peak === undefined ? null : instantOf(peak.facts['peakAt']);
  return {
    event: words.event,
    category: words.category,
    urgency: onset !== null && now.until(onset).total('hours') > 3 ? 'Expected' : 'Immediate',
    severity: 'Severe',
    certainty: 'Likely',
    responses: words.responses,
    onset: onset !== null && Temporal.Instant.compare(onset, now) > 0 ? onset : null,
    expires: now.add({ hours: 12 }),
    area: {
      description: zones
        .map(({ title }) => title)
        .join(', ')
        .slice(0, 250),
      polygons: zones.flatMap(ringsOf),
    },
    texts: { de: words.de, leicht: words.leicht, en: null },
    contact: '',
  };
}

/** Outer rings of a thing's areas. */
export function ringsOf({ geometry }: Pick<KeptObject, 'geometry'>): Ring[] {
  if (geometry?.type === 'Polygon') return geometry.coordinates.slice(0, 1);
  if (geometry?.type === 'MultiPolygon') return geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1));
  return [];
}

function instantOf(value: unknown): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(String(value));
  } catch {
    return null;
  }
}
