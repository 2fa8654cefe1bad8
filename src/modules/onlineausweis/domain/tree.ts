/** The way through the helper as data: questions, answers, ends. What they say stands in `words-*.ts`. */

/** Letters of the answers by the question's words; a path in an address is made of them. */
const LETTERS = {
  card: ['p', 't', 'e', 'v', 'k'],
  issued: ['s', 'u', 'j', 'm'],
  pin: ['j', 'n', 'f', 'b', 'w'],
  letter: ['j', 'n'],
  puk: ['j', 'n'],
  device: ['j', 'w', 'l', 'n'],
  nfc: ['j', 'n'],
} as const;

export type WordedQuestion = keyof typeof LETTERS;
export type AnswersOf<Q extends WordedQuestion> = (typeof LETTERS)[Q][number];

/** Whether the words of a question know this answer. */
export const lettersOf = (words: WordedQuestion): readonly string[] => LETTERS[words];

export const ENDS = [
  'ready',
  'ready-reader',
  'set-pin',
  'set-pin-reader',
  'unblock',
  'unblock-reader',
  'new-pin',
  'switch-on',
  'no-device',
  'too-young',
  'lost-card',
  'no-card',
] as const;
export type EndId = (typeof ENDS)[number];

const STEPS = [
  'app',
  'app-computer',
  'check-device',
  'change-pin',
  'transport-pin',
  'own-pin',
  'hold-card',
  'lay-card',
  'puk',
  'puk-then',
  'use',
  'appointment',
  'go-office',
  'go-foreigners-office',
  'set-there',
  'switch-on-there',
  'by-letter',
  'borrow',
  'guides',
  'wait-age',
  'then-switch-on',
  'block-card',
  'report-loss',
  'apply-german',
  'apply-eu',
  'apply-residence',
] as const;
export type StepId = (typeof STEPS)[number];
export type BringId = 'card' | 'letter' | 'phone' | 'papers' | 'yourself';

/** What a city may switch on by a day, see `parameters.ts`. */
type Switch = 'reset-by-letter';
/** Cards by their letter in the first question: Personalausweis, Aufenthaltstitel, eID-Karte. */
export type Card = 'p' | 't' | 'e';

export interface Step {
  readonly id: StepId;
  /** Only for these cards. */
  readonly cards?: readonly Card[];
  readonly when?: Switch;
}

/** `pin`: set a new PIN and switch the function on; `card`: take an application for a new card. */
export type PlaceTask = 'pin' | 'card';

export interface End {
  readonly way: 'app' | 'place' | 'phone' | 'wait';
  readonly steps: readonly Step[];
  /** What a place must be able to do here; absent: help is enough, or no place is needed. */
  readonly needs?: PlaceTask;
  readonly bring: readonly BringId[];
  readonly cost: 'free' | 'new-card';
  /** Key of the dated duration; none where it would say nothing. */
  readonly duration?: 'app' | 'counter' | 'new-card';
  /** Trying it with the demo card helps here. */
  readonly practice: boolean;
  readonly source: string;
}

const UNREAD = '(Stand 11/2026, Wortlaut nicht geprüft)';
const OFFICE: readonly Step[] = [{ id: 'appointment' }, { id: 'go-office', cards: ['p', 'e'] }, { id: 'go-foreigners-office', cards: ['t'] }];
const steps = (...ids: readonly StepId[]): Step[] => ids.map((id) => ({ id }));

