/** `page`: typed, not on the server (yet); `stranded`: the server could not be given it. */
export type DraftRest = 'none' | 'page' | 'saving' | 'saved' | 'stranded';
/** Why it could not: nobody is signed in, no answer came, it is more than a draft may hold, or the console refused it for now. */
export type Stranding = 'signed_out' | 'unreachable' | 'too_large' | 'refused';
