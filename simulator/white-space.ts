/** White space as the broker knows it: Unicode's own property, which has U+0085 and lacks U+FEFF, unlike `trim` and `\s`. */
export const isBlank = (text: string) => /^\p{White_Space}*$/u.test(text);
export const hasWhiteSpace = (text: string) => /\p{White_Space}/u.test(text);
