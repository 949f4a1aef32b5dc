import { toHex } from '#contract/bytes.ts';
import type { Clock, Credential, Digest, PasswordHash, Random } from '#contract/ports.ts';
import { ProblemError } from '#contract/problem.ts';
import type { SignInWay } from '#contract/session.ts';
import { uuidV7 } from '#contract/uuid-v7.ts';
import { nameKey, personOf, type AccountStore } from './accounts.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { SignInLimiter } from './limiter.ts';
import { linkHash } from './links.ts';
import { assertPassword } from './passwords.ts';
import { isPublishedKey } from './published-key.ts';
import type { Ride, Sessions } from './sessions.ts';
import type { SignIn } from './sign-in.ts';

/** What the broker says about a pasted key. */
type KeyKind = { kind: 'admin'; readonly: boolean } | { kind: 'generator'; id: string } | { kind: 'agent'; id: string };

export interface SignInWorld {
  accounts: AccountStore;
  sessions: Sessions;
  limiter: SignInLimiter;
  passwords: PasswordHash;
  fingerprint: Fingerprint;
  introspect: (pak: string, options: { requestId: string; signal: AbortSignal }) => Promise<KeyKind | undefined>;
  ways: readonly SignInWay[];
  /** Only while the broker is the simulator inside this console and the console listens on loopback. */
  isExploreOffered: boolean;
  isProduction: boolean;
  clock: Clock;
  random: Random;
  digest: Digest;
}

/** The one refusal, whatever was wrong. */
const failed = () => new ProblemError('sign_in_failed', 'Sign-in failed');
const wrongKind = (title: string) => new ProblemError('key_kind_refused', title);

export async function createSignIn(world: SignInWorld): Promise<SignIn> {
  const { accounts, sessions, limiter, passwords, fingerprint, ways, clock, random, digest } = world;
  // Checked when there is nobody to check, so that an unknown name costs what a known one costs.
  const nobody = await passwords.hash(toHex(random.bytes(32)));
  const service: Ride = { kind: 'service' };

  const kindFault = async (pak: string): Promise<ProblemError | undefined> => {
    return world.isProduction && (await isPublishedKey(pak, digest))
      ? wrongKind('This key is published with the broker: rotate it before using it here')
      : undefined;
  };

  return {
    async withAccount({ name, password }, { ip, note }) {
      if (!ways.includes('accounts')) throw failed();
      const attempt = await limiter.take(`account:${nameKey(name)}`, ip);
      const account = await accounts.byName(name);
      if (account) note({ kind: 'account', id: account.id, name: account.name });
      const isRight = await passwords.verify(password, account?.passwordHash ?? nobody);
      if (!account?.passwordHash || !isRight || account.disabled) throw failed();
      await attempt.succeeded();
      return sessions.open(personOf(account), service);
    },
    async withPak({ pak, name }, { ip, requestId, signal, note }) {
      if (!ways.includes('pak')) throw failed();
      const print = await fingerprint(pak);
      note({ kind: 'pak', id: print, name });
      const attempt = await limiter.take(`pak:${print}`, ip);
      const fault = await kindFault(pak);
      if (fault) throw fault;
      const kind = await world.introspect(pak, { requestId, signal }).catch(async (error: unknown) => {
        await attempt.notJudged();
        throw error;
      });
      if (!kind) throw failed();
      if (kind.kind === 'agent') throw wrongKind('An agent’s key is for the agent: sign in with an admin key');
      if (kind.kind === 'generator') throw wrongKind('Generator keys cannot sign in yet: sign in with an admin key');
      if (kind.readonly) throw wrongKind('The broker’s read-only page key ends with the broker process: sign in with an admin key');
      await attempt.succeeded();
      const credential: Credential = { id: `admin:${print}`, pak };
      return sessions.open({ id: `pak:admin:${name}`, name, role: 'admin', verified: false }, { kind: 'own', credential });
    },
    async explore(role) {
      if (!world.isExploreOffered)
        throw new ProblemError('explore_unavailable', 'Exploring is only offered with the embedded simulator on this machine');
      return sessions.open({ id: `explore:${role}`, name: `Explorer (${role})`, role, verified: true }, service);
    },
    async setUp({ token, name, password }) {
      const hash = await linkHash(digest, token);
      const purpose = await accounts.readLink(hash, clock.now());
      if (!purpose) throw spent();
      const known = purpose.kind === 'account' ? await accounts.byId(purpose.accountId) : undefined;
      if (known?.disabled) throw spent();
      const called = known?.name ?? name;
      if (called === undefined) throw wrongField('name', 'required', 'is needed for the first admin');
      assertPassword(password, called);
      const firstAdmin = known ? undefined : { id: uuidV7(clock.now(), random), name: called };
      const outcome = await accounts.spendLink(hash, await passwords.hash(password), firstAdmin, clock.now());
      if (outcome.kind === 'spent') throw spent();
      if (outcome.kind === 'name_taken') throw wrongField('name', 'taken', 'is taken');
      const person = personOf(outcome.account);
      await sessions.endAllOf(person.id); // whoever knew the old password is out
      return sessions.open(person, service);
    },
    async assertLink(token) {
      if (!(await accounts.readLink(await linkHash(digest, token), clock.now()))) throw spent();
    },
    needsSetup: async () => ways.includes('accounts') && !(await accounts.hasAdmin()),
  };
}
const spent = () => new ProblemError('link_spent', 'This link was used already, has been replaced, or is too old');
const wrongField = (path: string, code: string, message: string) =>
  new ProblemError('invalid_request', 'The request does not have the expected form', { errors: [{ path, code, message }] });
