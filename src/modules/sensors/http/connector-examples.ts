/** Declarations to begin with, one a kind. */
export const EXAMPLES: readonly (readonly ['rest' | 'mqtt' | 'sensorthings', object])[] = [
  [
    'rest',
    {
      kind: 'rest',
      url: 'https://pegel.example/werte.json',
      everySeconds: 300,
      rows: 'stationen',
      mapping: { key: 'nummer', property: 'stationId', time: 'zeit', timeFormat: 'iso', result: 'wasserstand', factor: 0.01 },
    },
  ],
  [
    'mqtt',
    {
      kind: 'mqtt',
      url: 'mqtts://broker.example',
      topic: 'stadt/+/luft',
      user: 'kontor',
      secret: 'LUFT',
      mapping: { key: '$topic.1', property: 'stationId', time: 't', timeFormat: 'seconds', result: 'no2' },
    },
  ],
  ['sensorthings', { kind: 'sensorthings', url: 'https://stadt.example/sta/v1.1', everySeconds: 300, lateMinutes: 60, streams: [{ from: 17, to: 4 }] }],
];
