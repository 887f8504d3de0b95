/**
 * One-time links as pages carry them: the token stands in the fragment, which
 * browsers do not send. Of a link in two halves one stands there, and the other
 * is told to the second administrator, to be typed.
 */
export const linkTo = (url: string, token: string): string =>
  `${url}/#token=${token}`;

export const halfLinkTo = (url: string, rest: string): string =>
  `${url}/#half=${rest}`;

/** The token that both halves make. @param half as somebody typed it */
export const wholeToken = (half: string, rest: string): string =>
  `${half.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}.${rest}`;
