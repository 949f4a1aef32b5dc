import * as z from 'zod/mini';
import { Done, endpoint } from './endpoint.ts';

export const roles = ['viewer', 'operator', 'admin'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;
export const SignInWay = z.enum(['accounts', 'pak']);
export type SignInWay = z.infer<typeof SignInWay>;

export const Person = z.object({
  /** `account:<uuid>`, `pak:admin:<name>`, `explore:<role>`, `demo:<role>`. */
  id: z.string(),
  name: z.string(),
  role: Role,
  /** PAK people typed their own name: it is shown as unverified. */
  verified: z.boolean(),
});
export type Person = z.infer<typeof Person>;

/** For each endpoint id that the role may not call: the role that may. Absent means allowed. */
export const Refusals = z.record(z.string(), z.object({ needs: Role }));

const ConsoleFacts = z.object({
  version: z.string(),
  environment: z.string(),
  /** `embedded` simulator, the `demo` in the browser, or a `broker` by its address. */
  broker: z.object({ kind: z.enum(['embedded', 'demo', 'broker']), host: z.string() }),
  /** The server's clock; pages count ages from it. */
  now: z.string(),
  idleMs: z.int(),
});
export const SignedOut = z.extend(ConsoleFacts, {
  signedIn: z.literal(false),
  ways: z.array(SignInWay),
  /** Why a way is missing, in words, or null. */
  waysNote: z.nullable(z.enum(['no_service_credential'])),
  explore: z.boolean(),
  /** No account exists yet: the terminal shows the link that creates the first admin. */
  needsSetup: z.boolean(),
});
export const SignedIn = z.extend(ConsoleFacts, {
  signedIn: z.literal(true),
  person: Person,
  refusals: Refusals,
  /** When the session ends whatever one does. */
  endsAt: z.string(),
});
export const Session = z.discriminatedUnion('signedIn', [SignedOut, SignedIn]);
export type Session = z.infer<typeof Session>;
export type SignedIn = z.infer<typeof SignedIn>;
export type SignedOut = z.infer<typeof SignedOut>;

export const personName = z.string().check(z.trim(), z.minLength(1), z.maxLength(64), z.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._@'-]*$/u));
/** A new password: at least 12 characters, not on the small list of common ones. */
export const newPassword = z.string().check(z.minLength(12), z.maxLength(256));
const signedIn = z.object({ person: Person });

export const readSession = endpoint('GET /api/session', { policy: 'public', audit: 'none', request: {}, response: Session });
export const signInWithAccount = endpoint('POST /api/sign-in/account', {
  policy: 'public',
  audit: 'auth.login.success',
  request: {
    body: z.strictObject({
      name: z.string().check(z.minLength(1), z.maxLength(64)),
      password: z.string().check(z.minLength(1), z.maxLength(256)),
    }),
  },
  response: signedIn,
  bodyLimit: 16_384,
});
export const signInWithPak = endpoint('POST /api/sign-in/pak', {
  policy: 'public',
  audit: 'auth.login.success',
  request: { body: z.strictObject({ pak: z.string().check(z.minLength(1), z.maxLength(512)), name: personName }) },
  response: signedIn,
  bodyLimit: 16_384,
});
export const signInToExplore = endpoint('POST /api/sign-in/explore', {
  policy: 'public',
  audit: 'auth.login.success',
  request: { body: z.strictObject({ role: Role }) },
  response: signedIn,
  bodyLimit: 16_384,
});
/** Spends a one-time link: the first admin's, or one that `npm run account` printed. The token rides in the URL fragment and arrives in the body. */
export const setUp = endpoint('POST /api/setup', {
  policy: 'public',
  audit: 'admin.setup.completed',
  request: {
    body: z.strictObject({ token: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)), name: z.optional(personName), password: newPassword }),
  },
  response: signedIn,
  bodyLimit: 16_384,
});
export const signOut = endpoint('POST /api/sign-out', {
  policy: 'session',
  audit: 'auth.logout',
  request: { body: z.strictObject({}) },
  response: Done,
});
