import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BrowserContext } from '@playwright/test';
import type { Role } from '#contract/session.ts';

export interface TestPerson {
  name: string;
  role: Role;
  password: string;
}
export interface SessionCookie {
  name: string;
  value: string;
}
const run = promisify(execFile);

/** `npm run account`, as an operator runs it; answers the one-time link that it prints. */
async function issueLink(env: NodeJS.ProcessEnv, name: string, role: Role): Promise<string> {
  const { stdout } = await run(process.execPath, ['bff/account.ts', name, '--role', role], { env });
  const [link] = /https?:\/\/\S+#\S+/.exec(stdout) ?? [];
  if (link === undefined) throw new Error(`npm run account printed no link:\n${stdout}`);
  return link;
}
/** People of one console: made by the command line, their password set by the link, as the first visit does. */
export function testPeople(env: NodeJS.ProcessEnv, url: string) {
  let made = 0;
  const signedIn = new Map<Role, Promise<SessionCookie>>();
  const fromThePage = { 'content-type': 'application/json', origin: url, 'x-console': 'action' };

  async function post(path: string, body: unknown): Promise<SessionCookie> {
    const response = await fetch(url + path, { method: 'POST', headers: fromThePage, body: JSON.stringify(body) });
    const [, name, value] = /^([^=]+)=([^;]+)/.exec(response.headers.get('set-cookie') ?? '') ?? [];
    if (name === undefined || value === undefined) throw new Error(`${path} gave no session: ${response.status} ${await response.text()}`);
    return { name, value };
  }
  const link = (name: string, role: Role) => issueLink({ ...env, PUBLIC_ORIGIN: url }, name, role);
  async function make(role: Role): Promise<TestPerson & { cookie: SessionCookie }> {
    const person = { name: `${role}-${(made += 1)}`, role, password: `correct horse ${role} ${made}` };
    const token = new URL(await link(person.name, role)).hash.slice(1);
    return { ...person, cookie: await post('/api/setup', { token, password: person.password }) };
  }
  return {
    /** A person nobody else uses: for journeys that sign out, sign in wrong or end their session. */
    make,
    link,
    /** Ends the session of a browser from elsewhere, so that nothing tells its pages. */
    async endSessionOf(context: BrowserContext): Promise<void> {
      const cookies = await context.cookies();
      const headers = { ...fromThePage, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
      const { status } = await fetch(`${url}/api/sign-out`, { method: 'POST', headers, body: '{}' });
      if (status !== 200) throw new Error(`the session was not ended: ${status}`);
    },
    /** The session that journeys of one role share. */
    sessionOf(role: Role): Promise<SessionCookie> {
      const session = signedIn.get(role) ?? make(role).then(({ cookie }) => cookie);
      signedIn.set(role, session);
      return session;
    },
  };
}
