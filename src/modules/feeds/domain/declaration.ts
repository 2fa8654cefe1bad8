import { z } from 'zod';

const name = z.string().trim().min(1, 'Geben Sie der Quelle einen Namen.').max(80, 'Der Name ist zu lang. 80 Zeichen genügen.');
const webUrl = z.url({ protocol: /^https?$/, error: 'Das ist keine Web-Adresse. Sie beginnt mit https:// oder http://.' }).max(2000);
const everySeconds = z
  .int('Nennen Sie ganze Sekunden.')
  .min(60, 'Öfter als jede Minute (60 Sekunden) wird nicht gefragt.')
  .max(86_400, 'Nennen Sie höchstens einen Tag (86400 Sekunden).')
  .default(60);
const path = z.string().trim().min(1, 'Nennen Sie den Pfad zum Feld, etwa user.name.').max(200);

/** A device of the city that is admitted to this Lage: what it brings has sources of its own. */
const device = z.object({
  kind: z.literal('device'),
  name,
  device: z.uuid('Nennen Sie die Kennung des Geräts. Sie steht in der Liste der Geräte.'),
});

/** Devices that connect by TCP or TLS; they are known by the name in their certificate. */
const cot = z.object({
  kind: z.literal('cot'),
  name,
  certificate: z.string().trim().min(1, 'Nennen Sie den Namen (CN) im Zertifikat, oder * für alle, die ohne Zertifikat kommen dürfen.').max(200),
});

const capFeed = z.object({ kind: z.literal('cap-feed'), name, url: webUrl, everySeconds });

/** Streams of this city's sensors, and what they are in the picture. */
const sensor = z.object({
  kind: z.literal('sensor'),
  name,
  streams: z
    .array(z.int().positive())
    .min(1, 'Nennen Sie mindestens einen Datenstrom.')
    .max(200, 'Das sind zu viele Datenströme für eine Quelle. Höchstens 200.'),
  as: z.enum(['gauge', 'gate', 'weather', 'traffic'], { error: 'Nennen Sie, was die Ströme sind: Pegel, Tor, Wetter oder Verkehr.' }),
  staleAfterSeconds: z.int().min(10).max(86_400).default(900),
});

/** JSON over HTTP: where in the answer the posts are, and where in a post its parts. */
const social = z.object({
  kind: z.literal('social'),
  name,
  url: webUrl,
  everySeconds,
  posts: z.string().trim().max(200).default(''),
  mapping: z.object({
    id: path,
    text: path,
    time: path,
    author: path.optional(),
    repostOf: path.optional(),
    lon: path.optional(),
    lat: path.optional(),
  }),
});

export const declarationSchema = z.discriminatedUnion('kind', [device, cot, capFeed, sensor, social], {
  error: 'kind ist device, cot, cap-feed, sensor oder social.',
});
export type Declaration = z.output<typeof declarationSchema>;
export type SensorDeclaration = Extract<Declaration, { kind: 'sensor' }>;
export type SocialDeclaration = Extract<Declaration, { kind: 'social' }>;
export type CapFeedDeclaration = Extract<Declaration, { kind: 'cap-feed' }>;
export type DeviceDeclaration = Extract<Declaration, { kind: 'device' }>;
export type CotDeclaration = Extract<Declaration, { kind: 'cot' }>;
