/** Whether a text looks like an address that mail can be sent to; whether it is read, nobody can see. */
export const isMailAddress = (text: string): boolean => text.length <= 254 && /^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:".]{2,}$/.test(text);
