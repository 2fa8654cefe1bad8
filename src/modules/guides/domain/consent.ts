interface Named {
  readonly guide: string;
  readonly service: string;
}

/** What the person says yes to, in their language. A new wording is a new sentence: what was said before is kept word for word. */
const SENTENCES = {
  de: ({ guide, service }: Named) =>
    `Ich möchte, dass ${guide} von den Digitallotsen mir bei meinem Antrag „${service}“ hilft. Bis die Hilfe endet, längstens 30 Minuten, sieht ${guide} meine Angaben in diesem Antrag und darf mitschreiben. ${guide} sieht sonst nichts von mir und kann den Antrag nicht absenden. Ich kann die Hilfe jederzeit beenden.`,
  en: ({ guide, service }: Named) =>
    `I want ${guide}, a digital guide of the city, to help me with my application “${service}”. Until the help ends, at most 30 minutes, ${guide} sees what I have entered in this application and may type. ${guide} sees nothing else of mine and cannot submit the application. I can end the help at any time.`,
  leicht: ({ guide, service }: Named) =>
    `${guide} ist ein Lotse von der Stadt. ${guide} darf mir bei diesem Antrag helfen: ${service}. ${guide} sieht, was ich schreibe. Und ${guide} darf mit schreiben. Das geht höchstens 30 Minuten. ${guide} sieht sonst nichts von mir. Nur ich kann den Antrag abschicken. Ich kann die Hilfe immer beenden.`,
} as const;

export const consentSentence = (lang: keyof typeof SENTENCES, named: Named): string => SENTENCES[lang](named);
