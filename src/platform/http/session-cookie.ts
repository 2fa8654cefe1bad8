/** HttpOnly, SameSite=Lax, Secure outside localhost. */
export const SESSION_COOKIE = 'kontor_session';