export const END_OF: Readonly<Record<EndId, End>> = {
  ready: {
    way: 'app',
    steps: steps('app', 'check-device', 'use'),
    bring: [],
    cost: 'free',
    duration: 'app',
    practice: true,
    source: `§ 18 PAuswG ${UNREAD}`,
  },
  'ready-reader': {
    way: 'app',
    steps: steps('app-computer', 'check-device', 'use'),
    bring: [],
    cost: 'free',
    duration: 'app',
    practice: true,
    source: `§ 18 PAuswG ${UNREAD}`,
  },
  'set-pin': {
    way: 'app',
    steps: steps('app', 'change-pin', 'transport-pin', 'hold-card', 'own-pin', 'use'),
    bring: [],
    cost: 'free',
    duration: 'app',
    practice: true,
    source: `§§ 18, 20 PAuswV ${UNREAD}`,
  },
  'set-pin-reader': {
    way: 'app',
    steps: steps('app-computer', 'change-pin', 'transport-pin', 'lay-card', 'own-pin', 'use'),
    bring: [],
    cost: 'free',
    duration: 'app',
    practice: true,
    source: `§§ 18, 20 PAuswV ${UNREAD}`,
  },
  unblock: {
    way: 'app',
    steps: steps('app', 'hold-card', 'puk', 'puk-then'),
    bring: [],
    cost: 'free',
    duration: 'app',
    practice: false,
    source: `§ 20 PAuswV ${UNREAD}`,
  },
  'unblock-reader': {
    way: 'app',
    steps: steps('app-computer', 'lay-card', 'puk', 'puk-then'),
    bring: [],
    cost: 'free',
    duration: 'app',
    practice: false,
    source: `§ 20 PAuswV ${UNREAD}`,
  },
  'new-pin': {
    way: 'place',
    steps: [...OFFICE, { id: 'set-there' }, { id: 'guides' }, { id: 'by-letter', cards: ['p', 'e'], when: 'reset-by-letter' }],
    needs: 'pin',
    bring: ['card', 'phone', 'yourself'],
    cost: 'free',
    duration: 'counter',
    practice: true,
    source: `§ 20 PAuswV ${UNREAD}; der Brief zum Zurücksetzen ist seit 29.12.2023 ausgesetzt`,
  },
  'switch-on': {
    way: 'place',
    steps: [...OFFICE, { id: 'switch-on-there' }, { id: 'guides' }],
    needs: 'pin',
    bring: ['card', 'letter', 'phone', 'yourself'],
    cost: 'free',
    duration: 'counter',
    practice: true,
    source: `§ 10 PAuswG, § 78 Abs. 5 AufenthG ${UNREAD}`,
  },
  'no-device': {
    way: 'place',
    steps: [...steps('borrow', 'guides'), ...OFFICE],
    bring: ['card', 'letter', 'yourself'],
    cost: 'free',
    duration: 'counter',
    practice: false,
    source: 'Hilfe der Stadt, keine Rechtsvorschrift',
  },
  'too-young': {
    way: 'wait',
    steps: [...steps('wait-age', 'then-switch-on')],
    bring: ['card', 'yourself'],
    cost: 'free',
    duration: 'counter',
    practice: false,
    source: `§ 10 Abs. 1 PAuswG ${UNREAD}`,
  },
  'lost-card': {
    way: 'phone',
    steps: steps('block-card', 'report-loss', 'appointment'),
    needs: 'card',
    bring: ['papers', 'yourself'],
    cost: 'new-card',
    duration: 'new-card',
    practice: false,
    source: `§ 10 Abs. 5, § 27 PAuswG ${UNREAD}`,
  },
  'no-card': {
    way: 'place',
    steps: steps('apply-german', 'apply-eu', 'apply-residence', 'appointment'),
    needs: 'card',
    bring: ['papers', 'yourself'],
    cost: 'new-card',
    duration: 'new-card',
    practice: false,
    source: `§ 9 PAuswG, § 8 eIDKG, § 78 AufenthG ${UNREAD}`,
  },
};

/** Where an answer leads. */
export type Target = { readonly question: QuestionId } | { readonly end: EndId };

export interface Question {
  /** Whose words it speaks. */
  readonly words: WordedQuestion;
  readonly answers: Readonly<Record<string, Target>>;
  /** Where the question comes from. */
  readonly source: string;
}

const QUESTION_IDS = ['card', 'issued', 'pin', 'letter', 'puk', 'device-ready', 'nfc-ready', 'device-set', 'nfc-set', 'device-unblock', 'nfc-unblock'] as const;
export type QuestionId = (typeof QUESTION_IDS)[number];

export const FIRST: QuestionId = 'card';
/** No path asks more. */
export const MOST_QUESTIONS = 6;

const to = (question: QuestionId): Target => ({ question });
const end = (id: EndId): Target => ({ end: id });

/** Which device is there, and where it leads: the same question for three purposes. */
function device(nfc: QuestionId, phone: EndId, reader: EndId, none: EndId): Question {
  return { words: 'device', answers: { j: end(phone), w: to(nfc), l: end(reader), n: end(none) }, source: 'Geräteanforderungen der AusweisApp, ungeprüft' };
}
const nfc = (phone: EndId, none: EndId): Question => ({
  words: 'nfc',
  answers: { j: end(phone), n: end(none) },
  source: 'Geräteanforderungen der AusweisApp, ungeprüft',
});

export const QUESTION_OF: Readonly<Record<QuestionId, Question>> = {
  card: {
    words: 'card',
    answers: { p: to('issued'), t: to('issued'), e: to('pin'), v: end('lost-card'), k: end('no-card') },
    source: `PAuswG, eIDKG, § 78 AufenthG ${UNREAD}`,
  },
  issued: {
    words: 'issued',
    answers: { s: to('pin'), u: end('switch-on'), j: end('switch-on'), m: end('too-young') },
    source: `§ 10 Abs. 1 PAuswG in der seit 15.07.2017 geltenden Fassung ${UNREAD}`,
  },
  pin: {
    words: 'pin',
    answers: { j: to('device-ready'), n: to('letter'), f: end('new-pin'), b: to('puk'), w: to('letter') },
    source: `§§ 18, 20 PAuswV ${UNREAD}`,
  },
  letter: { words: 'letter', answers: { j: to('device-set'), n: end('new-pin') }, source: `§ 17 PAuswV ${UNREAD}` },
  puk: { words: 'puk', answers: { j: to('device-unblock'), n: end('new-pin') }, source: `§ 20 PAuswV ${UNREAD}` },
  'device-ready': device('nfc-ready', 'ready', 'ready-reader', 'no-device'),
  'nfc-ready': nfc('ready', 'no-device'),
  'device-set': device('nfc-set', 'set-pin', 'set-pin-reader', 'no-device'),
  'nfc-set': nfc('set-pin', 'no-device'),
  'device-unblock': device('nfc-unblock', 'unblock', 'unblock-reader', 'new-pin'),
  'nfc-unblock': nfc('unblock', 'new-pin'),
};
