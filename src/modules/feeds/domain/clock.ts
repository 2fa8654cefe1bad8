/** So much, in milliseconds, the clock of a sender may be fast before what it says is not believed. */
export const FUTURE_MS = 60_000;
